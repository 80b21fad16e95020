# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..logic import limits, policies
from .common import TaskCase

#: xml id → number of articles, counted in the printed text; Kon Tum's goes from
#: Điều 23 to Điều 25.
REGULATIONS = {
    "regulation_khanh_hoa": 23,
    "regulation_bac_giang": 24,
    "regulation_kon_tum": 24,
    "regulation_quang_tri": 25,
    "regulation_ca_mau": 14,
}
SIXTH = """QUYẾT ĐỊNH
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.
CHỦ TỊCH
Nguyễn Văn A
QUY CHẾ
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy chế này quy định việc theo dõi.
Điều 2. Thời hạn
1. Trong 02 ngày làm việc.
2. Theo Điều 1 Quy chế này.
"""


def spaced(text):
    return " ".join((text or "").split())


def part(text, mark, marks):
    """The lines of `text` from the one that begins with `mark` to the next of `marks`
    (a pattern); empty if there is none."""
    found = []
    for line in text.splitlines():
        if line.startswith(mark):
            found = [line]
        elif found and re.match(marks, line):
            break
        elif found:
            found.append(line)
    return "\n".join(found)


def cited(line):
    """The part of the article that a line names: its clause (khoản), its point."""
    text = line.article_id.text
    clauses = re.findall(r"[Kk]hoản (\d+)", line.article)
    points = re.findall(r"[Đđ]iểm ([a-zđ])\b", line.article)
    if len(clauses) > 1 or len(points) > 1:  # several places, one of them quoted
        return text
    if clauses:
        text = part(text, f"{clauses[0]}. ", r"\d+\. ")
    if points:
        text = part(text, f"{points[0]}) ", r"[a-zđ]\) ")
    return text


class TextCase(TaskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.five = cls.env["task.regulation"].union(
            *(cls.env.ref(f"task_tracking.{name}") for name in REGULATIONS)
        )
        cls.sixth = cls.env["task.regulation"].create({"code": "T6", "name": "Sixth"})

    def upload(self, text, user=None, regulation=None, **vals):
        wizard = (
            self.env["task.regulation.upload"]
            .with_user(user or self.admin)
            .create(
                {
                    "regulation_id": (regulation or self.sixth).id,
                    "file": base64.b64encode(
                        text if isinstance(text, bytes) else text.encode()
                    ),
                    **vals,
                }
            )
        )
        return wizard.action_upload()


@tagged("post_install", "-at_install")
class TestFullText(TextCase):
    """The full text of a regulation: articles, file, upload."""

    def test_every_article_of_the_text(self):
        """A text has as many articles as printed, numbered from 1, in order."""
        for name, count in REGULATIONS.items():
            articles = self.env.ref(f"task_tracking.{name}").article_ids
            numbers = articles.mapped("number")
            with self.subTest(name):
                self.assertEqual(len(articles), count)
                self.assertEqual(numbers, sorted(set(numbers)))
                self.assertEqual(numbers[0], 1)
                self.assertTrue(all(one.title and one.text for one in articles))
                self.assertTrue(all(one.chapter for one in articles))

    def test_the_regulations_articles_not_the_decisions(self):
        """Điều 2 of KH's regulation is its principles, not the day in force."""
        articles = self.regulation.article_ids
        self.assertEqual(articles[1].display_name, "Điều 2. Nguyên tắc chung")
        self.assertEqual(articles[0].chapter, "Chương I. NHỮNG QUY ĐỊNH CHUNG")
        # Điều 23 ends before the annexes
        self.assertTrue(articles[-1].text.endswith("theo quy định của pháp luật./."))

    def test_everybody_reads_and_downloads_only_the_administrator_writes(self):
        """The text is law: an agency's officer reads it and its file, to the annex."""
        regulation = self.regulation.with_user(self.finance_officer)
        self.assertIn("phát hành", regulation.article_ids[5].text)
        self.assertIn("DANH MỤC", regulation.text_file_id.raw.decode())
        self.assertIn(str(regulation.text_file_id.id), regulation.text_url)
        with self.assertRaises(AccessError):
            regulation.article_ids[0].text = "x"
        with self.assertRaises(AccessError):
            regulation.text_file_id.name = "x"

    def test_upload_a_sixth_text(self):
        """The administrator gives a regulation its text; again, and it is replaced."""
        self.upload(SIXTH, file_name="quy-che.txt")
        articles = self.sixth.article_ids
        self.assertEqual(articles.mapped("number"), [1, 2])
        self.assertEqual(articles[1].title, "Thời hạn")
        self.assertEqual(
            articles[1].text, "1. Trong 02 ngày làm việc.\n2. Theo Điều 1 Quy chế này."
        )
        self.assertEqual(self.sixth.text_file_id.name, "quy-che.txt")
        self.assertEqual(self.sixth.text_file_id.raw.decode(), SIXTH)
        former = self.sixth.text_file_id
        self.upload("Điều 1. Một\nHai")
        self.assertEqual(self.sixth.article_ids.mapped("text"), ["Hai"])
        self.assertFalse(former.exists())

    def test_upload_what_is_no_text(self):
        """What has no article, or is not UTF-8, is refused, and the text stays."""
        self.upload(SIXTH)
        windows = "Điều 1. Phạm vi".encode("utf-16")
        for content in ("Không có gì", "Điều thứ nhất", "", windows, b"\x00\x01"):
            with self.subTest(content), self.assertRaises(UserError):
                self.upload(content)
        self.assertEqual(len(self.sixth.article_ids), 2)

    def test_only_the_administrator_uploads(self):
        """The Office and the leaders do not write regulations."""
        for user in (self.specialist, self.manager, self.chairman, self.finance_head):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.upload(SIXTH, user=user)

    def test_an_update_leaves_the_administrators_text(self):
        """The texts of the addon fill what is empty and overwrite nothing."""
        self.upload(SIXTH, regulation=self.regulation)
        load = self.env["task.regulation"]._load_packaged_text
        load("task_tracking.regulation_khanh_hoa", "khanh-hoa")
        self.assertEqual(len(self.regulation.article_ids), 2)
        load("task_tracking.regulation_that_is_gone", "khanh-hoa")

    def test_a_line_leads_to_its_article(self):
        """“Điểm a khoản 1 Điều 6” leads to Điều 6; words without a number nowhere."""
        self.upload(SIXTH)
        line = self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.sixth.id,
                "key": "rating",
                "article": "Khoản 2 Điều 2",
            }
        )
        self.assertEqual(line.article_id, self.sixth.article_ids[1])
        for reference in ("Điều 9", "Phụ lục I", False):
            line.article = reference
            self.assertFalse(line.article_id)


