# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..logic.ladder import DEADLINE, KINDS


class TaskRegulation(models.Model):
    """The ladders of reminders under a regulation: its own, or the default ones."""

    _inherit = "task.regulation"

    step_ids = fields.One2many(
        "task.reminder.step", "regulation_id", string="Reminders", copy=True
    )
    own_ladders = fields.Json(
        compute="_compute_own_ladders", export_string_translation=False
    )

    def _compute_own_ladders(self):
        """The kinds of which the regulation has steps of its own."""
        for regulation in self:
            regulation.own_ladders = sorted(set(regulation.step_ids.mapped("kind")))

    def _ladder(self, kind, act=None):
        """The steps (task.reminder.step) that hold for `kind`, and for the duty `act`.

        The regulation's own for the duty, else its own for the kind, else the default
        for the duty, else the default for the kind; in the order of their days. `self`
        may be empty: the default.

        :param kind: one of logic.ladder.KINDS.
        """
        if self:
            self.ensure_one()
        return self.env["task.reminder.step"].browse(self._ladder_ids(kind, act))

    @ormcache("self.id", "kind", "act")
    def _ladder_steps(self, kind, act=None):
        """The same as plain steps (`logic.ladder.Step`), each with its record's id."""
        return tuple(step._as_step() for step in self._ladder(kind, act).sudo())

    @ormcache("self.id", "kind", "act")
    def _ladder_ids(self, kind, act):
        steps = self.env["task.reminder.step"].sudo()
        for regulation in dict.fromkeys((self.id, False)):
            for duty in dict.fromkeys((act, False)):
                found = steps.search(
                    [
                        ("regulation_id", "=", regulation),
                        ("kind", "=", kind),
                        ("act", "=", duty or False),
                    ],
                    order="offset, id",
                )
                if found:
                    return tuple(found._ids)
        return ()

    def action_own_ladder(self, kind=DEADLINE):
        """Give the regulation steps of its own of `kind`, copied from the default, to
        be changed as the province wants them.

        :raise AccessError: if the caller keeps no regulations.
        """
        self.ensure_one()
        self.check_access("write")
        steps = self.env["task.reminder.step"]
        if steps.search_count(
            [("regulation_id", "=", self.id), ("kind", "=", kind)], limit=1
        ):
            raise UserError(
                self.env._("This regulation has such reminders of its own already.")
            )
        default = steps.search([("regulation_id", "=", False), ("kind", "=", kind)])
        default.copy({"regulation_id": self.id})
        return True

    # -- the regulation's page ---------------------------------------------------------
    def _page_values(self):
        return {**super()._page_values(), "ladders": self._page_ladders()}

    def _page_ladders(self):
        """The ladders that hold, as the page shows them: {title, is_own, steps}."""
        steps = self.env["task.reminder.step"]
        titles = dict(steps._fields["kind"]._description_selection(self.env))
        duties = dict(steps._fields["act"]._description_selection(self.env))
        special = steps.search(
            [("regulation_id", "in", (False, self.id)), ("act", "!=", False)]
        )
        ladders = []
        for kind in KINDS:
            acts = special.filtered(lambda step, kind=kind: step.kind == kind)
            for act in [False, *dict.fromkeys(acts.mapped("act"))]:
                found = self._ladder(kind, act)
                if not found or (act and not found[0].act):
                    continue
                title = titles[kind]
                if act:
                    title = f"{title}: {duties[act]}"
                ladders.append(
                    {
                        "title": title,
                        "is_own": bool(found[0].regulation_id),
                        "steps": found,
                    }
                )
        return ladders
