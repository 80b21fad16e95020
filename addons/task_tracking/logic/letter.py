# SPDX-License-Identifier: LGPL-3.0-or-later
"""An administrative document, whatever it is printed as.

`Letter` is what a document says, `laid_out` its lines in the order of Nghị định
30/2020/NĐ-CP (Phụ lục I; Phụ lục III, Mẫu 1.2, 1.4, 1.5 and 1.9). PDF and DOCX print
those same lines, each named by its role. All text is plain: what users wrote is never
read as markup.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from .words import day_words, number_words, text_lines

#: Kind: the title, the code in the number (Phụ lục III, I).
KINDS = {
    "decision": ("QUYẾT ĐỊNH", "QĐ"),
    "report": ("BÁO CÁO", "BC"),
    "plan": ("KẾ HOẠCH", "KH"),
    "letter": ("", ""),
    "notice": ("THÔNG BÁO", "TB"),
    "minutes": ("BIÊN BẢN", "BB"),
}
#: What only some kinds have.
PARTS_OF = {
    "authority": ("decision",),
    "proposer": ("decision",),
    "addressees": ("letter", "report", "notice"),
    "signatures": ("minutes",),
}
ALIGNMENTS = ("left", "center", "right")
END = "./."
PLACE_DOTS = "…………"


# -- what a document says --------------------------------------------------------------
@dataclass(frozen=True)
class Heading:
    """A heading with its number, as one writes it.

    Level 0: part or chapter, centred; 1: "I. …", in capitals; 2: "1. …".

    :raise ValueError: for another level.
    """

    text: str
    level: int = 1

    def __post_init__(self):
        if self.level not in (0, 1, 2):
            raise ValueError("level", self.level)


@dataclass(frozen=True)
class Paragraph:
    """A text; each of its lines is a paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list, each item with a dash."""

    texts: tuple


@dataclass(frozen=True)
class Article:
    """An article of a decision: "Điều 1." and its text; with a title, the text begins
    on the next line."""

    number: int
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Table:
    """A table as wide as the text.

    heads: may be empty; rows: tuples of texts; widths: of the columns, in proportion
    to each other, equal if empty; align: of each column, "left" if empty.

    :raise ValueError: for a row, widths or alignments of another length.
    """

    heads: tuple
    rows: tuple
    widths: tuple = ()
    align: tuple = ()

    def __post_init__(self):
        for one in (self.heads, self.widths, self.align, *self.rows):
            if one and len(one) != self.columns:
                raise ValueError("columns", one)
        if not set(self.align) <= {*ALIGNMENTS}:
            raise ValueError("align", self.align)

    @property
    def columns(self):
        """How many there are."""
        return len(self.heads or self.widths or (self.rows[0] if self.rows else ()))

    @property
    def shares(self):
        """The width of each column, in percent of the text's."""
        widths = self.widths or (1,) * self.columns
        return tuple(round(100 * one / sum(widths), 2) for one in widths)

    @property
    def aligned(self):
        """The alignment of each column."""
        return self.align or ("left",) * self.columns

    @property
    def role(self):
        """What it is among the lines."""
        return "table"


