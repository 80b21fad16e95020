# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

KINDS = [
    ("automatic", "Automatic reminder"),
    ("letter", "Letter"),
    ("call", "Telephone call"),
    ("meeting", "Meeting"),
]


class TaskUrge(models.Model):
    """One act of urging, kept with everything it was about.

    The Office follows and urges (BG Đ8–10, KT Đ8–10, QT Đ10–12, CM Đ7–9, KH Đ10–11);
    a lead agency urges its supports, a sector body the others in its fields. What the
    system sends by itself (`automatic`: one mail to one person, `task.notice`) stands
    in the same place as letters, calls and meetings, so that one list tells what was
    done to urge.
    """

    _name = "task.urge"
    _description = "Urging"
    _inherit = ["task.closed.mixin"]
    _order = "day desc, id desc"
    _closed_fields = frozenset(
        ("state", "kind", "partner_id", "notice_id", "issued_by_id", "issued_at")
    )

    kind = fields.Selection(KINDS, required=True, default="letter")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("cancelled", "Discarded")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    day = fields.Date(
        string="Day",
        default=lambda self: self.env.company._task_today(),
        help="The day it was done; of a letter the day it is dated.",
    )
    sender_agency_id = fields.Many2one(
        "res.partner",
        string="Sent by",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        help="The agency that urges others; empty: the Office.",
    )
    line_ids = fields.One2many("task.urge.line", "urge_id", string="About")
    # of what the system sends
    partner_id = fields.Many2one(
        "res.partner",
        string="Recipient",
        index="btree_not_null",
        ondelete="restrict",
        help="The person an automatic reminder went to.",
    )
    notice_id = fields.Many2one(
        "task.notice", string="E-mail", index="btree_not_null", ondelete="restrict"
    )
    # of what somebody did
    issued_by_id = fields.Many2one("res.users", string="Done by", ondelete="restrict")
    issued_at = fields.Datetime(string="Recorded at")


class TaskUrgeLine(models.Model):
    """What an act of urging was about: an assignment, or another dated record."""

    _name = "task.urge.line"
    _description = "Subject of an urging"
    _order = "id desc"

    urge_id = fields.Many2one(
        "task.urge", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="urge_id.kind", store=True)
    day = fields.Date(related="urge_id.day", store=True)
    state = fields.Selection(related="urge_id.state", store=True)
    company_id = fields.Many2one(related="urge_id.company_id", store=True, index=True)
    res_model = fields.Char(string="Kind of record", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True
    )
    assignment_id = fields.Many2one(
        "task.assignment", index="btree_not_null", ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="Agency",
        index="btree_not_null",
        ondelete="restrict",
        help="The agency urged, as it was then.",
    )
    anchor_on = fields.Date(string="Due", help="The date it was urged about.")
    marker = fields.Char(
        help="What was told, to whom and on what occasion: never twice.",
        index=False,
    )

    _marker_uniq = models.UniqueIndex(
        "(marker) WHERE marker IS NOT NULL", "This was told already."
    )
    _record_idx = models.Index("(res_id, res_model)")

    @api.model_create_multi
    def create(self, vals_list):
        """A line about an assignment names it both ways."""
        for vals in vals_list:
            if vals.get("assignment_id"):
                vals.setdefault("res_model", "task.assignment")
                vals.setdefault("res_id", vals["assignment_id"])
            elif vals.get("res_model") == "task.assignment":
                vals["assignment_id"] = vals["res_id"]
        return super().create(vals_list)
