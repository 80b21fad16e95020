"""The signed papers of an inspection, and a picture taken on the spot."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics

from . import papers
from .directives import vietnamese


class Papers:
    """Part of `inspection_life.Life`: each paper with its number, day and scan."""

    @property
    def initials(self):
        """As notations have it: ĐKT of Đoàn kiểm tra, TCT of Tổ công tác."""
        if not self.has_team:
            return self.all.given["notation"]
        return "".join(word[0] for word in self.all.body.split()).upper()

    @property
    def leader_title(self):
        """How who leads signs: TRƯỞNG ĐOÀN, TỔ TRƯỞNG; alone: the own position."""
        if not self.has_team:
            return self.leader.name.upper()
        kind = self.all.body.split()[0].upper()
        return "TỔ TRƯỞNG" if kind == "TỔ" else f"TRƯỞNG {kind}"

    @property
    def issuer(self):
        """Whose papers they are; None: the Committee's."""
        return self.all.body if self.has_team else None

    def signed_by_team(self, user, number, title, paragraphs):
        """The scan of a paper that who leads has signed."""
        return self.all.signed(
            user,
            number,
            title,
            paragraphs,
            issuer=self.issuer,
            signed=f"{self.leader_title} – {self.signatory.name}",
        )

    def new_paper(self, user, kind, **vals):
        return self.sim.model("task.inspection.paper", user).create(
            {
                "inspection_id": self.inspection.id,
                "kind": kind,
                "dated_on": self.sim.day,
                **vals,
            }
        )

    def write_decision(self):
        """The decision as it was signed and numbered, and the leader's instruction of
        what no plan has."""
        user = self.secretary
        if not self.planned:
            self.write_instruction(user)
        if not self.has_team:
            return
        number = self.all.number("QĐ", 2600)
        one = self.inspection
        name = f"{one.name[:1].lower()}{one.name[1:]}"
        body = self.words.pick(
            "inspection_decision",
            team=self.all.body,
            agencies=self.names,
            first=vietnamese(self.first),
            last=vietnamese(self.last),
        )
        members = [f"{member.display_name}: {member.duty}" for member in one.member_ids]
        grounds = [f"Căn cứ {line};" for line in one.legal_basis.splitlines()]
        self.new_paper(
            user,
            "decision",
            number=number,
            abstract=f"Về việc {name}",
            body=body,
            **self.all.signer("chairman"),
            attachment_ids=self.all.signed(
                user,
                number,
                f"QUYẾT ĐỊNH Về việc {name}",
                [*grounds, one.scope, body, *members],
            ),
        )

    def write_instruction(self, user):
        key = "inspection_instruction"
        values = {"agencies": self.names}
        if not self.has_team:
            key, values["deputy"] = "inspection_instruction_alone", self.leader.name
        body = self.words.pick(key, **values)
        number = self.all.number("CĐ", 900)
        self.new_paper(
            user,
            "instruction",
            number=number,
            abstract=f"Ý kiến chỉ đạo kiểm tra đối với {self.names}",
            body=body,
            **self.all.signer("chairman"),
            attachment_ids=self.all.signed(user, number, "Ý KIẾN CHỈ ĐẠO", [body]),
        )

    def request(self, subject):
        """The agency is asked for its report and papers."""
        user = subject.env.user
        agency = self.sim.people.by_partner[subject.agency_id.id]
        began = self.inspection.paper_ids.filtered(
            lambda paper: paper.kind in ("decision", "instruction")
        ).sorted("kind")
        number = self.all.number("YC", 120, self.initials)
        body = self.words.pick(
            "inspection_request",
            decision=began[:1].number,
            agency=agency.name,
            day=vietnamese(subject.report_due_on),
        )
        paper = self.new_paper(
            user,
            "request",
            subject_id=subject.id,
            number=number,
            abstract="Báo cáo và cung cấp tài liệu phục vụ kiểm tra",
            body=body,
            signer_title=self.leader_title,
            signer_name=self.signatory.name,
            attachment_ids=self.signed_by_team(
                user, number, "Yêu cầu báo cáo, cung cấp tài liệu", [body]
            ),
        )
        paper.action_issue()


def photograph(day):
    """A picture of the clerk's register, as a telephone takes it: (name, bytes)."""
    picture = Image.new("RGB", (900, 640), (176, 160, 138))
    page = Image.new("RGB", (820, 560), (250, 247, 236))
    draw = ImageDraw.Draw(page)
    draw.text((250, 24), "SỔ THEO DÕI GIAO VIỆC", (40, 40, 60), _letters(30))
    columns = (20, 80, 430, 610, 800)
    heads = ("TT", "Nội dung công việc", "Người thực hiện", "Thời hạn")
    works = ("Báo cáo giải ngân", "Rà soát quỹ đất", "Góp ý dự thảo", "Trả lời đơn")
    for x, head in zip(columns, heads, strict=False):
        draw.text((x + 8, 92), head, (40, 40, 60), _letters(21))
    for row, work in enumerate(works):
        y = 152 + 74 * row
        draw.text((34, y), str(row + 1), (30, 50, 140), _letters(22))
        draw.text((92, y), work, (30, 50, 140), _letters(24))
    draw.text((440, 152), "Ng. V. Hải", (30, 50, 140), _letters(24))
    draw.text((620, 152), vietnamese(day), (30, 50, 140), _letters(22))
    for x in columns:
        draw.line((x, 82, x, 442), (120, 120, 120), 2)
    for y in range(82, 443, 72):
        draw.line((20, y, 800, y), (120, 120, 120), 2)
    draw.rectangle((432, 228, 798, 440), outline=(200, 60, 50), width=4)
    turned = page.rotate(-3, expand=True, fillcolor=(176, 160, 138))
    picture.paste(turned, (24, 8))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=72)
    return f"IMG_{day:%Y%m%d}_093015.jpg", buffer.getvalue()


@cache
def _letters(size):
    """The font of the papers; Pillow's own where this machine has none."""
    if not papers.has_fonts():
        return ImageFont.load_default(size)
    face = pdfmetrics.getFont(f"{papers.FONT}-Regular").face
    return ImageFont.truetype(face.filename, size)
