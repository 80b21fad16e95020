import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { humanSize } from "@web/core/utils/binary";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Files told by a JSON field, [{name, url, size}], as links to download them. */
export class TaskFileLinks extends Component {
    static template = "task_inspection.FileLinks";
    static props = { ...standardFieldProps };

    get files() {
        return this.props.record.data[this.props.name] || [];
    }

    size(file) {
        return humanSize(file.size || 0);
    }
}

registry.category("fields").add("task_file_links", {
    component: TaskFileLinks,
    displayName: _t("Links to files"),
    supportedTypes: ["json"],
});
