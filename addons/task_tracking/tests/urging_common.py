# SPDX-License-Identifier: LGPL-3.0-or-later
import random
import sys
from collections import Counter
from datetime import time, timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import TaskCase
from .urging_year import DIGEST, FIRST, LAST, PROVINCE, Year

ONE_DAY = timedelta(days=1)
ORACLE = Path(__file__).resolve().parents[3] / "tests" / "oracle"
EARLY, AGAIN, AFTERNOON = time(5, 30), time(7, 10), time(15)


def load_oracle(cls):
    """The oracle's module, importable for the class."""
    if not ORACLE.is_dir():
        raise AssertionError(f"the oracle is part of the project: {ORACLE}")
    sys.path.insert(0, str(ORACLE))
    cls.addClassCleanup(sys.path.remove, str(ORACLE))
    import urging

    return urging


@tagged("post_install", "-at_install")
class UrgingCase(TaskCase):
    """A province in which days are simulated, and what the job tells is noted.

    `digests`, `letters`: as the oracle's Told has them. `notices`: all that were seen.
    """

    AGENCIES = ("finance", "building", "agriculture", "branch", "ward")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.oracle = load_oracle(cls)
        # all that counts for the year is known before it begins
        cls._move_to(fields.Datetime.to_datetime(FIRST) - PROVINCE)
        cls.company.sudo().task_since = FIRST
        days = cls.env["task.calendar.day"].search([("state", "=", "proposed")])
        days.filtered(lambda one: one.date.month < 10).state = "confirmed"
        (cls.admin | cls.cleared).active = False

    def setUp(self):
        super().setUp()
        self.digests, self.letters = {}, {}
        self.notices = self.env["task.notice"].sudo()
        self.runs = []
        # what acts tell by the bell is not asked here, and costs a quarter of the time
        silent = patch.object(
            type(self.env["mail.thread"]),
            "message_notify",
            lambda thread, **_values: thread.env["mail.message"],
        )
        silent.start()
        self.addCleanup(silent.stop)
        # commits are not made in a test
        quiet = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=3600
        )
        quiet.start()
        self.addCleanup(quiet.stop)

    def _follow(self, place):
        self.company.sudo().regulation_id = self.env.ref(
            f"task_tracking.regulation_{place}"
        )

    # -- names for the oracle ----------------------------------------------------------
    def _agencies(self, keys):
        agencies = self.env["res.partner"]
        for key in keys:
            agencies |= getattr(self, key)
        return agencies

    def _agency_key(self, agency):
        return next(key for key in self.AGENCIES if getattr(self, key) == agency)

    def _key(self, user):
        return user.login.removeprefix("t_")

    def _run_clocks(self):
        self.env["task.clock"]._cron_start_due()

    # -- the year ----------------------------------------------------------------------
    def _simulate(self, place, seed, size=400, first=FIRST, last=LAST):
        """Go through the days, run the job on each and note what it tells."""
        self._follow(place)
        year = self.year = Year(self, self.oracle, place, seed, size)
        year.plan_releases(first, last - 20 * ONE_DAY)
        chance, day = random.Random(seed), first
        while day <= last:
            if chance.random() < 0.1:
                self._run_job(day, EARLY)
            year.start_limits(day)
            self._run_job(day, DIGEST)
            if chance.random() < 0.1:
                self._run_job(day, AGAIN)
            year.acts(day)
            if chance.random() < 0.15:
                self._run_job(day, AFTERNOON)
            day += ONE_DAY
        return year

    def _run_job(self, day, hour):
        self.year.go_to(day, hour)
        self.runs.append(self.year._moment(day, hour))
        last_line = self._last("task.urge.line")
        last_notice = self._last("task.notice")
        self.env["task.digest"]._queue_due()
        notices = self.notices.search([("id", ">", last_notice)])
        self._note_digests(day, notices)
        self._note_letters(day, last_line)
        self._leave(notices)

    def _last(self, model):
        return self.env[model].sudo().search([], order="id desc", limit=1).id or 0

    def _leave(self, notices):
        """The mails are sent at once, as far as anybody can tell."""
        self.notices |= notices
        notices.write({"state": "sent", "sent_at": fields.Datetime.now()})
        notices.mail_mail_id.write({"state": "sent"})

    def _note_digests(self, day, notices):
        """Note what the new digests tell."""
        urges = self.env["task.urge"].sudo().search([("notice_id", "in", notices.ids)])
        self.assertEqual(urges.notice_id, notices, "each is kept beside its mail")
        for urge in urges:
            user = urge.partner_id.with_context(active_test=False).user_ids
            lines = {self._line_told(line) for line in urge.line_ids}
            self.digests[day, self._key(user)] = lines

    def _note_letters(self, day, last_line):
        """Note the lines of letters that were drafted since."""
        lines = self.env["task.urge.line"].sudo()
        for line in lines.search(
            [("id", ">", last_line), ("urge_id.kind", "=", "letter")]
        ):
            key = (day, self._agency_key(line.agency_id))
            self.letters.setdefault(key, set()).add(self._line_told(line))

    def _line_told(self, line):
        """(record, step) in the oracle's words; the marker holds both."""
        model, res_id, step_id = line.marker.split("/")[:3]
        step = self.env["task.reminder.step"].browse(int(step_id))
        record = (model, int(res_id))
        if model == "letter":
            record = ("task.assignment", int(res_id))
        if model == "task.clock":
            clock = self.env["task.clock"].sudo().browse(int(res_id))
            record = ("task.clock", clock.res_model, clock.res_id, line.anchor_on)
        return record, (step.kind, step.offset)

    # -- what is expected --------------------------------------------------------------
    def _expected(self, **more):
        world = self.year.calendar
        world.runs = self.runs
        for name, value in more.items():
            setattr(world, name, value)
        return self.oracle.told(world)

    def _check_alike(self, what, found, expected):
        """Name the first differences: of thousands nobody reads all."""
        keys = sorted(set(found) | set(expected))
        wrong = [key for key in keys if found.get(key) != expected.get(key)]
        words = [
            f"{key}: told {sorted(found.get(key, ()))},"
            f" expected {sorted(expected.get(key, ()))}"
            for key in wrong[:5]
        ]
        self.assertFalse(
            wrong, f"{len(wrong)} of {len(keys)} {what} differ:\n" + "\n".join(words)
        )

    def _check_year(self):
        told = self._expected()
        self._check_alike("digests", self.digests, told.digests)
        self._check_alike("letters", self.letters, told.letters)
        return told

    def _check_mails(self):
        """One a person a day, none on a day off; each digest is one mail."""
        seen = Counter()
        for notice in self.notices:
            local = self.company._task_local(notice.queued_at)
            seen[local.date(), notice.partner_id] += 1
            self.assertTrue(self.year.is_working(local.date()), f"{local} is a day off")
        self.assertLessEqual(set(seen.values()), {1}, "two mails in a day")
        self.assertEqual(len(seen), len(self.digests))
