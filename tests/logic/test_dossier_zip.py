# SPDX-License-Identifier: LGPL-3.0-or-later
"""The ZIP of a dossier: names every system takes, equal bytes, nothing in memory."""

import importlib
import io
import json
import sys
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).resolve().parents[2] / "addons" / "task_inspection"
# a package of its own name: `logic` is task_tracking's here
package = ModuleType("task_inspection_logic")
package.__path__ = [str(ADDON / "logic")]
sys.modules["task_inspection_logic"] = package
dz = importlib.import_module("task_inspection_logic.dossier_zip")

anything = st.text(st.characters(), max_size=300)


def file(name="scan.pdf", content=b"content"):
    return dz.File(name, dz.opener(content))


def dossier(*kinds, about=None):
    target = io.BytesIO()
    packed = dz.write_dossier(target, kinds, about or {}, lambda packed: b"%PDF index")
    return ZipFile(target), packed


@given(anything, st.sampled_from(["", ".pdf", ".docx", ".a1b2c3d4"]))
def test_any_text_is_a_name(text, ending):
    """No reserved sign, no space or dot at the end, not too long, never empty."""
    name = dz.safe_name(text, ending)
    assert name.endswith(ending)
    stem = name.removesuffix(ending)
    assert stem
    assert stem.strip() == stem
    assert not stem.endswith(".")
    assert not any(
        sign in '<>:"/\\|?*' or unicodedata.category(sign)[0] == "C" for sign in name
    )
    assert len(name.encode("utf-16-le")) <= 2 * dz.PART_MAX
    assert len(name.encode()) <= dz.PART_BYTES_MAX
    assert stem.split(".")[0].strip().upper() not in ("CON", "NUL", "AUX", "COM1")


@given(anything, st.lists(anything, min_size=1, max_size=5))
def test_no_two_files_alike(name, files):
    """Each file has a place of its own, also where cases are not told apart, and
    lies in a folder directly below the ZIP."""
    kind = dz.Kind("Loại", entries=(dz.Entry(name, files=tuple(map(file, files))),))
    paths = [path for *_rest, path in dz.placed([kind, kind])]
    assert len(paths) == 2 * len(files)
    folded = {unicodedata.normalize("NFC", path.casefold()) for path in paths[::2]}
    assert len(folded) == len(paths[::2])
    assert all(path.count("/") == 1 for path in paths)
    assert all(path.startswith(("01. Loại/", "02. Loại/")) for path in paths)


@given(anything)
def test_a_name_stays(text):
    """What is a name already is not changed."""
    name = dz.safe_name(text)
    assert dz.safe_name(name) == name


def test_readable_names():
    kind = dz.Kind(
        "Quyết định kiểm tra",
        entries=(dz.Entry("Quyết định 12/QĐ-UBND", files=(file("Scan 001.PDF"),)),),
    )
    archive, _packed = dossier(kind)
    assert archive.namelist() == [
        "01. Quyết định kiểm tra/01. Quyết định 12-QĐ-UBND.pdf",
        "Mục lục hồ sơ.pdf",
        "muc-luc.json",
    ]
    assert archive.testzip() is None


def test_duplicates_are_numbered():
    entry = dz.Entry(
        "Biên bản", files=(file("ảnh.jpg"), file("Ảnh.JPG"), file("b.jpg"))
    )
    names = [path for *_rest, path in dz.placed([dz.Kind("K", entries=(entry,))])]
    assert names == [
        "01. K/01. Biên bản – ảnh.jpg",
        "01. K/01. Biên bản – Ảnh (2).jpg",
        "01. K/01. Biên bản – b.jpg",
    ]


