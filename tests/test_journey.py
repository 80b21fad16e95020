"""The main job from end to end, in a real browser, as its users do it.

One directive with three tasks and two files: two agencies receive; one asks for an
extension and the Chairman grants it on a phone; one hands in a result that is refused
and then confirmed; the third task is handed back and reassigned; then Phụ lục I and II
come out and their figures add up.
"""

import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

SPECIALIST = "Chuyên viên Phòng Kinh tế"
MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
FINANCE_OFFICER = "Đầu mối Sở Tài chính"
FINANCE_HEAD = "Giám đốc Sở Tài chính"
BUILDING_OFFICER = "Đầu mối Sở Xây dựng"
BUILDING_HEAD = "Giám đốc Sở Xây dựng"
FARMING_HEAD = "Giám đốc Sở Nông nghiệp và Môi trường"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}

# A machine that runs the whole of bin/test is slow to answer, and that is no failure.
expect.set_options(timeout=30_000)

ABSTRACT = "Về việc hành trình kiểm thử từ đầu đến cuối"
FINANCE_TASK = "Hành trình: báo cáo kết quả giải ngân vốn đầu tư công"
BUILDING_TASK = "Hành trình: trình phương án phân luồng giao thông"
RETURNED_TASK = "Hành trình: hoàn thành rà soát đất bãi bồi ven sông"


def day(offset):
    """A day as a Vietnamese user types it."""
    return (date.today() + timedelta(days=offset)).strftime("%d/%m/%Y")  # noqa: DTZ011


def file(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def add_task(page, content, agency, deadline):
    """Type one line of the directive's tasks with the keyboard, as a clerk does."""
    page.click(".o_task_lines .o_field_x2many_list_row_add a")
    row = page.locator(".o_task_lines .o_selected_row")
    row.locator("[name=name] textarea").fill(content)
    row.locator("[name=lead_agency_ids] input").press_sequentially(agency)
    page.locator(".o-autocomplete--dropdown-item", has_text=agency).first.click()
    row.locator("[name=deadline] :is(input, button)").first.click()
    row.locator("[name=deadline] input").fill(deadline)
    row.locator("[name=deadline] input").press("Tab")


def open_assignment(page, province, content):
    """Open the assignment whose task reads `content`, by searching for it."""
    page.goto(f"{province.url}/odoo/assignments")
    page.wait_for_selector(".o_list_view, .o_kanban_view, .o_view_nocontent")
    page.goto(f"{province.url}/odoo/assignments?view_type=list")
    search = page.locator(".o_searchview_input")
    search.fill(content)
    search.press("Enter")
    page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=content
    ).first.click()
    expect(page.locator(".o_task_assignment")).to_contain_text(content)


def state(page):
    return page.locator(".o_statusbar_status .o_arrow_button_current").get_attribute(
        "data-value"
    )


@pytest.fixture(scope="module")
def directive():
    """What the steps of the journey hand on to each other."""
    return {}


def test_1_specialist_registers_and_assigns(enter, province, directive, shoot):
    page = enter(SPECIALIST)
    page.goto(f"{province.url}/odoo/directives/new")
    page.fill("[name=number] input", "9001")
    page.fill("[name=notation] input", "UBND-KT")
    page.fill("[name=abstract] textarea", ABSTRACT)
    page.set_input_files(
        "[name=attachment_ids] input[type=file]",
        [file("van-ban.txt", "Toàn văn"), file("phu-luc.txt", "Phụ lục")],
    )
    expect(page.locator("[name=attachment_ids] .o_attachment")).to_have_count(2)
    add_task(page, FINANCE_TASK, "Sở Tài chính", day(5))
    add_task(page, BUILDING_TASK, "Sở Xây dựng", day(10))
    add_task(page, RETURNED_TASK, "Sở Nông nghiệp và Môi trường", day(15))
    page.click("button[name=action_release]")
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "released")
    shoot(page, "journey-1-directive")
    directive["url"] = page.url


@pytest.mark.parametrize(
    ("role", "task"),
    [(FINANCE_OFFICER, FINANCE_TASK), (BUILDING_OFFICER, BUILDING_TASK)],
)
def test_2_agencies_receive(enter, province, role, task):
    page = enter(role)
    open_assignment(page, province, task)
    page.click("button[name=action_receive]")
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "doing")


def test_2b_agency_reads_the_files_of_the_directive(enter, province):
    """The agency opens the directive from its assignment and finds both files."""
    page = enter(FINANCE_OFFICER)
    open_assignment(page, province, FINANCE_TASK)
    page.locator("[name=document_id] a").first.click()
    expect(page.locator("[name=attachment_ids] .o_attachment")).to_have_count(2)
    with page.expect_download() as download:
        page.locator("[name=attachment_ids] .o_attachment a").first.click()
    assert download.value.suggested_filename in ("van-ban.txt", "phu-luc.txt")


