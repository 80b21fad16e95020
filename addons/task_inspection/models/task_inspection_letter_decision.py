# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from odoo.addons.task_tracking.logic.letter import Article, Items, Paragraph, Table
from odoo.addons.task_tracking.logic.words import text_lines

#: Role → its name in a Đoàn, in a Tổ.
ROLES = {
    "leader": ("Trưởng đoàn", "Tổ trưởng"),
    "deputy": ("Phó Trưởng đoàn", "Tổ phó"),
    "secretary": ("Thư ký", "Thư ký"),
    "member": ("Thành viên", "Thành viên"),
}
FORM_WORDS = {"regular": "Kiểm tra thường xuyên, định kỳ", "adhoc": "Kiểm tra đột xuất"}
#: Widths of the table of members, in proportion.
WIDTHS = (12, 45, 55, 30, 43)


def _small(text):
    """`text` inside a sentence."""
    words = " ".join((text or "").split())
    return words[:1].lower() + words[1:]


def _numbered(texts):
    """The clauses of an article, if there are several."""
    if len(texts) < 2:
        return texts
    return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]


class TaskInspectionPaper(models.Model):
    """The decision (Mẫu 1.2) and the instruction a leader gives instead of one, or
    before it (Mẫu 1.5). They are made of the inspection's own fields, so that no paper
    says another thing than what was decided; `body` adds to an instruction only."""

    _inherit = "task.inspection.paper"

    def _letter_decision(self):
        inspection = self.inspection_id
        above, issuer = inspection._deciding_bodies()
        articles = inspection._letter_articles()
        last = len(articles) + 1
        articles.append(Article(last, inspection._implementing_words()))
        blocks = []
        for article in articles:
            blocks.append(article)
            if article.title == inspection._team_title():
                blocks.append(inspection._letter_members())
        name = _small(inspection.name)
        return {
            "parent_body": above,
            "issuing_body": issuer,
            "authority": self._authority_words(issuer),
            "abstract": f"Về việc {name.removeprefix('về việc ')} và"
            f" {_small(inspection._team_title())}",
            "grounds": inspection._letter_grounds(),
            "blocks": tuple(blocks),
            "recipients": (f"Như Điều {last}",),
        }

    def _authority_words(self, issuer):
        """Who decides: the head of the body that issues it, whoever signs for him."""
        title = next(iter(text_lines(self.signer_title)), "")
        title = title.removeprefix("KT.").removeprefix("Q.").strip()
        if not title or issuer.lower() in title.lower():
            return title or issuer
        return f"{title} {issuer}"

    def _letter_instruction(self):
        inspection = self.inspection_id
        above, issuer = inspection._deciding_bodies()
        name = _small(inspection.name).removeprefix("về việc ")
        agencies = ", ".join(inspection.subject_ids.agency_id.mapped("name"))
        if inspection.has_team:
            addressee = inspection.inspecting_agency_id.name or "Văn phòng"
            opening = f"Yêu cầu {name} tại {agencies}."
        else:
            addressee = inspection.conductor_id.name or ""
            opening = f"Giao đồng chí {addressee} chủ trì {name} tại {agencies}."
        blocks = [Paragraph(opening)]
        for title, texts in inspection._letter_contents():
            if len(texts) == 1:
                blocks.append(Paragraph(f"{title}: {texts[0]}"))
            else:
                blocks += [Paragraph(f"{title}:"), Items(tuple(texts))]
        if (self.body or "").strip():
            blocks.append(Paragraph(self.body))
        return {
            "parent_body": above,
            "issuing_body": issuer,
            "abstract": self.abstract or name,
            "addressees": (addressee,),
            "blocks": tuple(blocks),
            "recipients": tuple(inspection.subject_ids.agency_id.mapped("name")),
        }


