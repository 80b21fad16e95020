import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const WIDTH = 72;
const HEIGHT = 20;
const MARGIN = 2;

/**
 * Draws the evaluation of agencies: a table by place, each line opening into its
 * formulas, where each number opens the records behind it. Nothing is counted here.
 */
export class TaskEvaluation extends Component {
    static template = "task_reports.TaskEvaluation";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ part: "agencies", open: null });
    }

    get figures() {
        return this.props.record.data[this.props.name];
    }

    /** The tables there are: of agencies, groups and heads. */
    get parts() {
        return ["agencies", "groups", "heads"].filter((part) => this.figures[part].length);
    }

    get lines() {
        const part = this.parts.includes(this.state.part) ? this.state.part : "agencies";
        return this.figures[part].map((line, index) => ({ ...line, key: `${part}-${index}` }));
    }

    toggle(key) {
        this.state.open = this.state.open === key ? null : key;
    }

    show(part) {
        this.state.part = part;
        this.state.open = null;
    }

    /** The points of a polyline through the scores; gaps are left out. */
    sparkline(trend) {
        const step = (WIDTH - 2 * MARGIN) / Math.max(1, trend.length - 1);
        return trend
            .map((score, index) => [score, MARGIN + index * step])
            .filter(([score]) => score !== null)
            .map(([score, x]) => {
                const y = MARGIN + (1 - score) * (HEIGHT - 2 * MARGIN);
                return `${x.toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    /** The scores of the periods in words, for the title of the line. */
    trendText(line) {
        return this.figures.periods
            .map((period, index) => `${period}: ${line.trend_texts[index]}`)
            .join("\n");
    }

    /**
     * @param {string} part of a formula
     * @param {Object} line whose agencies are meant
     */
    async open(part, line) {
        const { record } = this.props;
        // What was chosen must be on the server before it can be asked about.
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, "action_open_part", [
            [record.resId],
            part,
            line.agency_ids,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("fields").add("task_evaluation", {
    component: TaskEvaluation,
    supportedTypes: ["json"],
});
