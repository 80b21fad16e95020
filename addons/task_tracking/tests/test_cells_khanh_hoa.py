# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .cells_common import CellsCase

DAY = "Điểm a khoản 1 Điều 6"
SAME_DAY = "Ngay trong ngày phát hành đối với văn bản khẩn, hỏa tốc"
ONE_DAY = (
    "Không quá 01 (một) ngày làm việc kể từ ngày phát hành đối với văn bản giao nhiệm"
    " vụ gồm nhiều nhiệm vụ, liên quan nhiều cơ quan, đơn vị, địa phương"
)
WITHOUT = (
    "báo cáo tình hình thực hiện theo tháng, quý, 6 tháng, năm hoặc khi có kết quả"
)
ADHOC = "Định kỳ hằng tháng, quý, 6 tháng, năm hoặc đột xuất"
AGREED = "khi có ý kiến đồng ý của Chủ tịch"


@tagged("post_install", "-at_install")
class TestCellsKhanhHoa(CellsCase):
    """Khánh Hòa 26/2026/QĐ-UBND against its text."""

    NAME = "khanh_hoa"
    # Điều 2 of the decision: from the day it was signed
    IN_FORCE = ("26/2026/QĐ-UBND", "2026-03-20", "2026-03-20")
    SECRET_ARTICLE = "Khoản 1 Điều 7"
    SUPERIOR = {"government", "ministry"}
    POLICIES = {
        "confirmation_required": (
            True,
            "Điểm c khoản 1, điểm đ khoản 3 Điều 5",
            "Xác nhận kết quả thực hiện nhiệm vụ do các cơ quan, đơn vị, địa phương",
        ),
        "rating": (False, None, None),
        "undated": (
            "kept_out",
            "Khoản 2 Điều 7",
            "văn bản không xác định thời hạn hoàn thành cụ thể",
        ),
        "secret": (
            "kept_out",
            "Khoản 1 Điều 7",
            "văn bản mật (bao gồm mật, tối mật, tuyệt mật)",
        ),
        "completion_day": (
            "handed_in",
            "Khoản 2 Điều 6",
            "Kể từ ngày nhiệm vụ được giao đến thời hạn phải hoàn thành",
        ),
        "extension_decider": ("chairman", "Điểm đ khoản 2 Điều 5", AGREED),
        "extension_late": ("flagged", None, None),
        "issuer_level": ("province", "Khoản 1 Điều 3", "giao bằng văn bản cho các cơ"),
        "inspection_body": ("Tổ công tác", "Khoản 1 Điều 15", "Tổ công tác"),
        "no_product": ("as_others", None, None),
        "day_off": ("as_written", None, None),
        "urge_by_system": (True, "Điểm a khoản 2 Điều 11", "Qua Hệ thống theo dõi"),
        "urge_by_mail": (True, None, None),
        "urge_by_letter": (True, "Khoản 5 Điều 18", "phải có văn bản đôn đốc"),
        "urge_by_phone": (True, "Điểm c khoản 2 Điều 11", "trao đổi trực tiếp"),
        "urge_by_meeting": (True, "Điểm c khoản 2 Điều 11", "Làm việc, trao đổi"),
        "urge_sector": (
            True,
            "Điểm b khoản 2 Điều 10",
            "thẩm quyền quản lý nhà nước theo ngành, lĩnh vực được phân công",
        ),
        "feedback_names_reporter": (False, None, None),
    }
    CELLS = (
        *(("register", facts, "office", "same day as despatch, until registration", DAY,
           SAME_DAY)
          for facts in ({"urgency": "urgent"},
                        {"urgency": "express", "tasks": 2, "agencies": 2})),
        # between "khẩn" and "hỏa tốc", not named: our reading
        ("register", {"urgency": "very_urgent"}, "office",
         "same day as despatch, until registration (Int)", DAY, SAME_DAY),
        # both ("nhiều nhiệm vụ, liên quan nhiều cơ quan" has no "hoặc"): our reading
        ("register", {"tasks": 2, "agencies": 2}, "office",
         "1 working_day after despatch, until registration (Int)",
         "Điểm b khoản 1 Điều 6", ONE_DAY),
        *(("register", facts, "office", "–", "Khoản 1 Điều 6",
           "trong thời hạn như sau")
          for facts in ({}, {"tasks": 2}, {"agencies": 2})),
        ("forward_superior", {"superior": True}, "office",
         "1 working_day after receipt, until release", "Khoản 3 Điều 6",
         "chuyển giao cho cơ quan, đơn vị chủ trì trong không quá 01 (một) ngày làm"
         " việc kể từ ngày nhận được văn bản"),
        ("forward_superior", {"superior": True, "dated": False}, "office", "–", "", ""),
        ("forward_superior", {}, "office", "–", "", ""),
        ("return", {}, "agency", "–", "Điểm b khoản 2 Điều 5",
         "phản hồi đến Văn phòng Ủy ban nhân dân tỉnh bằng văn bản hoặc các hình thức"
         " phù hợp khác"),
        ("extension_ask", {}, "agency", "–", "Điểm đ khoản 2 Điều 5",
         "văn bản xin gia hạn"),
        ("extension_answer", {}, "office", "–", "Điểm đ khoản 2 Điều 5", AGREED),
        ("result", {}, "agency", "same day as deadline, until handing_in",
         "Khoản 2 Điều 6", "đến thời hạn phải hoàn thành"),
        ("result", {"dated": False}, "agency", "–", "Điều 9", WITHOUT),
        ("external_entry", {"superior": True}, None, "∅", "", ""),
        ("confirm", {}, "office", "–", "Điểm c khoản 1 Điều 5",
         "Xác nhận kết quả thực hiện nhiệm vụ của các cơ quan, đơn vị, địa phương"),
        *(("undated_report", {"period": kind}, "agency", "–", "Điều 9", WITHOUT)
          for kind in ("month", "quarter", "half_year", "year")),
        ("year_end_list", {"period": "year"}, None, "∅", "", ""),
        ("secret_report", {}, "agency", "same day as deadline, until report", "Điều 8",
         "theo thời hạn giao tại văn bản giao nhiệm vụ hoặc theo yêu cầu đột xuất"),
        ("feedback", {}, "agency", "–", "Khoản 3 Điều 19",
         "có trách nhiệm gửi thông tin phản hồi về Văn phòng Ủy ban nhân dân tỉnh"),
        ("feedback_answer", {}, "office", "2 working_day after receipt, until urge",
         "Khoản 5 Điều 18",
         "Trong thời hạn 02 (hai) ngày làm việc kể từ ngày nhận được thông tin"),
        ("difficulty", {}, "agency", "–", "Khoản 2 Điều 19",
         "phải thông tin, báo cáo kịp thời"),
        ("explanation", {}, "agency", "–", "Khoản 4 Điều 19",
         "không có thời hạn thực hiện, có nhiệm vụ trễ hạn hoặc thường xuyên không đạt"
         " yêu cầu, phải báo cáo giải trình cụ thể"),
        ("inspection_plan", {}, "team", "–", "Khoản 3 Điều 15",
         "Tổ công tác có trách nhiệm lập kế hoạch kiểm tra"),
        *(("inspection_conclusion", {"inspector": who}, "agency",
           "7 working_day after inspection_end, until conclusion", "Khoản 1 Điều 17",
           "Chậm nhất 07 (bảy) ngày làm việc sau khi kết thúc kiểm tra")
          for who in ("self", "agency")),
        ("inspection_conclusion", {"inspector": "office"}, "office",
         "10 working_day after inspection_end, until conclusion", "Khoản 2 Điều 17",
         "Chậm nhất 10 (mười) ngày làm việc sau khi kết thúc kiểm tra"),
        ("inspection_dossier", {}, None, "∅", "", ""),
        *(("report_send", {"period": kind}, "agency",
           "2 working_day after window_end, until report", "Khoản 2 Điều 20",
           "trong thời hạn 02 (hai) ngày làm việc kể từ ngày chốt số liệu báo cáo")
          for kind in ("month", "quarter", "half_year", "year")),
        ("report_send", {"period": "adhoc"}, "agency", "–", "Khoản 1 Điều 19", ADHOC),
        *(("report_compile", {"period": kind}, "office",
           "5 working_day after window_end, until report", "Khoản 3 Điều 20",
           "trong vòng 05 (năm) ngày làm việc kể từ thời điểm chốt số liệu báo cáo")
          for kind in ("month", "quarter", "half_year", "year")),
        ("report_compile", {"period": "adhoc"}, "office", "–", "Khoản 2 Điều 18",
         ADHOC),
        ("regulation_report", {"period": "year"}, "office", "–", "", ""),
    )  # fmt: skip
    DISCREPANCY = (
        ("Điểm b khoản 1 Điều 5", "không chính xác với thực tế hoặc sai lệch"),
        ("Điểm c khoản 2 Điều 5", "phải điều chỉnh hoặc trao đổi, thông báo kịp thời"),
    )
    DATES = (
        ("register", {"urgency": "urgent"}, "2026-04-25", "2026-04-25",
         "the day of despatch, a Saturday"),
        ("register", {"tasks": 2, "agencies": 2}, "2026-04-24", "2026-04-28",
         "Fri 24/04 + 1: Sun 26 Giỗ Tổ, Mon 27 off, Tue 28"),
        ("register", {"tasks": 2, "agencies": 2}, "2026-04-29", "2026-05-04",
         "Wed 29/04 + 1: 30/04–01/05 off, weekend, Mon 04"),
        ("forward_superior", {"superior": True}, "2026-08-21", "2026-08-22",
         "Fri 21/08 + 1: Sat 22 is worked"),
        ("forward_superior", {"superior": True}, "2026-02-13", "2026-02-23",
         "Fri 13/02 + 1: 16–20 Tết, weekend, Mon 23"),
        ("result", {}, "2026-04-30", "2026-04-30", "the deadline's own day"),
        ("feedback_answer", {}, "2026-02-12", "2026-02-23",
         "Thu 12/02 + 2: Fri 13, 16–20 Tết, Mon 23"),
        ("feedback_answer", {}, "2026-08-28", "2026-09-04",
         "Fri 28/08 + 2: Mon 31/08–Wed 02/09 off, Thu 03, Fri 04"),
        ("inspection_conclusion", {"inspector": "agency"}, "2026-04-20", "2026-05-04",
         "Mon 20/04 + 7: 21, 22, 23, 24, Tue 28, Wed 29, Mon 04/05"),
        ("inspection_conclusion", {"inspector": "office"}, "2026-04-20", "2026-05-07",
         "as before (7), Tue 05, Wed 06, Thu 07"),
        ("report_send", {"period": "month"}, "2026-04-14", "2026-04-16",
         "Tue 14/04 + 2: Wed 15, Thu 16"),
        ("report_send", {"period": "month"}, "2026-02-14", "2026-02-24",
         "Sat 14/02 + 2: 16–20 Tết, Mon 23, Tue 24"),
        ("report_send", {"period": "year"}, "2026-12-14", "2026-12-16",
         "Mon 14/12 + 2: Tue 15, Wed 16"),
        ("report_compile", {"period": "month"}, "2026-04-14", "2026-04-21",
         "Tue 14/04 + 5: 15, 16, 17, Mon 20, Tue 21"),
        ("report_compile", {"period": "month"}, "2026-02-14", "2026-02-27",
         "Sat 14/02 + 5: 16–20 Tết, Mon 23–Fri 27"),
        ("report_compile", {"period": "year"}, "2026-12-14", "2026-12-21",
         "Mon 14/12 + 5: 15, 16, 17, 18, Mon 21"),
    )  # fmt: skip
    REGISTRATIONS = (
        # the entry counts, assigned a week later
        ({"urgency": "urgent"}, [], "2026-04-01 23:30", "2026-04-08 09:00",
         "2026-04-01", "in_time"),
        ({"urgency": "express"}, [], "2026-04-02 00:30", "2026-04-02 09:00",
         "2026-04-01", "late"),
        # despatch counts, not issue
        ({"urgency": "very_urgent", "despatched_on": "2026-04-03"}, [],
         "2026-04-03 23:30", "2026-04-06 09:00", "2026-04-03", "in_time"),
        # one plain task, however late
        ({}, [], "2026-04-20 09:00", "2026-04-20 09:00", None, None),
        # several tasks of one agency: "nhiều nhiệm vụ, liên quan nhiều cơ quan" not met
        ({}, [{}], "2026-04-20 09:00", "2026-04-20 09:00", None, None),
    )  # fmt: skip
    RESULTS = (
        ("2026-04-10", "2026-04-10 23:30", "2026-04-10", "in_time"),
        ("2026-04-10", "2026-04-11 00:30", "2026-04-10", "late"),
    )

    def test_several_tasks_of_several_agencies(self):
        """Đ6.1b: Wed 01/04 + 1 = Thu 02: entered at 23:30 in time, at 00:30 late."""
        for entered, state in (
            ("2026-04-02 23:30", "in_time"),
            ("2026-04-03 00:30", "late"),
        ):
            with self.subTest(entered):
                self._at(entered)
                directive = self._document(
                    [self._task_vals(), self._task_vals(lead=self.building)]
                )
                directive.action_release()
                self.assertClock(directive, "register", "2026-04-02", state)

    def test_forwarding_a_superior_bodys_task(self):
        """Đ6.3: received Fri 24/04, Sun 26 and Mon 27 off, so by Tue 28/04; where the
        superior body gives no time limit there is none here either."""
        for assigned, task, due, state in (
            ("2026-04-28 23:30", {"deadline": "2026-06-01"}, "2026-04-28", "in_time"),
            ("2026-04-29 00:30", {"deadline": "2026-06-01"}, "2026-04-28", "late"),
            ("2026-04-29 09:00", {"deadline": False, "is_dated": False}, None, None),
        ):
            with self.subTest(assigned, **task):
                self._at("2026-04-24 15:00")
                directive = self._document(
                    [self._task_vals(**task)],
                    assigner_level="government",
                    issuer_id=self.ward.id,
                    issued_on="2026-04-20",
                    received_on="2026-04-24",
                )
                self._at(assigned)
                directive.action_release()
                self.assertClock(directive, "forward_superior", due, state)

    def test_undated_ones_are_kept_out(self):
        """Đ7.2: no assignment, nothing runs; the task is listed outside."""
        directive = self._document([self._task_vals(deadline=False, is_dated=False)])
        directive.action_release()
        self.assertFalse(directive.sudo().assignment_ids)
        self.assertEqual(directive.task_ids.state, "outside")

    def test_a_result_is_confirmed(self):
        """Đ5.3đ: it waits for the specialist who follows it; completed the day it was
        on the system (Đ6.2), not the day it was confirmed, and at no set time."""
        assignment = self._released(deadline="2026-04-10")
        self._at("2026-04-10 23:30")
        result = self._hand_in(assignment, stated_day="2026-04-05")
        self.assertEqual(assignment.state, "submitted")
        self._at("2026-05-20 09:00")
        result.with_user(self.specialist).action_accept()
        self.assertEqual(
            (assignment.state, assignment.completed_on), ("done", date(2026, 4, 10))
        )
        self.assertFalse(assignment.is_late)
        self.assertFalse(self._clocks(assignment, "confirm"))

    def test_asking_for_time(self):
        """Đ5.2đ: no limit; the Chairman agrees, a deputy without authorisation not."""
        self._check_free_extension(self.chairman)
        extension = self._ask_extension(
            self._released(deadline="2026-06-01"), new_deadline="2026-07-01"
        )
        with self.assertRaises(AccessError):
            extension.with_user(self.deputy).action_accept()

    def test_handing_back(self):
        """Đ5.2b: in any form, no limit."""
        self._check_free_return()

    def test_no_other_system(self):
        """∅: the text names no system of others to enter results in."""
        self._check_no_entry_elsewhere()
