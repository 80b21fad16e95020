# SPDX-License-Identifier: LGPL-3.0-or-later
import io
import tracemalloc
from hashlib import sha256

from pypdf import PdfWriter

from odoo import Command

from .dossier_common import DossierCase


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

    def test_pages(self):
        """The index and the manifest tell how many pages a PDF has; of one that is none
        inside, nothing: the dossier is packed all the same."""
        writer, content = PdfWriter(), io.BytesIO()
        for _page in range(17):
            writer.add_blank_page(595, 842)
        writer.write(content)
        inspection = self._complete()
        kind = self.regulation._prescriptions("dossier")[-1]
        self.env["task.inspection.item"].with_user(self.manager).create(
            {
                "inspection_id": inspection.id,
                "prescription_id": kind.id,
                "name": "Phụ lục quét",
                "attachment_ids": [
                    Command.set(
                        (
                            self._attach("A.pdf", content.getvalue(), self.manager)
                            | self._attach("B.pdf", b"%PDF-1.4 damaged", self.manager)
                        ).ids
                    )
                ],
            }
        )
        archive = self._zip(inspection)
        [entry] = [
            entry
            for entry in self._manifest(archive)["kinds"][-1]["entries"]
            if entry["name"] == "Phụ lục quét"
        ]
        self.assertEqual([file["pages"] for file in entry["files"]], [17, None])
        index = self._index(archive)
        self.assertIn("Số trang", index)
        self.assertIn(" 17 ", index)

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
