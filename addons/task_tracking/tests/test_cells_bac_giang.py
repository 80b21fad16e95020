# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import RedirectWarning
from odoo.fields import Datetime
from odoo.tests import tagged

from .cells_common import CellsCase

REGISTER = "Điểm a khoản 1 Điều 6"
ONE_DAY = "trong thời hạn 01 ngày làm việc kể từ khi văn bản chỉ đạo, điều hành"
THREE_DAYS = (
    "gồm nhiều nhiệm vụ, liên quan đến nhiều cơ quan, đơn vị hoặc phải lấy ý kiến nhiều"
    " cơ quan, đơn vị khác thì thời hạn này được gia hạn nhưng không quá 03 ngày làm"
    " việc"
)
SEND = (
    "Chậm nhất trước ngày 01 của tháng tiếp theo (đối với báo cáo tháng), ngày 30/6"
    " (đối với báo cáo 6 tháng), ngày 30/12 (đối với báo cáo năm)"
)
COMPILE = (
    "trước ngày 03 của tháng tiếp theo (đối với báo cáo tháng), ngày 03/7 (đối với báo"
    " cáo 6 tháng), ngày 31/12 (đối với báo cáo năm)"
)
KINDS = "Định kỳ hằng tháng, quý, 6 tháng, năm hoặc đột xuất"
UNDATED = "phải cập nhật tình hình thực hiện theo quý, 6 tháng, năm hoặc khi có kết quả"
FIVE_DAYS = "Chậm nhất 05 ngày làm việc sau khi kết thúc kiểm tra"


