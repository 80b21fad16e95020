"""An inspection from the plan to its closed dossier, under each text that knows it.

Three provinces and a department of Kon Tum, each with its own agencies and people, who
log in one after the other: the Office plans and a leader approves; it prepares the
decision that the Chairman (KT: the Director) issues; the team's leader invites, asks
for reports, writes minutes and the conclusion; a member records what was found with a
phone's camera; the inspected agency reports and answers the minutes; recommendations
become tasks; the dossier is closed, its ZIP downloaded and its files opened. Under Cà
Mau's text, which knows no inspection, no screen speaks of it.
"""

import hashlib
import io
import json
import re
import zipfile

import journey_steps as steps
import pytest
import screen
from docx import Document
from journey_steps import PHONE, expect_state
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

PLACES = ["khanh-hoa", "bac-giang", "kon-tum", "quang-tri"]
PLAN = "Kế hoạch kiểm tra hành trình"
NAME = "Kiểm tra hành trình việc thực hiện nhiệm vụ được giao"
FOUND = "Hành trình: chưa cập nhật kết quả trên hệ thống"
RECOMMENDED = "Hành trình: cập nhật đầy đủ kết quả trên hệ thống"
OBJECTION = "Hành trình: đề nghị ghi nhận phần đã cập nhật ngày hôm trước"
#: Texts that only offer a dossier, requiring nothing in it (KH has none in its text).
OFFERED = ("khanh-hoa",)

#: What the browser makes of a photograph before it sends it: bytes before and after,
#: and the longest side.
REDUCED = """async (hex) => {
    const path = "@task_inspection/pictures/reduce_picture";
    const { reducePicture } = odoo.loader.modules.get(path);
    const bytes = Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
    const photo = new File([bytes], "anh.jpg", { type: "image/jpeg" });
    const kept = await reducePicture(photo);
    const bitmap = await createImageBitmap(kept);
    return [photo.size, kept.size, Math.max(bitmap.width, bitmap.height)];
}"""

in_places = pytest.mark.parametrize("province", PLACES, indirect=True, scope="session")


@pytest.fixture
def official(enter, province):
    return lambda who, **options: enter(province.place.journey[who], **options)


@pytest.fixture
def inspected(province):
    return agency_of(province, 0)


@pytest.fixture
def inspecting(province):
    """The agency whose officer is a member of the team."""
    return agency_of(province, 1)


def agency_of(province, number):
    """(code, name) of one of the place's agencies of the journey."""
    code = province.place.journey["agencies"][number]
    names = {row["code"]: row["name"] for row in province.place.agencies}
    return code, names[code]


def photo():
    """A photograph as a phone takes it, larger than what is kept of it."""
    buffer = io.BytesIO()
    Image.effect_noise((2600, 1950), 90).convert("RGB").save(buffer, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def scan(name):
    """A signed paper: a page as PDF."""
    buffer = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(buffer)
    return {"name": name, "mimeType": "application/pdf", "buffer": buffer.getvalue()}


def tab(page, name):
    page.locator(f".o_notebook_headers [name={name}]").click()


def leave_row(page):
    """What is typed in a list is the form's once its row is left."""
    page.locator(".o_form_sheet").first.click(position={"x": 3, "y": 3})


def save(page):
    leave_row(page)
    # a value that reaches the form while it is being saved makes it unsaved again
    screen.settle(page)
    page.locator(".o_form_button_save:visible").first.click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def fill_day(scope, name, value):
    scope.locator(f"[name={name}] :is(input, button)").first.click()
    box = scope.locator(f"[name={name}] input").first
    box.fill(value)
    box.press("Tab")


def fill_range(scope, first, last, values):
    """Type both days of a range."""
    for name, value in zip((first, last), values, strict=True):
        box = scope.locator(f"[name={first}] [data-field={name}]").first
        box.click()
        box.fill(value)
        box.press("Tab")


def choose(page, scope, name, words, shown=None):
    """Choose a record in a many2one by typing."""
    box = scope.locator(f"[name={name}] input").first
    box.fill("")
    box.press_sequentially(words)
    page.locator(
        ".o-autocomplete--dropdown-item", has_text=shown or words
    ).first.click()


def add(page, name):
    """The dialog of a new record in the list `name` of the form."""
    page.locator(f"[name={name}] .o_field_x2many_list_row_add a").first.click()
    dialog = page.locator(".modal").last
    expect(dialog.locator(".o_form_view")).to_be_visible()
    return dialog


def keep(page, dialog):
    dialog.locator(".modal-footer .o_form_button_save").first.click()
    expect(page.locator(".modal")).to_have_count(0)


def confirm(page):
    page.locator(".modal .modal-footer .btn-primary").click()
    expect(page.locator(".modal")).to_have_count(0)


def sign(dialog, number, signed):
    dialog.locator("[name=number] input").fill(number)
    fill_day(dialog, "dated_on", steps.day(0))
    dialog.locator("[name=signer_title] input").fill("CHỦ TỊCH")
    dialog.locator("[name=signer_name] input").fill("Nguyễn Văn A")
    dialog.locator("[name=attachment_ids] input[type=file]").set_input_files([signed])
    expect(dialog.locator("[name=attachment_ids] .o_attachment")).to_have_count(1)


def open_named(page, address, name):
    """Open the record of this name from its list, or its cards on a phone."""
    page.goto(address)
    record = page.locator(
        ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)", has_text=name
    ).first
    record.click()
    page.wait_for_selector(".o_form_view")