@dataclass(frozen=True)
class Signature:
    """Who signs: title (a line each: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), how, name."""

    title: str
    note: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What an administrative document says; equal letters print equal files.

    kind: see `KINDS`. A "letter" (công văn) has no title and its abstract ("V/v …")
    under the number.
    number: "số, ký hiệu" without "Số:", see `number_words`.
    place, dated_on: minutes print neither (Mẫu 1.9); dots where they are not known.
    title: another one than the kind's.
    addressees: of "Kính gửi", a tuple, or a text with a line each; so are grounds
    (căn cứ, in full) and recipients (Nơi nhận, without "Như trên" and "Lưu").
    authority: who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH").
    proposer: "Theo đề nghị của …", in full.
    filed: who keeps it: "VT, TH".
    signatures: of minutes, those before the signer, who stands on the right.
    made_on: datetime the file bears.

    :raise ValueError: for an unknown kind, or a part that the kind has not.
    """

    kind: str
    issuing_body: str
    parent_body: str = ""
    number: str = ""
    place: str = ""
    dated_on: date | None = None
    title: str = ""
    abstract: str = ""
    addressees: tuple | str = ()
    authority: str = ""
    grounds: tuple | str = ()
    proposer: str = ""
    blocks: tuple = ()
    recipients: tuple | str = ()
    filed: str = ""
    signer_title: str = ""
    signer_note: str = ""
    signer_name: str = ""
    signatures: tuple = ()
    made_on: datetime | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError("kind", self.kind)
        for part, kinds in PARTS_OF.items():
            if getattr(self, part) and self.kind not in kinds:
                raise ValueError(part, self.kind)


# -- its lines -------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """A line: `lead`, bold, then text.

    role: title, rule, addressed, addressee, authority, ground, chapter, part, clause,
    text.
    """

    role: str
    text: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Layout:
    """A document as printed. Tuples of texts are lines; `lines` are `Line` and `Table`
    with texts as tuples of lines; `signatures` have tuples as title, the signer's last.
    """

    name: str
    parent_body: tuple
    issuing_body: tuple
    number: str
    about: tuple
    place_date: str
    lines: tuple
    recipients: tuple
    signatures: tuple
    is_signed_together: bool

    @property
    def signature_rows(self):
        """The signatures as they stand: up to three beside each other, else two; None
        where nobody signs. The signer is the last, on the right."""
        *others, signer = self.signatures
        columns = len(self.signatures) if len(self.signatures) <= 3 else 2
        gap = [None] * (-len(self.signatures) % columns)
        places = (*others, *gap, signer)
        return tuple(
            places[start : start + columns] for start in range(0, len(places), columns)
        )


def laid_out(letter):
    """Return the `Layout` of a letter."""
    title = _joined(letter.title or KINDS[letter.kind][0]).upper()
    number = number_words(letter.number, KINDS[letter.kind][1])
    about, top = (), ()
    if letter.kind == "letter":
        about = (_about(letter.abstract),) if _joined(letter.abstract) else ()
        title = ""
    else:
        titles = (title, *text_lines(letter.abstract))
        top = (*(Line("title", text) for text in titles), Line("rule"))
    place_date = ""
    if letter.kind != "minutes":
        place = _joined(letter.place) or PLACE_DOTS
        place_date = f"{place}, {day_words(letter.dated_on)}"
    return Layout(
        name=" ".join(one for one in (title, *about, number) if one),
        parent_body=_capitals(letter.parent_body),
        issuing_body=_capitals(letter.issuing_body),
        number=f"Số: {number}",
        about=about,
        place_date=place_date,
        lines=(*top, *_addressed(letter), *_decided(letter), *_body(letter)),
        recipients=_recipients(letter),
        signatures=_signatures(letter),
        is_signed_together=letter.kind == "minutes",
    )


def _joined(text):
    return " ".join(text_lines(text))


def _capitals(text):
    return tuple(line.upper() for line in text_lines(text))


def _about(abstract):
    text = _joined(abstract)
    return text if text.lower().startswith("v/v") else f"V/v {text}"


def _addressed(letter):
    names = [_stripped(name) for name in text_lines(letter.addressees)]
    if len(names) == 1:
        return (Line("addressed", f"Kính gửi: {names[0]}"),)
    lines = _ended_lines([f"- {name}" for name in names])
    # Several stand below each other; the first line leaves them their place.
    return tuple(
        Line("addressees" if not place else "addressee", text)
        for place, text in enumerate(("Kính gửi:", *lines))
        if names
    )


def _decided(letter):
    """The authority, the grounds; of a decision, that it is decided."""
    grounds = (*text_lines(letter.grounds), _joined(letter.proposer))
    lines = [Line("authority", text) for text in _capitals(letter.authority)]
    lines += [
        Line("ground", text)
        for text in _ended_lines([_stripped(one) for one in grounds if one])
    ]
    if letter.kind == "decision":
        lines.append(Line("authority", "QUYẾT ĐỊNH:"))
    return lines


def _body(letter):
    lines = [line for block in letter.blocks for line in _block_lines(block)]
    if not lines:
        return lines
    if lines[-1].role == "text":
        text = _stripped(lines[-1].text.removesuffix(END))
        lines[-1] = replace(lines[-1], text=f"{text}{END}")
    else:
        lines.append(Line("text", END))
    return lines


def _block_lines(block):
    if isinstance(block, Table):
        yield replace(
            block,
            heads=tuple(text_lines(one) for one in block.heads),
            rows=tuple(tuple(text_lines(one) for one in row) for row in block.rows),
        )
    elif isinstance(block, Heading):
        role = ("chapter", "part", "clause")[block.level]
        text = _joined(block.text)
        yield Line(role, text.upper() if block.level == 1 else text)
    elif isinstance(block, Items):
        for text in block.texts:
            if _joined(text):
                yield Line("text", f"- {_joined(text)}")
    elif isinstance(block, Article):
        lead, texts = f"Điều {block.number}.", text_lines(block.text)
        if _joined(block.title):
            yield Line("clause", f"{lead} {_joined(block.title)}")
        else:
            yield Line("text", texts[0] if texts else "", lead)
            texts = texts[1:]
        for text in texts:
            yield Line("text", text)
    else:
        for text in text_lines(block.text):
            yield Line("text", text)


def _recipients(letter):
    names = [_stripped(name.lstrip("-– ")) for name in text_lines(letter.recipients)]
    if text_lines(letter.addressees) and "Như trên" not in names:
        names.insert(0, "Như trên")
    filed = _joined(letter.filed)
    if not filed:
        filed = "VT, hồ sơ" if letter.kind == "minutes" else "VT"
    return _ended_lines([f"- {one}" for one in (*names, f"Lưu: {_stripped(filed)}")])


def _signatures(letter):
    signer = Signature(letter.signer_title, letter.signer_note, letter.signer_name)
    return tuple(
        Signature(_capitals(one.title), _joined(one.note), _joined(one.name))
        for one in (*letter.signatures, signer)
    )


def _stripped(text):
    """A text without the signs that end it."""
    return text.rstrip(" .;:,") if not text.endswith("...") else text


def _ended_lines(texts):
    """The lines of a list: each ends with ";", the last one with "."."""
    last = len(texts) - 1
    return tuple(
        f"{text}{'.' if place == last else ';'}" for place, text in enumerate(texts)
    )
