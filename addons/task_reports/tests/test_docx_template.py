# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.task_reports.logic import docx_file
from odoo.addons.task_reports.logic.docx import check_template
from odoo.addons.task_reports.logic.docx_problem import TemplateProblem
from odoo.addons.task_reports.logic.docx_values import sample_values, sheet_values

from .docx_common import (
    SHIPPED,
    lines,
    opened,
    with_paragraph,
    with_parts,
    with_relation,
)
from .test_docx import DocxCase

TYPES = "[Content_Types].xml"


@tagged("post_install", "-at_install")
class TestDocxRefused(DocxCase):
    """A template that is not right is refused when it is uploaded, with the place."""

    def _upload(self, content, user=None, **vals):
        templates = self.env["task.report.template"].with_user(user or self.manager)
        return templates.create(
            {"file": base64.b64encode(content), "file_name": "mẫu.docx", **vals}
        )

    def _refusal(self, content):
        with self.assertRaises(ValidationError) as caught:
            self._upload(content)
        return str(caught.exception)

    def _kind(self, content):
        with self.assertRaises(TemplateProblem) as caught:
            check_template(content)
        return caught.exception.kind

    # -- words -------------------------------------------------------------------------
    def test_unknown_placeholder(self):
        """Told with the paragraph it stands in and the name that was meant."""
        told = self._refusal(with_paragraph("Gửi {{ kinh_gu }} để biết"))
        self.assertIn("There is no placeholder “kinh_gu”", told)
        self.assertIn("Did you mean “kinh_gui”?", told)
        self.assertRegex(told, r"Paragraph \d+ of the document: “Gửi {{ kinh_gu }} để")
        paragraph = int(told.partition("Paragraph ")[2].split()[0])
        body = opened(with_paragraph("Gửi {{ kinh_gu }} để biết")).element.body
        at = [node for node in body.iter() if node.tag.endswith("}p")][paragraph - 1]
        self.assertEqual(at.text, "Gửi {{ kinh_gu }} để biết")

    def test_unknown_where_it_would_not_be_printed(self):
        """Also in a part that no trial prints, a row's names, a header."""
        for text in (
            "{% if toan_tinh and not toan_tinh %}{{ xyz }}{% endif %}",
            "{% for n in nhom %}{{ n.xyz }}{% endfor %}",
            "{{ so_lieu.xyz }}",
            "{{ nhom[0].xyz }}",
            "{{ ky_bao_cao.upper }}",
        ):
            self.assertIn(
                "There is no placeholder", self._refusal(with_paragraph(text))
            )

        def numbered(part):
            return part.replace(b"<w:t>2</w:t>", "<w:t>{{ trang_số }}</w:t>".encode())

        names = ("word/header1.xml", "word/header2.xml")
        header = with_parts(dict.fromkeys(names, numbered))
        self.assertIn("“trang_số”", self._refusal(header))

    def test_badly_written_tags(self):
        """What is missing is named, and where."""
        for texts, told in (
            (["{{ ky_bao_cao }"], "}} is missing"),
            (["Kỳ {{ ky_bao_cao"], "}} is missing"),
            (["{% if toan_tinh %}"], "“endif” is missing"),
            (["{%p for d in kho_khan %}", "{{ d }}"], "“endfor” is missing"),
            (["x {% endif %}"], "“endif” has no beginning"),
            (["{{ ky_bao_cao ky }}"], "not written as it should be"),
            (["x {%p if toan_tinh %}", "x", "{%p endif %}"], "nothing else"),
            (["{%tr if toan_tinh %}", "x", "{%tr endif %}"], "nothing else"),
            (["{{ nhom }}"], "cannot be printed as it is"),
            (["{{ so_lieu }}"], "cannot be printed as it is"),
            (["{% for d in ky_bao_cao %}{{ d }}{% endfor %}"], "is none"),
        ):
            refusal = self._refusal(with_paragraph(*texts))
            self.assertIn(told, refusal)
            self.assertIn(f"“{texts[0]}”", refusal)

    def test_crossing_cells(self):
        """A block that begins before a table and ends in it breaks the document."""

        def crossed(part):
            before, head, after = part.decode().rpartition(">STT<")
            before = before.replace(">DANH MỤC<", ">DANH MỤC{% if toan_tinh %}<")
            return f"{before}>{{% endif %}}<{after}".encode()

        content = with_parts({"word/document.xml": crossed})
        self.assertEqual(self._kind(content), "crossing")
        self.assertIn("{%tr … %}", self._refusal(content))

    # -- the sandbox -------------------------------------------------------------------
    def test_tricks(self):
        """No attribute, call, assignment, macro or endless work is let in."""
        started = time.process_time()
        for text in (
            "{{ ky_bao_cao.__class__ }}",
            "{{ ky_bao_cao['__class__'] }}",
            "{{ ''.__class__.__mro__ }}",
            "{{ ky_bao_cao.format(1) }}",
            "{{ self.__init__ }}",
            "{{ cycler }}",
            "{{ range(10) }}",
            "{% for i in range(1000000000) %}x{% endfor %}",
            "{{ 'a' * 1000000000 }}",
            "{{ ky_bao_cao * 1000000000 }}",
            "{{ 9 ** 9 ** 9 }}",
            "{{ '%1000000000d' % 1 }}",
            "{{ 'x'|center(1000000000) }}",
            "{{ nhom|tojson }}",
            "{{ ky_bao_cao|safe }}",
            "{{ ky_bao_cao|replace('', 'x') }}",
            "{% set a = 'x' %}",
            "{% macro m() %}{{ m() }}{% endmacro %}",
            "{% include 'x' %}",
            "{% import 'x' as y %}",
            "{% extends 'x' %}",
            "{% for a in nhom recursive %}{{ loop(nhom) }}{% endfor %}",
            "{% for a in nhom %}{% for b in nhom %}{% endfor %}{% endfor %}",
            "{% for a in nhom %}{% for b in a.nhiem_vu %}{% for c in a.nhiem_vu %}"
            "{% endfor %}{% endfor %}{% endfor %}",
            "{% for a in nhom %}{{ loop.changed }}{% endfor %}",
            "{% raw %}{% endraw %}",
            f"{{{{ {'(' * 400}1{')' * 400} }}}}",
            f"{{{{ {'-' * 250}1 }}}}x{'{{ 1 }}' * 2001}",
        ):
            with self.subTest(text=text[:60]):
                self._refusal(with_paragraph(text))
        self.assertLess(time.process_time() - started, 20)

    def test_what_a_form_needs(self):
        """Conditions, loops within loops, numbers, the few filters are let in."""
        template = self._upload(
            with_paragraph(
                "A {% for n in nhom if n.so_luong > 0 %}{{ loop.index }}."
                "{% for v in n.nhiem_vu %}{{ v.chu_tri|upper }};{% endfor %}"
                "{% endfor %}",
                "B {{ so_lieu.hoan_thanh + so_lieu.chua_hoan_thanh }}"
                "{% if so_lieu.tong_so is odd %} lẻ{% else %} chẵn{% endif %}",
                "C {{ 'có' if toan_tinh else 'không' }} {{ nguyen_nhan|length }}",
                "D {{ kho_khan|default('–') and kinh_gui ~ '.' }}",
            )
        )
        self.assertEqual(template._current(), template.sudo())
        told = lines(self._document())
        figures = self._wizard()._sheet().figures
        total = figures.count("total")
        self.assertIn(f"B {total} {'lẻ' if total % 2 else 'chẵn'}", told)
        self.assertIn("C có 0", told)
        self.assertTrue(any(line.startswith("A 1.SỞ TÀI CHÍNH;") for line in told))

    def test_plain_data(self):
        """What a template is given is texts, numbers, lists and dicts, and exactly
        what the sample tried it with."""
        values = sheet_values(self._wizard(causes="a\nb", difficulties="c")._sheet())

        def shape(value):
            if isinstance(value, dict):
                return {name: shape(one) for name, one in value.items()}
            if isinstance(value, list):
                return [shape(value[0])] if value else []
            self.assertIn(type(value), (str, int, bool))
            return type(value)

        self.assertEqual(shape(values), shape(sample_values()))

    # -- the file ----------------------------------------------------------------------
    def test_not_a_word_document(self):
        """Another file, an old or locked one, a template or one with macros."""
        plain = b"xin ch\xc3\xa0o"
        for content, kind in (
            (plain, "not_docx"),
            (b"", "not_docx"),
            (SHIPPED.read_bytes()[:5000], "not_docx"),
            (b"\xd0\xcf\x11\xe0" + plain * 100, "old_word"),
            (with_parts({TYPES: _types(b"template.main")}), "dotx"),
            (with_parts({TYPES: _macro_types}), "macros"),
            (with_parts({"word/vbaProject.bin": b"x"}), "macros"),
            (with_parts({"word/embeddings/oleObject1.bin": b"x"}), "foreign"),
            (with_parts({"word/embeddings/a.xlsx": b"x"}), "foreign"),
            (with_parts({"word/document.xml": b"<a>"}), "damaged"),
            (with_parts({"word/document.xml": b"<a/>"}), "not_docx"),
        ):
            with self.subTest(kind=kind):
                self.assertEqual(self._kind(content), kind)
        self.assertIn("Save as, Word document (.docx)", self._refusal(plain))

    def test_entities(self):
        """XML that grows when it is read is not read."""
        bomb = (
            b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            b'<w:document xmlns:w="x">&b;</w:document>'
        )
        self.assertEqual(self._kind(with_parts({"word/document.xml": bomb})), "damaged")

    def test_too_big(self):
        """The file, and what it unpacks to, have limits that are told."""
        told = self._refusal(b"PK" + b"x" * docx_file.FILE_MAX)
        self.assertIn("larger than 5.00 Mb", told)
        packed = with_parts({"word/media/a.png": bytes(docx_file.UNPACKED_MAX)})
        self.assertLess(len(packed), docx_file.FILE_MAX)
        self.assertEqual(self._kind(packed), "bomb")
        packed = with_parts(
            {"word/b.xml": b"<a>" + b" " * docx_file.PART_MAX + b"</a>"}
        )
        self.assertEqual(self._kind(packed), "bomb")

    def test_lying_sizes(self):
        """An archive that says less than it holds is not unpacked."""
        content = bytearray(with_parts({"word/media/a.png": bytes(10**6)}))
        place = content.rfind(b"word/media/a.png") - 46
        content[place + 24 : place + 28] = (10).to_bytes(4, "little")
        self.assertEqual(self._kind(bytes(content)), "not_docx")

    def test_links_outside(self):
        """Nothing that Word would fetch or run when the report is opened."""
        for content, kind in (
            (with_relation("attachedTemplate", "http://x.example/a.dotm"), "foreign"),
            (with_relation("image", "http://x.example/a.png"), "external"),
            (with_relation("hyperlink", "file:///x"), "external"),
            (with_relation("aFChunk", "a.html", mode="Internal"), "foreign"),
            (with_relation("oleObject", "a.bin", mode="Internal"), "foreign"),
            (with_parts({"word/document.xml": _field("DDEAUTO c:\\\\x.exe")}), "field"),
            (with_parts({"word/document.xml": _field("INCLUDETEXT //x/a")}), "field"),
        ):
            with self.subTest(kind=kind):
                self.assertEqual(self._kind(content), kind)
        check_template(with_parts({"word/document.xml": _field("NUMPAGES")}))

    def test_hidden_tags(self):
        """A tag in a name or property, which nobody sees, is refused."""
        hidden = with_parts(
            {
                "word/document.xml": lambda part: part.replace(
                    b"<w:tblGrid>", b'<w:tblGrid x="{{ ky_bao_cao }}">', 1
                )
            }
        )
        self.assertEqual(self._kind(hidden), "hidden")

    def test_slow_to_read(self):
        """A document made to be slow to read is refused quickly."""
        started = time.process_time()
        for text in (
            "{{p x" * 50_000,
            "{% colspan " * 50_000,
            "{{ 1 }}" * 50_000,
            "{" * 500_000,
        ):
            with self.assertRaises(TemplateProblem):
                check_template(with_paragraph(text))
        self.assertLess(time.process_time() - started, 20)

    # -- in the interface --------------------------------------------------------------
    def test_told_before_saving(self):
        """The form tells what is wrong as soon as the file is chosen."""
        form = Form(self.env["task.report.template"].with_user(self.manager))
        form.file = base64.b64encode(with_paragraph("{{ kinh_gu }}"))
        self.assertIn("“kinh_gui”", form.problem)
        form.file = base64.b64encode(SHIPPED.read_bytes())
        self.assertFalse(form.problem)
        form.save()

    def test_guide_tells_every_placeholder(self):
        """The page of documentation has every name, of groups and rows as well."""
        template = self.env["task.report.template"].with_user(self.officer)._current()
        guide = str(template.guide)

        def names(values):
            for name, value in values.items():
                yield name
                inner = value[0] if isinstance(value, list) and value else value
                if isinstance(inner, dict):
                    yield from names(inner)

        for name in names(sample_values()):
            self.assertRegex(guide, rf"[>.]{name}<|>{name}</t>|{name}</code>")

    def test_replaced_and_taken_back(self):
        """The new one is used at once; the earlier is kept and can be used again."""
        shipped = self.env["task.report.template"]._current()
        self.assertFalse(shipped.company_id)
        first = self._upload(with_paragraph("Một"))
        second = self._upload(with_paragraph("Hai"), self.admin)
        self.assertFalse(first.active)
        self.assertIn(
            "Hai", lines(self._document(self.officer, agency_id=self.finance.id))
        )
        first.with_user(self.manager).action_use()
        self.assertFalse(second.active)
        self.assertIn("Một", lines(self._document()))
        first.active = False
        self.assertEqual(self.env["task.report.template"]._current(), shipped)
        self.assertTrue(shipped.active)

    def test_of_the_company(self):
        """Another company's template is neither used nor seen."""
        other = self.env["res.company"].create({"name": "Tỉnh khác"})
        theirs = self.env["task.report.template"].create(
            {
                "company_id": other.id,
                "file": base64.b64encode(with_paragraph("Tỉnh khác")),
            }
        )
        self.assertNotIn("Tỉnh khác", lines(self._document()))
        self.assertTrue(theirs.active)
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).read(["name"])

    def test_who_replaces_it(self):
        """The Office's managers and administrators; nobody changes the shipped one."""
        content = SHIPPED.read_bytes()
        for user in (self.specialist, self.officer, self.chairman):
            with self.assertRaises(AccessError):
                self._upload(content, user)
        shipped = self.env["task.report.template"]._current()
        with self.assertRaises(AccessError):
            self._upload(content, company_id=False)
        with self.assertRaises(AccessError):
            shipped.with_user(self.manager).sudo(False).name = "x"
        with self.assertRaises(AccessError):
            shipped.with_user(self.admin).sudo(False).unlink()

    def test_a_file_never_changes(self):
        """What was printed with it can be printed again: no write changes a file."""
        template = self._upload(SHIPPED.read_bytes())
        for user in (self.manager, self.env.user):
            with self.assertRaises(UserError):
                template.with_user(user).file = base64.b64encode(with_paragraph("x"))

    def test_shipped_is_taken_in_once(self):
        """An update of the addon with the same file makes no further template."""
        templates = self.env["task.report.template"].sudo()
        before = templates.with_context(active_test=False).search_count([])
        templates._load_shipped()
        self.assertEqual(
            templates.with_context(active_test=False).search_count([]), before
        )


def _types(kind):
    return lambda part: part.replace(b"document.main", kind)


def _macro_types(part):
    return part.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"application/vnd.ms-word.document.macroEnabled.main",
    )


def _field(instruction):
    field = f'<w:p><w:fldSimple w:instr=" {instruction} "/></w:p><w:sectPr'
    return lambda part: field.encode().join(part.rsplit(b"<w:sectPr", 1))