def open_inspection(page, province):
    open_named(page, f"{province.url}/odoo/inspections?view_type=list", NAME)
    page.wait_for_selector(".o_task_inspection")


@in_places
def test_1_office_plans_and_a_leader_approves(official, province, inspected, shoot):
    page = official("specialist")
    page.goto(f"{province.url}/odoo/inspection-plans/new")
    page.locator("[name=name] :is(input, textarea)").first.fill(PLAN)
    fill_range(page, "date_from", "date_to", (steps.day(0), steps.day(300)))
    page.locator("[name=line_ids] .o_field_x2many_list_row_add a").click()
    row = page.locator("[name=line_ids] .o_selected_row")
    choose(page, row, "agency_id", inspected[1])
    fill_day(row, "date_from", steps.day(0))
    row = page.locator("[name=line_ids] .o_selected_row")
    fill_day(row, "date_to", steps.day(5))
    save(page)
    page.click("button[name=action_submit]")
    expect_state(page, "submitted")
    page = official("leader", **PHONE)
    open_named(page, f"{province.url}/odoo/inspection-plans", PLAN)
    page.click("button[name=action_approve]")
    expect(page.locator("button[name=action_approve]:visible")).to_have_count(0)
    shoot(page, f"inspection-{province.place.name}-1-plan")


@in_places
def test_2_office_prepares_the_decision_and_it_is_issued(
    official, province, inspected, inspecting, shoot
):
    journey = province.place.journey
    page = official("specialist")
    page.goto(f"{province.url}/odoo/planned-inspections?view_type=list")
    page.locator(".o_data_row", has_text=PLAN).first.locator("[name=agency_id]").click()
    page.click("button[name=action_make_inspection]")
    page.wait_for_selector(".o_task_inspection")
    page.locator(".oe_title [name=name] input").fill(NAME)
    page.locator("[name=legal_basis] textarea").fill("Luật Tổ chức chính quyền")
    page.locator("[name=scope] textarea").fill("Nhiệm vụ được giao trong năm")
    tab(page, "team")
    # in the order of the roles: leader, deputy, secretary, member
    for number, role, login in (
        (0, 0, journey["manager"]),
        (1, 2, journey["specialist"]),
        (2, 3, f"{inspecting[0]}.daumoi"),
    ):
        page.locator("[name=member_ids] .o_field_x2many_list_row_add a").click()
        row = page.locator("[name=member_ids] .o_data_row").nth(number)
        # a new row takes the focus to its first cell once
        expect(row.locator("[name=role] input")).to_be_focused()
        choose_by_login(page, row, login)
        expect(row.locator("[name=user_id] input").first).not_to_have_value("")
        screen.choose_option(page, row, "role", role)
        leave_row(page)
        expect(page.locator("[name=member_ids] .o_data_row")).to_have_count(number + 1)
    tab(page, "subjects")
    page.locator("[name=subject_ids] .o_data_row [name=visit_from]").first.click()
    row = page.locator("[name=subject_ids] .o_selected_row")
    fill_day(row, "visit_from", steps.day(0))
    fill_day(row, "report_due_on", steps.day(3))
    save(page)
    tab(page, "decision")
    # only what the text prescribes of a decision: KH a form, the others a time limit
    prescribed = page.locator("[name=decision_check] li")
    expect(prescribed).to_have_count(5)
    expect(prescribed.locator(".text-danger")).to_have_count(0)
    shoot(page, f"inspection-{province.place.name}-2-decision")
    dialog = add(page, "begin_paper_ids")
    sign(dialog, "12/QĐ", scan("quyet-dinh.pdf"))
    keep(page, dialog)
    save(page)
    page = official("leader")
    open_inspection(page, province)
    page.click("button[name=action_issue]:visible")
    expect_state(page, "issued")


