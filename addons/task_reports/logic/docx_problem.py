# SPDX-License-Identifier: LGPL-3.0-or-later
"""What is wrong with a DOCX template, and where."""


class TemplateProblem(Exception):
    """A template that is refused.

    `kind` is a key of `models.task_report_template.PROBLEMS`, which has the words;
    `words` is what they name. `paragraph` (counted from 1 in the document's body) and
    `text` tell where, as far as it is known.
    """

    def __init__(self, kind, paragraph=None, text="", **words):
        super().__init__(kind, words)
        self.kind = kind
        self.words = words
        self.paragraph = paragraph
        self.text = text
