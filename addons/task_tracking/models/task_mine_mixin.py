# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .task_mixins import boolean_domain


class TaskMineMixin(models.AbstractModel):
    """Records of one agency: whether it is the reader's own, and who speaks for it.

    `is_mine` depends on the reader: computed and searched live, never stored, so that
    record rules and views may filter on it. In sudo it still is the user's who acts:
    the superuser mode makes nothing anybody's own.
    """

    _name = "task.mine.mixin"
    _description = "Of the reader's own agency"

    #: The Many2one field that holds the agency.
    _mine_field = "agency_id"

    is_mine = fields.Boolean(
        string="Of my agency", compute="_compute_is_mine", search="_search_is_mine"
    )

    @api.model
    def _own_agencies(self):
        """The agencies that are the reader's own, in sudo: override."""
        return self.env.user.sudo().task_agency_id

    @api.depends_context("uid")
    @api.depends(lambda self: (self._mine_field,))
    def _compute_is_mine(self):
        mine = self._own_agencies()
        for one in self:
            one.is_mine = one[self._mine_field] in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._own_agencies()
        return boolean_domain(Domain(self._mine_field, "in", mine.ids), value)

    # -- who speaks for the agency -----------------------------------------------------
    def _regulation(self):
        """The text the record is dealt with under, in sudo: override where it is not
        the one in force in its company."""
        return self.company_id._task_regulation().sudo()

    def _is_officer(self):
        """Whether the user works for the agency it concerns, as an officer."""
        user = self.env.user
        return self.is_mine and user.has_group("task_tracking.group_agency_officer")

    def _speaks_for_agency(self):
        """Its head, or an officer whom the head authorised or the text lets submit."""
        return self._is_officer() and self._regulation()._lets_submit(self.env.user)

    def _sender_refusal(self):
        """Why an officer of the agency may not let it go out: an exception, or None.
        That the user is one, or acts for the Office, is the caller's to check."""
        if self.env.su or self._regulation()._lets_submit(self.env.user):
            return None
        return AccessError(
            self.env._(
                "The head of the agency submits this, or an officer whom the head"
                " authorised. Your draft is kept."
            )
        )
