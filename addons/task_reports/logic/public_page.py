# SPDX-License-Identifier: LGPL-3.0-or-later
"""The page of a publication: plain HTML, no script, nothing fetched from elsewhere."""

# Plain Python, no Odoo: its own groupby is not at hand, and what is grouped is sorted.
# pylint: disable=bad-builtin-groupby

import hashlib
from base64 import b64encode
from datetime import date
from itertools import groupby

from markupsafe import Markup

from .figures import percent_text
from .form import RATE_FORMULAS, RATES, day_text
from .public_chart import bars, columns, patterns
from .publication import LABELS, WHOLE

#: The columns of the table by agency, under their common heads.
TABLE = (
    (None, ("total",)),
    (None, ("assigned",)),
    (None, ("carried",)),
    ("Hoàn thành", ("completed_on_time", "completed_late")),
    ("Chưa hoàn thành", ("open_in_time", "open_extended", "open_overdue")),
)
#: Of a common head, what is under it.
UNDER = {
    "completed_on_time": "Đúng hạn, sớm hạn",
    "completed_late": "Quá hạn",
    "open_in_time": "Còn trong hạn",
    "open_extended": "Được gia hạn",
    "open_overdue": "Quá hạn",
}
#: Parts of the bars, as the charts know them.
PARTS = (
    ("completed_on_time", "Hoàn thành đúng hạn, sớm hạn"),
    ("completed_late", "Hoàn thành quá hạn"),
    ("open_in_time", "Chưa hoàn thành, còn trong hạn hoặc được gia hạn"),
    ("open_overdue", "Chưa hoàn thành, quá hạn"),
)
#: Agencies drawn; the table has all.
DRAWN = 20

STYLE = Markup("""
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1b1f24;
font:16px/1.5 "Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
main{max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .8rem}
h2{font-size:1.2rem;margin:2rem 0 .6rem}
a{color:#0b4f9e}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid #0b4f9e;
outline-offset:2px}
.authority{margin:0;text-transform:uppercase;font-weight:600;letter-spacing:.02em}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}
dl.facts dt{color:#4d5660}dl.facts dd{margin:0}
ul.tiles{list-style:none;margin:1.2rem 0 0;padding:0;display:grid;gap:.6rem;
grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr))}
ul.tiles li{border:1px solid #c3cad1;border-radius:.3rem;padding:.5rem .7rem}
ul.tiles strong{display:block;font-size:1.5rem;line-height:1.3}
ul.tiles small{color:#4d5660;display:block}
figure{margin:0}figure svg{width:100%;min-width:38rem;height:auto;display:block}
figcaption{color:#4d5660;font-size:.9rem}
ul.legend{list-style:none;margin:0 0 .4rem;padding:0;display:flex;flex-wrap:wrap;
gap:.1rem 1.2rem;font-size:.9rem}
figure ul.legend svg{display:inline-block;width:1rem;height:1rem;min-width:0;
vertical-align:-.15rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid #c3cad1;padding:.3rem .5rem;vertical-align:top}
thead th{background:#eef1f4;vertical-align:bottom}
td{text-align:right;font-variant-numeric:tabular-nums}
tbody th{text-align:left;font-weight:400;min-width:11rem}
tbody th[scope=rowgroup]{background:#f7f8fa;font-weight:600}
tfoot th,tfoot td{font-weight:600;background:#eef1f4}tfoot th{text-align:left}
td.late{color:#9b1c2b;font-weight:600}
footer{margin:2rem 0 1rem;color:#4d5660;font-size:.9rem}
.code{overflow-wrap:anywhere;font-family:monospace}
@media print{@page{size:A4;margin:15mm}main{max-width:none;padding:0}
body{font-size:10pt}table{font-size:8.5pt}th,td{padding:.15rem .3rem}
tbody th{min-width:0}h2{break-after:avoid}tr,figure,ul.tiles{break-inside:avoid}
ul.tiles{grid-template-columns:repeat(3,1fr)}figure svg{min-width:0}
.scroll{overflow:visible}thead{display:table-header-group}
.downloads{display:none}svg,th{print-color-adjust:exact}}
""")
#: What the browser may do with the page: show it, with this style.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none';"
    " form-action 'none'"
)

