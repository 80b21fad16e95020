"""Releasing directives, against creating as many `project.task`."""

from bench_people import PROJECTS
from stopwatch import Measure

AT_LEAST = 5  # times as many rows a second
SHARES = 30  # assignments of a directive: ten tasks for three agencies each
SINGLE = 10  # one directive in so many is released by itself, for orientation

INSERT = """
WITH assignment AS (
    INSERT INTO task_assignment (task_id, document_id, company_id,
           specialist_id, field_id, agency_id, role, state, regulation_id, assigned_on,
           deadline, first_deadline, due_on)
    SELECT task.id, task.document_id, task.company_id,
           task.specialist_id, task.field_id, named.res_partner_id, 'lead',
           'released', %s, current_date, task.deadline, task.deadline,
           task.deadline
      FROM task_task task JOIN (
           SELECT * FROM task_task_lead_rel
            UNION ALL SELECT * FROM task_task_support_rel
           ) named ON named.task_task_id = task.id
    RETURNING *
)
INSERT INTO task_fact (assignment_id, kind, day, deadline, recorded_at, user_id)
SELECT id, 'released', assigned_on, deadline, now(), %s FROM assignment
"""


def release(people, number):
    """The measures of a release of `number` directives of ten tasks."""
    env = people.env
    documents = people.draft_directives(number)
    env.cr.commit()
    singles = documents[: max(1, number // SINGLE)]

    def together():
        documents.action_release()
        env.cr.flush()

    def one_by_one():
        for document_id in singles.ids:
            env.invalidate_all()  # each is a request of its own
            documents.browse(document_id).action_release()
            env.cr.flush()

    def create_tasks(directives):
        env["project.task"].with_user(people.worker).create(
            [
                {
                    "name": f"Báo cáo kết quả thực hiện nội dung {nth}",
                    "project_id": people.projects[nth % PROJECTS].id,
                    "date_deadline": "2030-01-01",
                }
                for nth in range(len(directives) * SHARES)
            ]
        )
        env.cr.flush()

    def insert():
        env.cr.execute(INSERT, [people.company.regulation_id.id, people.specialist.id])

    yield Measure(
        f"release {number * SHARES:,} assignments in one call",
        together,
        lambda: create_tasks(documents),
        insert,
        faster=AT_LEAST,
        rows=(number * SHARES,) * 3,
    )
    yield Measure(
        f"release {len(singles)} directives, a call and a letter each",
        one_by_one,
        lambda: create_tasks(singles),
        rows=(len(singles) * SHARES,) * 2,
    )
