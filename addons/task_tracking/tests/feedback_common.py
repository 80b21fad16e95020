# SPDX-License-Identifier: LGPL-3.0-or-later


class FeedbackActs:
    """Feedback of one agency on another, for cases of `TaskCase`."""

    def _draft_feedback(self, user=None, **vals):
        """A draft of the ward's officer on the finance department."""
        values = {
            "reported_id": self.finance.id,
            "about": "Chỉ thị 12/CT-UBND: báo cáo kết quả",
            "text": "Phường chưa nhận được kết quả",
        }
        return (
            self.env["task.feedback"]
            .with_user(user or self.ward_officer)
            .create({**values, **vals})
        )

    def _feedback(self, user=None, **vals):
        """The same, sent by the ward's head."""
        one = self._draft_feedback(user, **vals)
        one.with_user(user or self.ward_head).action_submit()
        return one

    def _verified(self, feedback, *assignments, **vals):
        """The Office's side of it: linked, with what was found."""
        office = feedback.with_user(self.specialist)
        office.write(
            {
                "assignment_ids": [(6, 0, [one.id for one in assignments])],
                "finding": "Sở Tài chính chưa báo cáo",
                **vals,
            }
        )
        return office

    def _clock_of(self, record, act):
        return (
            self.env["task.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("act", "=", act),
                    ("cancelled_on", "=", False),
                ],
                order="id desc",
                limit=1,
            )
        )
