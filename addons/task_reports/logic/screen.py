# SPDX-License-Identifier: LGPL-3.0-or-later
"""The figures of a report as the screen draws them."""

from .figures import percent_text
from .form import FORM, HEADS, NOTES, NOTES_HEAD, RATE_FORMULAS, RATES


def screen_values(figures, agencies):
    """Return figures, with the table by agency, as a dict for JSON.

    :param agencies: :class:`AgencyRow` of each line of the table; none for no table.
    """

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
            for row in agencies
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


def identity_values(sheet):
    """Return the identities of a :class:`Sheet` for the screen, as a dict for JSON:
    those of the whole, and of the agencies."""
    values = [
        {
            "whom": one.whom,
            "agency_id": one.agency_id or False,
            "text": one.text,
            "left": one.left,
            "right": one.right,
            "left_codes": list(one.left_codes),
            "right_codes": list(one.right_codes),
            "before": one.before,
            "holds": one.holds,
        }
        for one in sheet.identities()
    ]
    return {
        "whole": [one for one in values if not one["agency_id"]],
        "agencies": [one for one in values if one["agency_id"]],
        "broken": sum(not one["holds"] for one in values),
        "total": len(values),
    }
