# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
import tempfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..logic import dossier_zip

_logger = logging.getLogger(__name__)
#: The states an inspection has a dossier in.
WITH_DOSSIER = ("issued", "ended", "concluded", "closed")


class TaskInspection(models.Model):
    """The dossier: what it still lacks, who reads it, how it is closed and kept."""

    _inherit = "task.inspection"

    missing_item_names = fields.Text(
        string="Missing in the dossier", compute="_compute_missing_items"
    )
    dossier_overview = fields.Json(compute="_compute_missing_items")
    is_altered = fields.Boolean(
        string="Dossier altered",
        compute="_compute_is_altered",
        help="The file of the closed dossier is not the one that was closed.",
    )
    can_gather = fields.Boolean(compute="_compute_can_dossier")
    can_download = fields.Boolean(compute="_compute_can_dossier")

    # -- what is missing ---------------------------------------------------------------
    def _missing_items(self):
        """What the regulation wants in the dossier and is not there: pairs of the
        kind (prescription) and words. Nothing where it only offers a dossier.

        A kind that is required needs something of it; what is known to exist (“nếu
        có”) must be in it with a file.
        """
        self.ensure_one()
        one, missing = self.sudo(), []
        entries = one.item_ids.grouped("prescription_id")
        for kind in one._dossier_kinds():
            if kind.requirement not in ("required", "if_any"):
                continue
            items = entries.get(kind, one.item_ids.browse())
            empty = items.filtered("is_empty")
            if (
                items != empty
                or kind.requirement == "if_any"
                or not one._asks_for(kind)
            ):
                missing += [(kind, f"{kind.name}: {item.name}") for item in empty]
            else:
                missing.append((kind, kind.name))
        return missing

    def _asks_for(self, kind):
        """Whether this inspection can have the required `kind` at all, and nothing
        else stands in its place."""
        if kind.code not in ("decision", "plan"):
            return True
        if self.inspector == "self" and not self.has_team:
            # an agency inspects itself without a decision (BG Đ19.1, KT Đ15.2b)
            return False
        # “Kế hoạch kiểm tra (hoặc văn bản có ý kiến chỉ đạo …)”: without a team the
        # instruction is among the decisions
        return kind.code == "decision" or not self.paper_ids.filtered(
            lambda paper: paper.kind == "instruction" and paper.state == "issued"
        )

    @api.depends_context("uid")
    @api.depends(
        "state",
        "has_team",
        "item_ids.prescription_id",
        "item_ids.attachment_ids",
        "item_ids.source_file_ids",
    )
    def _compute_missing_items(self):
        read = self._with_dossier_read()
        for one in self:
            if one.state not in WITH_DOSSIER or one._origin not in read:
                one.missing_item_names = one.dossier_overview = False
                continue
            missing = one._missing_items() if one.state != "closed" else []
            one.missing_item_names = "\n".join(f"– {words}" for _kind, words in missing)
            one.dossier_overview = one._overview({kind for kind, _words in missing})

    def _overview(self, lacking):
        """Of each kind, in the text's order: what the screen shows."""
        entries = self.sudo().item_ids.grouped("prescription_id")
        labels = dict(
            self.env["task.inspection.prescription"]
            ._fields["requirement"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": kind.id,
                "code": kind.code,
                "name": kind.name,
                "article": kind.article or "",
                "requirement": labels.get(kind.requirement, ""),
                "count": len(entries.get(kind, ())),
                "is_missing": kind in lacking,
            }
            for kind in self._dossier_kinds()
        ]

    # -- who reads it ------------------------------------------------------------------
    def _reads_dossier(self):
        """Whether the caller reads all of this dossier: the Office and the leaders;
        the inspecting agency; the team until it is closed. Never the inspected."""
        self.ensure_one()
        return self.env.su or bool(self._with_dossier_read())

    def _with_dossier_read(self):
        """Those of the inspections whose dossier the caller reads (`_reads_dossier`),
        in as many queries for one as for all."""
        readable = self._origin._filtered_access("read")
        if self.env.su or self.env.user._task_is_office_or_leader():
            return readable
        found = Domain("id", "in", readable.ids) & self._dossier_domain()
        return self.sudo().search(found).sudo(False)

    @api.depends_context("uid")
    @api.depends("state", "member_ids.user_id", "inspecting_agency_id")
    def _compute_can_dossier(self):
        read = self._with_dossier_read()
        for one in self:
            kept = one.state in WITH_DOSSIER
            one.can_gather = kept and not one._gather_refusal()
            one.can_download = kept and one._origin in read

    # -- closing -----------------------------------------------------------------------
    def action_close(self, reason=None):
        """Close the dossier: it is complete, or `reason` is kept; from now on nothing
        of it is changed, and its ZIP is kept with its SHA-256.

        :param reason: why it is closed though something the text wants is missing.
        :raise AccessError: if the caller does not close it (`_close_refusal`).
        :raise UserError: naming what is missing, if no reason is given.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._close_refusal():
            raise refusal
        self._gather()
        missing = self._missing_items()
        reason = (reason or "").strip()
        if missing and not reason:
            raise UserError(
                self.env._(
                    "The dossier is not complete. Add what is missing, or write why it"
                    " is closed without:\n%(missing)s",
                    missing="\n".join(f"– {words}" for _kind, words in missing),
                )
            )
        self.sudo().write(
            {
                "state": "closed",
                "closed_on": self.company_id._task_today(),
                "close_reason": reason if missing else False,
            }
        )
        self._keep_dossier()
        return True

    def _keep_dossier(self):
        """Make the ZIP of what was just closed and keep it; the digest is also told in
        the chatter, where it stays should somebody change the field."""
        one = self.sudo()
        with tempfile.TemporaryFile() as file:
            one._pack(file)
            file.seek(0)
            digest = dossier_zip.digest_of(file)
            archive = self.env["ir.attachment"]._keep_archive(one, file)
        one.write({"archive_id": archive.id, "digest": digest})
        one._message_log(
            body=self.env._(
                "The dossier was closed. Check code (SHA-256): %(digest)s",
                digest=digest,
            )
        )

    # -- what was closed ---------------------------------------------------------------
    def _altered(self):
        """Whether the kept ZIP is gone, or not the one that was closed."""
        self.ensure_one()
        one = self.sudo()
        if one.state != "closed":
            return False
        try:
            with one.archive_id._open_content() as file:
                return dossier_zip.digest_of(file) != one.digest
        except (OSError, UserError):
            _logger.warning(
                "the closed dossier of %s cannot be read", one, exc_info=True
            )
            return True

    @api.depends_context("uid")
    @api.depends("state", "digest")
    def _compute_is_altered(self):
        read = self._with_dossier_read()
        for one in self:
            one.is_altered = one._origin in read and one._altered()

    # -- giving it out -----------------------------------------------------------------
    def action_download_dossier(self):
        """Download the dossier's ZIP: the one that was closed, or as it stands now."""
        self.ensure_one()
        if self.can_gather:
            self._gather()
        return {
            "type": "ir.actions.act_url",
            "url": f"/task/inspection/{self.id}/dossier.zip",
            # A download leaves the page as it is; a new window may be blocked.
            "target": "self",
        }

    def _dossier_name(self):
        """The name of the ZIP, without its ending."""
        self.ensure_one()
        words = f"Hồ sơ kiểm tra {self.issued_on:%Y-%m-%d} {self.name}"
        return words if self.state == "closed" else f"(chưa đóng) {words}"

    def _open_dossier(self):
        """The dossier's ZIP open for reading, which the caller closes; whoever calls
        has checked that the reader reads it (`_reads_dossier`).

        :raise UserError: if the file of a closed dossier is gone.
        """
        self.ensure_one()
        one = self.sudo()
        if one.state == "closed":
            return one.archive_id._open_content()
        file = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller closes it
        try:
            one._pack(file)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file
