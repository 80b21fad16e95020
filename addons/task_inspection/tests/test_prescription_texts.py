# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from odoo.addons.task_tracking.tests.common import TaskCase
from odoo.addons.task_tracking.tests.test_regulation_text import cited, spaced

from ..logic import prescriptions

#: The four texts that know inspections, and the one that does not.
FOUR = ("bac_giang", "kon_tum", "quang_tri", "khanh_hoa")

#: Read from the texts, clause by clause, in their order:
#: (topic, inspector, {text: codes, "?" behind one asked for only if there is any}).
NOTHING = ""
TABLE = (
    # BG Đ13, KT Đ12.1–2, QT Đ15, KH Đ14.2
    ("form", None, dict.fromkeys(FOUR, "regular adhoc")),
    # KT Đ11, QT Đ14, KH Đ14.1: three; BG Đ12: a fourth one, of other laws
    (
        "content",
        None,
        {
            "bac_giang": "organising updating reporting other?",
            "kon_tum": "organising updating reporting",
            "quang_tri": "organising updating reporting",
            "khanh_hoa": "organising updating reporting",
        },
    ),
    # BG Đ14.1–2, Đ19.1; KT Đ13.1, Đ12.3, Đ15.2b: only the Director decides;
    # QT Đ16.1–2, Đ13.2a; KH Đ15.1, Đ15.4, Đ13.2
    (
        "authority",
        None,
        {
            "bac_giang": "chairman agency_head self",
            "kon_tum": "chairman single self",
            "quang_tri": "chairman agency_head self",
            "khanh_hoa": "chairman agency_head self",
        },
    ),
    # BG Đ14.3, KT Đ13.2, QT Đ16.3: a time limit; KH Đ15.2: the form instead
    (
        "decision",
        None,
        {
            "bac_giang": "legal_basis scope content time_limit members",
            "kon_tum": "legal_basis scope content time_limit members",
            "quang_tri": "legal_basis scope content time_limit members",
            "khanh_hoa": "legal_basis scope content form members",
        },
    ),
    # BG Đ15.2, KT Đ14.2, QT Đ17.2: tham gia Đoàn; KH Đ16.2: tham dự cùng Tổ
    (
        "invitation",
        None,
        {
            "bac_giang": "join",
            "kon_tum": "join",
            "quang_tri": "join",
            "khanh_hoa": "attend",
        },
    ),
    # BG Đ19.1; KT Đ14.3, Đ16.1; QT Đ17.3; KH Đ16.3, Đ19.4
    (
        "self_report",
        None,
        {
            "bac_giang": "situation shortcomings difficulties causes proposals",
            "kon_tum": "situation",
            "quang_tri": "situation",
            "khanh_hoa": "situation undated? late? refused?",
        },
    ),
    # BG, KT Đ16.3; QT Đ18.3; KH Đ17.3
    (
        "conclusion",
        None,
        dict.fromkeys(FOUR, "evaluation conclusion recommendation"),
    ),
    # BG, KT Đ16.2: to the Chairman (the Director) and a notice, whoever inspected;
    # QT Đ18.1–2; KH Đ17.1–2
    (
        "recipient",
        "office",
        {
            "bac_giang": "chairman inspected",
            "kon_tum": "chairman inspected",
            "quang_tri": "committee chairman inspected",
            "khanh_hoa": "committee chairman inspected",
        },
    ),
    (
        "recipient",
        "agency",
        {
            "bac_giang": "chairman inspected",
            "kon_tum": "chairman inspected",
            "quang_tri": "committee",
            "khanh_hoa": "committee chairman sector_body office",
        },
    ),
    (
        "recipient",
        "self",
        {
            "bac_giang": "chairman inspected",
            "kon_tum": "chairman inspected",
            "quang_tri": "own_head office",
            "khanh_hoa": "committee chairman sector_body office",
        },
    ),
    # BG, KT Đ17; QT Đ19 has the plan second; KH has no article on it: offered
    (
        "dossier",
        None,
        {
            "bac_giang": "decision directives? urging? reports plan minutes conclusion"
            " other?",
            "kon_tum": "decision directives? urging? reports plan minutes conclusion"
            " other?",
            "quang_tri": "decision plan directives? urging? reports minutes conclusion"
            " other?",
            "khanh_hoa": "decision directives urging reports plan minutes conclusion"
            " other",
        },
    ),
    # BG Đ11.1d only
    (
        "summary",
        None,
        {
            "bac_giang": "monthly_meeting",
            "kon_tum": NOTHING,
            "quang_tri": NOTHING,
            "khanh_hoa": NOTHING,
        },
    ),
)


