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
from journey_steps import PHONE
from playwright.sync_api import expect
from screen import (
    choose_record,
    confirm,
    expect_state,
    fill_day,
    open_dialog,
    open_record,
    press,
    save,
    settle,
    tab,
    visit,
    write,
)

MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
CAUSE = "Hành trình: chưa được bố trí kinh phí khảo sát."
PROPOSAL = "Hành trình: đề nghị bổ sung kinh phí."
MEASURES = "Hành trình: trình Chủ tịch xem xét, cho ý kiến."
DIRECTION = "Hành trình: sử dụng dự toán đã giao, hoàn thành trong tháng."
SEEN = "Hành trình: chưa gửi tài liệu để phối hợp."
INQUIRY = "Hành trình: báo cáo phục vụ phiên họp"
ANSWER = "Hành trình: đang hoàn chỉnh hồ sơ."
#: What the feedback is about begins with it.
ABOUT = "Hành trình"
#: How the address of a referral ends, by which way ever one came to it.
REFERRAL = re.compile(r"/task[.-]referrals?/(\d+)$")
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
    visit(page, f"{province.url}/odoo/assignments/{told['id']}")
    expect(page.locator(".o_task_assignment")).to_contain_text(told["content"][:60])


def form(page, field):
    """The form on the page, once it is the one that shows this field."""
    shown = page.locator(".o_form_view", has=page.locator(f"[name={field}]"))
    expect(shown).to_be_visible()
    settle(page)
    return shown


def issue_letter(page, number):
    """Complete the drafted letter on the page and issue it."""
    expect(page.locator("button[name=action_issue]")).to_be_visible()
    letter = form(page, "signer_title")
    write(page, letter, number=number)
    fill_day(page, letter, "day", steps.today())
    write(page, letter, signer_title="CHÁNH VĂN PHÒNG", signer_name="Nguyễn Văn A")
    save(page)
    press(page, "action_issue")
    confirm(page)
    expect_state(page, "done")


def open_feedback(page, province, words, path="task-feedback"):
    visit(page, f"{province.url}/odoo/{path}?view_type=list")
    open_record(page, words)


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
    visit(page, f"{province.url}/odoo/discuss?active_id=mail.box_inbox")
    page.wait_for_selector(".o-mail-Message")
    shoot(page, "urging-1-digest-in-the-inbox")


def test_2_office_urges_by_letter_and_the_agency_reads_it(enter, province, told, shoot):
    page = enter(told["specialist"])
    open_task(page, province, told)
    tab(page, "urging")
    shoot(page, "urging-2-tab")
    press(page, "action_urge_letter")
    issue_letter(page, LETTER)
    shoot(page, "urging-2-letter")
    page = enter(f"{told['code']}.daumoi")
    open_task(page, province, told)
    tab(page, "urging")
    row = page.locator("[name=urge_line_ids] .o_data_row", has_text=LETTER)
    press(page, "action_open_urge", row)
    # the cells of the task's list have this name, too
    expect(page.locator("div[name=number]")).to_contain_text(LETTER)
    shoot(page, "urging-2-letter-as-the-agency-reads-it")


def test_3_agency_reports_difficulties_on_a_phone(enter, province, told, shoot):
    page = enter(f"{told['code']}.lanhdao", **PHONE)
    open_task(page, province, told)
    dialog = open_dialog(page, "action_new_difficulty")
    write(page, dialog, cause=CAUSE, proposal=PROPOSAL)
    shoot(page, "urging-3-difficulty-phone")
    steps.submit(page, dialog)
    tab(page, "explanations")
    expect(page.locator("[name=explanation_ids]")).to_contain_text(CAUSE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "urging-3-difficulty-sent-phone")


