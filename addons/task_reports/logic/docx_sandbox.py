# SPDX-License-Identifier: LGPL-3.0-or-later
"""The Jinja of a DOCX template: plain data in, nothing else reached.

Jinja's own sandbox keeps a template from Python's inner attributes. Beyond that, only
the few tags are let in that a form needs (`if`, `for`, a placeholder, some filters):
without assignments, macros and calls, and with an inner loop going over what the outer
one is at, a template's work grows with its data and its length only, so that none can
take the server's time or memory.
"""

import difflib

from jinja2 import StrictUndefined, Template, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from .docx_problem import TemplateProblem

FILTERS = ("upper", "lower", "capitalize", "trim", "default", "d", "length", "count")
TESTS = ("defined", "undefined", "none", "odd", "even", "divisibleby")
LOOP_WORDS = ("index", "index0", "revindex", "revindex0", "first", "last", "length")
#: Characters a document may be rendered to (XML); 5,000 rows need about a tenth.
OUTPUT_MAX = 100 * 1024 * 1024
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Tuple,
    nodes.List,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.For,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Neg,
    nodes.Pos,
)
LOOP = object()


class BoundedTemplate(Template):
    """A template that stops when it has given more than a document holds."""

    def render(self, *args, **kwargs):
        parts, size = [], 0
        for part in self.generate(*args, **kwargs):
            size += len(part)
            if size > OUTPUT_MAX:
                raise TemplateProblem("too_long", limit=OUTPUT_MAX)
            parts.append(part)
        return "".join(parts)


class DocxEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox; `source` is the text of the part rendered last.

    :param sample: values with every placeholder there is; a template that names
        another is refused when it is read, wherever it stands.
    """

    template_class = BoundedTemplate
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, sample):
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.sample = sample
        self.source = ""

    def _parse(self, source, name, filename):
        self.source = source
        tree = super()._parse(source, name, filename)
        _Reader(self.sample).check(tree)
        return tree

    # Values are dicts, lists, texts and numbers: none has an attribute to be read.
    def getattr(self, obj, attribute):
        if isinstance(obj, LoopContext) and attribute in LOOP_WORDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj, argument):
        if isinstance(obj, dict | list | tuple):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=argument)
        if isinstance(obj, StrictUndefined):
            return obj[argument]
        raise SecurityError(str(argument))

    def call_binop(self, context, operator, left, right):
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            raise SecurityError(operator)
        if operator == "**":
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def call(self, *args, **kwargs):
        raise SecurityError("()")


class _Reader:
    """Reads a template against the sample: every name known, every tag allowed."""

    def __init__(self, sample):
        self.sample = sample

    def check(self, tree):
        self._visit(tree, dict(self.sample), None)

    def _visit(self, node, known, turn):
        """:param turn: names the nearest loop gives."""
        if not isinstance(node, ALLOWED):
            raise _at(node, "not_allowed", name=_word(node))
        if isinstance(node, nodes.For):
            return self._visit_for(node, known, turn)
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._value(node, known)
            return None
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise _at(node, "not_allowed", name=f"| {node.name}")
        if isinstance(node, nodes.Output):
            for one in node.nodes:
                if isinstance(one, nodes.Name | nodes.Getattr | nodes.Getitem):
                    self._check_printed(one, known)
        for child in node.iter_child_nodes():
            self._visit(child, known, turn)
        return None

    def _visit_for(self, node, known, turn):
        if node.recursive or not isinstance(node.target, nodes.Name):
            raise _at(node, "not_allowed", name="for")
        if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Getitem):
            raise _at(node, "loop_of", name=_path(node.iter))
        rows = self._value(node.iter, known)
        if not isinstance(rows, list):
            raise _at(node, "loop_of", name=_path(node.iter))
        if turn and _root(node.iter) != turn:
            raise _at(node, "loop_in", name=_path(node.iter), turn=turn)
        inner = known | {node.target.name: rows[0], "loop": LOOP}
        for child in (*([node.test] if node.test else ()), *node.body):
            self._visit(child, inner, node.target.name)
        for child in node.else_:
            self._visit(child, known, turn)

    def _value(self, node, known):
        """The sample's value of a placeholder.

        :raise TemplateProblem: if there is none.
        """
        if isinstance(node, nodes.Name):
            if node.name not in known:
                raise _unknown(node, node.name, known)
            return known[node.name]
        if isinstance(node, nodes.Getattr):
            key = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            key = node.arg.value
        else:
            raise _at(node, "not_allowed", name="[ ]")
        if not isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Getitem):
            raise _at(node, "not_allowed", name=str(key))
        owner = self._value(node.node, known)
        if owner is LOOP:
            if key not in LOOP_WORDS:
                raise _at(node, "not_allowed", name=f"loop.{key}")
            return 0
        if isinstance(owner, list) and isinstance(key, int):
            return owner[0]
        if isinstance(owner, dict) and isinstance(key, str):
            if key not in owner:
                raise _unknown(node, key, owner)
            return owner[key]
        raise _unknown(node, _path(node), {})

    def _check_printed(self, node, known):
        value = self._value(node, known)
        if value is LOOP or isinstance(value, dict | list):
            raise _at(node, "not_text", name=_path(node))


def _at(node, kind, **words):
    problem = TemplateProblem(kind, **words)
    problem.lineno = node.lineno
    return problem


def _unknown(node, name, known):
    close = difflib.get_close_matches(name, [one for one in known if one != "loop"], 1)
    return _at(
        node, "unknown_close" if close else "unknown", name=name, close="".join(close)
    )


def _path(node):
    """A placeholder as written, for messages."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_path(node.node)}[{node.arg.value!r}]"
    return _word(node)


def _root(node):
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _word(node):
    """The word of a tag or sign that is not let in, for messages."""
    if isinstance(node, nodes.Call):
        return f"{_path(node.node)}()"
    return {"Assign": "set", "AssignBlock": "set", "Pow": "**", "Slice": "[:]"}.get(
        type(node).__name__, type(node).__name__.lower()
    )
