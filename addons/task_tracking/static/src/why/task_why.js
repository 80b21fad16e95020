import { Component, onMounted, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate, formatDateTime } from "@web/core/l10n/dates";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The reasons of a date, sentence by sentence. */
export class TaskWhyPopover extends Component {
    static template = "task_tracking.WhyPopover";
    static props = {
        title: String,
        sentences: { type: Array, element: String },
        close: { type: Function, optional: true },
    };

    setup() {
        this.closeButton = useRef("close");
        onMounted(() => this.closeButton.el.focus());
    }
}

/** The button "?" that tells the reasons, which it may have to fetch first. */
export class TaskWhyButton extends Component {
    static template = "task_tracking.WhyButton";
    static props = {
        title: { type: String, optional: true },
        /** Returns the sentences, or a promise of them. */
        sentences: Function,
    };

    setup() {
        this.button = useRef("button");
        this.popover = usePopover(TaskWhyPopover, {
            position: "bottom-start",
            popoverClass: "o_task_why_popover",
            setActiveElement: true,
            onClose: () => this.button.el?.focus(),
        });
    }

    async open() {
        const sentences = await this.props.sentences();
        this.popover.open(this.button.el, {
            title: this.props.title || _t("Why this date?"),
            sentences: sentences.length
                ? sentences
                : [_t("This date stands as it was written in the directive.")],
        });
    }
}

/**
 * A date that is only shown, with the button "?" beside it. The record's model answers
 * `get_why` (task.why.mixin), or the field named by the option `from` holds the
 * sentences already. Option `when`: the name of a field without whose value the date
 * has no reasons to tell, and no button.
 */
export class TaskWhyField extends Component {
    static template = "task_tracking.WhyField";
    static components = { TaskWhyButton };
    static props = {
        ...standardFieldProps,
        from: { type: String, optional: true },
        when: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
    }

    get text() {
        const value = this.props.record.data[this.props.name];
        if (!value) {
            return "";
        }
        return this.props.record.fields[this.props.name].type === "date"
            ? formatDate(value)
            : formatDateTime(value, { showSeconds: false });
    }

    get hasReasons() {
        const { record, from, when } = this.props;
        if (from) {
            return this.text && record.data[from]?.length;
        }
        return this.text && record.resId && (!when || Boolean(record.data[when]));
    }

    sentences() {
        const { record, from, name } = this.props;
        if (from) {
            return record.data[from];
        }
        return this.orm.call(record.resModel, "get_why", [[record.resId], name]);
    }
}

registry.category("fields").add("task_why", {
    component: TaskWhyField,
    displayName: _t("Date with its reasons"),
    supportedTypes: ["date", "datetime"],
    supportedOptions: [
        { label: _t("Sentences from"), name: "from", type: "field" },
        { label: _t("Only when"), name: "when", type: "field" },
    ],
    extractProps: ({ options }) => ({ from: options.from, when: options.when }),
    fieldDependencies: ({ options: { from, when } }) => [
        ...(from ? [{ name: from, type: "json", readonly: true }] : []),
        ...(when ? [{ name: when, type: "char", readonly: true }] : []),
    ],
});
