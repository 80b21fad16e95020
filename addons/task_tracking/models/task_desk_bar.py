# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models, modules

#: The tones of sections that are told in the top bar; the others only inform.
TOLD_TONES = ("action", "danger", "warning")
#: What the line "Assigned tasks" tells already, by the ladder.
OWN_KEYS = frozenset(("overdue", "due_soon"))


class TaskDesk(models.AbstractModel):
    """What the top bar tells: the same sections as the desk, counted live."""

    _inherit = "task.desk"

    @api.model
    def _has_own_tasks(self):
        """Whether the reader is reminded of assignments of their own (an agency's, or
        those a specialist follows), and not of everybody's as managers and leaders."""
        user = self.env.user
        return not user._task_is_manager() or user.has_group(
            "task_tracking.group_agency_officer"
        )

    @api.model
    def _bar_lines(self):
        """The lines of the top bar: what waits for the reader, what is late or about to
        be with others; each opens the list that it counts, empty ones are left out.

        What the reader is to do is counted beside the bell; what is late with others is
        told, and does not ring.

        :return: groups in the shape of `res.users._get_activity_groups`, with `count`
            and `has_cards` (see `get_sections`) besides.
        """
        left_out = OWN_KEYS if self._has_own_tasks() else ()
        sections = [
            section
            for section in self._sections()
            if section[-1] in TOLD_TONES and section[0] not in left_out
        ]
        counts, with_cards = self._counts(sections), self._models_with_cards()
        sections = [section for section in sections if counts[section[0]]]
        return [
            {
                # Odoo sorts by id: in the desk's order, before what is by model
                "id": place - len(sections),
                "key": key,
                "type": "task_section",
                "name": title,
                "model": model,
                "domain": list(domain),
                "tone": tone,
                "icon": modules.module.get_module_icon(
                    self.env[model]._original_module
                ),
                "view_type": "list",
                "has_cards": model in with_cards,
                "count": counts[key],
                "total_count": counts[key] if tone == "action" else 0,
            }
            for place, (key, title, model, domain, _order, tone) in enumerate(sections)
        ]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        """Beside activities and own tasks, what waits for the reader on the desk."""
        groups = super()._get_activity_groups()
        if not self.env.company.regulation_id:
            return groups
        return [*self.env["task.desk"]._bar_lines(), *groups]
