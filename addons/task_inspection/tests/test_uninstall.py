# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command

from ..uninstall import _uninstall
from .dossier_common import DossierCase


class TestUninstall(DossierCase):
    """Uninstalling loses nothing of task_tracking, and leaves nothing that points at
    what is gone. (Step `uninstall` of bin/test does it for real.)"""

    def setUp(self):
        super().setUp()
        self.inspection = self._complete()
        self.inspection.action_close()

    def _of_inspections(self):
        return [("res_model", "=like", "task.inspection%")]

    def test_time_limits(self):
        """The limits of inspections go, those of assignments stay; the desk opens."""
        clocks = self.env["task.clock"]
        kept = clocks.search_count(["!", *self._of_inspections()])
        self.assertTrue(clocks.search_count(self._of_inspections()))
        self.assertTrue(kept)
        _uninstall(self.env)
        self.assertFalse(clocks.search_count(self._of_inspections()))
        self.assertEqual(clocks.search_count([]), kept)
        for user in (self.manager, self.chairman, self.finance_head):
            self.assertTrue(self.env["task.desk"].with_user(user).get_sections())

    def test_files(self):
        """A directive keeps its own files and the one it shares; the inspection's go,
        the closed ZIP as well."""
        files = self.env["ir.attachment"].sudo()
        paper = self.inspection.sudo().paper_ids.filtered(
            lambda one: one.kind == "conclusion"
        )
        shared = paper.attachment_ids
        document = self.assignment.document_id.sudo()
        own = document.attachment_ids
        document.shared_attachment_ids = [Command.set(shared.ids)]
        archive = self.inspection.sudo().archive_id
        _uninstall(self.env)
        self.assertEqual(document.attachment_ids, own | shared)
        self.assertFalse(document.shared_attachment_ids)
        self.assertEqual(
            (shared.res_model, shared.res_id), (document._name, document.id)
        )
        self.assertTrue(shared.with_user(self.finance_head).has_access("read"))
        self.assertFalse(archive.exists())
        left = files.search([("id", "!=", 0), *self._of_inspections()])
        self.assertFalse(left)

    def test_directives_made_of_it(self):
        """A directive that came from the inspection stays, and can be released."""
        draft = self._document(number="125", notation="UBND-TH")
        draft.sudo().write(
            {"origin_model": self.inspection._name, "origin_id": self.inspection.id}
        )
        _uninstall(self.env)
        self.assertFalse(draft.sudo().origin_model)
        draft.action_release()
        self.assertEqual(draft.sudo().assignment_ids.mapped("state"), ["released"])

    def test_meetings_stay(self):
        """A meeting stays in its people's calendars, without the link."""
        event = self.env["calendar.event"].create(
            {
                "name": "Làm việc",
                "start": "2026-04-02 01:00:00",
                "stop": "2026-04-02 02:00:00",
                "res_model_id": self.env["ir.model"]._get_id("task.inspection"),
                "res_id": self.inspection.id,
            }
        )
        _uninstall(self.env)
        self.assertTrue(event.exists())
        self.assertFalse(event.res_model_id)
