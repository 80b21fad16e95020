"""100,000 rows on each side, loaded by SQL: assignments with their ledger, and tasks.

The lives are made of the task's number alone, so that every run loads the same rows.
`check_ledger` proves that columns and spans are what the facts say.
"""

from bench_people import DEPARTMENTS, FIELDS, LEADS, PROJECTS, STAGES

from odoo.models import MAGIC_COLUMNS
from odoo.tools import SQL

ROWS = 100_000
MANY = 1_000_000  # for the figures of a province
DAYS = 730  # the directives are spread over two years

#: One line per assignment: who, when, and how far it has come.
PLAN = """
CREATE TEMP TABLE bench_plan AS
WITH numbered AS (
    SELECT n, n / 3 AS task, n / 30 AS document, n %% 3 AS place,
           %(today)s::date - 1 - (n / 30) * (%(days)s - 1) / (%(rows)s / 30 + 1) AS a
      FROM generate_series(0, %(rows)s - 1) n
), dated AS (
    SELECT *,
           a + 7 + task * 31 %% 50 AS first_deadline,
           CASE WHEN task %% 5 < 3 THEN task * 7 %% %(departments)s
                ELSE (task / 5 * 2 + task %% 5) %% %(leads)s END AS lead,
           CASE WHEN place = 0 OR place = 1 AND task %% 4 = 0
                THEN 'lead' ELSE 'support' END AS role,
           (task::bigint * 7919 %% 100)::int AS luck
      FROM numbered
), extended AS (
    SELECT *,
           task %% 10 = 3 AND luck >= 2 AND first_deadline - 1 < %(today)s AS asked,
           CASE WHEN place = 0 THEN lead
                WHEN place = 2 THEN %(leads)s + 45 + task %% 45
                WHEN task %% 3 > 0 THEN %(leads)s + task / 3 %% 45
                ELSE (lead + 1 + task %% (%(departments)s - 1)) %% %(departments)s
                END AS agency
      FROM dated
), decided AS (
    SELECT *,
           first_deadline + CASE WHEN asked AND role = 'lead' THEN 15 ELSE 0 END AS d,
           CASE WHEN luck < 2 THEN 'withdrawn'
                WHEN luck < CASE WHEN first_deadline < %(today)s - 30 THEN 97
                                 WHEN first_deadline < %(today)s THEN 80
                                 ELSE 30 END THEN 'done'
                WHEN task %% 10 = 0 THEN 'released'
                WHEN task %% 10 = 1 THEN 'submitted'
                WHEN task %% 10 = 2 THEN 'returned'
                ELSE 'doing' END AS task_state
      FROM extended
), handed AS (
    SELECT *,
           CASE WHEN task_state IN ('done', 'submitted') AND role = 'lead' THEN LEAST(
                %(today)s,
                GREATEST(a + 1,
                         CASE WHEN asked THEN first_deadline END,
                         d + CASE WHEN task %% 7 < 5 THEN -2 ELSE 1 + task %% 20 END)
                ) END AS h,
           CASE WHEN task_state != 'released' THEN a + 1 END AS received,
           CASE WHEN task_state = 'withdrawn' AND role = 'lead' THEN a + 1 END AS x,
           asked AND role = 'lead' AS is_extended
      FROM decided
)
SELECT *,
       CASE WHEN task_state = 'done' AND role = 'lead'
            THEN LEAST(%(today)s, h + task %% 3) END AS k,
       CASE WHEN role = 'lead' THEN task_state
            WHEN task_state IN ('done', 'released') THEN task_state
            ELSE 'doing' END AS state
  FROM handed
"""

