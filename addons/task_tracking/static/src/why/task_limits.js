import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { TaskWhyButton } from "./task_why";

const TONES = {
    running: "text-bg-info",
    missed: "text-bg-danger",
    in_time: "text-bg-success",
    late: "text-bg-danger",
    ahead: "text-bg-light",
    over: "text-bg-light",
};

/**
 * The limits the regulation sets on a record (`get_time_limits` of task.clock.mixin):
 * those that run or ran, and those still ahead; nothing where it sets none.
 */
export class TaskLimits extends Component {
    static template = "task_tracking.Limits";
    static components = { TaskWhyButton };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ limits: [] });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    async load(record) {
        const limits = record.resId
            ? await this.orm.call(record.resModel, "get_time_limits", [[record.resId]])
            : [];
        // what fell away binds nobody; the list of time limits still has it
        this.state.limits = limits.filter((limit) => limit.state !== "cancelled");
    }

    tone(limit) {
        return TONES[limit.state] || "text-bg-secondary";
    }
}

registry.category("view_widgets").add("task_limits", { component: TaskLimits });
