import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Draws the figures of Phụ lục I as the form itself; each number opens the
 * assignments counted in it. The server classifies them, nothing is counted here.
 */
export class PhuLucFigures extends Component {
    static template = "task_reports.PhuLucFigures";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get figures() {
        return this.props.record.data[this.props.name];
    }

    /** Heads of the table by agency; its columns follow the form's order. */
    get columns() {
        return [
            "total",
            "programme",
            "conclusion",
            "adhoc",
            "carried",
            "completed_on_time",
            "completed_late",
            "open_extended",
            "open_in_time",
            "open_overdue",
        ];
    }

    /**
     * @param {string} code of a line of the form
     * @param {number|false} agencyId of a row of the table by agency
     */
    async open(code, agencyId) {
        const { record } = this.props;
        // What was chosen must be on the server before it can be asked about.
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, "action_open_line", [
            [record.resId],
            code,
            agencyId,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("fields").add("phu_luc_figures", {
    component: PhuLucFigures,
    supportedTypes: ["json"],
});
