# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: What is printed in parts III and IV of a nil report.
NIL_WORDS = "Không có."


class TaskReport(models.Model):
    """What is done with a report: sign off, freeze, correct, publish."""

    _inherit = "task.report"

    # -- preparing -------------------------------------------------------------
    def action_prepare(self):
        """Open the draft with its list of explanations brought up to date."""
        self.ensure_one()
        self.check_access("read")
        if not self._edit_refusal():
            self._refresh_reasons()
        return self._get_records_action(
            views=[(self.env.ref("task_reports.task_report_view_form").id, "form")]
        )

    # -- submitting ------------------------------------------------------------
    def action_submit(self):
        """Sign the reports off and send them: they are frozen.

        :raise AccessError: if the caller does not sign them off.
        :raise UserError: before the last day of the figures, or while a task that
            must be explained is not.
        """
        self._lock()
        for report in self:
            if refusal := report._submit_refusal():
                raise refusal
            report._check_ready()
            report._submit()
        return True

    def action_submit_nil(self):
        """Send a nil report: nothing to count, nothing to explain, one click.

        :raise UserError: if there is something to report.
        """
        self._lock()
        for report in self:
            if refusal := report._submit_refusal():
                raise refusal
            report._refresh_reasons()
            if not report._is_nil() or report.reason_ids:
                raise UserError(
                    self.env._("There are tasks to report on: this is no nil report.")
                )
            report.write({"causes": NIL_WORDS, "difficulties": NIL_WORDS})
            report._check_ready()
            report._submit()
        return True

    def _is_nil(self):
        """Whether the report counts nothing and lists nothing."""
        self.ensure_one()
        sheet = self._sheet()
        return not sheet.figures.count("total") and not sheet.outside

    def _check_ready(self):
        self.ensure_one()
        today = self.company_id._task_today()
        if today < self.first_send_on:
            raise UserError(
                self.env._(
                    "The figures run to the end of %(last)s: this report can be sent"
                    " from %(first)s.",
                    last=format_date(self.env, self.date_to),
                    first=format_date(self.env, self.first_send_on),
                )
            )
        self._refresh_reasons()
        missing = self.reason_ids.filtered(lambda one: not (one.reason or "").strip())
        if missing:
            raise UserError(
                self.env._(
                    "%(count)s tasks must be explained before the report is sent,"
                    " among them: %(task)s.",
                    count=len(missing),
                    task=missing[0].task_id.display_name,
                )
            )
        if self.topic == "regulation" and not (self.causes or "").strip():
            raise UserError(self.env._("Write the content first."))

    def _submit(self):
        """Freeze the report, stop its clock, tell who waits for it; the caller's right
        was checked."""
        self.ensure_one()
        now = fields.Datetime.now()
        today = self.company_id._task_today()
        before = self.replaces_id
        self.sudo().write(
            {
                "submitted_by_id": self.env.uid,
                "submitted_at": now,
                "submitted_on": today,
                "sent_on": before.sent_on or today,
            }
        )
        snapshot = self._freeze()
        self.sudo().write(
            {
                "snapshot_id": snapshot.id,
                "digest": snapshot.digest,
                "state": "submitted",
                "is_current": True,
            }
        )
        before.sudo().is_current = False
        self._clock_stop("report", now)

    def _freeze(self):
        """Put what the report says now into the chain."""
        company = self.company_id
        sheet = self._sheet()
        masks = []
        parts = self._parts(sheet, masks)
        if self.agency_id:  # read once for both; the Office's list may be long
            parts = list(parts)
        head = {
            "sheet": sheet.head_data(),
            "report": self._report_data(),
            "masks": masks,
        }
        return self.env["task.report.snapshot"]._freeze(self, company, head, parts)

    def _parts(self, sheet, masks):
        """Yield (exit code, rows) of the list, a thousand rows at a time.

        :param masks: filled with [assignment id, task id, mask] of each row of an
            agency's list: what the Office compiles from, without reading the rows.
        """
        rows, code = [], None
        for row in sheet.rows():
            if self.agency_id:
                masks.append([row.assignment_id, row.task_id, row.mask])
            if rows and (row.exit != code or len(rows) >= 1000):
                yield code, rows
                rows = []
            code = row.exit
            rows.append(row.as_data())
        if rows:
            yield code, rows

    def _report_data(self):
        """What identifies the report, frozen with it, as JSON-able data."""
        self.ensure_one()
        text = fields.Date.to_string
        return {
            "id": self.id,
            "period": self.period_id.display_name,
            "period_id": self.period_id.id,
            "output_id": self.output_id.id or None,
            "topic": self.topic,
            "kind": self.kind,
            "scope": self.scope,
            "agency_id": self.agency_id.id or None,
            "version": self.version,
            "replaces": self.replaces_id.digest or None,
            "correction_reason": self.correction_reason or "",
            "submitted_at": fields.Datetime.to_string(self.submitted_at),
            "submitted_by": self.submitted_by_id.name,
            "submitted_by_id": self.submitted_by_id.id,
            "submitted_on": text(self.submitted_on),
            "sent_on": text(self.sent_on),
            "due_on": text(self.due_on) or None,
            "files": [
                [file.id, file.name, file.checksum]
                for file in self.sudo().attachment_ids
            ],
            "reasons": [
                [line.task_id.id, line.assignment_id.id or None, line.reason or ""]
                for line in self.sudo().reason_ids.sorted("id")
            ],
            "sources": self._sources(),
        }

    def _sources(self):
        """The frozen reports this one was compiled from: [agency id, report id,
        digest]."""
        if self.agency_id:
            return []
        return [
            [report.agency_id.id, report.id, report.digest]
            for report in self._received_reports()
        ]

    # -- correcting ------------------------------------------------------------
    def action_correct(self, reason):
        """Begin a new version of what was submitted; the old one stays as it was.

        :param reason: why it is corrected, kept with the new version.
        :return: the new version, a draft.
        :raise AccessError: if the caller does not write this report.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._correct_refusal():
            raise refusal
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the report is corrected."))
        new = (
            self.sudo()
            .create(
                {
                    "period_id": self.period_id.id,
                    "agency_id": self.agency_id.id,
                    "output_id": self.output_id.id,
                    "scope": self.scope,
                    "addressee": self.addressee,
                    "causes": self.causes,
                    "difficulties": self.difficulties,
                    "signer_title": self.signer_title,
                    "signer_name": self.signer_name,
                    "version": self.version + 1,
                    "replaces_id": self.id,
                    "correction_reason": reason,
                    "sent_on": self.sent_on,
                    "due_on": self.due_on,
                    "is_current": False,
                }
            )
            .with_user(self.env.user)
        )
        new._refresh_reasons()
        return new

    def action_discard(self):
        """Drop a correction that was begun and not sent; the sent report stands.

        :raise AccessError: if the caller does not write this report.
        :raise UserError: if it is no correction, or was sent.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._edit_refusal():
            raise refusal
        before = self.replaces_id
        if not before:
            raise UserError(self.env._("Only a correction can be dropped."))
        self.sudo().unlink()
        return before._get_records_action()

    # -- publishing ------------------------------------------------------------
    def action_publish(self):
        """Let all agencies read the Office's report (KH Đ18.2, QT Đ20.2; on the public
        page where the regulation wants one, BG Đ18.2).

        :raise AccessError: if the caller is neither an Office manager nor a leader.
        """
        self._lock()
        for report in self:
            if refusal := report._publish_refusal():
                raise refusal
            if report._altered():
                raise UserError(
                    self.env._("This report was altered since it was frozen.")
                )
            report.sudo().write(
                {
                    "published_on": report.company_id._task_today(),
                    "published_by_id": self.env.uid,
                }
            )
        return True

    def action_unpublish(self):
        """Take the Office's report back from those who are not of the Office."""
        self._lock()
        for report in self:
            if not report.published_on:
                raise UserError(self.env._("This report is not published."))
            if refusal := report._publisher_refusal():
                raise refusal
            report.sudo().write({"published_on": False, "published_by_id": False})
        return True
