"""Steps that the journeys share: how an official does one thing on the screen."""

import io
import re
from datetime import datetime, timedelta

from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader
from pytz import timezone
from screen import (
    add_row,
    choose_record,
    fill_day,
    settle,
    write,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}

#: Of several buttons of one name, the words on the one that is meant.
REASSIGN, HAND_BACK = "Giao cơ quan khác", "Chuyển lại"

#: The server and the people in it reckon by this clock, whatever the machine's is.
CLOCK = timezone("Asia/Ho_Chi_Minh")
#: The day on which the journeys began: one that lasts over midnight keeps its dates.
BEGUN = datetime.now(CLOCK).date()


def day(offset):
    """A day as a Vietnamese user types it."""
    return (BEGUN + timedelta(days=offset)).strftime("%d/%m/%Y")


def file(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def search(page, words):
    """Search a list for `words`, as the first field that the search view offers."""
    rows = page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")
    # the list can be searched before its first rows are there, which then come late
    expect(rows.or_(page.locator(".o_view_nocontent")).first).to_be_visible()
    settle(page)
    page.locator(".o_searchview_input").fill(words)
    # Enter is nobody's key from the first letter until the proposals are drawn
    expect(
        page.locator(".o_searchview_autocomplete .o-dropdown-item.focus")
    ).to_contain_text(words)
    page.keyboard.press("Enter")
    expect(page.locator(".o_searchview_facet", has_text=words)).to_be_visible()
    settle(page)
    expect(rows.filter(has_not_text=words)).to_have_count(0)


def add_task(page, content, agency, deadline):
    """Type one line of the directive's tasks, as a clerk does."""
    row = add_row(page, "task_ids")
    write(page, row, name=content)
    choose_record(page, row, "lead_agency_ids", agency)
    fill_day(page, row, "deadline", deadline)


def open_assignment(page, province, content):
    """Open the assignment whose task reads `content`, by searching for it."""
    page.goto(f"{province.url}/odoo/assignments")
    page.wait_for_selector(".o_list_view, .o_kanban_view, .o_view_nocontent")
    page.goto(f"{province.url}/odoo/assignments?view_type=list")
    search(page, content)
    page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=content
    ).first.click()
    expect(page.locator(".o_task_assignment")).to_contain_text(content)


def expect_state(page, value):
    """The record on the page stands in this state."""
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", value)


def register(page, province, number, abstract, files=()):
    """Begin a directive as the specialist: its number, words and files."""
    page.goto(f"{province.url}/odoo/directives/new")
    page.fill("[name=number] input", number)
    page.fill("[name=notation] input", "UBND-KT")
    page.fill("[name=abstract] textarea", abstract)
    page.set_input_files("[name=attachment_ids] input[type=file]", list(files))
    expect(page.locator("[name=attachment_ids] .o_attachment")).to_have_count(
        len(files)
    )


def release(page):
    page.click("button[name=action_release]")
    expect_state(page, "released")


def receive(page):
    page.click("button[name=action_receive]")
    expect_state(page, "doing")


def submit(page, dialog):
    """Send what stands in the dialog; it closes when the server took it."""
    dialog.locator("button[name=action_submit]").click()
    expect(page.locator(".modal")).to_have_count(0)


def ask_extension(page, text, deadline):
    page.click("button[name=action_new_extension]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(text)
    dialog.locator("[name=new_deadline] :is(input, button)").first.click()
    dialog.locator("[name=new_deadline] input").fill(deadline)
    dialog.locator("[name=new_deadline] input").press("Tab")
    submit(page, dialog)
    page.locator(".o_notebook_headers [name=extensions]").click()
    expect(page.locator("[name=extension_ids] .o_data_row")).to_have_count(1)


def grant_extension(page, province, content):
    """The leader grants the extension asked for the task `content`, on the desk."""
    page.goto(f"{province.url}/odoo/desk")
    page.locator("[data-section=extensions] .card-header").click()
    page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=content
    ).first.click()
    page.locator("button[name=action_accept]").click()
    expect_state(page, "accepted")


