"""What an addon built on task_tracking leaves behind it. Runs inside Odoo: with_env.py.

`make`: a province with a directive, its tasks, an inspection that was concluded and
became a further directive, one under way with a meeting, and what is known of all of
them. `compare`: what is known now, after the addon was uninstalled, is the same; the
pages people land on open.
"""

import base64
import json
import sys

from odoo import Command
from odoo.tools import SQL

#: Where what was known is kept meanwhile.
KNOWN = "task_tracking.test_known_before"
PASSWORD = "inspected-province"  # noqa: S105 -- of users of a database made for a test
USERS = {
    "specialist": "group_office_specialist",
    "manager": "group_office_manager",
    "chairman": "group_chairman",
    "head": "group_agency_head",
    "member": "group_agency_officer",
}


def main(env, moment):
    {"make": make, "compare": compare}[moment](env)


# -- before --------------------------------------------------------------------------
def make(env):
    people = make_people(env)
    today = env.company._task_today()
    document = (
        env["task.document"]
        .with_user(people["specialist"])
        .create(
            {
                "number": "123",
                "notation": "UBND-TH",
                "abstract": "Về việc thử nghiệm",
                "issued_on": today,
                "attachment_ids": [Command.set(scan(people["specialist"]).ids)],
                "task_ids": [
                    Command.create(
                        {
                            "name": "Báo cáo kết quả thực hiện",
                            "lead_agency_ids": [
                                Command.set(people["head"].task_agency_id.ids)
                            ],
                            "deadline": today,
                        }
                    )
                ],
            }
        )
    )
    document.action_release()
    concluded = make_inspection(people, "Đợt 1")
    conclude(concluded, people)
    running = make_inspection(people, "Đợt 2")
    running.with_user(people["manager"]).action_invite()
    check(running.sudo().subject_ids.event_id, "no meeting was made")
    check(env["task.clock"].search_count(of_inspections()), "no time limit runs")
    check(concluded.sudo().item_ids, "the dossier is empty")
    env["ir.config_parameter"].set_param(KNOWN, json.dumps(known(env)))


def make_people(env):
    company = env.company
    company.regulation_id = env.ref("task_tracking.regulation_khanh_hoa")
    agencies = env["res.partner"].create(
        [
            {
                "name": name,
                "is_company": True,
                "is_agency": True,
                "agency_kind": kind,
            }
            for name, kind in (
                ("Văn phòng", "office"),
                ("Sở Tài chính", "department"),
                ("Sở Xây dựng", "department"),
            )
        ]
    )
    places = {"head": agencies[1], "member": agencies[2], "chairman": agencies[:0]}
    return {
        name: env["res.users"].create(
            {
                "name": name,
                "login": f"uninstall_{name}",
                "password": PASSWORD,
                "email": f"{name}@example.com",
                "notification_type": "inbox",
                "group_ids": [Command.set(env.ref(f"task_tracking.{group}").ids)],
                "company_ids": [Command.set(company.ids)],
                "company_id": company.id,
                "task_agency_id": places.get(name, agencies[0]).id,
            }
        )
        for name, group in USERS.items()
    }


def scan(user):
    content = base64.b64encode(b"%PDF-1.4 scan")
    files = user.env["ir.attachment"].with_user(user)
    return files.create({"name": "scan.pdf", "datas": content})


def make_inspection(people, name):
    """One whose decision was issued today."""
    env = people["specialist"].with_user(people["specialist"]).env
    today = env.company._task_today()
    contents = env.company._task_regulation()._prescriptions("content")
    inspection = env["task.inspection"].create(
        {
            "name": name,
            "form": "adhoc",
            "legal_basis": "Luật Tổ chức chính quyền địa phương",
            "scope": "Nhiệm vụ được giao",
            "content_ids": [Command.set(contents.ids)],
            "date_from": today,
            "date_to": today,
            "subject_ids": [
                Command.create(
                    {
                        "agency_id": people["head"].task_agency_id.id,
                        "report_due_on": today,
                        "visit_from": today,
                    }
                )
            ],
            "member_ids": [
                Command.create({"role": "leader", "user_id": people["manager"].id}),
                Command.create({"role": "member", "user_id": people["member"].id}),
            ],
        }
    )
    make_paper(inspection, "decision", people["specialist"])
    inspection.with_user(people["chairman"]).action_issue()
    return inspection