PAGE = Markup("""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
""")


def page_bytes(title, content):
    """Return a whole page in UTF-8."""
    return PAGE.format(title=title, style=STYLE, content=content).encode()


def index_bytes(authorities):
    """Return the page that leads to those of several authorities.

    :param authorities: list of (name, address).
    """
    links = Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(address, name)
        for name, address in authorities
    )
    title = "Công khai kết quả thực hiện nhiệm vụ"
    return page_bytes(
        title, Markup("<h1>{}</h1>\n<ul>\n{}\n</ul>").format(title, links)
    )


def publication_bytes(data, address):
    """Return the page of a publication (see `publication.publication`).

    :param address: of the page, under which its downloads are.
    """
    report = data["report"]
    title = "Kết quả thực hiện nhiệm vụ được giao"
    parts = [
        Markup('<p class="authority">{}</p>').format(data["authority"]),
        Markup("<h1>{}, {}</h1>").format(title, report["period"]),
        _facts(report),
        _tiles(data),
        patterns(),
        _by_agency(data),
        _trend(data["trend"]),
        _table(data),
        _downloads(address),
        _footer(report),
    ]
    name = f"{title}, {report['period']} - {data['authority']}"
    return page_bytes(name, Markup("\n").join(parts))


def _day(text):
    return day_text(date.fromisoformat(text))


def _facts(report):
    facts = [
        (
            "Số liệu",
            f"từ ngày {_day(report['date_from'])} đến hết ngày"
            f" {_day(report['date_to'])}",
        ),
        ("Công khai ngày", _day(report["published_on"])),
    ]
    if report["version"] > 1:
        facts.append(("Bản đính chính", f"lần {report['version'] - 1}"))
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(*one) for one in facts
    )
    return Markup('<dl class="facts">{}</dl>').format(rows)


def _tiles(data):
    counts, rates = data["total"]["counts"], data["total"]["rates"]
    tiles = [
        (
            LABELS["total"],
            counts["total"],
            f"giao trong kỳ {counts['assigned']},"
            f" kỳ trước chuyển sang {counts['carried']}",
        ),
        (
            LABELS["completed"],
            counts["completed"],
            f"đúng hạn, sớm hạn {counts['completed_on_time']},"
            f" quá hạn {counts['completed_late']}",
        ),
        (LABELS["open"], counts["open"], f"quá hạn {counts['open_overdue']}"),
        *(
            (RATES[code], percent_text(rates[code]), f"= {RATE_FORMULAS[code]}")
            for code in RATES
        ),
    ]
    items = Markup("\n").join(
        Markup("<li>{} <strong>{}</strong> <small>{}</small></li>").format(*tile)
        for tile in tiles
    )
    return Markup('<ul class="tiles">\n{}\n</ul>').format(items)


def _drawn(counts):
    """The parts of a bar: they add up to the total."""
    parts = {code: counts[code] for code, _label in PARTS}
    parts["open_in_time"] += counts["open_extended"]
    return parts


def _by_agency(data):
    rows = sorted(
        data["agencies"],
        key=lambda row: (-row["counts"]["total"], row["name"]),
    )[:DRAWN]
    more = len(data["agencies"]) - len(rows)
    note = f"{len(rows)} cơ quan có nhiều nhiệm vụ nhất. " if more else ""
    return Markup(
        "<h2>Theo cơ quan</h2>\n<figure>{}\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="Biểu đồ theo cơ'
        ' quan">{}</div>\n'
        "<figcaption>{}Số liệu của mọi cơ quan"
        " ở bảng dưới.</figcaption></figure>"
    ).format(
        _legend(PARTS),
        bars(
            [(row["name"], _drawn(row["counts"])) for row in rows],
            PARTS,
            "Nhiệm vụ của từng cơ quan theo tình trạng",
        ),
        note,
    )


