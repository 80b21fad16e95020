# SPDX-License-Identifier: LGPL-3.0-or-later
"""Why a date is what it is: kept as data, told in the reader's language."""

from markupsafe import Markup

from odoo.fields import Date, Datetime
from odoo.tools import format_date, format_datetime

from .task_regulation_rule import limit_text


def record(due, rule):
    """The reasons of `due` (logic.limits.Due) under `rule`, as plain data (JSON).

    Keys: act, event, event_day, unit, amount, months, backwards, circumstances
    (names), due_on, due_at (naive UTC) or None, rolled_from or None, skipped and
    worked (lists of day, why, name), unconfirmed (years), regulation, article, quote,
    is_interpretation, note. Dates are ISO strings. Where somebody set the day who may
    (an ad hoc report), `is_asked` is true and the limit says nothing.
    """
    return {
        "act": due.rule.act,
        "event": due.rule.event,
        "event_day": Date.to_string(due.event_day),
        "unit": due.rule.unit,
        "amount": due.rule.amount,
        "months": due.rule.months,
        "backwards": due.rule.backwards,
        "circumstances": rule.circumstance_ids.mapped("name"),
        "due_on": Date.to_string(due.due_on),
        "due_at": Datetime.to_string(naive_utc(due.due_at)) or None,
        "rolled_from": Date.to_string(due.rolled_from) or None,
        **passage_data(due.passage),
        "regulation": rule.regulation_id.display_name,
        "article": rule.article or "",
        "quote": rule.quote or "",
        "is_interpretation": rule.is_interpretation,
        "note": rule.note or "",
    }


def passage_data(passage):
    """The days off and worked days of a workdays.Passage, as plain data."""
    return {
        "skipped": [_noted(note) for note in passage.skipped],
        "worked": [_noted(note) for note in passage.worked],
        "unconfirmed": list(passage.unconfirmed),
    }


def naive_utc(moment):
    """`moment` (aware) the way Odoo stores it; False for none."""
    return moment and (moment - moment.utcoffset()).replace(tzinfo=None)


def _noted(note):
    return {"day": Date.to_string(note.day), "why": note.why, "name": note.name}


def sentences(env, data):
    """The explanation `data` (made by `record`) as sentences for the reader."""
    if not data:
        return []
    events = dict(
        env["task.regulation.rule"]._fields["event"]._description_selection(env)
    )
    event = events.get(data["event"], data["event"])
    limit = limit_text(
        env,
        data["unit"],
        data["amount"],
        event,
        months=data.get("months", 0),
        backwards=data["backwards"],
    )
    told = [_due(env, data)]
    if data.get("is_asked"):
        # no limit of the text: who asked set the day
        told.append(env._("The day was set by who asked for it."))
    else:
        told.append(env._("Limit: %(limit)s.", limit=limit))
    told.append(
        env._("%(event)s: %(day)s.", event=event, day=day_text(env, data["event_day"]))
    )
    if data.get("circumstances"):
        told.append(
            env._("Because: %(cases)s.", cases=", ".join(data["circumstances"]))
        )
    if data["unit"] in ("working_day", "calendar_day"):
        told.append(env._("That day itself does not count."))
    elif data["unit"] == "hour":
        told.append(env._("Hours run by the clock, days off included."))
    elif data["unit"] == "day_of_month" and data["backwards"]:
        told.append(env._("“Before” a day: that day itself is too late."))
    told += passage_sentences(env, data)
    if data["rolled_from"]:
        told.append(
            env._(
                "%(day)s is a day off: the date moves to the next working day.",
                day=day_text(env, data["rolled_from"]),
            )
        )
    told.append(
        env._(
            "%(article)s of %(regulation)s: “%(quote)s”",
            article=data["article"],
            regulation=data["regulation"],
            quote=data["quote"],
        )
    )
    if data["is_interpretation"]:
        told.append(env._("The text leaves it open: this is our reading of it."))
        if data.get("note"):
            told.append(data["note"])
    return told


def passage_sentences(env, data):
    """What the days of `passage_data` were: skipped, worked, or of unknown years."""
    told = [_skipped(env, note) for note in data["skipped"]]
    told += [
        env._(
            "Counted: %(day)s, a worked day off (%(name)s).",
            day=day_text(env, note["day"]),
            name=note["name"],
        )
        for note in data["worked"]
    ]
    told += [
        env._(
            "No day off of %(year)s was confirmed: only weekends could be skipped.",
            year=str(year),
        )
        for year in data["unconfirmed"]
    ]
    return told


def html(env, data):
    """The sentences as a list in HTML, every word of them escaped."""
    items = (Markup("<li>%s</li>") % line for line in sentences(env, data))
    return Markup("<ul>%s</ul>") % Markup("").join(items)


def due_label(env, data):
    """The due date of `data` as it is written: a day, of a limit in hours a moment."""
    if not data["due_at"]:
        return format_date(env, data["due_on"], date_format="dd/MM/yyyy")
    moment = Datetime.to_datetime(data["due_at"])
    zone = env.company.task_tz
    return format_datetime(env, moment, tz=zone, dt_format="HH:mm dd/MM/yyyy")


def _due(env, data):
    if data["due_at"]:
        return env._("Due: %(moment)s.", moment=due_label(env, data))
    return env._("Due: the end of %(day)s.", day=day_text(env, data["due_on"]))


def _skipped(env, note):
    day = day_text(env, note["day"])
    if note["why"] == "holiday":
        return env._(
            "Skipped: %(day)s, public holiday (%(name)s).", day=day, name=note["name"]
        )
    if note["why"] == "compensatory":
        return env._(
            "Skipped: %(day)s, compensatory day off (%(name)s).",
            day=day,
            name=note["name"],
        )
    return env._("Skipped: %(day)s, weekend.", day=day)


def day_text(env, text):
    """A day (ISO string) with its weekday, in the reader's language."""
    return format_date(env, text, date_format="EEEE, dd/MM/yyyy")
