# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import defaultdict
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from odoo.tests import freeze_time

from .calendar_acts import Acts
from .calendar_known import PROVINCE, Ledger, load_oracle
from .common import ReportCase

ONE_DAY, TWO_DAYS = timedelta(days=1), timedelta(days=2)
#: A period is opened so many days before the first of its days.
OPENS = 10
MORNING, AFTERNOON, EVENING = time(9), time(15), time(17)


def day(text):
    """A date from "14/4/2026"; None from nothing."""
    if not text:
        return None
    number, month, year = map(int, text.split("/"))
    return date(year, month, number)


class Row(NamedTuple):
    """One period of the table. Days: `first` and `last` counted, `send` the agencies'
    due day, `compile` the Office's (None where no day is prescribed), `ready` the
    first day an agency can send: the last day counted, or where that is too late for
    a day off the last working day up to the day it is due."""

    kind: str
    year: int
    number: int
    first: date
    last: date
    send: date | None
    compile: date | None
    ready: date
    topic: str

    @property
    def key(self):
        return self.topic, self.kind, self.year, self.number

    @property
    def opens(self):
        days = [self.last, self.send, self.compile]
        return min(filter(None, days)) - timedelta(days=OPENS)


def row(kind, period, first, last, send=None, compile_=None, ready=None, topic=None):
    """A line of a place's table: "3/2026" is the third period of 2026."""
    number, year = map(int, period.split("/"))
    return Row(
        kind,
        year,
        number,
        day(first),
        day(last),
        day(send),
        day(compile_),
        day(ready or last),
        topic or "figures",
    )