class TaskInspection(models.Model):
    """What the decision says, in words."""

    _inherit = "task.inspection"

    def _deciding_bodies(self):
        """(body above, body that issues) of the decision: the Committee's, or the
        agency's that inspects within its own scope."""
        company = self.company_id.name
        if self.inspector == "self":
            return company, self.inspecting_agency_id.name
        return "", company

    def _team_title(self):
        return f"Thành lập {self.body_name or 'Đoàn kiểm tra'}"

    def _letter_grounds(self):
        """The legal basis, a line each; the regulation and the plan it goes by."""
        lines = [
            line if line.lower().startswith("căn cứ") else f"Căn cứ {line}"
            for line in text_lines(self.legal_basis)
        ]
        told = " ".join(lines).lower()
        regulation = self.regulation_id
        if not any(
            words and words.lower() in told
            for words in (regulation.number, regulation.name)
        ):
            line = f"Căn cứ {regulation.name}"
            if "QĐ" in (regulation.number or ""):
                line += f" ban hành kèm theo Quyết định số {regulation.number}"
            lines.append(line)
        plan = self.plan_line_id.plan_id
        if plan.number and plan.number.lower() not in told:
            line = f"Căn cứ Kế hoạch số {plan.number}"
            if plan.dated_on:
                line += f" ngày {plan.dated_on:%d/%m/%Y}"
            lines.append(line)
        return tuple(lines)

    def _letter_contents(self):
        """[(heading in the text's own words, texts)]: what the regulation prescribes
        in its order, then what else was entered; neither grounds nor the team."""
        codes = {
            "scope": self._scope_words,
            "content": lambda: self.content_ids.sorted("sequence").mapped("name"),
            "time_limit": self._time_words,
            "form": self._form_words,
        }
        texts = {
            text.prescription_id: text
            for text in self.text_ids
            if text.topic == "decision"
        }
        told, contents = set(), []
        for line in self.regulation_id._prescriptions("decision", self.inspector):
            if line.code in ("legal_basis", "members"):
                continue
            told.add(line.code)
            if line.code in codes:
                contents.append((line.name, codes[line.code]()))
            elif line in texts:
                contents.append((texts[line].name, list(text_lines(texts[line].body))))
        for code, name in (("form", "Hình thức kiểm tra"), ("time_limit", "Thời hạn")):
            if code not in told:
                contents.append((name, codes[code]()))
        return [(name, lines) for name, lines in contents if lines]

    def _letter_articles(self):
        """The articles of the decision, but its last."""
        articles = [
            Article(number, "\n".join(_numbered(texts)), title=title)
            for number, (title, texts) in enumerate(self._letter_contents(), start=1)
        ]
        articles.append(Article(len(articles) + 1, title=self._team_title()))
        return articles

    def _scope_words(self):
        agencies = ", ".join(self.subject_ids.agency_id.mapped("name"))
        lines = [*text_lines(self.scope), f"Đối tượng kiểm tra: {agencies}."]
        first, last = self.scope_from, self.scope_to
        if first and last:
            lines.append(f"Nhiệm vụ từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}.")
        elif first or last:
            word = "từ" if first else "đến"
            lines.append(f"Nhiệm vụ {word} ngày {first or last:%d/%m/%Y}.")
        if self.document_ids:
            names = "; ".join(self.document_ids.mapped("display_name"))
            lines.append(f"Theo các văn bản: {names}.")
        return lines

    def _time_words(self):
        first, last = self.date_from, self.date_to
        if not (first and last):
            return []
        return [f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}."]

    def _form_words(self):
        forms = self.regulation_id._prescriptions("form")
        known = {one.code: one.name for one in forms}
        words = known.get(self.form) or FORM_WORDS.get(self.form)
        return [f"{words}."] if words else []

    def _letter_members(self):
        """The team as it was decided: who was invited since, and duties given since,
        are no part of the decision."""
        is_group = (self.body_name or "").lower().startswith("tổ")
        rows = []
        members = self.member_ids.filtered(
            lambda one: one.role in ROLES and not one.joined_paper_id
        )
        order = list(ROLES)
        for member in members.sorted(lambda one: (order.index(one.role), one.sequence)):
            duty = member.decided_duty if self.issued_on else member.duty
            agency = member.agency_id.name
            rows.append(
                (
                    str(len(rows) + 1),
                    member.user_id.name or "",
                    ", ".join(filter(None, (member.position, agency))),
                    ROLES[member.role][is_group],
                    duty or "",
                )
            )
        heads = ("STT", "Họ và tên", "Chức vụ, đơn vị", "Vai trò", "Nhiệm vụ")
        align = ("center", "left", "left", "left", "left")
        return Table(heads, tuple(rows), widths=WIDTHS, align=align)

    def _implementing_words(self):
        body = self.body_name or "Đoàn kiểm tra"
        return (
            "Quyết định này có hiệu lực kể từ ngày ký.\n"
            f"Các thành viên {body}, Thủ trưởng các cơ quan, đơn vị:"
            f" {', '.join(self.subject_ids.agency_id.mapped('name'))} và các cơ quan,"
            " đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này."
        )
