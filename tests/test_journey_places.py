"""The same main job under the other four texts, each taking the steps its text knows.

A department of Kon Tum and three provinces, each with its own agencies: a directive
with three tasks; one agency asks for an extension where the text knows that, and where
it does not no screen speaks of it; one hands in, which completes the task, since none
of the four has results confirmed; the third task is handed back and given to another;
then Phụ lục I and II come out. Who does it stands in the place's `journey`.
"""

import re
from dataclasses import dataclass

import journey_steps as steps
import pytest
from journey_steps import PHONE, open_assignment
from playwright.sync_api import expect
from screen import expect_state, visit


@dataclass(frozen=True)
class Text:
    """What of the journey a text knows: in all four the Office only checks results."""

    extension: bool
    agencies_hand_back: bool = True
    rating: bool = False
    adhoc: bool = False


TEXTS = {
    "bac-giang": Text(extension=True, rating=True),  # Đ6.2a; Đ8.1a; Đ7.2
    "kon-tum": Text(extension=False, agencies_hand_back=False),  # Đ6.2; Đ7.1
    "quang-tri": Text(extension=False),  # Đ9.1c
    "ca-mau": Text(extension=True, adhoc=True),  # Đ11.2; Đ5.1; Đ6.1
}
pytestmark = pytest.mark.parametrize("province", TEXTS, indirect=True, scope="session")

ABSTRACT = "Về việc hành trình kiểm thử theo quy chế của địa phương"
EXTENDED_TASK = "Hành trình: báo cáo kết quả rà soát kế hoạch vốn"
DONE_TASK = "Hành trình: trình phương án bảo đảm tiến độ công trình"
RETURNED_TASK = "Hành trình: hoàn thành rà soát hồ sơ đất ven sông"
#: Of demo/places/kon-tum/above.json: what the province assigned to the department.
FROM_ABOVE = "phát triển vùng dược liệu dưới tán rừng"
RESULT = "Hành trình: đã trình phương án kèm bản vẽ"
#: On no screen of a text that does not know extensions.
EXTENSION_WORDS = re.compile("gia hạn", re.IGNORECASE)


@pytest.fixture
def text(province):
    return TEXTS[province.place.name]


@pytest.fixture
def agencies(province):
    """The names of the three agencies of the journey, and the logins of their people.

    `agencies[0].name`, `.head`, `.officer`.
    """

    @dataclass(frozen=True)
    class Agency:
        name: str
        head: str
        officer: str

    names = {row["code"]: row["name"] for row in province.place.agencies}
    return [
        Agency(names[code], f"{code}.lanhdao", f"{code}.daumoi")
        for code in province.place.journey["agencies"]
    ]


@pytest.fixture
def official(enter, province):
    """`official("specialist")`: a page of who has that function in the place."""
    return lambda who, **options: enter(province.place.journey[who], **options)


def menus(page):
    """The ids of the menu entries that the reader of the page has."""
    return page.evaluate(
        """async () => {
            const answer = await fetch("/web/webclient/load_menus");
            return Object.values(await answer.json()).map((menu) => menu.xmlid);
        }"""
    )


def test_1_register_and_assign(official, province, agencies, text, shoot):
    page = official("specialist")
    files = [steps.file("van-ban.txt", "Toàn văn"), steps.file("phu-luc.txt", "Phụ")]
    steps.register(page, province, "9001", ABSTRACT, files)
    assert page.locator("[name=is_adhoc] input").is_visible() == text.adhoc
    tasks = (EXTENDED_TASK, DONE_TASK, RETURNED_TASK)
    for task, agency, days in zip(tasks, agencies, (8, 10, 15), strict=True):
        steps.add_task(page, task, agency.name, steps.day(days))
    steps.release(page)
    shoot(page, f"journey-{province.place.name}-1-directive")


def test_2_extension_only_where_the_text_knows_it(
    official, enter, province, agencies, text, shoot
):
    page = enter(agencies[0].head)
    open_assignment(page, province, EXTENDED_TASK)
    steps.receive(page)
    if text.extension:
        steps.ask_extension(page, "Cần thêm thời gian tổng hợp", steps.day(20))
        leader = official("leader", **PHONE)
        steps.grant_extension(leader, province, EXTENDED_TASK)
        open_assignment(page, province, EXTENDED_TASK)
        steps.expect_deadlines(page, first=steps.day(8), now=steps.day(20))
        shoot(page, f"journey-{province.place.name}-2-extended")
        return
    expect(page.locator("button[name=action_new_extension]")).to_have_count(0)
    expect(page.locator(".o_notebook_headers [name=extensions]")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(EXTENSION_WORDS)
    shoot(page, f"journey-{province.place.name}-2-no-extension")
    page = official("leader", **PHONE)
    visit(page, f"{province.url}/odoo/desk")
    expect(page.locator("[data-section=province_overdue]")).to_be_visible()
    expect(page.locator("[data-section=extensions]")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(EXTENSION_WORDS)
    assert "task_tracking.menu_task_extensions" not in menus(page)


def test_3_handing_in_completes_where_nothing_is_confirmed(
    official, enter, province, agencies, text, shoot
):
    page = enter(agencies[1].officer)
    open_assignment(page, province, DONE_TASK)
    steps.receive(page)
    page = enter(agencies[1].head)
    open_assignment(page, province, DONE_TASK)
    steps.hand_in(page, RESULT, "phuong-an.txt")
    expect_state(page, "done")
    assignment = page.url
    page = official("specialist")
    visit(page, assignment)
    expect_state(page, "done")
    expect(page.locator("[data-value=submitted]:visible")).to_have_count(0)
    expect(page.locator("button[name=action_open_waiting]:visible")).to_have_count(0)
    expect(page.locator("button[name=undo_confirmation]:visible")).to_have_count(0)
    shoot(page, f"journey-{province.place.name}-3-done")
    visit(page, f"{province.url}/odoo/desk")
    expect(page.locator("[data-section=not_received]")).to_be_visible()
    # The desk names its empty sections too, in one sentence.
    expect(page.locator("body")).not_to_contain_text("chờ xác nhận")
    if text.rating:
        steps.rate(page, province, RESULT)
    else:
        expect(page.locator("body")).not_to_contain_text("chờ đánh giá")


def test_4_handed_back_and_reassigned(official, enter, province, agencies, text, shoot):
    """Where handing back is the Office's (KT Đ6.2), it goes to who stands above."""
    page = enter(agencies[2].head)
    open_assignment(page, province, RETURNED_TASK)
    manager = official("manager")
    if text.agencies_hand_back:
        steps.hand_back(page, "Không thuộc chức năng, nhiệm vụ được giao")
        open_assignment(manager, province, RETURNED_TASK)
        steps.reassign(manager, agencies[1].name)
    else:
        expect(page.locator("button[name=action_receive]")).to_be_visible()
        expect(page.locator("button[name=action_new_return]")).to_have_count(0)
        expect(page.locator("body")).not_to_contain_text("Chuyển lại")
        steps.hand_back_upward(manager, province, FROM_ABOVE, "Không thuộc ngành")
        open_assignment(manager, province, RETURNED_TASK)
        steps.reassign_by_order(manager, agencies[1].name, "Đúng chức năng hơn")
    page = enter(agencies[1].officer)
    open_assignment(page, province, RETURNED_TASK)
    expect_state(page, "released")
    shoot(page, f"journey-{province.place.name}-4-reassigned")


def test_5_phu_luc_adds_up_on_screen_and_paper(official, province, shoot):
    page = official("manager")
    steps.check_phu_luc(page, province)
    shoot(page, f"journey-{province.place.name}-5-phu-luc")
