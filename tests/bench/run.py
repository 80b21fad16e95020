"""bin/bench: the ratios of the product's requirements, in one run on one database.

    release   assignments of directives of ten tasks for three agencies, against as many
              `project.task` created in one call
    reading   with 100,000 rows on each side: the agency officer's list of 80 with its
              count and the grouping by state, against those of a project user
    public    the public page against a static file, both of one Odoo over HTTP
    limits    10,000 due dates, against a precomputed array of working days
    queries   of a list, a form and a release, for few records and for many
    figures   a month's of 150 agencies with a million assignments, against
              `figures.sql`; the workbook's memory at 100,000 rows, against 10,000; the
              PDF of a Phụ lục II of 5,000 rows, against one call of WeasyPrint
    digests   a run with nothing due of a million assignments, against a job that does
              nothing, and its statements explained; 2,000 digests queued, against
              `send_mail_batch` of as many mails of the same size

Arguments: --rows N (loaded on each side), --directives N (released), --figures N
(loaded for the figures and the digests), --only figures or digests, --quick (a trial).
"""

import argparse

from bench_digest import DIGESTS, idle, prepare, queueing
from bench_due import due_dates
from bench_figures import figures, list_pdf, workbook
from bench_people import People
from bench_public import public
from bench_read import queries, reading
from bench_release import release
from bench_rows import MANY, ROWS, check_ledger, load, reload
from stopwatch import ROUNDS, table

HEADS = ["", "ours", "project.task", "raw SQL", "ratio", "target", ""]
REPORT_HEADS = ["", "ours", "compared with", "", "ratio", "target", ""]


def main(env, *arguments):
    """Measure, print the table, and tell by the exit code if every target is met."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--directives", type=int, default=334)
    parser.add_argument("--figures", type=int, default=MANY)
    parser.add_argument("--only", choices=["figures", "digests"])
    parser.add_argument("--quick", action="store_true", help="a trial")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rows, options.directives, options.figures = 3000, 10, 30_000

    say("Making 150 agencies and their users")
    people = People(env)
    lines, met = [], []
    if not options.only:
        lines, met = against_project(people, options)
    load_many(people, options.figures)
    if options.only == "digests":
        report_lines, report_met = [], []
    else:
        report_lines, report_met = reports(people, options)
    if options.only != "figures":
        digest_lines, digest_met = digests(people, options)
        report_lines += digest_lines
        report_met += digest_met

    if lines:
        print(f"\nMedian of {ROUNDS} rounds, both sides in turn, in one process.")
        for part in lines:
            print(part)
    print("\nReports and reminders")
    print(table(REPORT_HEADS, report_lines))
    if options.quick:
        print("\nA trial: the targets are for the full number of rows.")
        return 0
    return int(not all((*met, *report_met)))


def against_project(people, options):
    """Return (tables, whether each target is met) of what Odoo's project does too."""
    env = people.env
    say("Reckoning due dates")
    measures = list(run(people, due_dates(people)))
    say(f"Drafting {options.directives} directives")
    measures += run(people, release(people, options.directives))
    say(f"Loading {options.rows:,} rows on each side by SQL")
    load(people, options.rows)
    check_ledger(people)
    env.cr.commit()
    vacuum(env)
    measures += run(people, reading(people))
    measures += run(people, public(people))
    counted = list(queries(people))
    lines = [
        table(HEADS, [measure.line() for measure in measures]),
        "\nNumber of queries",
        table(["", "few", "many", ""], [line for line, _met in counted]),
    ]
    met = [measure.verdict != "MISSED" for measure in measures]
    return lines, met + [one for _line, one in counted]


def load_many(people, rows):
    say(f"Loading {rows:,} assignments by SQL")
    reload(people, rows)
    check_ledger(people)
    people.env.cr.commit()
    vacuum(people.env)


def reports(people, options):
    """Return (lines, whether each target is met) of the reports."""
    measures = list(run(people, figures(people)))
    lines = [measure.line() for measure in measures]
    met = [measure.verdict != "MISSED" for measure in measures]
    if not options.quick:
        for what in (workbook, list_pdf):
            say(f"Measuring {what.__name__}")
            for line, one in what(people):
                lines.append(line)
                met.append(one)
    return lines, met


def digests(people, options):
    """Return (lines, whether each target is met) of the daily digests."""
    say("Loading what else a province has, none of it due")
    prepare(people)
    people.env.cr.commit()
    vacuum(people.env)
    lines, met = [], []
    for line, one in idle(people, run):
        lines.append(line)
        met.append(one)
    say("Queueing digests")
    number = 200 if options.quick else DIGESTS
    for measure in run(people, queueing(people, number)):
        lines.append(measure.line())
        met.append(measure.verdict != "MISSED")
    return lines, met


def say(words):
    print(f"==> {words} ...", flush=True)


def run(people, measures):
    """Run the measures, each call from cold record caches; writes are rolled back."""
    env = people.env
    places = []

    def before():
        env.invalidate_all()
        places.append(env.cr.savepoint())

    def after():
        places.pop().close(rollback=True)
        env.cr.postcommit.clear()

    def report(measure, nth):
        seconds = ", ".join(
            f"{name} {samples[nth]:.2f} s" for name, samples in measure.seconds.items()
        )
        say(f"{measure.what}: round {nth + 1}: {seconds}")

    for measure in measures:
        measure.run(before, after, report)
        yield measure


def vacuum(env):
    """Statistics and no dead rows, as PostgreSQL keeps a database by itself."""
    with env.registry.cursor() as cr:
        cr.connection.autocommit = True
        cr.execute("VACUUM ANALYZE")