class CalendarCase(ReportCase):
    """Twelve months of one regulation that follow one another: opened by the job, sent
    by the agencies' heads, compiled by the Office manager, while the users do what
    users do (`Acts`). Made once for the class; the tests look at what came of it.

    `TABLE`: every period there is to be, worked out by hand from the text.
    `OUTPUTS`: {topic or (topic, kind): scopes of what the Office compiles}.
    """

    NAME = ""
    START = END = ""
    TABLE = OUTPUTS = ()
    SUPERIOR = frozenset(("government", "ministry"))
    LEVELS = ("government", "ministry", "committee", "chairman", "deputy")
    UNDATED = True
    POLICIES = ()
    ACTS, EVERY = 4, 18
    SEED = 2026

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.NAME:
            return
        cls.first_day, cls.last_day = day(cls.START), day(cls.END)
        freezer = freeze_time(f"{cls.first_day} 02:00:00")
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls._make_place()
        cls.acts = Acts(cls, cls.SEED)
        with cls._test_cursors():
            cls._live_through()
        cls.env.invalidate_all()
        cls.ledger = Ledger(load_oracle(cls), cls.env, cls.SUPERIOR)

    @classmethod
    def _make_place(cls):
        company = cls.env.company.sudo()
        company.regulation_id = cls.env.ref(f"task_tracking.regulation_{cls.NAME}")
        company.task_since = cls.first_day
        lines = company.regulation_id.policy_ids
        for key, value in cls.POLICIES:
            lines.filtered(lambda one, key=key: one.key == key).value = value
        # the swap of 31/8 for Saturday 22/8 is proposed; the administrator confirms it
        cls.env["task.calendar.day"].search(
            [("date", "in", ("2026-08-22", "2026-08-31"))]
        ).action_confirm()
        cls.env["res.partner"].search(
            [("company_id", "=", False), ("is_agency", "=", True)]
        ).task_reports = False
        cls.reporting = cls.finance | cls.health | cls.ward
        # a mail for each act would cost more than the act
        cls.env["res.users"].search(
            [("company_id", "=", company.id)]
        ).notification_type = "inbox"
        # a letter the Chairman signed earlier is entered by who is of the Office too
        cls.office_chairman = cls._user("office chairman", "group_chairman", cls.office)
        cls.office_chairman.group_ids |= cls.env.ref(
            "task_tracking.group_office_specialist"
        )

    # -- the clock ---------------------------------------------------------------------
    @classmethod
    def _at(cls, moment):
        """Let it be `moment` of the province's clock."""
        cls.now = moment
        cls.clock.move_to(moment - PROVINCE)

    @classmethod
    @contextmanager
    def _on(cls, day):
        before = cls.now
        cls._at(datetime.combine(date.fromisoformat(str(day)), time(10)))
        yield
        cls._at(before)

    @classmethod
    @contextmanager
    def _test_cursors(cls):
        """The job opens a cursor of its own: let it be the test's."""
        patches = cls._registry_test_mode_patches(cr=cls.cr, registry=cls.registry)
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()

    # -- the year ----------------------------------------------------------------------
    @classmethod
    def _live_through(cls):
        """From day to day: the job in the morning, acts, reports in the afternoon."""
        jobs, sends, compiles = (
            {cls.first_day, cls.last_day},
            defaultdict(list),
            defaultdict(list),
        )
        for one in cls.TABLE:
            jobs |= {one.opens - ONE_DAY, one.opens}
            if one.topic != "regulation":
                for agency, when in cls._sending_days(one):
                    sends[when].append((one, agency))
            if one.topic != "year_end_list":
                compiles[one.compile or one.last + 3 * ONE_DAY].append(one)
        today, cls.job_days = cls.first_day, jobs
        while today <= cls.last_day:
            if today in jobs:
                cls._at(datetime.combine(today, MORNING))
                cls._run_job()
            if today + TWO_DAYS in {one.last for one in cls.TABLE}:
                cls._at(datetime.combine(today, MORNING))
                cls.acts.assign(today + TWO_DAYS)
            if times := cls._act_days(today):
                cls._at(datetime.combine(today, MORNING))
                cls.acts.play(times)
            for one, agency in sends[today]:
                cls._at(datetime.combine(today, AFTERNOON))
                cls._send(one, agency)
            for one in compiles[today]:
                cls._at(datetime.combine(today, EVENING))
                cls._compile(one)
            today += ONE_DAY

    @classmethod
    def _act_days(cls, today):
        """How much is done on a day: now and then, and where windows meet."""
        ends = {one.last for one in cls.TABLE}
        meeting = (today in ends) + (today - ONE_DAY in ends)
        regular = (today - cls.first_day).days % cls.EVERY == 0
        return meeting + cls.ACTS * regular

    @classmethod
    def _sending_days(cls, one):
        """One agency at the first moment, one on the last day, one a day late (every
        other time; two days after the window where no day is prescribed)."""
        last = max(one.send or one.last + ONE_DAY, one.ready)
        late = last + ONE_DAY * (one.number % 2)
        return [(cls.finance, one.ready), (cls.health, last), (cls.ward, late)]

    @classmethod
    def _run_job(cls):
        cls.env.ref("task_reports.cron_report_open").method_direct_trigger()
        cls.env.invalidate_all()

    @classmethod
    def _period(cls, one):
        return cls.env["task.report.period"].search(
            [
                ("company_id", "=", cls.env.company.id),
                ("topic", "=", one.topic),
                ("kind", "=", one.kind),
                ("year", "=", one.year),
                ("number", "=", one.number),
            ]
        )

    @classmethod
    def _report(cls, one, agency):
        """The first version of an agency's report; of the Office's reports all."""
        return cls._period(one).report_ids.filtered(
            lambda report: report.agency_id == agency and report.version == 1
        )

    @classmethod
    def _send(cls, one, agency):
        cls._explain_and_send(cls._report(one, agency).with_user(cls.heads[agency]))

    @classmethod
    def _explain_and_send(cls, report):
        report.action_prepare()
        report.reason_ids.reason = "Chờ ý kiến của bộ chủ quản"
        report.action_submit()

    @classmethod
    def _compile(cls, one):
        reports = cls._report(one, cls.env["res.partner"]).with_user(cls.manager)
        if one.topic == "regulation":
            reports.causes = "Đã triển khai Quy chế."
        for report in reports:
            report.action_submit()

    # -- looking back ------------------------------------------------------------------
    def _frozen(self, one):
        """The agencies' reports of a period, those first sent."""
        return self._period(one).report_ids.filtered(
            lambda report: report.agency_id and report.version == 1
        )

    def _moment(self, report):
        """When it was frozen, of the province's clock."""
        return report.submitted_at + PROVINCE

    def _rows(self, report):
        return {row.assignment_id: row for row in report._sheet().rows()}

    @staticmethod
    def _of_agency(reports, agency):
        return reports.filtered(lambda report: report.agency_id == agency)
