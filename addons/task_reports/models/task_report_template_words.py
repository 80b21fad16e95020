# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.tools import human_size


class TaskReportTemplate(models.Model):
    """What is wrong with a template, in the words of the clerk who made it."""

    _inherit = "task.report.template"

    @api.model
    def _problem_text(self, problem):
        """Return what a :class:`TemplateProblem` says, with the place it is at."""
        told = self._problem_words()[problem.kind] % {
            **problem.words,
            "limit": human_size(problem.words.get("limit", 0)),
        }
        place = problem.text.strip()
        if place and problem.paragraph:
            where = self.env._(
                "Paragraph %(number)s of the document: “%(text)s”",
                number=problem.paragraph,
                text=place[:300],
            )
        elif place:
            where = self.env._("Where it says: “%(text)s”", text=place[:300])
        else:
            where = ""
        return "\n".join(filter(None, (told, where)))

    @api.model
    def _problem_words(self):
        """{kind of a TemplateProblem: its words, with the names it tells}."""
        return {
            # the file
            "too_big": self.env._("The file is larger than %(limit)s."),
            "not_docx": self.env._(
                "This is not a Word document (.docx), or it is damaged or has a"
                " password. In Word: Save as, Word document (.docx)."
            ),
            "old_word": self.env._(
                "This is an old Word file (.doc), or it has a password. In Word: remove"
                " the password, then Save as, Word document (.docx)."
            ),
            "dotx": self.env._(
                "This is a Word template (.dotx). In Word: Save as, Word document"
                " (.docx)."
            ),
            "macros": self.env._(
                "The file holds macros (.docm). In Word: Save as, Word document"
                " (.docx), without macros."
            ),
            "bomb": self.env._(
                "Unpacked, the file is larger than the limit (%(limit)s)."
            ),
            "damaged": self.env._("A part of the file is damaged: %(name)s."),
            "foreign": self.env._(
                "The file holds an object of another program (%(name)s). Take out"
                " everything inserted as an object, chart or file."
            ),
            "external": self.env._(
                "The file is linked to something outside it: %(target)s. Remove the"
                " link (right click, Remove hyperlink; for a linked picture, insert"
                " it)."
            ),
            "field": self.env._(
                "The file holds a Word field that is not allowed: %(name)s. Page"
                " numbers, dates and tables of contents are."
            ),
            # the tags
            "unclosed": self.env._(
                "A tag is opened and not closed: %(name)s is missing."
            ),
            "too_many": self.env._("The document has more tags than a template may."),
            "hidden": self.env._(
                "A tag stands where it is not text (a name or a property)."
            ),
            "alone": self.env._(
                "%(name)s stands for the whole paragraph, row or cell: nothing else"
                " may stand in it."
            ),
            "unopened": self.env._("“%(name)s” has no beginning that fits."),
            "unended": self.env._("“%(name)s” is not ended: “%(end)s” is missing."),
            "unknown": self.env._(
                "There is no placeholder “%(name)s”. See the list of placeholders."
            ),
            "unknown_close": self.env._(
                "There is no placeholder “%(name)s”. Did you mean “%(close)s”?"
            ),
            "not_text": self.env._(
                "“%(name)s” is a list or a group and cannot be printed as it is. See"
                " the list of placeholders."
            ),
            "not_allowed": self.env._("A template may not use “%(name)s”."),
            "loop_of": self.env._("“for” goes over a list; “%(name)s” is none."),
            "loop_in": self.env._(
                "A “for” within a “for” goes over what the outer one is at"
                " (“%(turn)s.…”), not over “%(name)s”."
            ),
            "syntax": self.env._("A tag is not written as it should be (%(detail)s)."),
            "broken": self.env._("The template cannot be filled in (%(detail)s)."),
            "crossing": self.env._(
                "A tag begins in one place and ends in another (paragraph, row or"
                " cell). For whole paragraphs write {%%p … %%}, for whole rows"
                " {%%tr … %%}."
            ),
            "too_long": self.env._(
                "The document would be larger than the limit (%(limit)s)."
            ),
        }
