# SPDX-License-Identifier: LGPL-3.0-or-later
"""The words of a digest.

Plain paragraphs, no tables and no template: it reads well in every mail program, in a
narrow window and as the plain text that Odoo makes of it; and two thousand of them are
made in a moment. What a line says of its record is put together once for each language.
"""

from markupsafe import Markup, escape
from werkzeug.urls import url_encode

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..logic import limits
from .task_assignment_today import AGEING
from .task_digest_sources import DECISION, DUE, OVERDUE

#: Lines of a section; of more, their number and where to find them.
MOST_LINES = 15
SECTIONS = (DUE, OVERDUE, DECISION)
GROUPS = ("group_office_specialist", "group_office_manager", "group_leader")
#: Field of an item → the model it is an id of.
OF_ITEM = {
    "assignment_id": "task.assignment",
    "agency_id": "res.partner",
    "document_id": "task.document",
}
#: How a line begins and ends.
NUMBERED = [Markup("<p>%s. ") % number for number in range(MOST_LINES + 1)]
# in a mail's plain text a blank line (of three ends Odoo keeps two), in a preview of it
# a space; in HTML neither is seen
CLOSED = Markup("<br/></p>\n")
STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5"
#: Where all of it is listed: for an agency, and for the Office and the leaders.
OF_AGENCY, OF_ALL, DESK = "/odoo/my-assignments", "/odoo/assignments", "/odoo/desk"


class DigestWords:
    """What digests say, for one run of the job: what is the same in many mails is asked
    and put together once."""

    def __init__(self, env, companies):
        self.env = env
        self.companies = companies
        self.languages = dict(env["res.lang"].get_installed())
        self.today = {company: company._task_today() for company in companies}
        self.known = {}
        self.readers = {}
        self.standing = None
        self.together = {}

    def prepare(self, items):
        """Note what is to be spoken of next, so that it is read together."""
        for name, model in OF_ITEM.items():
            ids = {getattr(item, name) for item in items} - {None}
            together = tuple(ids)
            self.together.update(((model, id_), together) for id_ in ids)

    def record(self, env, model, id_):
        """The record (of an item of `prepare`), in sudo."""
        ids = self.together.get((model, id_))
        return env[model].sudo().browse(id_ or ()).with_prefetch(ids)

    # -- one mail ----------------------------------------------------------------------
    def digest(self, user, company, items):
        """{"subject", "body"} of the digest that `company` sends `user` about `items`,
        in the person's language."""
        speaking = self._speaking(user)
        parts = {name: [] for name in SECTIONS}
        for item in items:
            parts[item.section].append(item)
        for some in parts.values():
            some.sort(key=lambda item: (item.anchor, item.model, item.res_id))
        if company not in self.today:
            self.today[company] = company._task_today()
        day = self._day(speaking, self.today[company])
        body = [
            Markup('<div style="%s"><p>%s</p>\n') % (STYLE, speaking.greeting(user))
        ]
        for name in SECTIONS:
            if parts[name]:
                body += self._section(speaking, user, name, parts[name])
        body += self._totals(speaking, user)
        body += [speaking.footer(company), Markup("</div>")]
        counts = [(name, len(parts[name])) for name in SECTIONS if parts[name]]
        return {"subject": speaking.subject(day, counts), "body": Markup().join(body)}

    def at_once(self, user, title, sentences, record):
        """The body of a mail to `user` about one record, told at once.

        :param sentences: list of str, in the language of `user`.
        """
        speaking = self._speaking(user)
        links = [
            Markup('<a href="%s">%s</a>') % (speaking._link(record), speaking.open)
        ]
        record = record.with_env(speaking.env).sudo()
        if reply := self.env["task.notice"]._reply_link(record, user.partner_id):
            links.append(Markup('<a href="%s">%s</a>') % (reply, speaking.reply))
        return Markup(
            '<div style="%s"><p>%s</p><p><strong>%s</strong><br/>%s</p><p>%s</p></div>'
        ) % (
            STYLE,
            speaking.greeting(user),
            title,
            Markup("<br/>").join(escape(one) for one in sentences),
            Markup(" · ").join(links),
        )

    def _section(self, speaking, user, name, items):
        heading = speaking.heading(name, len(items))
        yield Markup("<p><strong>%s</strong></p>\n") % heading
        for number, item in enumerate(items[:MOST_LINES], 1):
            yield NUMBERED[number]
            yield self._line(speaking, item)
            if link := self._reply(speaking, item, user.partner_id):
                yield Markup(' · <a href="%s">%s</a>') % (link, speaking.reply)
            yield CLOSED
        if len(items) > MOST_LINES:
            path = OF_ALL if speaking.reads_all(user) else OF_AGENCY
            yield Markup('<p>%s <a href="%s">%s</a></p>') % (
                speaking.more(len(items) - MOST_LINES),
                DESK if name == DECISION else path,
                speaking.all_of_them,
            )

    def _line(self, speaking, item):
        """What is said of an item, the same to everybody who speaks this language."""
        key = (speaking, item.key, item.anchor, item.step)
        if key not in self.known:
            self.known[key] = speaking.line(item, self)
        return self.known[key]

    def _reply(self, speaking, item, partner):
        """The link by which a person replies to a line; False if nobody can."""
        key = ("reply", speaking, item.key)
        if key not in self.known:
            record = item.about or self.record(self.env, item.model, item.res_id)
            record = record.with_env(speaking.env).sudo()
            self.known[key] = self.env["task.notice"]._reply_place(record)
        place = self.known[key]
        return place and place.link(partner)

    def _speaking(self, user):
        code = user.lang if user.lang in self.languages else self.env.lang or "en_US"
        if code not in self.known:
            self.known[code] = Speaking(self.env(context={"lang": code}))
        return self.known[code]

    def _day(self, speaking, day):
        key = (speaking, day)
        if key not in self.known:
            self.known[key] = format_date(speaking.env, day)
        return self.known[key]

    # -- standing totals ---------------------------------------------------------------
    def _totals(self, speaking, user):
        """How much is overdue of what this person answers for, and waits for them."""
        if self.standing is None:
            self.standing = self.env["task.digest"]._standing(self.companies)
        overdue, waiting = self.standing
        scopes = speaking.scopes(user)
        classes = [
            sum(overdue.get(scope, (0,) * len(AGEING))[index] for scope in scopes)
            for index in range(len(AGEING))
        ]
        return speaking.totals(classes, waiting.get(user.id, 0))


