# SPDX-License-Identifier: LGPL-3.0-or-later
import logging

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL, split_every

from .task_digest_mail import DigestWords

_logger = logging.getLogger(__name__)

#: Digests made and committed at once.
BATCH = 200
#: Markers asked of the database in one query.
MARKERS = 5000


class TaskDigest(models.AbstractModel):
    """The daily job: one mail to each person of whom something is to be told.

    It may run as often as it likes, be killed at any point and run again, or twice at
    once: a digest, the record of what it told (`task.urge`) and what became of an
    older one are written in one transaction under the unique marker of the digest.
    """

    _inherit = "task.digest"

    @api.model
    def _cron_queue(self):
        """Queue the digests that are due, committing after each batch."""
        self._run(commit=self.env["ir.cron"]._commit_progress)

    @api.model
    def _queue_due(self, companies=None):
        """Queue the digests that are due now, and draft the letters, in this
        transaction.

        :param companies: only of these; all by default.
        :return: the new notices, in sudo.
        """
        return self._run(companies)

    @api.model
    def _run(self, companies=None, commit=None):
        """The job. `commit` is called after each batch with the number of digests, and
        answers whether time is left."""
        system = self.with_env(self.env(user=SUPERUSER_ID, su=True, context={}))
        notices = system.env["task.notice"]
        there = system.env["res.company"].search([("regulation_id", "!=", False)])
        wanted = there if companies is None else there & companies.sudo()
        writing = wanted.filtered(lambda one: one._task_writes_now())
        if not writing:
            return notices
        items = {company: system._items_or_none(company) for company in writing}
        system._draft_letters([item for some in items.values() for item in some])
        if commit:
            commit()
        told = system._wanted(items)
        # who also works for a company that writes later today is written to then
        later = there.filtered(lambda one: one._task_writes_later())
        told = {
            user: some for user, some in told.items() if not user.company_ids & later
        }
        words = DigestWords(system.env, writing)
        for users in split_every(
            BATCH, sorted(told, key=lambda user: user.partner_id.id)
        ):
            batch = {user: told[user] for user in users}
            notices |= system._queue_batch_or_each(batch, words)
            if commit and not commit(len(batch)):
                commit(remaining=1)
                break
        return notices

    # -- what must not stop the others -------------------------------------------------
    @api.model
    def _items_or_none(self, company):
        """The items of a company; a source that fails is logged, and stops no other.

        Whatever a source raises is caught: it reads records of every kind, those of
        other addons too, and one that cannot be told (deleted meanwhile, a wrong value,
        a mistake in a program) must not keep a province from being told of the rest.
        """
        sources = self._sources()
        try:
            # hardly ever does one fail: together they need one savepoint
            with self.env.cr.savepoint():
                return [item for source in sources for item in source(company)]
        except OperationalError:
            raise  # another worker's doing: the job is run again
        except Exception:
            _logger.exception("What is due in %s: source by source", company.name)
        items = []
        for source in sources:
            try:
                with self.env.cr.savepoint():
                    items += source(company)
            except OperationalError:
                raise
            except Exception:
                _logger.exception("What is due in %s cannot be told", company.name)
        return items

    @api.model
    def _queue_batch_or_each(self, batch, words):
        """Queue a batch; if something fails in it, each digest by itself, so that one
        person's trouble is nobody else's.

        Whatever is raised is caught: the words come from records, rules and
        translations of every kind, and nobody else's mail may depend on them. Nothing
        of what failed stays (a savepoint each), it is logged, and the next run tries it
        again, since its marker was rolled back with it.
        """
        try:
            with self.env.cr.savepoint():
                return self._queue_batch(batch, words)
        except OperationalError:
            raise
        except Exception:
            _logger.exception("A batch of digests cannot be made: one by one")
        notices = self.env["task.notice"]
        for user, items in batch.items():
            try:
                with self.env.cr.savepoint():
                    notices |= self._queue_batch({user: items}, words)
            except OperationalError:
                raise
            except Exception:
                _logger.exception("The digest of %s cannot be made", user.login)
        return notices

    # -- letters -----------------------------------------------------------------------
    @api.model
    def _draft_letters(self, items):
        """Draft the letters the ladder asks for, about lead assignments."""
        wanted = []
        for item in items:
            if not (item.kind == "deadline" and item.is_lead and item.step.by_letter):
                continue
            if not item.company._task_regulation()._policy("urge_by_letter"):
                continue
            assignment = self.env["task.assignment"].browse(item.res_id)
            marker = f"letter/{item.res_id}/{item.step.id}/{item.anchor}"
            wanted.append((assignment, item.anchor, marker))
        if wanted:
            self.env["task.urge"]._draft_by_ladder(wanted)

    # -- who is told what --------------------------------------------------------------
    @api.model
    def _wanted(self, items):
        """{user: [items]} that are to be told by digest and were not told yet, of who
        has had no digest today.

        :param items: {company: [items]}.
        """
        wanted = {}
        for company, some in items.items():
            if not (some and company._task_regulation()._policy("urge_by_mail")):
                continue
            people = company._task_people()
            for item in some:
                if item.step.by_digest:
                    for user in self._recipients(item, people):
                        wanted.setdefault(user.id, []).append(item)
        # one set of records: what is read of one is read of all
        everybody = self.env["res.users"].browse(wanted)
        wanted = {user: wanted[user.id] for user in everybody}
        markers = self._digest_markers(everybody)
        digests = self._existing("task_notice", markers.values())
        lines = {}
        for user, some in wanted.items():
            if markers[user] not in digests:
                partner_id = user.partner_id.id
                for item in some:
                    lines[item.marker(partner_id)] = (user, item)
        told = self._existing("task_urge_line", lines)
        left = {}
        for marker, (user, item) in lines.items():
            if marker not in told:
                left.setdefault(user, []).append(item)
        return left

    @api.model
    def _recipients(self, item, people):
        """The users told of an item at its step, each once.

        :param people: of the company (`_task_people`).
        """
        step = item.step
        users = self.env["res.users"]
        agency = self.env["res.partner"].browse(item.agency_id)
        if step.to_officer:
            users |= people["officers"].get(agency, users.browse())
        if step.to_head:
            users |= people["heads"].get(agency, users.browse())
        if step.to_specialist:
            follower = users.browse(item.specialist_id)
            users |= follower.filtered("active") or people["managers"]
        if step.to_manager:
            users |= people["managers"]
        if step.to_leader:
            users |= people["leaders"]
        if item.deciders and (step.to_decider or item.kind == "agency"):
            users |= item.deciders.filtered("active")
        return users

    @api.model
    def _existing(self, table, markers):
        """The set of those of `markers` that are in the table already."""
        found = set()
        for some in split_every(MARKERS, markers):
            self.env.cr.execute(
                SQL(
                    "SELECT marker FROM %s WHERE marker = ANY(%s)",
                    SQL.identifier(table),
                    list(some),
                )
            )
            found.update(marker for (marker,) in self.env.cr.fetchall())
        return found

    @api.model
    def _digest_company(self, user):
        """The company a person's digest is sent for: the own, if it has a text."""
        if user.company_id.regulation_id:
            return user.company_id
        return user.company_ids.filtered("regulation_id")[:1]

    @api.model
    def _digest_markers(self, users):
        """{user: the marker of today's digest}."""
        companies = {user: self._digest_company(user) for user in users}
        days = {company: company._task_today() for company in set(companies.values())}
        return {
            user: f"digest/{days[company]}/{user.partner_id.id}"
            for user, company in companies.items()
        }

    # -- a batch -----------------------------------------------------------------------
    @api.model
    def _queue_batch(self, wanted, words):
        """Queue the digests of some users, with all that belongs to them.

        :param wanted: {user: [items]} not told yet.
        """
        readable = self._readable(wanted, words.readers)
        wanted = {user: items for user, items in readable.items() if items}
        markers = self._digest_markers(wanted)
        unsent = self._unsent(markers)
        held = self._still_hold(unsent, wanted, words.readers)
        mails = {}
        words.prepare(
            [item for items in wanted.values() for item in items]
            + [item for some in held.values() for _line, item in some]
        )
        for user, items in wanted.items():
            marker = markers[user]
            company = self._digest_company(user)
            told = items + [item for _line, item in held.get(user, ())]
            mails[marker] = {
                "marker": marker,
                "company": company,
                "partner": user.partner_id,
                **words.digest(user, company, told),
            }
        notices = self.env["task.notice"]._queue(list(mails.values()))
        users = {user.partner_id: user for user in wanted}
        made = {users[notice.partner_id]: notice for notice in notices}
        urges = self._keep_urges(
            {notice: wanted[user] for user, notice in made.items()},
        )
        for user, notice in made.items():
            if user in unsent:
                self._supersede(
                    unsent[user], urges[notice.id], [line for line, _item in held[user]]
                )
        notices._show_in_inbox({one["marker"]: one["body"] for one in mails.values()})
        return notices

    @api.model
    def _keep_urges(self, told):
        """Keep what was told to whom, {notice: items}; return {notice id: urge id}."""
        return self.env["task.urge"]._insert_automatic(
            [
                (notice, [item.line(partner_id) for item in items])
                for notice, items in told.items()
                for partner_id in notice.partner_id.ids
            ]
        )
