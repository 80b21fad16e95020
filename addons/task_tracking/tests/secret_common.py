# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command

from .rights_common import RightsCase

CLEARANCE = "task_tracking.group_secret_clearance"
NEEDLE = "Quyhoachbimat"


class SecretCase(RightsCase):
    """A province whose regulation is a copy with its own answer on secret documents.

    Besides the roles without clearance: a cleared leader, cleared people of the
    finance department (named in the documents), of its unit's upper agency and of the
    building department (not named).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regulation = cls.regulation.copy({"code": "SECRET"})
        cls.company.regulation_id = cls.regulation
        cls._policy("register")
        cls.cleared_manager = cls._user(
            "cleared_manager", "group_office_manager", cls.office, CLEARANCE
        )
        cls.roles |= {
            "cleared manager": cls.cleared_manager,
            "cleared leader": cls._user(
                "cleared_leader", "group_leader", None, CLEARANCE
            ),
            "cleared head": cls._user(
                "cleared_head", "group_agency_head", cls.finance, CLEARANCE
            ),
            "cleared officer": cls._user(
                "cleared_officer", "group_agency_officer", cls.finance, CLEARANCE
            ),
            "cleared officer authorised": cls._user(
                "cleared_authorised", "group_agency_officer", cls.finance, CLEARANCE
            ),
            "cleared upper head": cls._user(
                "cleared_upper", "group_agency_head", cls.upper, CLEARANCE
            ),
            "cleared other head": cls._user(
                "cleared_other", "group_agency_head", cls.building, CLEARANCE
            ),
        }
        cls.roles["cleared officer authorised"].task_may_submit = True
        cls.keepers = {"cleared specialist", "cleared manager"}
        cls.readers = cls.keepers | {
            "cleared leader",
            "cleared head",
            "cleared officer",
            "cleared officer authorised",
        }
        cls.outsiders = [
            user for role, user in cls.roles.items() if role not in cls.readers
        ]

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")

    @classmethod
    def _policy(cls, value, article="Khoản 2 Điều 5", quote="Lời của điều này."):
        """Let the regulation answer `value` on secret documents."""
        line = cls.regulation.policy_ids.filtered(lambda one: one.key == "secret")
        line.write({"value": value, "article": article, "quote": quote, "note": False})

    def _vals(self, **vals):
        return {
            "name": f"{NEEDLE} tên văn bản",
            "number": "12",
            "notation": "MĐ-UBND",
            "issued_on": "2026-04-01",
            "signer": "Nguyễn Văn A",
            "drafter_id": self.agriculture.id,
            "agency_ids": [Command.set((self.finance | self.ward).ids)],
            "office_unit_id": self.office.id,
            "specialist_id": self.cleared.id,
            "task_count": 3,
            "deadline": "2026-04-10",
            **vals,
        }

    def _entry(self, user=None, **vals):
        """A line of the register, entered by the cleared specialist."""
        register = self.env["task.secret.document"].with_user(user or self.cleared)
        return register.create(self._vals(**vals))