DOCUMENTS = """
INSERT INTO task_document (number, notation, reference, reference_key, abstract,
       issued_on, issue_year, registered_on, released_on, issuer_id, specialist_id,
       company_id, source, assigner_level, urgency, secrecy, state, create_uid,
       create_date)
SELECT document, 'LOAD', document || '/LOAD', document || '/LOAD',
       'Về việc triển khai nội dung ' || document, a, extract(year FROM a), a, a,
       %(issuer)s, %(specialist)s, %(company)s,
       (ARRAY['programme', 'conclusion', 'adhoc', 'adhoc'])[1 + document %% 4],
       'chairman', 'normal', 'open', 'released', %(specialist)s, a
  FROM bench_plan WHERE n %% 30 = 0
"""

TASKS = """
INSERT INTO task_task (document_id, company_id, sequence, field_id,
       specialist_id, product_kind, is_dated, recurrence, deadline, released_on, state,
       name, create_uid, create_date)
SELECT document.id, %(company)s, task,
       (%(fields)s)[1 + task %% %(field_number)s], %(specialist)s, 'report', TRUE,
       'none', first_deadline, a,
       CASE task_state WHEN 'withdrawn' THEN 'to_reassign' WHEN 'done' THEN 'done'
                       ELSE 'open' END,
       'Báo cáo kết quả thực hiện nội dung ' || task, %(specialist)s, a
  FROM bench_plan
  JOIN task_document document ON document.reference = document || '/LOAD'
 WHERE place = 0
"""

ASSIGNMENTS = """
INSERT INTO task_assignment (task_id, document_id, company_id, source,
       field_id, specialist_id, regulation_id, agency_id, role, state, assigned_on,
       received_on, handed_in_on, stated_on, completed_on, confirmed_on, withdrawn_on,
       first_deadline, deadline, due_on, needs_confirmation, is_extended, is_late,
       extension_pending, return_pending, last_entry_on, overdue_from, late_days,
       create_uid, create_date)
SELECT task.id, task.document_id, task.company_id, document.source,
       task.field_id, task.specialist_id, %(regulation)s, (%(agencies)s)[1 + agency],
       role, plan.state, a, received, h, h, CASE WHEN k IS NOT NULL THEN h END, k, x,
       first_deadline, d, d, TRUE, plan.is_extended, k IS NOT NULL AND h > d, FALSE,
       plan.state = 'returned',
       CASE WHEN role = 'lead' THEN COALESCE(
            h,
            CASE WHEN asked THEN first_deadline - 2 END,
            CASE WHEN plan.state = 'returned' THEN a + 1 END) END,
       CASE WHEN role = 'support' OR plan.state IN ('done', 'withdrawn') THEN NULL
            WHEN h IS NULL THEN d + 1
            WHEN h > d THEN h END,
       CASE WHEN plan.state = 'submitted' THEN GREATEST(0, h - d) ELSE 0 END,
       %(specialist)s, a
  FROM bench_plan plan
  JOIN task_task task ON task.sequence = plan.task
  JOIN task_document document ON document.id = task.document_id
       AND document.notation = 'LOAD'
 ORDER BY n
"""

#: kind: (its day, the deadline it brings, which assignments have it)
FACTS = {
    "released": ("a", "first_deadline", "TRUE"),
    "received": ("received", "NULL", "received IS NOT NULL"),
    "extension_asked": ("first_deadline - 2", "NULL", "plan.is_extended"),
    "extension_approved": ("first_deadline - 1", "d", "plan.is_extended"),
    "return_asked": ("a + 1", "NULL", "plan.state = 'returned'"),
    "handed_in": ("h", "NULL", "h IS NOT NULL"),
    "confirmed": ("k", "NULL", "k IS NOT NULL"),
    "withdrawn": ("x", "NULL", "x IS NOT NULL"),
}
FACT = """
INSERT INTO task_fact (assignment_id, kind, day, deadline, recorded_at, is_backdated,
       user_id, create_uid, create_date)
SELECT id, %(kind)s, {day}, {deadline}, {day} + time '02:00', FALSE, %(specialist)s,
       %(specialist)s, {day}
  FROM bench_plan plan JOIN bench_assignment USING (n) WHERE {which} ORDER BY n
"""

