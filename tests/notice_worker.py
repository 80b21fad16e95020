"""The job that queues and sends notices, in workers that can be killed.

Run by tests/test_notice_killed.py: `main(env, port)` answers the commands of
killed_worker.py; "work COUNT" queues the first COUNT notices and sends what waits.
"""

import smtplib
import sys
from pathlib import Path

from odoo import sql_db

sys.path.append(str(Path(__file__).parent))
PEOPLE = 400


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
    env["res.partner"].create(
        [
            {"name": f"Người nhận {number}", "email": f"r{number}@example.com"}
            for number in range(PEOPLE)
        ]
    )
    return killed_worker.serve(env, job, watched)


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


def watched(registry):
    return (
        (smtplib.SMTP, "send_message"),
        (sql_db.Cursor, "commit"),
        (registry["task.notice"], "_insert_rows"),
        (registry["mail.mail"], "create"),
    )