def choose_by_login(page, row, login):
    box = row.locator("[name=user_id] input").first
    box.press_sequentially(login)
    items = page.locator(".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)")
    expect(items).to_have_count(1)
    items.first.click()


@in_places
def test_3_leader_of_the_team_invites_and_asks_for_reports(
    official, province, inspected, shoot
):
    page = official("manager")
    open_inspection(page, province)
    page.click("button[name=action_invite]")
    tab(page, "team")
    expect(page.locator("[name=member_ids] [name=answer] .badge").first).to_be_visible()
    tab(page, "subjects")
    page.locator("[name=subject_ids] button[name=action_open]").first.click()
    page.wait_for_selector(".o_task_inspection_subject")
    page.click("button[name=action_ask]")
    expect(page.locator("button[name=action_ask]:visible")).to_have_count(0)
    shoot(page, f"inspection-{province.place.name}-3-asked")


def open_ours(page, province):
    """The inspected agency opens its own place in the inspection."""
    open_named(page, f"{province.url}/odoo/inspections-of-us", NAME)
    page.wait_for_selector(".o_task_inspection_subject")


@in_places
def test_4_inspected_agency_reports(enter, province, inspected, shoot):
    """An officer writes under the text's headings, the head sends."""
    page = enter(f"{inspected[0]}.daumoi")
    open_ours(page, province)
    expect(page.locator(".o_notebook_headers [name=findings]")).to_have_count(0)
    page.click("button[name=action_open_report]")
    page.wait_for_selector(".o_task_inspection_report")
    rows = page.locator("[name=text_ids] .o_data_row")
    expect(rows.first).to_be_visible()
    for number in range(rows.count()):
        row = rows.nth(number)
        row.locator("td[name=body]").click()
        row.locator("[name=body] textarea").fill(f"Hành trình: báo cáo {number + 1}")
        page.keyboard.press("Tab")
    save(page)
    shoot(page, f"inspection-{province.place.name}-4-report")
    page = enter(f"{inspected[0]}.lanhdao")
    open_ours(page, province)
    page.click("button[name=action_open_report]")
    page.wait_for_selector(".o_task_inspection_report")
    page.click("button[name=action_send]")
    confirm(page)
    expect_state(page, "sent")


@in_places
def test_5_member_records_a_finding_with_the_phone(
    enter, province, inspected, inspecting, shoot
):
    page = enter(f"{inspecting[0]}.daumoi", **PHONE, has_touch=True)
    page.goto(f"{province.url}/odoo/my-inspections")
    page.locator(".o_kanban_record", has_text=NAME).first.click()
    page.wait_for_selector(".o_task_inspection")
    tab(page, "subjects")
    card = page.locator("[name=subject_ids] .o_kanban_record", has_text=inspected[1])
    card.locator("button[name=action_view_assignments]").click()
    task = page.locator(".o_kanban_record button[name=action_new_finding]").first
    task.click()
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill(FOUND)
    camera = dialog.locator(".o_inspection_pictures input[capture=environment]")
    assert camera.get_attribute("accept") == "image/*"
    taken = photo()
    before, after, longest = page.evaluate(REDUCED, taken["buffer"].hex())
    assert (after < before, longest) == (True, 2000)
    camera.set_input_files([taken])
    expect(dialog.locator(".o_inspection_thumbnails img")).to_have_count(1)
    dialog.locator("[name=is_failing] input").check()
    for name in ("nature", "cause", "responsibility"):
        dialog.locator(f"[name={name}] textarea").fill(f"Hành trình: {name}")
    screen.choose_option(page, dialog, "degree", 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, f"inspection-{province.place.name}-5-finding-phone")
    keep(page, dialog)


