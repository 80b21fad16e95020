# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
import re
import unicodedata
from datetime import timedelta
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ..logic import public_page
from ..logic.publication import Published, csv_bytes, json_bytes, publication

_logger = logging.getLogger(__name__)

#: How long an answer is kept without being made anew, whatever happens: what was
#: altered in the database, or a regulation that took effect, shows after that.
KEPT = timedelta(hours=1)
#: Published periods in the trend.
PERIODS = 12
#: What can be asked for, with the name of its maker.
FORMS = {
    "html": ("text/html; charset=utf-8", public_page.publication_bytes),
    "csv": ("text/csv; charset=utf-8", lambda data, _address: csv_bytes(data)),
    "json": ("application/json", lambda data, _address: json_bytes(data)),
}


class State(NamedTuple):
    """What is published, as one process knows it."""

    until: object
    publishers: dict
    answers: dict


class Answer(NamedTuple):
    """Bytes ready to be sent; `changed` is when what is published last changed."""

    content: bytes
    mimetype: str
    etag: str
    changed: object


class TaskPublication(models.AbstractModel):
    """The public page: what was published, for everybody (BG Đ18.2).

    Only frozen heads are read, never live figures; a report that was altered is left
    out. Answers are kept in the memory of each process until something is published
    or taken back, or Odoo drops its caches, at most :data:`KEPT`.
    """

    _name = "task.publication"
    _description = "Public page"

    # -- answers ---------------------------------------------------------------
    @ormcache()
    def _kept(self):
        """A dict to keep answers in: a new one whenever Odoo drops its caches."""
        return {}

    @api.model
    def _answer(self, form, company_id=None):
        """Return the :class:`Answer`, None where nothing is published.

        :param form: a key of :data:`FORMS`.
        :param company_id: whose page; without one the only page there is, or the one
            that leads to all.
        """
        state = self._state()
        publishers = state.publishers
        if company_id is None and len(publishers) == 1:
            (company_id,) = publishers
        if company_id is not None and company_id not in publishers:
            return None
        key = (form, company_id)
        if key not in state.answers:
            state.answers[key] = self._make(form, company_id, publishers)
        return state.answers[key]

    def _state(self):
        """What is published, made anew when the caches were dropped or it is old."""
        kept, now = self._kept(), fields.Datetime.now()
        state = kept.get("state")
        if not state or state.until <= now:
            # read after the dict was fetched: who is overtaken by somebody who
            # publishes fills a dict that nobody looks into any more
            state = State(now + KEPT, self._publishers(), {})
            kept["state"] = state
        return state

    def _make(self, form, company_id, publishers):
        if company_id is None:
            return self._make_index(publishers) if form == "html" else None
        publisher = publishers[company_id]
        mimetype, make = FORMS[form]
        content = make(publisher["data"], publisher["address"])
        etag = public_page.entity_tag(content)
        return Answer(content, mimetype, etag, publisher["changed"])

    def _make_index(self, publishers):
        if not publishers:
            return None
        pages = [
            (one["data"]["authority"], one["address"]) for one in publishers.values()
        ]
        content = public_page.index_bytes(pages)
        changed = max(one["changed"] for one in publishers.values())
        etag = public_page.entity_tag(content)
        return Answer(content, FORMS["html"][0], etag, changed)

    # -- what is published -----------------------------------------------------
    def _publishers(self):
        """{company id: {address, data, changed}} of those with something to show."""
        system = self.with_user(SUPERUSER_ID).env
        publishers = {}
        for company in system["res.company"].search(
            [("regulation_id", "!=", False)], order="id"
        ):
            if not company._task_regulation()._policy("public_page"):
                continue
            if data := self._data(company):
                publishers[company.id] = {
                    "address": self._address(company),
                    "data": data,
                    "changed": company.task_published_at,
                }
        return publishers

    @api.model
    def _address(self, company):
        """Where its page is: its id, and its name in plain letters."""
        plain = unicodedata.normalize("NFKD", company.name.lower().replace("đ", "d"))
        plain = plain.encode("ascii", "ignore").decode()
        words = re.findall(r"[a-z0-9]+", plain)
        return f"/cong-khai/{'-'.join((str(company.id), *words))}"

    def _data(self, company):
        """What the company publishes, see :func:`publication`; None for nothing."""
        reports = self._reports(company)
        shown = next((one for one in reports if not self._is_altered(one)), None)
        if not shown:
            return None
        earlier = [
            one
            for one in reports
            if one.kind == shown.kind
            and (one.date_to, one.id) < (shown.date_to, shown.id)
        ][: PERIODS - 1]
        told = [one for one in reversed(earlier) if not self._is_altered(one)]
        return publication(
            company.name, self._published(shown), [*map(self._published, told)]
        )

    def _reports(self, company):
        """The published reports of all tasks, one version of each period, the last
        figures first."""
        reports = (
            self.with_user(SUPERUSER_ID)
            .env["task.report"]
            .with_company(company)
            .search(
                Domain("company_id", "=", company.id)
                & Domain("agency_id", "=", False)
                & Domain("published_on", "!=", False)
                & Domain("state", "=", "submitted")
                & Domain("scope", "=", "all")
                & Domain("period_id.topic", "=", "figures"),
                order="date_to desc, published_on desc, version desc, id desc",
            )
        )
        last = {}
        for report in reports.sorted("version", reverse=True):
            last.setdefault((report.period_id, report.output_id), report)
        kept = set(last.values())
        return reports.filtered(lambda report: report in kept)

    def _is_altered(self, report):
        """Whether the report is not what was frozen: it is not shown, and told."""
        problems = report._altered()
        if problems:
            _logger.error(
                "Report %s is not published, it was altered: %s",
                report.id,
                " ".join(problems),
            )
        return bool(problems)

    def _published(self, report):
        return Published.of_head(
            report.snapshot_id._head()["sheet"],
            kind=report.kind,
            version=report.version,
            digest=report.digest,
            published_on=report.published_on,
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    task_published_at = fields.Datetime(
        string="Publication changed at",
        groups=fields.NO_ACCESS,
        help="When a report was last published or taken back.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"name", "regulation_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result


class TaskReport(models.Model):
    _inherit = "task.report"

    public_address = fields.Char(
        string="Public page", compute="_compute_public_address"
    )

    @api.depends("published_on", "scope", "topic")
    def _compute_public_address(self):
        """Where everybody reads the figures; empty where the report is not for all."""
        for report in self:
            company = report.company_id
            is_public = (
                report.published_on
                and not report.agency_id
                and report.scope == "all"
                and report.topic == "figures"
                and company._task_regulation()._policy("public_page")
            )
            report.public_address = is_public and self.env["task.publication"]._address(
                company
            )

    def action_public_page(self):
        """Open the page everybody can read."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self.public_address,
            "target": "new",
        }

    def write(self, vals):
        """What is published, or no longer, is so on the public page at once."""
        result = super().write(vals)
        if "published_on" in vals:
            self.company_id.sudo().task_published_at = fields.Datetime.now()
            drop = self.env.registry.clear_cache
            drop()
            # and once it can be seen: somebody may have read meanwhile
            self.env.cr.postcommit.add(drop)
        return result
