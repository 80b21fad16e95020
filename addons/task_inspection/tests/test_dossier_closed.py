# SPDX-License-Identifier: LGPL-3.0-or-later
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .dossier_common import DossierCase


class TestDossierClosed(DossierCase):
    """Closing asks for what Điều 17 requires, and freezes."""

    def test_missing_is_named(self):
        """Reports, plan or instruction, minutes: each is named and nothing else."""
        inspection = self._concluded().with_user(self.manager)
        kinds = [kind.code for kind, _words in inspection._missing_items()]
        self.assertEqual(kinds, ["reports", "plan", "minutes"])
        for kind, words in inspection._missing_items():
            self.assertIn(words, inspection.missing_item_names)
            self.assertEqual(words, kind.name)
        with self.assertRaises(UserError) as refused:
            inspection.action_close()
        self.assertIn("Biên bản", str(refused.exception))
        self.assertEqual(inspection.state, "concluded")

    def test_closed_with_a_reason(self):
        """The reason is kept, and printed in the index."""
        inspection = self._concluded().with_user(self.manager)
        with self.assertRaises(UserError):
            inspection.action_close("  ")
        inspection.action_close("Cơ quan đã giải thể")
        self.assertEqual(inspection.state, "closed")
        self.assertEqual(inspection.close_words, "Cơ quan đã giải thể")
        self.assertIn("Cơ quan đã giải thể", self._index(self._zip(inspection)))

    def test_complete(self):
        """Nothing missing: no reason is asked for, none is kept."""
        inspection = self._complete()
        self.assertFalse(inspection.missing_item_names)
        inspection.action_close("thừa")
        self.assertEqual(inspection.state, "closed")
        self.assertEqual(str(inspection.closed_on), "2026-04-01")
        self.assertFalse(inspection.close_words)

    def test_directive_without_a_file(self):
        """A directive is there (“nếu có”), so its paper must be in the dossier; it may
        be added to the entry."""
        self.assignment.document_id.with_user(self.specialist).attachment_ids = False
        inspection = self._complete()
        missing = inspection._missing_items()
        self.assertEqual([kind.code for kind, _words in missing], ["directives"])
        self.assertIn("123/UBND-TH", missing[0][1])
        item = inspection.item_ids.filtered(lambda one: one.code == "directives")
        item.attachment_ids = self._attach("bản giấy.pdf", user=self.manager)
        self.assertFalse(inspection._missing_items())

    def test_without_directives(self):
        """“Nếu có”: no directive in scope, none is missing."""
        inspection = self._complete(subjects=self.ward)
        self.assertFalse(self._items(inspection, "directives"))
        self.assertFalse(inspection._missing_items())

    def test_nothing_changes_afterwards(self):
        """Entries, papers, findings, texts and files stay as they were closed."""
        inspection = self._complete()
        inspection.action_close()
        team = inspection
        office = inspection.with_user(self.specialist)
        item = office.item_ids[0]
        paper = office.paper_ids.filtered(lambda one: one.kind == "minutes")
        text = office.text_ids.filtered(lambda one: one.topic == "conclusion")[0]
        kind = self.regulation._prescriptions("dossier")[-1]
        changes = [
            lambda: item.write({"attachment_ids": [Command.clear()]}),
            lambda: item.unlink(),
            lambda: item.create(
                {
                    "inspection_id": inspection.id,
                    "prescription_id": kind.id,
                    "name": "Sau khi đóng",
                }
            ),
            lambda: paper.write({"abstract": "Khác"}),
            lambda: paper.unlink(),
            lambda: paper.with_user(self.finance_head).action_agree(),
            lambda: text.write({"body": "Khác"}),
            lambda: office.write({"name": "Khác"}),
            lambda: office.action_gather(),
            lambda: office.action_close("lần nữa"),
            lambda: paper.attachment_ids.unlink(),
            lambda: paper.attachment_ids.write({"raw": b"khac"}),
            lambda: (
                self.env["task.inspection.finding"]
                .with_user(self.manager)
                .create(
                    {
                        "inspection_id": team.id,
                        "subject_id": team.sudo().subject_ids.id,
                        "text": "Sau khi đóng",
                    }
                )
            ),
        ]
        before = self._manifest(self._zip(inspection))
        for change in changes:
            with self.assertRaises(UserError):
                change()
        self.assertEqual(self._manifest(self._zip(inspection)), before)
        self.assertFalse(inspection._altered())

    def test_the_archive_stays(self):
        """Nobody changes or deletes the kept ZIP, not even in sudo by its record."""
        inspection = self._complete()
        inspection.action_close()
        archive = inspection.sudo().archive_id
        for user in (self.manager, self.chairman, self.specialist, self.finance_head):
            self.assertFalse(archive.with_user(user).has_access("read"))
            with self.assertRaises(UserError):
                archive.with_user(user).write({"raw": b"x"})
        with self.assertRaises(UserError):
            archive.unlink()

    def test_deleted_elsewhere(self):
        """A directive's file deleted later is still in the closed ZIP."""
        inspection = self._complete()
        inspection.action_close()
        self.assignment.document_id.sudo().attachment_ids.unlink()
        names = self._zip(inspection).namelist()
        self.assertTrue([name for name in names if "123-UBND-TH" in name], names)
        self.assertFalse(inspection._altered())

    def test_altered(self):
        """A ZIP changed around the system no longer matches its check code."""
        inspection = self._complete()
        inspection.action_close()
        self.assertFalse(inspection.is_altered)
        path = inspection.sudo().archive_id
        full = path._full_path(path.store_fname)
        with Path(full).open("r+b") as file:
            file.seek(100)
            file.write(b"changed")
        inspection.invalidate_recordset()
        self.assertTrue(inspection.is_altered)

    def test_check_code_is_told(self):
        """The check code is also in the chatter, in case the field is changed."""
        inspection = self._complete()
        inspection.action_close()
        bodies = inspection.sudo().message_ids.mapped("body")
        self.assertTrue(any(inspection.digest in body for body in bodies))

    def test_not_before_the_conclusion(self):
        inspection = self._ended().with_user(self.manager)
        with self.assertRaises(UserError):
            inspection.action_close("vội")

    def test_who_closes(self):
        """The leader, the secretary or who prepares it; no member, no inspected, no
        leader of the province."""
        inspection = self._complete()
        for user in (self.building_officer, self.finance_head, self.chairman):
            with self.assertRaises(AccessError):
                inspection.with_user(user).action_close("x")
        inspection.with_user(self.specialist2).action_close()
        self.assertEqual(inspection.state, "closed")

    def test_one_person_without_a_team(self):
        """Kon Tum Đ12.3: the instruction stands in the place of decision and plan."""
        inspection = self._inspection()
        instruction = self._paper(inspection, "instruction", number="9/UBND-TH")
        inspection.sudo().write({"has_team": False, "state": "issued"})
        inspection.sudo().issued_on = "2026-04-01"
        instruction.sudo()._issue()
        inspection._gather()
        self.assertEqual(self._items(inspection, "decision").source_id, instruction.id)
        kinds = [kind.code for kind, _words in inspection.sudo()._missing_items()]
        self.assertNotIn("decision", kinds)
        self.assertNotIn("plan", kinds)


class TestDossierOffered(DossierCase):
    """Khánh Hòa has no dossier: it is offered, nothing is required."""

    text = "khanh_hoa"

    def test_closed_without_anything(self):
        inspection = self._concluded().with_user(self.manager)
        self.assertFalse(inspection._missing_items())
        self.assertFalse(inspection.missing_item_names)
        inspection.action_close()
        self.assertEqual(inspection.state, "closed")
        self.assertIn(
            "01. Quyết định kiểm tra 12-QĐ-UBND.pdf",
            [name.split("/")[-1] for name in self._zip(inspection).namelist()],
        )
