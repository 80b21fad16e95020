# SPDX-License-Identifier: LGPL-3.0-or-later
import tracemalloc
from hashlib import sha256
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from .dossier_common import DossierCase


class TestDossierGathered(DossierCase):
    """What arises is gathered, once, under the kinds of Điều 17."""

    def test_gathered_as_it_arises(self):
        """Decision, instruction, directive at the start; request, report and minutes
        when they are issued or sent; conclusion and notice when it is concluded."""
        inspection = self._inspection()
        self._paper(inspection, "decision")
        self._paper(inspection, "instruction", number="9/UBND-TH")
        self.assertFalse(inspection.item_ids)
        inspection.with_user(self.chairman).action_issue()
        codes = ["decision", "directives", "plan"]
        self.assertEqual(sorted(inspection.item_ids.mapped("code")), codes)
        self._reported(inspection)
        codes += ["reports", "urging"]
        self.assertEqual(sorted(inspection.item_ids.mapped("code")), codes)
        self._minuted(inspection)
        self.assertTrue(self._items(inspection, "minutes"))
        inspection.with_user(self.manager).action_end()
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertTrue(self._items(inspection, "conclusion"))
        self.assertEqual(
            self._items(inspection, "other").mapped("source_model"),
            ["task.inspection.paper"],
        )

    def test_never_twice(self):
        """Gathering again changes nothing."""
        inspection = self._complete()
        before = inspection.sudo().item_ids
        inspection.action_gather()
        inspection.invalidate_recordset()
        self.assertEqual(inspection.sudo().item_ids, before)
        self.assertGreaterEqual(len(before), 8)

    def test_by_reference(self):
        """No file is copied before the dossier is closed."""
        count = self.env["ir.attachment"].sudo().search_count([])
        inspection = self._issued()
        item = self._items(inspection, "directives")
        directive = self.assignment.document_id
        self.assertEqual(item.source_file_ids, directive.attachment_ids)
        self.assertEqual(item.dated_on, directive.issued_on)
        # the signed decision alone is new
        self.assertEqual(self.env["ir.attachment"].sudo().search_count([]), count + 1)

    def test_directive_out_of_scope(self):
        """A directive without an assignment of the inspected agency is not in it."""
        other = self._document([self._task_vals(lead=self.building)])
        other.action_release()
        inspection = self._issued()
        self.assertEqual(
            self._items(inspection, "directives").mapped("source_id"),
            self.assignment.document_id.ids,
        )

    def test_scope_of_the_decision(self):
        """Named directives only, and assigned up to the day of the decision's scope."""
        late = self._with_directive("124")
        inspection = self._issued(
            document_ids=[Command.set(self.assignment.document_id.ids)]
        )
        found = self._items(inspection, "directives").mapped("source_id")
        self.assertEqual(found, self.assignment.document_id.ids)
        self.assertNotIn(late.document_id.id, found)

    def test_findings_pictures(self):
        """Pictures of a finding are papers on the contents of the inspection."""
        inspection = self._issued()
        picture = self._attach("ảnh.jpg", user=self.manager)
        finding = (
            self.env["task.inspection.finding"]
            .with_user(self.manager)
            .create(
                {
                    "inspection_id": inspection.id,
                    "subject_id": inspection.subject_ids.id,
                    "text": "Kho hồ sơ",
                    "attachment_ids": [Command.set(picture.ids)],
                }
            )
        )
        inspection.with_user(self.manager).action_gather()
        item = self._items(inspection, "minutes")
        self.assertEqual(item.source_id, finding.id)
        self.assertEqual(item.source_file_ids, picture.sudo())
        finding.attachment_ids = [Command.clear()]
        inspection.with_user(self.manager).action_gather()
        self.assertFalse(item.exists())

    def test_plan(self):
        """The approved plan it goes by stands under the fifth kind."""
        plan = (
            self.env["task.inspection.plan"]
            .with_user(self.specialist)
            .create(
                {
                    "name": "Kế hoạch 2026",
                    "number": "45/KH-UBND",
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    "attachment_ids": [Command.set(self._file().ids)],
                    "line_ids": [
                        Command.create(
                            {
                                "agency_id": self.finance.id,
                                "date_from": "2026-04-01",
                                "date_to": "2026-04-30",
                            }
                        )
                    ],
                }
            )
        )
        # approved before: how is another test's matter
        plan.sudo().write({"state": "approved", "dated_on": "2026-01-05"})
        inspection = self._issued(form="regular", plan_line_id=plan.line_ids.id)
        item = self._items(inspection, "plan")
        self.assertEqual((item.source_model, item.source_id), (plan._name, plan.id))
        self.assertEqual(item.name, "Kế hoạch kiểm tra 45/KH-UBND")

    def test_by_hand(self):
        """The team adds a paper; what was gathered is not changed, files are added."""
        inspection = self._issued()
        member = inspection.with_user(self.building_officer)
        kinds = self.regulation._prescriptions("dossier")
        item = self.env["task.inspection.item"].with_user(self.building_officer)
        added = item.create(
            {
                "inspection_id": inspection.id,
                "prescription_id": kinds[-1].id,
                "name": "Thư của công dân",
                "attachment_ids": [
                    Command.set(self._attach("thư.pdf", user=self.building_officer).ids)
                ],
            }
        )
        self.assertFalse(added.is_gathered)
        gathered = member.item_ids.filtered(lambda one: one.code == "decision")
        with self.assertRaises(UserError):
            gathered.name = "Khác"
        with self.assertRaises(UserError):
            gathered.unlink()
        gathered.attachment_ids = self._attach(
            "bản dịch.pdf", user=self.building_officer
        )
        self.assertIn("bản dịch.pdf", gathered.file_names)
        with self.assertRaises(AccessError):
            added.is_gathered = True

    def test_kinds_of_its_regulation(self):
        """An entry stands under a kind of the inspection's own regulation."""
        inspection = self._issued()
        other = self.env.ref("task_tracking.regulation_kon_tum")
        with self.assertRaises(ValidationError):
            self.env["task.inspection.item"].with_user(self.specialist).create(
                {
                    "inspection_id": inspection.id,
                    "prescription_id": other._prescriptions("dossier")[0].id,
                    "name": "X",
                }
            )


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


