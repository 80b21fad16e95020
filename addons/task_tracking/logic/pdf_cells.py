# SPDX-License-Identifier: LGPL-3.0-or-later
"""Lays out a table's cells once for each text, for `pdf_worker`.

In a list of tasks most cells say what others of their column say: the agency, the
state, the day, and the head on every page. WeasyPrint breaks each into lines anew,
which is most of its time. In a process that prints one long table, what a cell of the
same text, width, class, weight and size of font gave is copied; what else differs by
row only (a colour) is not told apart.
"""

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

#: Texts kept; a list of more different ones begins anew.
KEPT = 5000

_lay_out = block.block_container_layout
_known = {}


def remember():
    """Let WeasyPrint's tables in this process remember their cells."""
    block.block_container_layout = _lay_out_cell


def forget():
    """Forget the cells of a document: the next one may have other styles."""
    _known.clear()


def _lay_out_cell(context, box, bottom_space, skip_stack, *args, **options):
    key = None if skip_stack else _key(box)
    if key is None:
        return _lay_out(context, box, bottom_space, skip_stack, *args, **options)
    if key in _known:
        kept, rest = _known[key]
        x, y = box.content_box_x(), box.content_box_y()
        end = y + kept.height + box.padding_bottom + box.border_bottom_width
        if not context.overflows_page(bottom_space, end):
            children = [child.deepcopy() for child in kept.children]
            for child in children:
                child.translate(x - kept.content_box_x(), y - kept.content_box_y())
            cell = box.copy_with_children(children)
            cell.height = kept.height
            return cell, *rest
    cell, resume_at, *rest = _lay_out(
        context, box, bottom_space, skip_stack, *args, **options
    )
    if cell is not None and resume_at is None:
        if len(_known) >= KEPT:
            _known.clear()
        _known[key] = cell.deepcopy(), (None, *rest)
    return cell, resume_at, *rest


def _key(box):
    """What makes two cells alike; None of one that holds more than text, and of what
    is no cell."""
    # One without children is empty already, or WeasyPrint emptied it: no room was left.
    if not isinstance(box, boxes.TableCellBox) or not box.children:
        return None
    element = box.element
    if len(element) or element.get("id"):
        return None
    return (
        element.text,
        element.tag,
        element.get("class"),
        element.get("style"),
        box.width,
        box.colspan,
        box.style.parent_style["font_weight"],
        box.style["font_weight"],
        box.style["font_size"],
        box.style["text_align_all"],
    )
