# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .secret_common import SecretCase


@tagged("post_install", "-at_install")
class TestSecretRegister(SecretCase):
    """The register of secret documents of Bắc Giang Đ5.2: fields, keepers, result."""

    def test_fields(self):
        """Exactly what Đ5.2 a–g lists, and who entered the result; no abstract, no
        content, no files, no chatter."""
        stored = {
            name
            for name, field in self.env["task.secret.document"]._fields.items()
            if field.store
        }
        listed = {
            *("name", "number", "notation", "issued_on", "signer"),  # a
            "drafter_id",  # b
            "agency_ids",  # c
            *("office_unit_id", "specialist_id"),  # d
            "task_count",  # đ
            "deadline",  # e
            "done_on",  # g
        }
        self.assertEqual(
            stored - {*MAGIC_COLUMNS}, listed | {"company_id", "done_by_id", "done_at"}
        )
        threads = self.env.registry["mail.thread"]
        self.assertNotIsInstance(self.env["task.secret.document"], threads)

    def test_entered_in_the_form(self):
        """The Office fills in the form as the article lists it."""
        form = Form(self.env["task.secret.document"].with_user(self.cleared))
        form.name = "Quyết định về việc bí mật"
        form.number = "05/MĐ-UBND"
        form.issued_on = date(2026, 3, 31)
        form.agency_ids = self.finance
        form.task_count = 2
        entry = form.save()
        self.assertEqual((entry.number, entry.notation), ("05", "MĐ-UBND"))
        self.assertEqual(entry.display_name, "05/MĐ-UBND")
        self.assertEqual(entry.specialist_id, self.cleared)

    def test_content_is_refused(self):
        """Content by RPC, by a default or by import stores nothing."""
        register = self.env["task.secret.document"].with_user(self.cleared)
        entry = self._entry()
        content = {
            "abstract": "Trích yếu",
            "full_text": "Nội dung",
            "task_ids": [Command.create({"name": "Nhiệm vụ"})],
            "attachment_ids": [Command.create({"name": "a.txt", "raw": b"a"})],
            "message_ids": [Command.create({"body": "a"})],
        }
        for number, (name, value) in enumerate(content.items(), 90):
            with self.assertRaises(ValueError):
                self._rpc(
                    self.cleared,
                    "task.secret.document",
                    "create",
                    [self._vals(number="2", **{name: value})],
                )
            with self.assertRaises(ValueError):
                entry.write({name: value})
            other = register.with_context(**{f"default_{name}": value}).create(
                self._vals(number=str(number))
            )
            self.assertNotIn(name, other.read()[0])
        count = register.search_count([])
        with self.assertRaises(ValueError):
            register.load(
                ["name", "number", "issued_on", "agency_ids/.id", "abstract"],
                [["Tên", "77", "2026-04-01", str(self.finance.id), "Trích yếu"]],
            )
        self.assertEqual(register.search_count([]), count)

    def test_who_keeps_it(self):
        """The Office with clearance enters, changes and deletes; nobody else does."""
        entry = self._entry()
        self.assertEqual(
            self._who_can(lambda user: self._entry(user, number="2")), self.keepers
        )
        self.assertEqual(
            self._who_can(lambda user: entry.with_user(user).write({"signer": "B"})),
            self.keepers,
        )
        self.assertEqual(
            self._who_can(lambda user: entry.with_user(user).unlink()), self.keepers
        )

    def test_who_reads_it(self):
        """With clearance: the Office, leaders, and who is of an agency it names."""
        entry = self._entry()
        self.assertEqual(self._readers(entry), self.readers)
        self.assertEqual(self._finders(entry), self.readers)

    def test_other_company(self):
        """Another level's register is not this one's."""
        other = self.env["res.company"].create(
            {"name": "Sở khác", "regulation_id": self.regulation.id}
        )
        entry = self.env["task.secret.document"].create(self._vals(company_id=other.id))
        self.assertFalse(self._readers(entry))
        with self.assertRaises(AccessError):
            self._entry(company_id=other.id, number="3")

    def test_no_register_no_entry(self):
        """Where the text keeps no register nothing is entered or changed, by anybody,
        naming the article; who had one still reads it and may delete it."""
        entry = self._entry()
        entry.action_mark_done()
        other = self._entry(number="2")
        for policy in ("kept_out", "outside_books"):
            self._policy(policy, "Khoản 1 Điều 1")
            for user in (self.cleared, self.specialist, self.env.user):
                for attempt in (
                    lambda user=user: self._entry(user, number="3"),
                    lambda user=user: self._rpc(
                        user, "task.secret.document", "create", [self._vals()]
                    ),
                ):
                    with self.assertRaises(UserError) as refused:
                        attempt()
                    self.assertIn("Khoản 1 Điều 1", str(refused.exception))
            with self.assertRaises(UserError) as refused:
                entry.write({"signer": "B"})
            self.assertIn("Khoản 1 Điều 1", str(refused.exception))
            with self.assertRaises(UserError) as refused:
                other.action_mark_done()
            self.assertIn("Khoản 1 Điều 1", str(refused.exception))
        self.assertEqual(self._readers(entry), self.readers)
        entry.unlink()
        self.assertFalse(entry.exists())

    def test_same_document_once(self):
        """The same number, notation and year twice is refused, in one go too."""
        self._entry(number="05")
        for number, notation in (("5", "mđ-ubnd"), ("005", "MĐ-UBND")):
            with self.assertRaises(ValidationError):
                self._entry(number=number, notation=notation)
        with self.assertRaises(ValidationError):
            self.env["task.secret.document"].with_user(self.cleared).create(
                [self._vals(number="6"), self._vals(number="06")]
            )
        other = self._entry(number="7")
        with self.assertRaises(ValidationError):
            other.number = "5"
        self._entry(number="5", issued_on="2025-12-31", deadline="2026-01-31")
        self._entry(number="5", notation="MĐ-VP")

    def test_two_people_at_once(self):
        """What two enter at the same moment, the index refuses."""
        self._entry(number="05")
        other = self._entry(number="6")
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE task_secret_document SET number = '5' WHERE id = %s",
                [other.id],
            )

    def test_bad_values(self):
        """At least one task, an agency that is one, days that can be."""
        for vals in (
            {"agency_ids": [Command.clear()]},
            {"agency_ids": [Command.set(self.cleared.partner_id.ids)]},
            {"issued_on": "2026-04-02", "deadline": False},
            {"deadline": "2026-03-31"},
        ):
            with self.assertRaises(ValidationError, msg=vals):
                self._entry(**vals)
        for count in (0, -1):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._entry(task_count=count)
                self.env.flush_all()

    # -- the result ------------------------------------------------------------------
    def _result(self, entry):
        entry.invalidate_recordset(["result"])
        found = entry.search([("result", "=", entry.result)])
        self.assertIn(entry, found)
        others = entry.search([("result", "!=", entry.result)])
        self.assertNotIn(entry, others)
        groups = entry.formatted_read_group([], ["result"], ["__count"])
        totals = {group["result"]: group["__count"] for group in groups}
        self.assertEqual(totals, {entry.result: 1})
        return entry.result

    def test_result_by_the_provinces_day(self):
        """Due on the 10th: in time at 23:59 of the 10th, overdue a minute later in
        the province, 17:00 of the 10th in UTC."""
        entry = self._entry(deadline="2026-04-10")
        for moment, result in (
            ("2026-04-10 16:59:00", "in_time"),
            ("2026-04-10 17:00:00", "overdue"),
        ):
            self._move_to(moment)
            self.assertEqual(self._result(entry), result)
        entry.action_mark_done("2026-04-10")
        self.assertEqual(self._result(entry), "done")
        self.assertNotIn("result", self._columns())

    def test_undated(self):
        """Without a deadline it is never overdue."""
        entry = self._entry(deadline=False)
        self._move_to("2027-04-10 16:59:00")
        self.assertEqual(self._result(entry), "in_time")

    def test_deadline_on_a_day_off(self):
        """Saturday 11 April stands, or moves to Monday the 13th: one switch."""
        entry = self._entry(deadline="2026-04-11")
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "day_off")
        for moment, written, moved in (
            ("2026-04-12 02:00:00", "overdue", "in_time"),
            ("2026-04-13 02:00:00", "overdue", "in_time"),
            ("2026-04-14 02:00:00", "overdue", "overdue"),
        ):
            self._move_to(moment)
            line.value = "as_written"
            self.assertEqual(self._result(entry), written)
            line.value = "next_working_day"
            self.assertEqual(self._result(entry), moved)

    def _columns(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'task_secret_document'"
        )
        return {row[0] for row in self.env.cr.fetchall()}

    def test_who_marks_it_done(self):
        """The Office; the head of an agency named or an officer the head authorised:
        all with clearance. What the button shows is what the act allows."""
        entry = self._entry()
        able = self.keepers | {"cleared head", "cleared officer authorised"}
        self.assertEqual(
            self._who_can(lambda user: entry.with_user(user).action_mark_done()), able
        )
        shown = {
            role
            for role in self.readers
            if entry.with_user(self.roles[role]).can_mark_done
        }
        self.assertEqual(shown, able)

    def test_any_officer_where_the_text_lets_any(self):
        """Where any officer submits for an agency, any cleared one marks it done."""
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "submitter")
        line.value = "officer"
        entry = self._entry()
        officer = self.roles["cleared officer"]
        entry.with_user(officer).action_mark_done()
        self.assertEqual(entry.done_by_id, officer)

    def test_day_it_was_done(self):
        """An agency's act is today's; the Office states an earlier day, none later,
        none before the day of issue."""
        entry = self._entry(issued_on="2026-03-30")
        head = entry.with_user(self.roles["cleared head"])
        for record, day in (
            (head, "2026-03-31"),
            (head, "2026-04-02"),
            (entry, "2026-04-02"),
            (entry, "2026-03-29"),
        ):
            with self.assertRaises(UserError):
                record.action_mark_done(day)
        self.assertFalse(entry.done_on)
        wizard = (
            self.env["task.secret.done"]
            .with_user(self.cleared)
            .with_context(active_id=entry.id)
            .create({"day": "2026-03-31"})
        )
        wizard.action_confirm()
        self.assertEqual(entry.done_on, date(2026, 3, 31))
        self.assertEqual(entry.done_by_id, self.cleared)

    def test_taken_back_the_same_day_by_the_same_person(self):
        """At 23:59 of the day in the province, not a minute later, nobody else's."""
        entry = self._entry()
        head = entry.with_user(self.roles["cleared head"])
        head.action_mark_done()
        with self.assertRaises(UserError):
            head.action_mark_done()
        self.assertFalse(entry.can_undo_done)
        with self.assertRaises(UserError):
            entry.action_undo_done()
        self._move_to("2026-04-01 16:59:00")
        self.assertTrue(head.can_undo_done)
        head.action_undo_done()
        self.assertFalse(entry.done_on or entry.done_by_id or entry.done_at)
        head.action_mark_done()
        self._move_to("2026-04-01 17:00:00")
        with self.assertRaises(UserError):
            head.action_undo_done()
        self.assertEqual(entry.done_on, date(2026, 4, 1))

    def test_result_is_closed(self):
        """Nobody writes the result past the act, by create, write or default."""
        entry = self._entry()
        closed = {
            "done_on": "2026-04-01",
            "done_by_id": self.cleared.id,
            "done_at": "2026-04-01 02:00:00",
        }
        register = self.env["task.secret.document"].with_user(self.cleared)
        for name, value in closed.items():
            for attempt in (
                lambda name=name, value=value: entry.write({name: value}),
                lambda name=name, value=value: self._entry(number="2", **{name: value}),
                lambda name=name, value=value: register.with_context(
                    **{f"default_{name}": value}
                ).create(self._vals(number="3")),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        entry.action_mark_done()
        with self.assertRaises(UserError):
            entry.unlink()