class Speaking:
    """The sentences of a digest in one language."""

    def __init__(self, env):
        self.env = env
        self.reply = env._("Reply by e-mail")
        self.all_of_them = env._("All of them")
        self.open = env._("Open")
        ages = env["task.assignment"]._fields["ageing"]._description_selection(env)
        self.ages = [label for _key, label in ages]
        rules = env["task.regulation.rule"]
        self.acts = dict(rules._fields["act"]._description_selection(env))
        self.footers = {}
        self.days = {}
        self.asking = {}
        self.steps = {}
        self.groups = {
            name: set(env.ref(f"task_tracking.{name}").sudo().all_user_ids.ids)
            for name in GROUPS
        }

    def of_all(self, user):
        """Whether the person answers for all of the company: managers and leaders."""
        return any(user.id in self.groups[name] for name in GROUPS[1:])

    def reads_all(self, user):
        """Whether the lists of the Office and the leaders are the person's."""
        return any(user.id in users for users in self.groups.values())

    def scopes(self, user):
        """The keys of `task.digest._standing` of what the person answers for."""
        if self.of_all(user):
            return [("company", company.id) for company in user.company_ids]
        keys = [("specialist", user.id)]
        if user.task_agency_id:
            keys.append(("agency", user.task_agency_id.id))
        return keys

    def greeting(self, user):
        return self.env._("Dear %(name)s,", name=user.name)

    def subject(self, day, counts):
        words = {
            DUE: self.env._("%(count)s falling due"),
            OVERDUE: self.env._("%(count)s overdue"),
            DECISION: self.env._("%(count)s waiting for you"),
        }
        parts = ", ".join(words[name] % {"count": count} for name, count in counts)
        return self.env._("Reminder of %(day)s: %(parts)s", day=day, parts=parts)

    def heading(self, name, count):
        words = {
            DUE: self.env._("Falls due (%(count)s)", count=count),
            OVERDUE: self.env._("Overdue (%(count)s)", count=count),
            DECISION: self.env._("Waits for your decision (%(count)s)", count=count),
        }
        return words[name]

    def more(self, count):
        return self.env._("… and %(count)s more.", count=count)

    # -- a line ------------------------------------------------------------------------
    def line(self, item, words):
        """The title, where it comes from and until when, why it is told, the link."""
        env = self.env
        about = item.about.with_env(env).sudo() if item.about else None
        title = item.title
        thread = words.record(env, "task.assignment", item.assignment_id)
        if item.act:
            title = (
                f"{self.acts.get(item.act, item.act)}: {title or about.display_name}"
            )
            thread = thread or about
        elif about is not None:
            title, thread = about._awaited_title(), about._awaited_thread()
        agency = words.record(env, "res.partner", item.agency_id)
        document = words.record(env, "task.document", item.document_id)
        named = [name for name in (agency.name, document.display_name) if name]
        today = words.today[item.company]
        named += [self._when(item, today), *self._asking(item, today)]
        return Markup('<strong>%s</strong><br/>%s<br/>%s<br/><a href="%s">%s</a>') % (
            title,
            " · ".join(named),
            self._why(item),
            self._link(thread),
            self.open,
        )

    def _day(self, day):
        if day not in self.days:
            self.days[day] = format_date(self.env, day)
        return self.days[day]

    def _when(self, item, today):
        day = self._day(item.anchor)
        days = abs((item.anchor - today).days)
        if item.section == DECISION:
            return self.env._("waits since %(day)s", day=day)
        if item.section == OVERDUE:
            return self.env._(
                "was due %(day)s, %(days)s day(s) ago", day=day, days=days
            )
        if not days:
            return self.env._("due today, %(day)s", day=day)
        return self.env._("due %(day)s, in %(days)s day(s)", day=day, days=days)

    def _asking(self, item, today):
        """Until which day more time may be asked for a task that falls due, with the
        article: a window of the text, of which no clock runs. Nothing where the text
        sets no such day, or it is over."""
        if item.section != DUE or item.kind != "deadline" or not item.is_lead:
            return ()
        key = (item.company, item.anchor)
        if key not in self.asking:
            rule = item.company._task_regulation().sudo()._rule("extension_ask")
            until = rule and limits.reckon(
                rule._as_rule(), item.anchor, item.company._task_calendar()
            )
            self.asking[key] = ()
            if until and until.due_on >= today:
                words = self.env._(
                    "more time may be asked for until %(day)s (%(article)s)",
                    day=self._day(until.due_on),
                    article=rule.article,
                )
                self.asking[key] = (words,)
        return self.asking[key]

    def _why(self, item):
        """The step in words, and the article of the limit."""
        if item.step not in self.steps:
            self.steps[item.step] = self.env._(
                "Reminded %(when)s", when=item.step.with_env(self.env)._words()
            )
        words = self.steps[item.step]
        return " – ".join(filter(None, (words, item.article)))

    def _link(self, record):
        """Opens the record; who is not logged in is asked to."""
        if record._name == "res.company":
            return DESK
        return f"/mail/view?{url_encode({'model': record._name, 'res_id': record.id})}"

    # -- the end -----------------------------------------------------------------------
    def totals(self, classes, waiting):
        lines = []
        if any(classes):
            ages = ", ".join(
                f"{label}: {count}"
                for label, count in zip(self.ages, classes, strict=True)
                if count
            )
            lines.append(
                self.env._(
                    "Overdue: %(count)s (%(ages)s)", count=sum(classes), ages=ages
                )
            )
        if waiting:
            lines.append(
                self.env._("Waiting for your decision: %(count)s", count=waiting)
            )
        if lines:
            yield Markup("<p><strong>%s</strong><br/>%s<br/>") % (
                self.env._("In all today"),
                Markup("<br/>").join(escape(line) for line in lines),
            )
            yield Markup('<a href="%s">%s</a></p>') % (DESK, self.env._("To the desk"))

    def footer(self, company):
        """On what ground the system urges: the article of the regulation."""
        if company not in self.footers:
            regulation = company._task_regulation().sudo().with_env(self.env)
            source = regulation._policy_source("urge_by_mail")
            words = self.env._(
                "Sent by the system on working days only, when there is something new;"
                " each reminder comes once."
            )
            if source.article:
                words += " " + self.env._(
                    "Ground: %(article)s of %(regulation)s.",
                    article=source.article,
                    regulation=regulation.display_name,
                )
            self.footers[company] = Markup("<p><em>%s</em></p>") % words
        return self.footers[company]


