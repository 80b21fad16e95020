# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Tell the chatter how many tasks were assigned from the record, so that the
        record shows its tasks; only to who reads directives."""
        super()._thread_to_store(store, fields, request_list=request_list)
        tasks = self.env["task.task"]
        if "followers" not in (request_list or []) or not (
            self.env.user._task_is_office()
            or self.env.user.has_group("task_tracking.group_leader")
        ):
            return
        counts = dict(
            tasks.sudo(False)._read_group(
                [
                    ("document_id.origin_model", "=", self._name),
                    ("document_id.origin_id", "in", self.ids),
                ],
                ["document_id.origin_id"],
                ["__count"],
            )
        )
        for thread in self:
            count = counts.get(thread.id, 0)
            store.add(thread, {"assignedTaskCount": count}, as_thread=True)
