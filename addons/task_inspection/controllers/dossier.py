# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
import os
import tempfile
from functools import partial

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request

from ..logic import dossier_zip

_logger = logging.getLogger(__name__)
# No id of PostgreSQL is greater.
ID_MAX = 2**31 - 1


class Dossier(http.Controller):
    """The dossier's files: what is not there and what is not the reader's look the
    same, not found."""

    @http.route(
        "/task/inspection/<int:inspection_id>/dossier.zip",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def dossier(self, inspection_id):
        """Download the ZIP of a dossier: as it was closed, or as it stands."""
        inspection = self._readable(inspection_id)
        name = dossier_zip.safe_name(inspection._dossier_name(), ".zip")
        return _stream(inspection._open_dossier(), name, "application/zip")

    @http.route(
        "/task/inspection/item/<int:item_id>/<int:file_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def file(self, item_id, file_id):
        """Download one file of an entry, while the dossier is open; of a closed one
        the ZIP alone is what was closed."""
        item = request.env["task.inspection.item"].sudo().browse(_known(item_id))
        item = item.exists()
        if not item or item.inspection_id.state == "closed":
            raise request.not_found()
        self._readable(item.inspection_id.id)
        file = item._files() & item.env["ir.attachment"].browse(_known(file_id))
        if not file or not item._in_scope():
            raise request.not_found()
        called = file._packed_name()
        ending = dossier_zip.ending_of(called)
        name = dossier_zip.safe_name(dossier_zip.stem_of(called), ending)
        # never shown as a page: a file of somebody else may hold scripts
        return _stream(file._open_content(), name, "application/octet-stream")

    @http.route(
        "/task/inspection/uninstall/<int:wizard_id>/dossiers.zip",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def all_dossiers(self, wizard_id):
        """Download every dossier before the addon is uninstalled: see
        `base.module.uninstall`."""
        wizard = request.env["base.module.uninstall"].browse(_known(wizard_id))
        if not wizard.has_access("read") or not wizard.exists():
            raise request.not_found()
        if not wizard._may_take_dossiers():
            raise request.not_found()
        inspections = wizard._inspections_with_dossier()
        _logger.info(
            "user %s takes the dossiers of %s before uninstalling",
            request.env.uid,
            inspections,
        )
        file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
        try:
            dossier_zip.write_collection(
                file,
                (
                    (one._dossier_name(), partial(_open_next, one))
                    for one in inspections
                ),
            )
        except BaseException:
            file.close()
            raise
        return _stream(file, "Hồ sơ kiểm tra.zip", "application/zip")

    def _readable(self, inspection_id):
        inspection = request.env["task.inspection"].browse(_known(inspection_id))
        inspection = inspection.exists()
        # asked before any field is read: what is not the reader's is not found
        if not inspection or not inspection._reads_dossier():
            raise request.not_found()
        if not inspection.can_download:
            raise request.not_found()
        return inspection


def _known(record_id):
    return min(record_id, ID_MAX)


def _open_next(inspection):
    """The dossier's ZIP; what was read of one is not kept for the next."""
    inspection.env.invalidate_all()
    return inspection._open_dossier()


def _stream(file, name, kind):
    """Return the download of an open file, piece by piece; the response closes it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    response = request.make_response(
        wrap_file(request.httprequest.environ, file),
        headers=[
            ("Content-Type", kind),
            ("Content-Length", size),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
    )
    response.direct_passthrough = True
    return response
