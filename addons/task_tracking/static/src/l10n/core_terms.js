/**
 * Terms of the web client and of the chatter that Odoo 19's own Vietnamese lacks.
 *
 * The web client looks a term up in the addon it comes from, then in all others: what
 * is named here for the exporter is translated by our i18n/vi.po. Nobody loads this
 * file; a term that Odoo translates one day can go.
 */
import { _t } from "@web/core/l10n/translation";

export const coreTerms = () => [
    // forms and lists
    _t("Missing required fields"),
    _t("Are you sure that you want to duplicate all the selected records?"),
    _t("Are you sure you want to delete the %(nbSelected)s selected records?"),
    _t("Are you sure you want to delete the selected record?"),
    _t("Are you sure you want to update %(count)s records?"),
    _t("Among the %(total)s selected records, %(valid_count)s are valid for this update."),
    _t("Start typing %s characters"),
    _t("View related documents"),
    _t("Toggle date range mode"),
    _t("The file is not an image, resizing is not possible"),
    // filters
    _t("Add nested rule"),
    _t("Custom range"),
    _t("Month to date"),
    _t("Year to date"),
    _t("Last 12 months"),
    _t("Select one or several criteria"),
    _t('Press "Enter" to add criterion'),
    _t(": not"),
    _t("before"),
    _t("lower than"),
    _t("lower or equal to"),
    _t("greater or equal to"),
    // user menu and settings
    _t("My Preferences"),
    _t("My Odoo.com Account"),
    _t("No settings found"),
    _t("Try searching for another keyword"),
    _t("View extra groups"),
    _t("Implied by"),
    _t("Jointly implies"),
    _t("Exclusively implies"),
    // messages
    _t("Conversations"),
    _t("Search conversations"),
    _t("Filter Messages"),
    _t("Discard editing"),
    _t("Add Star"),
    _t("Remove Star"),
    _t("Starred messages"),
    _t("Tracked Changes"),
];
