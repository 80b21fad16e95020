"""The job that queues and sends notices, in workers that can be killed.

Run by tests/test_notice_killed.py: `main(env, port)` answers the commands of
killed_worker.py; "add COUNT" adds COUNT people to notify.
"""

import smtplib
import sys
from pathlib import Path

from odoo import sql_db

sys.path.append(str(Path(__file__).parent))
NAME = "Người nhận"


def main(env, port):
    import killed_worker

    company = env.company
    company.email = "vanphong@tinh.example"
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {"name": "test", "smtp_host": "127.0.0.1", "smtp_port": int(port)}
    )
    # nobody else's mails in the way
    env["mail.mail"].search([]).state = "cancel"

    def add(count):
        """Each is told apart by the number of those before."""
        before = len(people(env))
        env["res.partner"].create(
            [
                {"name": f"{NAME} {number}", "email": f"r{number}@example.com"}
                for number in range(before, before + count)
            ]
        )

    return killed_worker.serve(env, job, watched, add)


def people(env):
    return env["res.partner"].search([("name", "=like", f"{NAME} %")], order="id")


def job(env):
    """What the jobs do: queue what is not queued, send what waits."""
    notices = env["task.notice"]
    notices._queue(
        {
            "marker": f"killed/{index}",
            "company": env.company,
            "partner": person,
            "subject": f"Thư {index}",
            "body": f"<p>Kính gửi {person.name}</p>",
        }
        for index, person in enumerate(people(env))
    )
    env.cr.commit()
    notices._cron_retry()
    env["mail.mail"].process_email_queue()


def watched(registry):
    return (
        (smtplib.SMTP, "send_message"),
        (sql_db.Cursor, "commit"),
        (registry["task.notice"], "_insert_rows"),
        (registry["mail.mail"], "create"),
    )
