"""A periodic report from its draft to the agencies that read it, in a real browser.

Khánh Hòa's running ad hoc report: an officer explains and writes, the head signs and
sends; an agency without tasks sends a nil report with one click; the Office's manager
sees who has sent, writes with the agencies' words at hand, submits; a leader reads it
on a phone, opens a number down to its assignments and publishes; an agency reads it.
Then the same figures are read back from screen, PDF, XLSX and Word, and the layout of
Nghị định 30/2020/NĐ-CP is measured in the PDF.
"""

import io
import re
import zipfile

import journey_steps as steps
import pytest
from journey_steps import PHONE
from playwright.sync_api import expect
from pypdf import PdfReader
from screen import (
    confirm,
    expect_state,
    open_record,
    press,
    save,
    settle,
    tab,
    visit,
    write,
    write_cell,
)

OFFICER = "Đầu mối Sở Nông nghiệp và Môi trường"
HEAD = "Giám đốc Sở Nông nghiệp và Môi trường"
AGENCY = "Sở Nông nghiệp và Môi trường"
OTHER_OFFICER = "Đầu mối Sở Tài chính"
MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
#: What the demonstration's second ad hoc report is called.
TITLE = "Báo cáo đột xuất phục vụ họp giao ban"
CAUSES = "Hành trình: phải chờ số liệu của các địa phương."
DIFFICULTIES = "Hành trình: đề nghị bố trí kinh phí."
OFFICE_CAUSES = "Hành trình: các cơ quan chờ số liệu của nhau."
MM = 72 / 25.4


@pytest.fixture(scope="module")
def told():
    """What one step saw and a later one compares with."""
    return {}


def open_from_desk(page, province, section):
    visit(page, f"{province.url}/odoo/desk")
    page.locator(f"[data-section={section}] li button", has_text=TITLE).first.click()
    expect(page.locator(".o_form_view")).to_be_visible()
    settle(page)


def write_texts(page, causes, difficulties):
    tab(page, "texts")
    form = page.locator(".o_form_view")
    write(page, form, causes=causes, difficulties=difficulties)


def test_1_officer_explains_and_writes(enter, province, shoot):
    """What must be explained stands there already; the draft is kept."""
    page = enter(OFFICER)
    open_from_desk(page, province, "reports")
    tab(page, "reasons")
    rows = page.locator("[name=reason_ids] .o_data_row")
    expect(rows.first).to_be_visible()
    for number in range(rows.count()):
        words = f"Hành trình: lý do {number + 1}"
        write_cell(page, rows.nth(number), "reason", words)
    shoot(page, "reports-1-explained")
    write_texts(page, CAUSES, DIFFICULTIES)
    save(page)
    shoot(page, "reports-1-written")


def test_2_head_signs_and_sends(enter, province, shoot):
    page = enter(HEAD)
    open_from_desk(page, province, "reports")
    tab(page, "texts")
    expect(page.locator("[name=causes] textarea")).to_have_value(CAUSES)
    press(page, "action_submit")
    confirm(page)
    expect_state(page, "submitted")
    expect(page.locator("[name=causes] textarea")).to_have_count(0)
    shoot(page, "reports-2-sent")


def test_3_nil_report_in_one_click(enter, province, shoot):
    """An agency without tasks has nothing to write."""
    page = enter(f"{province.place.journey['idle']}.lanhdao", **PHONE)
    open_from_desk(page, province, "reports")
    press(page, "action_submit_nil")
    expect_state(page, "submitted")
    shoot(page, "reports-3-nil-phone")


def test_4_manager_sees_who_sent_who_is_late_who_never_did(enter, province, shoot):
    page = enter(MANAGER)
    open_from_desk(page, province, "reports_to_compile")
    tab(page, "received")
    received = page.locator("[name=received_ids]")
    row = received.locator(".o_data_row", has_text=AGENCY)
    expect(row.locator(".text-bg-success")).to_have_count(1)
    waiting = received.locator(".o_data_row", has_text="Sở Tài chính")
    expect(waiting.locator(".text-bg-success")).to_have_count(0)
    shoot(page, "reports-4-received")
    # of the periods before: one agency was late, one never sent
    visit(page, f"{province.url}/odoo/report-periods?view_type=list")
    expect(page.locator(".o_data_row").first).to_be_visible()
    rows = [
        one
        for one in page.locator(".o_data_row").all()
        if one.locator("[name=late_count]").inner_text() != "0"
        and one.locator("[name=missing_count]").inner_text() != "0"
    ]
    rows[0].locator("[name=name]").click()
    reports = page.locator("[name=report_ids]")
    expect(reports.locator(".text-bg-warning").first).to_be_visible()
    expect(reports.locator(".text-bg-danger").first).to_be_visible()
    shoot(page, "reports-4-period")


