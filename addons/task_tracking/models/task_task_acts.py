# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TaskTask(models.Model):
    """What is done with a task: its release, its first deadline."""

    _inherit = "task.task"

    # -- release ---------------------------------------------------------------------
    def _release(self):
        """Make the assignments of the tasks; undated ones as the regulation says.

        :return: the new assignments.
        :raise UserError: if a task has no lead, or is dated without a date.
        """
        vals_list = []
        outside = self.browse()
        # The caller's right was checked: read without asking it of each agency again.
        for task in self.sudo():
            company = task.company_id
            regulation = company._task_regulation()
            task._check_complete()
            if not task.is_dated and regulation._policy("undated") == "kept_out":
                outside |= task
                continue
            assigned = task.assignment_ids._carriers()
            vals_list += [
                {
                    "task_id": task.id,
                    "agency_id": agency.id,
                    "role": role,
                    "regulation_id": regulation.id,
                }
                for role, agencies in (
                    ("lead", task.lead_agency_ids - assigned),
                    ("support", task.support_agency_ids - assigned),
                )
                for agency in agencies
            ]
        for company, tasks in self.grouped("company_id").items():
            today = company._task_today()
            tasks.filtered(lambda one: not one.released_on).sudo().write(
                {"released_on": today}
            )
        if outside:
            outside.sudo().write({"is_outside": True})
        return self.env["task.assignment"]._release(vals_list)

    def _check_complete(self):
        self.ensure_one()
        if not self.lead_agency_ids:
            raise UserError(
                self.env._(
                    "“%(task)s” has no lead agency. Name at least one.",
                    task=self.display_name,
                )
            )
        if self.is_dated and not self.deadline:
            raise UserError(
                self.env._(
                    "“%(task)s” has no deadline. Give one, or mark the task as having"
                    " none.",
                    task=self.display_name,
                )
            )

    def action_set_first_deadline(self, deadline):
        """Bring a task from outside the register into it, with its first deadline.

        :param deadline: date, not before the directive's issue.
        :raise AccessError: if the caller is not of the Office.
        """
        self.env["task.assignment"]._check_office()
        self.check_access("write")
        deadline = fields.Date.to_date(deadline)
        if not deadline:
            raise UserError(self.env._("Give the new deadline."))
        for task in self:
            if task.state != "outside":
                raise UserError(
                    self.env._(
                        "“%(task)s” is not outside the register.",
                        task=task.display_name,
                    )
                )
            task.sudo().write({"is_outside": False, "released_on": False})
            task.write(
                {"is_dated": True, "deadline": deadline, **task._successor_vals()}
            )
        return self._release_and_tell()

    def _release_and_tell(self):
        """Release tasks of directives that are assigned already, tell the agencies."""
        assignments = self._release()
        for document, ones in assignments.grouped("document_id").items():
            document._notify_agencies(ones)
        return assignments

    def _successor_vals(self):
        """The agencies named, each with who took its place since: the task was
        outside the register when it did."""
        self.ensure_one()
        leads, supports = (
            self.sudo().with_context(active_test=False)[name]._task_heirs()
            for name in ("lead_agency_ids", "support_agency_ids")
        )
        return {
            "lead_agency_ids": [Command.set(leads.ids)],
            "support_agency_ids": [Command.set((supports - leads).ids)],
        }

    def action_release(self):
        """Assign the tasks to the agencies added since their release, for example
        where no lead is left; the directive's own act does it and checks the right."""
        return self.document_id.action_release()

    def action_order_first_deadline(self):
        """Open the form that gives a task outside the register its first deadline."""
        action = (
            self.env["task.assignment"]
            .with_context(act="set_first_deadline")
            .action_order()
        )
        action["context"]["default_task_id"] = self.id
        return action

    def action_report_missing(self):
        """Open the form by which an agency reports a task missing here (KH Đ5.2b)."""
        self.ensure_one()
        return self.env["task.assignment"]._action_new_form(
            "task.return",
            self.env._("A task is missing"),
            kind="missing",
            document_id=self.document_id.id,
        )
