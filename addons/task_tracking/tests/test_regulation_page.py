# SPDX-License-Identifier: LGPL-3.0-or-later
from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import START
from .test_why import WhyCase

TEXT = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Trả lại
Trong 24 giờ kể từ khi nhận.
Điều 3. Trả lời
Trong 02 ngày <làm việc>.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 5. Thi hành
Quy chế này có hiệu lực.
"""


class PageCase(WhyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text._load_text(TEXT)

    def page(self, user, text=None):
        regulation = (text or self.text).with_user(user)
        regulation.invalidate_recordset(["page"])
        return html.fromstring(str(regulation.page))

    def words(self, node):
        return " ".join(node.text_content().split())

    def article(self, page, number):
        (node,) = page.xpath(f"//*[@data-article='{number}']")
        return node


@tagged("post_install", "-at_install")
class TestRegulationPage(PageCase):
    """A regulation as its people read it, with the text of WhyCase."""

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def test_by_chapter_and_article(self):
        """Both chapters, every article in order with its text, foldable and as text
        (never as markup)."""
        page = self.page(self.finance_officer)
        heads = [self.words(one) for one in page.xpath("//article/details/summary")]
        self.assertEqual(
            heads, ["Điều 1. Trả lại", "Điều 3. Trả lời", "Điều 5. Thi hành"]
        )
        chapters = [self.words(one) for one in page.xpath("//section/h2")]
        self.assertEqual(len(chapters), 3)
        self.assertIn("Chương I", chapters[0])
        text = self.words(self.article(page, 3))
        self.assertIn("Trong 02 ngày <làm việc>.", text)

    def test_limits_under_their_article(self):
        """The limit in words, whose it is, where it is used and the sentence; what
        names no article of the text (Điều 2, 4, 9) comes at the end."""
        page = self.page(self.finance_officer)
        line = self.words(self.article(page, 1))
        for part in (
            "Hand a task back",
            "The agency",
            "24 hour(s) after: Receipt",
            "Used in: the hand-back of a task",
            "“Đúng như văn bản.”",
        ):
            self.assertIn(part, line)
        others = self.words(self.article(page, "none"))
        for part in ("Register a directive", "Điều 9", "No limit stated"):
            self.assertIn(part, others)
        self.assertFalse(self.article(page, 5).xpath(".//*[@data-kept]"))

    def test_our_reading_and_what_is_not_known(self):
        """A reading of ours has its badge and its note; an act the text does not know
        is said to be so."""
        rules = self.text.rule_ids
        answer = rules.filtered(lambda rule: rule.act == "extension_answer")
        answer.write({"is_interpretation": True, "note": "Ngày nhận không tính."})
        ask = rules.filtered(lambda rule: rule.act == "extension_ask")
        ask.write({"stated": "absent"})
        page = self.page(self.finance_officer)
        self.assertIn("Our reading", self.words(self.article(page, 3)))
        self.assertIn("Ngày nhận không tính.", self.words(self.article(page, 3)))
        self.assertNotIn("Our reading", self.words(self.article(page, 1)))
        self.assertIn("Not known to the text", self.words(self.article(page, "none")))

    def test_how_it_was_kept(self):
        """One answered in time, one past due: told to leaders; the agency is told of
        its own duties alone, the administrator of none."""
        asked = self._ask_extension(self._released()).with_user(self.chairman)
        asked.answer = "Không đồng ý"
        asked.action_refuse()
        self._ask_extension(self._released())
        self._move_to("2026-04-06 02:00:00")
        kept = self.article(self.page(self.chairman), 3).xpath(".//*[@data-kept]")
        self.assertEqual(
            self.words(kept[0]), "Last 12 months: 1 in time, 0 late, 1 past due"
        )
        for user in (self.finance_head, self.admin):
            self.assertFalse(self.page(user).xpath("//*[@data-kept]"))
        self._hand_back(self._released())
        for user, times in ((self.finance_head, 1), (self.ward_head, 0)):
            kept = self.article(self.page(user), 1).xpath(".//*[@data-kept]")
            self.assertEqual(len(kept), times)

    def test_versions(self):
        """Which version is in force today, what it replaces and from when; the day
        its successor takes effect it is no longer in force."""
        new = self.env["task.regulation"].create(
            {
                "code": "WHY2",
                "name": "Quy chế sửa đổi",
                "replaces_id": self.text.id,
                "effective_on": "2026-04-10",
            }
        )
        old_page = self.words(self.page(self.finance_officer))
        self.assertIn("In force today", old_page)
        self.assertIn("replaced by Quy chế sửa đổi from 10/04/2026", old_page)
        new_page = self.words(self.page(self.finance_officer, new))
        self.assertIn("Not yet in force from 10/04/2026", new_page)
        self._move_to("2026-04-09 17:00:00")  # midnight of the 10th in the province
        self.assertIn("No longer in force", self.words(self.page(self.finance_officer)))
        new_page = self.words(self.page(self.finance_officer, new))
        self.assertIn("In force today from 10/04/2026", new_page)
        self.assertIn("replaces Quy chế thử", new_page)
        opened = new.with_user(self.finance_officer).action_read_in_force()
        self.assertEqual(opened["res_id"], new.id)

    def test_everybody_of_the_tracker_opens_it(self):
        """The menu is there for every role and opens the text in force, which nobody
        but the administrator may change."""
        menu = self.env.ref("task_tracking.menu_task_regulation")
        action = self.env.ref("task_tracking.action_task_regulation_in_force")
        roles = (
            self.finance_officer,
            self.finance_head,
            self.specialist,
            self.manager,
            self.chairman,
            self.deputy,
            self.admin,
        )
        for user in roles:
            with self.subTest(user.login):
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertIn(menu.id, menus)
                opened = action.with_user(user).run()
                self.assertEqual(opened["res_id"], self.text.id)
                self.assertIn("Điều 1", self.words(self.page(user)))
        with self.assertRaises(AccessError):
            self.text.with_user(self.finance_officer).name = "Khác"

    def test_queries_do_not_grow(self):
        """The page costs the same with 6 limits and with 26."""

        def spent(more):
            self.env["task.regulation.rule"].create(
                [
                    {
                        "regulation_id": self.text.id,
                        "act": "register",
                        "event": "issue",
                        "stop": "release",
                        "amount": days,
                        "article": f"Điều {days % 7 + 1}",
                    }
                    for days in range(1, more + 1)
                ]
            )
            self.page(self.chairman)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.page(self.chairman)
            return self.cr.sql_log_count - before

        spent(1)  # from here on the caches of rights are in the same state
        self.assertEqual(spent(1), spent(20))


@tagged("post_install", "-at_install")
class TestRegulationDownload(PageCase, HttpCase):
    def test_the_full_text_is_downloaded(self):
        """An officer of an agency gets the file the page links to, as it is."""
        (link,) = self.page(self.finance_officer).xpath(
            "//a[contains(@href, 'download')]/@href"
        )
        self.authenticate(self.finance_officer.login, self.finance_officer.login)
        answer = self.url_open(link)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content.decode(), TEXT)