#: (from, to, is extended, waits for an answer, handed back, which lead assignments)
SPANS = [
    ("a", "COALESCE(x, first_asked, a_returned, h)", "FALSE", "FALSE", "FALSE", "TRUE"),
    ("first_asked", "h", "TRUE", "FALSE", "FALSE", "first_asked IS NOT NULL"),
    ("a_returned", "NULL::date", "FALSE", "FALSE", "TRUE", "a_returned IS NOT NULL"),
    ("h", "k", "is_extended", "TRUE", "FALSE", "h < COALESCE(k, 'infinity')"),
]
SPAN = """
INSERT INTO task_assignment_span (assignment_id, day_from, day_to, deadline, due_on,
       is_extended, is_waiting, is_returned, overdue_from)
SELECT id, day_from, day_to, deadline, deadline, is_extended, is_waiting, is_returned,
       CASE WHEN is_waiting THEN CASE WHEN day_from > deadline THEN day_from END
            WHEN day_to IS NULL OR GREATEST(day_from, deadline + 1) < day_to
            THEN GREATEST(day_from, deadline + 1) END
  FROM (SELECT id, {start} AS day_from, {end} AS day_to,
               CASE WHEN {extended} THEN d ELSE first_deadline END AS deadline,
               {extended} AS is_extended, {waiting} AS is_waiting,
               {returned} AS is_returned
          FROM (SELECT *, CASE WHEN is_extended THEN first_deadline - 1 END
                          AS first_asked,
                       CASE WHEN plan.state = 'returned' THEN a + 1 END AS a_returned
                  FROM bench_plan plan JOIN bench_assignment USING (n)
                 WHERE role = 'lead') plan
         WHERE {which}) span
 ORDER BY id
"""

PROJECT_TASKS = """
INSERT INTO project_task (name, project_id, stage_id, partner_id, company_id, sequence,
       priority, state, active, display_in_project, has_template_ancestor,
       date_deadline, date_last_stage_update, create_uid, write_uid, create_date)
SELECT 'Báo cáo kết quả thực hiện nội dung ' || n,
       (%(projects)s)[1 + document %% %(project_number)s],
       (%(stages)s)[array_position(
           ARRAY['released', 'doing', 'submitted', 'returned', 'done', 'withdrawn'],
           state)],
       (%(agencies)s)[1 + agency], %(company)s, 10, '0',
       CASE state WHEN 'done' THEN '1_done' WHEN 'withdrawn' THEN '1_canceled'
                  ELSE '01_in_progress' END,
       TRUE, TRUE, FALSE, d, a, %(worker)s, %(worker)s, a
  FROM bench_plan ORDER BY n
"""
#: Creating a task by the ORM leaves its assignee, who also follows it.
PROJECT_USERS = """
INSERT INTO project_task_user_rel (task_id, user_id)
SELECT id, (%(officers)s)[1 + id %% array_length(%(officers)s, 1)]
  FROM project_task WHERE create_uid = %(worker)s
"""
PROJECT_FOLLOWERS = """
INSERT INTO mail_followers (res_model, res_id, partner_id)
SELECT 'project.task', task_id, res_users.partner_id
  FROM project_task_user_rel JOIN res_users ON res_users.id = user_id
       JOIN project_task ON project_task.id = task_id
 WHERE project_task.create_uid = %(worker)s
"""


#: What the rows are loaded into.
TABLES = (
    "task_document",
    "task_task",
    "task_assignment",
    "task_assignment_span",
    "task_fact",
)


