# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from urllib.parse import unquote
from zipfile import ZipFile

from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierDownload(DossierCase, HttpCase):
    """Who is given the dossier's files, over the server's own routes."""

    def _get(self, user, address):
        self.env.flush_all()
        self.env.invalidate_all()
        self.authenticate(user.login, user.login)
        return self.url_open(address)

    def _statuses(self, address, *users):
        return [self._get(user, address).status_code for user in users]

    def _address(self, inspection):
        return f"/task/inspection/{inspection.id}/dossier.zip"

    def test_who_gets_the_zip(self):
        """Before the conclusion and after it: Office, leaders, the team. Never the
        inspected, another agency, the administrator."""
        inspection = self._ended()
        address = self._address(inspection)
        inside = (self.specialist, self.specialist2, self.chairman, self.deputy)
        team = (self.manager, self.building_officer)
        outside = (
            self.finance_head,
            self.finance_officer,
            self.building_head,
            self.ward_officer,
            self.admin,
        )
        self.assertEqual(self._statuses(address, *inside, *team), [200] * 6)
        self.assertEqual(self._statuses(address, *outside), [404] * 5)
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertEqual(self._statuses(address, *inside, *team), [200] * 6)
        self.assertEqual(self._statuses(address, *outside), [404] * 5)

    def test_after_closing(self):
        """A member from another agency reads it until it is closed (BG Đ17)."""
        inspection = self._complete()
        inspection.action_close()
        address = self._address(inspection)
        statuses = self._statuses(
            address,
            self.specialist,
            self.chairman,
            self.building_officer,
            self.finance_head,
        )
        self.assertEqual(statuses, [200, 200, 404, 404])

    def test_not_begun_or_not_there(self):
        """A draft has no dossier; what is not there looks like what is not mine."""
        draft = self._inspection()
        unknown = f"/task/inspection/{2**40}/dossier.zip"
        for address in (self._address(draft), unknown):
            self.assertEqual(
                self._statuses(address, self.specialist, self.finance_head), [404, 404]
            )

    def test_name_and_content(self):
        """The ZIP opens; its name says whether it is closed."""
        inspection = self._complete()
        answer = self._get(self.manager, self._address(inspection))
        told = unquote(answer.headers["Content-Disposition"])
        self.assertIn("(chưa đóng) Hồ sơ kiểm tra 2026-04-01", told)
        inspection.action_close()
        answer = self._get(self.manager, self._address(inspection))
        self.assertNotIn("chưa đóng", unquote(answer.headers["Content-Disposition"]))
        self.assertIsNone(ZipFile(io.BytesIO(answer.content)).testzip())

    def test_no_url_of_its_own(self):
        """The kept ZIP is given out by its own route only."""
        inspection = self._complete()
        inspection.action_close()
        archive = inspection.sudo().archive_id
        for address in (
            f"/web/content/{archive.id}",
            f"/web/content/task.inspection/{inspection.id}/archive_id",
            f"/web/content/{archive.id}?access_token=x",
        ):
            for user in (
                self.specialist,
                self.chairman,
                self.building_officer,
                self.finance_head,
            ):
                answer = self._get(user, address)
                self.assertFalse(answer.content.startswith(b"PK"), address)

    def test_one_file(self):
        """One file of an entry: as the ZIP; not of another entry, not once closed."""
        inspection = self._complete()
        item = self._items(inspection, "directives")
        (link,) = item.with_user(self.building_officer).file_links
        self.assertEqual(link["name"], "Chỉ đạo.pdf")
        self.assertEqual(
            self._statuses(
                link["url"],
                self.building_officer,
                self.specialist,
                self.building_head,
                self.finance_head,
            ),
            [200, 200, 404, 404],
        )
        strange = self._attach("riêng.pdf")
        self.assertEqual(
            self._statuses(
                f"/task/inspection/item/{item.id}/{strange.id}", self.building_officer
            ),
            [404],
        )
        inspection.action_close()
        self.assertEqual(self._statuses(link["url"], self.specialist), [404])

    def test_directive_that_left_the_scope(self):
        """An entry gathered before does not give out a directive that is no longer in
        scope."""
        inspection = self._complete()
        item = self._items(inspection, "directives")
        (link,) = item.file_links
        self.assertEqual(self._statuses(link["url"], self.building_officer), [200])
        self.assignment.sudo().agency_id = self.ward
        self.assertEqual(self._statuses(link["url"], self.building_officer), [404])
        names = self._zip(inspection).namelist()
        self.assertFalse([name for name in names if "Chỉ đạo" in name], names)
        self.assertFalse([name for name in names if name.startswith("02.")], names)

    def test_before_uninstalling(self):
        """Who uninstalls is warned and gets every dossier in one ZIP; nobody else
        does, and nothing of another addon is offered."""
        closed = self._complete()
        closed.action_close()
        self._issued(name="Đợt 2")
        system = mail_new_test_user(
            self.env, login="t_system", groups="base.group_system"
        )
        other = mail_new_test_user(
            self.env, login="t_system2", groups="base.group_system"
        )
        modules = self.env["ir.module.module"]
        ours = modules.search([("name", "=", "task_inspection")])
        wizards = self.env["base.module.uninstall"].with_user(system)
        wizard = wizards.create({"module_ids": ours.ids})
        known = self.env["task.inspection"].search_count([("issued_on", "!=", False)])
        self.assertEqual(wizard.inspection_count, known)
        self.assertEqual(wizard.open_inspection_count, known - 1)
        address = wizard.action_download_dossiers()["url"]
        self.assertEqual(
            self._statuses(address, other, self.specialist, self.admin), [404] * 3
        )
        answer = self._get(system, address)
        self.assertEqual(answer.status_code, 200)
        archive = ZipFile(io.BytesIO(answer.content))
        names = archive.namelist()
        self.assertEqual(len(names), known)
        (kept,) = (name for name in names if "chưa đóng" not in name)
        with closed._open_dossier() as file:
            self.assertEqual(archive.read(kept), file.read())
        other_addon = modules.search([("name", "=", "web_unsplash")])
        self.assertEqual(other_addon.state, "installed")
        wizard = wizards.create({"module_ids": other_addon.ids})
        self.assertFalse(wizard.inspection_count)
