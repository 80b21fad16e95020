# SPDX-License-Identifier: LGPL-3.0-or-later
"""A report as DOCX: a :class:`Sheet` filled into a template of the province.

docxtpl makes Jinja of a Word document. What it is given is checked first
(:mod:`docx_file`), the Jinja runs in a sandbox (:mod:`docx_sandbox`), and what comes
out is the same bytes for the same sheet and template.
"""

import io
import re
import traceback

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree

from odoo.addons.task_tracking.logic.docx_layout import sealed

from .docx_file import W, checked_parts, main_part
from .docx_problem import TemplateProblem
from .docx_sandbox import DocxEnvironment
from .docx_values import sample_values, sheet_values

#: Characters of one tag, and tags of one document: the form has about a hundred.
TAG_MAX = 300
TAGS_MAX = 2000
_ANY = rf"[^{{}}]{{0,{TAG_MAX}}}"
_TAG = re.compile(rf"\{{\{{{_ANY}\}}\}}|\{{%{_ANY}%\}}|\{{#{_ANY}#\}}")
_OPENER = re.compile(r"\{[{%#]")
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_INNER = re.compile(r"^\{[{%#]-?\s*(?:(?:tr|tc|p|r)\s)?|-?[}%#]\}$")
_PART_TAG = re.compile(r"^\{[{%#]-?(tr|tc|p|r)\s")
_WORD = re.compile(r"\w+")
#: What docxtpl reads as straight ones.
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def docx_bytes(sheet, template):
    """Return the report of a :class:`Sheet` as DOCX, bytes; the same sheet and
    template always give the same.

    :param template: bytes of a DOCX that :func:`check_template` let in.
    :raise TemplateProblem: if the template cannot print this sheet.
    """
    document = _Template(io.BytesIO(template))
    document.render(sheet_values(sheet), _environment())
    about = document.core_properties
    about.title, about.subject = sheet.title, ""
    about.author = about.last_modified_by = sheet.issuing_body
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = sheet.made_on.replace(microsecond=0)
    about.revision = 1
    written = io.BytesIO()
    document.save(written)
    return sealed(written.getvalue(), sheet.made_on)


def check_template(content):
    """Refuse a template that could not print every report.

    It is opened with care, read tag by tag, and tried with a report that has
    everything and one that has nothing.

    :param content: the file, bytes.
    :raise TemplateProblem: telling what is wrong, and where.
    """
    tags = _checked_tags(checked_parts(content))
    for is_empty in (False, True):
        try:
            document, environment = _Template(io.BytesIO(content)), _environment()
            document.render(sample_values(is_empty), environment)
            document.save(io.BytesIO())
        except TemplateProblem as problem:
            lineno = getattr(problem, "lineno", None)
            raise _placed(problem, environment, lineno, tags) from None
        except TemplateError as error:
            raise _told(error, environment, tags) from error
        except etree.XMLSyntaxError as error:
            raise TemplateProblem("crossing") from error
        except Exception as error:
            # Whatever Word or another program wrote, python-docx or docxtpl may
            # stumble over: the file is refused, the clerk is told by which words.
            problem = TemplateProblem("broken", detail=str(error)[:200])
            raise _placed(problem, environment, _line(error), tags) from error


def _environment():
    return DocxEnvironment(sample_values())


class _Template(DocxTemplate):
    """docxtpl, stricter: no broken XML is mended, no text but the template's is read
    as Jinja."""

    def render_xml_part(self, src_xml, part, context, jinja_env=None):
        # A line for each paragraph, so that an error's line leads to it.
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        rendered = jinja_env.from_string(source).render(context)
        return self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", rendered))

    def render_properties(self, context, jinja_env=None):
        """Author, title … are set by :func:`docx_bytes`, not by the template."""

    def fix_tables(self, xml):
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
        return super().fix_tables(xml)


# -- the tags as written ---------------------------------------------------------------
def _checked_tags(roots):
    """Return [(tag without its marks, number of the paragraph or None, its text)].

    :raise TemplateProblem: for a tag that is not closed, does not stand where its kind
        must, or a block that is not ended.
    """
    tags, body = [], main_part(roots)
    for name, root in roots.items():
        if not name.startswith("word/"):
            continue
        is_body = name == body
        found = []
        for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
            found += _paragraph_tags(paragraph, number if is_body else None)
        _check_attributes(root)
        if is_body or re.match(r"word/(header|footer|footnotes)\d*\.xml", name):
            _check_blocks(found)
        tags += found
        if len(tags) > TAGS_MAX:
            raise TemplateProblem("too_many", limit=TAGS_MAX)
    return [(_inner(tag), number, text) for tag, number, text in tags]


