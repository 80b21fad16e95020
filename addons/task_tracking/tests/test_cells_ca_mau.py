# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .cells_common import CellsCase

ONE_DAY = "không quá 01 ngày làm việc kể từ khi phát sinh nhiệm vụ"
AT_ONCE = "Đối với các vấn đề đột xuất, phải thực hiện ngay"
PROPOSE = (
    "đối với nhiệm vụ không đủ khả năng, điều kiện hoặc thời gian thực hiện, phải báo"
    " cáo, đề xuất Chủ tịch"
)
SEND = (
    "Chậm nhất trước ngày 20 hàng tháng (đối với Báo cáo tháng), ngày 15 của tháng cuối"
    " quý (đối với Báo cáo quý, 6 tháng) và ngày 10 tháng 11 (đối với Báo cáo năm)"
)
COMPILE = (
    "trước ngày 25 hàng tháng (đối với Báo cáo tháng), ngày 20 của tháng cuối quý (đối"
    " với Báo cáo quý, 6 tháng) và ngày 15 tháng 11"
)
ADHOC = "đột xuất theo yêu cầu của Chủ tịch"


@tagged("post_install", "-at_install")
class TestCellsCaMau(CellsCase):
    """Cà Mau 2015 against its text (a scan; words and numbers as in it)."""

    NAME = "ca_mau"
    # in force from signing, in 8/2015 on a day that cannot be read: the whole month
    IN_FORCE = (False, False, "2015-08-01")
    SECRET_ARTICLE = "Điều 4"
    SUPERIOR = {"government", "ministry"}
    POLICIES = {
        "confirmation_required": (
            False,
            "Khoản 1 Điều 6",
            "theo dõi, kiểm tra chặt chẽ thông tin cập nhật trên VIC",
        ),
        "rating": (False, None, None),
        "undated": ("tracked", None, None),
        "secret": (
            "kept_out",
            "Điều 4",
            "(đối với văn bản mật, thực hiện theo quy định về quản lý văn bản mật)",
        ),
        "completion_day": ("stated", None, None),
        # "Chủ tịch (bao gồm các Phó Chủ tịch)" in Đ1.1: any leader
        "extension_decider": ("leader", "Khoản 2 Điều 11", PROPOSE),
        "extension_late": ("flagged", None, None),
        "issuer_level": ("province", "Khoản 1 Điều 1", "(bao gồm các Phó Chủ tịch"),
        "inspection_body": ("Đoàn kiểm tra", None, None),
        "no_product": ("as_others", None, None),
        "day_off": ("as_written", None, None),
        "urge_by_system": (True, "Khoản 1 Điều 8", "quản lý hồ sơ công việc"),
        "urge_by_mail": (True, None, None),
        "urge_by_letter": (True, None, None),
        "urge_by_phone": (True, None, None),
        "urge_by_meeting": (True, None, None),
        "urge_sector": (
            True,
            "Điểm a khoản 2 Điều 9",
            "thẩm quyền quản lý nhà nước theo ngành, lĩnh vực được phân công",
        ),
        "feedback_names_reporter": (False, None, None),
    }
    CELLS = (
        *(("register", facts, "office", "1 working_day after arising, until release",
           "Khoản 1 Điều 5", ONE_DAY)
          for facts in ({}, {"tasks": 5, "agencies": 5}, {"urgency": "express"})),
        ("register", {"adhoc": True}, "office",
         "same day as arising, until release (Int)", "Khoản 1 Điều 5", AT_ONCE),
        ("forward_superior", {"superior": True}, "office", "–", "", ""),
        ("return", {}, "agency", "–", "Khoản 2 Điều 5",
         "phải trao đổi, nêu rõ lý do và chuyển lại Văn phòng"),
        ("extension_ask", {}, "agency", "– (Int)", "Khoản 2 Điều 11", PROPOSE),
        ("extension_answer", {}, "office", "– (Int)", "Khoản 2 Điều 11", PROPOSE),
        *(("result", {"dated": dated}, "agency", "–", "Khoản 2 Điều 5",
           "đồng thời cập nhật tình hình, kết quả việc thực hiện nhiệm vụ trên VIC và"
           " báo cáo Chủ tịch")
          for dated in (True, False)),
        ("external_entry", {"superior": True}, None, "∅", "", ""),
        ("confirm", {}, None, "∅", "", ""),
        ("undated_report", {"period": "quarter"}, "agency", "–", "", ""),
        ("year_end_list", {"period": "year"}, None, "∅", "", ""),
        ("secret_report", {"period": "year"}, None, "∅", "", ""),
        ("feedback", {}, None, "∅", "", ""),
        ("feedback_answer", {}, None, "∅", "", ""),
        ("difficulty", {}, "agency", "–", "Khoản 2 Điều 11", PROPOSE),
        ("explanation", {}, "agency", "–", "Khoản 2 Điều 11",
         "phải báo cáo, giải trình rõ lý do"),
        ("inspection_plan", {}, None, "∅", "", ""),
        ("inspection_conclusion", {"inspector": "office"}, None, "∅", "", ""),
        ("inspection_dossier", {}, None, "∅", "", ""),
        ("report_send", {"period": "month"}, "agency",
         "before day 20 of month +0 of period_end, until report", "Khoản 1 Điều 12",
         SEND),
        *(("report_send", {"period": kind}, "agency",
           "day 15 of month +0 of period_end, until report (Int)", "Khoản 1 Điều 12",
           SEND)
          for kind in ("quarter", "half_year")),
        ("report_send", {"period": "year"}, "agency",
         "day 10 of month -1 of period_end, until report (Int)", "Khoản 1 Điều 12",
         SEND),
        ("report_send", {"period": "adhoc"}, "agency", "–", "Khoản 1 Điều 11", ADHOC),
        ("report_compile", {"period": "month"}, "office",
         "before day 25 of month +0 of period_end, until report", "Khoản 2 Điều 12",
         COMPILE),
        *(("report_compile", {"period": kind}, "office",
           "day 20 of month +0 of period_end, until report (Int)", "Khoản 2 Điều 12",
           COMPILE)
          for kind in ("quarter", "half_year")),
        ("report_compile", {"period": "year"}, "office",
         "day 15 of month -1 of period_end, until report (Int)", "Khoản 2 Điều 12",
         COMPILE),
        ("report_compile", {"period": "adhoc"}, "office", "–", "Điều 10", ADHOC),
        ("regulation_report", {"period": "year"}, "office", "–", "Khoản 2 Điều 14",
         "định kỳ tổng hợp, báo cáo"),
    )  # fmt: skip
    DISCREPANCY = (
        ("Khoản 1 Điều 6", "theo dõi, kiểm tra chặt chẽ thông tin cập nhật trên VIC"),
        ("Điểm a khoản 2 Điều 6", "Theo dõi, kiểm tra thông tin cập nhật trên VIC"),
    )
    DATES = (
        ("register", {}, "2026-01-09", "2026-01-10", "Fri 09/01 + 1: Sat 10 is worked"),
        ("register", {}, "2026-08-21", "2026-08-22", "Fri 21/08 + 1: Sat 22 is worked"),
        ("register", {}, "2025-12-31", "2026-01-05",
         "Wed 31/12 + 1: Thu 01/01 and Fri 02/01 off, weekend, Mon 05"),
        ("register", {"adhoc": True}, "2026-02-14", "2026-02-14", "at once"),
        ("report_send", {"period": "month"}, "2026-04-30", "2026-04-19",
         "before the 20th, as written though a Sunday"),
        ("report_send", {"period": "quarter"}, "2026-04-30", "2026-06-15", "15/6"),
        ("report_send", {"period": "half_year"}, "2026-04-30", "2026-06-15", "15/6"),
        ("report_send", {"period": "year"}, "2026-04-30", "2026-11-10", "10/11"),
        ("report_compile", {"period": "month"}, "2026-02-01", "2026-02-24",
         "before the 25th"),
        ("report_compile", {"period": "quarter"}, "2026-02-01", "2026-03-20", "20/3"),
        ("report_compile", {"period": "half_year"}, "2026-02-01", "2026-06-20", "20/6"),
        ("report_compile", {"period": "year"}, "2026-02-01", "2026-11-15",
         "15/11, as written though a Sunday"),
    )  # fmt: skip
    REGISTRATIONS = (
        # Wed 01/04 + 1: Thu 02
        ({}, [{}], "2026-04-01 10:00", "2026-04-02 23:30", "2026-04-02", "in_time"),
        ({}, [], "2026-04-01 10:00", "2026-04-03 00:30", "2026-04-02", "late"),
        ({"is_adhoc": True}, [], "2026-04-01 23:00", "2026-04-01 23:30", "2026-04-01",
         "in_time"),
        ({"is_adhoc": True}, [], "2026-04-01 23:30", "2026-04-02 00:30", "2026-04-01",
         "late"),
        # what the report calls ad hoc (its source) is no sudden matter by itself
        ({"source": "adhoc"}, [], "2026-04-02 09:00", "2026-04-02 10:00", "2026-04-02",
         "in_time"),
    )  # fmt: skip
    RESULTS = (("2026-04-10", "2026-06-10 09:00", None, None),)

    def test_asking_for_time(self):
        """Đ11.2: proposed to the Chairman (deputies included), no limit."""
        self._check_free_extension(self.deputy)

    def test_handing_back(self):
        """Đ5.2: with the reason, no limit."""
        self._check_free_return()

    def test_nothing_is_confirmed(self):
        """Đ6.1: the Office checks; the result completes the task."""
        self._check_done_by_handing_in()

    def test_undated_ones_are_tracked(self):
        """The text says nothing of them: tracked, no limit."""
        self._check_undated_is_tracked()

    def test_superior_tasks_have_no_limit_of_their_own(self):
        """The text says nothing of them."""
        self._check_no_forwarding()

    def test_no_duty_of_the_office_has_a_day(self):
        """Đ14.2 "định kỳ" names no period: no clock runs on the Office."""
        self.company._clock_start_due(self.company, lambda taken: True)
        self.assertFalse(self._clocks(self.company))

    def test_no_other_system(self):
        """∅: the text names no system of others to enter results in."""
        self._check_no_entry_elsewhere()
