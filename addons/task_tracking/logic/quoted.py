# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a person wrote in a reply by e-mail, without the mail that was replied to.

Mail programs put the mail replied to below (or above, or between) what the person
writes: as an element of its own in HTML, as lines that begin with ">" in plain text,
after a line "Vào … đã viết:", or after a block of headings ("From:", "Từ:", …). What
is an element is marked by Odoo when the mail is parsed (`data-o-mail-quote`); the rest
is told here, line by line, in English and in Vietnamese.
"""

import re
import unicodedata

from lxml import etree
from lxml import html as lxml_html

#: What Odoo marks a quoted element with.
MARK = "data-o-mail-quote"
#: Stands for a quoted element in the lines of an HTML mail.
QUOTE = ">"
#: Stands for a picture there.
PICTURE = "\ufffc"
BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt")
    + ("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li")
    + ("ol", "p", "pre", "section", "table", "tbody", "tr", "ul")
)
#: Elements that show something without any text.
SHOWN = frozenset(("img",))
#: Lines of an attribution that a mail program broke.
ATTRIBUTION_LINES = 4
#: Lines in which a block of headings tells at least two beside the sender.
HEADING_LINES = 8

_BEFORE = r"^[\s*_>|]*"
_SENDER = re.compile(_BEFORE + r"(?:from|từ|người gửi)[\s*_]*:", re.I)
_HEADING = re.compile(
    _BEFORE
    + r"(?:sent|date|to|cc|subject|reply-to|đã gửi|gửi|gửi lúc|gửi vào|ngày|ngày gửi"
    r"|thời gian|đến|tới|gửi đến|gửi tới|người nhận|đồng gửi|chủ đề|tiêu đề)[\s*_]*:",
    re.I,
)
_ORIGINAL = re.compile(
    r"^\s*[-_]{2,}\s*(?:original message|forwarded message|thư gốc|tin nhắn gốc"
    r"|thư ban đầu|thư chuyển tiếp|thư đã chuyển tiếp)\s*[-_]{2,}\s*$",
    re.I,
)
_RULE = re.compile(r"^\s*[-_*=]{5,}\s*$")
_SIGNATURE = re.compile(r"^--\s?$")
_ATTRIBUTION = re.compile(
    r"^(?:on|vào|ngày|lúc|\d)\b.{4,500}(?:wrote|writes|viết)\s*:$", re.I
)
#: The attribution of older mail programs: day, time, zone, address.
_ATTRIBUTION_OLD = re.compile(
    r"^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} .{0,200}<[^<>\s]+@[^<>\s]+>\s*:$"
)
_WRITTEN_ON = re.compile(
    r"^(?:sent from my .{1,40}|(?:đã |được )?gửi từ .{1,40}"
    r"|get outlook for (?:ios|android).{0,80}|tải outlook (?:cho|dành cho) .{1,80})$",
    re.I,
)


def own_words(text):
    """Return what the person wrote in a plain text mail; "" if nothing.

    :param text: the text of the mail, str.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    lines = text.replace("\xa0", " ").split("\n")
    dropped = _dropped(lines)
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    text = "\n".join(line.rstrip() for line in kept)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def unfold(text, *, delsp=False):
    """Return a plain text mail of `format=flowed` (RFC 3676) with whole paragraphs.

    :param delsp: whether the space that marks a broken line goes (`DelSp=yes`).
    """
    lines = []
    open_depth = None
    for raw in text.replace("\r\n", "\n").split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")  # space-stuffing
        soft = line.endswith(" ") and line != "-- "
        part = line[:-1] if soft and delsp else line
        if open_depth == depth and line != "-- ":
            lines[-1] += part
        else:
            lines.append((">" * depth + " " if depth else "") + part)
        open_depth = depth if soft else None
    return "\n".join(lines)


def own_html(html):
    """Return what the person wrote in an HTML mail in which Odoo marked the quoted
    elements; "" if nothing. It is not sanitized further.

    Pictures from elsewhere go as well: they would tell their server who reads the
    note.
    """
    if not html.strip():
        return ""
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except etree.ParserError:
        return ""
    for picture in root.xpath(".//img"):
        if not picture.get("src", "").startswith(("cid:", "data:image/")):
            picture.drop_tree()
    page = _Page(root)
    page.cut(_dropped(page.lines))
    _trim(root)
    if not root.text_content().strip() and root.find(".//img") is None:
        return ""
    inner = (root.text or "") + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )
    return inner.strip()