def test_long_names():
    """200 letters are cut; the ending and the mark of a duplicate stay."""
    entry = dz.Entry("ế" * 200, files=(file("ệ" * 200 + ".pdf"),) * 2)
    names = [path for *_rest, path in dz.placed([dz.Kind("ồ" * 200, entries=(entry,))])]
    assert names[0].endswith(".pdf")
    assert names[1].endswith(" (2).pdf")
    for name in names:
        for part in name.split("/"):
            assert len(part) <= 120
            assert len(part.encode()) <= 240


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("console", "console"),
        ("  a \t b. . ", "a b"),
        ("...", "Không tên"),
        ("Báo cáo: số 5? <mật>", "Báo cáo- số 5- -mật-"),
        ("a\u202egpj.exe", "a-gpj.exe"),
        (unicodedata.normalize("NFD", "Biên bản"), "Biên bản"),
    ],
)
def test_names(text, name):
    assert dz.safe_name(text) == name


def test_equal_dossiers_are_equal_bytes():
    kind = dz.Kind("K", entries=(dz.Entry("E", files=(file(content=b"x" * 9999),)),))
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        dz.write_dossier(target, [kind], {"name": "Đợt"}, lambda packed: b"index")
    assert first.getvalue() == second.getvalue()


def test_manifest():
    """It tells path, size and SHA-256 of each file, and entries without a file."""
    kind = dz.Kind(
        "Quyết định",
        "Khoản 1 Điều 17",
        "required",
        (
            dz.Entry("E", "12/QĐ", date(2026, 4, 1), (file(content=b"abc"),)),
            dz.Entry("Không có tệp"),
        ),
    )
    archive, packed = dossier(kind, about={"name": "Đợt 1"})
    manifest = json.loads(archive.read("muc-luc.json"))
    assert manifest["about"] == {"name": "Đợt 1"}
    first, second = manifest["kinds"][0]["entries"]
    assert first["files"] == [
        {
            "path": "01. Quyết định/01. E.pdf",
            "size": 3,
            "sha256": sha256(b"abc").hexdigest(),
            "pages": None,
        }
    ]
    assert (first["date"], first["number"]) == ("2026-04-01", "12/QĐ")
    assert second["files"] == []
    assert packed[0].digest == sha256(b"abc").hexdigest()


def test_pages_of_pdfs_are_counted():
    """Of PDFs only, whatever the case of their ending; from the file's beginning."""
    names = ("a.pdf", "b.PDF", "c.docx")
    entries = tuple(dz.Entry(name, files=(file(name, b"abc"),)) for name in names)
    packed = dz.write_dossier(
        io.BytesIO(),
        [dz.Kind("K", entries=entries)],
        {},
        lambda packed: b"index",
        lambda content: len(content.getvalue()),
    )
    assert [one.pages for one in packed] == [3, 3, None]


def test_files_are_read_in_pieces():
    """A large file is never in memory as a whole."""

    class Large(io.RawIOBase):
        left, asked = 30 << 20, []

        def readable(self):
            return True

        def read(self, size=-1):
            self.asked.append(size)
            size = min(size, self.left)
            self.left -= size
            return b"\0" * size

    large = Large()
    kind = dz.Kind(
        "K", entries=(dz.Entry("E", files=(dz.File("a.bin", lambda: large),)),)
    )
    _archive, packed = dossier(kind)
    assert packed[0].size == 30 << 20
    assert set(large.asked) == {dz.PIECE}


def test_collection():
    """Several dossiers in one ZIP, each opens again."""
    inner = io.BytesIO()
    dz.write_dossier(inner, [], {}, lambda packed: b"index")
    target = io.BytesIO()
    one = ("Kiểm tra 1/2026", dz.opener(inner.getvalue()))
    dz.write_collection(target, [one, one])
    archive = ZipFile(target)
    assert archive.namelist() == [
        "01. Kiểm tra 1-2026.zip",
        "02. Kiểm tra 1-2026.zip",
    ]
    with archive.open("01. Kiểm tra 1-2026.zip") as file_:
        assert ZipFile(io.BytesIO(file_.read())).namelist()[0] == "Mục lục hồ sơ.pdf"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (1024, "1,0 KB"),
        (25 << 20, "25,0 MB"),
        (1 << 31, "2048,0 MB"),
    ],
)
def test_sizes(size, words):
    assert dz.size_words(size) == words
