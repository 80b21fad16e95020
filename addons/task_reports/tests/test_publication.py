# SPDX-License-Identifier: LGPL-3.0-or-later
import csv
import io
import json
from datetime import date, timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.task_reports.logic.form import RATES
from odoo.addons.task_reports.logic.publication import CODES, CSV_HEADS, LABELS

from .sent_common import SentCase

#: Months of KH Đ20.1 and the day the Office submits each.
SUBMITTED = {4: "2026-04-21", 5: "2026-05-21"}


@tagged("post_install", "-at_install")
class TestPublication(SentCase, HttpCase):
    """The public page (BG Đ18.2), asked for over HTTP by somebody nobody knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env.company.regulation_id.policy_ids.filtered(
            lambda one: one.key == "public_page"
        )
        cls.policy.value = "yes"

    # -- what the Office does ----------------------------------------------------------
    def _submitted(self, month=5):
        """The Office's report of a month, submitted."""
        company = self.env.company
        model = self.env["task.report.period"]
        with self._on(SUBMITTED[month]):
            (vals,) = (
                vals
                for vals in model._due_periods(company)
                if vals["kind"] == "month" and vals["number"] == month
            )
            period = model.create({**vals, "company_id": company.id})
            period._open()
            report = period.report_ids.filtered(lambda one: not one.agency_id)
            report = report.with_user(self.manager)
            report.action_submit()
        return report

    def _published(self, month=5):
        report = self._submitted(month)
        with self._on(SUBMITTED[month]):
            report.with_user(self.chairman).action_publish()
        return report

    # -- what anybody gets -------------------------------------------------------------
    @property
    def address(self):
        return self.env["task.publication"]._address(self.env.company)

    def _get(self, address=None, status=200, **headers):
        answer = self.url_open(address or self.address, headers=headers or None)
        self.assertEqual(answer.status_code, status, answer.text[:500])
        return answer

    def _json(self):
        return json.loads(self._get(f"{self.address}/so-lieu.json").content)

    def _lines(self):
        content = self._get(f"{self.address}/so-lieu.csv").content
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        text = content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    def _page(self):
        return html.fromstring(self._get().content)

    # -- on and off --------------------------------------------------------------------
    def test_off_is_not_there(self):
        """Off, what was published stays inside: every address answers 404."""
        self._published()
        self.policy.value = "no"
        for address in ("/cong-khai", self.address, f"{self.address}/so-lieu.json"):
            self._get(address, status=404)

    def test_nothing_unpublished(self):
        """A submitted report is not there before it is published."""
        report = self._submitted()
        for address in ("/cong-khai", self.address, f"{self.address}/so-lieu.csv"):
            self._get(address, status=404)
        report.action_publish()
        self._get()

    def test_taken_back(self):
        """Taken back, it is gone at once; the one before it is shown again."""
        april, may = self._published(4), self._published(5)
        self.assertEqual(self._json()["report"]["date_to"], "2026-05-14")
        may.action_unpublish()
        self.assertEqual(self._json()["report"]["date_to"], "2026-04-14")
        self.assertEqual(len(self._json()["trend"]), 1)
        april.action_unpublish()
        self._get(status=404)

    def test_address_on_the_report(self):
        """Who may read the published report is led to its page, where there is one."""
        report = self._submitted()
        self.assertFalse(report.public_address)
        report.action_publish()
        head = self.heads[self.ward]
        action = report.with_user(head).action_public_page()
        self.assertEqual(action["url"], self.address)
        self.policy.value = "no"
        report.invalidate_recordset()
        self.assertFalse(report.public_address)

    def test_strange_addresses(self):
        """No such body, no such form: 404, never an error."""
        self._published()
        for address in (
            "/cong-khai/abc",
            "/cong-khai/999999-khac",
            "/cong-khai/99999999999999999999",
            "/cong-khai/-1",
            f"{self.address}/so-lieu.xlsx",
            f"{self.address}/khac",
        ):
            self._get(address, status=404)

    def test_one_body_and_several(self):
        """One that publishes: /cong-khai is its page; of several it leads to each."""
        self._published()
        self.assertEqual(self._get("/cong-khai").content, self._get().content)
        other = self.env["res.company"].create(
            {
                "name": "Sở Đo đạc & <Thử>",
                "regulation_id": self.env.company.regulation_id.id,
            }
        )
        self.assertEqual(
            self.env["task.publication"]._address(other),
            f"/cong-khai/{other.id}-so-do-dac-thu",
        )
        # it has published nothing: still the one page
        self.assertEqual(self._get("/cong-khai").content, self._get().content)
        publishers = self.env["task.publication"]._publishers()
        publishers[other.id] = publishers[self.env.company.id] | {
            "address": "/cong-khai/x",
            "data": {"authority": other.name},
        }
        answer = self.env["task.publication"]._make_index(publishers)
        links = html.fromstring(answer.content).xpath("//li/a")
        self.assertEqual(
            [(one.text, one.get("href")) for one in links],
            [(self.env.company.name, self.address), (other.name, "/cong-khai/x")],
        )

    # -- the figures -------------------------------------------------------------------
    def test_figures_are_the_published_ones(self):
        """Of the frozen report, agency by agency, whatever was recorded since."""
        report = self._published()
        figures = report._sheet().figures
        with self._on("2026-05-22"):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
        self._assign("2026-05-22", "adhoc", [self.finance], "2026-06-01")
        data = self._json()
        self.assertEqual(
            data["total"]["counts"], {code: figures.as_dict()[code] for code in CODES}
        )
        self.assertEqual(data["total"]["counts"]["total"], 8)
        self.assertEqual(data["total"]["tasks"], 6)
        self.assertEqual(data["total"]["rates"], figures.rates())
        found = {row["id"]: row for row in data["agencies"]}
        self.assertEqual(set(found), {self.finance.id, self.health.id, self.ward.id})
        for agency in (self.finance, self.health, self.ward):
            counts = figures.as_dict(agency.id)
            self.assertEqual(
                found[agency.id]["counts"], {code: counts[code] for code in CODES}
            )
            self.assertEqual(found[agency.id]["rates"], figures.rates(agency.id))
            self.assertEqual(found[agency.id]["name"], agency.name)

    def test_json_keys(self):
        """The keys that programs of others rely on; a change needs a new schema."""
        report = self._published()
        data = self._json()
        self.assertEqual(data["schema"], "cong-khai/1")
        self.assertEqual(
            set(data),
            {"schema", "authority", "labels", "report", "total", "agencies", "trend"},
        )
        self.assertEqual(
            data["report"],
            {
                "kind": "month",
                "period": "tháng 5 năm 2026",
                "date_from": "2026-04-15",
                "date_to": "2026-05-14",
                "published_on": "2026-05-21",
                "version": 1,
                "digest": report.digest,
            },
        )
        self.assertEqual(
            set(data["agencies"][0]),
            {"id", "name", "kind", "kind_name", "counts", "rates"},
        )
        self.assertEqual(set(data["labels"]), {*CODES, *RATES})
        self.assertEqual(
            set(data["trend"][0]),
            {"period", "date_from", "date_to", "published_on", "counts", "rates"},
        )

    def test_csv_says_the_same(self):
        """Read back, each line is the agency's of the report, the last the whole."""
        report = self._published()
        figures = report._sheet().figures
        *rows, whole = self._lines()
        self.assertEqual(
            list(whole),
            [*CSV_HEADS, *(LABELS[code] for code in CODES), *RATES.values()],
        )
        agencies = {one.name: one for one in self.finance | self.health | self.ward}
        self.assertEqual({row["Cơ quan"] for row in rows}, set(agencies))
        for row in rows:
            counts = figures.as_dict(agencies[row["Cơ quan"]].id)
            for code in CODES:
                self.assertEqual(row[LABELS[code]], str(counts[code]))
        for code in CODES:
            self.assertEqual(whole[LABELS[code]], str(figures.count(code)))
        # 3 completed ÷ (3 + 2 overdue), see test_figures
        self.assertEqual(whole[RATES["completion"]], "60,0%")
        self.assertEqual(whole["Đến hết ngày"], "2026-05-14")

    def test_page_says_the_same(self):
        """The table of the page: a caption, heads with their scope, the figures of the
        report; and no script, no form, nothing fetched from elsewhere."""
        self._published()
        page = self._page()
        self.assertEqual(page.get("lang"), "vi")
        (table,) = page.xpath("//table")
        self.assertIn("tháng 5 năm 2026", table.findtext("caption"))
        self.assertFalse(table.xpath(".//th[not(@scope)]"))
        cells = {
            row.findtext("th"): [cell.text for cell in row.findall("td")]
            for row in table.xpath(".//tr[th[@scope='row']]")
        }
        self.assertEqual(
            # total, assigned, carried, on time, late, in time, extended, overdue, rates
            cells[self.finance.name],
            ["4", "1", "3", "2", "1", "0", "1", "0", "100,0 %", "66,7 %"],
        )
        self.assertEqual(
            cells["Tổng số"],
            ["8", "5", "3", "2", "1", "2", "1", "2", "60,0 %", "66,7 %"],
        )
        text = page.text_content()
        self.assertIn("từ ngày 15/04/2026 đến hết ngày 14/05/2026", text)
        self.assertIn("21/05/2026", text)
        self.assertFalse(page.xpath("//script | //form | //iframe | //img | //link"))
        self.assertFalse(
            [one for one in page.xpath("//@href | //@src") if one.startswith("http")]
        )

    def test_charts(self):
        """Bars by agency with their numbers; a trend once there are two periods."""
        self._published(4)
        self.assertEqual(len(self._page().xpath("//figure/div/svg")), 1)
        self._published(5)
        page = self._page()
        by_agency, trend = page.xpath("//figure/div/svg")
        names = {one.text for one in by_agency.xpath(".//rect/title")}
        self.assertIn(f"{self.finance.name}: Hoàn thành quá hạn: 1", names)
        names = {one.text for one in trend.xpath(".//rect/title")}
        self.assertIn("tháng 5 năm 2026: Chưa hoàn thành, quá hạn: 2", names)
        self.assertIn("tháng 4 năm 2026: Chưa hoàn thành, quá hạn: 1", names)
        self.assertEqual(
            [one["period"] for one in self._json()["trend"]],
            ["tháng 4 năm 2026", "tháng 5 năm 2026"],
        )

    def test_correction(self):
        """A correction is shown once it is published, as one; until then the former."""
        report = self._published()
        with self._on("2026-05-22"):
            new = report.action_correct("Nhầm số liệu")
            new.action_submit()
        self.assertEqual(self._json()["report"]["digest"], report.digest)
        with self._on("2026-05-25"):
            new.action_publish()
        told = self._json()["report"]
        self.assertEqual((told["digest"], told["version"]), (new.digest, 2))
        self.assertEqual(len(self._json()["trend"]), 1)
        self.assertIn("Bản đính chính", self._page().text_content())

    # -- what is not told --------------------------------------------------------------
    def test_no_persons_no_tasks(self):
        """No name of a person, no task, no directive, no text of parts III and IV; what
        was given to persons stands in one row without their names."""
        person = self._agency("Nguyễn Văn Thử", "person")
        person.is_company = False
        self._assign("2026-05-01", "adhoc", [person], "2026-05-30", "Việc riêng")
        report = self._submitted()
        new = report.action_correct("Nhầm")
        new.write(
            {
                "causes": "Nguyên nhân thử",
                "signer_name": "Trần Thị Ký",
                "signer_title": "CHỦ TỊCH",
            }
        )
        with self._on("2026-05-22"):
            new.action_submit()
            new.action_publish()
        texts = [self._get().text]
        texts += [
            self._get(f"{self.address}/so-lieu.{form}").content.decode()
            for form in ("json", "csv")
        ]
        words = ["Nguyễn Văn Thử", "Việc riêng", "Nguyên nhân thử", "Trần Thị Ký"]
        words += [user.name for user in (self.manager, self.chairman, self.specialist)]
        words += self.env["task.task"].search([]).mapped("name")
        words += self.env["task.document"].search([]).mapped("abstract")
        for text in texts:
            for word in words:
                self.assertNotIn(word, text)
        row = self._json()["agencies"][-1]
        self.assertEqual((row["id"], row["name"]), (None, "Cá nhân"))
        self.assertEqual(row["counts"]["total"], 1)

    def test_altered_is_not_shown(self):
        """A report altered in the database is left out as soon as it is looked at
        anew, within an hour; the one before it is shown."""
        self._published(4)
        may = self._published(5)
        self.assertEqual(self._json()["report"]["date_to"], "2026-05-14")
        self.env.cr.execute(
            "UPDATE task_report_snapshot SET head = replace(head, '2026', '2027')"
            " WHERE id = %s",
            (may.sudo().snapshot_id.id,),
        )
        later = fields.Datetime.now() + timedelta(minutes=61)
        name = "odoo.addons.task_reports.models.task_publication"
        with freeze_time(later), mute_logger(name):
            self.assertEqual(self._json()["report"]["date_to"], "2026-04-14")

    # -- over HTTP ---------------------------------------------------------------------
    def test_headers(self):
        """Cacheable by anybody, no cookie, no session, nothing may be run in it."""
        self._published()
        for address in (self.address, f"{self.address}/so-lieu.json"):
            headers = self._get(address).headers
            self.assertNotIn("Set-Cookie", headers)
            self.assertEqual(
                headers["Cache-Control"], "public, max-age=300, must-revalidate"
            )
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertTrue(headers["ETag"])
            self.assertTrue(headers["Last-Modified"])
        self.assertEqual(
            self._get().headers["Content-Type"], "text/html; charset=utf-8"
        )

    def test_revalidation(self):
        """304 while nothing changed, the new page once something was published."""
        self._published(4)
        headers = self._get().headers
        tag, changed = headers["ETag"], headers["Last-Modified"]
        answer = self._get(status=304, **{"If-None-Match": tag})
        self.assertFalse(answer.content)
        self.assertEqual(answer.headers["ETag"], tag)
        self._get(status=304, **{"If-Modified-Since": changed})
        self._published(5)
        new = self._get(**{"If-None-Match": tag})
        self.assertNotEqual(new.headers["ETag"], tag)
        self._get(**{"If-Modified-Since": "Wed, 01 Apr 2026 00:00:00 GMT"})

    def test_same_bytes(self):
        """Made again from the same reports, the page is the same."""
        self._published()
        before = self._get().headers["ETag"]
        self.env.registry.clear_cache()
        self.assertEqual(self._get().headers["ETag"], before)

    def test_kept_in_memory(self):
        """Once it is made, an answer costs no query and is made no more."""
        self._published()
        self._get()
        model = self.env["task.publication"]
        model._answer("html", self.env.company.id)
        with self.assertQueryCount(0):
            model._answer("html", self.env.company.id)

    def test_date_of_the_province(self):
        """Published at 18:00 UTC it was published the next day in the province."""
        report = self._submitted()
        with freeze_time("2026-05-21 18:00:00"):
            report.action_publish()
        self.assertEqual(report.published_on, date(2026, 5, 22))
        self.assertEqual(self._json()["report"]["published_on"], "2026-05-22")
