# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..logic.form import FORM, HEADS, MASKS, NOTES
from ..logic.identities import CARRIED_FROM, LINE_NAMES
from ..logic.screen import identity_values, screen_values

#: What each line of the form is called where it stands alone.
LABELS = {
    **HEADS,
    **{one.code: one.label.rstrip(":") for one in (*FORM, *NOTES) if one.code},
    "assigned": LINE_NAMES["assigned"],
}


class TaskReportLinesMixin(models.AbstractModel):
    """Figures on screen whose every number opens the assignments behind it."""

    _name = "task.report.lines.mixin"
    _description = "Figures that open their assignments"

    figures = fields.Json(compute="_compute_figures")
    reconciliation = fields.Json(compute="_compute_figures")

    # -- what the record tells: override -----------------------------------------
    def _line_sheet(self):
        """The :class:`Sheet` whose figures are shown; None where there is none."""
        raise NotImplementedError

    def _line_ids(self, codes, agency_id):
        """Ids of the assignments counted under any of `codes`, of one agency or all."""
        raise NotImplementedError

    # -- on screen -----------------------------------------------------------------
    def _compute_figures(self):
        """One sheet serves the figures and what must add up."""
        for record in self:
            record._show_sheet(record._line_sheet())

    def _show_sheet(self, sheet):
        """Fill the fields that show `sheet`, or nothing where it is None."""
        self.figures = sheet and screen_values(sheet.figures, sheet.agencies)
        self.reconciliation = sheet and identity_values(sheet)

    # -- the assignments behind a number ---------------------------------------------
    def action_open_line(self, code, agency_id=None):
        """Open exactly the assignments counted in one line of the form, as far as the
        reader may see them.

        :param code: code of a line of `logic.form`.
        :param agency_id: id of an agency of the table by agency.
        :return: a window action.
        """
        return self.action_open_lines([code], agency_id)

    def action_open_lines(self, codes, agency_id=None):
        """Open the assignments counted in any of several lines of the form."""
        self.ensure_one()
        self.check_access("read")
        if not codes or not set(codes) <= set(LABELS) & set(MASKS):
            raise ValidationError(self.env._("The form has no such line."))
        title = ", ".join(LABELS[code] for code in codes)
        agency = self.env["res.partner"].browse(agency_id or ())
        ids = self._line_ids(codes, agency_id)
        return self._open_assignments(title, ids, agency)

    def action_open_before(self, code):
        """Open what stood open on the day before the window, in the line that `code`
        (a carried one) comes from."""
        self.ensure_one()
        self.check_access("read")
        sheet = self._line_sheet()
        if code not in CARRIED_FROM or not sheet:
            raise ValidationError(self.env._("The form has no such line."))
        day = sheet.date_from - timedelta(days=1)
        before = CARRIED_FROM[code]
        ids = (
            self.env["task.report.engine"]
            .with_company(self.company_id)
            ._counted_ids(before, day, day, self.agency_id, sheet.scope)
        )
        return self._open_assignments(LINE_NAMES[before], ids)

    def _open_assignments(self, what, ids, agency=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_assignment"
        )
        whom = (agency or self.agency_id).name
        title = f"{what} ({whom})" if whom else what
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": [("id", "in", ids)],
            "context": {},
        }
