"""Take the pictures of the user's guide from the real screens, again and again.

    bin/odoo --python docs/pictures.py [-k NAME]

Serves fresh copies of the demonstrations (made first if there are none) the way the
journeys in tests/ do, logs in as each role and keeps what stands on the screen in
docs/images. A script error or an error dialog on the way fails the picture. What is
written here on the way goes with the copy; most forms are left without saving.
"""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

DOCS = Path(__file__).parent
sys.path.append(str(DOCS.parent / "tests"))

import journey_steps as steps  # noqa: E402
import screen  # noqa: E402
from journey_steps import PHONE  # noqa: E402
from screen import choose_option, choose_record, open_dialog, press, tab  # noqa: E402

IMAGES = DOCS / "images"
#: Pictures stay small: the guide is read over slow lines, too.
COLOURS = 96
MOST_BYTES = 150_000

SPECIALIST = "Chuyên viên Phòng Kinh tế"
MANAGER = "Chánh Văn phòng UBND tỉnh (quản lý)"
CHAIRMAN = "Chủ tịch UBND tỉnh"
OFFICER = "Đầu mối Sở Xây dựng"
HEAD = "Giám đốc Sở Xây dựng"
SECTOR = "Đầu mối Sở Nông nghiệp và Môi trường"
ADMINISTRATOR = "Quản trị hệ thống"
#: Logins that are the same in every demonstration (the second one where there are
#: secret documents to keep).
OFFICE_MANAGER, SECRETS = "chanhvanphong", "canbo.mat"

#: The option “Mật”, whose word stands in the others, too.
SECRET = 1

#: The lines typed in the picture of a directive: content, lead, support.
TASKS = (
    ("Báo cáo tiến độ giải ngân vốn đầu tư công", "Sở Tài chính", "Sở Xây dựng"),
    ("Trình phương án tháo gỡ vướng mắc mặt bằng", "Sở Xây dựng", ""),
    ("Hoàn thành rà soát quỹ đất tái định cư", "Sở Nông nghiệp", "Sở Xây dựng"),
)


def of_place(name):
    """A picture of another demonstration than the default one."""
    return pytest.mark.parametrize("province", [name], indirect=True, scope="session")


def main(arguments):
    """Run the pictures below as the tests of tests/conftest.py's fixtures."""
    options = ["-p", "conftest", "-p", "no:cacheprovider", "--rootdir", str(DOCS)]
    # the helpers of the journeys are loaded here before pytest sees them
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    names = ["-o", "python_files=pictures.py", "-o", "python_functions=picture_*"]
    return pytest.main([__file__, *options, *names, *arguments])


# -- on the page ---------------------------------------------------------------------


@pytest.fixture
def visit(enter, province):
    """`visit(role, path)`: a page of that role, on /odoo/path; a page may go on."""

    def go(who, path, **options):
        page = enter(who, **options) if isinstance(who, str) else who
        screen.visit(page, f"{province.url}/odoo/{path}")
        page.wait_for_selector(
            ".o_action_manager :is(.o_task_desk, .o_task_glance, .o_view_controller)"
        )
        screen.settle(page)
        return page

    return go


def keep(page, name, *mark):
    """Keep the page as docs/images/NAME.png, the things to press framed in red."""
    marked = [page.locator(one).locator("visible=true").first for one in mark]
    for one in marked:
        one.evaluate("one => { one.style.outline = '3px solid #d9230f'; }")
    # Where the mouse rests, hints appear; where one writes, text is selected.
    page.mouse.move(0, page.viewport_size["height"] - 1)
    page.evaluate("document.activeElement.blur()")
    shot = Image.open(io.BytesIO(settled(page)))
    for one in marked:
        one.evaluate("one => { one.style.outline = ''; }")
    few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    IMAGES.mkdir(exist_ok=True)
    path = IMAGES / f"{name}.png"
    few.save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES, f"{path.name} is too large"


def in_the_middle(page, selector):
    """Scroll until this part of a long form stands in the middle of the screen."""
    part = page.locator(selector).first
    part.evaluate("one => one.scrollIntoView({block: 'center'})")


def settled(page):
    """A picture of the page once nothing moves on it any more."""
    last = None
    for _attempt in range(40):
        page.wait_for_timeout(500)
        shot = page.screenshot(animations="disabled")
        if shot == last:
            return shot
        last = shot
    raise AssertionError("The page does not come to rest.")


