import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Downloads a report that WeasyPrint renders. The core's own handler would first ask
 * whether wkhtmltopdf is installed, and show HTML where it is not.
 *
 * @param {Object} action a report action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} whether the report was handled here
 */
async function weasyprintHandler(action, options, env) {
    if (action.report_type !== "qweb-pdf" || action.pdf_engine !== "weasyprint") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("task_tracking.weasyprint", weasyprintHandler);
