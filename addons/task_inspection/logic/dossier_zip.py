# SPDX-License-Identifier: LGPL-3.0-or-later
"""The dossier of an inspection as a ZIP: readable names, equal dossiers equal bytes.

Plain Python, no Odoo. Files are copied piece by piece, so that memory does not grow
with them. Names are Vietnamese and safe wherever the ZIP is unpacked.
"""

import contextlib
import io
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

INDEX_NAME = "Mục lục hồ sơ.pdf"
MANIFEST_NAME = "muc-luc.json"
#: The longest name of a file or folder, in UTF-16 units as Windows counts: a folder and
#: a file of it stay below Windows' limit of a path.
PART_MAX = 120
#: The same in bytes of UTF-8: other systems allow 255.
PART_BYTES_MAX = 240
#: What no name on Windows may hold.
RESERVED = frozenset('<>:"/\\|?*')
#: Names of devices, whatever follows after a dot.
DEVICES = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)",
    re.IGNORECASE,
)
ENDING = re.compile(r"\.[a-z0-9]{1,8}")
#: Compressed already: tried again, they only take time.
COMPRESSED = frozenset((".zip", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".mp4"))
#: Equal dossiers are equal bytes: the day of a file is in the index.
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20
NAMELESS = "Không tên"


@dataclass(frozen=True)
class File:
    """One file. `name`: as it was called; `open`: a function that gives it open for
    reading bytes, a context manager."""

    name: str
    open: Callable


@dataclass(frozen=True)
class Entry:
    """One paper of the dossier and its files; it may have none."""

    name: str
    number: str = ""
    dated_on: date | None = None
    files: tuple = ()


@dataclass(frozen=True)
class Kind:
    """One kind of papers, with its article and requirement, and the entries of it."""

    name: str
    article: str = ""
    requirement: str = ""
    entries: tuple = ()


@dataclass(frozen=True)
class Packed:
    """A file as it lies in the ZIP: where, how large in bytes, its SHA-256, and how
    many pages it has: None where that is not known."""

    kind: Kind
    entry: Entry
    path: str
    size: int
    digest: str
    pages: int | None = None


# -- names -----------------------------------------------------------------------------
def safe_name(text, ending=""):
    """Return `text` as the name of a file or folder that every system takes.

    At most PART_MAX units and PART_BYTES_MAX bytes with its ending, never empty.

    :param ending: kept whole, with its dot, of at most 9 signs.
    """
    text = unicodedata.normalize("NFC", text)
    text = "".join("-" if _is_unsafe(sign) else sign for sign in text)
    text = " ".join(text.split()).rstrip(". ")
    if not text:
        text = NAMELESS
    if DEVICES.match(text):
        text = f"_{text}"
    while not _fits(text + ending):
        text = text[:-1].rstrip(". ")
    return text + ending


def _is_unsafe(sign):
    """Control signs, those that show nothing or turn the line, half surrogates."""
    return sign in RESERVED or (
        unicodedata.category(sign)[0] == "C" and not sign.isspace()
    )


def _fits(name):
    units = len(name.encode("utf-16-le")) // 2
    return units <= PART_MAX and len(name.encode()) <= PART_BYTES_MAX


def ending_of(name):
    """Return the ending of a file's name, in small letters with its dot, or ""."""
    _stem, dot, last = name.rpartition(".")
    ending = f".{last}".lower()
    return ending if dot and ENDING.fullmatch(ending) else ""


def stem_of(name):
    """Return a file's name without its ending."""
    ending = ending_of(name)
    return name[: -len(ending)] if ending else name


def _folded(name):
    # as file systems compare that do not tell cases or compositions apart
    return unicodedata.normalize("NFC", name.casefold())


def _unused(name, used):
    """Return `name`, with a number where its folder has one of that name."""
    ending = ending_of(name)
    stem, count, found = stem_of(name), 1, name
    while _folded(found) in used:
        count += 1
        mark = f" ({count})"
        short = stem
        while not _fits(short + mark + ending):
            short = short[:-1]
        found = f"{short.rstrip('. ')}{mark}{ending}"
    used.add(_folded(found))
    return found


