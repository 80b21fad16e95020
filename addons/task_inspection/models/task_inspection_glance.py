# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Date, Domain

#: How many records a list of the page begins with, and how far ahead it looks.
FIRST, AHEAD_DAYS = 5, 30


class Part(NamedTuple):
    """One number of the page, and what finds exactly its records."""

    title: str
    model: str
    domain: Domain


class TaskInspectionGlance(models.AbstractModel):
    """Inspections at a glance, for those who lead and for the Office: what is planned,
    what runs, whose conclusion is late, what was recommended and is not done."""

    _name = "task.inspection.glance"
    _description = "Inspections at a glance"

    @api.model
    def _parts(self):
        """{key: Part} of everything the page counts; the desk takes some of them."""
        today = self.env.company._task_today()
        here = Domain("company_id", "=", self.env.company.id)
        line, one = "task.inspection.plan.line", "task.inspection"
        told = "task.inspection.recommendation"
        late = Domain("is_conclusion_late", "=", True)
        ended = Domain("state", "=", "ended")
        planned = here & Domain("progress", "=", "planned")
        soon = Domain("date_from", "<=", today + timedelta(days=AHEAD_DAYS))
        after = here & Domain("inspection_id.concluded_on", "!=", False)
        parts = {
            "planned": (self.env._("Planned"), line, planned),
            "soon": (
                self.env._("Planned in the next %(days)s days", days=AHEAD_DAYS),
                line,
                planned & soon,
            ),
            "missed": (
                self.env._("Planned and not held"),
                line,
                here & Domain("progress", "=", "missed"),
            ),
            "prepared": (
                self.env._("Being prepared"),
                one,
                here & Domain("state", "=", "draft"),
            ),
            "running": (
                self.env._("Inspections under way"),
                one,
                here & Domain("state", "=", "issued"),
            ),
            "due": (
                self.env._("Conclusions to hand in"),
                one,
                here & ended & ~late,
            ),
            "late": (self.env._("Conclusions late"), one, here & ended & late),
            "unclosed": (
                self.env._("Concluded, dossier not closed"),
                one,
                here & Domain("state", "=", "concluded"),
            ),
            "open": (
                self.env._("Recommendations not assigned yet"),
                told,
                after & Domain("state", "in", ("open", "withdrawn")),
            ),
            "assigned": (
                self.env._("Recommendations being carried out"),
                told,
                after & Domain("state", "=", "assigned"),
            ),
            "overdue": (
                self.env._("Recommendations overdue"),
                told,
                after & Domain("state", "=", "overdue"),
            ),
        }
        return {key: Part(*part) for key, part in parts.items()}

    @api.model
    @api.readonly
    def get_glance(self):
        """Return what the page draws.

        :return: a dict for JSON: `today` (ISO), `company`; `parts` list of {key,
            title, model, domain, count}, in the page's order; `lists` list of {key,
            title, model, domain, count, items} of what is late, due, under way, and
            planned next, `items` the first few as a desk's; `agencies` list of {id,
            name, overdue, open, assigned} with what was recommended to each and is
            not done, the most overdue first.
        :raise AccessError: to whom neither leads nor is of the Office.
        """
        if not self.env.user._task_is_office_or_leader():
            raise AccessError(
                self.env._("This page is for the leaders and the Office.")
            )
        parts = self._parts()
        counts = {
            key: self.env[part.model].search_count(part.domain)
            for key, part in parts.items()
        }
        return {
            "today": Date.to_string(self.env.company._task_today()),
            "company": self.env.company.name,
            "parts": [
                {**self._told_part(key, part), "count": counts[key]}
                for key, part in parts.items()
            ],
            "lists": [
                {
                    **self._told_part(key, parts[key]),
                    "count": counts[key],
                    "items": self._items(parts[key]),
                }
                for key in ("late", "overdue", "due", "running", "soon", "missed")
                if counts[key]
            ],
            "agencies": self._agencies(parts),
        }

    def _told_part(self, key, part):
        return {
            "key": key,
            "title": part.title,
            "model": part.model,
            "domain": list(part.domain),
        }

    def _items(self, part):
        orders = {
            "task.inspection.plan.line": "date_from, id",
            "task.inspection": "date_to, id",
            "task.inspection.recommendation": "deadline, id",
        }
        records = self.env[part.model].search(
            part.domain, limit=FIRST, order=orders[part.model]
        )
        desk = self.env["task.desk"]
        return [desk._item(record) for record in records]

    def _agencies(self, parts):
        """What stands open at each agency that something was recommended to."""
        rows = {}
        for key in ("open", "assigned", "overdue"):
            part = parts[key]
            for agency, number in self.env[part.model]._read_group(
                part.domain, ["agency_id"], ["__count"]
            ):
                row = rows.setdefault(agency, {"open": 0, "assigned": 0, "overdue": 0})
                row[key] += number
        found = [
            {"id": agency.id, "name": agency.name, **row}
            for agency, row in rows.items()
        ]
        return sorted(
            found,
            key=lambda row: (
                -row["overdue"],
                -row["open"],
                -row["assigned"],
                row["name"],
                row["id"],
            ),
        )