def test_4_office_puts_it_to_the_leader(enter, province, told, shoot):
    page = enter(told["specialist"])
    steps.open_section(page, province, "explanations")
    open_record(page, CAUSE)
    shoot(page, "urging-4-difficulty")
    press(page, "action_refer")
    write(page, form(page, "measures"), measures=MEASURES)
    save(page)
    shoot(page, "urging-4-referral")
    # the address follows the page, a moment later
    expect(page).to_have_url(REFERRAL)
    told["referral"] = REFERRAL.search(page.url)[1]
    page = enter(MANAGER)
    visit(page, f"{province.url}/odoo/task-referrals/{told['referral']}")
    expect(page.locator("[name=measures] textarea")).to_have_value(MEASURES)
    press(page, "action_submit")
    confirm(page)
    expect_state(page, "submitted")


def test_5_leader_directs_on_a_phone_and_the_agency_reads_it(
    enter, province, told, shoot
):
    page = enter(CHAIRMAN, **PHONE)
    steps.open_section(page, province, "referrals")
    shoot(page, "urging-5-referrals-phone")
    visit(page, f"{province.url}/odoo/task-referrals/{told['referral']}")
    write(page, form(page, "direction"), direction=DIRECTION)
    shoot(page, "urging-5-direction-phone")
    press(page, "action_direct")
    expect_state(page, "directed")
    page = enter(f"{told['code']}.daumoi")
    open_task(page, province, told)
    tab(page, "explanations")
    expect(page.locator("[name=direction_ids]")).to_contain_text(DIRECTION)
    expect(page.locator("[name=explanation_ids]")).to_contain_text(DIRECTION)
    shoot(page, "urging-5-direction-on-the-task")


def test_6_feedback_is_answered_by_a_letter(enter, province, told, reporter, shoot):
    page = enter(f"{reporter[0]}.lanhdao")
    visit(page, f"{province.url}/odoo/task-feedback/new")
    feedback = form(page, "reported_id")
    choose_record(page, feedback, "reported_id", told["agency"])
    write(page, feedback, about=f"{ABOUT}: {told['content']}", text=SEEN)
    shoot(page, "urging-6-feedback")
    press(page, "action_submit")
    expect_state(page, "open")
    page = enter(MANAGER)
    open_feedback(page, province, ABOUT)
    feedback = form(page, "assignment_ids")
    choose_record(page, feedback, "assignment_ids", told["content"][:40])
    save(page)
    press(page, "action_urge")
    issue_letter(page, SECOND_LETTER)
    open_feedback(page, province, ABOUT)
    expect_state(page, "urged")
    shoot(page, "urging-6-feedback-answered")
    page = enter(f"{reporter[0]}.daumoi")
    open_feedback(page, province, ABOUT)
    expect(page.locator("[name=answer]").first).to_contain_text(SECOND_LETTER)
    page = enter(f"{told['code']}.daumoi")
    open_feedback(page, province, SECOND_LETTER, "feedback-on-us")
    expect(page.locator(".o_form_view")).not_to_contain_text(reporter[1])
    shoot(page, "urging-6-feedback-on-us")


def test_7_inquiry_is_sent_and_answered(enter, province, told, reporter, shoot):
    page = enter(MANAGER)
    visit(page, f"{province.url}/odoo/report-requests/new")
    inquiry = form(page, "agency_ids")
    write(page, inquiry, name=INQUIRY, text="Hành trình: nêu kết quả, vướng mắc.")
    fill_day(page, inquiry, "due_on", steps.day(5))
    for agency in (told["agency"], reporter[1]):
        choose_record(page, inquiry, "agency_ids", agency)
    shoot(page, "urging-7-inquiry")
    press(page, "action_send")
    expect_state(page, "sent")
    page = enter(f"{told['code']}.lanhdao", **PHONE)
    visit(page, f"{province.url}/odoo/reports-asked")
    open_record(page, INQUIRY)
    write(page, form(page, "draft_text"), draft_text=ANSWER)
    shoot(page, "urging-7-answer-phone")
    press(page, "action_send")
    expect_state(page, "sent")
    page = enter(MANAGER)
    visit(page, f"{province.url}/odoo/report-requests?view_type=list")
    open_record(page, INQUIRY)
    expect(page.locator("[name=answer_ids]")).to_contain_text(ANSWER)
    expect(page.locator("button[name=action_view_answers]")).to_contain_text("1")
    shoot(page, "urging-7-answers")
