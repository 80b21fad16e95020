import { registry } from "@web/core/registry";

/** From a number of the form to the assignments behind it, and back. */
registry.category("web_tour.tours").add("task_report_tour", {
    steps: () => [
        {
            content: "the table by agency opens its list as well",
            trigger: ".o_phu_luc tr[data-agency] td[data-code=adhoc] button:contains(2)",
        },
        {
            content: "open the assignments counted",
            trigger: ".o_phu_luc tr[data-code=open_in_time] button:contains(2)",
            run: "click",
        },
        {
            content: "exactly those are listed",
            trigger: ".o_list_view .o_data_row:nth-child(2)",
        },
        {
            content: "go back to the report",
            trigger: ".o_breadcrumb .breadcrumb-item a, .o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "choose an agency without tasks",
            trigger: ".o_field_widget[name=agency_id] input",
            run: "edit Sở Y tế",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Sở Y tế)",
            run: "click",
        },
        {
            content: "its figures are shown at once",
            trigger: ".o_phu_luc tr[data-code=total] td:contains(0):not(:has(button))",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
