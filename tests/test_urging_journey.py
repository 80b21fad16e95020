"""Urging, from the morning's mail to the leader's direction, in a real browser.

In Khánh Hòa: the daily job writes its digests, and a link in one opens its task for who
logs in; the Office urges by letter; an agency reports on a phone what is beyond its
means, the Office puts it to the Chairman, who directs on a phone; another agency's
feedback is answered by a letter, of which both read; agencies are asked for a report,
and one answers.
"""

import json
import re
from urllib.parse import urlsplit

import journey_steps as steps
import pytest
import screen
from journey_steps import PHONE, expect_state
from playwright.sync_api import expect

MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
CAUSE = "Hành trình: chưa được bố trí kinh phí khảo sát."
PROPOSAL = "Hành trình: đề nghị bổ sung kinh phí."
MEASURES = "Hành trình: trình Chủ tịch xem xét, cho ý kiến."
DIRECTION = "Hành trình: sử dụng dự toán đã giao, hoàn thành trong tháng."
SEEN = "Hành trình: chưa gửi tài liệu để phối hợp."
INQUIRY = "Hành trình: báo cáo phục vụ phiên họp"
ANSWER = "Hành trình: đang hoàn chỉnh hồ sơ."
LETTER, SECOND_LETTER = "9001/VP-TH", "9002/VP-TH"


@pytest.fixture(scope="module")
def told(platform, province):
    """What the daily job told: a task, its people, the link in the mail."""
    worker = steps.__file__.replace("journey_steps", "urging_worker")
    command = platform.run.odoo.script(province.db, worker)
    well, output = platform.run.run("digest", command)
    assert well, output
    return json.loads(next(line for line in output.split("\n") if line[:1] == "{"))


@pytest.fixture(scope="module")
def reporter(told):
    """(code, name) of an agency that gives feedback on the other one."""
    others = {"sotaichinh": "Sở Tài chính", "soxaydung": "Sở Xây dựng"}
    return next(one for one in others.items() if one[0] != told["code"])


def open_task(page, province, told):
    page.goto(f"{province.url}/odoo/assignments/{told['id']}")
    expect(page.locator(".o_task_assignment")).to_contain_text(told["content"][:60])
    screen.settle(page)


def tab(page, name):
    page.locator(f".o_notebook_headers [name={name}]").click()


def confirm(page):
    page.locator(".modal .modal-footer .btn-primary").click()
    expect(page.locator(".modal")).to_have_count(0)


def save(page):
    screen.settle(page)
    page.locator(".o_form_button_save:visible").first.click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def fill_day(page, name, value):
    page.locator(f"[name={name}] :is(input, button)").first.click()
    page.locator(f"[name={name}] input").fill(value)
    page.locator(f"[name={name}] input").press("Tab")


def choose(page, name, words, shown=None):
    """Choose a record in a many2one, or in tags, by typing."""
    page.locator(f"[name={name}] input").first.press_sequentially(words)
    item = page.locator(".o-autocomplete--dropdown-item", has_text=shown or words)
    item.first.click()
    screen.settle(page)


def issue_letter(page, number):
    """Complete the drafted letter on the page and issue it."""
    expect(page.locator("button[name=action_issue]")).to_be_visible()
    page.locator("[name=number] input").fill(number)
    fill_day(page, "day", steps.day(0))
    page.locator("[name=signer_title] input").fill("CHÁNH VĂN PHÒNG")
    page.locator("[name=signer_name] input").fill("Nguyễn Văn A")
    save(page)
    page.click("button[name=action_issue]")
    confirm(page)
    expect_state(page, "done")


def open_card(page, words):
    """Open the record of these words from a list, or from cards on a phone."""
    page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=words
    ).first.click()
    page.wait_for_selector(".o_form_view")


def test_1_link_of_the_digest_asks_for_the_login(page, province, told, shoot):
    """Whoever follows it logged out lands on the task after the login."""
    link = urlsplit(told["link"])
    page.goto(f"{province.url}{link.path}?{link.query}")
    page.wait_for_selector("input[name=password]")
    page.fill("input[name=login]", f"{told['code']}.daumoi")
    page.fill("input[name=password]", province.password)
    page.press("input[name=password]", "Enter")
    expect(page.locator(".o_task_assignment")).to_contain_text(told["content"][:60])
    shoot(page, "urging-1-task-of-the-mail")
    page.goto(f"{province.url}/odoo/discuss?active_id=mail.box_inbox")
    page.wait_for_selector(".o-mail-Message")
    shoot(page, "urging-1-digest-in-the-inbox")


def test_2_office_urges_by_letter_and_the_agency_reads_it(enter, province, told, shoot):
    page = enter(told["specialist"])
    open_task(page, province, told)
    tab(page, "urging")
    shoot(page, "urging-2-tab")
    page.click("button[name=action_urge_letter]:visible")
    issue_letter(page, LETTER)
    shoot(page, "urging-2-letter")
    page = enter(f"{told['code']}.daumoi")
    open_task(page, province, told)
    tab(page, "urging")
    row = page.locator("[name=urge_line_ids] .o_data_row", has_text=LETTER)
    row.locator("button[name=action_open_urge]").click()
    # the cells of the task's list have this name, too
    expect(page.locator("div[name=number]")).to_contain_text(LETTER)
    shoot(page, "urging-2-letter-as-the-agency-reads-it")


