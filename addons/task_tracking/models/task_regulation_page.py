# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

#: Duty → where it is in the system, a key of `_places`.
PLACES = {
    "register": "directive",
    "forward_superior": "directive",
    "return": "return",
    "extension_ask": "extension",
    "extension_answer": "extension",
    "result": "assignment",
    "external_entry": "assignment",
    "confirm": "result",
    "undated_report": "assignment",
    "year_end_list": "assignment",
    "secret_report": "periodic",
    "regulation_report": "periodic",
    "report_send": "reports",
    "report_compile": "reports",
    "inspection_plan": "inspection",
    "inspection_conclusion": "inspection",
    "inspection_dossier": "inspection",
}
#: Policy → where it tells.
POLICY_PLACES = {
    "confirmation_required": "result",
    "completion_day": "result",
    "rating": "result",
    "submitter": "result",
    "undated": "directive",
    "secret": "directive",
    "no_product": "directive",
    "issuer_level": "directive",
    "extension_decider": "extension",
    "extension_late": "extension",
    "extension_max": "extension",
    "day_off": "deadlines",
    "due_soon_days": "desk",
    "freshness_days": "reports",
    "ranking_published": "evaluation",
    "heads_evaluated": "evaluation",
    "public_page": "reports",
    "inspection_body": "inspection",
    "external_system": "assignment",
    "feedback_names_reporter": "feedback",
}