def call(page, model, method, args, **options):
    """Ask the server in the name of the reader of the page."""
    return page.evaluate(
        """async (params) => {
            const answer = await fetch("/web/dataset/call_kw", {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", method: "call", params}),
            });
            return (await answer.json()).result;
        }""",
        {"model": model, "method": method, "args": args, "kwargs": options},
    )


def record(page, model, domain, order="id desc"):
    """The id of the first record of `domain` that the reader of the page may see."""
    found = call(page, model, "search", [domain], limit=1, order=order)
    assert found, f"The demonstration has no {model} with {domain}"
    return found[0]


def open_task(visit, page, facts, order="id desc"):
    """Open the first assignment of which these facts (field: value) are true."""
    domain = [[name, "=", value] for name, value in facts.items()]
    mine = "my-" if facts.get("is_mine") else ""
    visit(page, f"{mine}assignments/{record(page, 'task.assignment', domain, order)}")


def write(page, scope=None, /, **texts):
    """Fill in fields of the form on the page, or of a dialog: name=text."""
    screen.write(page, scope or page.locator(".o_form_view"), **texts)


def write_day(page, scope, name, offset):
    """Type the day that is `offset` days from today."""
    screen.fill_day(page, scope, name, steps.day(offset))


def picture_login(page, province):
    page.goto(f"{province.url}/web/login")
    page.fill("input[name=login]", province.login(SPECIALIST))
    keep(page, "dang-nhap", "button[type=submit]")


# -- the Office ----------------------------------------------------------------------


def picture_desk_of_specialist(visit):
    keep(visit(SPECIALIST, "desk"), "viec-can-lam")


def picture_directive(visit):
    page = visit(SPECIALIST, "directives/new")
    write(page, number="9100", notation="UBND-KT")
    choose_record(page, page.locator(".o_form_view"), "type_id", "Công văn")
    write(
        page,
        signer_position="Chủ tịch UBND tỉnh",
        abstract="Về việc đẩy nhanh tiến độ giải ngân vốn đầu tư công quý IV",
    )
    for number, (content, lead, support) in enumerate(TASKS):
        write_task(page, content, lead, support, 10 + 5 * number)
    screen.leave_row(page)
    in_the_middle(page, "[name=attachment_ids]")
    keep(page, "van-ban-moi", "button[name=action_release]")
    steps.release(page)
    tab(page, "clocks")
    page.locator(".o_task_limits .o_task_why_button").first.click()
    page.locator(".o_task_why").wait_for()
    keep(page, "vi-sao-ngay-nay", ".o_task_why")


def write_task(page, content, lead, support, offset):
    """Type one line of tasks, as a clerk does with the keyboard."""
    steps.add_task(page, content, lead, steps.day(offset), support)


def picture_deadline_from_event(visit):
    page = visit(SPECIALIST, "directives/new")
    write(page, number="9102", notation="UBND-KT")
    choose_record(page, page.locator(".o_form_view"), "type_id", "Công văn")
    write(page, abstract="Về việc triển khai thủ tục sau khi phê duyệt chủ trương")
    content = "Trình quyết định phê duyệt dự án đầu tư"
    write_task(page, content, "Sở Xây dựng", "", 20)
    screen.save(page)
    press(page, "get_formview_action", page.locator(".o_task_lines"))
    task = page.locator(".o_form_view", has=page.locator("[name=relative_unit]"))
    choose_option(page, task, "relative_unit", "Ngày làm việc")
    write(
        page,
        relative_amount="15",
        relative_event="Hội đồng nhân dân tỉnh thông qua chủ trương đầu tư",
    )
    in_the_middle(page, "[name=relative_event]")
    keep(page, "tinh-tu-su-kien", ".o_field_widget[name=relative_event]")


def picture_secret_is_refused(visit, troubles):
    page = visit(SPECIALIST, "directives/new")
    write(page, number="12", notation="UBND-NC")
    choose_option(page, page.locator(".o_form_view"), "secrecy", SECRET)
    page.locator(".o_form_button_save").click()
    page.locator(".modal-body").wait_for()
    keep(page, "van-ban-mat")
    troubles.clear()


def picture_undated(visit):
    keep(visit(SPECIALIST, "tasks-outside"), "khong-thoi-han")


