"""The agencies of the province and the users who act for them, named by role."""

import csv
from dataclasses import dataclass
from pathlib import Path

from odoo import Command

#: From memory, not official: the names of agencies, wards and communes after the
#: merger of Khánh Hòa and Ninh Thuận. The units of the Office and of departments are
#: what such a province has; a province puts its own list in the place of this file.
AGENCIES = Path(__file__).parent.parent / "agencies.csv"

#: Every agency of KH Đ1.2: the Office's units and the departments' own do not count.
UNITS = ("office_unit",)

GROUP = "task_tracking.group_"
#: login → (name, groups, code of the unit of the Office)
OFFICIALS = {
    "chanhvanphong": (
        "Chánh Văn phòng UBND tỉnh",
        ["office_manager", "agency_head"],
        "vpubnd",
    ),
    "phochanhvanphong": ("Phó Chánh Văn phòng UBND tỉnh", ["office_manager"], "vpubnd"),
    "chuyenvien.tonghop": (
        "Chuyên viên Phòng Tổng hợp",
        ["office_specialist"],
        "tonghop",
    ),
    "chuyenvien.kinhte": ("Chuyên viên Phòng Kinh tế", ["office_specialist"], "kinhte"),
    "chuyenvien.xdnd": (
        "Chuyên viên Phòng Xây dựng - Nhà đất",
        ["office_specialist"],
        "xdnd",
    ),
    "chuyenvien.kgvx": (
        "Chuyên viên Phòng Khoa giáo - Văn xã",
        ["office_specialist"],
        "kgvx",
    ),
    "chuyenvien.noichinh": (
        "Chuyên viên Phòng Nội chính",
        ["office_specialist"],
        "noichinh",
    ),
    "canbo.mat": (
        "Công chức quản lý văn bản mật",
        ["office_specialist", "secret_clearance"],
        "hcto",
    ),
    "chutich": ("Chủ tịch UBND tỉnh", ["chairman"], None),
    "phochutich.kinhte": ("Phó Chủ tịch UBND tỉnh phụ trách kinh tế", ["leader"], None),
    "phochutich.vanxa": ("Phó Chủ tịch UBND tỉnh phụ trách văn xã", ["leader"], None),
    "quantri": ("Quản trị hệ thống theo dõi nhiệm vụ", ["admin"], None),
}
#: The administrator keeps contacts and users too.
ADMIN_GROUPS = ["base.group_partner_manager", "base.group_erp_manager"]


@dataclass(frozen=True)
class Agency:
    """An agency with the two users who act for it, and how it writes its papers."""

    code: str
    name: str
    kind: str
    abbreviation: str
    partner: object
    officer: object
    head: object


@dataclass(frozen=True)
class People:
    agencies: dict  # code → Agency
    by_partner: dict  # id of the partner → Agency
    units: dict  # code → partner of a unit of the Office
    officials: dict  # login → user


def make(env, password):
    """Create agencies, fields and users. Return the People."""
    rows = list(csv.DictReader(AGENCIES.open(encoding="utf-8")))
    field_ids = _fields(env, rows)
    partners = _make_partners(env, rows, field_ids)
    officials, officers = _make_users(env, rows, partners, password)
    agencies = {}
    for row in rows:
        code = row["code"]
        if row["kind"] in UNITS:
            continue
        head = officers.get(f"{code}.lanhdao") or officials["chanhvanphong"]
        agencies[code] = Agency(
            code,
            row["name"].replace("Ủy ban nhân dân ", "UBND "),
            row["kind"],
            row["abbreviation"],
            partners[code],
            officers[f"{code}.daumoi"],
            head,
        )
    _authorise_officers(agencies)
    return People(
        agencies,
        {agency.partner.id: agency for agency in agencies.values()},
        {row["code"]: partners[row["code"]] for row in rows if row["kind"] in UNITS},
        officials,
    )


def _split(text):
    return [word.strip() for word in text.split(";") if word.strip()]


def _fields(env, rows):
    """The fields of management by name; the addon's data has them all."""
    known = {field.name: field.id for field in env["task.field"].search([])}
    return {name: known[name] for row in rows for name in _split(row["fields"])}


def _make_partners(env, rows, field_ids):
    partners = {}
    for row in rows:  # a parent stands before its units
        partners[row["code"]] = env["res.partner"].create(
            {
                "name": row["name"],
                "is_company": True,
                "is_agency": True,
                "agency_kind": row["kind"],
                "parent_id": partners[row["parent"]].id if row["parent"] else False,
                "task_field_ids": [
                    Command.set([field_ids[name] for name in _split(row["fields"])])
                ],
                "lang": "vi_VN",
                "tz": "Asia/Ho_Chi_Minh",
            }
        )
    return partners


def _make_users(env, rows, partners, password):
    """Create all users in one call; return (officials, officers) by login."""
    vals_list = []
    for login, (name, groups, code) in OFFICIALS.items():
        unit = partners[code] if code else env["res.partner"]
        extra = ADMIN_GROUPS if groups == ["admin"] else []
        names = [GROUP + group for group in groups] + extra
        vals_list.append(_user_vals(env, login, name, names, unit))
    for row in rows:
        if row["kind"] in UNITS:
            continue
        code, partner = row["code"], partners[row["code"]]
        name = row["name"].replace("Ủy ban nhân dân ", "UBND ")
        officer = [GROUP + "agency_officer"]
        vals_list.append(
            _user_vals(env, f"{code}.daumoi", f"Đầu mối {name}", officer, partner)
        )
        if row["kind"] != "office":  # the Office's head is an official above
            head = [GROUP + "agency_head"]
            vals_list.append(
                _user_vals(env, f"{code}.lanhdao", row["head"], head, partner)
            )
    users = env["res.users"].with_context(no_reset_password=True).create(vals_list)
    _set_password(users, password)
    by_login = {user.login: user for user in users}
    officials = {login: by_login.pop(login) for login in OFFICIALS}
    return officials, by_login


def _user_vals(env, login, name, groups, agency):
    return {
        "login": login,
        "name": name,
        "lang": "vi_VN",
        "tz": "Asia/Ho_Chi_Minh",
        # There is no mail server: what they are told stands in Odoo's own inbox.
        "notification_type": "inbox",
        "task_agency_id": agency.id,
        "group_ids": [Command.set([env.ref(group).id for group in groups])],
    }


def _set_password(users, password):
    """Give all the same password; hashing it once saves a minute of computing."""
    hashed = users._crypt_context().hash(password)
    for user in users:
        user._set_encrypted_password(user.id, hashed)


def _authorise_officers(agencies):
    """Two heads of three let their officer submit in their place (DOMAIN.md §5)."""
    for index, agency in enumerate(agencies.values()):
        if index % 3:
            agency.officer.with_user(agency.head).action_task_authorise()
