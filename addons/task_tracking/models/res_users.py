# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .task_mixins import boolean_domain


class ResUsers(models.Model):
    _inherit = "res.users"

    task_agency_id = fields.Many2one(
        "res.partner",
        string="Agency",
        domain=[("is_agency", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        help="The agency, or the unit of the Office, this user works for.",
    )
    task_may_submit = fields.Boolean(
        string="May submit for the agency",
        help="Authorised by the head to hand in results, requests and hand-backs.",
    )
    task_is_colleague = fields.Boolean(
        compute="_compute_task_is_colleague", search="_search_task_is_colleague"
    )

    @api.constrains("task_agency_id", "group_ids")
    def _check_task_agency(self):
        officer = self.env.ref("task_tracking.group_agency_officer")
        for user in self:
            if officer in user.all_group_ids and not user.task_agency_id:
                raise ValidationError(
                    self.env._(
                        "Choose the agency that %(user)s works for.", user=user.name
                    )
                )

    def write(self, vals):
        """Who moves to another agency leaves the authorisation behind."""
        moved = self.browse()
        if "task_agency_id" in vals and "task_may_submit" not in vals:
            moved = self.filtered(
                lambda user: user.task_agency_id.id != vals["task_agency_id"]
            )
        result = super().write(vals)
        moved.filtered("task_may_submit").task_may_submit = False
        return result

    @api.depends_context("uid")
    @api.depends("task_agency_id")
    def _compute_task_is_colleague(self):
        mine = self.env.user.sudo().task_agency_id
        for user in self:
            user.task_is_colleague = bool(mine) and user.sudo().task_agency_id == mine

    def _search_task_is_colleague(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.user.sudo().task_agency_id
        return boolean_domain(
            Domain("task_agency_id", "=", mine.id) if mine else Domain.FALSE, value
        )

    def action_task_authorise(self):
        """Let the head authorise officers of the same agency to submit.

        :raise AccessError: if the caller is not the head of the officers' agency.
        """
        self._task_set_may_submit(True)

    def action_task_end_authorisation(self):
        """End the authorisation given by `action_task_authorise`."""
        self._task_set_may_submit(False)

    def _task_set_may_submit(self, allowed):
        """Authorise or not, after checking that the caller heads the agency.

        :raise AccessError: if the caller is not the head of the officers' agency.
        """
        head = self.env.user
        if not (
            head.has_group("task_tracking.group_agency_head")
            and head.task_agency_id
            and all(user.task_agency_id == head.task_agency_id for user in self.sudo())
        ):
            raise AccessError(
                self.env._("Only the head of an agency authorises its officers.")
            )
        self.sudo().write({"task_may_submit": allowed})

    def _task_agency_ids(self):
        """Return the ids of the user's agency and of its units, at any depth."""
        self.ensure_one()
        agency = self.sudo().task_agency_id
        if not agency:
            return ()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE tree AS (
                    SELECT id FROM res_partner WHERE id = %s
                    UNION
                    SELECT unit.id FROM res_partner unit
                      JOIN tree ON unit.parent_id = tree.id
                     WHERE unit.is_agency
                ) SELECT id FROM tree
                """,
                agency.id,
                to_flush=self.env["res.partner"]._fields["parent_id"],
            )
        )
        return tuple(row[0] for row in rows)

    def _task_is_office(self):
        return self.has_group("task_tracking.group_office_specialist")

    def _task_is_manager(self):
        return self.has_group("task_tracking.group_office_manager")

    def _task_is_office_or_leader(self):
        """Whether the user watches over the tasks of all agencies of the company."""
        return self._task_is_office() or self.has_group("task_tracking.group_leader")

    def _task_may_submit(self):
        """Whether what leaves the agency may be submitted by this user."""
        return (
            self.has_group("task_tracking.group_agency_head")
            or self.sudo().task_may_submit
        )

    def _task_may_decide(self, company):
        """Whether the user decides deadlines: the Chairman, or a deputy within a
        recorded authorisation (KH Đ5.2đ); any leader where the text says so."""
        self.ensure_one()
        if not self.has_group("task_tracking.group_leader"):
            return False
        decider = company._task_regulation()._policy("extension_decider")
        return decider == "leader" or self._task_acts_as_chairman(company)

    def _task_acts_as_chairman(self, company):
        """Whether the user is the Chairman, or a deputy within an authorisation in
        force today in `company`."""
        self.ensure_one()
        if self.has_group("task_tracking.group_chairman"):
            return True
        if not self.has_group("task_tracking.group_leader"):
            return False
        return bool(self._task_authorised(company))

    def _task_authorised(self, company):
        """Those of the users who are deputies within an authorisation in force today
        in `company`."""
        today = company._task_today()
        found = (
            self.env["task.authorisation"]
            .sudo()
            .search(
                Domain("user_id", "in", self.ids)
                & Domain("company_id", "=", company.id)
                & Domain("date_from", "<=", today)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
            )
        )
        return self & found.user_id.sudo(self.env.su)