def test_3_head_asks_for_an_extension(enter, province, shoot):
    page = enter(FINANCE_HEAD)
    open_assignment(page, province, FINANCE_TASK)
    page.click("button[name=action_new_extension]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill("Cần thêm thời gian tổng hợp số liệu")
    dialog.locator("[name=new_deadline] :is(input, button)").first.click()
    dialog.locator("[name=new_deadline] input").fill(day(20))
    dialog.locator("[name=new_deadline] input").press("Tab")
    dialog.locator("button[name=action_submit]").click()
    expect(page.locator(".modal")).to_have_count(0)
    page.locator(".o_notebook_headers [name=extensions]").click()
    expect(page.locator("[name=extension_ids] .o_data_row")).to_have_count(1)
    shoot(page, "journey-3-extension-asked")


def test_3b_chairman_grants_it_on_a_phone(enter, province, shoot):
    page = enter(CHAIRMAN, **PHONE)
    page.goto(f"{province.url}/odoo/desk")
    page.locator("[data-section=extensions] .card-header").click()
    page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=FINANCE_TASK
    ).first.click()
    page.locator("button[name=action_accept]").click()
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "accepted")
    shoot(page, "journey-3b-extension-granted-phone")


def test_3c_the_deadline_moved(enter, province):
    page = enter(FINANCE_HEAD)
    open_assignment(page, province, FINANCE_TASK)
    expect(page.locator(".o_field_widget[name=deadline]")).to_contain_text(day(20))
    expect(page.locator(".o_field_widget[name=first_deadline]")).to_contain_text(day(5))


def hand_in(page, text, name):
    page.click("button[name=action_new_result]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(text)
    dialog.locator("[name=attachment_ids] input[type=file]").set_input_files(
        [file(name, text)]
    )
    expect(dialog.locator("[name=attachment_ids] .o_attachment")).to_have_count(1)
    dialog.locator("button[name=action_submit]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "submitted")


def test_4_result_refused(enter, province, shoot):
    page = enter(BUILDING_HEAD)
    open_assignment(page, province, BUILDING_TASK)
    hand_in(page, "Đã trình phương án, chưa kèm bản vẽ", "phuong-an.txt")
    page = enter(SPECIALIST)
    open_assignment(page, province, BUILDING_TASK)
    page.click("button[name=action_open_waiting]")
    dialog = page.locator(".modal")
    dialog.locator("[name=answer] textarea").fill("Bổ sung bản vẽ phân luồng")
    shoot(page, "journey-4-answer-the-result")
    dialog.locator("button[name=action_refuse]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "doing")


def test_4b_second_result_confirmed(enter, province):
    page = enter(BUILDING_HEAD)
    open_assignment(page, province, BUILDING_TASK)
    hand_in(page, "Đã trình phương án kèm bản vẽ", "ban-ve.txt")
    page = enter(SPECIALIST)
    open_assignment(page, province, BUILDING_TASK)
    page.click("button[name=action_open_waiting]")
    page.locator(".modal button[name=action_accept]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "done")


def test_5_third_task_handed_back_and_reassigned(enter, province, shoot):
    page = enter(FARMING_HEAD)
    open_assignment(page, province, RETURNED_TASK)
    page.click("button[name=action_new_return]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill("Không thuộc chức năng của Sở")
    dialog.locator("button[name=action_submit]").click()
    expect(page.locator(".modal")).to_have_count(0)
    page = enter(MANAGER)
    open_assignment(page, province, RETURNED_TASK)
    page.locator("button[name=action_open_waiting]:visible").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=new_agency_ids] input").press_sequentially("Sở Xây dựng")
    page.locator(".o-autocomplete--dropdown-item", has_text="Sở Xây dựng").first.click()
    dialog.locator("button[name=action_accept]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "withdrawn")
    page = enter(BUILDING_OFFICER)
    open_assignment(page, province, RETURNED_TASK)
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", "released")
    shoot(page, "journey-5-reassigned")


def figures(page):
    """The numbers of Phụ lục I on the screen, by the code of their line."""
    lines = page.locator(".o_phu_luc_form [data-code]").all()
    numbers = {
        line.get_attribute("data-code"): line.locator("td").nth(1).inner_text().strip()
        for line in lines
    }
    # The headings of the form's parts carry no figure.
    return {code: int(number) for code, number in numbers.items() if number}


def test_6_phu_luc_adds_up_on_screen_and_paper(enter, province, shoot, tmp_path):
    """Phụ lục I and II come out for the whole province, and the figures add up."""
    page = enter(MANAGER)
    page.goto(f"{province.url}/odoo/phu-luc")
    page.wait_for_selector(".o_phu_luc_form")
    shown = figures(page)
    assert shown["total"] == sum(
        shown[code]
        for code in (
            "programme",
            "conclusion",
            "adhoc",
            "carried_in_time",
            "carried_extended",
            "carried_overdue",
        )
    )
    assert shown["total"] == shown["completed"] + shown["open"]
    assert shown["total"] > 0
    assert shown["completed"] == shown["completed_on_time"] + shown["completed_late"]
    assert shown["open"] == sum(
        shown[code] for code in ("open_extended", "open_in_time", "open_overdue")
    )
    shoot(page, "journey-6-phu-luc")

    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_print]")
    pages = PdfReader(download.value.path()).pages
    text = "".join(one.extract_text() for one in pages)
    assert re.search(rf"được giao trong kỳ báo cáo:\s*{shown['total']}\b", text)
    assert pages[0].mediabox.width < pages[0].mediabox.height
    assert pages[-1].mediabox.width > pages[-1].mediabox.height

    with page.expect_download() as download:
        page.click("button[name=action_export]")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    listed = [
        row
        for row in book["Phụ lục II"].iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    assert len(listed) == shown["total"]
