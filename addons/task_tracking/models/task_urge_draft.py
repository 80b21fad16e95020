# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

#: Working days from the day of the letter to the day its answer is asked by, as
#: drafted: no text states any.
ANSWER_DAYS = 5
#: What a new letter repeats of the last one its sender issued.
REPEATED = (
    "issuing_body",
    "place",
    "signer_authority",
    "signer_title",
    "signer_name",
    "recipients",
    "filed",
)


class TaskUrge(models.Model):
    """Letters are drafted by somebody, by a record that brings them about, or by the
    ladder; all begin with the same words."""

    _inherit = "task.urge"

    @api.model
    def _draft_letter(self, assignments, sender=None, origin=None):
        """Draft letters about `assignments`: one, where they are of one task or of one
        agency, else one to each agency. What is no more the agency's to do is left
        out. An open draft begun from the same is not made twice.

        :param sender: the agency that urges; the caller's own. Empty: the Office.
        :param origin: the record that brings it about, told when the letter is issued
            (`_urge_issued`).
        :raise AccessError: if the caller does not urge about them, unless in sudo.
        :raise UserError: if none is left.
        :return: the drafts, new or open already.
        """
        sender = sender or self.env["res.partner"]
        if not self.env.su:
            assignments.check_access("read")
            if sender and sender != self._own_sender():
                raise AccessError(self.env._("No agency urges in another one's name."))
        urged = assignments.sudo()._to_urge()
        if not urged:
            raise UserError(
                self.env._(
                    "There is nothing to urge: none of these tasks is the agency's to"
                    " do now."
                )
            )
        drafts = self.browse()
        for part in urged._letter_parts():
            drafts |= self._draft_part(part, sender, origin)
        return drafts

    def _draft_part(self, part, sender, origin):
        """The draft of one letter about the assignments `part`, new or open already."""
        company = part.company_id.sudo(self.env.su)
        writer = sender or self._own_sender()
        key = self._begun_from("letter", company, writer, part, *filter(None, [origin]))
        draft = self._begun(key)
        if draft and not draft._change_refusal():
            return draft
        vals = self._letter_defaults(company, writer)
        begun = self.with_company(company).create(
            {**vals, "line_ids": self.line_ids._commands(part)}
        )
        private = (
            {"origin_model": origin._name, "origin_id": origin.id} if origin else {}
        )
        if self.env.su and sender:
            private["sender_agency_id"] = sender.id
        if private:
            begun.sudo().write(private)
        if not draft:
            begun._keep_begun(key)
        return begun

    @api.model
    def _letter_defaults(self, company, sender):
        """What a new letter says before anybody writes: as the last one of its sender
        said, for the day counted from today."""
        today = company._task_today()
        last = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("sender_agency_id", "=", sender.id)
            & Domain("kind", "=", "letter")
            & Domain("state", "=", "done"),
            limit=1,
        )
        repeated = {name: last[name] for name in REPEATED}
        body = repeated.pop("issuing_body") or self._issuing_body(company, sender)
        calendar = company._task_calendar()
        return {
            **repeated,
            "kind": "letter",
            "day": False,
            "issuing_body": body,
            "place": repeated["place"] or sender.sudo().city or company.sudo().city,
            "answer_by": calendar.add(today, ANSWER_DAYS),
        }

    @api.model
    def default_get(self, fields):
        """A letter begun by hand says what a drafted one does."""
        values = super().default_get(fields)
        if values.get("kind") == "letter":
            drafted = self._letter_defaults(self.env.company, self._own_sender())
            for name in set(drafted) & set(fields) - {"kind", "day"}:
                values.setdefault(name, drafted[name])
        return values

    @api.model
    def _issuing_body(self, company, sender):
        """Who issues the letter: the agency, or the Office under its own name."""
        if sender:
            return sender.sudo().name
        staff = self.env.ref("task_tracking.group_office_specialist").sudo()
        agencies = staff.all_user_ids.filtered(
            lambda user: company in user.company_ids
        ).task_agency_id
        office = agencies.filtered(lambda agency: agency.agency_kind == "office")
        return office[:1].name or company.sudo().name

    @api.model
    def _draft_by_ladder(self, wanted):
        """Draft what the ladder asks letters for: one open draft an agency, to which
        later lines are added. In sudo; nothing is drafted twice.

        :param wanted: tuples (assignment, anchor, marker): the date the step is
            counted from, and what must never be told twice.
        :return: the drafts that have new lines.
        """
        urges, lines = self.sudo(), self.env["task.urge.line"].sudo()
        known = set(
            lines.search([("marker", "in", [one[2] for one in wanted])]).mapped(
                "marker"
            )
        )
        by_agency = {}
        for assignment, anchor, marker in wanted:
            if marker in known:
                continue
            one = assignment.sudo()
            vals = one._urge_line_values() | {"anchor_on": anchor, "marker": marker}
            lines_of = by_agency.setdefault((one.company_id, one.agency_id), {})
            lines_of[marker] = vals
        drafts = urges._open_ladder_drafts(by_agency)
        office = self.env["res.partner"]
        begun = {
            company: urges._letter_defaults(company, office)
            | {"company_id": company.id, "by_ladder": True}
            for company in {company for company, _agency in by_agency}
        }
        touched = urges.browse()
        # all in the same order: two at once wait for each other, and do not block
        for key in sorted(by_agency, key=lambda key: (key[0].id, key[1].id)):
            values = list(by_agency[key].values())
            touched |= urges._add_by_ladder(drafts.get(key), begun[key[0]], values)
        return touched

    def _add_by_ladder(self, draft, begun, values):
        """Add lines to a draft of the ladder, or begin it; the draft, or none where
        another worker drafts the same now, or somebody issues or changes the draft:
        the next run drafts what is not told by then."""
        try:
            with self.env.cr.savepoint():
                if draft and not draft._hold():
                    return self.browse()
                draft = draft or self.create(begun)
                self.env["task.urge.line"].sudo().create(
                    [{**vals, "urge_id": draft.id} for vals in values]
                )
        except (UniqueViolation, SerializationFailure):
            return self.browse()
        return draft

    def _hold(self):
        """Keep the draft open until the transaction ends; whether it is.

        The row is written too: who locks it later, having looked before, would not
        see the new lines and issue the letter without them. That one's transaction
        fails and is tried anew.

        :raise SerializationFailure: if it was changed since this transaction looked.
        """
        held = self.try_lock_for_update(allow_referencing=True)
        if held:
            self.env.cr.execute(
                SQL(
                    "UPDATE task_urge SET write_date = %s WHERE id = %s",
                    fields.Datetime.now(),
                    self.id,
                )
            )
            self.invalidate_recordset(["state", "write_date"])
        return bool(held) and self.state == "draft"

    def _open_ladder_drafts(self, keys):
        """{(company, agency): open draft of the ladder} for those of `keys`."""
        found = self.search(
            Domain("by_ladder", "=", True)
            & Domain("state", "=", "draft")
            & Domain("company_id", "in", [company.id for company, _agency in keys])
        )
        drafts = {}
        for line in found.line_ids:
            drafts.setdefault((line.company_id, line.agency_id), line.urge_id)
        return drafts


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def _letter_parts(self):
        """The assignments as letters are written: all in one where they are of one
        task or of one agency, else by agency."""
        if len(self.task_id) <= 1:
            return [self] if self else []
        return list(self.grouped(lambda one: (one.company_id, one.agency_id)).values())
