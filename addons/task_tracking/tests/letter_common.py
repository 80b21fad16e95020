# SPDX-License-Identifier: LGPL-3.0-or-later
"""One letter of each kind, as an inspection has them."""

from datetime import UTC, date, datetime

from odoo.addons.task_tracking.logic.letter import (
    Article,
    Heading,
    Items,
    Letter,
    Paragraph,
    Signature,
    Table,
)

#: What users may write: it stays what it is.
STRANGE = "Nguyễn <b>A</b> & {{ 7 * 7 }} {% if x %} &lt; ${y}"

_HEAD = {
    "parent_body": "Ủy ban nhân dân tỉnh Khánh Hòa",
    "issuing_body": "Văn phòng",
    "place": "Khánh Hòa",
    "made_on": datetime(2026, 2, 5, 2, 30, tzinfo=UTC),
}
_SIGNER = {
    "signer_title": "KT. Chủ tịch\nPhó Chủ tịch",
    "signer_name": "Trần Thị B",
}

DECISION = Letter(
    kind="decision",
    issuing_body="Ủy ban nhân dân tỉnh Khánh Hòa",
    place="Khánh Hòa",
    number="5/QĐ-UBND",
    dated_on=date(2026, 2, 5),
    abstract="Về việc thành lập Đoàn kiểm tra việc thực hiện nhiệm vụ do Ủy ban nhân"
    " dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh giao",
    authority="Chủ tịch Ủy ban nhân dân tỉnh",
    grounds=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Quyết định số 26/2026/QĐ-UBND ngày 20 tháng 3 năm 2026 của Ủy ban nhân"
        " dân tỉnh;",
    ),
    proposer="Theo đề nghị của Chánh Văn phòng Ủy ban nhân dân tỉnh",
    blocks=(
        Article(1, "Thành lập Đoàn kiểm tra gồm các ông, bà có tên sau:"),
        Table(
            ("STT", "Họ và tên", "Chức vụ, đơn vị", "Nhiệm vụ"),
            (
                ("1", STRANGE, "Phó Chánh Văn phòng", "Trưởng đoàn"),
                ("2", "Lê Văn C", "Sở Tài chính\nPhòng Ngân sách", "Thành viên"),
            ),
            widths=(10, 45, 70, 40),
            align=("center", "left", "left", "left"),
        ),
        Article(
            2,
            "Nội dung kiểm tra:\n- Việc tổ chức thực hiện;\n- Việc cập nhật.",
            title="Nội dung, thời hạn",
        ),
        Article(3, "Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này."),
    ),
    recipients="Như Điều 3\nChủ tịch, các Phó Chủ tịch UBND tỉnh",
    filed="VT, TH",
    **_SIGNER,
)
REPORT = Letter(
    kind="report",
    number="12/BC-VP",
    dated_on=date(2026, 10, 15),
    abstract="Kết quả kiểm tra tại Sở Tài chính",
    addressees=("Chủ tịch Ủy ban nhân dân tỉnh",),
    blocks=(
        Heading("Phần thứ nhất", 0),
        Heading("I. Kết quả thực hiện", 1),
        Heading("1. Việc cập nhật", 2),
        Paragraph(f"{STRANGE}\n\nDòng\tthứ hai của   người viết."),
        Items(("Cập nhật chậm 02 nhiệm vụ;", "Đúng hạn 10 nhiệm vụ.")),
        Heading("II. Kiến nghị", 1),
        Paragraph("Đề nghị Sở Tài chính khắc phục. " * 40 + "\nTrân trọng./."),
    ),
    signer_title="Chánh Văn phòng",
    signer_note="(Ký, đóng dấu và ghi rõ họ, tên)",
    **_HEAD,
)
PLAN = Letter(
    kind="plan",
    abstract="Kiểm tra năm 2026",
    grounds=("Căn cứ Quyết định số 26/2026/QĐ-UBND.",),
    blocks=(
        Heading("I. Đối tượng kiểm tra"),
        Table(
            ("Cơ quan", "Số nhiệm vụ"),
            (("Sở Tài chính", "12"), ("Sở Xây dựng", "7")),
            align=("left", "right"),
        ),
    ),
    recipients=("Các cơ quan có tên tại mục I;",),
    **_HEAD,
    **_SIGNER,
)
LETTER = Letter(
    kind="letter",
    number="/VP-TH",
    abstract="yêu cầu báo cáo việc thực hiện nhiệm vụ được giao",
    addressees="Sở Tài chính\nSở Xây dựng;\nỦy ban nhân dân phường Nha Trang.",
    blocks=(Paragraph("Văn phòng đề nghị các cơ quan báo cáo trước ngày 10/3/2026."),),
    **_HEAD,
    **_SIGNER,
)
NOTICE = Letter(
    kind="notice",
    number="07/TB-VP",
    dated_on=date(2026, 12, 25),
    abstract="Kết luận kiểm tra tại Sở Tài chính",
    blocks=(Paragraph("Kết luận như sau: đạt yêu cầu;"),),
    recipients=("Sở Tài chính",),
    **_HEAD,
    **_SIGNER,
)
MINUTES = Letter(
    kind="minutes",
    number="3/BB-ĐKT",
    dated_on=date(2026, 3, 9),
    abstract="Kiểm tra tại Sở Tài chính",
    blocks=(
        Paragraph("Thời gian bắt đầu: 08 giờ 00, ngày 09 tháng 3 năm 2026"),
        Paragraph("Cuộc kiểm tra kết thúc vào 11 giờ 30, ngày 09 tháng 3 năm 2026"),
    ),
    signatures=(
        Signature("Thư ký", "(Chữ ký)", "Lê Văn C"),
        Signature("Đại diện cơ quan\nđược kiểm tra", "(Chữ ký, dấu)", "Phạm D"),
    ),
    signer_title="Trưởng đoàn kiểm tra",
    signer_note="(Chữ ký)",
    signer_name="Trần Thị B",
    **_HEAD,
)
ALL = (DECISION, REPORT, PLAN, LETTER, NOTICE, MINUTES)