def picture_results(visit):
    page = visit(SPECIALIST, "desk")
    open_task(visit, page, {"state": "submitted", "specialist_id.name": SPECIALIST})
    box = open_dialog(page, "action_open_waiting")
    write(
        page,
        box,
        answer="Đề nghị bổ sung số liệu theo từng dự án.",
    )
    keep(
        page,
        "tra-loi-ket-qua",
        ".modal button[name=action_accept]",
        ".modal button[name=action_refuse]",
    )
    page.locator(".modal .btn-close").click()
    open_task(visit, page, {"state": "doing", "role": "lead"})
    box = open_dialog(page, "action_new_result")
    write(
        page,
        box,
        text="Đã hoàn thành theo văn bản gửi kèm.",
        reply_number="2145/SXD-QLN",
    )
    write_day(page, box, "reply_date", -1)
    write_day(page, box, "happened_on", -1)
    keep(page, "nhap-thay-co-quan", ".modal [name=happened_on]")


# -- an agency -----------------------------------------------------------------------


def picture_agency_officer(visit):
    page = visit(OFFICER, "desk")
    keep(page, "viec-can-lam-dau-moi")
    open_task(visit, page, {"is_mine": True, "role": "lead", "state": "released"}, "id")
    keep(page, "tiep-nhan", "button[name=action_receive]")
    open_task(visit, page, {"is_mine": True, "role": "lead", "state": "doing"})
    box = open_dialog(page, "action_new_progress")
    write(
        page,
        box,
        text="Đã họp với các đơn vị liên quan; còn 02 đơn vị chưa gửi số liệu.",
    )
    keep(page, "cap-nhat-tinh-hinh", ".modal .o_form_button_save")
    page.locator(".modal .btn-close").click()
    box = open_dialog(page, "action_new_result")
    write(
        page,
        box,
        text="Đã báo cáo UBND tỉnh tại văn bản gửi kèm; có phụ lục số liệu.",
        reply_number="2145/BC-SXD",
    )
    write_day(page, box, "reply_date", 0)
    keep(page, "soan-ket-qua", ".modal .o_form_button_save")


def picture_agency_head(visit):
    page = visit(HEAD, "my-officers")
    keep(page, "uy-quyen-dau-moi", "button[name^=action_task_]")
    asked = {"is_overdue": False, "extension_pending": False}
    doing = {"is_mine": True, "role": "lead", "state": "doing", **asked}
    open_task(visit, page, doing, "deadline, id")
    box = open_dialog(page, "action_new_extension")
    write_day(page, box, "new_deadline", 30)
    write(
        page,
        box,
        text="Cần thêm thời gian lấy ý kiến các cơ quan liên quan.",
    )
    keep(page, "xin-gia-han", ".modal button[name=action_submit]")
    page.locator(".modal .btn-close").click()
    box = open_dialog(page, "action_new_return")
    choose_record(page, box, "proposed_agency_id", "Sở Nông nghiệp")
    write(
        page, box, text="Nội dung này thuộc chức năng của Sở Nông nghiệp và Môi trường."
    )
    keep(page, "chuyen-lai", ".modal button[name=action_submit]")


@of_place("bac-giang")
def picture_rating(visit):
    page = visit(OFFICE_MANAGER, "desk")
    page.locator("[data-section=to_rate] .card-header").click()
    page.locator(".o_data_row").first.click()
    box = open_dialog(page, "action_rate")
    for question in ("progress", "quality", "effect"):
        box.locator(f"[name={question}] input[type=radio]").first.check()
    keep(page, "danh-gia-ket-qua", ".modal button[name=action_apply]")


@of_place("bac-giang")
def picture_secret_register(visit):
    keep(visit(SECRETS, "secret-documents"), "so-van-ban-mat")


@of_place("kon-tum")
def picture_from_above(visit):
    page = visit(OFFICE_MANAGER, "tasks-from-above")
    keep(page, "tu-cap-tren")
    page.locator(".o_data_row", has_text="dược liệu").first.click()
    page.locator("button[name=action_upward]:visible").first.wait_for()
    keep(page, "gui-cap-tren", "button[name=action_upward]")


def picture_sector_body(visit):
    page = visit(SECTOR, "desk")
    page.locator("[data-section=sector]").scroll_into_view_if_needed()
    keep(page, "theo-linh-vuc", "[data-section=sector]")


