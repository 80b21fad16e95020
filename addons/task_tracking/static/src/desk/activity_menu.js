/* SPDX-License-Identifier: LGPL-3.0-or-later */
import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";

/* Assignments are reminded of without records of activities: they have no such view. */
patch(ActivityMenu.prototype, {
    availableViews(group) {
        const views = super.availableViews(group);
        if (group.model !== "task.assignment") {
            return views;
        }
        return views.filter(([, type]) => type !== "activity");
    },
});
