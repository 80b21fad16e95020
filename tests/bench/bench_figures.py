"""A month's figures of a million assignments against a query written by hand; the
memory of a long workbook; the time of a long Phụ lục II."""

import subprocess
import time
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from stopwatch import Measure

from odoo.addons.task_reports.logic.figures import Figures
from odoo.addons.task_reports.logic.form import (
    ENTRY_CODES,
    EXIT_CODES,
    FRESH_CODE,
    NOTE_CODES,
)
from odoo.addons.task_tracking.logic.life import ENTRY_KINDS
from odoo.addons.task_tracking.logic.pdf_worker import lay_out

HERE = Path(__file__).parent
BY_HAND = (HERE / "figures.sql").read_text(encoding="utf-8")
CODES = (*ENTRY_CODES, *EXIT_CODES, *NOTE_CODES, FRESH_CODE)
AT_MOST = 1.5  # times as long as the query by hand
MORE_MEMORY = 1.2  # at most, for ten times the rows
HALF = 0.5  # of the time of one WeasyPrint call
ROWS = (10_000, 100_000)  # of the workbooks
PDF_ROWS = 5000


def figures(people):
    """The measures of a month's figures of all agencies, having compared them."""
    env = people.env(user=people.specialist)
    first, last = month(env.company)
    fresh = env.company._task_regulation()._policy("freshness_days")
    values = {
        "company": env.company.id,
        "first": first,
        "last": last,
        "fresh": last - timedelta(days=fresh),
        "kinds": ENTRY_KINDS,
    }
    engine = env["task.report.engine"]

    def by_hand():
        env.cr.execute(BY_HAND, values)
        return env.cr.fetchall()

    compare(engine._figures(first, last), by_hand())
    yield Measure(
        f"figures of {first} to {last}, all agencies",
        lambda: engine._figures(first, last),
        by_hand,
        slower=AT_MOST,
        calls=2,
    )


def month(company):
    """The first and last day of the last month that is closed."""
    rule = company._task_regulation()._report_window("month")._rule()
    return rule.window(*rule.last_closed(company._task_today()))


def compare(ours, rows):
    """Both sides must have counted the same.

    :raise ValueError: naming the first agency and line where they differ.
    """
    agencies = {row[0] for row in rows if row[0]}
    if agencies != set(ours.agency_ids):
        raise ValueError(f"Agencies: {sorted(agencies)} and {ours.agency_ids}")
    for agency_id, *counts, tasks in rows:
        for code, count in zip(CODES, counts, strict=True):
            if ours.count(code, agency_id) != count:
                raise ValueError(
                    f"Agency {agency_id}, {code}: {ours.count(code, agency_id)}"
                    f" is counted, {count} by hand."
                )
        if agency_id is None and ours.tasks("total") != tasks:
            raise ValueError(f"Tasks: {ours.tasks('total')}, by hand {tasks}.")
    print(f"    {ours.count('total'):,} counted of {len(agencies)} agencies, alike")


def workbook(people):
    """Yield (line of the table, whether met): peak memory of a process that writes the
    workbook of ten times the rows."""
    peaks = []
    for rows in ROWS:
        answer = subprocess.run(
            [
                HERE.parents[1] / "bin" / "odoo",
                "--run",
                people.env.cr.dbname,
                HERE / "workbook_peak.py",
                str(people.specialist.id),
                str(rows),
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        peaks.append(int(answer.stdout.strip().rpartition(" ")[2]))
        print(f"    {rows:,} rows: {peaks[-1]:,} KiB at most")
    ratio = peaks[1] / peaks[0]
    met = ratio <= MORE_MEMORY
    what = f"workbook: peak memory at {ROWS[1]:,} rows, at {ROWS[0]:,}"
    numbers = [f"{peaks[1]:,} KiB", f"{peaks[0]:,} KiB"]
    yield [what, *numbers, *judged(ratio, MORE_MEMORY, met)], met


def long_sheet(env, rows):
    """The sheet of a window long enough, its list cut to `rows`."""
    last = month(env.company)[1]
    sheet = env["task.report.sheet"]._sheet(
        last - timedelta(days=600),
        last,
        env["res.partner"],
        period="dài",
        addressee="",
        causes="",
        difficulties="",
    )
    if sheet.row_count < rows:
        raise ValueError(f"Only {sheet.row_count} rows to print.")
    every = sheet.rows_factory
    return replace(sheet, rows_factory=lambda: islice(every(), rows))


def list_pdf(people, rows=PDF_ROWS):
    """Yield (line of the table, whether met): the time of a long Phụ lục II as PDF,
    against one call of WeasyPrint on the same document."""
    env = people.env(user=people.specialist)
    sheet = long_sheet(env, rows)
    masks = ((row.agency_id, row.task_id, row.mask) for row in sheet.rows())
    sheet = replace(sheet, figures=Figures.from_masks(masks))
    wizard = env["task.report.wizard"].create({})
    with patch.object(type(wizard), "_sheet", lambda _wizard: sheet):
        html = env["ir.actions.report"]._render_qweb_html(
            "task_reports.report_phu_luc", wizard.ids
        )[0]
    html = html.decode()
    seconds = []
    for print_it in (
        env["ir.actions.report"]._weasyprint_pdf,
        lambda text: lay_out(text).write_pdf(),
    ):
        start = time.perf_counter()
        size = len(print_it(html))
        seconds.append(time.perf_counter() - start)
        print(f"    {seconds[-1]:.1f} s, {size:,} bytes")
    ratio = seconds[0] / seconds[1]
    met = ratio <= HALF
    what = f"Phụ lục II of {rows:,} rows as PDF, one WeasyPrint call"
    numbers = [f"{one:.1f} s" for one in seconds]
    yield [what, *numbers, *judged(ratio, HALF, met)], met


def judged(ratio, target, met):
    """The last cells of a line."""
    return ["", f"{ratio:.2f}", f"≤ {target:g}", "met" if met else "MISSED"]
