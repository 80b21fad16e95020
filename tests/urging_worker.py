"""The daily job of reminders, run on a working day whatever day it is today.

Run by tests/test_urging_journey.py: `main(env)` runs the job on the next working day
(today, if it is one) in the morning, and prints, as JSON in one line, a task that a
digest told the officer of an agency: the task, its people and the link in the mail.
"""

import json
import re
import sys
from datetime import timedelta
from html import unescape
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "demo"))
HOUR = 9


def main(env):
    from demo_place import clock

    env = env(context={**env.context, "lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
    day = env.company._task_today()
    while not env.company._task_calendar().is_workday(day):
        day += timedelta(days=1)
    with clock.simulated(clock.utc(day, HOUR)):
        notices = env["task.digest"]._queue_due()
        env.flush_all()
    found = sorted(map(told, chosen(env, notices)), key=lambda one: -one["late"])
    print(json.dumps({"mails": len(notices), **found[0]}), flush=True)


def chosen(env, notices):
    """Lines of digests on lead tasks, told to officers of agencies whose task it is."""
    for line in env["task.urge"].search([("notice_id", "in", notices.ids)]).line_ids:
        task, user = line.assignment_id, line.urge_id.partner_id.user_ids[:1]
        if (
            line.res_model == "task.assignment"
            and (task.role, task.state) == ("lead", "doing")
            and task.specialist_id
            and user.login == f"{user.login.split('.')[0]}.daumoi"
            and task.agency_id.agency_kind != "office"
        ):
            yield line


def told(line):
    task, notice = line.assignment_id, line.urge_id.notice_id
    hrefs = map(unescape, re.findall(r'href="([^"]+)"', notice.body_html))
    ours = re.compile(rf"/mail/view\?.*model=task\.assignment.*res_id={task.id}\b")
    return {
        "late": task.days_overdue,
        "id": task.id,
        "content": task.content,
        "agency": task.agency_id.name,
        "code": line.urge_id.partner_id.user_ids[:1].login.split(".")[0],
        "specialist": task.specialist_id.login,
        "link": next(href for href in hrefs if ours.search(href)),
    }
