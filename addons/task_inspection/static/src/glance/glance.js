import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What of an agency is not done, in the order of the columns. */
const NOT_DONE = ["overdue", "open", "assigned"];

/**
 * Inspections in one screen, for who leads. The server counts
 * (`task.inspection.glance`); this shows, and opens the records behind each number.
 */
export class TaskInspectionGlance extends Component {
    static template = "task_inspection.Glance";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("task.inspection.glance", "get_glance", []);
    }

    get data() {
        return this.state.data;
    }

    get subtitle() {
        return _t("%(whom)s, on %(day)s", {
            whom: this.data.company,
            day: this.date(this.data.today),
        });
    }

    /** The columns of the agencies' table: the parts they stand for. */
    get columns() {
        return NOT_DONE.map((key) => this.data.parts.find((part) => part.key === key));
    }

    date(value) {
        return value ? formatDate(deserializeDate(value)) : "";
    }

    /** The days in words: the meaning never hangs on the colour alone. */
    days(item) {
        if (item.days_overdue > 0) {
            return _t("%s days overdue", item.days_overdue);
        }
        if (item.days_left === 0) {
            return _t("today");
        }
        return item.days_left > 0 ? _t("%s days left", item.days_left) : "";
    }

    isLate(part) {
        return ["late", "overdue", "missed"].includes(part.key) && part.count > 0;
    }

    print() {
        window.print();
    }

    // -- what is behind a number -----------------------------------------------------
    open(part, agency) {
        const domain = agency ? [...part.domain, ["agency_id", "=", agency.id]] : part.domain;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: agency ? `${part.title} (${agency.name})` : part.title,
            res_model: part.model,
            mobile_view_mode: "kanban",
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    openItem(part, item) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: part.model,
            res_id: item.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("task_inspection.glance", TaskInspectionGlance);
