# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass
from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Paper → the kind of the dossier it belongs to. Without a team the instruction stands
#: in the place of the decision.
KIND_OF_PAPER = {
    "decision": "decision",
    "supplement": "decision",
    "instruction": "plan",
    "request": "urging",
    "minutes": "minutes",
    "conclusion": "conclusion",
    "notice": "other",
}
#: What the papers are called in the dossier: a legal form, in Vietnamese.
PAPER_WORDS = {
    "decision": "Quyết định kiểm tra",
    "supplement": "Quyết định điều chỉnh, bổ sung thành viên",
    "instruction": "Văn bản chỉ đạo kiểm tra",
    "request": "Yêu cầu báo cáo",
    "minutes": "Biên bản kiểm tra",
    "conclusion": "Báo cáo kết quả kiểm tra",
    "notice": "Thông báo kết quả kiểm tra",
}
#: Names of entries are cut here; the record tells the rest.
NAME_MAX = 200


@dataclass(frozen=True)
class Source:
    """Something that belongs in a dossier.

    code: the kind's; record: where it comes from; files: of it, ir.attachment;
    is_printed: whether the system prints it (`task.inspection.item._print`).
    """

    code: str
    record: models.BaseModel
    name: str
    files: models.BaseModel
    number: str = ""
    dated_on: date | None = None
    is_printed: bool = False


