import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { sectionAction } from "./section_action";

/** How a limit was kept: the state of task.clock, and its words. */
const KEPT = [
    { state: "in_time", label: _t("In time") },
    { state: "late", label: _t("Late") },
    { state: "missed", label: _t("Past due") },
    { state: "running", label: _t("Running") },
];

/**
 * The page everybody lands on: what the reader must do now, by role.
 * The server decides the sections (`task.desk`); this only shows them.
 */
export class TaskDesk extends Component {
    static template = "task_tracking.Desk";
    static props = { ...standardActionServiceProps };

    setup() {
        this.columns = KEPT;
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ sections: [], kept: { parts: [] } });
        onWillStart(() => this.load());
    }

    async load() {
        [this.state.sections, this.state.kept] = await Promise.all([
            this.orm.call("task.desk", "get_sections", []),
            this.orm.call("task.desk", "get_kept_limits", []),
        ]);
    }

    /** Sections with something in them; calm ones are listed in one line below. */
    get busy() {
        return this.state.sections.filter((section) => section.count);
    }

    get calm() {
        // who has two roles has sections of one title: each is named once, if at all
        const named = new Set(this.busy.map((section) => section.title));
        return this.state.sections.filter(
            ({ count, title }) => !count && !named.has(title) && named.add(title)
        );
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

    get keptSince() {
        return _t("Due from %s on, and those that still run.", this.date(this.state.kept.date_from));
    }

    quiet(part) {
        return _t("Nothing yet for: %s.", part.quiet.join(", "));
    }

    /** "–" where nothing was judged: 0 of 0 is no rate. */
    rate(row) {
        return row.rate === false ? "–" : `${formatFloat(row.rate * 100, { digits: [0, 1] })} %`;
    }

    /** The limits behind a number. */
    openKept(part, row, state, label) {
        const domain = [...part.domain, ["act", "=", row.act]];
        if (state) {
            domain.push(["state", "=", state]);
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            name: label ? `${row.label}: ${label}` : row.label,
            res_model: "task.clock",
            mobile_view_mode: "kanban",
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    icon(section) {
        return {
            action: "fa-hand-o-right",
            danger: "fa-exclamation-triangle",
            warning: "fa-clock-o",
            info: "fa-info-circle",
        }[section.tone];
    }

    openSection(section) {
        this.action.doAction(sectionAction(section));
    }

    async openItem(section, item) {
        if (item.open) {
            const action = await this.orm.call(section.model, item.open, [[item.id]]);
            return this.action.doAction(action);
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: section.model,
            res_id: item.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("task_tracking.desk", TaskDesk);
