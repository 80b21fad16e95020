import { registry } from "@web/core/registry";

/** From an agency's line to its formulas, to the tasks behind a number, to publishing. */
registry.category("web_tour.tours").add("task_evaluation_tour", {
    steps: () => [
        {
            content: "the best agency comes first; open its formulas",
            trigger: ".o_task_evaluation tbody tr:first-child button:contains(Sở Tài chính)",
            run: "click",
        },
        {
            content: "the score is told with its numbers",
            trigger: ".o_task_evaluation_formula:contains(80,56)",
        },
        {
            content: "open the completed tasks",
            trigger: ".o_task_evaluation_formula[data-measure=completion] button:contains(3)",
            run: "click",
        },
        {
            content: "exactly those are listed",
            trigger: ".o_list_view .o_data_row:nth-child(3)",
        },
        {
            content: "go back to the evaluation",
            trigger: ".o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "the heads are evaluated too",
            trigger: ".o_task_evaluation button[data-part=heads]",
            run: "click",
        },
        {
            trigger: ".o_task_evaluation tbody tr:nth-child(3)",
        },
        {
            content: "publish it",
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "its fingerprint is shown",
            trigger: ".o_field_widget[name=digest]",
        },
    ],
});
