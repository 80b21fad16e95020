# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Tell the chatter how many tasks were assigned from the record, so that the
        record shows its tasks; only to who reads directives."""
        super()._thread_to_store(store, fields, request_list=request_list)
        tasks = self.env["task.task"]
        if (
            "followers" not in (request_list or [])
            or not self.env.user._task_is_office_or_leader()
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

    # -- replies to notices (task_notice_reply.py) -------------------------------------
    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        """A reply to a notice goes to the record the notice was about."""
        routes = self.env["task.notice"]._reply_route(message, message_dict)
        if routes is not None:
            return routes
        return super().message_route(
            message,
            message_dict,
            model=model,
            thread_id=thread_id,
            custom_values=custom_values,
        )

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """A reply to a notice is posted by who wrote it, and not by the gateway."""
        if routes and "task_reply" in message_dict:
            return self.env["task.notice"]._post_reply(message_dict, routes)
        return super()._message_route_process(message, message_dict, routes)
