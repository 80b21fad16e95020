# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from .dossier_common import DossierCase


class TestDossierGathered(DossierCase):
    """What arises is gathered, once, under the kinds of Điều 17."""

    def test_gathered_as_it_arises(self):
        """Decision, instruction, directive at the start; request, report and minutes
        when they are issued or sent; conclusion and notice when it is concluded."""
        inspection = self._inspection()
        self._paper(inspection, "decision")
        self._paper(inspection, "instruction", number="9/UBND-TH")
        self.assertFalse(inspection.item_ids)
        inspection.with_user(self.chairman).action_issue()
        codes = ["decision", "directives", "plan"]
        self.assertEqual(sorted(inspection.item_ids.mapped("code")), codes)
        self._reported(inspection)
        codes += ["reports", "urging"]
        self.assertEqual(sorted(inspection.item_ids.mapped("code")), codes)
        self._minuted(inspection)
        self.assertTrue(self._items(inspection, "minutes"))
        inspection.with_user(self.manager).action_end()
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertTrue(self._items(inspection, "conclusion"))
        self.assertEqual(
            self._items(inspection, "other").mapped("source_model"),
            ["task.inspection.paper"],
        )

    def test_never_twice(self):
        """Gathering again changes nothing."""
        inspection = self._complete()
        before = inspection.sudo().item_ids
        inspection.action_gather()
        inspection.invalidate_recordset()
        self.assertEqual(inspection.sudo().item_ids, before)
        self.assertGreaterEqual(len(before), 8)

    def test_by_reference(self):
        """No file is copied before the dossier is closed."""
        count = self.env["ir.attachment"].sudo().search_count([])
        inspection = self._issued()
        item = self._items(inspection, "directives")
        directive = self.assignment.document_id
        self.assertEqual(item.source_file_ids, directive.attachment_ids)
        self.assertEqual(item.dated_on, directive.issued_on)
        # the signed decision alone is new
        self.assertEqual(self.env["ir.attachment"].sudo().search_count([]), count + 1)

    def test_directive_out_of_scope(self):
        """A directive without an assignment of the inspected agency is not in it."""
        other = self._document([self._task_vals(lead=self.building)])
        other.action_release()
        inspection = self._issued()
        self.assertEqual(
            self._items(inspection, "directives").mapped("source_id"),
            self.assignment.document_id.ids,
        )

    def test_scope_of_the_decision(self):
        """Named directives only, and assigned up to the day of the decision's scope."""
        late = self._with_directive("124")
        inspection = self._issued(
            document_ids=[Command.set(self.assignment.document_id.ids)]
        )
        found = self._items(inspection, "directives").mapped("source_id")
        self.assertEqual(found, self.assignment.document_id.ids)
        self.assertNotIn(late.document_id.id, found)

    def test_directive_of_a_recommendation(self):
        """What the inspection recommended and became a task of the inspected agency on
        the same day was not inspected: its directive is not missing in the dossier."""
        inspection = self._issued()
        recommendation = self.env["task.inspection.recommendation"].create(
            {
                "inspection_id": inspection.id,
                "text": "Chấn chỉnh việc cập nhật",
                "agency_id": self.finance.id,
            }
        )
        led_to = self._with_directive("125")
        recommendation.sudo().task_id = led_to.task_id
        inspection.sudo()._gather()
        self.assertNotIn(
            led_to.document_id.id,
            self._items(inspection, "directives").mapped("source_id"),
        )

    def test_directive_after_the_end(self):
        """What was assigned after the inspection ended was not inspected."""
        inspection = self._issued()
        inspection.with_user(self.manager).action_end()
        self._move_to("2026-04-02 02:00:00")
        late = self._with_directive("126")
        inspection.sudo()._gather()
        self.assertNotIn(
            late.document_id.id,
            self._items(inspection, "directives").mapped("source_id"),
        )

    def test_findings_pictures(self):
        """Pictures of a finding are papers on the contents of the inspection."""
        inspection = self._issued()
        picture = self._attach("ảnh.jpg", user=self.manager)
        finding = (
            self.env["task.inspection.finding"]
            .with_user(self.manager)
            .create(
                {
                    "inspection_id": inspection.id,
                    "subject_id": inspection.subject_ids.id,
                    "text": "Kho hồ sơ",
                    "attachment_ids": [Command.set(picture.ids)],
                }
            )
        )
        inspection.with_user(self.manager).action_gather()
        item = self._items(inspection, "minutes")
        self.assertEqual(item.source_id, finding.id)
        self.assertEqual(item.source_file_ids, picture.sudo())
        finding.attachment_ids = [Command.clear()]
        inspection.with_user(self.manager).action_gather()
        self.assertFalse(item.exists())

    def test_plan(self):
        """The approved plan it goes by stands under the fifth kind."""
        plan = (
            self.env["task.inspection.plan"]
            .with_user(self.specialist)
            .create(
                {
                    "name": "Kế hoạch 2026",
                    "number": "45/KH-UBND",
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    "attachment_ids": [Command.set(self._file().ids)],
                    "line_ids": [
                        Command.create(
                            {
                                "agency_id": self.finance.id,
                                "date_from": "2026-04-01",
                                "date_to": "2026-04-30",
                            }
                        )
                    ],
                }
            )
        )
        # approved before: how is another test's matter
        plan.sudo().write({"state": "approved", "dated_on": "2026-01-05"})
        inspection = self._issued(form="regular", plan_line_id=plan.line_ids.id)
        item = self._items(inspection, "plan")
        self.assertEqual((item.source_model, item.source_id), (plan._name, plan.id))
        self.assertEqual(item.name, "Kế hoạch kiểm tra 45/KH-UBND")

    def test_by_hand(self):
        """The team adds a paper; what was gathered is not changed, files are added."""
        inspection = self._issued()
        member = inspection.with_user(self.building_officer)
        kinds = self.regulation._prescriptions("dossier")
        item = self.env["task.inspection.item"].with_user(self.building_officer)
        added = item.create(
            {
                "inspection_id": inspection.id,
                "prescription_id": kinds[-1].id,
                "name": "Thư của công dân",
                "attachment_ids": [
                    Command.set(self._attach("thư.pdf", user=self.building_officer).ids)
                ],
            }
        )
        self.assertFalse(added.is_gathered)
        gathered = member.item_ids.filtered(lambda one: one.code == "decision")
        with self.assertRaises(UserError):
            gathered.name = "Khác"
        with self.assertRaises(UserError):
            gathered.unlink()
        gathered.attachment_ids = self._attach(
            "bản dịch.pdf", user=self.building_officer
        )
        self.assertIn("bản dịch.pdf", gathered.file_names)
        with self.assertRaises(AccessError):
            added.is_gathered = True

    def test_kinds_of_its_regulation(self):
        """An entry stands under a kind of the inspection's own regulation."""
        inspection = self._issued()
        other = self.env.ref("task_tracking.regulation_kon_tum")
        with self.assertRaises(ValidationError):
            self.env["task.inspection.item"].with_user(self.specialist).create(
                {
                    "inspection_id": inspection.id,
                    "prescription_id": other._prescriptions("dossier")[0].id,
                    "name": "X",
                }
            )


