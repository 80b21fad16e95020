# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain


class TaskInspection(models.Model):
    """The chatter is for those who prepare and make the inspection: the inspected
    agency reads the decision, not what is said about it."""

    _inherit = "task.inspection"

    @api.model
    def _reads_all_notes(self):
        """Whether the user reads the notes on every inspection he or she reads."""
        return self.env.su or self.env.user._task_is_office_or_leader()

    def _reads_notes(self):
        """Those of the inspections whose notes the user reads."""
        return self._those_in(self._work_domain())

    def _those_in(self, domain):
        if self._reads_all_notes():
            return self
        found = self.sudo().search(Domain("id", "in", self.ids) & domain)
        return found.sudo(self.env.su)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What one must be allowed to do with an inspection for reading or writing its
        notes: who may not is asked for what agencies never may."""
        allowed = self._reads_notes()
        return {one: "read" if one in allowed else "unlink" for one in self}

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who may not read the notes does not follow either."""
        if self._reads_notes() != self:
            return False
        return super().message_subscribe(partner_ids, subtype_ids)

    def _told_words(self):
        return self.name
