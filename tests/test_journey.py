"""The main job from end to end, in a real browser, as its users do it: Khánh Hòa.

One directive with three tasks and two files: two agencies receive; one asks for an
extension and the Chairman grants it on a phone; one hands in a result that is refused
and then confirmed; the third task is handed back and reassigned; then Phụ lục I and II
come out and their figures add up. test_journey_places.py has the other four texts.
"""

import journey_steps as steps
import pytest
from journey_steps import PHONE, open_assignment
from playwright.sync_api import expect
from screen import expect_state, finish, open_dialog, settle, write

SPECIALIST = "Chuyên viên Phòng Kinh tế"
MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
FINANCE_OFFICER = "Đầu mối Sở Tài chính"
FINANCE_HEAD = "Giám đốc Sở Tài chính"
BUILDING_OFFICER = "Đầu mối Sở Xây dựng"
BUILDING_HEAD = "Giám đốc Sở Xây dựng"
FARMING_HEAD = "Giám đốc Sở Nông nghiệp và Môi trường"

ABSTRACT = "Về việc hành trình kiểm thử từ đầu đến cuối"
FINANCE_TASK = "Hành trình: báo cáo kết quả giải ngân vốn đầu tư công"
BUILDING_TASK = "Hành trình: trình phương án phân luồng giao thông"
RETURNED_TASK = "Hành trình: hoàn thành rà soát đất bãi bồi ven sông"


def test_1_specialist_registers_and_assigns(enter, province, shoot):
    page = enter(SPECIALIST)
    files = [
        steps.file("van-ban.txt", "Toàn văn"),
        steps.file("phu-luc.txt", "Phụ lục"),
    ]
    steps.register(page, province, "9001", ABSTRACT, files)
    steps.add_task(page, FINANCE_TASK, "Sở Tài chính", steps.day(5))
    steps.add_task(page, BUILDING_TASK, "Sở Xây dựng", steps.day(10))
    farming = "Sở Nông nghiệp và Môi trường"
    steps.add_task(page, RETURNED_TASK, farming, steps.day(15))
    steps.release(page)
    shoot(page, "journey-1-directive")


@pytest.mark.parametrize(
    ("role", "task"),
    [(FINANCE_OFFICER, FINANCE_TASK), (BUILDING_OFFICER, BUILDING_TASK)],
)
def test_2_agencies_receive(enter, province, role, task):
    page = enter(role)
    open_assignment(page, province, task)
    steps.receive(page)


def test_2b_agency_reads_the_files_of_the_directive(enter, province):
    """The agency opens the directive from its assignment and finds both files."""
    page = enter(FINANCE_OFFICER)
    open_assignment(page, province, FINANCE_TASK)
    page.locator("[name=document_id] a").first.click()
    settle(page)
    expect(page.locator("[name=attachment_ids] .o_attachment")).to_have_count(2)
    with page.expect_download() as download:
        page.locator("[name=attachment_ids] .o_attachment a").first.click()
    assert download.value.suggested_filename in ("van-ban.txt", "phu-luc.txt")


def test_3_head_asks_for_an_extension(enter, province, shoot):
    page = enter(FINANCE_HEAD)
    open_assignment(page, province, FINANCE_TASK)
    steps.ask_extension(page, "Cần thêm thời gian tổng hợp số liệu", steps.day(20))
    shoot(page, "journey-3-extension-asked")


def test_3b_chairman_grants_it_on_a_phone(enter, province, shoot):
    page = enter(CHAIRMAN, **PHONE)
    steps.grant_extension(page, province, FINANCE_TASK)
    shoot(page, "journey-3b-extension-granted-phone")


def test_3c_the_deadline_moved(enter, province):
    page = enter(FINANCE_HEAD)
    open_assignment(page, province, FINANCE_TASK)
    steps.expect_deadlines(page, first=steps.day(5), now=steps.day(20))


def test_4_result_refused(enter, province, shoot):
    page = enter(BUILDING_HEAD)
    open_assignment(page, province, BUILDING_TASK)
    steps.hand_in(page, "Đã trình phương án, chưa kèm bản vẽ", "phuong-an.txt")
    expect_state(page, "submitted")
    page = enter(SPECIALIST)
    open_assignment(page, province, BUILDING_TASK)
    dialog = open_dialog(page, "action_open_waiting")
    write(page, dialog, answer="Bổ sung bản vẽ phân luồng")
    shoot(page, "journey-4-answer-the-result")
    finish(page, dialog, "action_refuse")
    expect_state(page, "doing")


def test_4b_second_result_confirmed(enter, province):
    page = enter(BUILDING_HEAD)
    open_assignment(page, province, BUILDING_TASK)
    steps.hand_in(page, "Đã trình phương án kèm bản vẽ", "ban-ve.txt")
    expect_state(page, "submitted")
    page = enter(SPECIALIST)
    open_assignment(page, province, BUILDING_TASK)
    finish(page, open_dialog(page, "action_open_waiting"), "action_accept")
    expect_state(page, "done")


def test_5_third_task_handed_back_and_reassigned(enter, province, shoot):
    page = enter(FARMING_HEAD)
    open_assignment(page, province, RETURNED_TASK)
    steps.hand_back(page, "Không thuộc chức năng của Sở")
    page = enter(MANAGER)
    open_assignment(page, province, RETURNED_TASK)
    steps.reassign(page, "Sở Xây dựng")
    page = enter(BUILDING_OFFICER)
    open_assignment(page, province, RETURNED_TASK)
    expect_state(page, "released")
    shoot(page, "journey-5-reassigned")


def test_6_phu_luc_adds_up_on_screen_and_paper(enter, province, shoot):
    """Phụ lục I and II come out for the whole province, and the figures add up."""
    page = enter(MANAGER)
    steps.check_phu_luc(page, province)
    shoot(page, "journey-6-phu-luc")