def picture_chairman_on_phone(visit):
    page = visit(CHAIRMAN, "desk", **PHONE)
    keep(page, "dien-thoai-viec-can-lam")
    page.locator("[data-section=extensions] li button").first.click()
    page.locator("button[name=action_accept]").wait_for()
    keep(page, "dien-thoai-gia-han", "button[name=action_accept]")


def picture_limits_kept(visit):
    page = visit(CHAIRMAN, "desk")
    page.locator("[data-section=kept] table").first.wait_for()
    in_the_middle(page, "[data-section=kept]")
    keep(page, "giu-thoi-han", "[data-section=kept]")


def picture_chairman_changes_deadline(visit):
    page = visit(CHAIRMAN, "desk")
    open_task(visit, page, {"state": "doing", "role": "lead", "is_due_soon": True})
    box = open_dialog(page, "action_order")
    write_day(page, box, "deadline", 21)
    write(
        page,
        box,
        reason="Điều chỉnh theo tiến độ chung của dự án.",
        reference="Thông báo số 310/TB-UBND",
    )
    keep(page, "thay-doi-thoi-han", ".modal button[name=action_apply]")


def picture_manager(visit):
    page = visit(MANAGER, "desk")
    open_task(visit, page, {"state": "returned", "return_ids.kind": "not_ours"})
    box = open_dialog(page, "action_open_waiting")
    choose_record(page, box, "new_agency_ids", "Sở Nông nghiệp")
    keep(
        page,
        "tra-loi-chuyen-lai",
        ".modal [name=new_agency_ids]",
        ".modal button[name=action_accept]",
    )
    page.locator(".modal .btn-close").click()
    open_task(visit, page, {"state": "done", "is_extended": True, "role": "lead"})
    tab(page, "facts")
    in_the_middle(page, "[name=fact_ids]")
    keep(page, "qua-trinh-xu-ly", "a[name=facts]")
    visit(page, "task-authorisations")
    keep(page, "uy-quyen-pho-chu-tich")


def picture_search(visit):
    page = visit(SPECIALIST, "assignments")
    search = page.locator(".o_searchview_input")
    search.press_sequentially("giai ngan", delay=20)
    # before the proposals are drawn, Enter does nothing
    page.wait_for_selector(".o_searchview_autocomplete .o-dropdown-item.focus")
    search.press("Enter")
    settled(page)
    page.locator(".o_searchview_dropdown_toggler").click()
    keep(page, "tim-kiem", ".o_searchview_dropdown_toggler")


def picture_views(visit):
    page = visit(SPECIALIST, "assignments?view_type=kanban")
    keep(page, "the-theo-trang-thai", ".o_cp_switch_buttons")
    visit(page, "assignments?view_type=calendar")
    keep(page, "lich")
    visit(page, "assignments?view_type=pivot")
    keep(page, "bang-tong-hop")


def picture_report(visit):
    page = visit(MANAGER, "phu-luc")
    page.locator(".o_phu_luc_form").wait_for()
    keep(page, "phu-luc", "button[name=action_print]", "button[name=action_export]")
    page.locator(".o_phu_luc_rates").scroll_into_view_if_needed()
    keep(page, "ty-le", ".o_phu_luc_rates")


def picture_start_from_record(visit):
    page = visit(ADMINISTRATOR, "agencies")
    partner = record(page, "res.partner", [["name", "=", "Sở Tài chính"]])
    for name in ("To-trinh-3120-STC.pdf", "Phu-luc-von.xlsx"):
        values = {"name": name, "res_model": "res.partner", "res_id": partner}
        call(page, "ir.attachment", "create", [{**values, "datas": "VMOgaSBsaeG7h3U="}])
    page = visit(SPECIALIST, f"res.partner/{partner}")
    page.locator(".o_cp_action_menus button").first.click()
    item = ".o-dropdown--menu .o-dropdown-item:text-is('Giao nhiệm vụ từ hồ sơ này')"
    page.locator(item).click()
    box = page.locator(".modal")
    write(
        page,
        box,
        abstract="Về việc điều chỉnh kế hoạch vốn theo đề nghị của Sở Tài chính",
    )
    box.locator("[name=shared_ids] input[type=checkbox]").first.click()
    keep(page, "giao-tu-ho-so", ".modal button[name=action_start]")


# -- periodic reports ----------------------------------------------------------------

