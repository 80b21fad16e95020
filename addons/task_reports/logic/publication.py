# SPDX-License-Identifier: LGPL-3.0-or-later
"""What is told to everybody: figures of a published report by agency, no names.

Made of frozen heads only. The words stay in Vietnamese whatever the reader's
language: it is the authority's own publication (BG Đ18.2).
"""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

from .figures import percent_text
from .form import ENTRY_CODES, EXIT_CODES, HEADS, RATES
from .sheet import Sheet

#: Version of the JSON below; a key is never renamed within one.
SCHEMA = "cong-khai/1"
#: The lines told, in the form's order.
CODES = (
    "total",
    "assigned",
    *ENTRY_CODES[:3],
    "carried",
    *ENTRY_CODES[3:],
    "completed",
    *EXIT_CODES[:2],
    "open",
    *EXIT_CODES[2:],
)
#: Heads that can stand alone, out of the form.
LABELS = {
    "total": "Tổng số nhiệm vụ",
    "assigned": "Giao trong kỳ",
    "programme": "Giao theo Chương trình công tác",
    "conclusion": "Giao tại Thông báo kết luận",
    "adhoc": "Giao đột xuất",
    "carried": HEADS["carried"],
    "carried_in_time": "Kỳ trước chuyển sang, còn trong hạn",
    "carried_extended": "Kỳ trước chuyển sang, được gia hạn",
    "carried_overdue": "Kỳ trước chuyển sang, quá hạn",
    "completed": "Hoàn thành",
    "completed_on_time": "Hoàn thành đúng hạn, sớm hạn",
    "completed_late": "Hoàn thành quá hạn",
    "open": "Chưa hoàn thành",
    "open_extended": "Chưa hoàn thành, được gia hạn",
    "open_in_time": "Chưa hoàn thành, còn trong hạn",
    "open_overdue": "Chưa hoàn thành, quá hạn",
}
#: Natural persons a task was given to stand in one row without their names.
PERSON = "person"
PERSONS = "Cá nhân"
WHOLE = "Tổng số"


@dataclass(frozen=True, slots=True)
class Published:
    """A published report as it was frozen: the head of its snapshot, and when it was
    published. `sheet` has no rows."""

    kind: str
    version: int
    digest: str
    published_on: date
    sheet: Sheet

    @classmethod
    def of_head(cls, head, **words):
        """Return what may be told of a snapshot's head, as `words` says."""
        return cls(sheet=Sheet.from_frozen(head, lambda: iter(())), **words)


def publication(authority, shown, earlier):
    """Return what is published as a dict that JSON can hold (its keys are stable):

    - `schema`, `authority`; `labels`: the Vietnamese words of the codes;
    - `report`: `kind`, `period`, `date_from`, `date_to`, `published_on` (ISO days),
      `version` (above 1: a correction), `digest` (check code of the frozen report);
    - `total`: `counts` {code: assignments}, `tasks` (distinct tasks of the total),
      `rates` {completion, on_time, freshness: share from 0 to 1, null for 0 ÷ 0};
    - `agencies`, in the order of the report: `id` (null where persons are summed up),
      `name`, `kind`, `kind_name`, `counts`, `rates`;
    - `trend`, oldest first, the shown one last: `period`, `date_from`, `date_to`,
      `published_on`, `counts`, `rates`.

    :param authority: name of the body whose report it is.
    :param shown: the :class:`Published` that is shown.
    :param earlier: earlier ones of the same kind, the oldest first.
    """
    figures = shown.sheet.figures
    return {
        "schema": SCHEMA,
        "authority": authority,
        "labels": LABELS | RATES,
        "report": {
            "kind": shown.kind,
            **_period(shown),
            "version": shown.version,
            "digest": shown.digest,
        },
        "total": {
            "counts": _counts(figures.as_dict()),
            "tasks": figures.tasks("total"),
            "rates": figures.rates(),
        },
        "agencies": _agencies(shown.sheet),
        "trend": [
            {
                **_period(one),
                "counts": _counts(one.sheet.figures.as_dict()),
                "rates": one.sheet.figures.rates(),
            }
            for one in (*earlier, shown)
        ],
    }


def _period(one):
    return {
        "period": one.sheet.period,
        "date_from": one.sheet.date_from.isoformat(),
        "date_to": one.sheet.date_to.isoformat(),
        "published_on": one.published_on.isoformat(),
    }


def _counts(counts):
    return {code: counts[code] for code in CODES}


def _agencies(sheet):
    """The rows of the table by agency; those of natural persons as one, the last."""
    rows = [
        {
            "id": row.agency_id,
            "name": row.name,
            "kind": row.kind,
            "kind_name": row.kind_name,
            "counts": _counts(row.counts),
            "rates": row.rates,
        }
        for row in sheet.agencies
        if row.kind != PERSON
    ]
    persons = [row.agency_id for row in sheet.agencies if row.kind == PERSON]
    if persons:
        part = sheet.figures.part(persons)
        rows.append(
            {
                "id": None,
                "name": PERSONS,
                "kind": PERSON,
                "kind_name": PERSONS,
                "counts": _counts(part.as_dict()),
                "rates": part.rates(),
            }
        )
    return rows


def json_bytes(data):
    """Return the publication as JSON; the same data give the same bytes."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


#: Columns of the CSV before the codes and the rates.
CSV_HEADS = ("Kỳ báo cáo", "Từ ngày", "Đến hết ngày", "Cơ quan", "Nhóm cơ quan")


def csv_bytes(data):
    """Return the figures by agency as CSV that a double click opens in Excel.

    UTF-8 with a byte order mark, without which Excel takes the letters for another
    alphabet's; a semicolon between the columns, because the comma is the decimal sign
    of Vietnamese settings and Excel then parts columns by semicolons. Who reads it by
    a program takes the JSON.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow((*CSV_HEADS, *(LABELS[code] for code in CODES), *RATES.values()))
    report = data["report"]
    period = (report["period"], report["date_from"], report["date_to"])
    whole = {"name": WHOLE, "kind_name": "", **data["total"]}
    for row in (*data["agencies"], whole):
        writer.writerow(
            (
                *period,
                _cell(row["name"]),
                _cell(row["kind_name"]),
                *(row["counts"][code] for code in CODES),
                *(_percent(row["rates"][code]) for code in RATES),
            )
        )
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _cell(text):
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _percent(share):
    return "" if share is None else percent_text(share).replace(" ", "")