class TaskRegulation(models.Model):
    """A regulation as its people read it: by chapter and article, under each article
    the limits and decisions that come from it, where they are used and how the limits
    were kept."""

    _inherit = "task.regulation"

    page = fields.Html(string="Text", compute="_compute_page", sanitize=False)

    @api.depends_context("lang", "uid", "allowed_company_ids")
    @api.depends("article_ids", "rule_ids", "policy_ids", "text_file_id", "note")
    def _compute_page(self):
        for regulation in self:
            regulation.page = self.env["ir.qweb"]._render(
                "task_tracking.regulation_page", regulation._page_values()
            )

    def _page_values(self):
        """What the template `regulation_page` shows."""
        self.ensure_one()
        kept = self._page_kept()
        by_article = {}
        for line in self._page_lines(kept):
            by_article.setdefault(line["article_id"], []).append(line)
        return {
            "regulation": self,
            "source": self._page_source(),
            "status": self._page_status(),
            "versions": self._page_versions(),
            "chapters": self._page_chapters(by_article),
            "others": by_article.get(False, []),
            "has_kept": bool(kept),
        }

    def _page_lines(self, kept):
        """What comes from the text, a dict each: see `_page_limit`."""
        lines = [self._page_limit(rule, kept) for rule in self.rule_ids]
        return lines + [self._page_policy(policy) for policy in self.policy_ids]

    def _page_day(self, day):
        return format_date(self.env, day, date_format="dd/MM/yyyy") if day else ""

    def _page_chapters(self, by_article):
        """[{title, articles}] in the order of the text; articles with no limit and no
        decision are there too."""
        chapters = []
        for article in self.article_ids:
            title = " – ".join(filter(None, (article.chapter, article.section)))
            if not chapters or chapters[-1]["title"] != title:
                chapters.append({"title": title, "articles": []})
            chapters[-1]["articles"].append(
                {
                    "id": article.number,
                    "name": article.display_name,
                    "paragraphs": (article.text or "").splitlines(),
                    "lines": by_article.get(article.id, []),
                }
            )
        return chapters

    def _page_limit(self, rule, kept):
        return {
            "article_id": rule.article_id.id,
            "article": rule.article or "",
            "name": rule.display_name,
            "whose": self._page_label(rule, "actor"),
            "cases": self._page_cases(rule),
            "value": rule.limit_label,
            "is_limit": rule.stated == "limit",
            "is_interpretation": rule.is_interpretation,
            "note": rule.note or "",
            "quote": rule.quote or "",
            "place": self._page_place(PLACES.get(rule.act)),
            "kept": self._page_counts(kept.get(rule.id)),
        }

    def _page_policy(self, policy):
        place = POLICY_PLACES.get(policy.key)
        if policy.key.startswith("word_"):
            place = "words"
        elif policy.key.startswith("urge_"):
            place = "urging"
        return {
            "article_id": policy.article_id.id,
            "article": policy.article or "",
            "name": policy.display_name,
            "whose": "",
            "cases": "",
            "value": policy.value_label,
            "is_limit": True,
            "is_interpretation": policy.is_interpretation,
            "note": policy.note or "",
            "quote": policy.quote or "",
            "place": self._page_place(place),
            "kept": None,
        }

    def _page_cases(self, rule):
        names = ", ".join(rule.circumstance_ids.mapped("name"))
        return names and self.env._("Only if: %(cases)s", cases=names)

    def _page_place(self, code):
        place = self._places().get(code)
        return place and self.env._("Used in: %(place)s", place=place)

    def _page_counts(self, counts):
        """How a limit was kept, as a sentence; none where nothing ran."""
        if not counts:
            return None
        told = self.env._(
            "Last 12 months: %(in_time)s in time, %(late)s late, %(missed)s past due",
            in_time=counts["in_time"],
            late=counts["late"],
            missed=counts["missed"],
        )
        if not counts["running"]:
            return told
        running = self.env._("%(count)s running", count=counts["running"])
        return f"{told}, {running}"

    def _page_label(self, record, name):
        labels = record._fields[name]._description_selection(self.env)
        return dict(labels).get(record[name], "")

    def _page_kept(self):
        """{rule id: {state: number}} of the last twelve months, as far as the reader
        may see; empty for who sees no time limits at all."""
        clock = self.env["task.clock"]
        if not clock.has_access("read"):
            return {}
        counts = clock._kept_counts(
            Domain("rule_id", "in", self.rule_ids.ids), ["rule_id"]
        )
        return {rule.id: states for (rule,), states in counts.items()}

    def _places(self):
        """Where in the system a limit or decision is met, in words."""
        return {
            "directive": self.env._(
                "the directive, when it is registered and assigned"
            ),
            "assignment": self.env._("the assignment of each agency"),
            "result": self.env._("the result the agency hands in"),
            "extension": self.env._("the request for extension"),
            "return": self.env._("the hand-back of a task"),
            "periodic": self.env._("the Office's periodic duties (menu Time limits)"),
            "reports": self.env._("the periodic reports"),
            "evaluation": self.env._("the evaluation of agencies"),
            "inspection": self.env._("inspections"),
            "deadlines": self.env._("every deadline that falls on a day off"),
            "desk": self.env._("the page What to do now, and lists of tasks"),
            "words": self.env._("lists of tasks and Phụ lục II"),
            "urging": self.env._("urging (menu Urging)"),
            "feedback": self.env._("feedback on another agency"),
        }

    def _page_source(self):
        """Number, issuer and day of issue, in one line."""
        parts = [
            self.number and self.env._("No. %(number)s", number=self.number),
            self.issuer,
            self.issued_on
            and self.env._("issued on %(day)s", day=self._page_day(self.issued_on)),
        ]
        return " · ".join(filter(None, parts))

    # -- versions ----------------------------------------------------------------------
    def _page_versions(self):
        """The versions of this text in order: {id, name, more, is_this}."""
        in_force = self._version_on(self.env.company._task_today())
        versions = self.browse(id_ for _day, id_ in self._version_days())
        return [
            {
                "id": version.id,
                "name": version.display_name,
                "is_this": version == self,
                "more": ", ".join(
                    filter(
                        None,
                        (
                            self._page_from(version),
                            version == in_force and self.env._("in force today"),
                        ),
                    )
                ),
            }
            for version in versions
        ]

    def _page_from(self, version):
        day = self._page_day(version.effective_on)
        return day and self.env._("from %(day)s", day=day)

    def _page_status(self):
        """{word, tone, more}: whether this version is in force today, from when, what
        it replaces and what replaces it."""
        today = self.env.company._task_today()
        if self.effective_on and self.effective_on > today:
            word, tone = self.env._("Not yet in force"), "text-bg-warning"
        elif self._version_on(today) != self:
            word, tone = self.env._("No longer in force"), "text-bg-dark"
        else:
            word, tone = self.env._("In force today"), "text-bg-success"
        before, after = self.replaces_id, self.replaced_by_id
        more = [
            self._page_from(self),
            before and self.env._("replaces %(text)s", text=before.display_name),
            after
            and self.env._(
                "replaced by %(text)s from %(day)s",
                text=after.display_name,
                day=self._page_day(after.effective_on),
            ),
        ]
        return {"word": word, "tone": tone, "more": " · ".join(filter(None, more))}

    # -- opening it --------------------------------------------------------------------
    def action_read(self):
        """Open this version as a text to read."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_regulation_page"
        )
        return {**action, "res_id": self.id, "display_name": self.display_name}

    @api.model
    def action_read_in_force(self):
        """Open the version in force here today; the list where none was chosen."""
        regulation = self.env.company._task_regulation()
        if regulation:
            return regulation.action_read()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_regulation"
        )
