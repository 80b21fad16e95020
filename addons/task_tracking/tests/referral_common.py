# SPDX-License-Identifier: LGPL-3.0-or-later


class ReferralActs:
    """Explanations, referrals and opinions, for cases of `TaskCase`."""

    def _draft_explanation(self, assignment, user=None, **vals):
        values = {
            "assignment_id": assignment.id,
            "cause": "Chưa có hướng dẫn của Bộ",
            "proposal": "Cho lùi thời hạn",
        }
        return (
            self.env["task.explanation"]
            .with_user(user or self.finance_head)
            .create({**values, **vals})
        )

    def _explained(self, assignment, user=None, **vals):
        """An explanation submitted by the head of the finance department."""
        one = self._draft_explanation(assignment, user, **vals)
        one.action_submit()
        return one

    def _draft_referral(self, assignments, kind="not_done", user=None, **vals):
        """A draft of the manager about the assignments."""
        referrals = self.env["task.referral"].with_user(user or self.manager)
        draft = referrals._draft_for(
            assignments.with_user(user or self.manager), kind, "Xin ý kiến chỉ đạo"
        )
        draft.write(
            {"measures": "Đôn đốc bằng văn bản", "summary": "Hai ý kiến khác nhau"}
            | vals
        )
        return draft

    def _referred(self, assignments, kind="not_done", **vals):
        """A referral put forward by the manager."""
        one = self._draft_referral(assignments, kind, **vals)
        one.action_submit()
        return one

    def _direct(self, referral, user=None, words="Hoàn thành trước 30/4"):
        one = referral.with_user(user or self.chairman)
        one.direction = words
        one.action_direct()
        return one

    def _asked(self, assignments, agencies, user=None):
        """A referral that collects the opinions of the agencies, due on 8/4/2026."""
        draft = self._draft_referral(
            assignments,
            "opinions",
            user,
            asked_agency_ids=[(6, 0, agencies.ids)],
            opinion_due_on="2026-04-08",
        )
        draft.action_ask()
        return draft

    def _opinion(self, referral, user):
        """The opinion that the user's agency was asked for, as the user sees it."""
        return (
            self.env["task.referral.opinion"]
            .with_user(user)
            .search(
                [
                    ("agency_id", "=", user.task_agency_id.id),
                    ("subject", "=", referral.name),
                ]
            )
        )

    def _give(self, referral, user, text="Đồng ý"):
        one = self._opinion(referral, user)
        one.text = text
        one.action_submit()
        return one

    def _told_on(self, record):
        """The partners that were notified with a link to the record."""
        return (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", record._name), ("res_id", "=", record.id)])
            .notified_partner_ids
        )