#: The demonstration's second ad hoc report, under way on every day of creation.
UNDER_WAY = "Báo cáo đột xuất phục vụ họp giao ban"
REPORTER = "Đầu mối Sở Nông nghiệp và Môi trường"


def open_report(page, section, name=UNDER_WAY):
    """Open a report from the desk."""
    page.locator(f"[data-section={section}] li button", has_text=name).first.click()
    page.wait_for_selector(".o_form_view")


def picture_report_is_explained(visit):
    page = visit(REPORTER, "desk")
    open_report(page, "reports")
    tab(page, "reasons")
    page.locator("[name=reason_ids] .o_data_row").first.wait_for()
    in_the_middle(page, "[name=reason_ids]")
    keep(page, "bao-cao-giai-trinh", "[name=reason_ids]")


def picture_nil_report(visit, province):
    login = f"{province.place.journey['idle']}.lanhdao"
    page = visit(login, "desk", **PHONE)
    open_report(page, "reports")
    page.locator("button[name=action_submit_nil]").wait_for()
    keep(page, "bao-cao-khong-co-nhiem-vu", "button[name=action_submit_nil]")


def picture_reports_received(visit):
    page = visit(MANAGER, "report-periods?view_type=list")
    page.locator(".o_data_row").first.wait_for()
    keep(page, "cac-ky-bao-cao")
    visit(page, "desk")
    open_report(page, "reports_to_compile")
    tab(page, "texts")
    page.locator("[name=told_ids] .o_data_row").first.wait_for()
    keep(page, "bao-cao-tong-hop", "[name=told_ids]")


def picture_report_is_read(visit):
    page = visit(CHAIRMAN, "desk", **PHONE)
    page.locator("[data-section=reports_submitted] li button").first.click()
    page.locator(".o_phu_luc_form").wait_for()
    in_the_middle(page, ".o_phu_luc_form [data-code=completed]")
    keep(page, "dien-thoai-bao-cao")
    page = visit(OFFICER, "published-reports?view_type=list")
    page.locator(".o_data_row").first.wait_for()
    keep(page, "bao-cao-cong-khai")


# -- inspections ---------------------------------------------------------------------

#: On the team of the inspection under way; inspected by it: one whose report is still
#: to be sent, and the head who has minutes to answer.
MEMBER = "Đầu mối Sở Tài chính"
REPORTING, ANSWERING = "Đầu mối UBND đặc khu Trường Sa", HEAD


def open_inspection(visit, page, state, page_name):
    """Open the inspection in that state; of two, the one begun last."""
    found = record(page, "task.inspection", [["state", "=", state]], "issued_on desc")
    visit(page, f"inspections/{found}")
    tab(page, page_name)


def picture_inspection_plan(visit):
    page = visit(SPECIALIST, "inspection-plans")
    year = steps.BEGUN.year + 1
    plan = call(
        page,
        "task.inspection.plan",
        "create",
        [
            {
                "name": f"Kế hoạch kiểm tra việc thực hiện nhiệm vụ năm {year}",
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
            }
        ],
    )
    visit(page, f"inspection-plans/{plan}")
    box = open_dialog(page, "action_suggest")
    box.locator(".o_data_row").first.wait_for()
    box.locator(".o_data_row [name=is_chosen] input").first.click()
    keep(page, "kiem-tra-goi-y", ".modal button[name=action_add]")


def picture_inspection_decision(visit):
    page = visit(SPECIALIST, "inspections")
    open_inspection(visit, page, "draft", "decision")
    keep(page, "kiem-tra-quyet-dinh", "[name=decision_check]")


def picture_inspection_leader(visit):
    page = visit(CHAIRMAN, "inspection-plans", **PHONE)
    plan = record(page, "task.inspection.plan", [["state", "=", "submitted"]])
    visit(page, f"inspection-plans/{plan}")
    keep(page, "dien-thoai-kiem-tra-duyet", "button[name=action_approve]")
    page = visit(CHAIRMAN, "inspections-at-a-glance")
    page.locator(".o_task_glance_tiles").wait_for()
    keep(page, "kiem-tra-tong-quan")


def picture_inspection_finding(visit):
    page = visit(MEMBER, "my-inspections", **PHONE)
    domain = [
        ["inspection_id.state", "=", "issued"],
        ["attachment_ids", "!=", False],
    ]
    found = record(page, "task.inspection.finding", domain)
    visit(page, f"task.inspection.finding/{found}")
    keep(page, "dien-thoai-kiem-tra-phat-hien")


