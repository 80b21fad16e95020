"""The public page against a static file, both asked of one Odoo server over HTTP.

The server is a process of its own, started as bin/serve starts one; the client opens
several connections at once. The static file is the one of Odoo's own whose size is
nearest to the page's.
"""

import http.client
import sys
import threading
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from stopwatch import Measure

import odoo

REQUESTS = 600  # in one call
THREADS = 4
PAGE = "/cong-khai"


def public(people):
    """Publish the month before today's, and compare the page with a static file."""
    publish(people.env)
    with served(people.env.cr.dbname) as port:
        page = fetch(port, PAGE)
        path = nearest_static(len(page))
        fetch(port, path)
        yield Measure(
            "public page, static file",
            lambda: ask(port, PAGE),
            lambda: ask(port, path),
            faster=0.5,
            rows=(REQUESTS, REQUESTS),
        )


def publish(env):
    """Let the Office compile and publish a month's report of all agencies."""
    company = env.company
    regulation = company.regulation_id
    policy = regulation.policy_ids.filtered(lambda one: one.key == "public_page")
    policy.value = "yes"
    window = regulation._report_window("month")
    year, number = window._rule().last_closed(company._task_today())
    first, last = window._rule().window(year, number)
    periods = env["task.report.period"].sudo()
    vals = periods._period_vals(regulation, window, year, number, first, last)
    period = periods.create({**vals, "company_id": company.id})
    period._open()
    report = period.report_ids.filtered(lambda one: not one.agency_id)
    report._submit()
    report.action_publish()
    env.cr.commit()


@contextmanager
def served(database):
    """The port on which an Odoo of its own serves the database."""
    sys.path.append(str(Path(__file__).parents[2] / "bin" / "lib"))
    import province
    import runner

    runner = runner.prepare("serve", development=True)
    folder = Path(odoo.tools.config["data_dir"])
    service = province.Service(folder / "bench.pid", folder / "bench.log")
    port = province.free_port()
    service.start(runner, database, port, "--max-cron-threads=0")
    try:
        yield port
    finally:
        service.stop()


def fetch(port, path):
    """The body of one answer, which must be a good one."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read()


def ask(port, path):
    """Ask for the path many times, over several connections at once.

    :raise RuntimeError: for an answer that is not the file.
    """
    wrong = []

    def go():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _nr in range(REQUESTS // THREADS):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=go) for _nr in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong:
        raise RuntimeError(f"{path}: {wrong[:3]}")


def nearest_static(size):
    """The address of the static file of Odoo's web client nearest in size."""
    folder = Path(odoo.modules.get_module_path("web"))
    files = (folder / "static" / "src").rglob("*.js")
    best = min(files, key=lambda file: abs(file.stat().st_size - size))
    return f"/web/{best.relative_to(folder)}"
