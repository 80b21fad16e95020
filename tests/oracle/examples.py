"""Examples worked out by hand from DOMAIN.md section 3.

Each says in which lines of Phụ lục I one lead assignment (source adhoc) is counted in
the window [s, e]; all days are days of March 2026, so s = 1 is 1 March. The Office
confirms, except in `UNCONFIRMED`.
"""

from datetime import date, datetime, time, timedelta

from oracle import Assignment, Fact


def day(number):
    """Day `number` of March 2026."""
    return date(2026, 3, 1) + timedelta(days=number - 1)


def assignment(*acts, key="a", agency="Sở", task="t", source="adhoc"):
    """An assignment from (kind, day, {deadline, stated, on, corrects}).

    `on`: the day it was recorded, else the day itself. `corrects`: nr of the act.
    """
    facts = []
    for nr, (kind, happened, *more) in enumerate(acts):
        values = dict(*more)
        recorded = day(values.pop("on", happened))
        corrects = values.pop("corrects", None)
        facts.append(
            Fact(
                id=nr,
                kind=kind,
                day=day(happened),
                corrects=corrects,
                recorded_at=datetime.combine(recorded, time(9)) + timedelta(minutes=nr),
                **{name: day(value) for name, value in values.items()},
            )
        )
    return Assignment(key, agency, task, source, tuple(facts))


def due(number):
    return {"deadline": number}


RELEASED = ("released", 1, due(10))
EXTENDED_AFTER = [
    RELEASED,
    ("extension_asked", 12, due(20)),
    ("extension_approved", 13, due(20)),
    ("handed_in", 18),
    ("confirmed", 18),
]
EXTENDED_BEFORE = [
    RELEASED,
    ("extension_asked", 5, due(20)),
    ("extension_approved", 8, due(20)),
    ("handed_in", 18),
    ("confirmed", 19),
]
REFUSED = [
    RELEASED,
    ("handed_in", 9),
    ("refused", 14),
    ("handed_in", 16),
    ("confirmed", 17),
]
STATED = [RELEASED, ("handed_in", 12, {"stated": 9}), ("confirmed", 20, {"stated": 9})]
STATED_NOT_CONFIRMED = [*STATED[:2], ("confirmed", 20)]
EARLIER = [
    ("released", 1, due(20)),
    ("deadline_changed", 12, due(10)),
    ("handed_in", 15),
    ("confirmed", 15),
]
LATER = [RELEASED, ("deadline_changed", 9, due(20))]
EARLIER_THEN_LATER = [
    ("released", 1, due(20)),
    ("deadline_changed", 3, due(10)),
    ("deadline_changed", 9, due(15)),
]
WITHDRAWN = [RELEASED, ("withdrawn", 20)]
UNDATED = [("released", 1), ("deadline_set", 10, due(12))]
HAND_BACK = [RELEASED, ("return_asked", 5), ("return_refused", 12)]
UNDONE = [RELEASED, ("handed_in", 8), ("confirmed", 12), ("confirm_undone", 12)]
CORRECTED = [
    RELEASED,
    ("correction", 15, {"corrects": 0, "deadline": 18}),
    ("handed_in", 17),
    ("confirmed", 17),
]
LETTER = [
    RELEASED,
    ("extension_asked", 8, due(20)),
    ("extension_approved", 9, {"deadline": 20, "on": 15}),
]
CORRECTED_TWICE = [
    RELEASED,
    ("correction", 11, {"corrects": 0, "deadline": 18}),
    ("correction", 12, {"corrects": 0, "deadline": 8}),
]
CORRECTED_STATED = [*STATED, ("correction", 22, {"corrects": 2, "stated": 11})]
WAITING = [RELEASED, ("handed_in", 10)]
TWO_IN_A_DAY = [RELEASED, ("handed_in", 9), ("refused", 11), ("handed_in", 11)]