class TaskDigest(models.AbstractModel):
    _inherit = "task.digest"

    @api.model
    def _standing(self, companies):
        """How things stand today: what is overdue, what waits.

        :return: ({scope: number overdue by class of age}, {user id: number waiting});
            a scope is ("company" | "agency" | "specialist", id). Lead assignments only,
            as everywhere.
        """
        self.env["task.assignment"].flush_model()
        overdue, waiting = {}, {}
        for company in companies:
            today = company._task_today()
            self.env.cr.execute(
                SQL(
                    "SELECT agency_id, specialist_id, COALESCE(NULLIF(late_days, 0),"
                    " %(today)s - due_on) AS days, COUNT(*)"
                    " FROM task_assignment WHERE company_id = %(company)s"
                    " AND role = 'lead' AND overdue_from <= %(today)s"
                    " GROUP BY 1, 2, 3",
                    today=today,
                    company=company.id,
                )
            )
            for agency_id, specialist_id, days, count in self.env.cr.fetchall():
                index = next(
                    index
                    for index, (_key, first, last) in enumerate(AGEING)
                    if last is None or days <= last
                )
                for scope in (
                    ("company", company.id),
                    ("agency", agency_id),
                    ("specialist", specialist_id),
                ):
                    overdue.setdefault(scope, [0] * len(AGEING))[index] += count
            awaited = self.env["task.awaited.mixin"]
            domains = {
                model._name: Domain(model._awaited_domain(company))
                for model in awaited._awaited_models()
                if not model._awaited_due
            }
            for records in awaited._awaited_found(domains).values():
                for users in records._awaited_by().values():
                    for user in users:
                        waiting[user.id] = waiting.get(user.id, 0) + 1
        return overdue, waiting
