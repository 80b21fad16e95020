# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .cells_common import CellsCase

TWO_DAYS = "không quá 02 ngày làm việc kể từ khi văn bản chỉ đạo điều hành"
AFTER_RESULT = "cập nhật tình hình thực hiện ngay sau khi có kết quả thực hiện"
YEAR_END = "báo cáo có tính chất liệt kê công việc vào cuối năm"
THE_25TH = "Chậm nhất ngày 25 của tháng cuối quý"
OUR_WORDS = "kết quả (đã hoàn thành, chưa hoàn thành), ngày hoàn thành"


@tagged("post_install", "-at_install")
class TestCellsQuangTri(CellsCase):
    """Quảng Trị 23/2016/QĐ-UBND against its text."""

    NAME = "quang_tri"
    # Điều 2 of the decision: 10 days after the signing of 24/6/2016
    IN_FORCE = ("23/2016/QĐ-UBND", "2016-06-24", "2016-07-04")
    SECRET_ARTICLE = "Khoản 4 Điều 6"
    YEAR_END_LIST = True
    SUPERIOR = {"government", "ministry"}
    POLICIES = {
        "confirmation_required": (
            False,
            "Điểm c khoản 1 Điều 9",
            "theo dõi, kiểm tra chặt chẽ thông tin cập nhật",
        ),
        "rating": (False, None, None),
        "undated": ("tracked", "Khoản 2 Điều 4", AFTER_RESULT),
        "secret": (
            "kept_out",
            "Khoản 4 Điều 6",
            "(mật, tối mật, tuyệt mật): không cập nhật các thông tin",
        ),
        "completion_day": ("stated", "Khoản 3 Điều 6", "ngày hoàn thành"),
        "issuer_level": (
            "province",
            "Khoản 1 Điều 1",
            "đã được UBND tỉnh, Chủ tịch UBND tỉnh giao cho các cơ quan",
        ),
        "inspection_body": ("Đoàn kiểm tra", "Khoản 1 Điều 16", "Đoàn kiểm tra"),
        "no_product": ("year_end_list", "Khoản 1 Điều 4", YEAR_END),
        "word_done": ("Đã hoàn thành", "Khoản 3 Điều 6", OUR_WORDS),
        "word_doing": ("Chưa hoàn thành", "Khoản 3 Điều 6", OUR_WORDS),
        "day_off": ("as_written", None, None),
        "urge_by_system": (True, "Khoản 1 Điều 12", "phần mềm theo dõi chỉ đạo"),
        "urge_by_mail": (True, "Khoản 3 Điều 12", "gián tiếp qua thư điện tử"),
        # not among the forms, but kept in the dossier of an inspection
        "urge_by_letter": (True, "Khoản 4 Điều 19", "Văn bản theo dõi, đôn đốc"),
        "urge_by_phone": (True, "Khoản 3 Điều 12", "trao đổi trực tiếp"),
        "urge_by_meeting": (True, "Khoản 3 Điều 12", "Qua làm việc"),
        "urge_sector": (
            True,
            "Khoản 2 Điều 10",
            "theo ngành, lĩnh vực được phân công có trách nhiệm theo dõi, đơn đốc",
        ),
        "feedback_names_reporter": (False, None, None),
    }
    CELLS = (
        *(("register", facts, "office", "2 working_day after issue, until registration",
           "Điều 8", TWO_DAYS)
          for facts in ({}, {"urgency": "urgent"}, {"urgency": "very_urgent"},
                        {"tasks": 5, "agencies": 5, "opinions": True})),
        ("register", {"urgency": "express", "tasks": 5}, "office",
         "same day as issue, until registration", "Điều 8",
         "thuộc diện hỏa tốc, phải thực hiện ngay thì việc phân loại, cập nhật vào phần"
         " mềm theo dõi chỉ đạo đề theo dõi được thực hiện cùng ngày ban hành văn bản"),
        ("forward_superior", {"superior": True}, "office", "–", "Khoản 1 Điều 1",
         "nhiệm vụ của Chính phủ, Thủ tướng Chính phủ giao UBND tỉnh Quảng Trị"),
        ("return", {}, "agency", "–", "Khoản 2 Điều 7",
         "phải phản hồi, nêu rõ lý do và chuyển trả lại Văn phòng UBND tỉnh"),
        ("extension_ask", {}, None, "∅", "", ""),
        ("extension_answer", {}, None, "∅", "", ""),
        ("result", {}, "agency", "same day as deadline, until handing_in (Int)",
         "Khoản 1 Điều 4", "phải thực hiện hoàn thành trong thời hạn được giao"),
        ("result", {"dated": False}, "agency", "–", "Khoản 2 Điều 4", AFTER_RESULT),
        ("external_entry", {"superior": True}, None, "∅", "", ""),
        ("confirm", {}, None, "∅", "", ""),
        ("undated_report", {"period": "quarter"}, "agency", "–", "Khoản 2 Điều 4",
         AFTER_RESULT),
        ("year_end_list", {"period": "year"}, "agency",
         "day 31 of month +0 of period_end, until report (Int)", "Khoản 1 Điều 4",
         YEAR_END),
        ("year_end_list", {"period": "quarter"}, None, "∅", "", ""),
        ("secret_report", {"period": "half_year"}, None, "∅", "", ""),
        ("feedback", {}, None, "∅", "", ""),
        ("feedback_answer", {}, None, "∅", "", ""),
        ("difficulty", {}, "agency", "–", "Khoản 2 Điều 21",
         "thông báo kịp thời bằng văn bản cho Văn phòng UBND tỉnh về khó khăn, vướng"
         " mắc và nguyên nhân"),
        ("explanation", {}, "agency", "–", "Điểm a khoản 2 Điều 13",
         "phải kịp thời báo cáo cụ thể về nguyên nhân và đề xuất UBND tỉnh hướng"),
        ("inspection_plan", {}, "office", "–", "Điểm a khoản 1 Điều 13",
         "xây dựng kế hoạch kiểm tra"),
        ("inspection_conclusion", {"inspector": "self"}, "agency",
         "3 working_day after inspection_end, until conclusion", "Khoản 1 Điều 18",
         "Chậm nhất 03 ngày làm việc sau khi kết thúc kiểm tra phải báo cáo Thủ trưởng"
         " đơn vị về kết quả kiểm tra, đồng thời gửi Văn phòng UBND tỉnh"),
        ("inspection_conclusion", {"inspector": "agency"}, "agency",
         "5 working_day after inspection_end, until conclusion", "Khoản 1 Điều 18",
         "Chậm nhất 05 ngày làm việc sau khi kết thúc kiểm tra phải báo cáo UBND tỉnh"
         " về kết quả kiểm tra (trường hợp UBND tỉnh ra quyết định kiểm tra)"),
        ("inspection_conclusion", {"inspector": "office"}, "office",
         "5 working_day after inspection_end, until conclusion", "Khoản 2 Điều 18",
         "Chậm nhất 05 ngày làm việc sau khi kết thúc kiểm tra phải báo cáo UBND tỉnh,"
         " Chủ tịch UBND tỉnh kết quả kiểm tra; đồng thời thông báo kết quả kiểm tra"),
        ("inspection_dossier", {}, "team", "–", "Điều 19", "Hồ sơ kết thúc kiểm tra"),
        ("report_send", {"period": "quarter"}, "agency",
         "day 25 of month +0 of period_end, until report", "Khoản 1 Điều 21", THE_25TH),
        ("report_send", {"period": "adhoc"}, "agency", "–", "Khoản 1 Điều 21",
         "hoặc trong trường hợp đột xuất theo yêu cầu cụ thể"),
        ("report_compile", {"period": "quarter"}, "office",
         "day 30 of month +0 of period_end, until report", "Điều 22",
         "từ ngày 25, chậm nhất ngày 30 của tháng cuối quý"),
        ("report_compile", {"period": "adhoc"}, "office", "–", "Khoản 2 Điều 20",
         "Định kỳ hàng quý hoặc đột xuất theo yêu cầu"),
        *((act, {"period": kind}, None, "∅", "", "")
          for act in ("report_send", "report_compile")
          for kind in ("month", "half_year", "year")),
        ("regulation_report", {"period": "quarter"}, "office", "–", "Khoản 1 Điều 24",
         "định kỳ hàng quý tổng hợp, báo cáo UBND tỉnh, Chủ tịch UBND tỉnh về kết quả"),
        ("regulation_report", {"period": "year"}, None, "∅", "", ""),
    )  # fmt: skip
    DISCREPANCY = (
        ("Điểm c khoản 1 Điều 9", "kịp thời trao đổi với các đơn vị để điều chỉnh"),
        ("Điểm a khoản 1 Điều 9", "thông báo với Văn phòng UBND tỉnh qua điện thoại"),
    )
    DATES = (
        ("register", {}, "2026-04-29", "2026-05-05",
         "Wed 29/04 + 2: 30/04–01/05 off, Mon 04, Tue 05"),
        ("register", {}, "2026-02-12", "2026-02-23",
         "Thu 12/02 + 2: Fri 13, 16–20 Tết, Mon 23"),
        ("register", {}, "2026-08-28", "2026-09-04",
         "Fri 28/08 + 2: Mon 31/08–Wed 02/09 off, Thu 03, Fri 04"),
        ("register", {"urgency": "express"}, "2026-04-11", "2026-04-11",
         "the same day, a Saturday"),
        ("result", {}, "2026-02-28", "2026-02-28", "the deadline's own day"),
        ("year_end_list", {"period": "year"}, "2026-05-05", "2026-12-31", "31/12"),
        ("inspection_conclusion", {"inspector": "self"}, "2026-04-24", "2026-05-04",
         "Fri 24/04 + 3: Mon 27 off, Tue 28, Wed 29, 30/04–01/05 off, Mon 04"),
        ("inspection_conclusion", {"inspector": "agency"}, "2026-04-24", "2026-05-06",
         "Fri 24/04 + 5: Tue 28, Wed 29, Mon 04/05, Tue 05, Wed 06"),
        ("inspection_conclusion", {"inspector": "office"}, "2026-11-23", "2026-11-30",
         "Mon 23/11 + 5: Tue 24 (proposed holiday, not enacted), 25, 26, 27, Mon 30"),
        ("report_send", {"period": "quarter"}, "2026-01-01", "2026-03-25", "25/3"),
        ("report_send", {"period": "quarter"}, "2026-12-31", "2026-12-25", "25/12"),
        ("report_compile", {"period": "quarter"}, "2026-02-14", "2026-03-30", "30/3"),
        ("report_compile", {"period": "quarter"}, "2026-06-30", "2026-06-30", "30/6"),
    )  # fmt: skip
    REGISTRATIONS = (
        # Wed 01/04 + 2: Thu 02, Fri 03; the entry counts, assigned five days later
        ({}, [], "2026-04-03 23:30", "2026-04-08 09:00", "2026-04-03", "in_time"),
        ({}, [{}], "2026-04-04 00:30", "2026-04-04 09:00", "2026-04-03", "late"),
        ({"urgency": "express"}, [], "2026-04-01 23:30", "2026-04-01 23:40",
         "2026-04-01", "in_time"),
        ({"urgency": "express"}, [], "2026-04-02 00:30", "2026-04-02 00:40",
         "2026-04-01", "late"),
    )  # fmt: skip
    RESULTS = (
        ("2026-04-10", "2026-04-10 23:30", "2026-04-10", "in_time"),
        ("2026-04-10", "2026-04-11 00:30", "2026-04-10", "late"),
    )

    def test_no_extension(self):
        """∅: the text knows no extension."""
        self._check_no_extension()

    def test_handing_back(self):
        """Đ7.2: with the reason, no limit."""
        self._check_free_return()

    def test_nothing_is_confirmed(self):
        """Đ9.1c: the Office checks; the result completes the task."""
        self._check_done_by_handing_in()

    def test_undated_ones_are_tracked(self):
        """Đ4.2: updated right after the result, no period."""
        self._check_undated_is_tracked()

    def test_superior_tasks_have_no_limit_of_their_own(self):
        """Đ1.1: the Government's tasks are followed like the province's."""
        self._check_no_forwarding()

    def test_no_other_system(self):
        """∅: the text names no system of others to enter results in."""
        self._check_no_entry_elsewhere()