#: name: (acts, s, e, the lines).
EXAMPLES = {
    "due on the day is not overdue": ([RELEASED], 1, 10, "assigned_adhoc open_in_time"),
    "overdue the day after": ([RELEASED], 1, 11, "assigned_adhoc open_overdue"),
    "carried: as on the day before the window": (
        [RELEASED],
        11,
        12,
        "carried_in_time open_overdue",
    ),
    "not yet assigned": ([("released", 9, due(20))], 1, 8, ""),
    "before an extension after the date": (
        EXTENDED_AFTER,
        1,
        12,
        "assigned_adhoc open_overdue",
    ),
    "extended after the date": (
        EXTENDED_AFTER,
        13,
        15,
        "carried_overdue open_extended",
    ),
    "an extension after the date does not wash it clean": (
        EXTENDED_AFTER,
        14,
        31,
        "carried_extended completed_late",
    ),
    "extended in time": (EXTENDED_BEFORE, 9, 15, "carried_extended open_extended"),
    "asking is not yet an extension": (
        EXTENDED_BEFORE,
        6,
        7,
        "carried_in_time open_in_time",
    ),
    "completed within the extension": (
        EXTENDED_BEFORE,
        9,
        19,
        "carried_extended completed_on_time",
    ),
    "overdue an extended one": (
        EXTENDED_BEFORE[:3],
        21,
        25,
        "carried_extended open_overdue",
    ),
    "handed in on the day, the Office looks later": (
        WAITING,
        1,
        25,
        "assigned_adhoc open_in_time open_waiting",
    ),
    "refused: waits until the refusal": (
        REFUSED,
        1,
        13,
        "assigned_adhoc open_in_time open_waiting",
    ),
    "refused: the clock stands where it would have": (
        REFUSED,
        1,
        14,
        "assigned_adhoc open_overdue",
    ),
    "refused: the second result is late": (
        REFUSED,
        15,
        31,
        "carried_overdue completed_late",
    ),
    "refused and handed in again the same day": (
        TWO_IN_A_DAY,
        1,
        11,
        "assigned_adhoc open_overdue open_waiting",
    ),
    "stated day: overdue until it is handed in": (
        STATED,
        1,
        11,
        "assigned_adhoc open_overdue",
    ),
    "stated day in time: waits in time": (
        STATED,
        12,
        15,
        "carried_overdue open_in_time open_waiting",
    ),
    "stated day confirmed": (STATED, 16, 31, "carried_in_time completed_on_time"),
    "stated day not confirmed": (
        STATED_NOT_CONFIRMED,
        16,
        31,
        "carried_in_time completed_late",
    ),
    "confirmed the same day, in time": (
        [RELEASED, ("handed_in", 10), ("confirmed", 10)],
        1,
        10,
        "assigned_adhoc completed_on_time",
    ),
    "confirmed the same day, one day late": (
        [RELEASED, ("handed_in", 11), ("confirmed", 11)],
        1,
        11,
        "assigned_adhoc completed_late",
    ),
    "completed before the window": (REFUSED, 18, 31, ""),
    "before the leader moves the deadline earlier": (
        EARLIER,
        1,
        11,
        "assigned_adhoc open_in_time",
    ),
    "moved earlier": (EARLIER, 12, 14, "carried_in_time open_overdue"),
    "moved earlier, completed": (EARLIER, 13, 15, "carried_overdue completed_late"),
    "the leader's own later date is an extension": (
        LATER,
        1,
        15,
        "assigned_adhoc open_extended",
    ),
    "earlier, then later": (EARLIER_THEN_LATER, 4, 9, "carried_in_time open_extended"),
    "before it is withdrawn": (WITHDRAWN, 1, 19, "assigned_adhoc open_overdue"),
    "withdrawn in the window": (WITHDRAWN, 1, 20, ""),
    "withdrawn on the window's first day": (WITHDRAWN, 20, 31, ""),
    "undated": (UNDATED, 1, 9, "assigned_adhoc open_in_time"),
    "a first deadline is no extension": (
        UNDATED,
        10,
        12,
        "carried_in_time open_in_time",
    ),
    "a first deadline passes": (UNDATED, 13, 13, "carried_in_time open_overdue"),
    "handed back, unanswered": (
        HAND_BACK,
        1,
        8,
        "assigned_adhoc open_in_time open_returned",
    ),
    "asking to hand back stops no clock": (
        HAND_BACK,
        1,
        11,
        "assigned_adhoc open_overdue open_returned",
    ),
    "hand-back refused": (HAND_BACK, 6, 12, "carried_in_time open_overdue"),
    "confirmation undone the same day": (
        UNDONE,
        1,
        12,
        "assigned_adhoc open_in_time open_waiting",
    ),
    "confirmation undone, refused": (
        [*UNDONE, ("refused", 12)],
        1,
        12,
        "assigned_adhoc open_overdue",
    ),
    "a correction holds for every day": (
        CORRECTED,
        1,
        12,
        "assigned_adhoc open_in_time",
    ),
    "corrected, completed in time": (
        CORRECTED,
        16,
        17,
        "carried_in_time completed_on_time",
    ),
    "the last correction wins": (CORRECTED_TWICE, 1, 9, "assigned_adhoc open_overdue"),
    "the confirmed day corrected": (
        CORRECTED_STATED,
        16,
        31,
        "carried_in_time completed_late",
    ),
    "the day of release corrected": (
        [RELEASED, ("correction", 9, {"corrects": 0, "new_day": 4})],
        1,
        3,
        "",
    ),
    "a letter dated earlier": (LETTER, 1, 12, "assigned_adhoc open_extended"),
}
#: name: (acts, known at the end of day m, s, e, the lines).
AS_KNOWN = {
    "before the correction": (CORRECTED, 14, 1, 12, "assigned_adhoc open_overdue"),
    "before the letter came": (LETTER, 14, 1, 12, "assigned_adhoc open_overdue"),
    "before anything": (LETTER, 0, 1, 12, ""),
}
#: Where the regulation requires no confirmation: K = H.
UNCONFIRMED = {
    "handing in completes": (
        [RELEASED, ("handed_in", 10)],
        1,
        12,
        "assigned_adhoc completed_on_time",
    ),
    "handed in late": (
        [RELEASED, ("handed_in", 11)],
        1,
        12,
        "assigned_adhoc completed_late",
    ),
    "a reply of an earlier day is attached": (
        STATED[:2],
        1,
        12,
        "assigned_adhoc completed_on_time",
    ),
    "overdue until handed in": (STATED[:2], 1, 11, "assigned_adhoc open_overdue"),
}