@in_places
def test_6_minutes_are_confirmed_and_answered(
    official, enter, province, inspected, shoot
):
    page = official("manager")
    open_inspection(page, province)
    tab(page, "findings")
    expect(
        page.locator("[name=finding_ids] .o_data_row", has_text=FOUND)
    ).to_be_visible()
    tab(page, "subjects")
    page.locator("[name=subject_ids] button[name=action_open]").first.click()
    page.click("button[name=action_make_minutes]")
    page.wait_for_selector(".o_task_paper")
    # begun with what is known: who is there, what was found
    expect(page.locator("[name=body] textarea")).to_have_value(re.compile(FOUND))
    page.locator("[name=place] input").fill("Trụ sở cơ quan")
    for name, hour in (("begun_at", "00:00:00"), ("ended_at", "00:01:00")):
        fill_day(page, name, f"{steps.day(0)} {hour}")
    save(page)
    page.click("button[name=action_issue]:visible")
    expect_state(page, "issued")
    shoot(page, f"inspection-{province.place.name}-6-minutes")
    page = enter(f"{inspected[0]}.lanhdao")
    open_ours(page, province)
    tab(page, "minutes")
    page.locator("[name=minutes_ids] .o_data_row").first.locator("td").first.click()
    if province.place.name == "kon-tum":
        page.locator(".modal button[name=action_ask]:visible").click()
        dialog = page.locator(".modal").last
        dialog.locator("[name=reason] textarea:visible").fill(OBJECTION)
        dialog.locator("button[name=action_apply]").click()
    else:
        page.locator(".modal button[name=action_agree]:visible").click()
        page.locator(".modal").last.locator(".modal-footer .btn-primary").click()
    expect(page.locator("button[name=action_agree]:visible")).to_have_count(0)
    open_ours(page, province)
    tab(page, "minutes")
    expect(page.locator("[name=minutes_ids] [name=answer] .badge")).to_have_count(1)
    shoot(page, f"inspection-{province.place.name}-6-answered")


@in_places
def test_7_leader_of_the_team_concludes(official, province, inspected, shoot):
    page = official("manager")
    open_inspection(page, province)
    page.locator("button[name=action_ask].btn-primary:visible").click()
    page.locator(".modal button[name=action_apply]").click()
    expect_state(page, "ended")
    tab(page, "conclusion")
    rows = page.locator("[name=conclusion_text_ids] .o_data_row")
    expect(rows).to_have_count(3)
    for number in range(3):
        row = rows.nth(number)
        row.locator("td[name=body]").click()
        row.locator("[name=body] textarea").fill(f"Hành trình: kết luận {number + 1}")
        page.keyboard.press("Tab")
    dialog = add(page, "conclusion_paper_ids")
    sign(dialog, "34/BC", scan("bao-cao.pdf"))
    keep(page, dialog)
    tab(page, "recommendations")
    dialog = add(page, "recommendation_ids")
    dialog.locator("[name=text] textarea").fill(RECOMMENDED)
    choose(page, dialog, "agency_id", inspected[1])
    fill_day(dialog, "deadline", steps.day(20))
    keep(page, dialog)
    save(page)
    if page.locator("button[name=action_prepare_notices]:visible").count():
        page.click("button[name=action_prepare_notices]:visible")
        tab(page, "conclusion")
        expect(page.locator("[name=notice_ids] .o_data_row")).to_have_count(1)
    shoot(page, f"inspection-{province.place.name}-7-conclusion")
    page.click("button[name=action_conclude]")
    confirm(page)
    expect_state(page, "concluded")