# -- lines -----------------------------------------------------------------------------
def _dropped(lines):
    """The numbers of the lines that are not the person's own, a set."""
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    end = _mail_below(lines)
    dropped = set(range(end, len(lines)))
    kept = []
    for at, line in enumerate(lines[:end]):
        if line.startswith(QUOTE):
            dropped.add(at)
            dropped |= _attribution(lines, kept)
            kept = []
        else:
            kept.append(at)
    dropped |= _attribution(lines, kept)
    last = [at for at in range(end) if at not in dropped and lines[at].strip()]
    if last and _WRITTEN_ON.match(lines[last[-1]].strip()):
        dropped.add(last[-1])
    return dropped


def _mail_below(lines):
    """The number of the first line from which on everything is the mail replied to, or
    a signature; the number of lines if there is no such line."""
    for at, line in enumerate(lines):
        if _ORIGINAL.match(line) or _SIGNATURE.match(line):
            return at
        if _SENDER.match(line):
            following = [one for one in lines[at + 1 : at + 25] if one.strip()]
            headings = [one for one in following[:HEADING_LINES] if _HEADING.match(one)]
            if len(headings) >= 2:
                while at and (not lines[at - 1].strip() or _RULE.match(lines[at - 1])):
                    at -= 1
                return at
    return len(lines)


def _attribution(lines, kept):
    """The numbers of the lines at the end of `kept` that say whose the quoted text is,
    a set: a mail program may have broken that line."""
    kept = list(kept)
    while kept and not lines[kept[-1]].strip():
        kept.pop()
    found = []
    for at in reversed(kept[-ATTRIBUTION_LINES:]):
        if not lines[at].strip():
            break
        found.insert(0, at)
        words = " ".join(lines[one].strip() for one in found)
        if _ATTRIBUTION.match(words) or _ATTRIBUTION_OLD.match(words):
            return set(found)
    return set()


# -- HTML as lines ---------------------------------------------------------------------
class _Page:
    """An HTML fragment read as lines, of which some are cut out of it again."""

    def __init__(self, root):
        self.root = root
        self.lines = [""]
        # where each piece of text stands: (element, "text" or "tail", line, words)
        self._pieces = []
        # on which line each element begins
        self._begins = []
        self._inside = 0
        self._literal = 0
        self._read()

    def _read(self):
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            quoted = _is_quoted(element)
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if quoted and not self._inside:
                    self._break()
                    self.lines[-1] = QUOTE
                self._inside += quoted
                if tag in BLOCKS or tag == "br":
                    self._break()
                self._literal += tag == "pre"
                if tag in SHOWN and not self._inside:
                    self.lines[-1] += PICTURE
                self._begins.append((element, len(self.lines) - 1))
                if tag:
                    self._take(element, "text")
                continue
            self._literal -= tag == "pre"
            if tag in BLOCKS:
                self._break()
            self._inside -= quoted
            if quoted and not self._inside:
                self._break(always=True)
            if element is not self.root:
                self._take(element, "tail")

    def _break(self, always=False):
        if not self._inside and (always or self.lines[-1]):
            self.lines.append("")

    def _take(self, element, where):
        text = getattr(element, where) or ""
        if not text or self._inside:
            return
        for number, words in enumerate(
            text.split("\n") if self._literal else [re.sub(r"\s+", " ", text)]
        ):
            if number:
                self.lines.append("")
            words = words.replace("\xa0", " ")
            # the words of a line are told by how it begins
            self.lines[-1] += words if self.lines[-1] else words.lstrip()
            self._pieces.append((element, where, len(self.lines) - 1, words))

    def cut(self, dropped):
        """Cut out the lines whose numbers are in `dropped`."""
        kept = {}
        for element, where, line, words in self._pieces:
            pieces = kept.setdefault((element, where), [])
            if line not in dropped:
                pieces.append(words)
        for (element, where), pieces in kept.items():
            setattr(element, where, "\n".join(pieces) or None)
        for element, line in reversed(self._begins):
            if element is self.root:
                continue
            if _is_quoted(element) or (line in dropped and not _has_content(element)):
                element.drop_tree()


def _is_quoted(element):
    """Whether Odoo marked it as quoted; a paragraph that its writer indented is not."""
    if not isinstance(element.tag, str) or not element.get(MARK):
        return False
    indented = "border:none" in (element.get("style") or "").replace(" ", "")
    return not (
        element.tag == "blockquote"
        and indented
        and not element.get("type")
        and not element.get("cite")
    )


def _has_content(element):
    """Whether something shows within the element."""
    return bool((element.text_content() or "").strip()) or (
        element.find(".//img") is not None
    )


def _trim(root):
    """Drop what shows nothing at the end."""
    for element in reversed(list(root.iter())):
        if element is root or (element.tail or "").strip():
            break
        if isinstance(element.tag, str) and (
            element.tag in SHOWN or _has_content(element)
        ):
            break
        element.drop_tree()
