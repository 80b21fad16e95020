"""The agencies of the place and the users who act for them, named by role.

`agencies.csv` of a place is written from memory, it is not an official list; a
province puts its own in the place of it.
"""

from dataclasses import dataclass

from odoo import Command

#: No task is assigned to these: they are where the Office's own people sit.
UNITS = ("office_unit",)

GROUP = "task_tracking.group_"
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
    specialists: dict  # code of a unit of the Office → its specialist
    administrator: object
    keeper: object | None  # of the register of secret documents, where there is one


def make(env, place):
    """Create agencies, fields and users. Return the People."""
    rows = place.agencies
    field_ids = _fields(env, rows)
    partners = _make_partners(env, rows, field_ids)
    officials, officers = _make_users(env, place, rows, partners)
    agencies = {}
    for row in rows:
        code = row["code"]
        if row["kind"] in UNITS:
            continue
        head = officers.get(f"{code}.lanhdao") or officials[place.managers[0]]
        agencies[code] = Agency(
            code,
            short(row["name"]),
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
        _first_by_unit(place, officials),
        _first(place, officials, "admin"),
        _first(place, officials, "secret_clearance"),
    )


def short(name):
    """The name as officials write it in running text."""
    return name.replace("Ủy ban nhân dân ", "UBND ")


def _with(place, group):
    """The officials of a place who have a group."""
    return [one for one in place.officials if group in one["groups"]]


def _first(place, officials, group):
    """The first user who has a group, or None."""
    return next((officials[one["login"]] for one in _with(place, group)), None)


def _first_by_unit(place, officials):
    """The specialist who registers for each unit of the Office."""
    found = {}
    for one in _with(place, "office_specialist"):
        found.setdefault(one["unit"], officials[one["login"]])
    return found


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


def _make_users(env, place, rows, partners):
    """Create all users; return (officials, officers) by login."""
    vals_list = []
    for row in rows:
        if row["kind"] in UNITS:
            continue
        code, partner = row["code"], partners[row["code"]]
        name = short(row["name"])
        officer = [GROUP + "agency_officer"]
        vals_list.append(
            _user_vals(env, f"{code}.daumoi", f"Đầu mối {name}", officer, partner)
        )
        if row["kind"] != "office":  # the Office's head is an official above
            head = [GROUP + "agency_head"]
            vals_list.append(
                _user_vals(env, f"{code}.lanhdao", row["head"], head, partner)
            )
    officials = make_officials(env, place, place.officials, partners)
    return officials, _create_users(env, place, vals_list)


def make_officials(env, place, officials, partners=None, **vals):
    """Create the users of these officials; return them by login."""
    vals_list = []
    for one in officials:
        unit = partners[one["unit"]] if "unit" in one else env["res.partner"]
        extra = ADMIN_GROUPS if "admin" in one["groups"] else []
        names = [GROUP + group for group in one["groups"]] + extra
        user = _user_vals(env, one["login"], one["name"], names, unit)
        vals_list.append({**user, **vals})
    return _create_users(env, place, vals_list)


def _create_users(env, place, vals_list):
    users = env["res.users"].with_context(no_reset_password=True).create(vals_list)
    _set_password(users, place.password)
    return {user.login: user for user in users}


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