def expect_deadlines(page, first, now):
    expect(page.locator(".o_field_widget[name=deadline]")).to_contain_text(now)
    expect(page.locator(".o_field_widget[name=first_deadline]")).to_contain_text(first)


def hand_in(page, text, name):
    """Hand in a result with a file."""
    page.click("button[name=action_new_result]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(text)
    dialog.locator("[name=attachment_ids] input[type=file]").set_input_files(
        [file(name, text)]
    )
    expect(dialog.locator("[name=attachment_ids] .o_attachment")).to_have_count(1)
    submit(page, dialog)


def rate(page, province, words):
    """The specialist rates the result of these words, from the desk."""
    page.goto(f"{province.url}/odoo/desk")
    page.locator("[data-section=to_rate] .card-header").click()
    page.locator(".o_data_row", has_text=words).first.click()
    page.locator("button[name=action_rate]:visible").click()
    dialog = page.locator(".modal")
    for question in ("progress", "quality", "effect"):
        dialog.locator(f"[name={question}] input[type=radio]").first.check()
    dialog.locator("button[name=action_apply]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(page.locator("button[name=action_rate]:visible")).to_have_count(0)


def hand_back(page, text):
    page.click("button[name=action_new_return]")
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(text)
    submit(page, dialog)


def reassign(page, agency):
    """The manager accepts the hand-back on the page and names another agency."""
    page.locator("button[name=action_open_waiting]:visible").click()
    dialog = page.locator(".modal")
    name_agency(page, dialog.locator("[name=new_agency_ids] input"), agency)
    dialog.locator("button[name=action_accept]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect_state(page, "withdrawn")


def reassign_by_order(page, agency, reason):
    """The manager gives the task to another agency without being asked."""
    page.locator("button[name=action_order]:visible", has_text=REASSIGN).click()
    dialog = page.locator(".modal")
    name_agency(page, dialog.locator("[name=agency_ids] input"), agency)
    dialog.locator("[name=reason] :is(input, textarea)").fill(reason)
    dialog.locator("button[name=action_apply]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect_state(page, "withdrawn")


def name_agency(page, box, agency):
    box.press_sequentially(agency)
    page.locator(".o-autocomplete--dropdown-item", has_text=agency).first.click()


def hand_back_upward(page, province, content, reason):
    """The Office of a department hands the task `content` back to who stands above."""
    page.goto(f"{province.url}/odoo/tasks-from-above")
    page.locator(".o_data_row", has_text=content).first.click()
    page.locator("button[name=action_upward]:visible", has_text=HAND_BACK).click()
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(reason)
    dialog.locator("button[name=action_send]").click()
    expect(page.locator(".modal")).to_have_count(0)
    page.goto(f"{province.url}/odoo/sent-upward")
    expect(page.locator(".o_data_row", has_text=reason)).to_have_count(1)


def figures(page):
    """The numbers of Phụ lục I on the screen, by the code of their line."""
    lines = page.locator(".o_phu_luc_form [data-code]").all()
    numbers = {
        line.get_attribute("data-code"): line.locator("td").nth(1).inner_text().strip()
        for line in lines
    }
    # The headings of the form's parts carry no figure.
    return {code: int(number) for code, number in numbers.items() if number}


def check_phu_luc(page, province):
    """Phụ lục I and II come out, and their figures add up on screen and paper."""
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
    check_pdf(page, shown)
    check_book(page, shown)


def check_pdf(page, shown):
    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_print]")
    pages = PdfReader(download.value.path()).pages
    text = "".join(one.extract_text() for one in pages)
    assert re.search(rf"được giao trong kỳ báo cáo:\s*{shown['total']}\b", text)
    assert pages[0].mediabox.width < pages[0].mediabox.height
    assert pages[-1].mediabox.width > pages[-1].mediabox.height


def check_book(page, shown):
    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_export]")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    listed = [
        row
        for row in book["Phụ lục II"].iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    assert len(listed) == shown["total"]
