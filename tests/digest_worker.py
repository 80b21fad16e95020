"""The job that makes the daily digests, in workers that can be killed.

Run by tests/test_digest_killed.py: `main(env)` answers the commands of
killed_worker.py; "add COUNT" releases one task, due tomorrow, to COUNT new agencies.
"""

import sys
from datetime import timedelta
from pathlib import Path

from odoo import Command, sql_db

from odoo.addons.task_tracking.models import task_digest

sys.path.append(str(Path(__file__).parent))
#: Digests of a batch: several batches in each run.
BATCH = 2


def main(env):
    import killed_worker

    task_digest.BATCH = BATCH
    return killed_worker.serve(env, job, watched, add=World(env).add)


class World:
    """A province to which agencies come, each with an officer and a task that is due on
    the next working day."""

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
        office = self.agency("Văn phòng", "office")
        self.specialist = self.env["res.users"].create(
            self.user("specialist", "group_office_specialist", office)
        )
        self.given = 0

    def weekend(self):
        today = self.company._task_today()
        days = (today + timedelta(days=number) for number in range(-3, 6))
        return [day for day in days if day.weekday() >= 5]

    def agency(self, name, kind):
        return self.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_agency": True,
                "agency_kind": kind,
            }
        )

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
        agencies = self.env["res.partner"]
        for number in range(self.given, self.given + count):
            agency = self.agency(f"Sở {number}", "department")
            officer = self.user(f"officer{number}", "group_agency_officer", agency)
            self.env["res.users"].create(officer)
            agencies += agency
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


def job(env):
    """What the cron does."""
    env["task.digest"]._cron_queue()
    env.cr.commit()


def watched(registry):
    return (
        (sql_db.Cursor, "commit"),
        (registry["task.notice"], "_insert_rows"),
        (registry["mail.mail"], "create"),
        (registry["task.urge"], "_insert_rows"),
    )
