# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class TaskReferral(models.Model):
    """Collecting what agencies think, where they differ (BG Đ8.1c; KT, QT, KH
    Đ10.1c)."""

    _inherit = "task.referral"

    asked_agency_ids = fields.Many2many(
        "res.partner",
        "task_referral_asked_agency_rel",
        string="Agencies to ask",
        domain=[("is_agency", "=", True)],
        copy=False,
    )
    opinion_due_on = fields.Date(string="Opinions due on", copy=False)
    asked_on = fields.Date(string="Asked on", copy=False)
    opinion_ids = fields.One2many(
        "task.referral.opinion", "referral_id", string="Opinions of this round"
    )
    all_opinion_ids = fields.Many2many(
        "task.referral.opinion",
        string="Opinions",
        compute="_compute_all_opinions",
        help="Those given, before it was returned as well.",
    )
    missing_agency_ids = fields.Many2many(
        "res.partner",
        string="Opinions not given yet",
        compute="_compute_missing_agencies",
        compute_sudo=True,
    )

    def _rounds(self):
        """This one and those it was put again after."""
        self.ensure_one()
        rounds = one = self
        while one := one.previous_id:
            rounds |= one
        return rounds

    def _all_opinions(self):
        """The opinions given to this one or to those it was put again after."""
        return self._rounds().opinion_ids.filtered(lambda one: one.state == "given")

    @api.depends("opinion_ids.state", "previous_id")
    @api.depends_context("uid")
    def _compute_all_opinions(self):
        for one in self:
            one.all_opinion_ids = one._all_opinions()

    @api.depends("opinion_ids.state")
    def _compute_missing_agencies(self):
        for one in self:
            asked = one.opinion_ids.filtered(lambda opinion: opinion.state == "asked")
            one.missing_agency_ids = asked.agency_id

    def action_ask(self):
        """Ask the agencies chosen for their opinion; those asked before are not asked
        twice.

        :raise AccessError: if the caller neither wrote it nor manages the Office.
        :raise UserError: without a question, agencies or a day to come.
        """
        self._guard("_ask_refusal")
        for one in self:
            today = one.company_id._task_today()
            if not (one.text or "").strip():
                raise UserError(self.env._("Write what is asked first."))
            if not one.opinion_due_on or one.opinion_due_on < today:
                raise UserError(
                    self.env._("Give the day until which opinions are asked.")
                )
            wanted = one.asked_agency_ids - one.sudo().opinion_ids.agency_id
            if not wanted:
                raise UserError(self.env._("Choose the agencies to ask."))
            wanted.sudo()._check_may_be_assigned()
            asked = (
                self.env["task.referral.opinion"]
                .sudo()
                .create(
                    [
                        {
                            "referral_id": one.id,
                            "agency_id": agency.id,
                            "due_on": one.opinion_due_on,
                            "asked_on": today,
                        }
                        for agency in wanted
                    ]
                )
            )
            one.sudo().write({"state": "collecting", "asked_on": one.asked_on or today})
            for opinion in asked:
                opinion.sudo(self.env.su)._tell(opinion.agency_id.task_user_ids)
        return True


