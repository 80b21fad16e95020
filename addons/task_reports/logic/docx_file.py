# SPDX-License-Identifier: LGPL-3.0-or-later
"""A DOCX file as an archive: what is let in.

A file that comes from outside is refused here before any library opens it: what is not
a plain Word document (macros, embedded objects, links to other files, fields that
fetch), what unpacks to more than a document needs, and what is damaged.
"""

import io
import zipfile
import zlib

from lxml import etree

from odoo.addons.task_tracking.logic.docx_layout import TYPES_PART

from .docx_problem import TemplateProblem

#: Bytes of the file, of everything in it unpacked, of one XML part; number of parts.
FILE_MAX = 5 * 1024 * 1024
UNPACKED_MAX = 30 * 1024 * 1024
PART_MAX = 4 * 1024 * 1024
PARTS_MAX = 300

MAIN_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
TEMPLATE_TYPE = MAIN_TYPE.replace("document.main", "template.main")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Endings of the parts of a plain document: text, pictures, fonts.
ENDINGS = frozenset(
    ("xml", "rels", "png", "jpg", "jpeg", "gif", "bmp", "tiff", "emf", "wmf", "odttf")
)
#: Relationships to a part that runs or holds a file of another kind.
FOREIGN = (
    "vbaProject",
    "wordVbaData",
    "oleObject",
    "package",
    "control",
    "activeXControlBinary",
    "aFChunk",
    "subDocument",
    "attachedTemplate",
    "attachedToolbars",
    "keyMapCustomizations",
    "mailMergeSource",
    "frame",
)
#: Fields that only tell something of the document itself.
FIELDS = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "REF", "NOTEREF"),
        *("STYLEREF", "SEQ", "TOC", "TC", "XE", "INDEX", "TITLE", "SUBJECT", "AUTHOR"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "FILENAME", "="),
        *("NUMWORDS", "NUMCHARS", "SYMBOL", "HYPERLINK"),
    )
)


def checked_parts(content):
    """Return {name: lxml root} of the XML parts of a DOCX.

    :param content: the file, bytes.
    :raise TemplateProblem: if it is not a plain Word document.
    """
    if len(content) > FILE_MAX:
        raise TemplateProblem("too_big", limit=FILE_MAX)
    # .doc, or a .docx with a password, which Word packs into the same old format
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TemplateProblem("old_word")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unpacked(archive)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError):
        raise TemplateProblem("not_docx") from None
    except (RuntimeError, ValueError, IndexError, KeyError):
        # a password; nonsense in the archive's directory
        raise TemplateProblem("not_docx") from None
    roots = {
        name: _parsed(name, part)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    _check_types(roots)
    for name, root in roots.items():
        if name.endswith(".rels"):
            _check_relations(root)
        else:
            _check_fields(root)
    return roots


def _unpacked(archive):
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > PARTS_MAX:
        raise TemplateProblem("bomb", limit=UNPACKED_MAX)
    # The directory's sizes are kept to: zipfile reads no byte more than they say.
    if sum(one.file_size for one in entries) > UNPACKED_MAX:
        raise TemplateProblem("bomb", limit=UNPACKED_MAX)
    names = [one.filename for one in entries]
    if TYPES_PART not in names or len({name.lower() for name in names}) != len(names):
        raise TemplateProblem("not_docx")
    parts = {}
    for one in entries:
        name = one.filename
        ending = name.rpartition(".")[2].lower()
        if "vba" in name.lower():
            raise TemplateProblem("macros")
        if ending not in ENDINGS:
            raise TemplateProblem("foreign", name=name)
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise TemplateProblem("not_docx")
        if ending in ("xml", "rels") and one.file_size > PART_MAX:
            raise TemplateProblem("bomb", limit=PART_MAX)
        parts[name] = archive.read(one)
    return parts


def _parsed(name, part):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise TemplateProblem("damaged", name=name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateProblem("damaged", name=name)
    return root


def _check_types(roots):
    found = {node.get("ContentType", "") for node in roots[TYPES_PART]}
    if any("macroEnabled" in one or "vbaProject" in one for one in found):
        raise TemplateProblem("macros")
    if MAIN_TYPE not in found:
        raise TemplateProblem("dotx" if TEMPLATE_TYPE in found else "not_docx")
    root = roots.get(main_part(roots))
    if root is None or root.tag != f"{W}document":
        raise TemplateProblem("not_docx")


def main_part(roots):
    """Return the name of the part that is the document itself, empty if none."""
    for relation in roots.get("_rels/.rels", ()):
        if relation.get("Type", "").endswith("/relationships/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return ""


def _check_relations(root):
    for relation in root:
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if kind in FOREIGN:
            raise TemplateProblem("foreign", name=target)
        if relation.get("TargetMode", "Internal") != "Internal" or "://" in target:
            raise TemplateProblem("external", target=target)


def _check_fields(root):
    for node in root.iter(f"{W}fldSimple"):
        _check_field(node.get(f"{W}instr", ""))
    # A field may be told in pieces, and hold another field.
    open_fields = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            if not open_fields:
                raise TemplateProblem("field", name=(node.text or "").strip())
            open_fields[-1] += node.text or ""
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append("")
        elif kind == "separate" and open_fields:
            _check_field(open_fields[-1])
        elif kind == "end" and open_fields:
            _check_field(open_fields.pop())


def _check_field(instruction):
    words = instruction.split()
    name = "=" if instruction.lstrip().startswith("=") else (words or [""])[0].upper()
    if name not in FIELDS:
        raise TemplateProblem("field", name=instruction.strip()[:80])
