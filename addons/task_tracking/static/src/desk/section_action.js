/* SPDX-License-Identifier: LGPL-3.0-or-later */

/** The action that opens the records a section of `task.desk` counted, and no others. */
export function sectionAction({ title, model, domain, has_cards }) {
    return {
        type: "ir.actions.act_window",
        name: title,
        res_model: model,
        mobile_view_mode: has_cards ? "kanban" : "list",
        domain,
        views: [
            [false, "list"],
            [false, "kanban"],
            [false, "form"],
        ],
    };
}