class TaskInspection(models.Model):
    """The dossier gathers what arises, by reference: nothing is copied until it is
    closed."""

    _inherit = "task.inspection"

    def _dossier_kinds(self):
        """The prescriptions of the dossier's kinds, in the text's order."""
        self.ensure_one()
        return self.regulation_id.sudo()._prescriptions("dossier", self.inspector)

    def _gather_refusal(self):
        """Why the caller does not change the dossier now, or None."""
        if self.state == "concluded":
            return self._close_refusal()
        if self.state == "closed":
            return UserError(self.env._("A closed dossier is not changed."))
        return self._paper_refusal()

    def action_gather(self):
        """Bring the dossier up to date with what arose since.

        :raise AccessError: if the caller keeps no papers of this inspection.
        """
        for inspection in self:
            if refusal := inspection._gather_refusal():
                raise refusal
        self._gather()
        return True

    def _gather(self):
        """Have an entry for everything that belongs in the dossiers, once; in sudo,
        called after each step. A closed dossier stays as it is."""
        for inspection in self.sudo():
            if inspection.issued_on and inspection.state not in ("closed", "cancelled"):
                inspection._lock()
                inspection._gather_one()

    def _gather_one(self):
        kinds = {kind.code: kind for kind in self._dossier_kinds()}
        gathered = self.item_ids.filtered("is_gathered")
        known = {
            (item.code, item.source_model, item.source_id): item for item in gathered
        }
        wanted = {}
        for source in self._dossier_sources():
            # a text without this kind keeps it among the other papers, if anywhere
            code = source.code if source.code in kinds else "other"
            if code in kinds:
                wanted[code, source.record._name, source.record.id] = source
        vals_list = []
        for key, source in wanted.items():
            values = self._prepare_item_values(source)
            if item := known.get(key):
                item._bring_up_to_date(values)
            else:
                vals_list.append(
                    {
                        "inspection_id": self.id,
                        "prescription_id": kinds[key[0]].id,
                        "source_model": key[1],
                        "source_id": key[2],
                        "is_gathered": True,
                        **values,
                        "source_file_ids": [
                            fields.Command.set(values["source_file_ids"])
                        ],
                    }
                )
        self.env["task.inspection.item"].create(vals_list)
        gone = [item.id for key, item in known.items() if key not in wanted]
        self.env["task.inspection.item"].browse(gone)._let_go()

    def _prepare_item_values(self, source):
        return {
            "name": " ".join(source.name.split())[:NAME_MAX],
            "number": source.number or False,
            "dated_on": source.dated_on or False,
            "is_printed": source.is_printed,
            "source_file_ids": source.files.ids,
        }

    # -- what belongs in it ------------------------------------------------------------
    def _dossier_sources(self):
        """Everything that belongs in the dossier as known now, in sudo: `Source`s.

        An addon that keeps further papers about inspected tasks extends this, or
        `_dossier_urging`.
        """
        self.ensure_one()
        return [
            *self._dossier_papers(),
            *self._dossier_plans(),
            *self._dossier_directives(),
            *self._dossier_urging(),
            *self._dossier_reports(),
            *self._dossier_findings(),
        ]

    def _dossier_papers(self):
        for paper in self.paper_ids.filtered(lambda one: one.state == "issued"):
            code = KIND_OF_PAPER[paper.kind]
            if paper.kind == "instruction" and not self.has_team:
                code = "decision"
            if code != "urging":
                yield self._paper_source(code, paper)

    def _paper_source(self, code, paper):
        agency = paper.subject_id.agency_id.name
        words = filter(None, (PAPER_WORDS[paper.kind], paper.number, agency))
        return Source(
            code,
            paper,
            " ".join(words),
            paper._all_files(),
            number=paper.number,
            dated_on=paper.dated_on,
            # without a signed file, as the system has it; minutes may come with
            # pictures that are no scan of them
            is_printed=not (
                paper.signed_file_ids
                if paper.kind == "minutes"
                else paper.attachment_ids
            ),
        )

    def _dossier_plans(self):
        """The approved plan it goes by, and the team's own (KH Đ15.3)."""
        plans = self.env["task.inspection.plan"].sudo()
        own = plans.search([("inspection_id", "=", self.id)])
        for plan in (self.plan_line_id.plan_id | own).sorted("id"):
            # also one that was adjusted since: the decision went by it
            if plan.state in ("approved", "replaced"):
                yield Source(
                    "plan",
                    plan,
                    " ".join(filter(None, ("Kế hoạch kiểm tra", plan.number))),
                    plan.attachment_ids,
                    number=plan.number,
                    dated_on=plan.dated_on or plan.approved_on,
                    is_printed=not plan.attachment_ids and hasattr(plan, "_letter_pdf"),
                )

    def _directives(self):
        """The directives whose assignments are in scope, in sudo.

        The dossier's reader is given a directive's own files and no others: those it
        only shares (`shared_attachment_ids`) stay with who may read the directive, and
        a directive without an assignment in scope is never in a dossier. A member
        reads these files anyway while the team works (`_assignments_in_scope`); in the
        dossier, which the text wants them in (Đ17.2, Đ19.2), until it is closed.
        """
        assignments = self.env["task.assignment"].sudo()
        inspected = self._assignment_domain() & Domain("assigned_on", "!=", False)
        if self.ended_on:
            inspected &= Domain("assigned_on", "<=", self.ended_on)
        # what the inspection led to is followed, it was not inspected
        inspected &= Domain("task_id", "not in", self.recommendation_ids.task_id.ids)
        in_scope = assignments._search(inspected)
        documents = self.env["task.document"].sudo()
        return documents.search([("id", "in", in_scope.subselect("document_id"))])

    def _dossier_directives(self):
        for directive in self._directives():
            words = filter(None, (directive.reference, directive.abstract))
            yield Source(
                "directives",
                directive,
                " ".join(words) or directive.display_name,
                directive.attachment_ids,
                number=directive.reference,
                dated_on=directive.issued_on,
            )

    def _dossier_urging(self):
        """Papers of following and urging the inspected agencies: the requests for a
        report, and what was written to urge them."""
        return [
            *(
                self._paper_source("urging", paper)
                for paper in self.paper_ids
                if paper.state == "issued" and KIND_OF_PAPER[paper.kind] == "urging"
            ),
            *self._dossier_urges(),
        ]

    def _dossier_reports(self):
        """What the inspected agencies reported: for the inspection, and periodically
        in its window where periodic reports are kept."""
        own = self.subject_ids.report_ids.filtered(lambda one: one.state != "draft")
        for report in own.sorted("id"):
            returned = " (đã trả lại)" if report.state == "returned" else ""
            yield Source(
                "other" if returned else "reports",
                report,
                f"Báo cáo của {report.agency_id.name}{returned}",
                report.attachment_ids,
                number=report.number,
                dated_on=report.dated_on or report.sent_on,
                is_printed=not report.is_on_paper,
            )
        for report in self._periodic_reports():
            yield Source(
                "reports",
                report,
                f"{report.period_id.name} – {report.agency_id.name}",
                report.attachment_ids,
                number=report.reference,
                dated_on=report.submitted_on,
                is_printed=True,
            )

    def _periodic_reports(self):
        """The periodic reports the inspected agencies sent about the window, in sudo.

        An agency that inspects others within its fields of management does not read
        their reports: these tell of tasks in all fields.
        """
        reports = self.env.get("task.report")
        if reports is None:
            return []
        agencies = self.subject_ids.agency_id
        if self.inspector == "self":
            agencies = agencies.filtered(
                lambda agency: agency._is_within(self.inspecting_agency_id)
            )
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("agency_id", "in", agencies.ids)
            & Domain("state", "=", "submitted")
            & Domain("is_current", "=", True)
        )
        if self.scope_from:
            domain &= Domain("date_to", ">=", self.scope_from)
        if self.scope_to:
            domain &= Domain("period_id.date_from", "<=", self.scope_to)
        return reports.sudo().search(domain, order="date_to, id")

    def _dossier_findings(self):
        """Pictures and files of findings: papers on the contents of the inspection."""
        for finding in self.finding_ids.filtered("attachment_ids"):
            agency = finding.agency_id.name
            yield Source(
                "minutes",
                finding,
                f"Tài liệu kiểm tra tại {agency}: {finding.display_name}",
                finding.attachment_ids,
                dated_on=finding.found_on,
            )


class TaskInspectionItem(models.Model):
    _inherit = "task.inspection.item"

    def _bring_up_to_date(self, values):
        """Write what differs from `values`, the files as ids."""
        changed = {
            name: value
            for name, value in values.items()
            if name != "source_file_ids" and self[name] != value
        }
        if set(self.source_file_ids.ids) != set(values["source_file_ids"]):
            changed["source_file_ids"] = [fields.Command.set(values["source_file_ids"])]
        if changed:
            self.write(changed)

    def _let_go(self):
        """What they came from does not belong here any more; what somebody added to
        them stays, as added by hand."""
        kept = self.filtered("attachment_ids")
        (self - kept).unlink()
        kept.write(
            {
                "is_gathered": False,
                "is_printed": False,
                "source_model": False,
                "source_id": False,
                "source_file_ids": [fields.Command.clear()],
            }
        )
