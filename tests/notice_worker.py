"""Workers of Odoo that can be killed: one process keeps Odoo loaded, and forks.

Run by tests/test_notice_killed.py: `main(env, port)` answers commands, one a line.

    work COUNT KILL     fork a worker that queues the first COUNT notices and sends what
                        waits; KILL is the number of the event before which it kills
                        itself, or a time in seconds after which it is killed, or "-"
    pair COUNT          two workers at once do the same, and are not killed

The answer is how each worker ended: "killed", "done" or "failed".
"""

import os
import signal
import smtplib
import sys
import time
import traceback

from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry


def main(env, port):
    company = env.company
    company.email = "vanphong@tinh.example"
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {"name": "test", "smtp_host": "127.0.0.1", "smtp_port": int(port)}
    )
    # nobody else's mails in the way
    env["mail.mail"].search([]).state = "cancel"
    env["res.partner"].create(
        [
            {"name": f"Người nhận {number}", "email": f"r{number}@example.com"}
            for number in range(PEOPLE)
        ]
    )
    env.cr.commit()
    # what the children would otherwise load anew
    job(env, 0)
    env.cr.commit()
    print("ready", flush=True)
    for line in sys.stdin:
        name, count, *kill = line.split()
        workers = [fork(env.cr.dbname, int(count), *kill) for _each in NUMBERS[name]]
        print(*map(end, workers), flush=True)
    return 0


PEOPLE = 400
inherited = []
NUMBERS = {"work": range(1), "pair": range(2)}


def job(env, count):
    """What the jobs do: queue what is not queued, send what waits."""
    people = env["res.partner"].search([("name", "=like", "Người nhận %")], order="id")[
        :count
    ]
    notices = env["task.notice"]
    notices._queue(
        {
            "marker": f"killed/{index}",
            "company": env.company,
            "partner": person,
            "subject": f"Thư {index}",
            "body": f"<p>Kính gửi {person.name}</p>",
        }
        for index, person in enumerate(people)
    )
    env.cr.commit()
    notices._cron_retry()
    env["mail.mail"].process_email_queue()


def fork(database, count, kill="-"):
    pid = os.fork()
    if not pid:
        work(database, count, kill)
    if "." in kill:
        time.sleep(float(kill))
        os.kill(pid, signal.SIGKILL)
    return pid


def end(pid):
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "failed" if os.waitstatus_to_exitcode(status) else "done"


def work(database, count, kill):
    """The child: it shares no connection with its parent, and never returns."""
    code = 1
    try:
        # the parent's connections are not ours to use, nor (by forgetting) to close
        inherited.append((sql_db._Pool, sql_db._Pool_readonly))
        sql_db._Pool = sql_db._Pool_readonly = None
        registry = Registry(database)
        # nor those the registry would take from the parent's pool
        registry._db = sql_db.db_connect(database)
        if kill.isdigit():
            kill_before(registry, int(kill))
        with registry.cursor() as cr:
            job(Environment(cr, SUPERUSER_ID, {}), count)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def kill_before(registry, event):
    """Kill this process before the given one of the events that matter: a statement
    that writes, a commit, a mail handed to the server; and after each of these."""
    left = event

    def reached():
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(owner, name):
        original = getattr(owner, name)

        def call(*args, **kwargs):
            reached()
            result = original(*args, **kwargs)
            reached()
            return result

        setattr(owner, name, call)

    watched(smtplib.SMTP, "send_message")
    watched(sql_db.Cursor, "commit")
    watched(registry["task.notice"], "_insert_rows")
    watched(registry["mail.mail"], "create")
