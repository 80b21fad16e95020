# SPDX-License-Identifier: LGPL-3.0-or-later
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .cascade_common import CascadeCase
from .cells_common import CellsCase

POINT_B = "Điểm b khoản 1 Điều 6"
TWO_DAYS = (
    "gồm nhiều nhiệm vụ, liên quan đến nhiều đơn vị trong và ngoài Sở hoặc phải lấy ý"
    " kiến nhiều cơ quan, đơn vị khác thì thời hạn này không quá 02 ngày làm việc"
)
JUNE_DECEMBER = (
    "Ngày 10 tháng 6 (đối với Báo cáo 6 tháng) và ngày 10 tháng 12 (đối với Báo cáo"
    " năm)"
)
THE_19TH = "Chậm nhất vào ngày 19 hàng tháng"
UNITS_SEND = "Định kỳ hằng tháng, 6 tháng, năm hoặc trong trường hợp đột xuất"
FIVE_DAYS = "Chậm nhất 05 ngày làm việc sau khi kết thúc kiểm tra"
NOT_DONE = "không đủ khả năng, điều kiện thực hiện hoặc triển khai thực hiện không đúng"
BOOKS = "Văn phòng Sở mở hệ thống sổ sách theo dõi riêng"


@tagged("post_install", "-at_install")
class TestCellsKonTum(CellsCase):
    """Sở Nông nghiệp Kon Tum 2022 against its text: the company is the department, its
    units are the agencies."""

    NAME = "kon_tum"
    # number and days are blank in the source
    IN_FORCE = (False, False, False)
    SECRET_ARTICLE = "Khoản 2 Điều 5"
    # Đ1.1: the province's Committee, its Chairman and deputies stand above
    SUPERIOR = {"government", "ministry", "committee", "chairman", "deputy"}
    POLICIES = {
        "confirmation_required": (
            False,
            "Khoản 1 Điều 7",
            "theo dõi, kiểm tra chặt chẽ thông tin cập nhật",
        ),
        "rating": (False, None, None),
        "undated": (
            "tracked",
            "Khoản 1 Điều 4",
            "có thời hạn thực hiện, không có thời hạn thực hiện",
        ),
        "secret": ("outside_books", "Khoản 2 Điều 5", BOOKS),
        "completion_day": ("stated", None, None),
        "issuer_level": ("department", "Khoản 2 Điều 1", "phòng nghiệp vụ"),
        "inspection_body": ("Đoàn kiểm tra", "Khoản 1 Điều 13", "Đoàn kiểm tra"),
        "external_system": (
            "Phần mềm theo dõi chỉ đạo điều hành của UBND tỉnh",
            "Điểm b khoản 3 Điều 6",
            "vào Phần mềm theo dõi chỉ đạo điều hành của UBND tỉnh",
        ),
        "no_product": ("as_others", None, None),
        "day_off": ("as_written", None, None),
        "urge_by_system": (True, "Khoản 1 Điều 9", "trên hệ thống quản lý văn bản"),
        "urge_by_mail": (True, "Khoản 4 Điều 9", "Qua thư điện tử"),
        # "Qua thư điện tử, điện thoại, fax...": letters are left to the dots
        "urge_by_letter": (True, "Khoản 4 Điều 9", "fax..."),
        "urge_by_phone": (True, "Khoản 4 Điều 9", "điện thoại"),
        "urge_by_meeting": (True, "Khoản 3 Điều 9", "làm việc, trao đổi trực tiếp"),
        "urge_sector": (False, None, None),
        "feedback_names_reporter": (False, None, None),
    }
    CELLS = (
        # point b does not say from when: from receipt, as point a begins
        ("register", {}, "office", "1 working_day after receipt, until release (Int)",
         POINT_B, "không quá 01 ngày làm việc"),
        ("register", {"urgency": "express", "adhoc": True}, "office",
         "1 working_day after receipt, until release (Int)", POINT_B,
         "không quá 01 ngày làm việc"),
        *(("register", facts, "office",
           "2 working_day after receipt, until release (Int)", POINT_B, TWO_DAYS)
          for facts in ({"tasks": 2}, {"agencies": 2}, {"opinions": True})),
        ("forward_superior", {"superior": True}, "office", "–", "Điểm a khoản 1 Điều 6",
         "Khi nhận được văn bản chỉ đạo, điều hành của UBND tỉnh, Chủ tịch UBND tỉnh"),
        # the Office hands back to the issuer; the units may not
        ("return", {}, "office", "–", "Khoản 2 Điều 6",
         "phải trao đổi, nêu rõ lý do và chuyển lại cơ quan ban hành"),
        ("extension_ask", {}, None, "∅", "", ""),
        ("extension_answer", {}, None, "∅", "", ""),
        *(("result", {"dated": dated}, "agency", "–", "Điểm a khoản 3 Điều 6",
           "Văn phòng Sở chủ trì, phối hợp các phòng nghiệp vụ, đơn vị liên quan cập"
           " nhật đầy đủ tình hình, kết quả")
          for dated in (True, False)),
        ("external_entry", {"superior": True}, "office",
         "2 working_day after deadline, until external_entry (Int)",
         "Điểm b khoản 3 Điều 6", "chậm nhất sau thời hạn 02 ngày làm việc"),
        ("external_entry", {}, None, "∅", "", ""),
        ("confirm", {}, None, "∅", "", ""),
        ("undated_report", {"period": "month"}, "agency", "– (Int)", "Khoản 1 Điều 20",
         THE_19TH),
        ("year_end_list", {"period": "year"}, None, "∅", "", ""),
        *(("secret_report", {"period": kind}, "office",
           "day 10 of month +0 of period_end, until report (Int)", "Khoản 2 Điều 20",
           JUNE_DECEMBER)
          for kind in ("half_year", "year")),
        ("secret_report", {"period": "adhoc"}, "office", "–", "Khoản 2 Điều 5",
         "trường hợp đột xuất theo yêu cầu của UBND tỉnh, Chủ tịch UBND tỉnh"),
        ("secret_report", {"period": "month"}, None, "∅", "", ""),
        ("feedback", {}, None, "∅", "", ""),
        ("feedback_answer", {}, None, "∅", "", ""),
        ("difficulty", {}, "agency", "–", "Khoản 2 Điều 19", NOT_DONE),
        ("explanation", {}, "agency", "–", "Khoản 2 Điều 19",
         "phải báo cáo lãnh đạo Sở"),
        ("inspection_plan", {}, "office", "–", "Điểm a khoản 1 Điều 15",
         "xây dựng kế hoạch kiểm tra"),
        *(("inspection_conclusion", {"inspector": who}, "team",
           "5 working_day after inspection_end, until conclusion", "Khoản 2 Điều 16",
           FIVE_DAYS)
          for who in ("self", "agency", "office")),
        ("inspection_dossier", {}, "team", "–", "Điều 17", "Hồ sơ kết thúc kiểm tra"),
        ("report_send", {"period": "month"}, "agency",
         "day 19 of month +0 of period_end, until report", "Khoản 1 Điều 20", THE_19TH),
        ("report_send", {"period": "quarter"}, None, "∅", "", ""),
        *(("report_send", {"period": kind}, "agency", "–", "Khoản 1 Điều 19",
           UNITS_SEND)
          for kind in ("half_year", "year", "adhoc")),
        ("report_compile", {"period": "month"}, "office", "–", "Khoản 1 Điều 20",
         "tổng hợp báo cáo tháng trong phiên họp giao ban tháng, quý của Sở"),
        ("report_compile", {"period": "quarter"}, None, "∅", "", ""),
        *(("report_compile", {"period": kind}, "office",
           "day 10 of month +0 of period_end, until report", "Khoản 2 Điều 20",
           JUNE_DECEMBER)
          for kind in ("half_year", "year")),
        ("report_compile", {"period": "adhoc"}, "office", "–", "Khoản 2 Điều 18",
         "hoặc đột xuất theo yêu cầu của Giám đốc Sở"),
        ("regulation_report", {"period": "year"}, "office", "–", "Khoản 1 Điều 23",
         "hằng năm chịu trách nhiệm tổng hợp, tham mưu có báo cáo của Sở"),
        ("regulation_report", {"period": "quarter"}, None, "∅", "", ""),
    )  # fmt: skip
    DISCREPANCY = (
        ("Khoản 1 Điều 7", "kịp thời trao đổi với các phòng, đơn vị để điều chỉnh"),
        ("Điểm b khoản 2 Điều 7", "phải rà soát, điều chỉnh lại hoặc trao đổi"),
    )
    DATES = (
        ("register", {}, "2026-02-13", "2026-02-23",
         "Fri 13/02 + 1: 16–20 Tết, weekend, Mon 23"),
        ("register", {"tasks": 2}, "2026-04-29", "2026-05-05",
         "Wed 29/04 + 2: 30/04–01/05 off, Mon 04, Tue 05"),
        ("register", {"agencies": 2}, "2026-08-28", "2026-09-04",
         "Fri 28/08 + 2: Mon 31/08–Wed 02/09 off, Thu 03, Fri 04"),
        ("register", {"opinions": True}, "2026-01-09", "2026-01-12",
         "Fri 09/01 + 2: Sat 10 worked, Mon 12"),
        ("external_entry", {"superior": True}, "2026-04-10", "2026-04-14",
         "Fri 10/04 + 2: Mon 13, Tue 14"),
        ("external_entry", {"superior": True}, "2026-02-12", "2026-02-23",
         "Thu 12/02 + 2: Fri 13, 16–20 Tết, Mon 23"),
        ("external_entry", {"superior": True}, "2026-04-26", "2026-04-29",
         "Sun 26/04 (Giỗ Tổ) + 2: Mon 27 off, Tue 28, Wed 29"),
        ("secret_report", {"period": "half_year"}, "2026-03-01", "2026-06-10", "10/6"),
        ("secret_report", {"period": "year"}, "2026-03-01", "2026-12-10", "10/12"),
        ("inspection_conclusion", {}, "2026-08-28", "2026-09-09",
         "Fri 28/08 + 5: 31/08–02/09 off, Thu 03, Fri 04, Mon 07, Tue 08, Wed 09"),
        ("report_send", {"period": "month"}, "2026-02-28", "2026-02-19",
         "the 19th, as written though in Tết"),
        ("report_send", {"period": "month"}, "2026-04-01", "2026-04-19", "a Sunday"),
        ("report_compile", {"period": "half_year"}, "2026-01-31", "2026-06-10", "10/6"),
        ("report_compile", {"period": "year"}, "2026-01-31", "2026-12-10", "10/12"),
    )  # fmt: skip
    REGISTRATIONS = (
        # received Wed 01/04 + 1: Thu 02; the day of issue does not count
        ({"issued_on": "2026-03-20", "received_on": "2026-04-01"}, [],
         "2026-04-01 10:00", "2026-04-02 23:30", "2026-04-02", "in_time"),
        ({"issued_on": "2026-03-20", "received_on": "2026-04-01"}, [],
         "2026-04-01 10:00", "2026-04-03 00:30", "2026-04-02", "late"),
        # Wed 01/04 + 2: Thu 02, Fri 03
        ({"received_on": "2026-04-01"}, [{}],
         "2026-04-03 10:00", "2026-04-03 23:30", "2026-04-03", "in_time"),
        # the Director's own is received where it is issued
        ({"assigner_level": "director"}, [],
         "2026-04-02 10:00", "2026-04-02 23:30", "2026-04-02", "in_time"),
    )  # fmt: skip
    RESULTS = (("2026-04-10", "2026-06-10 09:00", None, None),)

    @contextmanager
    def _refused_to_agencies(self):
        with (
            self.assertRaisesRegex(UserError, "not for agencies"),
            self.cr.savepoint(),
        ):
            yield

    def test_units_do_not_hand_back(self):
        """Đ6.2 gives it to the Sở's Office, towards the issuer; a unit only has its
        data corrected (Đ7.2b): no button, no menu, refused to unit and Office alike."""
        assignment = self._released()
        directive = assignment.document_id
        for user in (self.finance_head, self.specialist):
            seen = assignment.with_user(user)
            self.assertFalse(seen.can_hand_back or seen.knows_return)
            self.assertFalse(directive.with_user(user).knows_return)
            with self._refused_to_agencies():
                self._hand_back(assignment, user=user)
        with self._refused_to_agencies():
            self.env["task.return"].with_user(self.finance_head).create(
                {"document_id": directive.id, "kind": "missing", "text": "Thiếu"}
            )
        menus = self.env["ir.ui.menu"].with_user(self.finance_head)
        hidden = menus._load_menus_blacklist()
        self.assertIn(self.env.ref("task_tracking.menu_task_returns").id, hidden)
        for user in (self.finance_head, self.manager):
            desk = self.env["task.desk"].with_user(user).get_sections()
            shown = {section["key"] for section in desk}
            self.assertFalse(shown & {"returns", "draft_task.return"})

    def test_no_extension(self):
        """∅: the text knows no extension."""
        self._check_no_extension()

    def test_nothing_is_confirmed(self):
        """Đ7.1: the Sở's Office checks; the result completes the task."""
        self._check_done_by_handing_in()

    def test_undated_ones_are_tracked(self):
        """Đ4.1: tasks with a deadline and without."""
        self._check_undated_is_tracked()

    def test_superior_tasks_have_no_limit_of_their_own(self):
        """Registering them is all there is (Đ6.1)."""
        self._check_no_forwarding()

    def test_entry_in_the_provinces_software(self):
        """Đ6.3b: the province's tasks within 2 working days from the deadline, Fri
        10/04: Mon 13, Tue 14; the Director's own not at all."""
        province, own = (self._released_at(level) for level in ("chairman", "director"))
        self._at("2026-04-09 23:30")
        self._daily_job()
        self.assertFalse(self._clocks(province, "external_entry"))
        self._at("2026-04-10 00:30")
        self._daily_job()
        self.assertClock(province, "external_entry", "2026-04-14", "running")
        self.assertFalse(self._clocks(own, "external_entry"))
        self._at("2026-04-15 00:30")
        self.assertClock(province, "external_entry", "2026-04-14", "missed")
        province.with_user(self.specialist).mark_entered_elsewhere("2026-04-15")
        self.assertClock(province, "external_entry", "2026-04-14", "late")
        self.assertFalse(own.with_user(self.specialist).can_mark_elsewhere)

    def test_entered_in_the_provinces_software_in_time(self):
        """Entered on Tue 14/04 at 23:30: in time."""
        province = self._released_at("deputy")
        self._at("2026-04-14 23:30")
        province.with_user(self.specialist).mark_entered_elsewhere("2026-04-14")
        self.assertClock(province, "external_entry", "2026-04-14", "in_time")

    def _released_at(self, level):
        directive = self._document(assigner_level=level, received_on="2026-04-01")
        directive.action_release()
        return directive.sudo().assignment_ids

    def _daily_job(self):
        for model in ("task.assignment", "res.company"):
            self.env[model].sudo()._clock_start_due(self.company, lambda taken: True)

    def test_secret_reports_of_the_office(self):
        """Đ5.2, Đ20.2: due on 10/06, marked done on it at 23:30 local in time; one
        for the year on 10/12, past due at 00:30 on the 11th; none between."""
        self._daily_job()
        june, december = self._clocks(self.company, "secret_report").sorted("due_on")
        self.assertEqual(
            (str(june.due_on), str(december.due_on)), ("2026-06-10", "2026-12-10")
        )
        self._at("2026-06-10 23:30")
        june.with_user(self.manager).action_mark_done()
        self.assertEqual(june.state, "in_time")
        self._at("2026-07-01 00:30")
        self._daily_job()
        self.assertEqual(self._clocks(self.company, "secret_report"), june | december)
        self._at("2026-12-10 23:30")
        self.env.invalidate_all()
        self.assertEqual(december.state, "running")
        self._at("2026-12-11 00:30")
        self.env.invalidate_all()
        self.assertEqual(december.state, "missed")
        self.assertFalse(self._clocks(self.company, "regulation_report"))


@tagged("post_install", "-at_install")
class TestHandingBackUpward(CascadeCase):
    """KT Đ6.2: the Sở's Office hands back to the issuer, its units do not."""

    def test_the_office_hands_back_its_units_do_not(self):
        """The unit's button is gone; the Office's, towards the province, is there, and
        the request waits on the province's assignment."""
        above = self._from_above()
        task = self._below(above)
        units = self._assign_on(task, self.branch)
        self.assertFalse(self._as(self.d_branch, units).can_hand_back)
        with self.assertRaisesRegex(UserError, "not for agencies"), self.cr.savepoint():
            self._as(self.d_branch, self.env["task.return"]).create(
                {"assignment_id": units.id, "text": "Không thuộc chức năng"}
            )
        self.assertTrue(task.can_upward_return)
        self._send(task, "return", user=self.d_manager, text="Không thuộc chức năng")
        self.env.invalidate_all()
        self.assertEqual(above.return_ids.state, "waiting")