def picture_inspection_of_us(visit):
    page = visit(REPORTING, "inspections-of-us")
    domain = [["state", "=", "draft"]]
    found = record(page, "task.inspection.report", domain)
    visit(page, f"task.inspection.report/{found}")
    keep(page, "kiem-tra-bao-cao", "button[name=action_send]")
    page = visit(ANSWERING, "inspections-of-us")
    domain = [["kind", "=", "minutes"], ["answer", "=", False]]
    found = record(page, "task.inspection.paper", domain)
    visit(page, f"task.inspection.paper/{found}")
    keep(page, "kiem-tra-bien-ban", "button[name=action_agree]")


def picture_inspection_conclusion(visit):
    page = visit(MANAGER, "inspections")
    open_inspection(visit, page, "ended", "conclusion")
    keep(page, "kiem-tra-ket-luan", "button[name=action_conclude]")
    visit(page, "inspection-recommendations?view_type=list")
    page.locator(".o_data_row").first.wait_for()
    keep(page, "kiem-tra-kien-nghi")


def picture_inspection_dossier(visit):
    page = visit(SPECIALIST, "inspections")
    open_inspection(visit, page, "closed", "dossier")
    page.locator("[name=item_ids] .o_data_row").first.wait_for()
    in_the_middle(page, "button[name=action_download_dossier]")
    keep(page, "kiem-tra-ho-so", "button[name=action_download_dossier]")


# -- urging --------------------------------------------------------------------------


def picture_urging_of_a_task(visit):
    page = visit(MANAGER, "task-urging")
    line = [["kind", "=", "letter"], ["state", "=", "done"]]
    task = call(page, "task.urge.line", "search_read", [line], fields=["assignment_id"])
    visit(page, f"assignments/{task[0]['assignment_id'][0]}")
    tab(page, "urging")
    page.locator("[name=urge_line_ids] .o_data_row").first.wait_for()
    in_the_middle(page, "button[name=action_urge_letter]")
    keep(page, "don-doc-nhiem-vu", "button[name=action_urge_letter]")


def picture_letter_of_urging(visit):
    page = visit(MANAGER, "task-urges")
    draft = record(
        page, "task.urge", [["kind", "=", "letter"], ["state", "=", "draft"]]
    )
    visit(page, f"task-urges/{draft}")
    keep(page, "don-doc-van-ban", "button[name=action_issue]")


def picture_direction(visit):
    page = visit(CHAIRMAN, "desk", **PHONE)
    waiting = record(page, "task.referral", [["state", "=", "submitted"]])
    visit(page, f"task-referrals/{waiting}")
    write(page, direction="Đồng ý với đề xuất; hoàn thành trong tháng.")
    in_the_middle(page, "[name=direction]")
    keep(page, "dien-thoai-chi-dao", "button[name=action_direct]")


def picture_feedback(visit):
    page = visit(MANAGER, "task-feedback")
    visit(
        page, f"task-feedback/{record(page, 'task.feedback', [['state', '=', 'open']])}"
    )
    keep(page, "phan-hoi", "button[name=action_urge]")


def picture_inquiry(visit):
    page = visit(MANAGER, "report-requests")
    sent = record(page, "task.inquiry", [["state", "=", "sent"]])
    visit(page, f"report-requests/{sent}")
    page.locator("[name=answer_ids] .o_data_row").first.wait_for()
    keep(page, "yeu-cau-bao-cao", "button[name=action_remind]")


# -- the administrator ---------------------------------------------------------------


def picture_settings(visit):
    page = visit(ADMINISTRATOR, "task-regulations")
    followed = record(page, "task.regulation", [["company_ids", "!=", False]])
    visit(page, f"task-regulations/{followed}")
    keep(page, "quy-che")
    visit(page, "task-days-off")
    keep(page, "ngay-nghi", ".o_control_panel_main_buttons")


def picture_regulation_is_read(visit):
    page = visit(SPECIALIST, "task-regulations")
    followed = record(page, "task.regulation", [["company_ids", "!=", False]])
    visit(page, f"regulation-text/{followed}")
    article = page.locator("[data-article]", has_text="Điều 6.").first
    article.locator("summary").first.click()
    article.evaluate("one => one.scrollIntoView({block: 'start'})")
    keep(page, "xem-quy-che")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