def reload(people, rows):
    """Put `rows` assignments in the place of all directives there are.

    Indexes are made again at the end: in a million rows one by one they take longer
    than the rows.
    """
    env = people.env
    env.flush_all()
    env.cr.execute(
        SQL("TRUNCATE %s CASCADE", SQL(", ").join(map(SQL.identifier, TABLES)))
    )
    env.cr.execute("DROP TABLE IF EXISTS bench_plan, bench_assignment")
    env.invalidate_all()
    indexes = env.execute_query(
        SQL(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN %s"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
            TABLES,
        )
    )
    for name, _definition in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    # Nor are foreign keys looked up, eight for each row: the rows are right by making.
    env.cr.execute("SET LOCAL session_replication_role = 'replica'")
    load(people, rows, theirs=False)
    env.cr.execute("SET LOCAL session_replication_role = 'origin'")
    for _name, definition in indexes:
        env.cr.execute(SQL(definition.replace("%", "%%")))


def load(people, rows=ROWS, *, theirs=True):
    """Load `rows` assignments and what belongs to them.

    :param theirs: as many project tasks too.
    """
    env = people.env
    values = {
        "rows": rows,
        "days": DAYS,
        "today": people.company._task_today(),
        "departments": DEPARTMENTS,
        "leads": LEADS,
        "field_number": FIELDS,
        "project_number": PROJECTS,
        "issuer": people.company.partner_id.id,
        "company": people.company.id,
        "regulation": people.company.regulation_id.id,
        "specialist": people.specialist.id,
        "worker": people.worker.id,
        "agencies": people.agencies.ids,
        "fields": people.fields.ids,
        "officers": people.officers.ids,
        "projects": people.projects.ids,
        "stages": people.stages.ids[:STAGES],
    }

    def execute(template, **more):
        env.cr.execute(SQL(template, **{**values, **more}))

    env.flush_all()
    for template, table in (
        (PLAN, "bench_plan"),
        (DOCUMENTS, "task_document"),
        (TASKS, "task_task"),
        (ASSIGNMENTS, "task_assignment"),
    ):
        execute(template)
        execute("ANALYZE " + table)  # what follows joins it
    execute(
        "CREATE TEMP TABLE bench_assignment AS SELECT assignment.id, plan.n"
        " FROM bench_plan plan JOIN task_task task ON task.sequence = plan.task"
        " JOIN task_document document ON document.id = task.document_id"
        " AND document.notation = 'LOAD'"
        " JOIN task_assignment assignment ON assignment.task_id = task.id"
        " AND assignment.agency_id = (%(agencies)s)[1 + plan.agency]"
    )
    for kind, (day, deadline, which) in FACTS.items():
        execute(FACT.format(day=day, deadline=deadline, which=which), kind=kind)
    for start, end, extended, waiting, returned, which in SPANS:
        execute(
            SPAN.format(
                start=start,
                end=end,
                extended=extended,
                waiting=waiting,
                returned=returned,
                which=which,
            )
        )
    for template in (PROJECT_TASKS, PROJECT_USERS, PROJECT_FOLLOWERS) if theirs else ():
        execute(template)
    env.invalidate_all()


def check_ledger(people, sample=300):
    """Replay the facts of some assignments: nothing in their rows may change.

    :raise ValueError: naming the first column that is not what the facts say.
    """
    assignments = people.env["task.assignment"].search([], order="id")
    chosen = assignments[:: max(1, len(assignments) // sample)]
    told = _told(chosen)
    chosen._derive()
    people.env.flush_all()
    people.env.invalidate_all()
    for before, after in zip(told, _told(chosen), strict=True):
        for name, value in before.items():
            if after[name] != value:
                raise ValueError(
                    f"Assignment {before['id']}: {name} was loaded as {value},"
                    f" its facts say {after[name]}."
                )


def _told(assignments):
    """Columns and spans of assignments, without the ids of the spans."""
    lines = assignments.read(_columns(assignments))
    kept = _columns(assignments.span_ids)
    for one, line in zip(assignments, lines, strict=True):
        own = one.span_ids.sorted("day_from").read(kept)
        line["spans"] = [{name: span[name] for name in kept} for span in own]
    return lines


def _columns(records):
    """Names of the columns, without those that Odoo keeps for every row."""
    return [
        name
        for name, field in records._fields.items()
        if field.column_type and field.store and name not in MAGIC_COLUMNS
    ]