class TaskReferralOpinion(models.Model):
    """What one agency thinks of a question of the Office.

    It reads the question and its own opinion, never another's; the Office and the
    leaders read it once it was given. Made and ended by the referral's acts only.
    """

    _name = "task.referral.opinion"
    _description = "Opinion asked of an agency"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.thread.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.awaited.mixin",
    ]
    _mail_post_access = "read"
    _order = "due_on, id"
    _awaited_since = "asked_on"
    #: An agency's duty: the Date field that holds its day.
    _awaited_due = "due_on"
    _closed_fields = frozenset(
        (
            "referral_id",
            "agency_id",
            "due_on",
            "asked_on",
            "state",
            "given_by_id",
            "given_on",
        )
    )

    referral_id = fields.Many2one(
        "task.referral", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="referral_id.company_id", store=True)
    agency_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )
    due_on = fields.Date(string="Due on", required=True)
    asked_on = fields.Date(string="Asked on", required=True)
    state = fields.Selection(
        [
            ("asked", "To give"),
            ("given", "Given"),
            ("lapsed", "Not given in time"),
            ("cancelled", "Not asked any more"),
        ],
        required=True,
        default="asked",
        index=True,
    )
    subject = fields.Char(related="referral_id.name", string="Subject")
    question = fields.Text(related="referral_id.text", string="What is asked")
    question_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files of the question",
        compute="_compute_referral_files",
        compute_sudo=True,
    )
    text = fields.Text(string="Opinion")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", bypass_search_access=True
    )
    given_by_id = fields.Many2one("res.users", string="Given by", ondelete="restrict")
    given_on = fields.Date(string="Given on")
    is_put_forward = fields.Boolean(
        compute="_compute_is_put_forward", store=True, compute_sudo=True
    )
    direction = fields.Text(
        string="The leader's direction",
        compute="_compute_direction",
        compute_sudo=True,
    )
    direction_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files of the direction",
        compute="_compute_referral_files",
        compute_sudo=True,
    )
    can_submit = fields.Boolean(compute="_compute_can")

    _once = models.UniqueIndex(
        "(referral_id, agency_id) WHERE state = 'asked'", "It is asked already."
    )

    @api.depends("agency_id", "subject")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.subject}: {one.agency_id.name}"

    @api.depends("referral_id.submitted_on", "referral_id.next_ids.submitted_on")
    def _compute_is_put_forward(self):
        for one in self:
            one.is_put_forward = bool(one.referral_id.submitted_on)

    def _last_round(self):
        """The referral it was asked for, or the last one it was put again as."""
        last = self.referral_id
        while last.next_ids:
            last = last.next_ids[-1:]
        return last

    @api.depends("referral_id.state", "referral_id.next_ids.state")
    def _compute_direction(self):
        for one in self:
            last = one._last_round()
            one.direction = last.direction if last.state == "directed" else False

    @api.depends(
        "referral_id.attachment_ids",
        "referral_id.direction_attachment_ids",
        "referral_id.next_ids.direction_attachment_ids",
        "referral_id.state",
    )
    def _compute_referral_files(self):
        for one in self:
            last = one._last_round()
            files = last.direction_attachment_ids
            directed = last.state == "directed"
            one.question_attachment_ids = one.referral_id.attachment_ids
            one.direction_attachment_ids = files if directed else files.browse()

    @api.depends_context("uid")
    @api.depends("state", "agency_id")
    def _compute_can(self):
        for one in self:
            one.can_submit = not one._submit_refusal()

    # -- rights ------------------------------------------------------------------------
    def _edit_refusal(self):
        """Why the current user may not write the opinion: an exception, or None."""
        if self.state != "asked":
            return UserError(self.env._("What was submitted is not changed any more."))
        if not (self.env.su or self._is_officer()):
            return AccessError(self.env._("Only the agency asked gives its opinion."))
        return None

    def _submit_refusal(self):
        """Why the current user may not give the opinion: an exception, or None."""
        return self._edit_refusal() or self._sender_refusal()

    def write(self, vals):
        if not self.env.su:
            for one in self:
                refusal = one._edit_refusal()
                if refusal:
                    raise refusal
        return super().write(vals)

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "asked")

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Give the opinion: from now on the Office reads it, and it is kept.

        :raise AccessError: if the caller does not speak for the agency.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = one._submit_refusal()
            if refusal:
                raise refusal
            if not (one.text or "").strip():
                raise UserError(self.env._("Write the opinion first."))
            one.sudo().write(
                {
                    "state": "given",
                    "given_by_id": self.env.uid,
                    "given_on": one.company_id._task_today(),
                }
            )
            one._tell(one.sudo().referral_id.create_uid)
        return True

    def _lapse(self):
        """It was put to the leader without them."""
        self.filtered(lambda one: one.state == "asked").sudo().state = "lapsed"

    def _cancel(self):
        """The question fell away."""
        self.filtered(lambda one: one.state == "asked").sudo().state = "cancelled"

    def _pass_to(self, agency):
        """The agencies asked ended: who took their place answers, once."""
        for one in self:
            asked = one.referral_id.opinion_ids.filtered(
                lambda other: other.agency_id == agency and other.state == "asked"
            )
            if asked:
                one._cancel()
            else:
                one.agency_id = agency

    # -- who is told, whose answer it waits for ----------------------------------------
    def _told_words(self):
        return self.direction or self.text or self.question

    @api.model
    def _awaited_domain(self, company):
        return [("company_id", "=", company.id), ("state", "=", "asked")]

    def _awaited_by(self):
        officers = self.env.ref("task_tracking.group_agency_officer").sudo()
        return {
            one: one.agency_id.sudo().task_user_ids & officers.all_user_ids
            for one in self
        }


class TaskSuccession(models.Model):
    _inherit = "task.succession"

    def _pass_missing_tasks(self):
        """Who takes over answers what the predecessors were asked."""
        result = super()._pass_missing_tasks()
        asked = Domain("company_id", "=", self.company_id.id)
        asked &= Domain("agency_id", "in", self.predecessor_ids.ids)
        asked &= Domain("state", "=", "asked")
        opinions = self.env["task.referral.opinion"].sudo().search(asked)
        opinions._pass_to(self.successor_id)
        return result