def test_3_agency_reports_difficulties_on_a_phone(enter, province, told, shoot):
    page = enter(f"{told['code']}.lanhdao", **PHONE)
    open_task(page, province, told)
    press(page, "action_new_difficulty")
    dialog = page.locator(".modal")
    dialog.locator("[name=cause] textarea").fill(CAUSE)
    dialog.locator("[name=proposal] textarea").fill(PROPOSAL)
    shoot(page, "urging-3-difficulty-phone")
    steps.submit(page, dialog)
    tab(page, "explanations")
    expect(page.locator("[name=explanation_ids]")).to_contain_text(CAUSE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "urging-3-difficulty-sent-phone")


def press(page, name):
    """Press a button of the form's head, which a phone keeps in a menu."""
    button = page.locator(f"button[name={name}]:visible")
    menu = page.locator(".o_statusbar_buttons .o-dropdown:visible")
    expect(button.or_(menu).first).to_be_visible()
    if not button.count():
        menu.first.click()
    button.first.click()


def test_4_office_puts_it_to_the_leader(enter, province, told, shoot):
    page = enter(told["specialist"])
    page.goto(f"{province.url}/odoo/desk")
    page.locator("[data-section=explanations] .card-header").click()
    open_card(page, told["content"][:40])
    shoot(page, "urging-4-difficulty")
    page.click("button[name=action_refer]")
    page.locator("[name=measures] textarea").fill(MEASURES)
    save(page)
    shoot(page, "urging-4-referral")
    told["referral"] = re.findall(r"\d+", urlsplit(page.url).path)[-1]
    page = enter(MANAGER)
    page.goto(f"{province.url}/odoo/task-referrals/{told['referral']}")
    expect(page.locator("[name=measures] textarea")).to_have_value(MEASURES)
    page.click("button[name=action_submit]")
    confirm(page)
    expect_state(page, "submitted")


def test_5_leader_directs_on_a_phone_and_the_agency_reads_it(
    enter, province, told, shoot
):
    page = enter(CHAIRMAN, **PHONE)
    page.goto(f"{province.url}/odoo/desk")
    page.locator("[data-section=referrals] .card-header").click()
    page.wait_for_selector(".o_list_view, .o_kanban_view")
    shoot(page, "urging-5-referrals-phone")
    page.goto(f"{province.url}/odoo/task-referrals/{told['referral']}")
    page.locator("[name=direction] textarea").fill(DIRECTION)
    shoot(page, "urging-5-direction-phone")
    page.click("button[name=action_direct]")
    expect(page.locator("button[name=action_direct]:visible")).to_have_count(0)
    page = enter(f"{told['code']}.daumoi")
    open_task(page, province, told)
    tab(page, "explanations")
    expect(page.locator("[name=direction_ids]")).to_contain_text(DIRECTION)
    expect(page.locator("[name=explanation_ids]")).to_contain_text(DIRECTION)
    shoot(page, "urging-5-direction-on-the-task")


def test_6_feedback_is_answered_by_a_letter(enter, province, told, reporter, shoot):
    page = enter(f"{reporter[0]}.lanhdao")
    page.goto(f"{province.url}/odoo/task-feedback/new")
    choose(page, "reported_id", told["agency"])
    page.locator("[name=about] textarea").fill(f"Hành trình: {told['content']}")
    page.locator("[name=text] textarea").fill(SEEN)
    shoot(page, "urging-6-feedback")
    page.click("button[name=action_submit]")
    expect_state(page, "open")
    page = enter(MANAGER)
    page.goto(f"{province.url}/odoo/task-feedback?view_type=list")
    open_card(page, "Hành trình")
    choose(page, "assignment_ids", told["content"][:40])
    save(page)
    page.click("button[name=action_urge]")
    issue_letter(page, SECOND_LETTER)
    page.goto(f"{province.url}/odoo/task-feedback?view_type=list")
    open_card(page, "Hành trình")
    expect_state(page, "urged")
    shoot(page, "urging-6-feedback-answered")
    page = enter(f"{reporter[0]}.daumoi")
    page.goto(f"{province.url}/odoo/task-feedback?view_type=list")
    open_card(page, "Hành trình")
    expect(page.locator("[name=answer]").first).to_contain_text(SECOND_LETTER)
    page = enter(f"{told['code']}.daumoi")
    page.goto(f"{province.url}/odoo/feedback-on-us?view_type=list")
    open_card(page, SECOND_LETTER)
    expect(page.locator(".o_form_view")).not_to_contain_text(reporter[1])
    shoot(page, "urging-6-feedback-on-us")


def test_7_inquiry_is_sent_and_answered(enter, province, told, reporter, shoot):
    page = enter(MANAGER)
    page.goto(f"{province.url}/odoo/report-requests/new")
    page.locator("[name=name] input").fill(INQUIRY)
    page.locator("[name=text] textarea").fill("Hành trình: nêu kết quả, vướng mắc.")
    fill_day(page, "due_on", steps.day(5))
    for agency in (told["agency"], reporter[1]):
        choose(page, "agency_ids", agency)
    shoot(page, "urging-7-inquiry")
    page.click("button[name=action_send]")
    expect_state(page, "sent")
    page = enter(f"{told['code']}.lanhdao", **PHONE)
    page.goto(f"{province.url}/odoo/reports-asked")
    open_card(page, INQUIRY)
    page.locator("[name=draft_text] textarea").first.fill(ANSWER)
    shoot(page, "urging-7-answer-phone")
    press(page, "action_send")
    expect_state(page, "sent")
    page = enter(MANAGER)
    page.goto(f"{province.url}/odoo/report-requests?view_type=list")
    open_card(page, INQUIRY)
    expect(page.locator("[name=answer_ids]")).to_contain_text(ANSWER)
    expect(page.locator("button[name=action_view_answers]")).to_contain_text("1")
    shoot(page, "urging-7-answers")
