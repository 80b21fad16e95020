# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .task_assignment import OPEN_STATES
from .task_referral_rights import ACTS_OF, DIRECTED_BY, KNOWN_BY

#: Days a direction, or an answer, stands on the desk as news.
NEWS_DAYS = 7
#: Filter of the search view, or button of the list → the kind it is for.
PARTS = {
    **{kind: kind for kind in (*KNOWN_BY, *ACTS_OF)},
    "action_new_not_done": "not_done",
}


class TaskReferral(models.Model):
    """What the screens of a referral offer: nothing that no text here knows."""

    _inherit = "task.referral"

    def action_draft_urges(self):
        """Draft letters that urge the agencies, as the leader directed, and open them.

        :raise UserError: if none of the tasks is an agency's to do any more.
        """
        self.ensure_one()
        if not self.can_follow_up:
            raise UserError(self.env._("There is no direction yet."))
        assignments = self.line_ids.assignment_id.filtered(
            lambda one: one.state in OPEN_STATES
        )
        drafts = self.env["task.urge"]._draft_letter(assignments, origin=self)
        return drafts._get_records_action()

    @api.model
    def _unknown_kinds(self):
        """The kinds no regulation in force at the reader's chosen companies knows."""
        texts = [company._task_regulation() for company in self.env.companies]
        unknown = {
            kind
            for kind, policy in KNOWN_BY.items()
            if not any(text._policy(policy) for text in texts)
        }
        return unknown | {
            kind
            for kind, acts in ACTS_OF.items()
            if not any(text._knows(act) for text in texts for act in acts)
        }

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, tuple(sorted(self._unknown_kinds())))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        unknown = self._unknown_kinds()
        for name, kind in PARTS.items():
            if kind in unknown:
                for node in arch.xpath("//*[@name=$name]", name=name):
                    if node.tag in ("filter", "button"):
                        node.getparent().remove(node)
        return arch, view


class TaskReferralLine(models.Model):
    _inherit = "task.referral.line"

    def action_open_assignment(self):
        """Open the task that the direction is on."""
        self.ensure_one()
        return self.assignment_id._get_records_action()


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def action_refer(self):
        """Draft a referral about those of the chosen tasks that are due and not done,
        and open it; an open draft begun from the same is opened again.

        :raise AccessError: if the caller is not of the Office.
        :raise UserError: if none is, or they are of several authorities.
        """
        referrals = self.env["task.referral"]
        self.check_access("read")
        wanted = Domain(referrals._not_done_domain(self.company_id[:1]))
        due = self.filtered_domain(wanted)
        if not due:
            raise UserError(self.env._("None of these tasks is due and not done."))
        return referrals._draft_not_done(due)._get_records_action()


class TaskDesk(models.AbstractModel):
    """What waits for a direction or an opinion, and what was directed."""

    _inherit = "task.desk"

    def _leader_sections(self):
        waiting = Domain("state", "=", "submitted")
        company = self.env.company
        if not self.env.user._task_acts_as_chairman(company):
            regulation = company._task_regulation()
            waiting &= Domain(
                "kind",
                "not in",
                [
                    kind
                    for kind, policy in DIRECTED_BY.items()
                    if regulation._policy(policy) == "chairman"
                ],
            )
        section = (
            "referrals",
            self.env._("Wait for your direction"),
            "task.referral",
            waiting,
            "submitted_on, id",
            "action",
        )
        return [section, *super()._leader_sections()]

    def _news_since(self):
        return self.env.company._task_today() - timedelta(days=NEWS_DAYS)

    def _office_sections(self, user):
        first, *others = super()._office_sections(user)
        own, drafted, about = Domain.TRUE, Domain.TRUE, Domain.TRUE
        if not user._task_is_manager():
            own = Domain("specialist_id", "in", (user.id, False))
            drafted = Domain("create_uid", "=", user.id)
            follows = Domain("line_ids.assignment_id.specialist_id", "=", user.id)
            about = drafted | follows
        sections = [
            first,
            (
                "explanations",
                self.env._("Explanations to answer"),
                "task.explanation",
                Domain("state", "=", "waiting") & own,
                "submitted_on, id",
                "action",
            ),
            (
                "referrals_returned",
                self.env._("Returned by a leader"),
                "task.referral",
                Domain("state", "=", "returned")
                & Domain("next_ids", "=", False)
                & drafted,
                "returned_on, id",
                "action",
            ),
            (
                "referrals_drafts",
                self.env._("Drafts to put to a leader"),
                "task.referral",
                Domain("state", "in", ("draft", "collecting")) & drafted,
                "id",
                "action",
            ),
            *others,
        ]
        sections.append(
            (
                "referrals_directed",
                self.env._("Directed in the last 7 days"),
                "task.referral",
                Domain("state", "=", "directed")
                & Domain("directed_on", ">=", self._news_since())
                & about,
                "directed_on desc, id desc",
                "info",
            )
        )
        return sections

    def _agency_sections(self):
        first, *others = super()._agency_sections()
        mine = Domain("is_mine", "=", True)
        since = self._news_since()
        return [
            first,
            (
                "opinions",
                self.env._("Opinions asked of us"),
                "task.referral.opinion",
                mine & Domain("state", "=", "asked"),
                "due_on, id",
                "action",
            ),
            (
                "draft_task.explanation",
                self.env._("Explanations to send"),
                "task.explanation",
                mine & Domain("state", "=", "draft"),
                "id",
                "action",
            ),
            *others,
            (
                "directions",
                self.env._("Directions of the leaders, last 7 days"),
                "task.referral.line",
                Domain("state", "=", "directed")
                & Domain("directed_on", ">=", since)
                & Domain("assignment_id.is_mine", "=", True),
                "directed_on desc, id desc",
                "info",
            ),
            (
                "explanations_answered",
                self.env._("Explanations answered in the last 7 days"),
                "task.explanation",
                mine
                & Domain("state", "=", "answered")
                & Domain("answered_on", ">=", since),
                "answered_on desc, id desc",
                "info",
            ),
        ]

    def _unknown_sections(self):
        unknown = super()._unknown_sections()
        kinds = self.env["task.referral"]._unknown_kinds()
        if "opinions" in kinds:
            unknown.add("opinions")
        if "difficulty" in kinds:
            unknown |= {
                "explanations",
                "draft_task.explanation",
                "explanations_answered",
            }
        if kinds >= {*KNOWN_BY, *ACTS_OF}:
            unknown |= {
                "referrals",
                "referrals_returned",
                "referrals_drafts",
                "referrals_directed",
                "directions",
            }
        return unknown

    def _item(self, record):
        if record._name == "task.referral":
            return self._referral_item(record)
        if record._name == "task.referral.opinion":
            days = (record.due_on - record.company_id._task_today()).days
            return {
                "id": record.id,
                "title": record.subject,
                "subtitle": record.question,
                "date": record.due_on,
                "new_date": False,
                "days_overdue": max(0, -days),
                "days_left": days if days >= 0 else False,
            }
        item = super()._item(record)
        if record._name == "task.referral.line":
            item |= {
                "title": record.direction,
                "subtitle": record.assignment_id.display_name,
                "date": record.directed_on,
                "open": "action_open_assignment",
                "days_overdue": 0,
                "days_left": False,
            }
        return item

    def _referral_item(self, record):
        return {
            "id": record.id,
            "title": record.name,
            "subtitle": record.figures,
            "date": record.directed_on or record.returned_on or record.submitted_on,
            "new_date": False,
            "days_overdue": 0,
            "days_left": False,
        }