def _trend(trend):
    """Published periods one after the other; one alone is no trend."""
    if len(trend) < 2:
        return Markup("")
    periods = [(one["period"], _drawn(one["counts"])) for one in trend]
    rows = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}<td>{}</td><td>{}</td></tr>').format(
            one["period"],
            _cells(one["counts"]),
            percent_text(one["rates"]["completion"]),
            percent_text(one["rates"]["on_time"]),
        )
        for one in trend
    )
    return Markup(
        "<h2>Qua các kỳ đã công khai</h2>\n<figure>{}\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="Biểu đồ các kỳ">{}'
        "</div></figure>\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="Các kỳ">\n'
        "<table><caption>Các kỳ đã công khai</caption>\n{}\n<tbody>\n{}\n</tbody>"
        "</table>\n</div>"
    ).format(
        _legend(PARTS),
        columns(periods, PARTS, "Nhiệm vụ của từng kỳ theo tình trạng"),
        _heads("Kỳ báo cáo"),
        rows,
    )


def _legend(parts):
    return Markup('<ul class="legend">{}</ul>').format(
        Markup("").join(
            Markup(
                '<li><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16"'
                ' height="16" fill="url(#{})"/></svg> {}</li>'
            ).format(code, label)
            for code, label in parts
        )
    )


def _codes():
    return [code for _head, codes in TABLE for code in codes]


def _heads(first):
    upper, lower = [], []
    for head, codes in TABLE:
        if head is None:
            upper.append(
                Markup('<th scope="col" rowspan="2">{}</th>').format(LABELS[codes[0]])
            )
            continue
        upper.append(
            Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(codes), head)
        )
        lower += [
            Markup('<th scope="col">{}</th>').format(UNDER[code]) for code in codes
        ]
    upper += [
        Markup('<th scope="col" rowspan="2">{}</th>').format(RATES[code])
        for code in ("completion", "on_time")
    ]
    return Markup(
        '<thead><tr><th scope="col" rowspan="2">{}</th>{}</tr><tr>{}</tr></thead>'
    ).format(first, Markup("").join(upper), Markup("").join(lower))


def _cells(counts):
    plain, late = Markup("<td>{}</td>"), Markup('<td class="late">{}</td>')
    return Markup("").join(
        (late if code == "open_overdue" and counts[code] else plain).format(
            counts[code]
        )
        for code in _codes()
    )


def _row(row):
    return Markup("{}<td>{}</td><td>{}</td>").format(
        _cells(row["counts"]),
        percent_text(row["rates"]["completion"]),
        percent_text(row["rates"]["on_time"]),
    )


def _table(data):
    width = len(_codes()) + 3
    groups = []
    for name, rows in groupby(data["agencies"], key=lambda row: row["kind_name"]):
        head = Markup('<tr><th scope="rowgroup" colspan="{}">{}</th></tr>\n').format(
            width, name
        )
        lines = Markup("\n").join(
            Markup('<tr><th scope="row">{}</th>{}</tr>').format(row["name"], _row(row))
            for row in rows
        )
        groups.append(
            Markup("<tbody>\n{}{}\n</tbody>").format(head if name else "", lines)
        )
    return Markup(
        "<h2>Bảng số liệu</h2>\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="Bảng số liệu">\n'
        "<table><caption>Số nhiệm vụ theo cơ quan, {period}</caption>\n{heads}\n"
        '{groups}\n<tfoot><tr><th scope="row">{whole}</th>{total}</tr></tfoot>'
        "</table>\n</div>"
    ).format(
        period=data["report"]["period"],
        heads=_heads("Cơ quan"),
        groups=Markup("\n").join(groups),
        whole=WHOLE,
        total=_row(data["total"]),
    )


def _downloads(address):
    return Markup(
        '<p class="downloads">Tải số liệu: <a href="{0}/so-lieu.csv" download>CSV (mở'
        ' bằng Excel)</a> · <a href="{0}/so-lieu.json" download>JSON (cho máy'
        " đọc)</a></p>"
    ).format(address)


def _footer(report):
    return Markup(
        "<footer><p>Một nhiệm vụ giao cho nhiều cơ quan chủ trì được tính ở mỗi cơ"
        " quan. Số liệu không gồm nhiệm vụ ngoài phạm vi theo dõi, công khai của quy"
        ' chế.</p><p>Mã kiểm tra của báo cáo: <span class="code">{}</span></p></footer>'
    ).format(report["digest"])


def entity_tag(content):
    """Return the strong ETag of some bytes, without its quotes."""
    return b64encode(hashlib.sha256(content).digest()[:18], b"-_").decode()
