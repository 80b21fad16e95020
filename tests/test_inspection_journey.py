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
from docx import Document
from journey_steps import PHONE
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter
from screen import (
    RECORD,
    add_by_dialog,
    add_row,
    attach,
    choose_option,
    choose_record,
    confirm,
    edit_row,
    expect_state,
    fill_day,
    finish,
    keep,
    leave_row,
    open_dialog,
    open_record,
    opened,
    press,
    save,
    settle,
    tab,
    visit,
    write,
    write_cell,
)

PLACES = ["khanh-hoa", "bac-giang", "kon-tum", "quang-tri"]
PLAN = "Kế hoạch kiểm tra hành trình"
NAME = "Kiểm tra hành trình việc thực hiện nhiệm vụ được giao"
FOUND = "Hành trình: chưa cập nhật kết quả trên hệ thống"
RECOMMENDED = "Hành trình: cập nhật đầy đủ kết quả trên hệ thống"
OBJECTION = "Hành trình: đề nghị ghi nhận phần đã cập nhật ngày hôm trước"
#: Of several buttons of one name, the words on the one that is meant.
RECORD_END, CLOSE_DOSSIER = "Ghi nhận kết thúc", "Đóng hồ sơ"
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


def sign(page, dialog, number, signed):
    write(page, dialog, number=number)
    fill_day(page, dialog, "dated_on", steps.today())
    write(page, dialog, signer_title="CHỦ TỊCH", signer_name="Nguyễn Văn A")
    attach(page, dialog, [signed])


def open_inspection(page, province):
    visit(page, f"{province.url}/odoo/inspections?view_type=list")
    open_record(page, NAME)
    expect(page.locator(".o_task_inspection")).to_be_visible()


def open_subject(page):
    """Open what concerns the first of the inspected agencies."""
    tab(page, "subjects")
    row = page.locator("[name=subject_ids] .o_data_row").first
    press(page, "action_open", row)
    expect(page.locator(".o_task_inspection_subject")).to_be_visible()


def open_paper(page, name, field):
    """The dialog of the first paper on the page `name`."""
    tab(page, name)
    page.locator(f"[name={field}] .o_data_row").first.locator("td").first.click()
    return opened(page, 0)


@in_places
def test_1_office_plans_and_a_leader_approves(official, province, inspected, shoot):
    page = official("specialist")
    visit(page, f"{province.url}/odoo/inspection-plans/new")
    form = page.locator(".o_form_view")
    write(page, form, name=PLAN)
    fill_day(page, form, "date_from", steps.day(0))
    fill_day(page, form, "date_to", steps.day(300))
    row = add_row(page, "line_ids")
    choose_record(page, row, "agency_id", inspected[1])
    fill_day(page, row, "date_from", steps.day(0))
    fill_day(page, row, "date_to", steps.day(5))
    save(page)
    press(page, "action_submit")
    expect_state(page, "submitted")
    page = official("leader", **PHONE)
    visit(page, f"{province.url}/odoo/inspection-plans")
    open_record(page, PLAN)
    press(page, "action_approve")
    expect_state(page, "approved")
    shoot(page, f"inspection-{province.place.name}-1-plan")


@in_places
def test_2_office_prepares_the_decision_and_it_is_issued(
    official, province, inspected, inspecting, shoot
):
    journey = province.place.journey
    page = official("specialist")
    visit(page, f"{province.url}/odoo/planned-inspections?view_type=list")
    open_record(page, PLAN, "agency_id")
    press(page, "action_make_inspection")
    form = page.locator(".o_task_inspection")
    expect(form).to_be_visible()
    write(
        page,
        form,
        name=NAME,
        legal_basis="Luật Tổ chức chính quyền",
        scope="Nhiệm vụ được giao trong năm",
    )
    tab(page, "team")
    # in the order of the roles: leader, deputy, secretary, member
    for role, login in (
        (0, journey["manager"]),
        (2, journey["specialist"]),
        (3, f"{inspecting[0]}.daumoi"),
    ):
        row = add_row(page, "member_ids")
        # a login finds one person, whose name it is not
        choose_record(page, row, "user_id", login, shown="")
        choose_option(page, row, "role", role)
    leave_row(page)
    expect(page.locator("[name=member_ids] .o_data_row")).to_have_count(3)
    tab(page, "subjects")
    row = page.locator("[name=subject_ids] .o_data_row").first
    edit_row(page, row, "visit_from")
    fill_day(page, row, "visit_from", steps.day(0))
    fill_day(page, row, "report_due_on", steps.day(3))
    save(page)
    tab(page, "decision")
    # only what the text prescribes of a decision: KH a form, the others a time limit
    prescribed = page.locator("[name=decision_check] li")
    expect(prescribed).to_have_count(5)
    expect(prescribed.locator(".text-danger")).to_have_count(0)
    shoot(page, f"inspection-{province.place.name}-2-decision")
    dialog = add_by_dialog(page, "begin_paper_ids")
    sign(page, dialog, "12/QĐ", scan("quyet-dinh.pdf"))
    keep(page, dialog)
    save(page)
    page = official("leader")
    open_inspection(page, province)
    press(page, "action_issue")
    expect_state(page, "issued")