def _paragraph_tags(paragraph, number):
    text = "".join(
        node.text or ""
        for node in paragraph.iter(f"{W}t")
        if next(node.iterancestors(f"{W}p")) is paragraph
    )
    found = _TAG.findall(text)
    place = {"paragraph": number, "text": text}
    rest = _TAG.sub("", text)
    if "{" in rest or "}" in rest:
        # A lone brace as well: docxtpl would join it with the next paragraph's.
        opener = _OPENER.search(rest)
        name = _CLOSERS[opener.group()] if opener else "{{ … }}"
        raise TemplateProblem("unclosed", **place, name=name)
    for tag in found:
        kind = _PART_TAG.match(tag)
        if not kind or kind.group(1) == "r":
            continue
        if kind.group(1) == "p":
            alone = len(found) == 1 and not rest.strip()
        else:
            alone = len(found) == 1 and _is_alone(paragraph, kind.group(1), text)
        if not alone:
            raise TemplateProblem("alone", **place, name=tag)
    return [(tag, number, text) for tag in found]


def _is_alone(paragraph, kind, text):
    """Whether a row or cell holds the tag that is about all of it and nothing else."""
    owner = next(paragraph.iterancestors(f"{W}{kind}"), None)
    if owner is None:
        return False
    return "".join(node.text or "" for node in owner.iter(f"{W}t")) == text


def _check_attributes(root):
    """Tags are text; docxtpl would read them in names and properties as well."""
    for node in root.iter():
        for value in node.values():
            if _OPENER.search(value):
                raise TemplateProblem("hidden", text=value[:TAG_MAX])


def _check_blocks(tags):
    open_blocks = []
    for tag, number, text in tags:
        if not tag.startswith("{%"):
            continue
        place = {"paragraph": number, "text": text}
        word = (_WORD.findall(_inner(tag)) or [""])[0]
        if word in ("if", "for"):
            open_blocks.append((word, place))
        elif word in ("endif", "endfor"):
            if not open_blocks or open_blocks[-1][0] != word[3:]:
                raise TemplateProblem("unopened", **place, name=word)
            open_blocks.pop()
        elif word in ("elif", "else"):
            if not open_blocks:
                raise TemplateProblem("unopened", **place, name=word)
        elif word not in ("vm", "hm", "colspan", "cellbg"):
            raise TemplateProblem("not_allowed", **place, name=word)
    if open_blocks:
        word, place = open_blocks[-1]
        raise TemplateProblem("unended", **place, name=word, end=f"end{word}")


def _inner(tag):
    return " ".join(_INNER.sub("", tag.translate(_QUOTES)).split())


# -- where an error is -----------------------------------------------------------------
def _told(error, environment, tags):
    """The problem of a Jinja error, with its place."""
    lineno = getattr(error, "lineno", None) or _line(error)
    kind = "syntax" if isinstance(error, TemplateSyntaxError) else "broken"
    problem = TemplateProblem(kind, detail=error.message or "")
    return _placed(problem, environment, lineno, tags)


def _line(error):
    """The line of the template an error came from, None if from elsewhere."""
    found = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == "<template>"
    ]
    return found[-1] if found else None


def _placed(problem, environment, lineno, tags):
    """Give a problem the paragraph that its line of Jinja was made from."""
    if problem.text or not lineno:
        return problem
    lines = environment.source.split("\n")
    line = lines[lineno - 1] if lineno <= len(lines) else ""
    here = [_inner(tag) for tag in _TAG.findall(re.sub(r"<[^>]*>", "", line))]
    name = str(problem.words.get("name", "")).rpartition(".")[2]
    here.sort(key=lambda tag: bool(name) and name not in tag)
    for wanted in here:
        for tag, number, text in tags:
            if tag == wanted:
                problem.paragraph, problem.text = number, text
                return problem
    problem.text = re.sub(r"<[^>]*>", "", line).strip()[:TAG_MAX]
    return problem