@in_places
def test_8_recommendations_become_tasks(official, province, shoot):
    page = official("specialist")
    open_inspection(page, province)
    page.click("button[name=action_make_directive]")
    dialog = page.locator(".modal")
    dialog.locator("[name=number] input").fill("9077")
    dialog.locator("[name=notation] input").fill("UBND-KT")
    dialog.locator("button[name=action_make]").click()
    expect(page.locator(".o_task_lines")).to_contain_text(RECOMMENDED)
    steps.release(page)
    open_inspection(page, province)
    tab(page, "recommendations")
    state = page.locator("[name=recommendation_ids] .o_data_row [name=state]")
    expect(state.locator(".text-bg-info")).to_have_count(1)
    shoot(page, f"inspection-{province.place.name}-8-recommendations")


@in_places
def test_9_dossier_is_closed_and_its_zip_opened(official, province, shoot):
    page = official("manager")
    open_inspection(page, province)
    page.locator("button[name=action_ask].btn-primary:visible").click()
    dialog = page.locator(".modal")
    expect(dialog.locator("button[name=action_apply]")).to_be_visible()
    missing = dialog.locator("[name=missing]:visible")
    assert not (missing.count() and province.place.name in OFFERED)
    if missing.count():
        dialog.locator("[name=reason] textarea:visible").fill("Hành trình: không có")
    dialog.locator("button[name=action_apply]").click()
    # the papers and reports of the dossier are printed first
    expect(page.locator(".modal")).to_have_count(0, timeout=180_000)
    expect_state(page, "closed")
    tab(page, "dossier")
    shoot(page, f"inspection-{province.place.name}-9-dossier")
    digest = page.locator("[name=digest]:visible").inner_text().strip()
    with page.expect_download(timeout=120_000) as download:
        page.click("button[name=action_download_dossier]")
    packed = download.value.path().read_bytes()
    assert hashlib.sha256(packed).hexdigest() == digest
    check_zip(zipfile.ZipFile(io.BytesIO(packed)))
    with page.expect_download(timeout=120_000) as download:
        open_paper(page, "conclusion", "conclusion_paper_ids")
        page.locator(".modal button[name=action_letter_docx]").click()
    words = "\n".join(p.text for p in Document(download.value.path()).paragraphs)
    assert "kết luận 2" in words


def open_paper(page, name, field):
    tab(page, name)
    page.locator(f"[name={field}] .o_data_row").first.locator("td").first.click()


def check_zip(archive):
    """Every file of the dossier opens, and is the one its lists name."""
    assert archive.testzip() is None
    names = archive.namelist()
    for name in names:
        data = io.BytesIO(archive.read(name))
        if name.endswith(".pdf"):
            assert len(PdfReader(data).pages), name
        elif name.endswith(".jpg"):
            Image.open(data).verify()
    for paper in ("12-QĐ.pdf", "34-BC.pdf", ".jpg"):
        assert any(name.endswith(paper) for name in names), paper
    index = PdfReader(io.BytesIO(archive.read("Mục lục hồ sơ.pdf")))
    text = " ".join(page.extract_text() for page in index.pages)
    assert NAME in re.sub(r"\s+", " ", text)
    listed = json.loads(archive.read("muc-luc.json"))
    digests = set(re.findall(r"\b[0-9a-f]{64}\b", json.dumps(listed)))
    files = [name for name in names if "/" in name]
    assert {hashlib.sha256(archive.read(name)).hexdigest() for name in files} <= digests


@pytest.mark.parametrize("province", ["ca-mau"], indirect=True, scope="session")
def test_a_text_without_inspections_has_none(official, province):
    """Cà Mau's text knows no inspection: no menu of it, and none is begun."""
    for who in ("specialist", "manager", "leader"):
        page = official(who)
        menus = page.evaluate(
            """async () => {
                const answer = await fetch("/web/webclient/load_menus");
                return Object.values(await answer.json()).map((menu) => menu.xmlid);
            }"""
        )
        assert not [menu for menu in menus if menu and "inspection" in menu]
        page.goto(f"{province.url}/odoo/desk")
        expect(page.locator("[data-section^=inspection]")).to_have_count(0)
