# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models import task_task_series
from .common import TaskCase


@tagged("post_install", "-at_install")
class TestSeries(TaskCase):
    """A recurring duty is a series that releases one assignment per occurrence."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-01-05 02:00:00")

    def _first(self, release=True, **vals):
        """The first task of a monthly series, due on 31/01/2026."""
        values = {
            **self._task_vals(deadline="2026-01-31"),
            "recurrence": "month",
            **vals,
        }
        document = self._document([values], issued_on="2026-01-05")
        if release:
            document.action_release()
        return document.task_ids

    def _run(self):
        """The cron, as the server runs it."""
        with self.enter_registry_test_mode():
            self.env.ref(
                "task_tracking.cron_release_occurrences"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _deadlines(self, first):
        return first.occurrence_ids.mapped("deadline")

    # -- the cron ----------------------------------------------------------------------
    def test_day_after_the_deadline(self):
        """The next occurrence is released the day after, by the province's midnight;
        31 becomes the last day of February and 31 again in March."""
        first = self._first()
        self._move_to("2026-01-31 16:30:00")  # 23:30 on the 31st
        self._run()
        self.assertFalse(first.occurrence_ids)
        self._move_to("2026-01-31 17:30:00")  # 00:30 on 01/02
        self._run()
        self.assertEqual(self._deadlines(first), [date(2026, 2, 28)])
        self._move_to("2026-03-01 02:00:00")
        self._run()
        self.assertCountEqual(
            self._deadlines(first), [date(2026, 2, 28), date(2026, 3, 31)]
        )

    def test_occurrence_is_a_task_like_any_other(self):
        """Same content, agencies and followers, its own assignments, in the same
        directive; the agencies are told."""
        first = self._first(
            support_agency_ids=[Command.set(self.ward.ids)],
            follow_up="Theo dõi số liệu",
            product_kind="report",
            field_id=self.farming.id,
        )
        told = [("partner_ids", "in", self.finance_head.partner_id.ids)]
        before = self.env["mail.message"].search_count(told)
        self._move_to("2026-02-02 02:00:00")
        self._run()
        new = first.occurrence_ids
        self.assertRecordValues(
            new,
            [
                {
                    "document_id": first.document_id.id,
                    "name": first.name,
                    "follow_up": "Theo dõi số liệu",
                    "product_kind": "report",
                    "field_id": self.farming.id,
                    "specialist_id": first.specialist_id.id,
                    "recurrence": "none",
                    "state": "open",
                    "released_on": date(2026, 2, 2),
                }
            ],
        )
        self.assertCountEqual(
            new.sudo().assignment_ids.mapped(lambda one: (one.agency_id, one.role)),
            [(self.finance, "lead"), (self.ward, "support")],
        )
        lead = new.sudo().assignment_ids.filtered(lambda one: one.role == "lead")
        self.assertRecordValues(
            lead,
            [
                {
                    "assigned_on": date(2026, 2, 2),
                    "deadline": date(2026, 2, 28),
                    "state": "released",
                }
            ],
        )
        self.assertEqual(lead.fact_ids.mapped("kind"), ["released"])
        self.assertEqual(lead.span_ids.overdue_from, date(2026, 3, 1))
        self.assertEqual(self.env["mail.message"].search_count(told), before + 1)

    def test_second_run_changes_nothing(self):
        """Running again on the same day makes nothing twice."""
        first = self._first()
        self._move_to("2026-02-02 02:00:00")
        self._run()
        self._run()
        self.assertEqual(len(first.occurrence_ids), 1)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            first.occurrence_ids.sudo().copy(
                {"series_id": first.id, "deadline": "2026-02-28"}
            )
            self.env.flush_all()

    def test_missed_runs_catch_up(self):
        """After three months without a run every occurrence missed is made."""
        first = self._first()
        self._move_to("2026-05-01 02:00:00")
        self._run()
        self.assertCountEqual(
            self._deadlines(first),
            [
                date(2026, 2, 28),
                date(2026, 3, 31),
                date(2026, 4, 30),
                date(2026, 5, 31),
            ],
        )
        self.assertEqual(first.series_next_on, date(2026, 6, 1))

    def test_killed_between_batches(self):
        """A run that ends after its first batch leaves the rest to the next one."""
        series = self._first() | self._first() | self._first()
        self._move_to("2026-02-02 02:00:00")
        progress = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0
        )
        with patch.object(task_task_series, "BATCH", 1), progress:
            self.env["task.task"]._cron_release_occurrences()
        self.assertEqual(len(series.occurrence_ids), 1)
        self._run()
        self.assertEqual([len(first.occurrence_ids) for first in series], [1, 1, 1])

    @mute_logger("odoo.addons.task_tracking.models.task_task_series")
    def test_one_failing_holds_up_nobody(self):
        """A series that cannot be released is left out and tried again next time."""
        series = self._first() | self._first() | self._first()
        bad = series[1]
        self._move_to("2026-02-02 02:00:00")
        original, reason = type(bad)._occurrence_vals, "no"

        def broken(first, *agencies):
            if first == bad:
                raise UserError(reason)
            return original(first, *agencies)

        with patch.object(type(bad), "_occurrence_vals", broken):
            self._run()
        self.assertEqual([len(first.occurrence_ids) for first in series], [1, 0, 1])
        self._run()
        self.assertEqual([len(first.occurrence_ids) for first in series], [1, 1, 1])

    def test_queries_do_not_grow_with_series(self):
        """Six series of a directive take as many queries as two."""

        def release(count):
            vals = {**self._task_vals(deadline="2026-01-31"), "recurrence": "month"}
            self._move_to("2026-01-05 02:00:00")
            document = self._document([vals] * count, issued_on="2026-01-05")
            document.action_release()
            self._move_to("2026-02-02 02:00:00")
            series = self.env["task.task"].browse(document.task_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            series._release_next()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        release(2)
        self.assertEqual(release(2), release(6))

    # -- when it stops -----------------------------------------------------------------
    def test_until(self):
        """No occurrence is due after the last day of the series; that day counts."""
        first = self._first(recurrence="quarter", recurrence_until="2026-07-31")
        self._move_to("2026-12-01 02:00:00")
        self._run()
        self.assertCountEqual(
            self._deadlines(first), [date(2026, 4, 30), date(2026, 7, 31)]
        )
        self.assertFalse(first.series_next_on)

    def test_half_year_and_year(self):
        """Six months and a year from the first deadline."""
        half = self._first(recurrence="half_year", deadline="2026-06-15")
        year = self._first(recurrence="year", deadline="2026-12-15")
        self._move_to("2026-12-16 02:00:00")
        self._run()
        self.assertCountEqual(
            self._deadlines(half), [date(2026, 12, 15), date(2027, 6, 15)]
        )
        self.assertEqual(self._deadlines(year), [date(2027, 12, 15)])

    def test_ended_by_the_office(self):
        """The Office ends the series with a reason; what was assigned stays."""
        first = self._first().with_user(self.specialist)
        with self.assertRaises(UserError):
            first.action_end_series(" ")
        first.action_end_series("Không còn cần thiết")
        self._move_to("2026-05-01 02:00:00")
        self._run()
        self.assertFalse(first.occurrence_ids)
        self.assertEqual(first.state, "open")
        self.assertIn(
            "Không còn cần thiết", first.sudo().document_id.message_ids[0].body
        )
        with self.assertRaises(UserError):
            first.action_end_series("Lần nữa")

    def test_no_lead_left(self):
        """Withdrawn from its only lead, the duty does not come again."""
        first = self._first()
        one = first.sudo().assignment_ids
        one.with_user(self.manager).withdraw("Giao nhầm")
        self._move_to("2026-02-02 02:00:00")
        self._run()
        self.assertFalse(first.occurrence_ids)
        self.assertEqual(first.series_ended_on, date(2026, 2, 2))

    def test_reassigned_stays_reassigned(self):
        """Who has the occurrence now has the next one too."""
        first = self._first()
        one = first.sudo().assignment_ids
        one.with_user(self.manager).reassign(self.building, "Đổi chức năng")
        self._move_to("2026-02-02 02:00:00")
        self._run()
        self.assertEqual(
            first.occurrence_ids.sudo().assignment_ids.agency_id, self.building
        )

    def test_series_by_the_written_date(self):
        """A later date granted for one occurrence moves the series by nothing."""
        first = self._first()
        one = first.sudo().assignment_ids
        one.with_user(self.chairman).change_deadline("2026-03-15", "Cho thêm thời gian")
        self._move_to("2026-02-02 02:00:00")
        self._run()
        self.assertEqual(self._deadlines(first), [date(2026, 2, 28)])

    def test_until_changed_by_the_act(self):
        """The end of a series is moved by an act, forth and back."""
        first = self._first(recurrence_until="2026-01-31").with_user(self.specialist)
        self.assertFalse(first.series_next_on)
        first.action_set_series_until("2026-03-31", "Kéo dài")
        self.assertEqual(first.series_next_on, date(2026, 2, 1))
        first.action_set_series_until(False, "Không thời hạn")
        self.assertFalse(first.recurrence_until)
        with self.assertRaises(ValidationError):
            first.action_set_series_until("2026-01-30", "Trước lần đầu")

    # -- what is refused ---------------------------------------------------------------
    def test_bad_values(self):
        """Undated or counted from an event and recurring: refused; so is an end
        without recurrence or before the first deadline."""
        for vals in (
            {"is_dated": False, "deadline": False},
            {
                "deadline": False,
                "relative_unit": "month",
                "relative_amount": 1,
                "relative_event": "Ngày họp",
            },
            {"recurrence": "none", "recurrence_until": "2026-12-31"},
            {"recurrence_until": "2026-01-30"},
        ):
            with self.assertRaises(ValidationError, msg=vals):
                self._first(release=False, **vals)

    def test_only_by_acts_on_the_first(self):
        """After the release nothing of the series is written, and an occurrence is
        no place to change it."""
        first = self._first()
        self._move_to("2026-02-02 02:00:00")
        self._run()
        office = first.with_user(self.specialist)
        for vals in ({"recurrence": "year"}, {"recurrence_until": "2026-12-31"}):
            with self.assertRaises(UserError, msg=vals):
                office.write(vals)
        for vals in ({"series_next_on": "2026-12-31"}, {"series_id": first.id}):
            with self.assertRaises(AccessError, msg=vals):
                office.write(vals)
        with self.assertRaises(AccessError):
            self._document([{**self._task_vals(), "series_id": first.id}])
        occurrence = office.occurrence_ids
        with self.assertRaises(UserError):
            occurrence.action_end_series("Thôi")
        with self.assertRaises(UserError):
            occurrence.action_set_series_until("2026-12-31", "Thôi")
        with self.assertRaises(UserError):
            self._first(release=False).action_end_series("Chưa giao")

    def test_only_the_office(self):
        """Neither the agency nor a leader ends a series."""
        first = self._first()
        for user in (self.finance_head, self.chairman, self.admin):
            with self.assertRaises(AccessError, msg=user.login):
                first.with_user(user).action_end_series("Thôi")

    def test_form_of_the_act(self):
        """The button's form does the act."""
        first = self._first().with_user(self.specialist)
        action = first.with_context(act="end_series").action_order_deadline()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.specialist)
            .with_context(**action["context"])
        )
        form.reason = "Không còn cần thiết"
        form.save().action_apply()
        self.assertEqual(first.series_ended_on, date(2026, 1, 5))

    def test_copy_of_a_directive(self):
        """A copy has the first task of the series alone, and begins anew."""
        first = self._first()
        self._move_to("2026-03-02 02:00:00")
        self._run()
        copy = first.document_id.with_user(self.specialist).copy()
        self.assertRecordValues(
            copy.task_ids, [{"recurrence": "month", "series_next_on": False}]
        )
