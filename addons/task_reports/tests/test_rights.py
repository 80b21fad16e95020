# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import MAY, HistoryCase


@tagged("post_install", "-at_install")
class TestRights(HistoryCase):
    """Who may see whose figures; every refusal as it would be tried over RPC."""

    def test_an_agency_sees_its_own(self):
        """Officer and head open the report on their own agency, and it is complete."""
        whole = self._figures(MAY)
        for user in (self.officer, self.heads[self.finance]):
            wizard = self._wizard(user)
            self.assertEqual(wizard.agency_id, self.finance)
            self.assertFalse(wizard.figures["agencies"])
            counts = {line["code"]: line["count"] for line in wizard.figures["lines"]}
            for code, count in whole.as_dict(self.finance.id).items():
                if code in counts:
                    self.assertEqual(counts[code], count)

    def test_an_agency_cannot_choose_another(self):
        """Neither another agency nor the whole province, by create or by write."""
        head = self.heads[self.finance]
        for agency in (self.health.id, False):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._wizard(head, agency_id=agency)
            wizard = self._wizard(head)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                wizard.write({"agency_id": agency})

    def test_an_agency_cannot_ask_the_screen(self):
        """The unsaved form computes nothing for another agency either."""
        model = self.env["task.report.wizard"].with_user(self.heads[self.finance])
        values = {"kind": "month", "year": 2026, "month": "5"}
        spec = {"figures": {}, "agency_id": {}}
        own = model.onchange(values | {"agency_id": self.finance.id}, ["month"], spec)
        self.assertTrue(own["value"]["figures"])
        for agency in (self.health.id, False):
            with self.assertRaises(AccessError):
                model.onchange(values | {"agency_id": agency}, ["month"], spec)

    def test_a_default_cannot_widen_it(self):
        """A default in the context is refused like a value."""
        model = self.env["task.report.wizard"].with_user(self.heads[self.finance])
        with self.assertRaises(AccessError):
            model.with_context(default_agency_id=self.health.id).create(
                {"year": 2026, "month": "5"}
            )

    def test_the_agency_of_a_list_cannot_be_swapped(self):
        """The list behind a number stays with the wizard's own agency."""
        wizard = self._wizard(self.heads[self.finance])
        action = wizard.action_open_line("total", self.health.id)
        found = self.env["task.assignment"].search(action["domain"])
        self.assertEqual(found.agency_id, self.finance)

    def test_moving_to_another_agency_moves_the_figures(self):
        """A wizard opened before the user changed agency shows nothing any more."""
        head = self.heads[self.finance]
        wizard = self._wizard(head)
        head.task_agency_id = self.health
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.read(["figures"])
        with self.assertRaises(AccessError):
            wizard._sheet()

    def test_oversight_does_not_leak_into_own_figures(self):
        """A sector body sees the wards' assignments in its field; its own report
        counts its own only."""
        field = self.env["task.field"].create({"name": "Tài chính công"})
        self.finance.task_field_ids = field
        self.made["last day"].task_id.sudo().field_id = field
        head = self.heads[self.finance]
        seen = self.env["task.assignment"].with_user(head).search([])
        self.assertIn(self.made["last day"], seen)
        wizard = self._wizard(head)
        total = next(
            line for line in wizard.figures["lines"] if line["code"] == "total"
        )
        self.assertEqual(total["count"], 4)
        self.assertNotIn(
            self.made["last day"].id, [row.assignment_id for row in _rows(wizard)]
        )

    def test_the_engine_follows_the_readers_rules(self):
        """Even asked for everybody, the query counts what the reader may see."""
        figures = self._figures(MAY, user=self.heads[self.ward])
        self.assertEqual(figures.agency_ids, self.ward.ids)
        self.assertEqual(figures.count("total"), 2)

    def test_office_and_leaders_choose(self):
        """Specialist, manager and Chairman report on the province or any agency."""
        for user in (self.specialist, self.manager, self.chairman):
            wizard = self._wizard(user)
            self.assertFalse(wizard.agency_id)
            self.assertTrue(wizard.may_choose_agency)
            self.assertEqual(len(wizard.figures["agencies"]), 3)
            wizard.agency_id = self.ward
            self.assertFalse(wizard.figures["agencies"])

    def test_the_administrator_reports_on_nothing(self):
        """The settings alone give no tasks, and no figures of them."""
        with self.assertRaises(AccessError):
            self._wizard(self.admin)

    def test_another_users_report_is_closed(self):
        """Nobody reads, prints or writes the report somebody else has open."""
        wizard = self._wizard()
        stranger = wizard.with_user(self.heads[self.finance])
        for attempt in (
            lambda: stranger.read(["figures"]),
            lambda: stranger.action_open_line("total"),
            lambda: stranger.action_print(),
            lambda: stranger.action_export(),
            lambda: stranger.write({"month": "4"}),
            lambda: (
                self.env["ir.actions.report"]
                .with_user(self.heads[self.finance])
                ._render_qweb_pdf("task_reports.report_phu_luc", wizard.ids)
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()


@tagged("post_install", "-at_install")
class TestRightsHttp(HistoryCase, HttpCase):
    """The download's address, tried by hand."""

    def _get(self, user, wizard):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/task_reports/phu_luc/{wizard.id}.xlsx")

    def test_download(self):
        """Who opened the report downloads it, under its name."""
        wizard = self._wizard()
        answer = self._get(self.manager, wizard)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertIn("filename", answer.headers["Content-Disposition"])

    def test_download_of_another_user(self):
        """Another's address answers with a refusal, not with figures."""
        wizard = self._wizard()
        answer = self._get(self.heads[self.finance], wizard)
        self.assertEqual(answer.status_code, 403)

    def test_download_of_nothing(self):
        """An address that leads nowhere says so."""
        wizard = self._wizard()
        wizard_id = wizard.id
        wizard.unlink()
        self.authenticate(self.manager.login, self.manager.login)
        answer = self.url_open(f"/task_reports/phu_luc/{wizard_id}.xlsx")
        self.assertEqual(answer.status_code, 404)

    def test_download_without_login(self):
        """Without a login there is no download."""
        wizard = self._wizard()
        self.authenticate(None, None)
        answer = self.url_open(
            f"/task_reports/phu_luc/{wizard.id}.xlsx", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])


def _rows(wizard):
    return list(wizard._sheet().rows())
