# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open

from ..logic import regulation_text

#: Where the texts that come with the addon lie.
TEXTS = "task_tracking/data/texts"


class TaskRegulationArticle(models.Model):
    """One article of a regulation's full text, word for word."""

    _name = "task.regulation.article"
    _description = "Article of a Regulation"
    _order = "regulation_id, sequence, id"
    _rec_name = "title"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=100)
    chapter = fields.Char()
    section = fields.Char()
    number = fields.Integer(required=True)
    title = fields.Char()
    text = fields.Text()

    @api.depends("number", "title")
    def _compute_display_name(self):
        for article in self:
            # the texts are Vietnamese, and so is the name of their parts
            name = f"Điều {article.number}"
            article.display_name = f"{name}. {article.title}" if article.title else name


class TaskRegulation(models.Model):
    _inherit = "task.regulation"

    article_ids = fields.One2many(
        "task.regulation.article", "regulation_id", string="Articles", readonly=True
    )
    text_file_id = fields.Many2one(
        "ir.attachment", string="Full text", readonly=True, copy=False
    )
    text_url = fields.Char(string="File", compute="_compute_text_url")
    note = fields.Text(
        string="About the text",
        help="What is blank or was corrected in the text kept here, and why.",
    )

    @api.depends("text_file_id")
    def _compute_text_url(self):
        for regulation in self:
            file = regulation.text_file_id
            url = f"/web/content/{file.id}?download=true"
            regulation.text_url = url if file else False

    def _load_text(self, text, file_name=None):
        """Replace the articles of the regulation by those of `text`, and its file.

        `text`: the full text, a paragraph a line, with lines "Chương I", "Mục 1",
        "Điều 1. Heading". The articles of the decision that promulgates the
        regulation are left out (they limit nothing and their numbers are the
        regulation's own again), so are signatures and annexes; the attached file
        has them all. Anybody who reads regulations may download it.

        :raise UserError: if `text` has no article.
        """
        self.ensure_one()
        articles = regulation_text.parse(text)
        if not articles:
            raise UserError(
                self.env._(
                    "This text has no article: no line begins with “Điều 1.”. Give"
                    " every paragraph a line of its own."
                )
            )
        self.article_ids.unlink()
        self.env["task.regulation.article"].create(
            [
                {
                    "regulation_id": self.id,
                    "sequence": 10 * place,
                    "chapter": article.chapter,
                    "section": article.section,
                    "number": article.number,
                    "title": article.title,
                    "text": article.text,
                }
                for place, article in enumerate(articles, start=1)
            ]
        )
        former = self.text_file_id
        self.text_file_id = self.env["ir.attachment"].create(
            {
                "name": file_name or f"{self.code}.txt".replace("/", "-"),
                "res_model": self._name,
                "res_id": self.id,
                "raw": text.encode(),
                "mimetype": "text/plain",
            }
        )
        former.unlink()

    @api.model
    def _load_packaged_text(self, xmlid, name):
        """Load the text `name` that comes with the addon into the regulation `xmlid`.

        For data files, at installation and at every update: does nothing where the
        regulation is gone or has a text already, which may be the administrator's.
        """
        regulation = self.env.ref(xmlid, raise_if_not_found=False)
        if not regulation or regulation.article_ids or regulation.text_file_id:
            return
        with file_open(f"{TEXTS}/{name}.txt", "r") as stored:
            regulation._load_text(stored.read(), f"{name}.txt")


class TaskRegulationCited(models.AbstractModel):
    """A line of a regulation that names the article it comes from in words.

    Needs the fields `regulation_id` and `article` ("Điểm a khoản 1 Điều 6").
    """

    _name = "task.regulation.cited"
    _description = "Line that names an article of a regulation"

    article_id = fields.Many2one(
        "task.regulation.article",
        string="Article of the text",
        compute="_compute_article_id",
    )

    @api.depends("article", "regulation_id.article_ids.number")
    def _compute_article_id(self):
        for regulation, lines in self.grouped("regulation_id").items():
            articles = regulation.article_ids.grouped("number")
            for line in lines:
                number = regulation_text.article_number(line.article)
                found = articles.get(number)
                line.article_id = found[:1] if found else False