class TestDossierZip(DossierCase):
    """The ZIP opens, names everything, and is the same each time."""

    def test_files(self):
        """Each kind has its folder in the text's order; the files open."""
        inspection = self._complete()
        archive = self._zip(inspection)
        self.assertIsNone(archive.testzip())
        names = archive.namelist()
        self.assertIn(
            "01. Quyết định thành lập Đoàn kiểm tra/"
            "01. Quyết định kiểm tra 12-QĐ-UBND.pdf",
            names,
        )
        folders = sorted({name.split("/")[0] for name in names if "/" in name})
        kinds = self.regulation._prescriptions("dossier")
        for folder, kind in zip(folders, kinds, strict=True):
            self.assertEqual(folder[:40], f"{folder[:2]}. {kind.name}"[:40])
        report = next(name for name in names if name.startswith("04."))
        self.assertTrue(archive.read(report).startswith(b"%PDF"))

    def test_index(self):
        """The index names kinds, entries, numbers and days, and says it is open."""
        inspection = self._complete()
        index = self._index(self._zip(inspection))
        self.assertIn("HỒ SƠ CHƯA ĐÓNG", index)
        for words in (
            "MỤC LỤC HỒ SƠ KIỂM TRA",
            "Khoản 1 Điều 17",
            "12/QĐ-UBND",
            "123/UBND-TH",
            "Báo cáo của Sở Tài chính",
            "01/04/2026",
        ):
            self.assertIn(words, index)
        inspection.action_close()
        self.assertNotIn("CHƯA ĐÓNG", self._index(self._zip(inspection)))

    def test_the_same_bytes(self):
        """What stands still is packed to the same bytes, whoever asks."""
        inspection = self._complete()
        with inspection._open_dossier() as one:
            first = one.read()
        self._move_to("2026-04-02 02:00:00")
        with inspection.with_user(self.chairman)._open_dossier() as two:
            self.assertEqual(two.read(), first)

    def test_digest(self):
        """The check code is the SHA-256 of the very ZIP one downloads."""
        inspection = self._complete()
        inspection.action_close()
        with inspection._open_dossier() as file:
            self.assertEqual(sha256(file.read()).hexdigest(), inspection.digest)

    def test_names(self):
        """Long, alike and odd names are told apart and lie in their folder."""
        inspection = self._complete()
        kind = self.regulation._prescriptions("dossier")[-1]
        files = [
            self._attach(name, name.encode(), self.manager)
            for name in ("ả" * 200 + ".docx", "Tệp.pdf", "tệp.PDF", "a:b*c?.pdf")
        ]
        self.env["task.inspection.item"].with_user(self.manager).create(
            {
                "inspection_id": inspection.id,
                "prescription_id": kind.id,
                "name": "Công văn 5/UBND ../../etc " + "dài " * 60,
                "attachment_ids": [Command.set([file.id for file in files])],
            }
        )
        archive = self._zip(inspection)
        names = [name for name in archive.namelist() if name.startswith("08.")]
        found = {archive.read(name) for name in names}
        self.assertTrue({file.name.encode() for file in files} <= found)
        for name in names:
            self.assertEqual(name.count("/"), 1)
            self.assertFalse(set(name.split("/")[1]) & set('<>:"\\|?*'))

    def test_files_of_25_mb_are_streamed(self):
        """Closing keeps no file in memory as a whole: its peak stays far below the
        size of the dossier's files."""
        inspection = self._complete()
        kind = self.regulation._prescriptions("dossier")[-1]
        size = 8 << 20
        for number in range(3):
            file = self._attach(f"{number}.zip", bytes([number]) * size, self.manager)
            self.env["task.inspection.item"].with_user(self.manager).create(
                {
                    "inspection_id": inspection.id,
                    "prescription_id": kind.id,
                    "name": f"Tệp {number}",
                    "attachment_ids": [Command.set(file.ids)],
                }
            )
        inspection.env.invalidate_all()
        with inspection._open_dossier():
            pass  # what is cached once is not counted
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        inspection.action_close()
        _now, peak = tracemalloc.get_traced_memory()
        self.assertGreater(inspection.sudo().archive_id.file_size, 3 * size)
        self.assertLess(peak, 2 * size)


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


