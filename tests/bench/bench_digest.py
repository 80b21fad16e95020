"""The daily digests: what a run costs in which nothing is due, of a million
assignments; and how fast many are queued, against Odoo's own batch of mails."""

import re
from datetime import datetime, time, timedelta
from statistics import median
from unittest.mock import patch

from bench_people import AGENCIES
from stopwatch import Measure

from odoo import fields
from odoo.sql_db import Cursor
from odoo.tools import SQL

AT_MOST_MORE = 20  # ms, than a job that does nothing
FASTER = 3  # than send_mail_batch
DIGESTS = 2000
LINES = 5  # in each
PROVINCE = timedelta(hours=7)
#: Tables of ours that stay small whatever the province does.
SETTINGS = ("task_regulation", "task_reminder_step", "task_calendar_day", "task_field")

#: What else a province has by then, as much of it as of a year or two; none of it runs.
FINISHED = {
    "task_result": """
INSERT INTO task_result (assignment_id, agency_id, document_id, state, text,
       submitted_on, submitted_by_id, decided_on, create_date)
SELECT id, agency_id, document_id, 'accepted', 'Đã xong', assigned_on + 5, %(user)s,
       assigned_on + 6, assigned_on
  FROM task_assignment WHERE id %% 5 = 0""",
    "task_extension": """
INSERT INTO task_extension (assignment_id, agency_id, document_id, state, text,
       new_deadline, submitted_on, submitted_by_id, decided_on, create_date)
SELECT id, agency_id, document_id, 'accepted', 'Cần thêm thời gian', deadline,
       assigned_on + 5, %(user)s, assigned_on + 6, assigned_on
  FROM task_assignment WHERE id %% 50 = 1""",
    "task_return": """
INSERT INTO task_return (assignment_id, agency_id, document_id, kind, state, text,
       submitted_on, submitted_by_id, decided_on, create_date)
SELECT id, agency_id, document_id, 'not_ours', 'refused', 'Không thuộc chức năng',
       assigned_on + 5, %(user)s, assigned_on + 6, assigned_on
  FROM task_assignment WHERE id %% 50 = 2""",
    "task_discrepancy": """
INSERT INTO task_discrepancy (assignment_id, company_id, agency_id, document_id, side,
       kind, found_on, channel, state, text, reported_at, answered_at, create_date)
SELECT id, company_id, agency_id, document_id, 'agency', 'deadline', assigned_on + 5,
       'system', 'answered', 'Khác hạn', assigned_on, assigned_on, assigned_on
  FROM task_assignment WHERE id %% 50 = 3""",
    # one in five still runs, far from its day
    "task_clock": """
INSERT INTO task_clock (rule_id, company_id, act, actor, stop, res_model, res_id,
       started_on, due_on, stopped_on, is_late, create_date)
SELECT %(rule)s, company_id, 'extension_answer', 'office', 'answer', 'task.assignment',
       id, assigned_on, %(today)s - 90 + (id %% 20) * 10 * (id %% 2),
       CASE WHEN id %% 5 > 0 THEN assigned_on + 1 END, FALSE, assigned_on
  FROM task_assignment WHERE id %% 4 = 0""",
    "task_notice": """
INSERT INTO task_notice (marker, company_id, partner_id, subject, message_id, state,
       queued_at, trying_since, sent_at, tries, create_date)
SELECT 'digest/2024-01-01/' || id, company_id, %(partner)s, 'Nhắc việc', 'bench' || id,
       'sent', assigned_on, assigned_on, assigned_on, 1, assigned_on
  FROM task_assignment WHERE id %% 5 = 0""",
    "task_urge": """
INSERT INTO task_urge (kind, state, company_id, day, partner_id, notice_id, create_date)
SELECT 'automatic', 'done', company_id, queued_at, partner_id, id, queued_at
  FROM task_notice""",
    "task_urge_line": """
INSERT INTO task_urge_line (urge_id, kind, state, company_id, day, res_model, res_id,
       marker)
SELECT urge.id, 'automatic', 'done', company_id, day, 'task.assignment', urge.id,
       'task.assignment/' || urge.id || '/1/2024-01-01/' || nth
  FROM task_urge urge, generate_series(1, 5) AS part (nth)""",
}
#: Of what runs nothing is due within two months.
NOTHING_DUE = """
UPDATE task_assignment SET due_on = due_on + 400
 WHERE state IN ('released', 'doing')
   AND due_on BETWEEN %(today)s - 60 AND %(today)s + 60
"""
CLOCKS_NOT_DUE = """
UPDATE task_clock SET due_on = due_on + 400
 WHERE stopped_on IS NULL AND due_on BETWEEN %(today)s - 60 AND %(today)s + 60
"""


def at_the_hour(company):
    """Eight in the morning of a working day, as naive UTC; a patch of the clock."""
    day = company._task_calendar().add(company._task_today(), 1)
    moment = datetime.combine(day, time(8)) - PROVINCE
    return day, patch.object(fields.Datetime, "now", lambda: moment)


def prepare(people):
    """Load what a province has besides assignments, and let nothing be due."""
    env = people.env
    today, _clock = at_the_hour(people.company)
    rule = env["task.regulation.rule"].search([], limit=1)
    values = {
        "today": today,
        "user": people.specialist.id,
        "partner": people.specialist.partner_id.id,
        "rule": rule.id,
    }
    for statement in (*FINISHED.values(), NOTHING_DUE, CLOCKS_NOT_DUE):
        env.cr.execute(SQL(statement, **values))
    env.invalidate_all()


# -- nothing due ----------------------------------------------------------------------


