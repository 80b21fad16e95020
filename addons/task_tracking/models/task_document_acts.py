# SPDX-License-Identifier: LGPL-3.0-or-later
from markupsafe import Markup

from odoo import models
from odoo.exceptions import AccessError, UserError

from .task_document_clocks import OFFICE_ACTS


class TaskDocument(models.Model):
    """What is done with a directive: registering and assigning its tasks."""

    _inherit = "task.document"

    # -- registering and releasing -------------------------------------------------
    def _note_registered(self):
        """Note the day a directive and its first task were entered."""
        for document in self.filtered(
            lambda one: one.task_ids and not one.registered_on
        ):
            document.sudo().registered_on = document.company_id._task_today()

    def action_release(self):
        """Assign the tasks to their agencies: from now on the clock runs for them.

        Tasks and agencies added later are released by calling it again.

        :raise AccessError: if the caller is not of the Office.
        :raise UserError: if there is nothing to release or a task is incomplete.
        """
        if not self.env.user._task_is_office():
            raise AccessError(
                self.env._("Only the Office of the Committee assigns tasks.")
            )
        self.check_access("write")
        self._lock()
        for document in self:
            if not document.task_ids:
                raise UserError(
                    self.env._(
                        "%(directive)s has no task yet: there is nothing to assign.",
                        directive=document.display_name,
                    )
                )
            if not document.to_release:
                raise UserError(
                    self.env._(
                        "All tasks of %(directive)s are assigned already.",
                        directive=document.display_name,
                    )
                )
        assignments = self.task_ids.filtered("to_release")._release()
        self._note_registered()
        for company, documents in (
            self.filtered(lambda one: one.state == "draft")
            .grouped("company_id")
            .items()
        ):
            # What the limit depends on (several tasks, agencies) is certain only now.
            for act in OFFICE_ACTS:
                documents._clock_start(act)
            documents.sudo().write(
                {"state": "released", "released_on": company._task_today()}
            )
            # all the notes in one go, where tracking would post one by one
            documents._message_log_batch(
                dict.fromkeys(documents.ids, self.env._("Assigned to the agencies."))
            )
            documents._stop_registered()
            documents._clock_stop("release", company._task_today())
        self._notify_agencies(assignments)
        self._note_on_origin()
        return True

    def _note_on_origin(self):
        """Say in the chatter of the record it came from that tasks were assigned,
        without the directive's title: others read there."""
        for document in self.filtered("origin_model"):
            record = self.env[document.origin_model].browse(document.origin_id)
            record = record.exists().sudo()
            if record:
                record._message_log(
                    body=Markup("%s %s")
                    % (
                        self.env._("Tasks were assigned from here:"),
                        document._get_html_link(title=self.env._("directive")),
                    )
                )

    def _notify_agencies(self, assignments):
        """Tell the users of the agencies, in one message.

        It names the directive if there is one only: nobody is told of a directive
        that went to others, nor gets twenty letters for twenty of them.
        """
        companies = assignments.company_id
        users = assignments.agency_id.sudo().task_user_ids.filtered(
            lambda user: companies <= user.company_ids
        )
        if not users:
            return
        document = assignments.document_id
        if len(document) == 1:
            subject = self.env._(
                "New tasks: %(directive)s", directive=document.display_name
            )
            body = self.env._(
                "Tasks of %(directive)s were assigned to your agency.",
                directive=document.display_name,
            )
        else:
            subject = self.env._("New tasks")
            body = self.env._(
                "Tasks of several directives were assigned to your agency."
            )
        thread = document if len(document) == 1 else self.env["mail.thread"]
        thread.message_notify(
            partner_ids=users.partner_id.ids,
            subject=subject,
            body=body,
            email_layout_xmlid="mail.mail_notification_light",
        )

    def action_view_assignments(self):
        """Open the assignments of the directive's tasks."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_assignment"
        )
        action["domain"] = [("document_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_view_origin(self):
        """Open the record this directive came from, if the reader may read it."""
        self.ensure_one()
        record = self.env["task.start"]._get_record(self.origin_model, self.origin_id)
        return record._get_records_action()