class TestDossierReaders(DossierCase):
    """Who reads the entries, and what gathering costs."""

    def test_entries(self):
        """The team reads the entries until the dossier is closed; the inspected never,
        nor the administrator."""
        inspection = self._complete()

        def readers():
            self.env.invalidate_all()
            people = {
                "office": self.specialist2,
                "leader": self.deputy,
                "member": self.building_officer,
                "inspected": self.finance_head,
                "stranger": self.building_head,
                "admin": self.admin,
            }
            item = inspection.sudo().item_ids[0].sudo(False)
            return {
                name
                for name, user in people.items()
                if item.with_user(user).has_access("read")
            }

        self.assertEqual(readers(), {"office", "leader", "member"})
        inspection.action_close()
        self.assertEqual(readers(), {"office", "leader"})

    def test_overview(self):
        """The screen is told each kind in the text's order and what it lacks; the
        inspected agency is told nothing of it."""
        inspection = self._concluded().with_user(self.manager)
        told = inspection.dossier_overview
        self.assertEqual(
            [kind["code"] for kind in told if kind["is_missing"]],
            ["reports", "plan", "minutes"],
        )
        self.assertEqual(told[0]["article"], "Khoản 1 Điều 17")
        self.assertEqual(told[0]["count"], 1)
        inspected = inspection.with_user(self.finance_head)
        self.assertFalse(inspected.dossier_overview)
        self.assertFalse(inspected.missing_item_names)

    def test_queries_do_not_grow(self):
        """Bringing a dossier up to date costs no more with ten directives more."""
        inspection = self._issued()

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            inspection.with_user(self.specialist).action_gather()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        inspection.with_user(self.specialist).action_gather()
        cost()
        first = cost()
        for number in range(200, 210):
            self._with_directive(str(number))
        inspection.with_user(self.specialist).action_gather()
        self.assertEqual(len(self._items(inspection, "directives")), 11)
        self.assertLessEqual(cost(), first)
