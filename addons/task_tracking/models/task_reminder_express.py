# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.tools import format_date

from .task_digest_mail import DigestWords
from .task_digest_sources import DUE, Item


class TaskAssignment(models.Model):
    """What is of the highest urgency (hỏa tốc) is told at once as it is released, at
    any hour and on any day."""

    _inherit = "task.assignment"

    @api.model
    def _release(self, vals_list):
        assignments = super()._release(vals_list)
        assignments.sudo()._tell_express()
        return assignments

    def _tell_express(self):
        """Tell the officers and heads of the agencies, in the same transaction."""
        express = self.filtered(lambda one: one.document_id.urgency == "express")
        digest, wanted = self.env["task.digest"], {}
        for company, ones in express.grouped("company_id").items():
            if not company._task_regulation()._policy("urge_by_mail"):
                continue
            people = company._task_people()
            for one in ones:
                item = one._express_item(company)
                for role in ("heads", "officers"):
                    for user in people[role].get(one.agency_id, ()):
                        wanted.setdefault(user, []).append(item)
        if wanted:
            words = DigestWords(self.env, self.env["res.company"])
            self.env["task.urge"]._tell_at_once(
                [
                    self.browse(item.res_id)._express_mail(user, words)
                    for user, items in digest._readable(wanted, {}).items()
                    for item in items
                ]
            )

    def _express_item(self, company):
        """The assignment as the digest has what it tells."""
        return Item(
            company=company,
            model=self._name,
            res_id=self.id,
            anchor=self.due_on,
            section=DUE,
            kind="deadline",
            agency_id=self.agency_id.id,
        )

    def _express_mail(self, user, words):
        """One mail: what, until when, why; as `task.urge._tell_at_once` takes it."""
        company = self.company_id
        env = self.env["task.clock"]._speaking_to(user, company)
        me = self.with_env(env)
        urgencies = dict(me.document_id._fields["urgency"]._description_selection(env))
        urgency = urgencies[me.document_id.urgency]
        source = company._task_regulation().sudo()._policy_source("urge_by_mail")
        sentences = [me.document_id.display_name]
        if self.due_on:
            day = format_date(env, self.due_on, date_format="dd/MM/yyyy")
            sentences.append(env._("Until: %(moment)s.", moment=day))
        sentences.append(
            env._("Told at once, since the directive is: %(urgency)s.", urgency=urgency)
        )
        if source.article:
            sentences.append(
                env._(
                    "Ground: %(article)s of %(regulation)s.",
                    article=source.article,
                    regulation=source.regulation_id.display_name,
                )
            )
        title = me.task_id.display_name
        content = " ".join((me.task_id.name or title).split())
        return {
            "marker": f"express/{self.id}/{user.partner_id.id}",
            "company": company,
            "partner": user.partner_id,
            "subject": f"{urgency}: {title}",
            "body": words.at_once(user, content, sentences, me),
            "record": self,
            "step": env["task.reminder.step"],
            "anchor": self.due_on or company._task_today(),
            "agency": self.agency_id,
        }