@in_places
def test_3_leader_of_the_team_invites_and_asks_for_reports(
    official, province, inspected, shoot
):
    page = official("manager")
    open_inspection(page, province)
    press(page, "action_invite")
    tab(page, "team")
    expect(page.locator("[name=member_ids] [name=answer] .badge").first).to_be_visible()
    open_subject(page)
    press(page, "action_ask")
    settle(page)
    expect(page.locator("button[name=action_ask]:visible")).to_have_count(0)
    shoot(page, f"inspection-{province.place.name}-3-asked")


def open_ours(page, province):
    """The inspected agency opens its own place in the inspection."""
    visit(page, f"{province.url}/odoo/inspections-of-us")
    open_record(page, NAME)
    expect(page.locator(".o_task_inspection_subject")).to_be_visible()


def open_report(page, province):
    """The inspected agency opens its report."""
    open_ours(page, province)
    press(page, "action_open_report")
    expect(page.locator(".o_task_inspection_report")).to_be_visible()
    settle(page)


@in_places
def test_4_inspected_agency_reports(enter, province, inspected, shoot):
    """An officer writes under the text's headings, the head sends."""
    page = enter(f"{inspected[0]}.daumoi")
    open_ours(page, province)
    expect(page.locator(".o_notebook_headers [name=findings]")).to_have_count(0)
    open_report(page, province)
    rows = page.locator("[name=text_ids] .o_data_row")
    expect(rows.first).to_be_visible()
    for number in range(rows.count()):
        words = f"Hành trình: báo cáo {number + 1}"
        write_cell(page, rows.nth(number), "body", words)
    save(page)
    shoot(page, f"inspection-{province.place.name}-4-report")
    page = enter(f"{inspected[0]}.lanhdao")
    open_report(page, province)
    press(page, "action_send")
    confirm(page)
    expect_state(page, "sent")


@in_places
def test_5_member_records_a_finding_with_the_phone(
    enter, province, inspected, inspecting, shoot
):
    page = enter(f"{inspecting[0]}.daumoi", **PHONE, has_touch=True)
    visit(page, f"{province.url}/odoo/my-inspections")
    open_record(page, NAME)
    expect(page.locator(".o_task_inspection")).to_be_visible()
    tab(page, "subjects")
    card = page.locator("[name=subject_ids] .o_kanban_record", has_text=inspected[1])
    press(page, "action_view_assignments", card)
    # the cards of the inspection, which go, have such a button too
    expect(page.locator(".o_task_inspection")).to_have_count(0)
    settle(page)
    found_on = page.locator("button[name=action_new_finding]")
    task = page.locator(RECORD).filter(has=found_on).first
    dialog = open_dialog(page, "action_new_finding", task)
    write(page, dialog, text=FOUND)
    camera = dialog.locator(".o_inspection_pictures input[capture=environment]")
    assert camera.get_attribute("accept") == "image/*"
    taken = photo()
    before, after, longest = page.evaluate(REDUCED, taken["buffer"].hex())
    assert (after < before, longest) == (True, 2000)
    camera.set_input_files([taken])
    expect(dialog.locator(".o_inspection_thumbnails img")).to_have_count(1)
    settle(page)
    dialog.locator("[name=is_failing] input").check()
    for name in ("nature", "cause", "responsibility"):
        write(page, dialog, **{name: f"Hành trình: {name}"})
    choose_option(page, dialog, "degree", 0)
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
    open_subject(page)
    press(page, "action_make_minutes")
    paper = page.locator(".o_task_paper")
    expect(paper).to_be_visible()
    # begun with what is known: who is there, what was found
    expect(page.locator("[name=body] textarea")).to_have_value(re.compile(FOUND))
    write(page, paper, place="Trụ sở cơ quan")
    for name, hour in (("begun_at", "00:00:00"), ("ended_at", "00:01:00")):
        fill_day(page, paper, name, f"{steps.day(0)} {hour}")
    save(page)
    press(page, "action_issue")
    expect_state(page, "issued")
    shoot(page, f"inspection-{province.place.name}-6-minutes")
    page = enter(f"{inspected[0]}.lanhdao")
    open_ours(page, province)
    minutes = open_paper(page, "minutes", "minutes_ids")
    if province.place.name == "kon-tum":
        dialog = open_dialog(page, "action_ask", minutes)
        write(page, dialog, reason=OBJECTION)
        press(page, "action_apply", dialog)
    else:
        press(page, "action_agree", minutes)
        confirm(page)
    settle(page)
    expect(page.locator("button[name=action_agree]:visible")).to_have_count(0)
    open_ours(page, province)
    tab(page, "minutes")
    expect(page.locator("[name=minutes_ids] [name=answer] .badge")).to_have_count(1)
    shoot(page, f"inspection-{province.place.name}-6-answered")


