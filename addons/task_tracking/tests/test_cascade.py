# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .cascade_common import CascadeCase


@tagged("post_install", "-at_install")
class TestCascadeDown(CascadeCase):
    """What the province assigns to a department becomes the department's own draft."""

    def test_draft_directive(self):
        """The department gets a draft directive with the province's number, and one
        task per assignment; it came in today, and its Office follows it."""
        above = self._from_above(tasks=2)
        tasks = self._below(above)
        self.assertEqual(tasks.mapped("name"), ["Việc 1", "Việc 2"])
        document = tasks.document_id
        self.assertRecordValues(
            document,
            [
                {
                    "state": "draft",
                    "reference": "12/UBND-KT",
                    "abstract": "Về việc thử nghiệm",
                    "issuer_id": self.company.partner_id.id,
                    "issued_on": date(2026, 4, 1),
                    "received_on": date(2026, 4, 1),
                    "urgency": "urgent",
                    "assigner_level": "chairman",
                    "source": "adhoc",
                    "company_id": self.department.id,
                    "specialist_id": self.d_manager.id,
                    "registered_on": False,
                    "is_from_above": True,
                }
            ],
        )
        for task in tasks:
            self.assertEqual(task.deadline, date(2026, 4, 10))
            self.assertEqual(task.state, "draft")
            self.assertFalse(task.lead_agency_ids)

    def test_only_companies(self):
        """An agency that is no company here, or chose no regulation, gets nothing."""
        before = self.env["task.document"].search_count([])
        document = self._document()
        document.action_release()
        self.assertEqual(self.env["task.document"].search_count([]), before + 1)
        self.department.regulation_id = False
        above = self._from_above()
        self.assertFalse(above.cascade_task_ids)

    def test_one_query_without_companies(self):
        """Where no agency is a company, the cascade costs one query."""
        assignments = self._released() | self._released(lead=self.building)
        assignments.agency_id.mapped("name")
        self.env.flush_all()
        with self.assertQueryCount(1):
            assignments._cascade()

    def test_batch(self):
        """Twenty tasks cost as many queries as two: one batch, not one by one."""
        counts = []
        for number in (2, 2, 20):  # the first one warms the caches
            document = self._document(
                [self._task_vals(lead=self.agriculture) for _ in range(number)]
            )
            self.department.regulation_id = False
            document.action_release()
            self.department.regulation_id = self.department_text
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            document.sudo().assignment_ids._cascade()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_released_again(self):
        """Tasks added to the directive later join the same directive below, also when
        that one is assigned already."""
        above = self._from_above()
        task = self._below(above)
        self._assign_on(task, self.branch)
        above.document_id.with_user(self.specialist).write(
            {
                "task_ids": [
                    Command.create(
                        self._task_vals(lead=self.agriculture, name="Thêm việc")
                    )
                ]
            }
        )
        above.document_id.with_user(self.specialist).action_release()
        document = task.document_id
        self.assertEqual(document.task_ids.mapped("name"), ["Việc 1", "Thêm việc"])
        self.assertTrue(document.to_release)
        self.assertEqual(
            self.env["task.document"].sudo().search_count([("number", "=", "12")]), 2
        )

    def test_registered_by_hand_before(self):
        """A paper copy that the department registered first is not a reason to refuse
        the province: the tasks join it."""
        own = self._as(self.d_specialist, self.env["task.document"]).create(
            {
                "number": "12",
                "notation": "UBND-KT",
                "abstract": "Bản giấy",
                "issued_on": "2026-04-01",
                "issuer_id": self.company.partner_id.id,
            }
        )
        task = self._below(self._from_above())
        self.assertEqual(task.document_id, own)
        self.assertTrue(own.is_from_above)

    def test_reassigned_to_a_company(self):
        """A task that is reassigned to the department arrives as well."""
        above = self._released()
        new = above.with_user(self.manager).reassign(self.agriculture, "Đúng cơ quan")
        self.assertEqual(self._below(new).deadline, date(2026, 4, 10))

    def test_default_specialist(self):
        """The company says who receives; only somebody of its own Office."""
        self.department.task_default_specialist_id = self.d_specialist
        task = self._below(self._from_above())
        self.assertEqual(task.document_id.specialist_id, self.d_specialist)
        with self.assertRaises(ValidationError):
            self.department.task_default_specialist_id = self.specialist

    def test_nobody_to_receive(self):
        """Without anybody in its Office the assignment is an ordinary one, and the
        province's Office reads why in its chatter."""
        (self.d_manager | self.d_specialist).active = False
        above = self._from_above()
        self.assertFalse(above.cascade_task_ids)
        notes = above.document_id.message_ids.mapped("body")
        self.assertTrue(any("nobody in its Office" in body for body in notes))

    def test_open_before_the_register(self):
        """A department that begins later receives what is open above, once."""
        self.department.regulation_id = False
        above = self._from_above(tasks=2)
        above[1].with_user(self.manager).withdraw("Không cần nữa")
        self.department.regulation_id = self.department_text
        tasks = self._as(self.d_manager, self.env["task.task"])
        with self.assertRaises(AccessError):
            self._as(self.d_specialist, tasks).action_fetch_from_above()
        tasks.action_fetch_from_above()
        tasks.action_fetch_from_above()
        self.assertEqual(self._below(above).mapped("name"), ["Việc 1"])

    def test_office_is_told(self):
        """The department's Office is notified, and nobody of the province."""
        self._from_above()
        message = self.env["mail.message"].search(
            [("subject", "like", "From above:")], limit=1
        )
        self.assertEqual(message.notified_partner_ids, self.d_manager.partner_id)

    def test_support(self):
        """A supporting department gets its task too, and contributes upward."""
        document = self._document(
            [self._task_vals(lead=self.finance, support=self.agriculture)]
        )
        document.action_release()
        above = document.sudo().assignment_ids.filtered(
            lambda one: one.role == "support"
        )
        task = self._below(above, self.director)
        self.assertFalse(task.can_upward_result)
        self._send(task, "progress", text="Ý kiến phối hợp")
        self.assertEqual(above.fact_ids.mapped("kind")[-1], "contributed")

    def test_own_time_limits(self):
        """Its register clock runs by its own regulation from its own release."""
        task = self._below(self._from_above())
        self._assign_on(task, self.branch)
        clocks = self.env["task.clock"].sudo()
        mine = clocks.search(
            [("res_model", "=", "task.document"), ("res_id", "=", task.document_id.id)]
        )
        self.assertRecordValues(
            mine,
            [
                {
                    "act": "register",
                    "company_id": self.department.id,
                    # 1 working day from Wed 1 April (KT Đ6.1b)
                    "due_on": date(2026, 4, 2),
                    "state": "in_time",
                }
            ],
        )
        self.assertEqual(mine.rule_id.regulation_id, self.department_text)

    def test_registered_late_below(self):
        """The province's own clock is met; the department that lets the draft lie two
        days is late under its own text, from the day it received it."""
        self._move_to("2026-04-02 02:00:00")
        task = self._below(self._from_above())  # issued on 1 April, received on the 2nd
        self._move_to("2026-04-06 02:00:00")
        self._assign_on(task, self.branch)
        clock = (
            self.env["task.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "task.document"),
                    ("res_id", "=", task.document_id.id),
                ]
            )
        )
        self.assertEqual(clock.started_on, date(2026, 4, 2))
        self.assertEqual(clock.due_on, date(2026, 4, 3))
        self.assertEqual(clock.state, "late")

    def test_release_receives(self):
        """Assigning it on receives the province's assignment, by the real user."""
        above = self._from_above()
        self.assertEqual(above.state, "released")
        self._assign_on(self._below(above), self.branch, self.d_specialist)
        self.assertEqual(above.state, "doing")
        fact = above.fact_ids.filtered(lambda one: one.kind == "received")
        self.assertEqual(fact.user_id, self.d_specialist)

    def test_parts(self):
        """The Office splits the task: further tasks are linked to the same one."""
        task = self._below(self._from_above())
        task.action_new_part()
        part = task.part_ids
        self.assertEqual(part.document_id, task.document_id)
        task.lead_agency_ids = self.branch
        part.lead_agency_ids = self.crops
        task.document_id.action_release()
        self.assertEqual(
            task.missing_units.splitlines(),
            ["Chi cục Thủy lợi – Việc 1", "Phòng Trồng trọt – Việc 1"],
        )

    def test_part_of_what_came_from_above_only(self):
        """A part belongs to a task from above, and is not from above itself."""
        task = self._below(self._from_above())
        other = self._as(self.d_manager, self.env["task.document"]).create(
            {
                "abstract": "Việc riêng của Sở",
                "issued_on": "2026-04-01",
                "task_ids": [Command.create(self._task_vals(lead=self.branch))],
            }
        )
        other.task_ids.part_of_id = task
        with self.assertRaises(ValidationError):
            task.part_of_id = other.task_ids
        other.task_ids.part_of_id = False
        with self.assertRaises(ValidationError):
            other.copy().task_ids.part_of_id = other.task_ids

    def test_kept_while_above_is_open(self):
        """The draft cannot be thrown away while the province waits for it."""
        above = self._from_above()
        task = self._below(above)
        with self.assertRaises(UserError):
            task.unlink()
        above.with_user(self.manager).withdraw("Không cần nữa")
        task.unlink()
        self.assertFalse(above.cascade_task_ids)

    def test_three_levels(self):
        """A unit that is a company gets the department's task in its turn, and the
        result climbs back step by step."""
        unit = self._company("Chi cục", self.branch)
        u_manager = self._inside("u_manager", "group_office_manager", company=unit)
        above = self._from_above()
        task = self._below(above)
        middle = self._assign_on(task, self.branch)
        lowest = self._below(middle, u_manager)
        self.assertEqual(lowest.company_id, unit)
        self.assertEqual(lowest.document_id.reference, "12/UBND-KT")
        self.assertEqual(lowest.deadline, date(2026, 4, 10))
        self._send(lowest, user=u_manager, text="Chi cục đã xong")
        self.assertEqual(middle.state, "done")
        self._send(task)
        self.assertEqual(above.state, "submitted")
        self.assertIn("Chi cục đã xong", above.result_ids.text)
        self.assertEqual(above.result_ids.submitted_by_id, self.director)

    def test_succession_of_a_company_by_a_company(self):
        """An agency with its own register is merged into another that has one: what is
        open arrives there, by the act and by its correction too, each once."""
        other = self._company("Sở Xây dựng", self.building)
        self._inside("o_manager", "group_office_manager", company=other)
        above = self._from_above()
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.agriculture.ids)],
                    "successor_id": self.building.id,
                    "day": self.company._task_today(),
                    "reference": "QĐ 1",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        self.env.invalidate_all()
        tasks = above.sudo().cascade_task_ids
        self.assertEqual(tasks.company_id, self.department | other)
        mine = tasks.filtered(lambda task: task.company_id == other)
        self.assertEqual(mine.above_state, "released")
        self.assertEqual((tasks - mine).above_state, "withdrawn")
        undo = self.env["task.succession"].browse(succession.action_correct()["res_id"])
        undo.with_user(self.manager).write({"successor_id": False, "reason": "Nhầm"})
        undo.with_user(self.manager).action_record()
        self.env.invalidate_all()
        self.assertEqual(above.agency_id, self.agriculture)
        self.assertEqual(above.sudo().cascade_task_ids, tasks)
        self.assertEqual((tasks - mine).above_state, "released")
        self.assertEqual(mine.above_state, "withdrawn")
        mine.unlink()  # a draft for a task that never was theirs
        with self.assertRaises(UserError):
            (tasks - mine).unlink()

    def test_nothing_goes_back_up(self):
        """What a department assigns to the province's own agency stays an ordinary
        assignment: nothing runs in circles."""
        self.company.partner_id.is_agency = True
        task = self._below(self._from_above())
        again = self._assign_on(task, self.branch | self.company.partner_id)
        self.assertEqual(len(again), 2)
        self.assertFalse(again.cascade_task_ids)
        self.assertNotIn(
            self.company, (self.department - self.department._task_superiors())
        )

    def test_succession(self):
        """The successor of an agency may be a company: the open ones arrive there, and
        the predecessor's company no longer speaks for them."""
        above = self._released(lead=self.building)
        above.sudo().agency_id = self.agriculture
        task = self._below(above, self.director)
        self.assertTrue(task.can_upward_result)
        above.sudo().agency_id = self.building
        self.env.invalidate_all()
        self.assertEqual(task.above_state, "withdrawn")
        self.assertFalse(task.can_upward_result)


