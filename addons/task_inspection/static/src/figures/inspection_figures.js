import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The figures of an inspected agency; each number opens the assignments it counts. */
export class InspectionFigures extends Component {
    static template = "task_inspection.Figures";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    async open(line) {
        const { resModel, resId } = this.props.record;
        const action = await this.orm.call(resModel, "action_open_figure", [[resId], line.code]);
        await this.action.doAction(action);
    }
}

registry.category("fields").add("inspection_figures", {
    component: InspectionFigures,
    displayName: _t("Figures of an inspected agency"),
    supportedTypes: ["json"],
});