def test_5_manager_compiles_with_the_agencies_words_at_hand(
    enter, province, shoot, told
):
    page = enter(MANAGER)
    open_from_desk(page, province, "reports_to_compile")
    tab(page, "texts")
    expect(page.locator("[name=told_ids]")).to_contain_text(CAUSES)
    write_texts(page, OFFICE_CAUSES, DIFFICULTIES)
    shoot(page, "reports-5-compiled")
    press(page, "action_submit")
    confirm(page)
    expect_state(page, "submitted")
    tab(page, "figures")
    steps.see_figures(page)
    told["figures"] = steps.figures(page)
    assert told["figures"]["total"] > 0
    told["url"] = page.url
    shoot(page, "reports-5-submitted")


def test_6_leader_reads_on_a_phone_and_publishes(enter, province, shoot, told):
    page = enter(CHAIRMAN, **PHONE)
    open_from_desk(page, province, "reports_submitted")
    steps.see_figures(page)
    assert steps.figures(page) == told["figures"]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]
    shoot(page, "reports-6-phone")
    page.locator("[data-code=open_overdue] button").first.click()
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(min(40, told["figures"]["open_overdue"]))
    shoot(page, "reports-6-assignments-phone")
    page.go_back()
    press(page, "action_publish")
    expect(page.locator("button[name=action_publish]:visible")).to_have_count(0)
    expect(page.locator(".o_field_widget[name=published_on]")).to_be_visible()


def test_7_agency_reads_what_was_published(enter, province, shoot, told):
    page = enter(OTHER_OFFICER)
    visit(page, f"{province.url}/odoo/published-reports?view_type=list")
    open_record(page, TITLE, "period_id")
    steps.see_figures(page)
    assert steps.figures(page) == told["figures"]
    tab(page, "texts")
    expect(page.locator(".o_field_widget[name=causes]")).to_contain_text(OFFICE_CAUSES)
    # what other agencies wrote to the Office is not for them
    expect(page.locator("[name=told_ids]")).to_have_count(0)
    shoot(page, "reports-7-published")


def test_8_paper_and_files_tell_the_same(enter, province, told):
    page = enter(MANAGER)
    steps.open_figures(page, told["url"])
    steps.check_pdf(page, told["figures"])
    steps.check_book(page, told["figures"])
    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_word]")
    with zipfile.ZipFile(download.value.path()) as document:
        xml = document.read("word/document.xml").decode()
    text = re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n"))
    total = told["figures"]["total"]
    assert re.search(rf"được giao trong kỳ báo cáo:\s*{total}\b", text)
    assert OFFICE_CAUSES in text


def test_9_layout_of_the_decree(enter, province, told):
    """Nghị định 30/2020, Phụ lục I: margins, sizes, page numbers, the annex's own."""
    page = enter(MANAGER)
    steps.open_figures(page, told["url"])
    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_print]")
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    upright = [one for one in pages if one.mediabox.width < one.mediabox.height]
    for some in (upright, pages[len(upright) :]):
        numbers = [page_number(one) for one in some]
        assert numbers == [None, *range(2, len(some) + 1)]
    for one in upright:
        lefts = [x for _text, x, _y, _size in pieces(one)]
        assert 30 * MM - 1 <= min(lefts) <= 40 * MM
        body = [y for text, _x, y, _size in pieces(one) if len(text) > 20]
        assert min(body) >= 20 * MM - 1
        assert max(body) <= float(one.mediabox.height) - 20 * MM + 1
    sizes = {round(size, 1) for _text, _x, _y, size in pieces(upright[-1])}
    assert sizes <= {11, 12, 13, 14}, sizes
    first = {text: size for text, _x, _y, size in pieces(pages[0])}
    motto = next(text for text in first if "Độc lập" in text)
    assert 12.9 <= first[motto] <= 14.1


def pieces(page):
    """(text, x, y, size) of what is written on a page of a PDF, in points."""
    found = []

    def visit(text, cm, tm, _font, size):
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3])
        found.append((text.strip(), float(x), float(y), float(size * scale)))

    page.extract_text(visitor_text=visit)
    return found


def page_number(page):
    """What stands in the middle of the top margin, None where nothing does."""
    top = float(page.mediabox.height) - 20 * MM
    middle = float(page.mediabox.width) / 2
    found = [(text, x) for text, x, y, _size in pieces(page) if y > top]
    assert all(abs(x - middle) < 20 * MM for _text, x in found)
    return int("".join(text for text, _x in found)) if found else None