def placed(kinds):
    """Yield (kind, entry, file, path) of every file, in the order of the kinds.

    A folder for each kind that has files, numbered as the text numbers the kinds; each
    file named after its entry, with its own name where the entry has several.
    """
    for place, kind in enumerate(kinds, 1):
        folder, used = safe_name(f"{place:02}. {kind.name}"), set()
        for number, entry in enumerate(kind.entries, 1):
            title = f"{number:02}. {entry.name}"
            for file in entry.files:
                words = title
                if len(entry.files) > 1:
                    # both are told where both fit
                    words = f"{title[: PART_MAX // 2]} – {stem_of(file.name)}"
                name = _unused(safe_name(words, ending_of(file.name)), used)
                yield kind, entry, file, f"{folder}/{name}"


# -- the ZIP ---------------------------------------------------------------------------
def write_dossier(target, kinds, about, index, count_pages=None):
    """Write the ZIP: the files, their index and a manifest in JSON.

    :param target: a file open for binary writing.
    :param kinds: of `Kind`, in the text's order.
    :param about: what the manifest tells of the dossier, a dict of plain values.
    :param index: called with the list of `Packed`, gives the bytes of the index' PDF.
    :param count_pages: called with an open PDF, gives its number of pages or None.
    :return: the list of `Packed`.
    """
    packed = []
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for kind, entry, file, path in placed(kinds):
            with file.open() as content:
                size, digest = add(archive, path, content)
                pages = None
                if count_pages and ending_of(path) == ".pdf":
                    pages = count_pages(content)
            packed.append(Packed(kind, entry, path, size, digest, pages))
        add(archive, INDEX_NAME, io.BytesIO(index(packed)))
        manifest = json.dumps(
            _manifest(kinds, about, packed),
            ensure_ascii=False,
            sort_keys=True,
            indent=1,
        )
        add(archive, MANIFEST_NAME, io.BytesIO(manifest.encode()))
    return packed


def add(archive, path, content):
    """Copy an open file into an open ZIP; return its (size in bytes, SHA-256)."""
    info = ZipInfo(path, FIXED_TIME)
    info.compress_type = ZIP_STORED if ending_of(path) in COMPRESSED else ZIP_DEFLATED
    # the same whatever system packs it: an ordinary file, read by everybody
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    size, digest = 0, sha256()
    # its size is not known: a dossier within dossiers may be large
    with archive.open(info, "w", force_zip64=True) as target:
        while piece := content.read(PIECE):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def write_collection(target, dossiers):
    """Write one ZIP of several dossiers, each a ZIP of its own.

    :param dossiers: pairs of a name and a function that opens its ZIP for reading.
    """
    used = set()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for number, (name, open_) in enumerate(dossiers, 1):
            path = _unused(safe_name(f"{number:02}. {name}", ".zip"), used)
            with open_() as content:
                add(archive, path, content)


def opener(content):
    """Return a function that opens `content`, bytes, as `File.open` wants it."""
    return lambda: contextlib.closing(io.BytesIO(content))


def digest_of(file):
    """Return the SHA-256 of an open file, read piece by piece."""
    digest = sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def size_words(size):
    """Return a size in bytes as a Vietnamese reads it: "950 byte", "12,4 MB"."""
    for unit, bytes_ in (("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}".replace(".", ",")
    return f"{size} byte"


def by_entry(kinds, packed):
    """Return [(kind, [(entry, [its packed files])])], kinds and entries without a file
    among them."""
    return [
        (
            kind,
            [
                # the same one: two entries may be called alike
                (entry, [one for one in packed if one.entry is entry])
                for entry in kind.entries
            ],
        )
        for kind in kinds
    ]


def _manifest(kinds, about, packed):
    return {
        "format": 1,
        "about": about,
        "kinds": [
            {
                "name": kind.name,
                "article": kind.article,
                "requirement": kind.requirement,
                "entries": [
                    {
                        "name": entry.name,
                        "number": entry.number,
                        "date": entry.dated_on.isoformat() if entry.dated_on else None,
                        "files": [
                            {
                                "path": one.path,
                                "size": one.size,
                                "sha256": one.digest,
                                "pages": one.pages,
                            }
                            for one in files
                        ],
                    }
                    for entry, files in entries
                ],
            }
            for kind, entries in by_entry(kinds, packed)
        ],
    }