@in_places
def test_7_leader_of_the_team_concludes(official, province, inspected, shoot):
    page = official("manager")
    open_inspection(page, province)
    finish(page, open_dialog(page, "action_ask", words=RECORD_END), "action_apply")
    expect_state(page, "ended")
    tab(page, "conclusion")
    rows = page.locator("[name=conclusion_text_ids] .o_data_row")
    expect(rows).to_have_count(3)
    for number in range(3):
        words = f"Hành trình: kết luận {number + 1}"
        write_cell(page, rows.nth(number), "body", words)
    dialog = add_by_dialog(page, "conclusion_paper_ids")
    sign(page, dialog, "34/BC", scan("bao-cao.pdf"))
    keep(page, dialog)
    tab(page, "recommendations")
    dialog = add_by_dialog(page, "recommendation_ids")
    write(page, dialog, text=RECOMMENDED)
    choose_record(page, dialog, "agency_id", inspected[1])
    fill_day(page, dialog, "deadline", steps.day(20))
    keep(page, dialog)
    save(page)
    if page.locator("button[name=action_prepare_notices]:visible").count():
        press(page, "action_prepare_notices")
        tab(page, "conclusion")
        expect(page.locator("[name=notice_ids] .o_data_row")).to_have_count(1)
    shoot(page, f"inspection-{province.place.name}-7-conclusion")
    press(page, "action_conclude")
    confirm(page)
    expect_state(page, "concluded")


@in_places
def test_8_recommendations_become_tasks(official, province, shoot):
    page = official("specialist")
    open_inspection(page, province)
    dialog = open_dialog(page, "action_make_directive")
    write(page, dialog, number="9077", notation="UBND-KT")
    finish(page, dialog, "action_make")
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
    dialog = open_dialog(page, "action_ask", words=CLOSE_DOSSIER)
    missing = dialog.locator("[name=missing]:visible")
    assert not (missing.count() and province.place.name in OFFERED)
    if missing.count():
        write(page, dialog, reason="Hành trình: không có")
    press(page, "action_apply", dialog)
    # the papers and reports of the dossier are printed first
    expect(page.locator(".modal")).to_have_count(0, timeout=180_000)
    expect_state(page, "closed")
    tab(page, "dossier")
    shoot(page, f"inspection-{province.place.name}-9-dossier")
    digest = page.locator("[name=digest]:visible").inner_text().strip()
    with page.expect_download(timeout=120_000) as download:
        press(page, "action_download_dossier")
    packed = download.value.path().read_bytes()
    assert hashlib.sha256(packed).hexdigest() == digest
    check_zip(zipfile.ZipFile(io.BytesIO(packed)))
    with page.expect_download(timeout=120_000) as download:
        paper = open_paper(page, "conclusion", "conclusion_paper_ids")
        press(page, "action_letter_docx", paper)
    words = "\n".join(p.text for p in Document(download.value.path()).paragraphs)
    assert "kết luận 2" in words


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
        visit(page, f"{province.url}/odoo/desk")
        expect(page.locator("[data-section^=inspection]")).to_have_count(0)
