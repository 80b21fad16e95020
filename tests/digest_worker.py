"""Workers of Odoo that make the daily digests and can be killed: see notice_worker.py,
whose processes and kills these are.

Run by tests/test_digest_killed.py: `main(env)` answers commands, one a line.

    add COUNT           release one task, due tomorrow, to each of COUNT agencies that
                        have none yet
    work - KILL         fork a worker that runs the job; KILL as in notice_worker.py
    pair - -            two workers at once do the same, and are not killed
"""

import importlib.util
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from odoo import Command, sql_db

from odoo.addons.task_tracking.models import task_digest

file = Path(__file__).parent / "notice_worker.py"
spec = importlib.util.spec_from_file_location("notice_worker", file)
notice_worker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(notice_worker)

AGENCIES = 300
#: Digests of a batch: several batches in each run.
BATCH = 2


def main(env):
    task_digest.BATCH = BATCH
    world = World(env)
    env.cr.commit()
    notice_worker.job = job
    notice_worker.kill_before = kill_before
    job(env, 0)
    env.cr.commit()
    print("ready", flush=True)
    for line in sys.stdin:
        name, count, *kill = line.split()
        if name == "add":
            world.add(int(count))
            env.cr.commit()
            print("added", flush=True)
            continue
        numbers = notice_worker.NUMBERS[name]
        workers = [notice_worker.fork(env.cr.dbname, 0, *kill) for _each in numbers]
        print(*map(notice_worker.end, workers), flush=True)
    return 0


class World:
    """A province of many agencies, each with an officer, whose tasks are due on the
    next working day."""

    def __init__(self, env):
        context = {"no_reset_password": True, "tracking_disable": True}
        self.env = env(context=context)
        self.company = self.env["res.company"].create(
            {
                "name": "Tỉnh thử",
                "regulation_id": env.ref("task_tracking.regulation_khanh_hoa").id,
                "task_digest_hour": 0,
                "email": "vanphong@tinh.example",
            }
        )
        # the job runs on any day
        env["task.calendar.day"].create(
            [
                {
                    "date": day,
                    "kind": "worked",
                    "name": "Làm bù",
                    "state": "confirmed",
                    "company_id": self.company.id,
                }
                for day in self.weekend()
            ]
        )
        self.agencies = self.env["res.partner"].create(
            [
                {
                    "name": f"Sở {number}",
                    "is_company": True,
                    "is_agency": True,
                    "agency_kind": "department",
                }
                for number in range(AGENCIES)
            ]
        )
        self.env["res.users"].create(
            [
                self.user(f"officer{number}", "group_agency_officer", agency)
                for number, agency in enumerate(self.agencies)
            ]
        )
        office = self.env["res.partner"].create(
            {
                "name": "Văn phòng",
                "is_company": True,
                "is_agency": True,
                "agency_kind": "office",
            }
        )
        self.specialist = self.env["res.users"].create(
            self.user("specialist", "group_office_specialist", office)
        )
        self.given = 0

    def weekend(self):
        today = self.company._task_today()
        days = (today + timedelta(days=number) for number in range(-3, 6))
        return [day for day in days if day.weekday() >= 5]

    def user(self, login, group, agency):
        group = self.env.ref(f"task_tracking.{group}")
        return {
            "name": login,
            "login": f"killed_{login}",
            "email": f"{login}@example.com",
            "company_id": self.company.id,
            "company_ids": [Command.set(self.company.ids)],
            "task_agency_id": agency.id,
            "group_ids": [Command.set([group.id, self.env.ref("base.group_user").id])],
        }

    def add(self, count):
        agencies = self.agencies[self.given : self.given + count]
        self.given += count
        today = self.company._task_today()
        company = {"allowed_company_ids": self.company.ids}
        documents = self.env["task.document"].with_user(self.specialist)
        documents.with_context(**company).create(
            {
                "abstract": f"Văn bản {self.given}",
                "issued_on": today,
                "task_ids": [
                    Command.create(
                        {
                            "name": f"Việc {self.given}",
                            "lead_agency_ids": [Command.set(agencies.ids)],
                            "deadline": self.company._task_calendar().add(today, 1),
                        }
                    )
                ],
            }
        ).action_release()


def job(env, _count):
    """What the cron does."""
    env["task.digest"]._cron_queue()
    env.cr.commit()


def kill_before(registry, event):
    """As in notice_worker.py, before and after each of the statements of a digest."""
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

    watched(sql_db.Cursor, "commit")
    watched(registry["task.notice"], "_insert_rows")
    watched(registry["mail.mail"], "create")
    watched(registry["task.urge"], "_insert_rows")
