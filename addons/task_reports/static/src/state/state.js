import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What the trend draws of a month, and in which column (codes of Phụ lục I). */
const TREND = [
    { code: "assigned", column: "assigned", label: _t("Assigned") },
    { code: "completed_on_time", column: "completed", label: _t("Completed on time") },
    { code: "completed_late", column: "completed", label: _t("Completed late") },
    { code: "open_overdue", column: "open_overdue", label: _t("Overdue at the month's end") },
];
const COLUMNS = ["assigned", "completed", "open_overdue"].map((code) => ({
    code,
    parts: TREND.filter((part) => part.column === code),
    label: code === "completed" ? _t("Completed") : TREND.find((part) => part.code === code).label,
}));
const STANDING = [
    { key: "overdue", label: _t("Overdue") },
    { key: "due_soon", label: _t("Due soon") },
    { key: "open", label: _t("Not completed") },
];
const AGES = {
    "1-7": _t("1–7 days"),
    "8-30": _t("8–30 days"),
    "31-90": _t("31–90 days"),
    "90+": _t("Over 90 days"),
};
/** What became of the reports of a period, and what finds them. */
const SENDING = [
    { key: "sent", label: _t("Sent"), domain: [["state", "=", "submitted"]] },
    { key: "missing", label: _t("Not sent"), domain: [["state", "=", "draft"]] },
    { key: "overdue", label: _t("Of these past due"), domain: [["is_overdue", "=", true]] },
];
/** Agencies shown before "all" is asked for. */
const FIRST_AGENCIES = 5;

/**
 * The state of the province, or of the reader's agency, in one screen. The server
 * counts (`task.state`); this draws, and opens the assignments behind each number.
 * Bars are buttons, not a canvas: reachable by keyboard, read aloud, printed.
 */
export class TaskState extends Component {
    static template = "task_reports.State";
    static props = { ...standardActionServiceProps };

    setup() {
        this.series = TREND;
        this.columns = COLUMNS;
        this.completed = _t("Completed");
        this.waiting = _t("Waiting for confirmation");
        this.standing = STANDING;
        this.sending = SENDING;
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ all: false, data: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("task.state", "get_state", []);
    }

    get data() {
        return this.state.data;
    }

    date(value) {
        return formatDate(deserializeDate(value));
    }

    get subtitle() {
        return _t("%(whom)s, on %(day)s", {
            whom: this.data.title,
            day: this.date(this.data.today),
        });
    }

    get allAgencies() {
        return _t("All %s agencies", this.data.agencies.length);
    }

    whole(rate) {
        return _t("of %s", rate.whole);
    }

    notSent(report) {
        const names = report.names.join(", ");
        return report.missing > report.names.length
            ? _t("Not sent: %s …", names)
            : _t("Not sent: %s", names);
    }

    openReports(one, report) {
        const domain = [...report.domain, ...one.domain];
        return this.openDomain(`${report.name}: ${one.label}`, domain, "task.report");
    }

    get since() {
        return _t(
            "Completed, and the rates: from %s to today.",
            this.date(this.data.window.date_from)
        );
    }

    print() {
        window.print();
    }

    // -- drawing -------------------------------------------------------------------
    /** What a column of the month is made of, from the top down. */
    parts(month, column) {
        return column.parts.filter((part) => month.counts[part.code]);
    }

    get trendMost() {
        const { trend } = this.data;
        return Math.max(1, ...trend.flatMap((month) => COLUMNS.map((one) => month.counts[one.code])));
    }

    share(count, most) {
        return `${((100 * count) / most).toFixed(2)}%`;
    }

    /** The newest month first, for the table that small screens show. */
    get newestFirst() {
        return [...this.data.trend].reverse();
    }

    get agencies() {
        return this.state.all ? this.data.agencies : this.data.agencies.slice(0, FIRST_AGENCIES);
    }

    get mostOpen() {
        return Math.max(1, ...this.data.agencies.map((agency) => agency.open));
    }

    /** The three parts of what an agency has open: they add up to it. */
    agencyParts(agency) {
        const rest = agency.open - agency.overdue - agency.due_soon;
        return [
            { ...STANDING[0], count: agency.overdue },
            { ...STANDING[1], count: agency.due_soon },
            { key: "rest", label: _t("Not yet due"), count: rest },
        ].filter((part) => part.count);
    }

    get ages() {
        return this.data.ages.map((age) => ({ ...age, label: AGES[age.key], tone: "overdue" }));
    }

    get days() {
        const today = this.data.today;
        return this.data.days.map((day) => {
            const date = deserializeDate(day.date);
            const single = day.date === day.last;
            let label = single ? date.toFormat("ccc dd/MM") : _t("Next week");
            if (day.date === today) {
                label = _t("%s (today)", label);
            }
            const past = single && day.date < today;
            return { ...day, key: day.date, label, tone: past ? "overdue" : "due_soon" };
        });
    }

    most(rows) {
        return Math.max(1, ...rows.map((row) => row.count));
    }

    monthName(month) {
        return month.is_running ? _t("%s, to today", month.label) : month.label;
    }

    // -- what is behind a number -----------------------------------------------------
    async openCounted(code, month, agencyId) {
        const action = await this.orm.call("task.state", "action_open", [
            code,
            month.date_from,
            month.date_to,
            agencyId || false,
        ]);
        await this.action.doAction(action);
    }

    openDomain(name, domain, model = "task.assignment") {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            mobile_view_mode: "kanban",
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    openStanding(one, agency) {
        const { domains } = this.data;
        let domain = domains[one.key];
        if (one.key === "rest") {
            domain = [...domains.open, ["is_overdue", "=", false], ["is_due_soon", "=", false]];
        }
        if (!agency) {
            return this.openDomain(one.label, domain);
        }
        const own = [...domain, ["agency_id", "=", agency.id]];
        return this.openDomain(`${one.label} (${agency.name})`, own);
    }
}

registry.category("actions").add("task_reports.state", TaskState);
