# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskDocumentType(models.Model):
    """A type of document that assigns tasks.

    The 29 administrative documents of Nghị định 30/2020/NĐ-CP, Điều 7, with the
    abbreviations of its Phụ lục III; legal normative documents (Luật 64/2025/QH15);
    and directions given without a document (QT Đ3, Đ5.2).
    """

    _name = "task.document.type"
    _description = "Type of Directive"
    _order = "sequence, id"
    _rec_names_search = ["name", "abbreviation"]

    name = fields.Char(required=True)
    abbreviation = fields.Char(help="As it stands in the notation of the document.")
    kind = fields.Selection(
        [
            ("administrative", "Administrative document"),
            ("normative", "Legal normative document"),
            ("oral", "Direction without a document"),
        ],
        required=True,
        default="administrative",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (name, kind)", "A type of this name and kind exists already."
    )
