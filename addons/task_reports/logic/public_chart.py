# SPDX-License-Identifier: LGPL-3.0-or-later
"""Charts as SVG, made on the server: bars and columns of parts that add up.

A part is told by pattern as well as by colour, and every bar bears its number.
"""

from markupsafe import Markup

#: Pattern of each part: colour, and lines on it (path of an 8 × 8 tile).
PATTERNS = {
    "completed_on_time": ("#1f6fb2", ""),
    "completed_late": ("#a85600", "M-2,2l4,-4M0,8l8,-8M6,10l4,-4"),
    "open_in_time": ("#5a6570", "M2,2h2v2h-2z"),
    "open_overdue": ("#a3222f", "M0,2h8M0,6h8"),
}
TEXT = Markup('font-family="sans-serif" font-size="13" fill="#1b1f24"')
WIDTH = 960
ROW, BAR = 26, 16
NAMES = 330
HEIGHT = 240


def bars(rows, parts, title):
    """Return horizontal bars, one for each of `rows` (name, {part: number})."""
    most = max((sum(row.values()) for _name, row in rows), default=0) or 1
    scale = (WIDTH - NAMES - 60) / most
    drawn = []
    for place, (name, row) in enumerate(rows):
        top = place * ROW
        drawn.append(
            Markup('<text x="{}" y="{}" text-anchor="end" {}>{}</text>').format(
                NAMES - 8, top + 17, TEXT, _short(name)
            )
        )
        left = NAMES
        for code, label in parts:
            width = row[code] * scale
            if row[code]:
                drawn.append(
                    _box(left, top + 4, width, BAR, code, name, label, row[code])
                )
            left += width
        drawn.append(_number(left + 6, top + 17, "start", sum(row.values())))
    return _picture(WIDTH, len(rows) * ROW + 4, title, drawn)


def columns(rows, parts, title):
    """Return columns, one for each of `rows` (name, {part: number}), in time."""
    most = max((sum(row.values()) for _name, row in rows), default=0) or 1
    scale = (HEIGHT - 60) / most
    step = WIDTH / len(rows)
    width = min(56, step * 0.6)
    drawn = [
        Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}" stroke="#5a6570"/>').format(
            HEIGHT - 34, WIDTH
        )
    ]
    for place, (name, row) in enumerate(rows):
        middle = step * (place + 0.5)
        bottom = HEIGHT - 34
        for code, label in parts:
            height = row[code] * scale
            bottom -= height
            if row[code]:
                left = middle - width / 2
                drawn.append(
                    _box(left, bottom, width, height, code, name, label, row[code])
                )
        drawn.append(_number(middle, bottom - 5, "middle", sum(row.values())))
        for line, words in enumerate(_two_lines(name)):
            drawn.append(
                Markup(
                    '<text x="{:.1f}" y="{}" text-anchor="middle" {}>{}</text>'
                ).format(middle, HEIGHT - 18 + 14 * line, TEXT, words)
            )
    return _picture(WIDTH, HEIGHT, title, drawn)


def _box(left, top, width, height, code, name, label, number):
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="url(#{})">'
        "<title>{}: {}: {}</title></rect>"
    ).format(left, top, width, height, code, name, label, number)


def _number(x, y, anchor, number):
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" {}>{}</text>').format(
        x, y, anchor, TEXT, number
    )


def _picture(width, height, title, drawn):
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img">\n'
        "<title>{}</title>\n{}\n</svg>"
    ).format(width, height, title, Markup("\n").join(drawn))


def patterns():
    """Return the patterns that all charts of a page share; takes no room."""
    return Markup(
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true">'
        "<defs>{}</defs></svg>"
    ).format(
        Markup("").join(
            Markup(
                '<pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse">'
                '<rect width="8" height="8" fill="{}"/><path d="{}" stroke="#fff"'
                ' stroke-opacity=".7" fill="none"/></pattern>'
            ).format(code, colour, lines)
            for code, (colour, lines) in PATTERNS.items()
        )
    )


def _short(name, longest=46):
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _two_lines(name):
    """A period in two lines of about the same length."""
    head, _space, tail = name.partition(" năm ")
    return (head, f"năm {tail}") if tail else (name,)
