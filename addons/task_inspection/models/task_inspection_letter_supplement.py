# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from odoo.addons.task_tracking.logic.letter import Article, Items, Table

from .task_inspection_letter_decision import ROLES, WIDTHS, _small


class TaskInspectionPaper(models.Model):
    """The supplementary decision on the team (Nghị định 30/2020, Mẫu 1.2), made of its
    changes; Vietnamese, as it is signed."""

    _inherit = "task.inspection.paper"

    def _letter_supplement(self):
        inspection = self.inspection_id
        above, issuer = inspection._deciding_bodies()
        body = inspection.body_name or "Đoàn kiểm tra"
        small = f"{body[:1].lower()}{body[1:]}"
        decided = inspection._decided_words()
        first = (
            f"Điều chỉnh, bổ sung thành viên {small} được thành lập theo {decided}"
            if decided
            else f"Điều chỉnh, bổ sung thành viên {small}"
        )
        blocks = [Article(1, f"{first}, như sau:")]
        said = [f"{one._words()};" for one in self.change_ids]
        if said:
            said[-1] = f"{said[-1][:-1]}."
        blocks.append(Items(tuple(said)))
        if joining := self.change_ids.filtered("user_id"):
            blocks.append(joining._letter_table())
        blocks.append(
            Article(
                2,
                "Các nội dung khác của Quyết định nêu tại Điều 1 không thay đổi. Quyết"
                " định này có hiệu lực kể từ ngày ký.",
            )
        )
        agencies = ", ".join(inspection.subject_ids.agency_id.mapped("name"))
        blocks.append(
            Article(
                3,
                f"Các thành viên {body}, các cá nhân có tên tại Điều 1, Thủ trưởng các"
                f" cơ quan, đơn vị: {agencies} và các cơ quan, đơn vị có liên quan chịu"
                " trách nhiệm thi hành Quyết định này.",
            )
        )
        grounds = inspection._letter_grounds()
        if decided:
            grounds += (f"Căn cứ {decided}",)
        return {
            "parent_body": above,
            "issuing_body": issuer,
            "authority": self._authority_words(issuer),
            "abstract": f"Về việc điều chỉnh, bổ sung thành viên {small}",
            "grounds": grounds,
            "blocks": tuple(blocks),
            "recipients": ("Như Điều 3",),
        }


class TaskInspectionTeamChange(models.Model):
    _inherit = "task.inspection.team.change"

    def _is_group(self):
        """Whether the body is a Tổ: its roles have other names."""
        return (self.inspection_id.body_name or "").lower().startswith("tổ")

    def _role_words(self, role):
        """The role inside a sentence: those of a leader keep their capital."""
        words = ROLES[role][self._is_group()]
        return words if role in ("leader", "deputy") else _small(words)

    def _words(self):
        """The change as the decision says it."""
        self.ensure_one()
        former, new = self.leaving_id, self.user_id
        role = self._role_words(self.role)
        if not former:
            return f"Bổ sung đồng chí {new.name} làm {role}"
        was = self._role_words(former.role)
        if not new:
            return f"Đồng chí {former.display_name}, {was}, thôi tham gia"
        if former.user_id == new:
            return f"Đồng chí {new.name}, {was}, giữ vai trò {role}"
        return (
            f"Đồng chí {new.name} thay đồng chí {former.display_name} ({was}) làm"
            f" {role}"
        )

    def _letter_table(self):
        rows = [
            (
                str(number),
                change.user_id.name,
                ", ".join(
                    filter(None, (change.position, change.user_id.task_agency_id.name))
                ),
                ROLES[change.role][change._is_group()],
                change.duty or "",
            )
            for number, change in enumerate(self, start=1)
        ]
        heads = ("STT", "Họ và tên", "Chức vụ, đơn vị", "Vai trò", "Nhiệm vụ")
        align = ("center", "left", "left", "left", "left")
        return Table(heads, tuple(rows), widths=WIDTHS, align=align)
