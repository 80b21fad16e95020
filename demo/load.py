"""Load the demonstration province: `main(env)` on a database with task_tracking.

Shaped by Điều 1.2 of Quyết định 26/2026/QĐ-UBND of Khánh Hòa. The names of its
agencies, wards and communes are written from memory, they are not an official list;
its people are named by their role; the numbers of its documents are invented.
Importing this file needs nothing but the standard library.
"""

import logging
import sys
import time
from datetime import timedelta
from pathlib import Path

#: Of every user of the demonstration.
PASSWORD = "khanhhoa"
#: (role, login): one for each role, and the officials of some agencies.
LOGINS = [
    ("Chánh Văn phòng UBND tỉnh (quản lý)", "chanhvanphong"),
    ("Chuyên viên Phòng Kinh tế", "chuyenvien.kinhte"),
    ("Chuyên viên Phòng Khoa giáo - Văn xã", "chuyenvien.kgvx"),
    ("Chủ tịch UBND tỉnh", "chutich"),
    ("Phó Chủ tịch UBND tỉnh, được ủy quyền", "phochutich.kinhte"),
    ("Phó Chủ tịch UBND tỉnh, không được ủy quyền", "phochutich.vanxa"),
    ("Giám đốc Sở Tài chính", "sotaichinh.lanhdao"),
    ("Đầu mối Sở Tài chính", "sotaichinh.daumoi"),
    ("Giám đốc Sở Xây dựng", "soxaydung.lanhdao"),
    ("Đầu mối Sở Xây dựng", "soxaydung.daumoi"),
    ("Giám đốc Sở Nông nghiệp và Môi trường", "sonnmt.lanhdao"),
    ("Đầu mối Sở Nông nghiệp và Môi trường", "sonnmt.daumoi"),
    ("Chủ tịch UBND phường Nha Trang", "nhatrang.lanhdao"),
    ("Đầu mối UBND phường Nha Trang", "nhatrang.daumoi"),
    ("Chủ tịch UBND xã Vạn Ninh", "vanninh.lanhdao"),
    ("Đầu mối UBND xã Vạn Ninh", "vanninh.daumoi"),
    ("Chủ tịch UBND đặc khu Trường Sa", "truongsa.lanhdao"),
    ("Đầu mối UBND đặc khu Trường Sa", "truongsa.daumoi"),
    ("Công chức quản lý văn bản mật", "canbo.mat"),
    ("Quản trị hệ thống", "quantri"),
]

COMPANY = "Ủy ban nhân dân tỉnh Khánh Hòa"
REGULATION = "26/2026/QĐ-UBND"
#: The deputy's authorisation of KH Đ5.2đ.
AUTHORISED = "phochutich.kinhte"


def main(env):
    """Make the province and let it work for the twelve months before today.

    :param env: Environment of the superuser; committed day by day.
    :raise LookupError: if the regulation of Khánh Hòa is not loaded.
    """
    sys.path.insert(0, str(Path(__file__).parent))
    from demo_province import calendar, clock, people
    from demo_province.simulation import Simulation

    started = time.time()
    # What the log would say of each act is said once, at the end.
    logging.getLogger("odoo.models.unlink").setLevel(logging.WARNING)
    logging.getLogger("odoo.addons.base.models").setLevel(logging.WARNING)
    env = env(context={**env.context, "lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
    today = env.company._task_today()
    first = today - timedelta(days=366)
    with clock.simulated(clock.utc(first, 8)) as move_clock:
        make_company(env)
        team = people.make(env, PASSWORD)
        calendar.prepare(
            env,
            team.officials["quantri"],
            years=range(first.year, today.year + 2),
            confirmed_until=today.year,
        )
        authorise_deputy(env, team, first)
        env.cr.commit()
        say(f"{len(team.agencies)} agencies and their users (names from memory)")
        simulation = Simulation(env, team, today, move_clock)
        simulation.run(progress=lambda day: say(f"{day:%m/%Y} …"))
    read_old_messages(env)
    env.cr.commit()
    tell_states(env)
    say(f"The province is ready ({time.time() - started:.0f} s)")


def say(text):
    print(text, flush=True)


def make_company(env):
    """Name the company and give it its regulation.

    The regulation took effect on 20/3/2026. In the demonstration it applies to all
    twelve months, so that there is a year to look at.
    """
    regulation = env["task.regulation"].search([("number", "=", REGULATION)], limit=1)
    if not regulation:
        raise LookupError(f"The regulation {REGULATION} is not loaded.")
    env.company.write(
        {
            "name": COMPANY,
            "regulation_id": regulation.id,
            "task_tz": "Asia/Ho_Chi_Minh",
        }
    )
    # Odoo lets anybody sign up for a customer account; a province does not.
    env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")


def authorise_deputy(env, team, day):
    """Record the Chairman's authorisation of one of the deputies."""
    env["task.authorisation"].create(
        {
            "user_id": team.officials[AUTHORISED].id,
            "number": "15/QĐ-UBND",
            "signed_on": day,
            "date_from": day,
            "note": "Quyết định gia hạn, điều chỉnh thời hạn thực hiện nhiệm vụ khi Chủ"
            " tịch UBND tỉnh ủy quyền.",
        }
    )


def read_old_messages(env):
    """What officials were told in these months they have read, but for last week."""
    recent = env["mail.notification"].search(
        [("is_read", "=", False), ("mail_message_id.date", "<", "-7d")]
    )
    recent.write({"is_read": True})


def tell_states(env):
    """Print how many assignments are in which state, today."""
    model = env["task.assignment"]
    for role, state, overdue, number in model._read_group(
        [], ["role", "state", "is_overdue"], ["__count"]
    ):
        say(f"  {role:8} {state:10} {'overdue' if overdue else '':8} {number:4}")
    ages = model._read_group([("is_overdue", "=", True)], ["ageing"], ["__count"])
    say("  overdue by class: " + ", ".join(f"{age}: {number}" for age, number in ages))
    for state, number in env["task.task"]._read_group([], ["state"], ["__count"]):
        say(f"  tasks {state:12} {number:4}")
