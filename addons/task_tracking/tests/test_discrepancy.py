# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import START, TaskCase
from .discrepancy_common import DiscrepancyActs


@tagged("post_install", "-at_install")
class TestDiscrepancy(DiscrepancyActs, TaskCase):
    """Data that differ, found by one side and answered by the other (BG Đ7.1b, Đ7.2;
    KT Đ7.1, Đ7.2b; QT Đ9.1a, c; KH Đ5.1b, Đ5.2c)."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.task = self._released()
        self._move_to("2026-04-01 03:00:00")

    # -- found by an agency ------------------------------------------------------------
    def test_agency_finds_the_office_corrects(self):
        """KH Đ5.2c: the agency tells the Office; a manager corrects with the act there
        is, and the correction stands beside the discrepancy."""
        found = self._found(self.finance_head, self.task)
        self.assertEqual((found.side, found.state), ("agency", "open"))
        self.assertEqual(found.other_value, "04/10/2026")  # the date of en_US
        self.assertEqual(found.agency_id, self.finance)
        self.assertEqual(found.document_id, self.task.document_id)
        self._move_to("2026-04-02 02:00:00")
        task = self.task.with_user(self.manager)
        task.correct(task.fact_ids[0], "Nhập sai", deadline="2026-04-15")
        answered = found.with_user(self.manager)
        self.assertEqual(answered.fact_ids.mapped("kind"), ["correction"])
        answered.action_correct()
        self.assertEqual(found.state, "corrected")
        self.assertEqual(found.answered_by_id, self.manager)
        self.assertEqual(self.task.deadline, date(2026, 4, 15))

    def test_facts_since(self):
        """Beside it stands what was recorded from the finding to the answer: not what
        came before, not what came after."""
        self.task.with_user(self.finance_head).action_receive()
        self._move_to("2026-04-03 02:00:00")
        found = self._found(self.finance_head, self.task)
        self.assertFalse(found.fact_ids)
        self._move_to("2026-04-04 02:00:00")
        self._hand_in(self.task)
        self._move_to("2026-04-05 02:00:00")
        found.with_user(self.specialist).action_correct()
        self._move_to("2026-04-06 02:00:00")
        self.task.result_ids.with_user(self.specialist).action_accept()
        found.invalidate_recordset()
        self.assertEqual(found.fact_ids.mapped("kind"), ["handed_in"])

    def test_facts_from_the_day_it_was_found(self):
        """Found on an earlier day and reported now: what was recorded since that day
        counts, by the province's day (18:00 UTC is the next day)."""
        self._move_to("2026-04-01 16:59:00")  # 23:59 on 01/04
        self.task.with_user(self.finance_head).action_receive()
        self._move_to("2026-04-01 17:30:00")  # 00:30 on 02/04
        self._hand_in(self.task)
        self._move_to("2026-04-03 02:00:00")
        found = self._found(self.finance_head, self.task, found_on="2026-04-02")
        self.assertEqual(found.fact_ids.mapped("kind"), ["handed_in"])

    def test_explained_it_stands(self):
        """The other side explains, in words, why it stands."""
        found = self._found(self.finance_head, self.task)
        answering = found.with_user(self.specialist)
        with self.assertRaises(UserError):
            answering.action_answer()
        answering.answer = "Đúng theo văn bản"
        answering.action_answer()
        self.assertEqual(found.state, "answered")
        self.assertEqual(found.answered_by_id, self.specialist)

    def test_corrected_says_what(self):
        """“Corrected” with nothing recorded since is said in words."""
        found = self._found(self.finance_head, self.task).with_user(self.specialist)
        self._move_to("2026-04-02 02:00:00")
        with self.assertRaises(UserError):
            found.action_correct()
        found.answer = "Đã sửa số văn bản"
        found.action_correct()
        self.assertEqual(found.state, "corrected")

    # -- found by the Office -----------------------------------------------------------
    def test_office_finds_the_agency_answers(self):
        """KH Đ5.1b: the Office settles with the agency what the agency reported
        wrongly; the system's value is the Office's."""
        found = self._found(
            self.specialist,
            self.task,
            kind="state",
            finder_value=None,
            other_value="Đã hoàn thành",
        )
        self.assertEqual(found.side, "office")
        self.assertEqual(found.finder_value, "To receive")
        answering = found.with_user(self.finance_head)
        answering.answer = "Báo cáo nhầm, đã sửa"
        answering.action_correct()
        self.assertEqual(found.state, "corrected")

    def test_office_records_that_it_corrected(self):
        """What the Office found, it may have corrected itself; it does not explain in
        the agency's place."""
        found = self._found(self.specialist, self.task)
        found.answer = "Đã đính chính"
        with self.assertRaises(AccessError):
            found.action_answer()
        found.action_correct()
        self.assertEqual(found.state, "corrected")

    def test_withdrawn_by_the_finder(self):
        """Who found it was mistaken and says so; the other side cannot withdraw it."""
        found = self._found(self.finance_head, self.task)
        with self.assertRaises(AccessError):
            found.with_user(self.manager).action_withdraw()
        with self.assertRaises(UserError):
            found.action_withdraw()
        found.answer = "Chúng tôi đọc nhầm"
        found.action_withdraw()
        self.assertEqual(found.state, "withdrawn")

    def test_office_writes_down_a_call(self):
        """BG Đ7.1b: the agency tells by telephone or letter; the Office writes it down
        in the agency's name, with the number and the date of the letter."""
        call = self._found(self.specialist, self.task, side="agency", channel="phone")
        self.assertEqual((call.agency_id, call.state), (self.finance, "open"))
        letter = self._draft_discrepancy(
            self.specialist, self.task, side="agency", channel="letter"
        )
        with self.assertRaises(UserError):
            letter.action_submit()
        letter.write({"reference": "12/STC-VP", "reference_date": "2026-04-01"})
        letter.action_submit()
        self.assertEqual(letter.state, "open")

    # -- what no assignment stands for -------------------------------------------------
    def test_missing_from_the_list(self):
        """A task that the system does not have is named in words, or by a directive
        the agency has a task in."""
        vals = {"kind": "missing", "finder_value": "Có trong danh sách"}
        found = self._found(
            self.finance_head, about="Kế hoạch số 5, nhiệm vụ 3", **vals
        )
        self.assertEqual(found.agency_id, self.finance)
        self.assertEqual(found.company_id, self.company)
        named = self._found(
            self.finance_head, document_id=self.task.document_id.id, **vals
        )
        self.assertEqual(named.document_id, self.task.document_id)
        # nobody follows the first: anybody of the Office answers it
        found.with_user(self.specialist2).answer = "Không giao"
        found.with_user(self.specialist2).action_answer()
        self.assertEqual(found.state, "answered")
        with self.assertRaises(AccessError):
            named.with_user(self.specialist2).answer = "Không giao"

    def test_about_something(self):
        """It is about a task, a directive, or words."""
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self._draft_discrepancy(self.finance_head)

    def test_only_of_ones_own(self):
        """An agency reports on its own data; the agency and the directive are those of
        the task, and no directive is named to who has no task in it."""
        other = self._released(lead=self.building)
        with self.assertRaises(AccessError):
            self._draft_discrepancy(self.finance_head, other)
        with self.assertRaises(AccessError):
            self._draft_discrepancy(
                self.finance_head, about="x", agency_id=self.building.id
            )
        with self.assertRaises(UserError):
            self._draft_discrepancy(
                self.specialist, self.task, agency_id=self.building.id
            )
        with self.assertRaises(UserError):
            self._draft_discrepancy(
                self.specialist,
                document_id=other.document_id.id,
                agency_id=self.finance.id,
            )

    def test_day_found(self):
        """It was found on no day to come: 00:30 of 2 April here is 1 April in UTC."""
        self._move_to("2026-04-01 17:30:00")
        with self.assertRaises(UserError):
            self._draft_discrepancy(self.finance_head, self.task, found_on="2026-04-03")
        one = self._draft_discrepancy(self.finance_head, self.task)
        self.assertEqual(one.found_on, date(2026, 4, 2))

    # -- kept as it was ----------------------------------------------------------------
    def test_kept_for_ever(self):
        """What was reported is neither changed nor deleted; its files stay, those of
        the exchange in words beside it come freely."""
        file = self.env["ir.attachment"].with_user(self.finance_head)
        proof = file.create({"name": "a.txt", "raw": b"a"})
        found = self._found(
            self.finance_head, self.task, attachment_ids=[Command.set(proof.ids)]
        )
        for vals in ({"text": "x"}, {"found_on": "2026-03-01"}, {"kind": "other"}):
            with self.assertRaises(UserError):
                found.write(vals)
        with self.assertRaises(UserError):
            found.unlink()
        with self.assertRaises(UserError):
            found.sudo().unlink()
        with self.assertRaises(UserError):
            proof.raw = b"b"
        with self.assertRaises(UserError):
            proof.unlink()
        said = file.create(
            {"name": "b.txt", "raw": b"b", "res_model": found._name, "res_id": found.id}
        )
        found.message_post(body="Gửi thêm", attachment_ids=said.ids)
        self.assertEqual(found.attachment_ids, proof)

    def test_closed_is_closed(self):
        """What is settled is not answered again, nor its answer rewritten."""
        found = self._found(self.finance_head, self.task)
        answering = found.with_user(self.specialist)
        answering.answer = "Đã sửa"
        answering.action_correct()
        for act in ("action_correct", "action_answer", "action_withdraw"):
            with self.assertRaises(UserError):
                getattr(answering, act)()
        with self.assertRaises(UserError):
            answering.answer = "Khác"

    def test_withdrawn_and_completed_tasks_too(self):
        """Figures of a completed task differ as well."""
        result = self._hand_in(self.task)
        result.with_user(self.specialist).action_accept()
        found = self._found(self.finance_head, self.task, kind="completion")
        self.assertEqual(found.other_value, "04/01/2026")

    # -- its limit ---------------------------------------------------------------------
    def _limit(self, actor, **vals):
        """Give the text a limit for `actor` counted from the discovery."""
        rule = self.regulation.rule_ids.filtered(
            lambda one: one.act == "discrepancy" and one.actor == actor
        )
        rule.write(
            {
                "stated": "limit",
                "event": "discovery",
                "stop": "answer",
                "amount": 2,
                "unit": "working_day",
                **vals,
            }
        )

    def test_no_limit_is_stated(self):
        """None of the five texts states a limit: nothing runs."""
        self.assertFalse(self._found(self.finance_head, self.task).clock_ids)

    def test_a_text_with_a_limit(self):
        """A sixth text gives the Office 2 working days from the discovery: found on
        Thursday 2 April, due on Monday 6 April (its Friday counts)."""
        self._limit("office")
        self._move_to("2026-04-02 02:00:00")
        found = self._found(self.specialist, self.task)
        clock = found.sudo().clock_ids
        self.assertEqual((clock.act, clock.actor), ("discrepancy", "office"))
        self.assertEqual(clock.due_on, date(2026, 4, 6))
        self._move_to("2026-04-07 02:00:00")
        clock.invalidate_recordset()
        self.assertEqual(clock.state, "missed")
        found.answer = "Đã sửa"
        found.action_correct()
        self.assertEqual(clock.state, "late")
        # the agency's own finding is the agency's affair, without a limit here
        self.assertFalse(self._found(self.finance_head, self.task).sudo().clock_ids)

    def test_a_limit_for_the_agency_to_tell(self):
        """A text by which the agency tells within a day of finding: what was found
        the day before yesterday is told late."""
        self._limit("agency", stop="request", amount=1)
        self._move_to("2026-04-03 02:00:00")
        found = self._found(self.finance_head, self.task, found_on="2026-04-01")
        self.assertEqual(found.clock_ids.due_on, date(2026, 4, 2))
        self.assertEqual(found.clock_ids.state, "late")
        in_time = self._found(self.finance_head, self.task, found_on="2026-04-02")
        self.assertEqual(in_time.clock_ids.state, "in_time")

    def test_withdrawn_ends_the_limit(self):
        """Nobody need settle what was withdrawn."""
        self._limit("agency")
        found = self._found(self.finance_head, self.task)
        self.assertEqual(found.clock_ids.state, "running")
        found.answer = "Nhầm"
        found.action_withdraw()
        self.assertEqual(found.clock_ids.state, "cancelled")

    # -- what the text does not know ---------------------------------------------------
    def test_unknown_to_the_text(self):
        """A text that knows it of one side only: refused to the other, and hidden."""
        rules = self.regulation.rule_ids.filtered(lambda one: one.act == "discrepancy")
        agency = rules.filtered(lambda one: one.actor == "agency")
        agency.stated = "absent"
        self.assertFalse(self.task.with_user(self.finance_head).can_report_discrepancy)
        self.assertTrue(self.task.with_user(self.specialist).can_report_discrepancy)
        with self.assertRaises(UserError):
            self._draft_discrepancy(self.finance_head, self.task)
        with self.assertRaises(UserError):
            self._draft_discrepancy(self.specialist, self.task, side="agency")
        self.assertEqual(self._found(self.specialist, self.task).state, "open")
        menu = self.env.ref("task_tracking.menu_task_discrepancies")
        self.assertNotIn(menu.id, self._hidden_menus())
        rules.stated = "absent"
        self.assertIn(menu.id, self._hidden_menus())
        with self.assertRaises(UserError):
            self._draft_discrepancy(self.specialist, self.task)

    def _hidden_menus(self):
        return self.env["ir.ui.menu"].with_user(self.manager)._load_menus_blacklist()

    # -- screens -----------------------------------------------------------------------
    def _section(self, user, key):
        told = self.env["task.desk"].with_user(user).get_sections()
        return next((one for one in told if one["key"] == key), None)

    def test_desk(self):
        """Who must answer finds it on the desk; who may not, does not."""
        found = self._found(self.finance_head, self.task)
        asked = self._found(self.specialist, self.task, kind="result")
        for user, count in (
            (self.specialist, 1),
            (self.manager, 1),
            (self.specialist2, 0),
            (self.finance_head, 1),
            (self.building_head, 0),
        ):
            section = self._section(user, "discrepancies")
            self.assertEqual(section["count"], count, user.login)
        items = self._section(self.specialist, "discrepancies")["items"]
        self.assertEqual(items[0]["id"], found.id)
        self.assertIn(self.finance.name, items[0]["subtitle"])
        items = self._section(self.finance_head, "discrepancies")["items"]
        self.assertEqual(items[0]["id"], asked.id)

    def test_drafts_on_the_desk(self):
        """The officer drafts, the head finds the draft on the desk and reports it."""
        draft = self._draft_discrepancy(self.finance_officer, self.task)
        with self.assertRaises(AccessError):
            draft.action_submit()
        key = "draft_task.discrepancy"
        self.assertEqual(self._section(self.finance_head, key)["count"], 1)
        draft.with_user(self.finance_head).action_submit()
        self.assertEqual(self._section(self.finance_head, key)["count"], 0)

    def test_counts_on_the_assignment(self):
        """The task shows how many there are and how many are open, in one query for
        many tasks."""
        found = self._found(self.finance_head, self.task)
        self._found(self.finance_head, self.task, kind="state")
        self._draft_discrepancy(self.finance_head, self.task)
        found.answer = "Nhầm"
        found.action_withdraw()
        task = self.task.with_user(self.specialist)
        self.assertEqual((task.discrepancy_count, task.open_discrepancy_count), (2, 1))
        other = self._released().with_user(self.specialist)
        both = task | other
        both.mapped("state")
        both.invalidate_recordset(["discrepancy_count", "open_discrepancy_count"])
        with self.assertQueryCount(1):
            both.mapped("open_discrepancy_count")
        found = self.env["task.assignment"].with_user(self.specialist)
        self.assertEqual(found.search([("discrepancy_ids.state", "=", "open")]), task)

    def test_form(self):
        """The form begun on the task knows whose it is and what the system has; what
        differs may be another thing, and is then prefilled anew."""
        action = self.task.with_user(self.finance_head).action_new_discrepancy()
        model = self.env["task.discrepancy"].with_user(self.finance_head)
        with Form(model.with_context(**action["context"])) as form:
            self.assertEqual(form.side, "agency")
            self.assertEqual(form.other_value, "04/10/2026")
            form.kind = "agency"
            self.assertEqual(form.other_value, self.finance.name)
            form.finder_value = "Sở Xây dựng"
            form.text = "Theo văn bản số 5"
        self.assertEqual(form.record.state, "draft")
        form.record.action_submit()
        self.assertEqual(form.record.agency_id, self.finance)

    # -- who is told -------------------------------------------------------------------
    def _told(self, record):
        messages = self.env["mail.message"].sudo()
        about = [("model", "=", record._name), ("res_id", "=", record.id)]
        return messages.search(about).notified_partner_ids

    def test_other_side_is_told(self):
        """The specialist who follows is told what an agency found, the agency's users
        what the Office found; each is told the other's answer."""
        found = self._found(self.finance_head, self.task)
        self.assertEqual(self._told(found), self.specialist.partner_id)
        found.with_user(self.specialist).answer = "Đúng"
        found.with_user(self.specialist).action_answer()
        officers = (self.finance_head | self.finance_officer).partner_id
        self.assertEqual(self._told(found), self.specialist.partner_id | officers)
        asked = self._found(self.specialist, self.task)
        self.assertEqual(self._told(asked), officers)

    def test_managers_are_told_where_nobody_follows(self):
        """A missing task is followed by nobody: the Office managers are told."""
        found = self._found(self.finance_head, about="Kế hoạch số 5", kind="missing")
        self.assertEqual(self._told(found), self.manager.partner_id)

    # -- succession --------------------------------------------------------------------
    def test_succession(self):
        """BG Đ24: the successor answers for what is open, with a task or without."""
        on_task = self._found(self.specialist, self.task)
        in_words = self._found(
            self.specialist, about="Kế hoạch số 5", agency_id=self.finance.id
        )
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": self.building.id,
                    "day": "2026-04-01",
                    "reference": "12/NQ-HĐND",
                    "reason": "Sáp nhập",
                }
            )
        )
        succession.action_record()
        for one in (on_task, in_words):
            self.assertEqual(one.agency_id, self.building)
            one.with_user(self.building_head).answer = "Đã sửa"
            one.with_user(self.building_head).action_correct()
