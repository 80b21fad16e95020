# SPDX-License-Identifier: LGPL-3.0-or-later
from lxml import etree, html

from odoo.tests import Form, tagged

from odoo.addons.task_tracking.tests.common import TaskCase


@tagged("post_install", "-at_install")
class TestPrescriptionPage(TaskCase):
    """What a text prescribes of inspections on the regulation's pages."""

    def _part(self, name, user=None):
        """The part on inspections of the readers' page, None if there is none."""
        regulation = self.env.ref(f"task_tracking.regulation_{name}")
        page = str(regulation.with_user(user or self.finance_officer).page)
        found = html.fromstring(page).xpath("//section[@data-part='inspections']")
        return found[0] if found else None

    def _words(self, node):
        return " ".join(node.text_content().split())

    def _items(self, node):
        return [self._words(one) for one in node.xpath(".//li")]

    def test_by_topic_with_article_and_sentence(self):
        """An agency's officer reads, under each topic, the text's words with their
        article; the sentence shows on hover, and on a phone by a tap."""
        part = self._part("bac_giang")
        self.assertEqual(
            part.xpath(".//@data-topic"),
            [
                "form",
                "content",
                "authority",
                "decision",
                "invitation",
                "self_report",
                "conclusion",
                "recipient",
                "dossier",
                "summary",
            ],
        )
        (decision,) = part.xpath(".//*[@data-topic='decision']")
        items = self._items(decision)
        self.assertEqual(len(items), 5)
        self.assertIn("Thời hạn kiểm tra Điểm d khoản 3 Điều 14", items[3])
        (hover,) = decision.xpath(".//span[.='Thời hạn kiểm tra']/@title")
        self.assertEqual(hover, "Thời hạn kiểm tra")
        (dossier,) = part.xpath(".//*[@data-topic='dossier']")
        self.assertIn(
            "Văn bản theo dõi, đôn đốc (If there is any)", self._items(dossier)[2]
        )

    def test_our_reading_is_marked(self):
        """Khánh Hòa's dossier is offered, our reading, and says why."""
        (dossier,) = self._part("khanh_hoa").xpath(".//*[@data-topic='dossier']")
        items = self._items(dossier)
        self.assertEqual(len(items), 8)
        for item in items:
            self.assertIn("Our reading", item)
            self.assertIn("Offered, never required", item)
            self.assertIn("chỉ gợi ý, không bắt buộc", item)
        (decision,) = self._part("khanh_hoa").xpath(".//*[@data-topic='decision']")
        self.assertNotIn("Our reading", self._words(decision))

    def test_recipients_tell_for_whom(self):
        """Where recipients differ by who inspects, the line says by whom."""
        (recipient,) = self._part("quang_tri").xpath(".//*[@data-topic='recipient']")
        items = self._items(recipient)
        self.assertEqual(
            items[0].split(" Khoản")[0],
            "Thủ trưởng đơn vị (inspected by: An agency within its own scope)",
        )

    def test_nothing_where_the_text_knows_none(self):
        """Cà Mau's page and form have no such part; once the administrator lets the
        text know inspections, they have."""
        self.assertIsNone(self._part("ca_mau"))
        regulation = self.env.ref("task_tracking.regulation_ca_mau")
        arch = etree.fromstring(regulation.get_view(view_type="form")["arch"])
        (page,) = arch.xpath("//page[@name='prescriptions']")
        self.assertEqual(page.get("invisible"), "not knows_inspection")
        self.assertFalse(regulation.knows_inspection)
        rule = regulation.rule_ids.filtered(
            lambda rule: rule.act == "inspection_conclusion"
        )
        rule.with_user(self.admin).stated = "none"
        self.assertTrue(regulation.knows_inspection)

    def test_a_regulation_being_entered(self):
        """A regulation not saved yet is asked whether it knows inspections, too."""
        with Form(self.env["task.regulation"].with_user(self.admin)) as form:
            form.name = form.code = "T6"
            self.assertFalse(form.knows_inspection)
        self.assertEqual(form.record.code, "T6")

    def test_the_administrator_enters_a_line(self):
        """A sixth text is entered on the regulation's own page."""
        regulation = self.env.ref("task_tracking.regulation_khanh_hoa")
        with (
            Form(regulation.with_user(self.admin)) as form,
            form.prescription_ids.new() as line,
        ):
            line.topic = "decision"
            line.code = "funding"
            line.name = "Kinh phí"
        self.assertTrue(regulation._prescribes("decision", "funding"))