@tagged("post_install", "-at_install")
class TestCascadeUp(CascadeCase):
    """The department answers the province by one bridge, as its regulation allows."""

    def setUp(self):
        super().setUp()
        self.above = self._from_above()
        self.task = self._below(self.above, self.director)
        self._as(self.d_manager, self.task).action_new_part()
        self.part = self.task.part_ids
        manager = self._as(self.d_manager, self.task)
        manager.lead_agency_ids = self.branch
        self._as(self.d_manager, self.part).write(
            {"name": "Phần cây trồng", "lead_agency_ids": [Command.set(self.crops.ids)]}
        )
        manager.document_id.action_release()

    def test_result_gathers_the_units(self):
        """The result is prefilled with each unit's text and reply document."""
        self._unit_result(
            self.task.sudo().assignment_ids,
            self.d_branch,
            "Đã kiểm tra 12 hồ chứa",
            reply_number="7/BC-CCTL",
            reply_date="2026-04-01",
        )
        self._unit_result(self.part.sudo().assignment_ids, self.d_crops, "Đã gieo")
        upward = self._upward(self.task)
        self.assertIn("Chi cục Thủy lợi – Việc 1:", upward.text)
        self.assertIn("Đã kiểm tra 12 hồ chứa (7/BC-CCTL 04/01/2026)", upward.text)
        self.assertIn("Phòng Trồng trọt – Phần cây trồng:\nĐã gieo", upward.text)
        self.assertEqual(len(upward.gathered_ids), 2)
        self.assertFalse(upward.missing_units)
        upward.action_send()
        self.assertRecordValues(
            self.above.result_ids,
            [
                {
                    "text": upward.text,
                    "state": "waiting",
                    "submitted_by_id": self.director.id,
                    "agency_id": self.agriculture.id,
                }
            ],
        )
        fact = self.above.fact_ids[-1]
        self.assertEqual((fact.kind, fact.user_id), ("handed_in", self.director))

    def test_entered_in_the_provinces_system(self):
        """Sending the result up is the entry in the province's system that Kon Tum
        asks for (Đ6.3b), of the units whose results are in it."""
        mine, other = self.task.sudo().assignment_ids, self.part.sudo().assignment_ids
        self._unit_result(mine, self.d_branch)
        self.assertTrue(mine.with_user(self.d_manager).can_mark_elsewhere)
        self._send(self.task, accept_missing=True)
        self.assertEqual(mine.elsewhere_on, date(2026, 4, 1))
        self.assertEqual(mine.fact_ids.sorted("id")[-1].user_id, self.director)
        self.assertFalse(other.elsewhere_on)

    def test_missing_units(self):
        """It says which units are missing; without a tick nothing is handed in."""
        self._unit_result(self.task.sudo().assignment_ids, self.d_branch)
        self.assertEqual(self.task.missing_units, "Phòng Trồng trọt – Phần cây trồng")
        upward = self._upward(self.task)
        with self.assertRaisesRegex(UserError, "Phòng Trồng trọt"):
            upward.action_send()
        self.assertEqual(self.above.state, "doing")
        upward.accept_missing = True
        upward.action_send()
        self.assertEqual(self.above.state, "submitted")
        self.assertEqual(upward.missing_note, "Phòng Trồng trọt – Phần cây trồng")

    def test_each_level_confirms_by_its_own(self):
        """The unit's result completes the department's task (nothing is confirmed
        there); the department's waits for the province's specialist."""
        mine = self.task.sudo().assignment_ids
        self._unit_result(mine, self.d_branch)
        self.assertEqual(mine.state, "done")
        self._send(self.task, accept_missing=True)
        self.assertEqual(self.above.state, "submitted")

    def test_files(self):
        """Files of the department and of its units go along as copies; what the
        province holds is its own."""
        result = self._as(self.d_branch, self.env["task.result"]).create(
            {
                "assignment_id": self.task.sudo().assignment_ids.id,
                "text": "Kèm bảng",
                "attachment_ids": [
                    Command.create({"name": "bang.txt", "raw": b"cua don vi"})
                ],
            }
        )
        result.action_submit()
        upward = self._upward(
            self.task,
            accept_missing=True,
            unit_file_ids=[Command.set(result.attachment_ids.ids)],
            attachment_ids=[Command.create({"name": "bc.txt", "raw": b"cua So"})],
        )
        upward.action_send()
        files = self.above.result_ids.attachment_ids
        self.assertEqual(
            {(file.name, file.raw) for file in files},
            {("bang.txt", b"cua don vi"), ("bc.txt", b"cua So")},
        )
        self.assertFalse(files & (upward.attachment_ids | result.attachment_ids))
        self.assertEqual(set(files.mapped("res_model")), {"task.result"})
        self.assertTrue(files.with_user(self.specialist).has_access("read"))
        with self.assertRaises(UserError):
            self._as(self.director, upward.attachment_ids).unlink()

    def test_progress(self):
        """An entry on how it goes is recorded above in the name of the user."""
        self._send(self.task, "progress", user=self.d_manager, text="Đang làm")
        entry = self.above.progress_ids
        self.assertEqual((entry.text, entry.user_id), ("Đang làm", self.d_manager))

    def test_extension_and_its_answer(self):
        """The department asks for time, and is told what the Chairman decided."""
        upward = self._send(
            self.task, "extension", text="Mưa lũ", new_deadline="2026-04-20"
        )
        self.assertEqual(upward.above_state, "waiting")
        asked = self.above.extension_ids.with_user(self.chairman)
        asked.write({"granted_deadline": "2026-04-18", "answer": "Cho đến 18/4"})
        asked.action_accept()
        self.env.invalidate_all()
        self.assertEqual(upward.above_state, "accepted")
        self.assertEqual(upward.above_answer, "Cho đến 18/4")
        self.assertEqual(self.task.above_deadline, date(2026, 4, 18))
        self.assertEqual(self.task.above_days_left, 17)
        self.assertIn("Cho đến 18/4", self.task.above_answer)
        self.assertEqual(
            self.task.deadline, date(2026, 4, 10), "the units' deadline is the Office's"
        )
        notes = self.task.document_id.sudo().message_ids
        told = notes.filtered(lambda one: "Cho đến 18/4" in (one.body or ""))
        self.assertTrue(told)
        notified = self.env["mail.message"].search(
            [("body", "like", "Cho đến 18/4"), ("model", "=", "task.document")]
        )
        self.assertIn(self.d_manager.partner_id, notified.notified_partner_ids)

    def test_what_the_province_knows(self):
        """Extensions are the province's affair: Kon Tum's text knows none and the
        department asks all the same; where the province's knows none, nobody does."""
        own = self.task.sudo().assignment_ids
        self.assertFalse(own.with_user(self.d_branch).can_ask_extension)
        self.assertTrue(self.task.can_upward_extension)
        self.company.regulation_id = self.env.ref("task_tracking.regulation_quang_tri")
        document = self._document([self._task_vals(lead=self.agriculture)])
        document.action_release()
        task = self._below(document.sudo().assignment_ids, self.director)
        self.assertFalse(task.can_upward_extension)
        self.assertTrue(task.can_upward_result)
        with self.assertRaises(UserError):
            self._upward(task, "extension", text="x", new_deadline="2026-04-20")

    def test_hand_back(self):
        """Handed back with the reason and, when that is accepted, taken away; the
        department's own tasks stay."""
        upward = self._send(
            self.task,
            "return",
            text="Không thuộc chức năng",
            return_kind="not_ours",
            proposed_agency_id=self.building.id,
        )
        asked = self.above.return_ids.with_user(self.manager)
        self.assertEqual(asked.proposed_agency_id, self.building)
        asked.write({"new_agency_ids": [Command.set(self.building.ids)]})
        asked.action_accept()
        self.env.invalidate_all()
        self.assertEqual(upward.above_state, "accepted")
        self.assertEqual(self.task.above_state, "withdrawn")
        self.assertEqual(self.task.state, "open")
        self.assertFalse(self.task.can_upward_result)

    def test_take_back(self):
        """A request is taken back before it is answered, and no later."""
        upward = self._send(
            self.task, "extension", text="Mưa lũ", new_deadline="2026-04-20"
        )
        self.assertTrue(upward.can_take_back)
        upward.action_take_back()
        self.assertEqual(upward.above_state, "cancelled")
        self.assertFalse(self.above.extension_pending)
        with self.assertRaises(UserError):
            upward.action_take_back()

    def test_refused_result(self):
        """A refused result is told with its reason, and may be handed in again."""
        self._send(self.task, accept_missing=True, text="Báo cáo lần 1")
        answer = self.above.result_ids.with_user(self.specialist)
        answer.answer = "Thiếu số liệu"
        answer.action_refuse()
        self.env.invalidate_all()
        self.assertEqual(self.task.above_state, "doing")
        self.assertIn("Thiếu số liệu", self.task.above_answer)
        self._send(self.task, accept_missing=True, text="Báo cáo lần 2")
        last = self.above.result_ids.sorted("id")[-1].with_user(self.specialist)
        last.action_accept()
        self.env.invalidate_all()
        self.assertEqual(self.task.above_state, "done")

    def test_withdrawn_above(self):
        """If the province withdraws, the department's tasks stay and show it."""
        self.above.with_user(self.manager).withdraw("Thu hồi văn bản")
        self.env.invalidate_all()
        self.assertEqual(self.task.above_state, "withdrawn")
        self.assertIn("Thu hồi văn bản", self.task.above_answer)
        self.assertEqual(self.task.state, "open")
        with self.assertRaises(UserError):
            self._send(self.task, accept_missing=True, text="Vẫn báo cáo")

    def test_state_above_decides(self):
        """Nothing that the province's assignment does not allow is sent."""
        self._send(self.task, accept_missing=True, text="Xong")
        self.assertFalse(self.task.can_upward_result)
        with self.assertRaises(UserError):
            self._upward(self.task, text="Lần nữa")
        with self.assertRaises(UserError):
            self._upward(self.task, "extension", text="x", new_deadline="2026-04-20")

    def test_corrected_files_follow(self):
        """A file added to the province's directive later is shared below, one taken
        off it no longer is."""
        document = self.above.document_id.with_user(self.specialist)
        document.write(
            {"attachment_ids": [Command.create({"name": "vb.txt", "raw": b"vb"})]}
        )
        file = document.attachment_ids
        below = self.task.document_id
        self.assertEqual(below.shared_attachment_ids, file)
        self.assertEqual(self._as(self.d_branch, file).raw, b"vb")
        document.write({"attachment_ids": [Command.unlink(file.id)]})
        self.assertFalse(below.shared_attachment_ids)
