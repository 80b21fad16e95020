# SPDX-License-Identifier: LGPL-3.0-or-later
"""The figures of a report as the screen draws them."""

from .figures import percent_text
from .form import FORM, HEADS, NOTES, NOTES_HEAD, RATE_FORMULAS, RATES


def screen_values(sheet):
    """Return the figures of a :class:`Sheet` as a dict for JSON."""
    figures = sheet.figures

    def line(one):
        return {
            "code": one.code,
            "level": one.level,
            "label": one.text,
            "count": figures.count(one.code) if one.code else None,
            "tasks": figures.tasks(one.code) if one.code else None,
        }

    return {
        "lines": [line(one) for one in FORM],
        "notes_head": NOTES_HEAD,
        "notes": [line(one) for one in NOTES],
        "rates": rate_values(figures.rates()),
        "heads": HEADS,
        "agencies": [
            {
                "id": row.agency_id,
                "name": row.name,
                "counts": row.counts,
                "rates": rate_values(row.rates),
            }
            for row in sheet.agencies
        ],
    }


def rate_values(rates):
    """Return the rates with their names and formulas, as a list for JSON."""
    return [
        {
            "code": code,
            "label": RATES[code],
            "formula": RATE_FORMULAS[code],
            "text": percent_text(share),
        }
        for code, share in rates.items()
    ]
