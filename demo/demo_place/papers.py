"""Small real papers: a directive, a reply, as PDF in the shape of Nghị định 30."""

from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

#: Metrically the same as Times New Roman (Nghị định 30), with Vietnamese letters.
FONT = "LiberationSerif"
MOTTO = "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc</b>"


@cache
def has_fonts():
    """Register the font; False if this machine has none with Vietnamese letters."""
    try:
        for style in ("Regular", "Bold", "Italic", "BoldItalic"):
            pdfmetrics.registerFont(TTFont(f"{FONT}-{style}", f"{FONT}-{style}.ttf"))
    except TTFError:
        return False
    pdfmetrics.registerFontFamily(
        f"{FONT}-Regular", *(f"{FONT}-{one}" for one in _STYLES)
    )
    return True


_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def paper(stem, *, issuer, reference, place_day, title, paragraphs, signed):
    """Return (file name, bytes) of a paper: a PDF, or plain text without the font."""
    if not has_fonts():
        lines = [issuer, f"Số: {reference}", place_day, title, *paragraphs, signed]
        return f"{stem}.txt", "\n\n".join(lines).encode()
    centre = _style(13, TA_CENTER)
    body = _style(14, TA_JUSTIFY, firstLineIndent=36, spaceBefore=6)
    head = [
        [
            Paragraph(f"<b>{escape(issuer.upper())}</b>", centre),
            Paragraph(MOTTO, centre),
        ],
        [
            Paragraph(f"Số: {escape(reference)}", centre),
            Paragraph(f"<i>{escape(place_day)}</i>", centre),
        ],
    ]
    story = [
        Table(head, colWidths=[70 * mm, 90 * mm]),
        Spacer(1, 14),
        Paragraph(f"<b>{escape(title)}</b>", _style(14, TA_CENTER)),
        Spacer(1, 8),
        *(Paragraph(escape(text), body) for text in paragraphs),
        Spacer(1, 18),
        Table(
            [["", Paragraph(f"<b>{escape(signed.upper())}</b>", centre)]],
            colWidths=[80 * mm, 80 * mm],
        ),
    ]
    buffer = BytesIO()
    SimpleDocTemplate(
        buffer,
        pagesize=A4,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        leftMargin=30 * mm,
        rightMargin=15 * mm,
        title=title,
        author=issuer,
        invariant=1,
    ).build(story)
    return f"{stem}.pdf", buffer.getvalue()


def _style(size, alignment, **more):
    return ParagraphStyle(
        f"{size}-{alignment}",
        fontName=f"{FONT}-Regular",
        fontSize=size,
        leading=size * 1.25,
        alignment=alignment,
        **more,
    )


def place_and_day(seat, day):
    """Khánh Hòa, ngày 05 tháng 02 năm 2026 (Nghị định 30: a 0 before days < 10 and
    months 1 and 2)."""
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"{seat}, ngày {day.day:02} tháng {month} năm {day.year}"
