"""Reading lists and groupings, against a project user's; and counting queries."""

from contextlib import contextmanager

from lxml import etree
from stopwatch import Measure

from odoo.tools import SQL

AT_MOST = 1.1  # times as long
LIMIT = 80  # rows of a page of a list

OUR_LIST = "task_tracking.task_assignment_view_list"
THEIR_LIST = "project.open_view_all_tasks_list_view"
#: The same columns on both sides: content, paper, agency, person, deadline, state.
OUR_COLUMNS = (
    "task_id",
    "document_id",
    "agency_id",
    "specialist_id",
    "deadline",
    "state",
)
THEIR_COLUMNS = (
    "name",
    "project_id",
    "partner_id",
    "user_ids",
    "date_deadline",
    "stage_id",
)


def specification(model, names):
    """What the web client asks of each of these fields."""
    return {
        name: {"fields": {"display_name": {}}} if model._fields[name].relational else {}
        for name in names
    }


def list_columns(model, view):
    """The fields of a list view, as the model's user gets it, optional ones too."""
    arch = etree.fromstring(model.get_view(model.env.ref(view).id, "list")["arch"])
    return [node.get("name") for node in arch.iterchildren("field")]


def reading(people):
    """The measures of a page of a list with its count, and of a grouping."""
    env = people.env
    ours = env["task.assignment"].with_user(people.officer)
    every = env["task.assignment"].with_user(people.specialist)
    theirs = env["project.task"].with_user(people.worker)
    print(
        f"    the officer sees {ours.search_count([]):,} of"
        f" {every.search_count([]):,} assignments, the project user"
        f" {theirs.search_count([]):,} tasks"
    )

    def page(model, names):
        asked = specification(model, names)
        return lambda: model.web_search_read([], asked, limit=LIMIT)

    def groups(model, name):
        return lambda: model.formatted_read_group([], [name], ["__count"])

    def sql(*statements):
        def execute():
            for statement in statements:
                env.execute_query(statement)

        return execute

    seen = SQL("agency_id IN %s", people.officer._task_agency_ids())
    raw_page = sql(
        SQL(
            "SELECT a.id, t.name, d.reference, p.complete_name, a.deadline, a.state"
            "  FROM task_assignment a JOIN task_task t ON t.id = a.task_id"
            "  JOIN task_document d ON d.id = a.document_id"
            "  JOIN res_partner p ON p.id = a.agency_id"
            " WHERE %s ORDER BY a.deadline, a.id LIMIT %s",
            seen,
            LIMIT,
        ),
        SQL("SELECT count(*) FROM task_assignment WHERE %s", seen),
    )
    raw_groups = sql(
        SQL("SELECT state, count(*) FROM task_assignment WHERE %s GROUP BY state", seen)
    )
    their_view = list_columns(theirs, THEIR_LIST)
    target = {"slower": AT_MOST, "calls": 5}
    yield Measure(
        f"agency: list of {LIMIT} and count, the list view's columns",
        page(ours, list_columns(ours, OUR_LIST)),
        page(theirs, their_view),
        raw_page,
        **target,
    )
    yield Measure(
        "agency: the same, six columns on each side",
        page(ours, OUR_COLUMNS),
        page(theirs, THEIR_COLUMNS),
        raw_page,
        **target,
    )
    yield Measure(
        "agency: grouping by state",
        groups(ours, "state"),
        groups(theirs, "stage_id"),
        raw_groups,
        **target,
    )
    yield Measure(
        "Office, sees all: list, the list view's columns",
        page(every, list_columns(every, OUR_LIST)),
        page(theirs, their_view),
        calls=5,
    )
    yield Measure(
        "Office, sees all: list, six columns",
        page(every, OUR_COLUMNS),
        page(theirs, THEIR_COLUMNS),
        calls=5,
    )
    yield Measure(
        "Office, sees all: grouping by state",
        groups(every, "state"),
        groups(theirs, "stage_id"),
        calls=5,
    )


def queries(people):
    """Yield (cells of the table, whether the number does not grow) for each act."""
    env = people.env
    ours = env["task.assignment"].with_user(people.officer)
    columns = specification(ours, list_columns(ours, OUR_LIST))
    leads = ours.search([("role", "=", "lead"), ("is_mine", "=", True)], limit=40)
    form = specification(ours, ("task_id", "result_ids", "fact_ids", "other_agencies"))
    drafts = env["task.document"].with_user(people.specialist)
    drafts = drafts.search([("state", "=", "draft")], limit=4)
    acts = {
        "list of 10, of 80": [
            lambda size=size: ours.web_search_read([], columns, limit=size)
            for size in (10, LIMIT)
        ],
        "form of 1, of 40": [
            lambda records=records: records.web_read(form)
            for records in (leads[:1], leads)
        ],
        "release of 1 directive, of 3": [
            lambda records=records: (records.action_release(), env.cr.flush())
            for records in (drafts[:1], drafts[1:])
        ],
    }
    for what, calls in acts.items():
        few, many = (count_queries(env, call) for call in calls)
        met = many <= few
        yield [what, str(few), str(many), "met" if met else "MISSED"], met


def count_queries(env, call):
    """How many queries `call` makes from cold record caches; it is rolled back."""
    with rolled_back(env):
        call()  # warm what a running server has warm
    with rolled_back(env):
        before = env.cr.sql_log_count
        call()
        return env.cr.sql_log_count - before


@contextmanager
def rolled_back(env):
    env.invalidate_all()
    place = env.cr.savepoint()
    try:
        yield
    finally:
        place.close(rollback=True)
        env.cr.postcommit.clear()
        env.invalidate_all()
