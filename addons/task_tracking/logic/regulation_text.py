# SPDX-License-Identifier: LGPL-3.0-or-later
"""The full text of a regulation, taken apart into its articles. Plain Python, no Odoo.

A Vietnamese regulation is chapters (Chương), in some sections (Mục), then articles
(Điều), numbered through the whole text. Usually a decision (Quyết định) promulgates
it and has articles of its own before it.
"""

import re
import unicodedata
from dataclasses import dataclass

_CHAPTER = re.compile(r"(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d+)\b\s*[.:]?\s*(.*)")
_SECTION = re.compile(r"(?:Mục|MỤC)\s+([IVXLC]+|\d+)\b\s*[.:]?\s*(.*)")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(\d+)\s*[.:]\s*(.*)")
_ANNEX = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?:\s+(?:[IVXLC]+|\d+))?\s*[.:]?\s*(.*)")
#: Who signs, in whose name, and to whom copies go: the end of a text.
_SIGNED = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\.|(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|GIÁM ĐỐC|PHÓ GIÁM ĐỐC"
    r"|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỦ TƯỚNG|ỦY BAN NHÂN DÂN)\b|Nơi nhận\s*:)"
)
_REFERENCE = re.compile(r"\bĐiều\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: where it stands, its number, heading and text (without heading)."""

    number: int
    title: str
    text: str
    chapter: str = ""
    section: str = ""


def normalise(text):
    """`text` in composed Unicode, one kind of space, no space at the ends of lines."""
    lines = unicodedata.normalize("NFC", text).replace("\ufeff", "").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def article_number(reference):
    """The number N of the first "Điều N" in a reference; 0 if it names none.

    >>> article_number("Điểm a khoản 1 Điều 6")
    6
    """
    found = _REFERENCE.search(unicodedata.normalize("NFC", reference or ""))
    return int(found[1]) if found else 0


def parse(text):
    """The articles of the regulation in `text`, in their order.

    The articles of the decision that promulgates it, recognised by their numbers
    starting again at 1, are left out: they limit nothing and would stand beside the
    regulation's own under the same numbers. So are signatures with what follows
    them, and everything from the first annex (Phụ lục) on. A number the text skips
    stays skipped.
    """
    articles = []
    chapter = section = ""
    heading = None  # what the lines of now belong to: chapter, section, article, None
    for line in filter(None, normalise(text).splitlines()):
        if found := _CHAPTER.fullmatch(line):
            chapter, section = _headed(f"Chương {found[1]}.", found[2]), ""
            heading = "chapter"
        elif found := _SECTION.fullmatch(line):
            section = _headed(f"Mục {found[1]}.", found[2])
            heading = "section"
        elif found := _ARTICLE.fullmatch(line):
            if found[1] == "1":
                articles.clear()
            articles.append([int(found[1]), found[2], [], chapter, section])
            heading = "article"
        elif articles and _is_annex(line):
            break
        elif heading == "chapter":
            chapter = _headed(chapter, line)
        elif heading == "section":
            section = _headed(section, line)
        elif heading == "article" and _SIGNED.match(line) and _is_loud(line):
            heading = None
        elif heading == "article":
            articles[-1][2].append(line)
    return [
        Article(number, title, "\n".join(lines), chapter, section)
        for number, title, lines, chapter, section in articles
    ]


def _headed(*words):
    """A heading grown by the next of its lines: "Chương I. NHỮNG QUY ĐỊNH CHUNG"."""
    return " ".join(filter(None, words))


def _is_annex(line):
    """Whether a line is the heading of an annex, and not words about one."""
    found = _ANNEX.fullmatch(line)
    return bool(found) and (not found[1] or found[1].isupper())


def _is_loud(line):
    """Whether a line is set as a signature is: capitals alone, or the copies' list."""
    return line.isupper() or line.startswith("Nơi nhận")