@tagged("post_install", "-at_install")
class TestCellsBacGiang(CellsCase):
    """Bắc Giang 2024 against its text (Quyết định of 31/12/2024)."""

    NAME = "bac_giang"
    # the number is blank in the source; Điều 2 of the decision: from 15/01/2025
    IN_FORCE = (False, "2024-12-31", "2025-01-15")
    SECRET_ARTICLE = "Khoản 2 Điều 5"
    SUPERIOR = {"government", "ministry"}
    POLICIES = {
        "public_page": (
            True,
            "Khoản 2 Điều 18",
            "cho đăng tải công khai kết quả thực hiện đó trên Cổng Thông tin điện tử",
        ),
        "confirmation_required": (
            False,
            "Khoản 2 Điều 7",
            "Theo dõi, kiểm tra chặt chẽ thông tin kết quả các đơn vị cập nhật",
        ),
        "rating": (
            True,
            "Điểm a khoản 1 Điều 8",
            "đánh giá về tiến độ, chất lượng, hiệu quả",
        ),
        "undated": ("tracked", "Điểm b khoản 2 Điều 6", UNDATED),
        "secret": (
            "register",
            "Khoản 2 Điều 5",
            "được thực hiện theo quy định của Luật Bảo vệ bí mật nhà nước",
        ),
        "completion_day": (
            "stated",
            "Điểm a khoản 2 Điều 6",
            "ngay sau khi có kết quả",
        ),
        "extension_decider": (
            "leader",
            "Điểm b khoản 1 Điều 6",
            "trình UBND tỉnh, Chủ tịch UBND tỉnh xem xét và có văn bản trả lời",
        ),
        "extension_late": (
            "flagged",
            "Điểm a khoản 2 Điều 6",
            "phải có văn bản xin gia hạn",
        ),
        "issuer_level": (
            "province",
            "Khoản 1 Điều 1",
            "do Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh giao",
        ),
        "inspection_body": ("Đoàn kiểm tra", "Khoản 1 Điều 14", "Đoàn kiểm tra"),
        "no_product": ("as_others", None, None),
        "day_off": ("as_written", None, None),
        "urge_by_system": (True, "Khoản 1 Điều 10", "Thông qua Hệ thống"),
        "urge_by_mail": (True, "Khoản 4 Điều 10", "Qua thư điện tử, điện thoại"),
        "urge_by_letter": (True, "Khoản 4 Điều 10", "fax và văn bản"),
        "urge_by_phone": (True, "Khoản 4 Điều 10", "điện thoại, fax"),
        "urge_by_meeting": (True, "Khoản 3 Điều 10", "làm việc, trao đổi trực tiếp"),
        "urge_sector": (
            True,
            "Điểm a khoản 2 Điều 8",
            "việc thực hiện nhiệm vụ của UBND cấp huyện và các cơ quan liên quan",
        ),
        "feedback_names_reporter": (False, None, None),
    }
    CELLS = (
        ("register", {}, "office", "1 working_day after issue, until release",
         REGISTER, ONE_DAY),
        ("register", {"urgency": "express"}, "office",
         "1 working_day after issue, until release", REGISTER, ONE_DAY),
        # each of the three alone is enough ("hoặc"): our reading
        ("register", {"tasks": 2}, "office",
         "3 working_day after issue, until release (Int)", REGISTER, THREE_DAYS),
        ("register", {"agencies": 2}, "office",
         "3 working_day after issue, until release (Int)", REGISTER, THREE_DAYS),
        ("register", {"opinions": True}, "office",
         "3 working_day after issue, until release (Int)", REGISTER, THREE_DAYS),
        ("forward_superior", {"superior": True}, "office", "–",
         "Điểm đ khoản 1 Điều 8", "nhiệm vụ do Chính phủ, Thủ tướng Chính phủ giao"),
        ("return", {}, "agency", "24 hour after receipt, until request (Int)",
         "Điểm c khoản 2 Điều 6",
         "trong thời hạn 24 giờ kể từ ngày nhận được thông tin (nêu rõ lý do, đề xuất"
         " cơ quan, đơn vị chủ trì giải quyết)"),
        ("extension_ask", {}, "agency",
         "≥ 2 working_day before deadline, until request", "Điểm a khoản 2 Điều 6",
         "trước khi hết thời hạn 02 ngày làm việc, cơ quan được giao nhiệm vụ phải có"
         " văn bản xin gia hạn, nêu rõ lý do và phải xác định thời gian hoàn thành"),
        ("extension_answer", {}, "office", "2 working_day after receipt, until answer",
         "Điểm b khoản 1 Điều 6",
         "Trong thời hạn 02 ngày làm việc, kể từ ngày nhận được văn bản xin gia hạn"),
        ("result", {}, "agency",
         "1 calendar_day after deadline, until handing_in (Int)",
         "Điểm a khoản 2 Điều 6", "chậm nhất sau 01 ngày nhiệm vụ bị quá hạn"),
        ("result", {"dated": False}, "agency", "–", "Điểm b khoản 2 Điều 6", UNDATED),
        ("external_entry", {"superior": True}, "office", "–", "Điểm đ khoản 1 Điều 8",
         "vào Hệ thống quản lý cơ sở dữ liệu theo dõi của Chính phủ"),
        ("external_entry", {}, None, "∅", "", ""),
        ("confirm", {}, None, "∅", "", ""),
        *(("undated_report", {"period": kind}, "agency",
           "day 31 of month +0 of period_end, until entry (Int)",
           "Điểm b khoản 2 Điều 6", UNDATED)
          for kind in ("quarter", "half_year", "year")),
        ("undated_report", {"period": "month"}, None, "∅", "", ""),
        ("year_end_list", {"period": "year"}, None, "∅", "", ""),
        ("secret_report", {"period": "adhoc"}, "agency", "–", "Điểm h khoản 2 Điều 5",
         "đột xuất theo yêu cầu của Chủ tịch UBND tỉnh"),
        ("secret_report", {"period": "half_year"}, None, "∅", "", ""),
        ("feedback", {}, "agency", "–", "Khoản 4 Điều 19",
         "phản hồi thông tin kịp thời tới Văn phòng UBND tỉnh"),
        ("feedback_answer", {}, "office", "10 working_day after receipt, until urge",
         "Khoản 5 Điều 18",
         "Trong thời hạn 10 ngày làm việc kể từ ngày nhận được thông tin phản hồi"),
        ("difficulty", {}, "agency", "–", "Khoản 3 Điều 19",
         "có khó khăn, vướng mắc phải chủ động thông tin, báo cáo kịp thời"),
        ("explanation", {}, "agency", "– (Int)", "Khoản 1 Điều 19",
         "nêu rõ những tồn tại, hạn chế cũng như những khó khăn, vướng mắc và nguyên"),
        ("inspection_plan", {}, "office", "–", "Điểm a khoản 1 Điều 11",
         "xây dựng kế hoạch kiểm tra"),
        *(("inspection_conclusion", {"inspector": who}, "team",
           "5 working_day after inspection_end, until conclusion", "Khoản 2 Điều 16",
           FIVE_DAYS)
          for who in ("self", "agency", "office")),
        ("inspection_dossier", {}, "team", "–", "Điều 17", "Hồ sơ kết thúc kiểm tra"),
        ("report_send", {"period": "month"}, "agency",
         "before day 1 of month +1 of period_end, until report", "Khoản 1 Điều 20",
         SEND),
        ("report_send", {"period": "quarter"}, "agency", "– (Int)", "Khoản 2 Điều 18",
         KINDS),
        *(("report_send", {"period": kind}, "agency",
           "day 30 of month +0 of period_end, until report (Int)", "Khoản 1 Điều 20",
           SEND)
          for kind in ("half_year", "year")),
        ("report_send", {"period": "adhoc"}, "agency", "–", "Khoản 1 Điều 20",
         "trường hợp đột xuất theo yêu cầu của UBND tỉnh, Chủ tịch UBND tỉnh"),
        ("report_compile", {"period": "month"}, "office",
         "before day 3 of month +1 of period_end, until report", "Khoản 2 Điều 20",
         COMPILE),
        ("report_compile", {"period": "quarter"}, "office", "– (Int)",
         "Khoản 2 Điều 18", KINDS),
        ("report_compile", {"period": "half_year"}, "office",
         "day 3 of month +1 of period_end, until report (Int)", "Khoản 2 Điều 20",
         COMPILE),
        ("report_compile", {"period": "year"}, "office",
         "day 31 of month +0 of period_end, until report (Int)", "Khoản 2 Điều 20",
         COMPILE),
        ("report_compile", {"period": "adhoc"}, "office", "–", "Khoản 2 Điều 20",
         "hoặc theo yêu cầu của UBND tỉnh, Chủ tịch UBND tỉnh (đối với báo cáo đột"),
        ("regulation_report", {"period": "year"}, "office", "–", "Khoản 1 Điều 22",
         "Hằng năm, chịu trách nhiệm tổng hợp, báo cáo UBND tỉnh"),
        ("regulation_report", {"period": "quarter"}, None, "∅", "", ""),
    )  # fmt: skip
    DISCREPANCY = (
        ("Khoản 2 Điều 7", "kịp thời trao đổi với các cơ quan, đơn vị để điều chỉnh"),
        ("Điểm b khoản 1 Điều 7", "phải rà soát, điều chỉnh lại hoặc trao đổi"),
    )
    DATES = (
        ("register", {}, "2025-12-31", "2026-01-05",
         "Wed 31/12 + 1: Thu 01/01 and Fri 02/01 off, weekend, Mon 05"),
        ("register", {}, "2026-01-09", "2026-01-10", "Fri 09/01 + 1: Sat 10 is worked"),
        ("register", {"tasks": 2}, "2026-02-12", "2026-02-24",
         "Thu 12/02 + 3: Fri 13, 16–20 Tết, Mon 23, Tue 24"),
        ("register", {"agencies": 3}, "2026-04-24", "2026-05-04",
         "Fri 24/04 + 3: Mon 27 off, Tue 28, Wed 29, 30/04–01/05 off, Mon 04"),
        ("register", {"opinions": True}, "2026-08-20", "2026-08-24",
         "Thu 20/08 + 3: Fri 21, Sat 22 worked, Mon 24"),
        ("return", {}, "2026-04-03 16:30", "2026-04-04 16:30",
         "Fri 16:30 + 24 h by the clock: Sat 16:30"),
        ("return", {}, "2026-02-13 17:00", "2026-02-14 17:00",
         "the eve of Tết: hours do not wait for working days"),
        ("extension_ask", {}, "2026-01-12", "2026-01-09",
         "Mon 12/01 − 2: Sat 10 worked, Fri 09"),
        ("extension_ask", {}, "2026-02-24", "2026-02-13",
         "Tue 24/02 − 2: Mon 23, 16–20 Tết, Fri 13"),
        ("extension_ask", {}, "2026-05-03", "2026-04-28",
         "Sun 03/05 − 2: 30/04–01/05 off, Wed 29, Tue 28"),
        ("extension_answer", {}, "2026-04-29", "2026-05-05",
         "Wed 29/04 + 2: 30/04–01/05 off, Mon 04, Tue 05"),
        ("result", {}, "2026-04-30", "2026-05-01", "a calendar day, a holiday or not"),
        ("result", {}, "2026-02-28", "2026-03-01", "28/02 + 1 day of a common year"),
        ("result", {}, "2026-12-31", "2027-01-01", "31/12 + 1 day"),
        ("undated_report", {"period": "quarter"}, "2026-02-10", "2026-03-31",
         "the first quarter ends on 31/03"),
        ("undated_report", {"period": "half_year"}, "2026-05-01", "2026-06-30",
         "the half-year ends on 30/06"),
        ("undated_report", {"period": "year"}, "2026-05-01", "2026-12-31",
         "the year ends on 31/12"),
        ("feedback_answer", {}, "2026-02-12", "2026-03-05",
         "Thu 12/02 + 10: Fri 13 (1), 16–20 Tết, Mon 23–Fri 27 (6), Mon 02/03 (7),"
         " Thu 05 (10)"),
        ("inspection_conclusion", {}, "2026-04-22", "2026-05-04",
         "Wed 22/04 + 5: Thu 23, Fri 24, Tue 28, Wed 29, Mon 04/05"),
        ("report_send", {"period": "month"}, "2026-02-03", "2026-02-28",
         "before 01/03 is the last day of February"),
        ("report_send", {"period": "month"}, "2028-02-03", "2028-02-29", "a leap year"),
        ("report_send", {"period": "half_year"}, "2026-03-01", "2026-06-30", "30/6"),
        ("report_send", {"period": "year"}, "2026-03-01", "2026-12-30", "30/12"),
        ("report_compile", {"period": "month"}, "2026-04-15", "2026-05-02",
         "before 03/05, as written though a Saturday"),
        ("report_compile", {"period": "month"}, "2026-12-15", "2027-01-02",
         "before 03/01 of the next year"),
        ("report_compile", {"period": "half_year"}, "2026-03-01", "2026-07-03", "03/7"),
        ("report_compile", {"period": "year"}, "2026-03-01", "2026-12-31", "31/12"),
    )  # fmt: skip
    REGISTRATIONS = (
        # Wed 01/04 + 1: Thu 02, to its last minute
        ({}, [], "2026-04-01 10:00", "2026-04-02 23:30", "2026-04-02", "in_time"),
        # it ends with the assignment, not with the entry
        ({}, [], "2026-04-01 10:00", "2026-04-03 00:30", "2026-04-02", "late"),
        # Wed 01/04 + 3: Thu 02, Fri 03, Mon 06
        ({}, [{}], "2026-04-06 09:00", "2026-04-06 23:30", "2026-04-06", "in_time"),
        ({"asks_opinions": True}, [], "2026-04-06 09:00", "2026-04-07 00:30",
         "2026-04-06", "late"),
    )  # fmt: skip
    RESULTS = (
        # due 10/04: at the latest on 11/04
        ("2026-04-10", "2026-04-11 23:30", "2026-04-11", "in_time"),
        ("2026-04-10", "2026-04-12 00:30", "2026-04-11", "late"),
        ("2026-04-10", "2026-04-03 09:00", "2026-04-11", "in_time"),
    )

    def test_handing_back_in_24_hours(self):
        """Received Fri 03/04 at 23:30 local: until Sat 04/04 23:30; at 00:30 on the 4th
        (still the 3rd in UTC): until 00:30 on the 5th. Later is flagged only."""
        for received, due_at, due_on, returned, state in (
            ("2026-04-03 23:30", "2026-04-04 16:30:00", date(2026, 4, 4),
             "2026-04-04 23:30", "in_time"),
            ("2026-04-04 00:30", "2026-04-04 17:30:00", date(2026, 4, 5),
             "2026-04-05 00:31", "late"),
        ):  # fmt: skip
            with self.subTest(received):
                self._at("2026-04-01 09:00")
                assignment = self._released()
                self._at(received)
                assignment.with_user(self.finance_head).action_receive()
                self._at(returned)
                self.assertTrue(assignment.with_user(self.finance_head).can_hand_back)
                handed_back = self._hand_back(
                    assignment, proposed_agency_id=self.building.id
                )
                clock = self._clocks(handed_back, "return")
                self.assertEqual(
                    (clock.due_at, clock.due_on, clock.state),
                    (Datetime.to_datetime(due_at), due_on, state),
                )
                self.assertEqual(handed_back.state, "waiting")
                self.assertEqual(handed_back.returned_late, state == "late")

    def test_asking_for_time(self):
        """Deadline Tue 05/05: 30/04–01/05 off, so Mon 04 (1), Wed 29/04 (2): asked on
        29/04 at 23:30 in time, at 00:30 on the 30th flagged and still decided. The
        Office answers within 2 working days of each."""
        for asked, state, answer_by in (
            # Wed 29/04 + 2: Mon 04/05, Tue 05
            ("2026-04-29 23:30", "in_time", "2026-05-05"),
            # Thu 30/04 (a holiday) + 2: Mon 04/05, Tue 05
            ("2026-04-30 00:30", "late", "2026-05-05"),
        ):
            with self.subTest(asked):
                self._at("2026-04-01 09:00")
                assignment = self._released(deadline="2026-05-05")
                self._at(asked)
                extension = self._ask_extension(assignment, new_deadline="2026-06-01")
                self.assertClock(extension, "extension_ask", "2026-04-29", state)
                self.assertEqual(extension.asked_late, state == "late")
                self.assertClock(extension, "extension_answer", answer_by, "running")
                self._at("2026-05-05 23:30")
                extension.with_user(self.deputy).action_accept()
                self.assertClock(extension, "extension_answer", answer_by, "in_time")
                self.assertEqual(assignment.deadline, date(2026, 6, 1))

    def test_undated_ones_by_the_quarters_end(self):
        """Assigned on 31/03 at 23:30 local: due that day; an hour later it is April and
        the second quarter, due 30/06; entered on 30/06 at 23:30 in time, at 00:30 on
        01/07 late."""
        self._at("2026-03-31 23:30")
        first = self._undated("2026-03-31")
        self.assertClock(first, "undated_report", "2026-03-31", "running")
        for entered, state in (
            ("2026-06-30 23:30", "in_time"),
            ("2026-07-01 00:30", "late"),
        ):
            self._at("2026-04-01 00:30")
            assignment = self._undated("2026-03-31")
            self.assertClock(assignment, "undated_report", "2026-06-30", "running")
            self._at(entered)
            self.env["task.progress"].with_user(self.finance_officer).create(
                {"assignment_id": assignment.id, "text": "Đang làm"}
            )
            self.assertClock(assignment, "undated_report", "2026-06-30", state)

    def _undated(self, issued_on):
        directive = self._document(
            [self._task_vals(deadline=False, is_dated=False)], issued_on=issued_on
        )
        directive.action_release()
        return directive.sudo().assignment_ids

    def test_nothing_is_confirmed(self):
        """Đ7.2: the Office checks; the result completes the task."""
        self._check_done_by_handing_in()

    def test_superior_tasks_have_no_limit_of_their_own(self):
        """Đ8.1đ: followed, no day for passing them on."""
        self._check_no_forwarding()

    def test_secret_ones_are_in_the_register_only(self):
        """Đ5.2: somebody with clearance is shown the way to the register."""
        with self.assertRaises(RedirectWarning):
            self._document(user=self.cleared, secrecy="secret")
        entry = (
            self.env["task.secret.document"]
            .with_user(self.cleared)
            .create(
                {
                    "name": "Quyết định",
                    "number": "01",
                    "issued_on": "2026-04-01",
                    "agency_ids": self.finance.ids,
                    "task_count": 2,
                    "deadline": "2026-04-30",
                }
            )
        )
        self.assertEqual(entry.task_count, 2)

    def test_a_missing_task_is_told_within_24_hours_too(self):
        """Đ6.2c "cập nhật thiếu nhiệm vụ": counted from the receipt of what did come of
        the directive, Fri 03/04 16:30; told on Sat at 16:29 in time, at 16:31 late."""
        for told, state in (
            ("2026-04-04 16:29", "in_time"),
            ("2026-04-04 16:31", "late"),
        ):
            with self.subTest(told):
                self._at("2026-04-01 09:00")
                directive = self._released().document_id
                self._at("2026-04-03 16:30")
                directive.assignment_ids.with_user(self.finance_head).action_receive()
                self._at(told)
                missing = (
                    self.env["task.return"]
                    .with_user(self.finance_head)
                    .create(
                        {
                            "document_id": directive.id,
                            "kind": "missing",
                            "text": "Thiếu nhiệm vụ tại điểm b",
                        }
                    )
                )
                missing.action_submit()
                self.assertClock(missing, "return", "2026-04-04", state)
                self.assertEqual(missing.returned_late, state == "late")

    def test_entry_in_the_governments_system(self):
        """Đ8.1đ: the Government's tasks are entered in its system, no day is named;
        the province's own are not."""
        directive = self._document(assigner_level="government")
        directive.action_release()
        followed = directive.sudo().assignment_ids.with_user(self.specialist)
        self._at("2026-06-10 09:00")
        self.assertTrue(followed.can_mark_elsewhere)
        followed.mark_entered_elsewhere("2026-06-10")
        self.assertFalse(self._clocks(followed, "external_entry"))
        own = self._released().with_user(self.specialist)
        self.assertFalse(own.can_mark_elsewhere)