def idle(people, run):
    """Yield the lines of the table, and whether met, of a run with nothing due."""
    env = people.env
    _day, clock = at_the_hour(people.company)
    jobs = [
        env["ir.actions.server"].create(
            {
                "name": code,
                "model_id": env["ir.model"]._get_id("task.digest"),
                "state": "code",
                "code": code,
            }
        )
        for code in ("model._queue_due()", "pass")
    ]
    with clock:
        statements, plans = explained(env, jobs[0].run)
        measure = Measure("digests: a run, nothing due", *(job.run for job in jobs))
        measure.calls = 5
        list(run(people, [measure]))
    more = measure.value("ours") - measure.value("theirs")
    line = measure.line()
    line[3:] = ["", f"{more:+.1f} ms", f"≤ +{AT_MOST_MORE} ms"]
    met = more <= AT_MOST_MORE
    yield [*line, "met" if met else "MISSED"], met
    scanned = sequential(plans)
    what = f"digests: index scans only, {len(plans)} of {statements} statements"
    for table in sorted(scanned):
        print(f"    scanned: {table}")
    yield [what, "", "", "", "", "", "MISSED" if scanned else "met"], not scanned


def explained(env, job):
    """(number of statements of the job, the plans of those on tables of ours)."""
    queries = []
    execute = Cursor.execute

    def spy(cr, query, params=None, log_exceptions=True):
        queries.append((query, params))
        return execute(cr, query, params, log_exceptions)

    # as after a restart: what is cached is read once more
    env.invalidate_all()
    env.registry.clear_all_caches()
    with patch.object(Cursor, "execute", spy):
        job()
    plans = []
    for query, params in queries:
        text = query.code if isinstance(query, SQL) else query
        if re.search(r"\btask_\w+", text) and re.match(
            r"\s*(SELECT|WITH|UPD|DEL)", text
        ):
            plans.append(plan(env, query, params))
    if not plans:
        raise ValueError("the job asked nothing of our tables")
    return len(queries), plans


def plan(env, query, params):
    """The plan of a statement: tables that are empty today fill one day, so what an
    index can answer shall be answered by it."""
    env.cr.execute("SET LOCAL enable_seqscan = off")
    try:
        if isinstance(query, SQL):
            env.cr.execute(SQL("EXPLAIN %s", query))
        else:
            env.cr.execute(f"EXPLAIN {query}", params)
        forced = "\n".join(line for (line,) in env.cr.fetchall())
    finally:
        env.cr.execute("SET LOCAL enable_seqscan = on")
    if isinstance(query, SQL):
        env.cr.execute(SQL("EXPLAIN %s", query))
    else:
        env.cr.execute(f"EXPLAIN {query}", params)
    chosen = "\n".join(line for (line,) in env.cr.fetchall())
    return forced, chosen


def sequential(plans):
    """The tables of ours that grow and are read from one end to the other: by choice
    where they are full, or because no index serves where they are empty here."""
    found = set()
    for forced, chosen in plans:
        full = re.findall(r"Seq Scan on (task_\w+)", chosen)
        found.update(table for table in full if table in FINISHED)
        found.update(re.findall(r"Seq Scan on (task_\w+)", forced))
        found.update({"task_assignment"} & set(full))
    return {table for table in found if not table.startswith(SETTINGS)}


# -- many digests ---------------------------------------------------------------------


def queueing(people, digests=DIGESTS):
    """Yield the measure: digests of `digests` officers against as many mails of a
    template with a body of the same size."""
    env = people.env
    day, clock = at_the_hour(people.company)
    officers = make_officers(people, digests)
    make_due(people, day)
    with clock:
        place = env.cr.savepoint()
        notices = env["task.digest"]._queue_due()
        made = len(notices)
        size = median(len(one.body_html) for one in notices.mail_mail_id)
        env.invalidate_all()
        place.close(rollback=True)
        if made < digests:
            raise ValueError(f"only {made} digests of {digests} were queued")
        template = make_template(env, int(size))
        partners = officers.partner_id
        print(f"    {made:,} digests of {size:,.0f} characters")
        yield Measure(
            f"{digests:,} digests queued, against send_mail_batch",
            lambda: env["task.digest"]._queue_due(),
            lambda: template.send_mail_batch(partners.ids),
            faster=FASTER,
            rows=(made, len(partners)),
        )


def make_officers(people, number):
    """As many officers as are missing to `number`, spread over the agencies."""
    before = people.officers
    more = people._users(
        [
            (
                "group_agency_officer",
                {"task_agency_id": people.agencies[nth % AGENCIES].id},
            )
            for nth in range(number - len(before))
        ]
    )
    return before | more


def make_due(people, day):
    """Give each agency LINES assignments that are due on the next working day."""
    env = people.env
    due = people.company._task_calendar().add(day, 1)
    env.flush_all()
    env.cr.execute(
        SQL(
            """
UPDATE task_assignment one SET due_on = %(due)s, deadline = %(due)s, state = 'doing'
  FROM (SELECT id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS place
          FROM task_assignment WHERE company_id = %(company)s
           AND state IN ('released', 'doing', 'done')) numbered
 WHERE numbered.id = one.id AND place <= %(lines)s""",
            due=due,
            company=people.company.id,
            lines=LINES,
        )
    )
    env.invalidate_all()


def make_template(env, size):
    """A template for partners, whose mail has a body of `size` characters."""
    words = "<p>Kính gửi <t t-out='object.name'/></p>"
    line = "<p><a href='/odoo'>Báo cáo kết quả thực hiện nội dung</a></p>"
    body = words + line * max(1, (size - len(words)) // len(line))
    return env["mail.template"].create(
        {
            "name": "Nhắc việc (đo)",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "subject": "Nhắc việc",
            "body_html": body,
            "use_default_to": False,
            "partner_to": "{{ object.id }}",
            "email_from": "vanphong@tinh.example",
            "auto_delete": True,
            "user_id": False,
        }
    )
