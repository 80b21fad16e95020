# SPDX-License-Identifier: LGPL-3.0-or-later
"""Why a task's deadline is the day it is: kept as data, told in the reader's language.

The data has the keys of `explanation.record`, so that whoever shows the one shows the
other. Two cases: a written deadline that moves from a day off to the next working day
(`rolled`), and a deadline counted from an event (`counted`).
"""

from markupsafe import Markup

from odoo.fields import Date

from .explanation import day_text, passage_data, passage_sentences
from .task_regulation_rule import limit_text

#: The `act` of the data: a deadline that moves, a deadline that is counted.
ROLLED, COUNTED = "deadline_rolled", "deadline_counted"


def _data(passage, **values):
    """The keys of `explanation.record`; `values` take the place of the empty ones."""
    return {
        "event": "",
        "event_day": None,
        "unit": None,
        "amount": 0,
        "backwards": False,
        "due_at": None,
        "rolled_from": None,
        **passage_data(passage),
        "regulation": "",
        "article": "",
        "quote": "",
        "is_interpretation": False,
        **values,
    }


def rolled(calendar, deadline, due, regulation):
    """Why `deadline`, a day off, moves to `due`: the days off between, the policy.

    :param regulation: the task.regulation whose policy `day_off` moves it.
    """
    source = regulation._policy_source("day_off")
    return _data(
        calendar.passage(deadline, due),
        act=ROLLED,
        due_on=Date.to_string(due),
        rolled_from=Date.to_string(deadline),
        regulation=regulation.display_name,
        article=source.article or "",
        quote=source.quote or "",
        is_interpretation=source.is_interpretation,
    )


def counted(due, passage, *, unit, amount, event, event_day, words, directive):
    """Why the deadline counted from an event is `due`.

    :param passage: workdays.Passage of the days counted.
    :param words: the directive's own words on the deadline.
    :param directive: the name of the directive.
    """
    return _data(
        passage,
        act=COUNTED,
        due_on=Date.to_string(due),
        event=event,
        event_day=Date.to_string(event_day),
        unit=unit,
        amount=amount,
        regulation=directive,
        quote=words,
    )


def sentences(env, data):
    """The reasons `data` as sentences for the reader."""
    if not data:
        return []
    told = []
    if data["act"] == ROLLED:
        told.append(
            env._(
                "%(day)s is a day off: the deadline moves to the next working day,"
                " %(due)s. The written day is what is printed.",
                day=day_text(env, data["rolled_from"]),
                due=day_text(env, data["due_on"]),
            )
        )
    else:
        told += _counting(env, data)
    told += passage_sentences(env, data)
    source = ", ".join(filter(None, (data["article"], data["regulation"])))
    if data["quote"]:
        told.append(env._("%(text)s: “%(quote)s”", text=source, quote=data["quote"]))
    elif source:
        told.append(env._("According to: %(text)s.", text=source))
    if data["is_interpretation"]:
        told.append(env._("The text leaves it open: this is our reading of it."))
    return told


def html(env, data):
    """The sentences as a list in HTML, every word of them escaped."""
    items = (Markup("<li>%s</li>") % line for line in sentences(env, data))
    return Markup('<ul class="mb-0">%s</ul>') % Markup("").join(items)


def limit_words(env, unit, amount, event):
    """A deadline in words: "5 working day(s) after: receipt of the opinions"."""
    if unit == "month":
        return env._("%(amount)s month(s) after: %(event)s", amount=amount, event=event)
    return limit_text(env, unit, amount, event)


def _counting(env, data):
    limit = limit_words(env, data["unit"], data["amount"], data["event"])
    told = [
        env._("Due: the end of %(day)s.", day=day_text(env, data["due_on"])),
        env._("Limit: %(limit)s.", limit=limit),
        env._(
            "%(event)s: %(day)s.",
            event=data["event"],
            day=day_text(env, data["event_day"]),
        ),
    ]
    if data["unit"] == "month":
        told.append(
            env._(
                "Months end on the day of the same number, or on the month's last day"
                " where it has none (Bộ luật Dân sự, Điều 148 khoản 3)."
            )
        )
    else:
        told.append(
            env._("That day itself does not count (Bộ luật Dân sự, Điều 147 khoản 2).")
        )
    return told
