"""Workers of Odoo that can be killed: one process keeps Odoo loaded, and forks.

What notice_worker.py and digest_worker.py share; a test of killed.py's reads `serve`,
which answers commands, one a line.

    add COUNT   give the workers COUNT more to find; the answer is "added"
    work KILL   fork a worker that does the job; KILL is the number of the event before
                which it kills itself, or a time in seconds after which it is killed,
                or "-"
    pair        two workers at once do the job, and are not killed

The answer to the last two is how each worker ended: "killed", "done" or "failed".
"""

import os
import signal
import sys
import time
import traceback

from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

NUMBERS = {"work": range(1), "pair": range(2)}
inherited = []


def serve(env, job, watched, add):
    """Answer the commands, after having done the job once: what a child would
    otherwise load anew.

    :param job: what a worker does: job(env)
    :param watched: watched(registry) tells the events that matter, (owner, name) each:
        statements that write, commits, mails handed to a server
    :param add: gives the workers more to find: add(COUNT). However many rounds a test
        needs, there must be enough: their number is left to chance
    """
    env.cr.commit()
    job(env)
    env.cr.commit()
    print("ready", flush=True)
    for line in sys.stdin:
        name, *values = line.split()
        if name == "add":
            add(*map(int, values))
            env.cr.commit()
            print("added", flush=True)
            continue
        workers = [
            fork(env.cr.dbname, job, watched, *values) for _each in NUMBERS[name]
        ]
        print(*map(end, workers), flush=True)
    return 0


def fork(database, job, watched, kill="-"):
    pid = os.fork()
    if not pid:
        work(database, job, watched, kill)
    if "." in kill:
        time.sleep(float(kill))
        os.kill(pid, signal.SIGKILL)
    return pid


def end(pid):
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "failed" if os.waitstatus_to_exitcode(status) else "done"


def work(database, job, watched, kill):
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
            kill_before(int(kill), watched(registry))
        with registry.cursor() as cr:
            job(Environment(cr, SUPERUSER_ID, {}))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def kill_before(event, watched):
    """Kill this process before the given one of the events; they come before and after
    each call of what is watched."""
    left = event

    def reached():
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(owner, name):
        original = getattr(owner, name)

        def call(*args, **kwargs):
            reached()
            result = original(*args, **kwargs)
            reached()
            return result

        setattr(owner, name, call)

    for owner, name in watched:
        watch(owner, name)
