# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from docx import Document
from pypdf import PdfReader

from odoo import Command


class UrgeActs:
    """What the Office and agencies do to urge, as users."""

    def _draft(self, assignments, user=None):
        """The drafts that the button makes for `user` (the specialist who follows)."""
        urges = self.env["task.urge"].with_user(user or self.specialist)
        return urges._draft_letter(assignments.with_env(urges.env))

    def _complete(self, letter, **vals):
        """Give a draft what an issued letter needs."""
        values = {
            "number": "12/VP-TH",
            "day": str(letter.company_id._task_today()),
            "signer_authority": "TL. CHỦ TỊCH",
            "signer_title": "CHÁNH VĂN PHÒNG",
            "signer_name": "Trần Văn B",
            **vals,
        }
        letter.write(values)
        return letter

    def _issue(self, assignments, user=None, **vals):
        """One issued letter about the assignments."""
        letter = self._complete(self._draft(assignments, user), **vals)
        letter.action_issue()
        return letter

    def _enter(self, assignments, user=None, kind="call", **vals):
        """A call or a meeting about the assignments, entered."""
        return (
            self.env["task.urge"]
            .with_user(user or self.specialist)
            .create(
                {
                    "kind": kind,
                    "day": str(self.company._task_today()),
                    "participants": "Ông A, Phó Giám đốc",
                    "agreed": "Xong trước 20/4",
                    "line_ids": [
                        Command.create({"assignment_id": one.id}) for one in assignments
                    ],
                    **vals,
                }
            )
        )

    @staticmethod
    def _pdf_words(content):
        """The text of a PDF, bytes, blanks as one."""
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    @staticmethod
    def _docx_words(content):
        """The text of a DOCX, bytes: paragraphs and cells, in any order."""
        document = Document(io.BytesIO(content))
        texts = [one.text for one in document.paragraphs]
        for table in document.tables:
            texts += [cell.text for row in table.rows for cell in row.cells]
        return " ".join(" ".join(texts).split())
