# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .report_rights_common import MODEL, ReportRightsCase


@tagged("post_install", "-at_install")
class TestReportClosed(ReportRightsCase):
    """What only an act changes, of reports and periods, tried as RPC."""

    # -- closed fields -----------------------------------------------------------------
    def test_closed_fields(self):
        """Whose, which version, state, days, verdict: closed to author and manager by
        write, create, default, import and copy."""
        values = {
            "period_id": self.sent.period_id.id,
            "company_id": self.env.ref("base.main_company").id,
            "agency_id": self.building.id,
            "output_id": False,
            "scope": "superior",
            "version": 9,
            "replaces_id": self.sent.id,
            "is_current": False,
            "state": "submitted",
            "due_on": "2027-01-01",
            "submitted_by_id": self.chairman.id,
            "submitted_at": "2026-01-01 00:00:00",
            "submitted_on": "2026-01-01",
            "sent_on": "2026-01-01",
            "snapshot_id": self.sent.sudo().snapshot_id.id,
            "digest": "0" * 64,
            "published_on": "2026-04-01",
            "published_by_id": self.chairman.id,
            "is_late": True,
            "kind": "month",
            "date_to": "2026-04-02",
            "agency_kind": "ward",
            "replaced_by_ids": [Command.link(self.sent.id)],
            "clock_ids": [Command.clear()],
        }
        reports = {self.finance_head: self.mine, self.manager: self.office_draft}
        for user, report in reports.items():
            for name, value in values.items():
                # a running limit refuses by itself, whoever asks
                refusal = UserError if name == "clock_ids" else AccessError
                with self.subTest(name, user=user.login):
                    for method, *more in (
                        ("write", {name: value}),
                        ("web_save", {name: value}, {}),
                    ):
                        with self.assertRaises(refusal), self.env.cr.savepoint():
                            self._rpc(user, MODEL, method, report.ids, *more)
            before = report.read(["state", "agency_id", "version", "due_on", "scope"])
            self._assert_not_loaded(user, report)
            for context in ({}, {"default_state": "submitted"}):
                with self.assertRaises(AccessError):
                    self._rpc(
                        user,
                        MODEL,
                        "create",
                        [{"period_id": report.period_id.id}],
                        context=context,
                    )
            with self.assertRaises(AccessError):
                self._rpc(user, MODEL, "copy", report.ids)
            self.env.invalidate_all()
            self.assertEqual(
                report.read(["state", "agency_id", "version", "due_on", "scope"]),
                before,
            )

    def _assert_not_loaded(self, user, report):
        for column, value in (
            ("state", "submitted"),
            ("version", "9"),
            ("due_on", "2027-01-01"),
        ):
            try:
                with self.env.cr.savepoint():
                    told = self._rpc(
                        user, MODEL, "load", [".id", column], [[str(report.id), value]]
                    )
            except AccessError:
                told = {"ids": False}
            self.assertFalse(told["ids"], column)

    def test_nobody_deletes(self):
        """Reports, their explanations and opened periods stay, whoever asks."""
        self.mine.with_user(self.finance_head).action_prepare()
        for record in (
            self.mine,
            self.sent,
            self.office_draft,
            self.mine.reason_ids,
            self.sent.period_id,
        ):

            def attempt(user, record=record):
                self._rpc(user, record._name, "unlink", record.ids)

            self.assertEqual(self._who_can(attempt, UserError), set(), record)

    # -- periods -----------------------------------------------------------------------
    def test_who_asks(self):
        """An Office manager prepares and opens an ad hoc report, nobody else."""
        vals = {
            "title": "Báo cáo",
            "date_from": "2026-03-20",
            "date_to": "2026-04-01",
            "asked_send_on": "2026-04-01",
        }

        def attempt(user):
            made = self._rpc(user, "task.report.period", "create", [vals])
            self._rpc(user, "task.report.period", "action_open", made)

        self.assertEqual(self._who_can(attempt), {"manager"})

        def change(user):
            period = self.sent.period_id
            self._rpc(user, period._name, "write", period.ids, {"title": "khác"})

        self.assertEqual(self._who_can(change, UserError), set())

    def test_closed_fields_of_a_period(self):
        """A manager makes no periodic period by hand, nor opens one unseen."""
        model = "task.report.period"
        vals = {"title": "x", "date_from": "2026-03-20", "date_to": "2026-04-01"}
        period = self.env[model].with_user(self.manager).create(vals)
        closed = {
            "company_id": self.env.ref("base.main_company").id,
            "regulation_id": self.env.ref("task_tracking.regulation_ca_mau").id,
            "window_id": self.env.ref("task_reports.window_khanh_hoa_month").id,
            "topic": "regulation",
            "kind": "month",
            "year": 2026,
            "number": 4,
            "state": "open",
            "opened_on": "2026-01-01",
            "report_ids": [Command.link(self.sent.id)],
        }
        for name, value in closed.items():
            with self.subTest(name):
                for method, *args in (
                    ("write", period.ids, {name: value}),
                    ("create", [{**vals, name: value}]),
                ):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        self._rpc(self.manager, model, method, *args)
                made = self._by_default(name, value, vals)
                if name != "report_ids":
                    self.assertEqual(made[name], period[name], name)
                self.assertFalse(made.report_ids)

    def _by_default(self, name, value, vals):
        """The period made with a default in the context, or by hand if refused."""
        try:
            with self.env.cr.savepoint():
                made = self._rpc(
                    self.manager,
                    "task.report.period",
                    "create",
                    [vals],
                    context={f"default_{name}": value},
                )
        except AccessError:
            return self.env["task.report.period"].with_user(self.manager).create(vals)
        return self.env["task.report.period"].browse(made)

    def test_copy_of_a_period(self):
        """A copy is a new ad hoc report being prepared, without anybody's report."""
        try:
            with self.env.cr.savepoint():
                copied = self._rpc(
                    self.manager, "task.report.period", "copy", self.sent.period_id.ids
                )
        except AccessError:
            return
        copied = self.env["task.report.period"].browse(copied)
        self.assertEqual((copied.state, copied.kind), ("draft", "adhoc"))
        self.assertFalse(copied.report_ids or copied.window_id)