class TestDossierReaders(DossierCase):
    """Who reads the entries, and what gathering costs."""

    def test_entries(self):
        """The team reads the entries until the dossier is closed; the inspected never,
        nor the administrator."""
        inspection = self._complete()

        def readers():
            self.env.invalidate_all()
            people = {
                "office": self.specialist2,
                "leader": self.deputy,
                "member": self.building_officer,
                "inspected": self.finance_head,
                "stranger": self.building_head,
                "admin": self.admin,
            }
            item = inspection.sudo().item_ids[0].sudo(False)
            return {
                name
                for name, user in people.items()
                if item.with_user(user).has_access("read")
            }

        self.assertEqual(readers(), {"office", "leader", "member"})
        inspection.action_close()
        self.assertEqual(readers(), {"office", "leader"})

    def test_overview(self):
        """The screen is told each kind in the text's order and what it lacks; the
        inspected agency is told nothing of it."""
        inspection = self._concluded().with_user(self.manager)
        told = inspection.dossier_overview
        self.assertEqual(
            [kind["code"] for kind in told if kind["is_missing"]],
            ["reports", "plan", "minutes"],
        )
        self.assertEqual(told[0]["article"], "Khoản 1 Điều 17")
        self.assertEqual(told[0]["count"], 1)
        inspected = inspection.with_user(self.finance_head)
        self.assertFalse(inspected.dossier_overview)
        self.assertFalse(inspected.missing_item_names)

    def test_queries_do_not_grow(self):
        """Bringing a dossier up to date costs no more with ten directives more."""
        inspection = self._issued()

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            inspection.with_user(self.specialist).action_gather()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        inspection.with_user(self.specialist).action_gather()
        cost()
        first = cost()
        for number in range(200, 210):
            self._with_directive(str(number))
        inspection.with_user(self.specialist).action_gather()
        self.assertEqual(len(self._items(inspection, "directives")), 11)
        self.assertLessEqual(cost(), first)
