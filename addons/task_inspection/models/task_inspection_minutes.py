# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .task_inspection import WORKING

#: What the inspected agency's head writes to confirmed minutes.
ANSWER = frozenset(("objection", "objection_file_ids"))
#: What is entered after the leader confirmed the minutes.
LATER = ANSWER | {"reply", "signed_file_ids"}
#: While the signed scan of the minutes may still come in.
SIGNING = (*WORKING, "concluded")
#: The figures in the words of minutes.
FIGURE_WORDS = {
    "assigned": "Được giao chủ trì",
    "completed_on_time": "Hoàn thành đúng hạn, sớm hạn",
    "completed_late": "Hoàn thành quá hạn",
    "open_in_time": "Chưa hoàn thành, trong hạn",
    "open_overdue": "Chưa hoàn thành, quá hạn",
    "open_undated": "Chưa hoàn thành, không có thời hạn",
    "extended": "Được gia hạn",
    "refused": "Kết quả chưa đạt yêu cầu phải làm lại",
    "stale": "Chậm cập nhật tình hình",
    "support": "Được giao phối hợp",
}


class TaskInspectionPaper(models.Model):
    """Minutes of an inspection (Nghị định 30, Mẫu 1.9): the team's leader confirms
    them, then the inspected agency's head agrees or objects in writing; the leader may
    answer an objection, and the scan both signed is added, never replaced."""

    _inherit = "task.inspection.paper"
    begun_at = fields.Datetime(string="Begun at")
    ended_at = fields.Datetime(string="Ended at")
    answer = fields.Selection(
        [("agreed", "Agreed"), ("objected", "Objected")],
        copy=False,
        help="What the head of the inspected agency says to the minutes.",
    )
    objection = fields.Text(copy=False, help="In writing, kept with the minutes.")
    objection_file_ids = fields.Many2many(
        "ir.attachment",
        "task_inspection_paper_objection_file_rel",
        string="Files of the objection",
        copy=False,
        bypass_search_access=True,
    )
    answered_on = fields.Date(string="Answered on", copy=False)
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    reply = fields.Text(
        string="Answer to the objection", copy=False, help="The team leader's."
    )
    replied_on = fields.Date(string="Objection answered on", copy=False)
    replied_by_id = fields.Many2one(
        "res.users", string="Objection answered by", copy=False, ondelete="restrict"
    )
    signed_file_ids = fields.Many2many(
        "ir.attachment",
        "task_inspection_paper_signed_file_rel",
        string="Scan both have signed",
        copy=False,
        bypass_search_access=True,
        help="Added after both have confirmed; what is there is not replaced.",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")
    can_reply = fields.Boolean(compute="_compute_can_answer")
    can_add_signed = fields.Boolean(compute="_compute_can_answer")

    @api.constrains("begun_at", "ended_at")
    def _check_times(self):
        for paper in self:
            begun, ended = paper.begun_at, paper.ended_at
            if begun and ended and ended < begun:
                raise ValidationError(self.env._("The end is before the beginning."))
            now = fields.Datetime.now()
            if any(moment and moment > now for moment in (begun, ended)):
                raise ValidationError(
                    self.env._("Minutes are of what has taken place already.")
                )

    # -- who does what -----------------------------------------------------------------
    def _missing_of_minutes(self):
        """What minutes lack to be confirmed, in words (Mẫu 1.9)."""
        missing = []
        if not (self.begun_at and self.ended_at):
            missing.append(self.env._("when it began and ended"))
        if not (self.place or "").strip():
            missing.append(self.env._("the place"))
        if not (self.present or "").strip():
            missing.append(self.env._("who was present"))
        return missing

    def _answer_refusal(self):
        """Why the caller does not answer the minutes, or None."""
        if self.kind != "minutes" or self.state != "issued":
            return UserError(self.env._("Only confirmed minutes are answered."))
        if self.answer:
            return UserError(self.env._("These minutes were answered already."))
        if self.inspection_id.state not in WORKING:
            return UserError(
                self.env._("The conclusion was handed in: minutes are closed.")
            )
        user = self.env.user
        if self.env.su or (
            self.subject_id.is_inspected
            and user.has_group("task_tracking.group_agency_head")
        ):
            return None
        return AccessError(
            self.env._("The head of the inspected agency answers the minutes.")
        )

    def _reply_refusal(self):
        """Why the caller does not answer the objection, or None."""
        if self.answer != "objected":
            return UserError(self.env._("There is no objection to answer."))
        if self.replied_on:
            return UserError(self.env._("The objection was answered already."))
        return self.inspection_id._leader_refusal()

    def _signed_refusal(self):
        """Why the caller does not add the signed scan, or None."""
        if not self.answer:
            return UserError(
                self.env._("The signed scan comes after both have confirmed.")
            )
        inspection = self.inspection_id
        if inspection.state not in SIGNING:
            return UserError(self.env._("The dossier is closed."))
        if self.env.su or inspection._is_steward() or inspection._is_on_team():
            return None
        return AccessError(self.env._("Only the team does this."))

    @api.depends_context("uid")
    @api.depends("state", "kind", "answer", "replied_on", "inspection_id.state")
    def _compute_can_answer(self):
        for paper in self:
            paper.can_answer = not paper._answer_refusal()
            paper.can_reply = not paper._reply_refusal()
            paper.can_add_signed = not paper._signed_refusal()

    def _touch_refusal(self):
        refusal = super()._touch_refusal()
        if refusal and not self._adds_files():
            return refusal
        return None

    def _adds_files(self):
        """Whether the caller puts files on these minutes now: of the objection, or
        the signed scan."""
        return not (self._answer_refusal() and self._signed_refusal())

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody begins minutes with what others say to them."""
        if not self.env.su and any(LATER & set(vals) for vals in vals_list):
            raise AccessError(
                self.env._("The head of the inspected agency answers the minutes.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """After the leader's confirmation: the objection, by the inspected agency's
        head; the reply, by the leader; the signed scan, by the team."""
        names = set(vals)
        later = names & LATER
        if self.env.su or not later:
            return super().write(vals)
        allowed, refusal_of = next(
            (those, asks)
            for those, asks in (
                (ANSWER, TaskInspectionPaper._answer_refusal),
                ({"reply"}, TaskInspectionPaper._reply_refusal),
                ({"signed_file_ids"}, TaskInspectionPaper._signed_refusal),
            )
            if later & those
        )
        if names - allowed:
            raise UserError(
                self.env._("This is entered by itself, not with anything else.")
            )
        for paper in self:
            if refusal := refusal_of(paper):
                raise refusal
        kept = {paper: paper.sudo().signed_file_ids for paper in self}
        result = super(TaskInspectionPaper, self.sudo()).write(vals)
        for paper, files in kept.items():
            if files - paper.sudo().signed_file_ids:
                raise UserError(self.env._("A signed scan is added, never replaced."))
        self._own_later_files()
        return result

    def _own_later_files(self):
        """The files of the objection and the signed scans belong to their paper.

        :raise AccessError: for a file of somebody else.
        """
        for paper in self:
            one = paper.sudo()
            files = one.objection_file_ids | one.signed_file_ids
            loose = files.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": paper._name, "res_id": paper.id})
            if any(
                (file.res_model, file.res_id) != (one._name, one.id) for file in files
            ):
                raise AccessError(
                    self.env._("Add only files that you uploaded here yourself.")
                )

    def _are_fixed(self, files):
        """The files of the objection are open until it is made; signed scans, and what
        the minutes came with, are not. Further ones are added by who adds such."""
        for paper in self._fixed_files():
            mine = files.filtered(lambda file, paper=paper: file.res_id == paper.id)
            if not paper.answer:
                mine -= paper.objection_file_ids
            if mine & paper._all_files():
                return True
            asking = paper.sudo(False)
            if mine and not (self.env.user._is_superuser() or asking._adds_files()):
                return True
        return False

    def _all_files(self):
        """Every file of the papers: theirs, of the objection, the signed scans."""
        return self.attachment_ids | self.objection_file_ids | self.signed_file_ids

    # -- the acts ----------------------------------------------------------------------
    def action_agree(self):
        """The inspected agency's head confirms the minutes as they are."""
        for paper in self:
            if (paper.objection or "").strip():
                raise UserError(
                    self.env._("An objection is written here: object, or take it out.")
                )
        return self._answer("agreed")

    def action_object(self):
        """The inspected agency's head objects, in writing (`objection`, written here
        before or with this act, with `objection_file_ids`)."""
        for paper in self:
            if refusal := paper._answer_refusal():
                raise refusal
            if not (paper.objection or "").strip():
                raise UserError(self.env._("Write the objection first."))
        return self._answer("objected")

    def _answer(self, answer):
        self._lock()
        for paper in self:
            if refusal := paper._answer_refusal():
                raise refusal
            paper.sudo().write(
                {
                    "answer": answer,
                    "answered_on": paper.company_id._task_today(),
                    "answered_by_id": self.env.uid,
                }
            )
            paper._tell(paper.sudo().subject_id._team_users())
        return True

    def action_reply(self):
        """The team's leader answers the objection in writing (`reply`); both stand.

        :raise AccessError: if the caller does not lead the team.
        """
        self._lock()
        for paper in self:
            if refusal := paper._reply_refusal():
                raise refusal
            if not (paper.reply or "").strip():
                raise UserError(self.env._("Write the answer first."))
            paper.sudo().write(
                {
                    "replied_on": paper.company_id._task_today(),
                    "replied_by_id": self.env.uid,
                }
            )
            paper._tell(paper.sudo().subject_id.agency_id._task_heirs().task_user_ids)
        return True


class TaskInspectionSubject(models.Model):
    """Minutes begun with what is known of the inspected agency."""

    _inherit = "task.inspection.subject"

    def action_make_minutes(self):
        """Begin minutes at this agency and open them.

        :raise AccessError: if the caller is not on the team.
        """
        self.ensure_one()
        if refusal := self.inspection_id._work_refusal():
            raise refusal
        minutes = self.env["task.inspection.paper"].create(
            {
                "inspection_id": self.inspection_id.id,
                "subject_id": self.id,
                "kind": "minutes",
                "abstract": self._minutes_abstract(),
                "present": self._minutes_present(),
                "body": self._minutes_body(),
            }
        )
        return minutes._get_records_action()

    # Vietnamese from here on: the wording of a legal paper (Nghị định 30, Mẫu 1.9)
    def _minutes_abstract(self):
        return f"Làm việc với {self.sudo().agency_id.name}"

    def _minutes_present(self):
        """Who is there as far as known, one a line: the inspected, then the team."""
        one = self.sudo()
        body = one.inspection_id.body_name or "Đoàn kiểm tra"
        lines = [f"Đại diện {one.agency_id.name}: "]
        for member in one.inspection_id._standing_members():
            words = (member.display_name, member.position)
            lines.append(f"{body}: {', '.join(filter(None, words))}")
        if one.inspection_id.conductor_id:
            lines.append(f"Người kiểm tra: {one.inspection_id.conductor_id.name}")
        return "\n".join(lines)

    def _minutes_body(self):
        """The contents inspected, the figures as taken, the agency's findings."""
        one = self.sudo()
        lines = ["1. Nội dung kiểm tra:"]
        lines += [f"- {content.name}" for content in one.inspection_id.content_ids]
        if one.figures:
            lines.append(
                "2. Tình hình, kết quả thực hiện nhiệm vụ (theo số liệu đến ngày"
                f" {one.figures_on:%d/%m/%Y}):"
            )
            ids = one.figures["ids"]
            lines += [
                f"- {words}: {len(ids.get(code, ()))}"
                for code, words in FIGURE_WORDS.items()
            ]
        else:
            lines.append("2. Tình hình, kết quả thực hiện nhiệm vụ:")
        lines.append("3. Kết quả kiểm tra:")
        lines += [f"- {line}" for line in one.finding_ids.mapped("text")]
        lines.append("4. Ý kiến của cơ quan, đơn vị được kiểm tra:")
        return "\n".join(lines)
