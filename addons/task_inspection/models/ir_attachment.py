# SPDX-License-Identifier: LGPL-3.0-or-later
import hashlib
import io
import os
import tempfile
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..logic import dossier_zip

#: The field of an inspection its closed dossier belongs to: readable by nobody, so
#: that the file has no URL of its own.
ARCHIVE = ("task.inspection", "archive_id")


class IrAttachment(models.Model):
    """Files as streams, and the one a closed dossier is kept in."""

    _inherit = "ir.attachment"

    def _open_content(self):
        """The content, in sudo, open for reading bytes; the caller closes it.

        :raise UserError: if it is gone from the file store.
        """
        self.ensure_one()
        one = self.sudo()
        if one.type == "url":
            return io.BytesIO((one.url or "").encode())
        if not one.store_fname:
            return io.BytesIO(one.raw or b"")
        try:
            return Path(self._full_path(one.store_fname)).open("rb")
        except OSError as error:
            raise UserError(
                self.env._("The file “%(name)s” is gone from the store.", name=one.name)
            ) from error

    def _packed_name(self):
        """What the file is called in a ZIP: of a link, its address in a text."""
        self.ensure_one()
        one = self.sudo()
        return f"{one.name}.txt" if one.type == "url" else one.name

    @api.model
    def _keep_archive(self, inspection, file):
        """Keep an open ZIP as the dossier of an inspection; Odoo's own way takes all
        of a file into memory.

        :param file: open for reading.
        :return: the attachment, in sudo; nobody reads it but through the dossier.
        """
        archive = self.sudo().create(
            {
                "name": "dossier.zip",
                "res_model": ARCHIVE[0],
                "res_id": inspection.id,
                "res_field": ARCHIVE[1],
                "mimetype": "application/zip",
            }
        )
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if self._storage() != "file":
            archive.raw = file.read()
            return archive
        # the row above is there before the file: the collector of files waits for us
        checksum = hashlib.file_digest(file, "sha1").hexdigest()
        file.seek(0)
        name = f"{checksum[:2]}/{checksum}"
        path = Path(self._full_path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as copy:
            while piece := file.read(dossier_zip.PIECE):
                copy.write(piece)
        Path(copy.name).replace(path)
        # should this transaction fail, the file is collected
        self._mark_for_gc(name)
        archive.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET store_fname = %s, checksum = %s,"
                " file_size = %s WHERE id = %s",
                name,
                checksum,
                size,
                archive.id,
            )
        )
        archive.invalidate_recordset()
        return archive

    def _check_not_fixed(self):
        """A closed dossier stays as it was closed."""
        if any((one.res_model, one.res_field) == ARCHIVE for one in self.sudo()):
            raise UserError(self.env._("A closed dossier is not changed."))
        return super()._check_not_fixed()
