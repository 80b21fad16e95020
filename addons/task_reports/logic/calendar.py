# SPDX-License-Identifier: LGPL-3.0-or-later
"""What periodic reports are called, in the words of the forms (Vietnamese)."""

from .form import day_text, period_name

#: Topic → what the report is called.
TITLES = {
    "figures": "Báo cáo",
    "year_end_list": "Danh mục liệt kê nhiệm vụ cuối",
    "regulation": "Báo cáo thực hiện Quy chế",
}
ADHOC = "adhoc"


def report_name(topic, kind, year, number, date_from, date_to, title=""):
    """Return the name of a period's report: "Báo cáo tháng 3 năm 2026"."""
    if kind == ADHOC:
        words = title or "Báo cáo đột xuất"
        return f"{words} (số liệu đến {day_text(date_to)})"
    period = period_name(kind, year, number, date_from, date_to)
    return f"{TITLES[topic]} {period}"


def period_words(kind, year, number, date_from, date_to):
    """Return what stands in "(Kỳ báo cáo …)"."""
    if kind == ADHOC:
        return f"từ ngày {day_text(date_from)} đến ngày {day_text(date_to)}"
    return period_name(kind, year, number, date_from, date_to)
