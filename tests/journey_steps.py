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
    attach,
    choose_record,
    expect_state,
    fill_day,
    finish,
    open_dialog,
    open_record,
    press,
    search,
    settle,
    tab,
    visit,
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
    """A day as a Vietnamese user types it, from the one the journeys began on."""
    return typed(BEGUN + timedelta(days=offset))


def today():
    """The day it is now, which a paper bears that is issued: also after midnight."""
    return typed(datetime.now(CLOCK).date())


def typed(date):
    return date.strftime("%d/%m/%Y")


def file(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def add_task(page, content, agency, deadline, support=""):
    """Type one line of the directive's tasks, as a clerk does."""
    row = add_row(page, "task_ids")
    write(page, row, name=content)
    choose_record(page, row, "lead_agency_ids", agency)
    if support:
        choose_record(page, row, "support_agency_ids", support)
    fill_day(page, row, "deadline", deadline)


def open_assignment(page, province, content):
    """Open the assignment whose task reads `content`, by searching for it."""
    visit(page, f"{province.url}/odoo/assignments?view_type=list")
    search(page, content)
    open_record(page, content)
    expect(page.locator(".o_task_assignment")).to_contain_text(content)


def register(page, province, number, abstract, files=()):
    """Begin a directive as the specialist: its number, words and files."""
    visit(page, f"{province.url}/odoo/directives/new")
    write(
        page,
        page.locator(".o_form_view"),
        number=number,
        notation="UBND-KT",
        abstract=abstract,
    )
    if files:
        attach(page, page.locator(".o_form_view"), list(files))


def release(page):
    press(page, "action_release")
    expect_state(page, "released")


def receive(page):
    press(page, "action_receive")
    expect_state(page, "doing")


def submit(page, dialog):
    """Send what stands in the dialog; it closes when the server took it."""
    finish(page, dialog, "action_submit")


def ask_extension(page, text, deadline):
    dialog = open_dialog(page, "action_new_extension")
    write(page, dialog, text=text)
    fill_day(page, dialog, "new_deadline", deadline)
    submit(page, dialog)
    tab(page, "extensions")
    expect(page.locator("[name=extension_ids] .o_data_row")).to_have_count(1)


def grant_extension(page, province, content):
    """The leader grants the extension asked for the task `content`, on the desk."""
    open_section(page, province, "extensions")
    open_record(page, content)
    press(page, "action_accept")
    expect_state(page, "accepted")


def open_section(page, province, name):
    """Open all records of a section of the desk."""
    visit(page, f"{province.url}/odoo/desk")
    page.locator(f"[data-section={name}] .card-header").click()
    expect(page.locator(".o_list_view, .o_kanban_view").first).to_be_visible()
    settle(page)


def expect_deadlines(page, first, now):
    expect(page.locator(".o_field_widget[name=deadline]")).to_contain_text(now)
    expect(page.locator(".o_field_widget[name=first_deadline]")).to_contain_text(first)


def hand_in(page, text, name):
    """Hand in a result with a file."""
    dialog = open_dialog(page, "action_new_result")
    write(page, dialog, text=text)
    attach(page, dialog, [file(name, text)])
    submit(page, dialog)


def rate(page, province, words):
    """The specialist rates the result of these words, from the desk."""
    open_section(page, province, "to_rate")
    open_record(page, words)
    dialog = open_dialog(page, "action_rate")
    for question in ("progress", "quality", "effect"):
        settle(page)
        dialog.locator(f"[name={question}] input[type=radio]").first.check()
    finish(page, dialog, "action_apply")
    expect(page.locator("button[name=action_rate]:visible")).to_have_count(0)


def hand_back(page, text):
    dialog = open_dialog(page, "action_new_return")
    write(page, dialog, text=text)
    submit(page, dialog)


def reassign(page, agency):
    """The manager accepts the hand-back on the page and names another agency."""
    dialog = open_dialog(page, "action_open_waiting")
    choose_record(page, dialog, "new_agency_ids", agency)
    finish(page, dialog, "action_accept")
    expect_state(page, "withdrawn")


def reassign_by_order(page, agency, reason):
    """The manager gives the task to another agency without being asked."""
    dialog = open_dialog(page, "action_order", words=REASSIGN)
    choose_record(page, dialog, "agency_ids", agency)
    write(page, dialog, reason=reason)
    finish(page, dialog, "action_apply")
    expect_state(page, "withdrawn")


def hand_back_upward(page, province, content, reason):
    """The Office of a department hands the task `content` back to who stands above."""
    visit(page, f"{province.url}/odoo/tasks-from-above")
    open_record(page, content)
    dialog = open_dialog(page, "action_upward", words=HAND_BACK)
    write(page, dialog, text=reason)
    finish(page, dialog, "action_send")
    visit(page, f"{province.url}/odoo/sent-upward")
    expect(page.locator(".o_data_row", has_text=reason)).to_have_count(1)


def open_figures(page, address):
    """Go to a page that shows Phụ lục I."""
    visit(page, address)
    see_figures(page)


def see_figures(page):
    """Wait until the page shows Phụ lục I."""
    expect(page.locator(".o_phu_luc_form")).to_be_visible()
    settle(page)


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
    open_figures(page, f"{province.url}/odoo/phu-luc")
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
