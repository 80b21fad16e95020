# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..logic import limits, policies
from ..models.task_regulation_rule import ACTS
from .common import TaskCase

#: Facts of a plain directive: one task, one agency, no hurry.
PLAIN = {
    "urgency": "normal",
    "tasks": 1,
    "agencies": 1,
    "opinions": False,
    "adhoc": False,
    "superior": False,
    "dated": True,
}


class RegulationCase(TaskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.khanh_hoa = cls.env.ref("task_tracking.regulation_khanh_hoa")
        cls.sixth = cls.env["task.regulation"].create({"code": "T6", "name": "Sixth"})

    @classmethod
    def rule(cls, **vals):
        """A rule of the sixth regulation, despatch + 1 working day unless said."""
        return cls.env["task.regulation.rule"].create(
            {
                "regulation_id": cls.sixth.id,
                "act": "register",
                "event": "despatch",
                "stop": "registration",
                "article": "Điều 1",
                **vals,
            }
        )

    @classmethod
    def policy(cls, key, **vals):
        return cls.env["task.regulation.policy"].create(
            {"regulation_id": cls.sixth.id, "key": key, **vals}
        )


@tagged("post_install", "-at_install")
class TestKhanhHoa(RegulationCase):
    """Quyết định 26/2026/QĐ-UBND, line by line."""

    def test_policies(self):
        """Each policy as the text decides it, or as it is read where it is silent."""
        expected = {
            "confirmation_required": True,
            "completion_day": "handed_in",
            "undated": "kept_out",
            "secret": "kept_out",
            "extension_decider": "chairman",
            "extension_late": "flagged",
            "extension_max": 0,
            "rating": False,
            "day_off": "as_written",
            "due_soon_days": 7,
            "freshness_days": 30,
            "submitter": "head",
            "inspection_body": "Tổ công tác",
            "issuer_level": "province",
            "no_product": "as_others",
            "external_system": "Hệ thống của cơ quan cấp trên",
            "ranking_published": True,
            "explain_undated": True,
            "explain_refused": 2,
            "refer_not_done": True,
            "refer_opinions": True,
            "direct_feedback": "chairman",
            "direct_difficulty": "leader",
            "public_page": False,
            "heads_evaluated": True,
            "urge_by_system": True,
            "urge_by_mail": True,
            "urge_by_letter": True,
            "urge_by_phone": True,
            "urge_by_meeting": True,
            "urge_sector": True,
            "feedback_names_reporter": False,
            "word_done": "Hoàn thành đúng hạn, sớm hạn",
            "word_done_late": "Hoàn thành quá hạn",
            "word_doing": "Chưa hoàn thành còn trong thời hạn",
            "word_not_started": "Chưa hoàn thành còn trong thời hạn",
            "word_overdue": "Chưa hoàn thành quá hạn",
        }
        self.assertEqual(set(expected), set(policies.POLICIES))
        found = {key: self.khanh_hoa._policy(key) for key in expected}
        self.assertEqual(found, expected)

    def test_every_policy_has_its_sentence_or_is_our_reading(self):
        """Each policy line quotes an article, or is marked as our reading."""
        self.assertEqual(
            set(self.khanh_hoa.policy_ids.mapped("key")), set(policies.POLICIES)
        )
        for line in self.khanh_hoa.policy_ids:
            with self.subTest(line.key):
                self.assertTrue(line.is_interpretation or line.article and line.quote)

    def test_secret_documents_name_the_article_and_the_written_report(self):
        """Đ7.1 keeps them out; Đ8 wants a written report instead."""
        source = self.khanh_hoa._policy_source("secret")
        self.assertEqual(source.article, "Khoản 1 Điều 7")
        self.assertIn("mật, tối mật, tuyệt mật", source.quote)
        self.assertIn("nội dung nhiệm vụ được giao bằng văn bản", source.note)

    def test_every_act_was_looked_up_in_the_text(self):
        """Every duty of the vocabulary has a line, be it that the text knows none."""
        self.assertEqual(set(self.khanh_hoa.rule_ids.mapped("act")), set(limits.ACTS))

    def test_every_limit_quotes_its_sentence(self):
        """A limit is never without the article and the sentence that state it."""
        for rule in self.khanh_hoa.rule_ids.filtered(lambda r: r.stated == "limit"):
            with self.subTest(rule.article):
                self.assertTrue(rule.article and rule.quote)

    def test_what_the_text_does_not_know(self):
        """∅ acts are unknown, "–" acts are known without a limit."""
        self.assertFalse(self.khanh_hoa._knows("inspection_dossier"))
        self.assertTrue(self.khanh_hoa._knows("extension_ask"))


@tagged("post_install", "-at_install")
class TestRegulation(RegulationCase):
    def test_words_and_logic_agree(self):
        """Every act and circumstance of the logic has a word, and no word is loose."""
        self.assertEqual({code for code, _label in ACTS}, set(limits.ACTS))
        loaded = self.env["task.regulation.circumstance"].search([])
        self.assertEqual(set(loaded.mapped("code")), set(limits.CIRCUMSTANCES))
        events = dict(self.env["task.regulation.rule"]._fields["event"].selection)
        self.assertEqual(
            set(events), {event for act in limits.ACTS.values() for event in act.events}
        )

    def test_silence_means_the_default(self):
        """A policy the regulation does not decide has its default and no source."""
        self.assertEqual(self.sixth._policy("due_soon_days"), 7)
        self.assertFalse(self.sixth._policy_source("due_soon_days"))
        nobody = self.env["task.regulation"]
        self.assertEqual(nobody._policy("confirmation_required"), False)
        self.assertFalse(nobody._rule("return"))

    def test_unknown_policy_is_an_error(self):
        """Code asking for a policy nobody knows is wrong, not answered."""
        with self.assertRaises(KeyError):
            self.sixth._policy("weather")

    def test_bad_value_is_refused_with_the_possible_ones(self):
        """A value outside its policy is refused; the message says what is allowed."""
        with self.assertRaises(ValidationError) as caught:
            self.policy("secret", value="sometimes")
        self.assertIn("kept_out, register, outside_books", str(caught.exception))

    def test_change_of_policy_holds_at_once(self):
        """The cached answer follows a change, a new line and a removed one."""
        self.assertEqual(self.sixth._policy("due_soon_days"), 7)
        line = self.policy("due_soon_days", value="3")
        self.assertEqual(self.sixth._policy("due_soon_days"), 3)
        line.value = "5"
        self.assertEqual(self.sixth._policy("due_soon_days"), 5)
        line.unlink()
        self.assertEqual(self.sixth._policy("due_soon_days"), 7)

    def test_a_question_is_decided_once(self):
        """Two answers to the same question are refused."""
        self.policy("rating", value="yes")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.policy("rating", value="no")

    def test_answers_of_each_kind(self):
        """Choice, number and words each write the one stored value."""
        self.assertEqual(self.policy("rating", choice="yes").value, "yes")
        self.assertEqual(self.policy("freshness_days", number=10).value, "10")
        self.assertEqual(self.policy("inspection_body", words="Tổ").value, "Tổ")
        self.assertIs(self.sixth._policy("rating"), True)

    def test_a_policy_by_form(self):
        """The form offers the answers of the chosen question only, and keeps one."""
        with Form(
            self.env["task.regulation.policy"]
            .with_user(self.admin)
            .with_context(default_regulation_id=self.sixth.id)
        ) as form:
            form.key = "day_off"
            self.assertEqual(form.available_choices, ["as_written", "next_working_day"])
            self.assertEqual(form.choice, "as_written")
            form.choice = "next_working_day"
        self.assertEqual(self.sixth._policy("day_off"), "next_working_day")

    def test_a_regulation_made_in_the_interface(self):
        """The administrator makes a regulation with a policy and a limit by form, and
        code asks it like any other."""
        with Form(self.env["task.regulation"].with_user(self.admin)) as form:
            form.code = "F"
            form.name = "Quy chế lập trên giao diện"
            with form.policy_ids.new() as policy:
                policy.key = "due_soon_days"
                policy.number = 4
            with form.rule_ids.new() as rule:
                rule.act = "feedback_answer"
                rule.amount = 10
                rule.event = "receipt"
                rule.stop = "urge"
                rule.article = "Khoản 5 Điều 18"
        regulation = form.record
        self.assertEqual(regulation._policy("due_soon_days"), 4)
        rule = regulation._rule("feedback_answer")
        self.assertEqual((rule.amount, rule.unit), (10, "working_day"))

    def test_first_rule_by_sequence_wins(self):
        """Two rules that apply: the one placed first decides, also after moving."""
        first = self.rule(sequence=1, amount=1)
        second = self.rule(sequence=2, amount=2)
        self.assertEqual(self.sixth._rule("register", **PLAIN), first)
        first.sequence = 3
        self.assertEqual(self.sixth._rule("register", **PLAIN), second)

    def test_a_missing_fact_is_an_error(self):
        """A caller must tell every fact of the act, whatever the rules of today."""
        with self.assertRaises(limits.MissingFact):
            self.sixth._rule("register", urgency="normal")

    def test_rules_that_make_no_sense(self):
        """An event, circumstance or amount that does not fit the duty is refused."""
        by_office = self.env.ref("task_tracking.circumstance_by_office")
        for vals in (
            {"event": "window_end"},
            {"circumstance_ids": [(4, by_office.id)]},
            {"amount": 0},
            {"unit": "hour", "direction": "before"},
            {"article": False},
            {"stop": False},
        ):
            with self.subTest(**vals), self.assertRaises(ValidationError):
                self.rule(**vals)

    def test_limit_in_words(self):
        """A limit is told in words; where there is none, that is told."""
        self.assertEqual(
            self.rule(amount=2).limit_label,
            "2 working day(s) after: Despatch of the directive",
        )
        self.assertEqual(self.rule(stated="none").limit_label, "No limit stated")

    def test_everybody_reads_only_the_administrator_writes(self):
        """Regulations are law: all read them, the administrator keeps them."""
        for user in (self.finance_officer, self.specialist):
            regulation = self.khanh_hoa.with_user(user)
            self.assertEqual(regulation._policy("undated"), "kept_out")
            self.assertTrue(regulation.policy_ids[0].article)
            for record, vals in (
                (regulation, {"name": "x"}),
                (regulation.policy_ids[0], {"value": "yes"}),
                (regulation.rule_ids[0], {"amount": 9}),
            ):
                with self.assertRaises(AccessError):
                    record.write(vals)
            with self.assertRaises(AccessError):
                regulation.action_fill_policies()
        self.khanh_hoa.with_user(self.admin).policy_ids[0].note = "x"

    def test_a_copy_is_another_regulation(self):
        """A sixth text may start from another: lines copied, short name changed."""
        copy = self.khanh_hoa.with_user(self.admin).copy()
        self.assertNotEqual(copy.code, self.khanh_hoa.code)
        self.assertEqual(len(copy.rule_ids), len(self.khanh_hoa.rule_ids))
        self.assertEqual(copy._policy("secret"), "kept_out")
        copy.policy_ids.filtered(lambda p: p.key == "secret").choice = "register"
        self.assertEqual(self.khanh_hoa._policy("secret"), "kept_out")

    def test_fill_the_questions_the_text_is_silent_on(self):
        """Every question then shows, with its default, marked as our reading."""
        self.policy("rating", value="yes")
        self.sixth.with_user(self.admin).action_fill_policies()
        lines = self.sixth.policy_ids
        self.assertEqual(set(lines.mapped("key")), set(policies.POLICIES))
        self.assertEqual(self.sixth._policy("rating"), True)
        ours = lines.filtered("is_interpretation").mapped("key")
        self.assertNotIn("rating", ours)
        self.assertEqual(self.sixth._policy("due_soon_days"), 7)

    def test_asking_again_costs_no_query(self):
        """Policies and limits are asked for every record: answers are kept."""
        self.khanh_hoa._policy("secret")
        self.khanh_hoa._rule("register", **PLAIN)
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            self.khanh_hoa._policy("undated")
            self.khanh_hoa._rule("register", **PLAIN)