@tagged("post_install", "-at_install")
class TestPrescriptionTexts(TaskCase):
    """What the shipped regulations prescribe of inspections, against their texts."""

    def _regulation(self, name):
        return self.env.ref(f"task_tracking.regulation_{name}")

    def _lines(self):
        for name in FOUR:
            yield from self._regulation(name).prescription_ids

    def test_cell_by_cell(self):
        """Each text prescribes what it says, in its own order, for each inspector."""
        for topic, inspector, cells in TABLE:
            for name, expected in cells.items():
                with self.subTest(name, topic=topic, inspector=inspector):
                    lines = self._regulation(name)._prescriptions(topic, inspector)
                    told = [
                        line.code + ("?" if line.requirement == "if_any" else "")
                        for line in lines
                    ]
                    self.assertEqual(told, expected.split())

    def test_every_topic_was_read(self):
        """No topic was left out of the table above."""
        topics = {topic for topic, _inspector, _cells in TABLE}
        self.assertEqual(topics, set(prescriptions.TOPICS))

    def test_quotes_stand_in_the_clause_and_point_named(self):
        """Each quote stands word for word in that point of that clause."""
        checked = 0
        for line in self._lines():
            if not line.article:
                continue
            with self.subTest(line.regulation_id.code, line=line.name):
                checked += 1
                self.assertTrue(line.article_id, line.article)
                self.assertTrue(line.quote)
                self.assertIn(spaced(line.quote), spaced(cited(line)))
        # 34 of Bắc Giang, 28 of Kon Tum, 32 of Quảng Trị, 32 of Khánh Hòa
        self.assertEqual(checked, 126)

    def test_what_has_no_article_is_our_reading(self):
        """Only Khánh Hòa's dossier has no article: offered, never required."""
        silent = [line for line in self._lines() if not line.article]
        self.assertEqual(
            {(line.regulation_id.code, line.topic) for line in silent},
            {(self._regulation("khanh_hoa").code, "dossier")},
        )
        for line in silent:
            self.assertEqual(line.requirement, "offered")
            self.assertTrue(line.is_interpretation)
            self.assertFalse(line.quote)

    def test_offered_only_where_the_text_is_silent(self):
        """What an article asks for is never merely offered."""
        offered = {line for line in self._lines() if line.requirement == "offered"}
        self.assertEqual(offered, {line for line in self._lines() if not line.article})

    def test_a_reading_says_what_it_is(self):
        """Whatever the text leaves open tells, in a note, how it is read."""
        for line in self._lines():
            if line.is_interpretation:
                with self.subTest(line.regulation_id.code, line=line.name):
                    self.assertTrue(line.note)

    def test_words_of_the_texts(self):
        """Đoàn or Tổ, Chủ tịch or Giám đốc: the words are the text's own."""
        names = {
            ("bac_giang", "decision", "members"): "Thành phần Đoàn kiểm tra",
            ("khanh_hoa", "decision", "members"): "Thành lập Tổ công tác",
            ("kon_tum", "recipient", "chairman"): "Giám đốc Sở",
            ("bac_giang", "recipient", "chairman"): "Chủ tịch UBND tỉnh",
            ("quang_tri", "conclusion", "conclusion"): "Kết luận nội dung kiểm tra",
            ("khanh_hoa", "invitation", "attend"): "Tham dự cùng Tổ công tác",
        }
        for (name, topic, code), words in names.items():
            with self.subTest(name, topic=topic, code=code):
                lines = self._regulation(name)._prescriptions(topic, "office")
                one = lines.filtered(lambda line, code=code: line.code == code)
                self.assertEqual(one.name, words)

    def test_ca_mau_prescribes_nothing(self):
        """A text without inspections ("∅") prescribes nothing of them."""
        regulation = self._regulation("ca_mau")
        self.assertFalse(regulation.knows_inspection)
        self.assertFalse(regulation.prescription_ids)
        for name in FOUR:
            self.assertTrue(self._regulation(name).knows_inspection)

    def test_a_new_version_keeps_them(self):
        """A new version, and a copy, begins with what the one before prescribes."""
        old = self._regulation("quang_tri")
        action = old.with_user(self.admin).action_new_version()
        new = self.env["task.regulation"].browse(action["res_id"])
        self.assertEqual(len(new.prescription_ids), 32)
        self.assertEqual(
            new._prescriptions("dossier").mapped("code"),
            old._prescriptions("dossier").mapped("code"),
        )
        new._prescriptions("dossier")[0].with_user(self.admin).unlink()
        self.assertFalse(new._prescribes("dossier", "decision"))
        self.assertTrue(old._prescribes("dossier", "decision"))

    def test_versions_made_before_the_addon_came(self):
        """Installed on a running system, versions the administrator has made there get
        the lines of the version they replace; what has lines already keeps them."""
        old = self._regulation("bac_giang")
        first = old.copy({"replaces_id": old.id, "effective_on": "2026-06-01"})
        second = first.copy({"replaces_id": first.id, "effective_on": "2026-07-01"})
        (first | second).prescription_ids.unlink()
        self.env["task.regulation"]._inherit_prescriptions()
        self.assertEqual(len(first.prescription_ids), 34)
        self.assertEqual(len(second.prescription_ids), 34)
        first._prescriptions("summary").unlink()
        self.env["task.regulation"]._inherit_prescriptions()
        self.assertEqual(len(first.prescription_ids), 33)
        self.assertFalse(self._regulation("ca_mau").prescription_ids)
