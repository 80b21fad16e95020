# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the users of a small province do from day to day, drawn by seeded dice."""

from collections import Counter
from datetime import timedelta
from random import Random

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

SOURCES = ("programme", "conclusion", "adhoc")
PRODUCTS = ("report", "complete")
OPEN = ("released", "doing", "submitted", "returned")


class Acts:
    """Acts of the users of a `CalendarCase`, each through what its button calls.

    What happens is drawn; whether it is allowed the product says. `done` counts what
    was done, `refused` what was not possible (an act nobody may do is an error).
    """

    def __init__(self, case, seed):
        self.case = case
        self.dice = Random(seed)
        self.done, self.refused = Counter(), Counter()
        self.numbers = iter(range(1, 10**6))

    @property
    def env(self):
        return self.case.env

    @property
    def today(self):
        return self.env.company._task_today()

    def _later(self, least, most):
        return self.today + timedelta(days=self.dice.randint(least, most))

    def _earlier(self):
        """An earlier day in one of two cases: a letter the Office enters later."""
        if self.dice.random() < 0.5:
            return self.today
        return max(self.case.first_day, self._later(-20, -1))

    def _open(self):
        return (
            self.env["task.assignment"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("role", "=", "lead"),
                    ("state", "in", OPEN),
                ]
            )
        )

    # -- drawing -------------------------------------------------------------------
    def play(self, times):
        for _nr in range(times):
            found = self._open()
            if len(found) < 6 or self.dice.random() < 0.15:
                self._try("assign", self._assign)
                continue
            one = found[self.dice.randrange(len(found))]
            kind = self.dice.choice(self._possible(one))
            self._try(kind, getattr(self, f"_{kind}"), one)

    def _possible(self, one):
        if one.state == "submitted":
            return ["confirm"] * 5 + ["refuse"] * 3 + ["undo"] * 2
        if one.state == "returned":
            return ["keep", "reassign"]
        kinds = ["hand_in"] * 6 + ["paper"] * 2 + ["withdraw", "correct", "report"]
        if one.extension_pending:
            return [*kinds, *["grant"] * 6, "deny"]
        kinds += ["hand_back"] * bool(one.knows_return)
        if not one.deadline:
            return [*kinds, "date", "date"]
        return [*kinds, "change", "change", *["ask"] * 4 * bool(one.knows_extension)]

    def _try(self, kind, act, *args):
        try:
            with self.env.cr.savepoint():
                act(*args)
                self.env.flush_all()
        except AccessError:
            raise
        except UserError:
            self.refused[kind] += 1
            self.env.invalidate_all()
        else:
            self.done[kind] += 1

    # -- the acts --------------------------------------------------------------------
    def _head(self, one):
        return self.case.heads[one.agency_id]

    def _create(self, model, user, one, **vals):
        vals = {"assignment_id": one.id, "text": "Nội dung", **vals}
        return self.env[model].with_user(user).create(vals)

    def _waiting(self, model, one):
        return self.env[model].search(
            [("assignment_id", "=", one.id), ("state", "=", "waiting")]
        )

    def assign(self, deadline):
        """A directive of some agencies, due on a certain day."""
        self._try("assign", self._assign, deadline)

    def _assign(self, deadline=None):
        agencies = list(self.case.heads)
        dated = deadline or not self.case.UNDATED or self.dice.random() < 0.85
        leads = self.dice.sample(agencies, self.dice.randint(1, len(agencies)))
        document = (
            self.env["task.document"]
            .with_user(self.case.specialist)
            .create(
                {
                    "number": str(next(self.numbers)),
                    "notation": "UBND-TH",
                    "abstract": "V/v triển khai nhiệm vụ",
                    "issued_on": self.today,
                    "source": self.dice.choice(SOURCES),
                    "assigner_level": self.dice.choice(self.case.LEVELS),
                    "task_ids": [
                        Command.create(
                            {
                                "name": "Báo cáo kết quả",
                                "product_kind": self.dice.choice(
                                    ["report", "complete"]
                                ),
                                "is_dated": bool(dated),
                                "deadline": dated and (deadline or self._later(2, 60)),
                                "lead_agency_ids": [
                                    Command.set([agency.id for agency in leads])
                                ],
                            }
                        )
                    ],
                }
            )
        )
        document.action_release()

    def _hand_in(self, one):
        self._create("task.result", self._head(one), one).action_submit()

    def _paper(self, one):
        """A result on paper that the Office enters, dated earlier."""
        result = self._create(
            "task.result",
            self.case.specialist,
            one,
            happened_on=max(one.assigned_on, self._earlier()),
        )
        result.action_submit()

    def _report(self, one):
        self._create("task.progress", self._head(one), one)

    def _confirm(self, one):
        self._waiting("task.result", one).with_user(self.case.manager).action_accept()

    def _refuse(self, one):
        result = self._waiting("task.result", one).with_user(self.case.manager)
        result.answer = "Chưa đạt yêu cầu"
        result.action_refuse()

    def _undo(self, one):
        self._confirm(one)
        one.with_user(self.case.manager).undo_confirmation()

    def _ask(self, one):
        deadline = max(one.deadline, self.today) + timedelta(days=25)
        self._create(
            "task.extension", self._head(one), one, new_deadline=deadline
        ).action_submit()

    def _grant(self, one):
        asked = self._waiting("task.extension", one)
        asked.with_user(self.case.chairman).action_accept()

    def _deny(self, one):
        asked = self._waiting("task.extension", one).with_user(self.case.chairman)
        asked.answer = "Không đủ lý do"
        asked.action_refuse()

    def _change(self, one):
        day = max(one.assigned_on, self._earlier())
        user = self.case.chairman if day == self.today else self.case.office_chairman
        one.with_user(user).change_deadline(
            self._later(-10, 40), "Theo ý kiến của Chủ tịch", "12/TB-UBND", day=day
        )

    def _date(self, one):
        one.with_user(self.case.specialist).set_first_deadline(
            self._later(3, 40), "Theo chỉ đạo"
        )

    def _withdraw(self, one):
        one.with_user(self.case.manager).withdraw(
            "Giao nhầm", day=max(one.assigned_on, self._earlier())
        )

    def _hand_back(self, one):
        self._create(
            "task.return", self._head(one), one, document_id=one.document_id.id
        ).action_submit()

    def _keep(self, one):
        self._waiting("task.return", one).with_user(self.case.manager).action_keep()

    def _reassign(self, one):
        asked = self._waiting("task.return", one).with_user(self.case.manager)
        others = [agency.id for agency in self.case.heads if agency != one.agency_id]
        asked.new_agency_ids = [Command.set([self.dice.choice(others)])]
        asked.action_accept()

    def _correct(self, one):
        """A day or a deadline was entered wrongly."""
        facts = one.sudo().fact_ids.filtered(
            lambda fact: fact.kind in ("released", "handed_in", "deadline_changed")
        )
        fact = facts[self.dice.randrange(len(facts))]
        vals = {"new_day": max(self.case.first_day, fact.day - timedelta(days=3))}
        if fact.deadline and self.dice.random() < 0.6:
            vals = {"deadline": fact.deadline + timedelta(days=5)}
        one.with_user(self.case.manager).correct(fact, "Nhập nhầm", **vals)