@tagged("post_install", "-at_install")
class TestQuotes(TextCase):
    """Every line of the regulations against the text itself."""

    def test_quotes_are_the_texts_own_words(self):
        """Each quote stands word for word in the article the line names."""
        checked = 0
        for line in [*self.five.rule_ids, *self.five.policy_ids]:
            with self.subTest(line.regulation_id.code, line=line.display_name):
                if "Điều" not in (
                    line.article or ""
                ):  # the text is silent, or an annex
                    self.assertFalse(line.quote)
                    continue
                checked += 1
                self.assertTrue(line.article_id, line.article)
                self.assertTrue(line.quote, "an article is quoted, not only named")
                self.assertIn(
                    spaced(line.quote),
                    spaced(f"{line.article_id.title}\n{line.article_id.text}"),
                )
        self.assertGreater(checked, 25 * len(self.five))

    def test_quotes_stand_in_the_clause_and_point_named(self):
        """“Điểm a khoản 1 Điều 6”: the quote is in that point of that clause."""
        for line in [*self.five.rule_ids, *self.five.policy_ids]:
            if not line.quote:
                continue
            with self.subTest(line.regulation_id.code, line=line.display_name):
                self.assertIn(spaced(line.quote), spaced(cited(line)))

    def test_every_act_has_a_rule(self):
        """The text was read for each act: a limit, none stated, or not known."""
        for regulation in self.five:
            with self.subTest(regulation.code):
                self.assertEqual(
                    set(regulation.rule_ids.mapped("act")), set(limits.ACTS)
                )

    def test_every_limit_is_quoted(self):
        """Whatever may be breached shows the sentence that says so."""
        for rule in self.five.rule_ids.filtered(lambda rule: rule.stated == "limit"):
            with self.subTest(rule.regulation_id.code, act=rule.act):
                self.assertTrue(rule.article and rule.quote)

    def test_every_policy_is_answered(self):
        """Each question has its article and sentence, or is marked as our reading."""
        for regulation in self.five:
            with self.subTest(regulation.code):
                self.assertEqual(
                    set(regulation.policy_ids.mapped("key")), set(policies.POLICIES)
                )
        for line in self.five.policy_ids:
            with self.subTest(line.regulation_id.code, key=line.key):
                self.assertTrue(line.is_interpretation or line.article and line.quote)

    def test_a_reading_says_what_it_is(self):
        """Whatever is our reading of a limit tells, in a note, how it is read."""
        for rule in self.five.rule_ids.filtered("is_interpretation"):
            with self.subTest(rule.regulation_id.code, act=rule.act):
                self.assertTrue(rule.note)
