/* SPDX-License-Identifier: LGPL-3.0-or-later */
import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";
import { sectionAction } from "./section_action";

/* Assignments are reminded of without records of activities: they have no such view.
   Sections of the desk open the list that they count. */
patch(ActivityMenu.prototype, {
    availableViews(group) {
        const views = super.availableViews(group);
        if (group.model !== "task.assignment") {
            return views;
        }
        return views.filter(([, type]) => type !== "activity");
    },

    openActivityGroup(group, filter, newWindow) {
        if (group.type !== "task_section") {
            return super.openActivityGroup(...arguments);
        }
        this.dropdown.close();
        this.action.doAction(sectionAction({ ...group, title: group.name }), {
            newWindow,
            clearBreadcrumbs: true,
        });
    },
});
