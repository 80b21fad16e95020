"""bin/bench: the ratios of the product's requirements, in one run on one database.

    release   assignments of directives of ten tasks for three agencies, against as many
              `project.task` created in one call
    reading   with 100,000 rows on each side: the agency officer's list of 80 with its
              count and the grouping by state, against those of a project user
    public    the public page against a static file, both of one Odoo over HTTP
    limits    10,000 due dates, against a precomputed array of working days
    queries   of a list, a form and a release, for few records and for many

Arguments: --rows N (loaded on each side), --directives N (released), --quick (a trial).
"""

import argparse

from bench_due import due_dates
from bench_people import People
from bench_public import public
from bench_read import queries, reading
from bench_release import release
from bench_rows import ROWS, check_ledger, load
from stopwatch import ROUNDS, table

HEADS = ["", "ours", "project.task", "raw SQL", "ratio", "target", ""]


def main(env, *arguments):
    """Measure, print the table, and tell by the exit code if every target is met."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--directives", type=int, default=334)
    parser.add_argument("--quick", action="store_true", help="a trial")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rows, options.directives = 3000, 10

    say("Making 150 agencies and their users")
    people = People(env)
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

    print(f"\nMedian of {ROUNDS} rounds, both sides in turn, in one process.")
    print(table(HEADS, [measure.line() for measure in measures]))
    print("\nNumber of queries")
    print(table(["", "few", "many", ""], [line for line, _met in counted]))
    if options.quick:
        print("\nA trial: the targets are for the full number of rows.")
        return 0
    missed = [measure for measure in measures if measure.verdict == "MISSED"]
    return int(bool(missed) or not all(met for _line, met in counted))


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