#: The last fact of each cannot have happened after those before it.
IMPOSSIBLE = {
    "before the release": [("progress", 1)],
    "acting before A": [("released", 5, due(10)), ("handed_in", 4)],
    "withdrawing the confirmed": [*REFUSED, ("withdrawn", 18)],
    "acting on the withdrawn": [*WITHDRAWN, ("progress", 21)],
    "a second waiting result": [*WAITING, ("handed_in", 12)],
    "stated before the last refusal": [*REFUSED[:3], ("handed_in", 16, {"stated": 13})],
    "stated before A": [("released", 5, due(10)), ("handed_in", 7, {"stated": 4})],
    "stated after handing in": [RELEASED, ("handed_in", 7, {"stated": 8})],
    "deciding an extension while a result waits": [
        RELEASED,
        ("extension_asked", 5, due(20)),
        ("handed_in", 6),
        ("extension_approved", 7, due(20)),
    ],
    "undoing a confirmation another day": [*REFUSED, ("confirm_undone", 18)],
    "a first deadline on a dated one": [RELEASED, ("deadline_set", 3, due(20))],
    "an extension not later": [
        RELEASED,
        ("extension_asked", 5, due(20)),
        ("deadline_changed", 6, due(20)),
        ("extension_approved", 7, due(20)),
    ],
    "a correction that puts A after K": [
        *REFUSED,
        ("correction", 20, {"corrects": 0, "new_day": 18}),
    ],
    "a correction that puts K before H": [
        *REFUSED,
        ("correction", 20, {"corrects": 4, "new_day": 15}),
    ],
}
