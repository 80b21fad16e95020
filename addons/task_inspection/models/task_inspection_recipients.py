# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

#: Who reads all conclusions and is told of those that go to it: code → group.
TOLD_GROUPS = {
    "committee": "task_tracking.group_chairman",
    "chairman": "task_tracking.group_chairman",
    "office": "task_tracking.group_office_manager",
}
#: Those a conclusion is addressed to; the others are given a copy.
ADDRESSED = ("committee", "chairman", "own_head")


class TaskInspection(models.Model):
    """Who is given the conclusion, as the regulation names them."""

    _inherit = "task.inspection"

    sector_body_ids = fields.Many2many(
        "res.partner",
        "task_inspection_sector_body_rel",
        string="Bodies that manage the sector",
        copy=False,
        help="Given the conclusion where the regulation says so (KH Đ17.1): those that"
        " manage the fields of the tasks inspected, on the day it was handed in.",
    )

    def _recipients(self):
        """The prescriptions of whom the conclusion goes to, in the text's order."""
        self.ensure_one()
        return self.regulation_id.sudo()._prescriptions("recipient", self.inspector)

    def _gives_notice(self):
        """Whether the text has the inspected notified with the conclusion."""
        return "inspected" in self._recipients().mapped("code")

    def _addressees(self):
        """The names of those the conclusion is addressed to (“Kính gửi”)."""
        return tuple(line.name for line in self._recipients() if line.code in ADDRESSED)

    def _copied(self):
        """The names of those given a copy (“Nơi nhận”), bodies by their own; who is
        inspected is told by the notice instead."""
        names = []
        for line in self._recipients():
            if line.code == "sector_body":
                bodies = self.sudo().sector_body_ids or self._find_sector_bodies()
                names += bodies.mapped("name") or [line.name]
            elif line.code not in (*ADDRESSED, "inspected"):
                names.append(line.name)
        return tuple(names)

    def _find_sector_bodies(self):
        """The agencies that manage the fields of the tasks inspected, but for those who
        inspect or are inspected; none where the text does not name them."""
        one = self.sudo()
        agencies = self.env["res.partner"].sudo()
        if "sector_body" not in one._recipients().mapped("code"):
            return agencies
        groups = one.env["task.assignment"]._read_group(
            one._assignment_domain() & Domain("field_id", "!=", False), ["field_id"]
        )
        concerned = [field.id for (field,) in groups]
        # whoever took the place of a body manages its fields now
        found = agencies.with_context(active_test=False).search(
            Domain("is_agency", "=", True) & Domain("task_field_ids", "in", concerned)
        )
        return (
            found._task_heirs() - one.subject_ids.agency_id - one.inspecting_agency_id
        )

    def _tell_conclusion(self, notices):
        """Tell those the conclusion goes to who have users here, the inspected by
        their own notice."""
        one = self.sudo()
        codes = set(one._recipients().mapped("code"))
        users = self.env["res.users"].sudo()
        for code in codes & set(TOLD_GROUPS):
            users |= self.env.ref(TOLD_GROUPS[code]).sudo().all_user_ids
        if "own_head" in codes:
            head = self.env.ref("task_tracking.group_agency_head").sudo()
            users |= one.inspecting_agency_id.task_user_ids & head.all_user_ids
        users |= one.sector_body_ids.task_user_ids
        self._tell(users)
        for notice in notices:
            notice.sudo(self.env.su)._tell(
                notice.subject_id.agency_id._task_heirs().task_user_ids
            )

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _sector_domain(self):
        """The concluded inspections whose conclusion the reader's agency was given."""
        agencies = self.env.user._inspected_agency_ids()
        return Domain("concluded_on", "!=", False) & Domain(
            "sector_body_ids", "in", agencies or ()
        )

    @api.model
    def _scope_domain(self):
        return super()._scope_domain() | self._sector_domain()
