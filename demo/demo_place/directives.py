"""The directives of the demonstration: from their words to their days and numbers.

Each file of `directives/` has `defaults` and `directives`. The words are those of
real directives of a province; the numbers are invented. A directive names its days
relative to the day of creation by one of

- `issued_on`: a real date (Quyết định 26/2026/QĐ-UBND);
- `recent`: [a, b] days before the creation;
- `months`: the months it belongs to (storms, examinations, Tết), and `month_days`;
- `spread`: [a, b] parts of the twelve months; without any: anywhere in them.

`is_adhoc` and `asks_opinions` are circumstances of which some texts speak. A task has
`days` until its deadline, counted from the issue, or is `undated` (`dated_after`: the
days after which its deadline became known; `done_after`: those until its result).
`stories` may say what becomes of it with each lead (see lives.py); else chance decides.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta

URGENT = ("urgent", "very_urgent", "express")

#: Numbers a year, by the last part of the notation's series.
PACES = {"UBND": 11000, "TB": 700, "KH": 450, "CTr": 14, "CT": 24, "CĐ": 36, "QĐ": 4200}
SUPERIOR_PACES = {"CĐ-TTg": 230, "VPCP": 12400}
ORDINARY_PACE = 9000
STORMS = {9: 8, 10: 11, 11: 13, 12: 15}
ROMAN = ("I", "II", "III", "IV")


@dataclass
class Directive:
    """A directive with its days, and its tasks' words filled in."""

    words: dict
    issued_on: date
    received_on: date | None
    release_on: date
    number: str | None  # None: given by word of mouth (QT Đ3)
    abstract: str
    tasks: list


class Series:
    """Numbers that grow with the year at a pace, each given once."""

    def __init__(self):
        self.last = {}

    def next(self, key, day, pace):
        """The next number of the series `key` on `day`, when `pace` make a year."""
        number = int(pace * day.timetuple().tm_yday / 366) + 1
        number = max(number, self.last.get((key, day.year), 0) + 1)
        self.last[key, day.year] = number
        return number


def vietnamese(day):
    return f"{day:%d/%m/%Y}"


def load(folder):
    """All directives of a folder in the files' words, the defaults filled in."""
    found = []
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        found += [{**content["defaults"], **one} for one in content["directives"]]
    return found


def plan(folder, chance, workdays, today, roll, by_receipt=False):
    """Give every directive its days and numbers, in the order of issue.

    :param folder: the place's `directives`.
    :param chance: the seeded random.Random.
    :param workdays: the working days of the twelve months, in order.
    :param today: the day of creation.
    :param roll: gives a day itself if it is a working day, else the next one.
    :param by_receipt: the text counts from the receipt: every directive has one.
    """
    # What is issued after the day of creation does not exist yet.
    words = [
        one for one in load(folder) if one.get("issued_on", "") < today.isoformat()
    ]
    free = [one for one in words if not _has_days(one)]
    chance.shuffle(free)
    # The last week belongs to those that say so: the states of today depend on it.
    until = sum(1 for day in workdays if day < today - timedelta(days=9))
    days = {
        id(one): workdays[int((index + chance.random()) / len(free) * until)]
        for index, one in enumerate(free)
    }
    for one in words:
        if id(one) not in days:
            days[id(one)] = _choose_day(one, chance, workdays, today)
    series = Series()
    ordered = sorted(words, key=lambda one: days[id(one)])
    return [
        _directive(one, days[id(one)], chance, workdays, series, roll, by_receipt)
        for one in ordered
    ]


def _has_days(words):
    return any(name in words for name in ("issued_on", "recent", "months", "spread"))


def _choose_day(words, chance, workdays, today):
    if "issued_on" in words:
        return date.fromisoformat(words["issued_on"])
    if "recent" in words:
        near, far = words["recent"]
        # At least one working day: the last one that is far enough back.
        inside = [
            day for day in workdays if near <= (today - day).days <= max(far, near + 2)
        ]
        return chance.choice(
            inside or [[d for d in workdays if (today - d).days >= near][-1]]
        )
    if "spread" in words:
        first, last = (int(part * len(workdays)) for part in words["spread"])
        return chance.choice(workdays[first:last])
    return _day_of_months(words, chance, workdays, today)


def _day_of_months(words, chance, workdays, today):
    """A day of the right season; one that still leaves time to register it."""
    known = [day for day in workdays if day < today - timedelta(days=2)]
    inside = [day for day in known if day.month in words["months"]]
    first, last = words.get("month_days") or (1, 31)
    return chance.choice(
        [day for day in inside if first <= day.day <= last] or inside or known
    )


def _directive(words, issued_on, chance, workdays, series, roll, by_receipt):
    later = [day for day in workdays if day >= issued_on]
    received_on = None
    if words.get("issuer"):
        received_on = later[min(chance.choice((0, 1, 1, 2)), len(later) - 1)]
        later = [day for day in later if day >= received_on]
    elif by_receipt:  # what the place itself issues, its Office has at once
        received_on = issued_on
    # KH Đ6.1, Đ6.3: mostly in time; now and then the Office itself is late.
    wait = (
        0 if words.get("urgency") in URGENT else chance.choice((0, 0, 0, 0, 1, 1, 1, 2))
    )
    release_on = later[min(wait, len(later) - 1)]
    season = _season(issued_on)
    tasks = [
        _task(task, issued_on, release_on, season, roll) for task in words["tasks"]
    ]
    return Directive(
        words,
        issued_on,
        received_on,
        release_on,
        words["number"]
        if "number" in words
        else _number(words["notation"], issued_on, chance, series),
        words["abstract"].format(**season),
        tasks,
    )


def _season(day):
    last_month = day.replace(day=1) - timedelta(days=1)
    return {
        "nam": day.year,
        "nam_truoc": day.year - 1,
        "nam_sau": day.year + 1,
        "thang": day.month,
        "thang_truoc": f"{last_month.month}/{last_month.year}",
        "quy": ROMAN[(day.month - 1) // 3],
        "bao": STORMS.get(day.month, 10),
    }


def _task(task, issued_on, release_on, season, roll):
    """The task with its deadline, on a working day after the release."""
    if task.get("undated"):
        return {**task, "deadline": None, "content": task["content"].format(**season)}
    first = release_on + timedelta(days=2)
    deadline = roll(max(issued_on + timedelta(days=task["days"]), first))
    content = task["content"].format(**season, han=vietnamese(deadline))
    return {**task, "deadline": deadline, "content": content}


def _number(notation, day, chance, series):
    first = notation.partition("-")[0]
    pace = (
        PACES.get(first)
        or SUPERIOR_PACES.get(notation)
        or SUPERIOR_PACES.get(first)
        or ORDINARY_PACE
    )
    if notation == "CĐ-TTg":
        first, pace = notation, SUPERIOR_PACES[notation]
    number = series.next(first, day, pace)
    return f"{number:02}"
