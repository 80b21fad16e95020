# SPDX-License-Identifier: LGPL-3.0-or-later


class DiscrepancyActs:
    """Discrepancies found by either side, for cases of `TaskCase`."""

    def _draft_discrepancy(self, user, assignment=None, **vals):
        values = {
            "assignment_id": assignment.id if assignment else False,
            "kind": "deadline",
            "finder_value": "15/4/2026",
            "text": "Văn bản ghi hạn 15/4/2026",
        }
        values = {
            name: value
            for name, value in {**values, **vals}.items()
            if value is not None
        }
        return self.env["task.discrepancy"].with_user(user).create(values)

    def _found(self, user, assignment=None, **vals):
        """A discrepancy reported by `user`, of the side the user belongs to."""
        one = self._draft_discrepancy(user, assignment, **vals)
        one.action_submit()
        return one
