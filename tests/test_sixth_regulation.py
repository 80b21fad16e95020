"""A sixth regulation, made through the interface only: no code, no data file.

The administrator enters a text with two limits on registering and one on answering an
extension, follows it, and the directives of that day behave as it says.
"""

import journey_steps as steps
import pytest
from playwright.sync_api import expect
from screen import (
    add_by_dialog,
    choose_option,
    choose_record,
    confirm,
    keep,
    press,
    save,
    settle,
    tab,
    visit,
    write,
)

ADMINISTRATOR = "quantri"
TITLE = "Quy chế thứ sáu, lập trên giao diện"
ABSTRACT = "Về việc thử quy chế thứ sáu"
QUOTE = "Văn phòng đăng ký ngay trong ngày đối với văn bản hỏa tốc."

# The last of the journeys in this place: from here on it follows another text.
pytestmark = pytest.mark.parametrize(
    "province", ["ca-mau"], indirect=True, scope="session"
)


def add_rule(page, act, *, only_if=(), article, quote, **answers):
    """Add a line of the text by its dialog. `answers`: field → words of the choice."""
    dialog = add_by_dialog(page, "rule_ids")
    choose_option(page, dialog, "act", act)
    for field in ("actor", "stated"):
        if field in answers:
            choose_option(page, dialog, field, answers.pop(field))
    for circumstance in only_if:
        choose_record(page, dialog, "circumstance_ids", circumstance)
    amount = answers.pop("amount", None)
    if amount:
        write(page, dialog, amount=str(amount))
    for field, words in answers.items():
        choose_option(page, dialog, field, words)
    write(page, dialog, article=article, quote=quote)
    keep(page, dialog)


def test_a_regulation_is_made_and_followed(enter, province, shoot):
    page = enter(ADMINISTRATOR)
    visit(page, f"{province.url}/odoo/task-regulations/new")
    form = page.locator(".o_form_view")
    write(page, form, name=TITLE, code="S6", number="66/2026/QĐ-UBND")
    tab(page, "rules")
    add_rule(
        page,
        "Cập nhật văn bản giao nhiệm vụ",
        only_if=["Văn bản hỏa tốc"],
        unit="Ngay trong ngày",
        event="Ban hành văn bản",
        stop="Đã cập nhật trên Hệ thống",
        article="Khoản 1 Điều 3",
        quote=QUOTE,
    )
    add_rule(
        page,
        "Cập nhật văn bản giao nhiệm vụ",
        amount=4,
        event="Ban hành văn bản",
        stop="Đã cập nhật trên Hệ thống",
        article="Khoản 2 Điều 3",
        quote="Các văn bản khác: 04 ngày làm việc kể từ ngày ban hành.",
    )
    save(page)
    expect(page.locator("[name=rule_ids] .o_data_row")).to_have_count(2)
    shoot(page, "sixth-1-regulation")
    press(page, "action_adopt")
    confirm(page)
    settle(page)
    expect(page.locator("button[name=action_adopt]")).to_have_count(0)


@pytest.mark.parametrize(
    ("number", "urgency", "article"),
    [("6601", "Hỏa tốc", "Khoản 1 Điều 3"), ("6602", "Thường", "Khoản 2 Điều 3")],
)
def test_directives_go_by_it(enter, province, shoot, number, urgency, article):
    """The Office's limit on a directive is the new text's, under its article."""
    page = enter(province.place.journey["specialist"])
    steps.register(page, province, number, f"{ABSTRACT}: {urgency}")
    choose_option(page, page.locator(".o_form_view"), "urgency", urgency)
    names = {row["code"]: row["name"] for row in province.place.agencies}
    agency = names[province.place.journey["agencies"][0]]
    steps.add_task(page, f"{ABSTRACT}: báo cáo, {urgency}", agency, steps.day(30))
    steps.release(page)
    tab(page, "clocks")
    page.locator(".o_task_limits [data-act=register] .o_task_why_button").click()
    expect(page.locator(".o_task_why")).to_contain_text(article)
    shoot(page, f"sixth-2-why-{number}")


def test_what_it_is_silent_on_is_not_there(enter, province):
    """It says nothing of handing back or asking for time: no button offers it."""
    head = f"{province.place.journey['agencies'][0]}.lanhdao"
    page = enter(head)
    steps.open_assignment(page, province, f"{ABSTRACT}: báo cáo, Thường")
    steps.receive(page)
    for act in ("action_new_extension", "action_new_return"):
        expect(page.locator(f"button[name={act}]")).to_have_count(0)
    expect(page.locator("button[name=action_new_result]")).to_be_visible()
