import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * What must add up in a report, each equation with its two numbers; each number opens
 * the assignments behind it. The server reckons both sides.
 */
export class PhuLucIdentities extends Component {
    static template = "task_reports.PhuLucIdentities";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ isWhole: false });
    }

    get found() {
        return this.props.record.data[this.props.name];
    }

    /** Those of the whole, of agencies only what does not hold until all are asked for. */
    get rows() {
        const { whole, agencies } = this.found;
        return [...whole, ...agencies.filter((row) => this.state.isWhole || !row.holds)];
    }

    /**
     * @param {string} method of the record
     * @param {Array} args
     */
    async open(method, args) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, method, [
            [record.resId],
            ...args,
        ]);
        await this.action.doAction(action);
    }

    openLeft(row) {
        return this.open("action_open_lines", [row.left_codes, row.agency_id]);
    }

    openRight(row) {
        return row.before
            ? this.open("action_open_before", [row.before])
            : this.open("action_open_lines", [row.right_codes, row.agency_id]);
    }
}

registry.category("fields").add("phu_luc_identities", {
    component: PhuLucIdentities,
    supportedTypes: ["json"],
});