def make_paper(inspection, kind, user, **vals):
    return (
        inspection.env["task.inspection.paper"]
        .with_user(user)
        .create(
            {
                "inspection_id": inspection.id,
                "kind": kind,
                "number": "12/QĐ-UBND",
                "dated_on": inspection.company_id._task_today(),
                "signer_title": "CHỦ TỊCH",
                "signer_name": "Nguyễn Văn A",
                "body": "Nội dung",
                "attachment_ids": [Command.set(scan(user).ids)],
                **vals,
            }
        )
    )


def conclude(inspection, people):
    """Ended, concluded, and its recommendation a task of a new directive."""
    leader = inspection.with_user(people["manager"])
    leader.action_end()
    for text in leader.text_ids.filtered(lambda one: one.topic == "conclusion"):
        text.body = "Nội dung"
    leader.env["task.inspection.recommendation"].create(
        {
            "inspection_id": inspection.id,
            "text": "Khắc phục tồn tại",
            "agency_id": people["head"].task_agency_id.id,
            "deadline": inspection.company_id._task_today(),
        }
    )
    make_paper(inspection, "conclusion", people["manager"], number="34/BC-ĐKT")
    for subject in leader.subject_ids:
        make_paper(inspection, "notice", people["manager"], subject_id=subject.id)
    leader.action_conclude()
    form = (
        inspection.env["task.inspection.directive"]
        .with_user(people["specialist"])
        .create(
            {
                "inspection_id": inspection.id,
                "number": "124",
                "notation": "UBND-TH",
                "shares_conclusion": True,
            }
        )
    )
    form.action_make()
    task = inspection.sudo().recommendation_ids.task_id
    check(task, "no task was made")
    task.document_id.with_user(people["specialist"]).action_release()


# -- what is known -------------------------------------------------------------------
def of_inspections():
    return [("res_model", "=like", "task.inspection%")]


def known(env):
    """How many records task_tracking has of each model, and the facts as they are."""
    env.flush_all()
    counts = {}
    for model in env.registry.models.values():
        own = model._original_module == "task_tracking"
        if own and model._auto and not model._abstract and not model._transient:
            records = env[model._name].with_context(active_test=False)
            counts[model._name] = records.search_count([])
    counts["task.clock"] = env["task.clock"].search_count(["!", *of_inspections()])
    directives = env["task.document"].search([])
    files = directives.attachment_ids | directives.shared_attachment_ids
    return {
        "counts": dict(sorted(counts.items())),
        "files of directives": sorted(files.mapped("store_fname")),
        "facts": digest(env, "task_fact"),
        "directives": digest(env, "task_document", "id, reference, abstract"),
        "users": env["res.users"].search_count([]),
        "meetings": env["calendar.event"].search_count([]),
    }


def digest(env, table, columns="*"):
    """One value that stands for all rows of a table."""
    rows = SQL("SELECT %s FROM %s ORDER BY id", SQL(columns), SQL.identifier(table))
    return env.execute_query(
        SQL("SELECT md5(string_agg(one::text, '|')) FROM (%s) one", rows)
    )[0][0]


# -- after ---------------------------------------------------------------------------
def compare(env):
    check("task.inspection" not in env, "the addon is still installed")
    before = json.loads(env["ir.config_parameter"].get_param(KNOWN))
    now = json.loads(json.dumps(known(env)))
    for what, value in before.items():
        check(now[what] == value, f"{what}: {value} before, {now[what]} now")
    check(
        not env["task.clock"].search_count(of_inspections()),
        "time limits point at inspections that are gone",
    )
    check(
        not env["calendar.event"].search_count(of_inspections()),
        "meetings point at inspections that are gone",
    )
    for name in USERS:
        open_pages(env, env["res.users"].search([("login", "=", f"uninstall_{name}")]))


def open_pages(env, user):
    """What the user lands on, and the pages of the regulation and the time limits."""
    mine = user.with_user(user).env
    check(mine["task.desk"].get_sections(), f"{user.login}: the desk is empty")
    mine["task.desk"].get_kept_limits()
    mine["ir.ui.menu"].load_menus(debug=False)
    clocks = mine["task.clock"].search([])
    clocks.read(["record_name", "state"])
    mine["task.assignment"].search([]).read(["display_name", "state", "due_on"])
    for directive in mine["task.document"].search([]):
        directive.attachment_ids.read(["name"])
    regulation = user.company_id._task_regulation().with_user(user)
    check(regulation.page, "the regulation's page is empty")
    for model in ("task.document", "task.assignment", "task.regulation"):
        mine[model].get_views([(False, "list"), (False, "form"), (False, "search")])


def check(condition, words):
    if not condition:
        sys.exit(words)
