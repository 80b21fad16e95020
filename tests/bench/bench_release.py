"""Releasing directives, against creating as many `project.task`."""

from bench_people import PROJECTS
from stopwatch import Measure

AT_LEAST = 5  # times as many rows a second


def release(people, number):
    """The measures of a release of `number` directives of ten tasks."""
    env = people.env
    documents = people.draft_directives(number)
    env.cr.commit()
    assignments = number * 30

    def in_one_call():
        documents.action_release()
        env.cr.flush()

    def one_by_one():
        for document_id in documents.ids:
            env.invalidate_all()  # each is a request of its own
            documents.browse(document_id).action_release()
            env.cr.flush()

    def create_tasks():
        env["project.task"].with_user(people.worker).create(
            [
                {
                    "name": f"Báo cáo kết quả thực hiện nội dung {nth}",
                    "project_id": people.projects[nth % PROJECTS].id,
                    "date_deadline": "2030-01-01",
                }
                for nth in range(assignments)
            ]
        )
        env.cr.flush()

    def insert():
        env.cr.execute(
            """
            WITH assignment AS (
                INSERT INTO task_assignment (task_id, document_id, company_id, secrecy,
                       specialist_id, field_id, agency_id, role, state, regulation_id,
                       assigned_on, deadline, first_deadline)
                SELECT task.id, task.document_id, task.company_id, task.secrecy,
                       task.specialist_id, task.field_id, named.res_partner_id, 'lead',
                       'released', %s, current_date, task.deadline, task.deadline
                  FROM task_task task JOIN (
                       SELECT * FROM task_task_lead_rel
                        UNION ALL SELECT * FROM task_task_support_rel
                       ) named ON named.task_task_id = task.id
                RETURNING *
            )
            INSERT INTO task_fact (assignment_id, kind, day, deadline, recorded_at,
                   user_id)
            SELECT id, 'released', assigned_on, deadline, now(), %s FROM assignment
            """,
            [people.company.regulation_id.id, people.specialist.id],
        )

    rows = (assignments, assignments, assignments)
    yield Measure(
        f"release {assignments:,} assignments in one call",
        in_one_call,
        create_tasks,
        insert,
        faster=AT_LEAST,
        rows=rows,
    )
    yield Measure(
        f"the same in {number} calls, a directive each", one_by_one, rows=rows[:1]
    )
