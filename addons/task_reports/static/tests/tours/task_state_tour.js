import { registry } from "@web/core/registry";

/** From the desk to the state of the tasks, to the assignments behind a bar, and back. */
registry.category("web_tour.tours").add("task_state_tour", {
    steps: () => [
        {
            content: "the desk leads on",
            trigger: ".o_task_desk .o_task_open_state",
            run: "click",
        },
        {
            content: "both assignments of the month stand in the trend",
            trigger: ".o_task_state_chart li:last-child button[data-code=assigned]",
            run: "click",
        },
        {
            content: "exactly those are listed",
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button :is(a, button), .o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "the agency's row: both are due soon",
            trigger: ".o_task_state tr[data-agency] td[data-key=due_soon] button:contains(2)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button :is(a, button), .o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "one bar for today in the days of this week",
            trigger: ".o_task_state_rows li[data-row] button:contains(2)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
    ],
});
