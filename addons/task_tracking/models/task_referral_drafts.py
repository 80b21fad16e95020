# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, models
from odoo.exceptions import UserError

#: What is written again after a leader returned it.
KEPT = ("kind", "name", "text", "summary", "measures", "signer_title", "signer_name")


class TaskReferral(models.Model):
    """How a referral is drafted: from assignments, from what agencies sent, from what
    is due and not done, or again after it was returned."""

    _inherit = "task.referral"

    @api.model
    def _draft_for(self, records, kind, text):
        """Draft a referral about assignments, or records about some.

        Records that are no assignments name theirs in `assignment_id` or
        `assignment_ids`; where they have a `referral_id` they are linked, and are
        told what becomes of it (`_origins`).

        :param kind: a code of KINDS.
        :return: the draft.
        :raise AccessError: if the caller is not of the Office.
        :raise UserError: if the regulation does not know the kind.
        """
        assignments = self.env["task.assignment"]
        for record in records:
            if record._name == assignments._name:
                assignments |= record
            elif "assignment_ids" in record._fields:
                assignments |= record.assignment_ids
            else:
                assignments |= record.assignment_id
        draft = self.create({"kind": kind, "text": text})
        draft._add_lines(assignments)
        if records and "referral_id" in records._fields:
            records.sudo().referral_id = draft
        return draft

    @api.model
    def _draft_not_done(self, assignments):
        """The user's open draft on tasks not done that was begun from `assignments`
        (none: from all that are), or a new one."""
        company = assignments.company_id or self.env.company
        key = self._begun_from("not_done", company, self.env.user, assignments)
        draft = self._begun(key)
        if draft.filter_agency_ids:
            # it became one about some agencies
            draft.sudo().begun_key = False
        elif draft:
            return draft
        referrals = self.with_company(company.sudo(self.env.su))
        draft = referrals._draft_for(assignments, "not_done", False)
        draft._keep_begun(key)
        return draft

    def _reopened(self):
        """The action that opens this, if it is one draft that the user writes."""
        if len(self) == 1 and self.state == "draft" and not self._edit_refusal():
            return self._get_records_action()
        return None

    @api.model
    def _not_done_domain(self, company):
        """The tasks of `company` that are due and not done: their results were not
        handed in, or were refused, though their day has come."""
        return [
            ("company_id", "=", company.id),
            ("role", "=", "lead"),
            ("state", "in", ("released", "doing")),
            ("due_on", "<=", company._task_today()),
        ]

    @api.model
    def action_new_not_done(self):
        """Draft what is due and not done today, or take what is due now into the draft
        that is open; open it.

        :raise AccessError: if the caller is not of the Office.
        """
        draft = self._draft_not_done(self.env["task.assignment"])
        draft.action_fill()
        return draft._get_records_action()

    def action_fill(self):
        """Take what is due and not done today as the lines of the draft, with the
        latest explanation of the agencies; lines that are there keep their words."""
        self.check_access("write")
        for one in self:
            refusal = one._edit_refusal() or one._fill_refusal()
            if refusal:
                raise refusal
            domain = self._not_done_domain(one.company_id)
            if one.filter_agency_ids:
                domain.append(("agency_id", "in", one.filter_agency_ids.ids))
            found = self.env["task.assignment"].search(domain, order="due_on, id")
            gone = one.line_ids.assignment_id - found
            one.line_ids.filtered_domain([("assignment_id", "in", gone.ids)]).unlink()
            one._add_lines(found - one.line_ids.assignment_id)
        return True

    def _fill_refusal(self):
        if self.kind != "not_done" or self.state != "draft":
            return UserError(self.env._("Only a draft on tasks not done is filled."))
        return None

    def _add_lines(self, assignments):
        """Lines about the assignments, with what the agencies gave as the reason."""
        self.ensure_one()
        latest = assignments._latest_explanations()
        self.env["task.referral.line"].create(
            [
                {
                    "referral_id": self.id,
                    "assignment_id": one.id,
                    "reason": latest[one].cause if one in latest else False,
                }
                for one in assignments
            ]
        )

    def action_again(self):
        """Draft it again after it was returned, and open the draft; what was
        collected stays with it."""
        self.ensure_one()
        self._guard("_again_refusal")
        again = self.create(
            {name: self[name] for name in KEPT}
            | {
                "line_ids": [
                    Command.create(
                        {
                            "assignment_id": line.assignment_id.id,
                            "reason": line.reason,
                        }
                    )
                    for line in self.line_ids
                ],
            }
        )
        again.sudo().previous_id = self
        for origins in self._origins():
            origins.sudo().referral_id = again
        return again._get_records_action()

    def action_new_directive(self):
        """Open the form of a directive with the words of the direction."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Directive on this direction"),
            "res_model": "task.document",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_abstract": self.name,
                "default_full_text": self.direction,
            },
        }
