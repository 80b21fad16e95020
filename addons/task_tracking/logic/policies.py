# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a regulation may decide besides time limits, and which answers it may give.

Plain Python, no Odoo. Every policy has a key, a type, a default and, where there is
a choice, the allowed values. A regulation stores the value as text; `parse` reads it.
"""

from dataclasses import dataclass, field

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Policy:
    """One question put to a regulation.

    `kind`: "bool", "choice", "int" or "text". `choices`: code → label, for "choice".
    `minimum`, `maximum`: bounds of an "int". `default`: the text of the value that
    holds where the regulation says nothing.
    """

    key: str
    label: str
    kind: str
    default: str
    choices: dict = field(default_factory=dict)
    minimum: int = 0
    maximum: int = 3660


class BadValue(ValueError):
    """`text` is no value of the policy; `expected` says what is, as codes or bounds."""

    def __init__(self, policy, text):
        if policy.kind == "int":
            self.expected = f"{policy.minimum}–{policy.maximum}"
        else:
            self.expected = ", ".join(codes(policy)) or "…"
        super().__init__(f"{policy.key}: {text!r}, expected {self.expected}")
        self.policy = policy
        self.text = text


def _known(*policies):
    return {policy.key: policy for policy in policies}


POLICIES = _known(
    Policy(
        "confirmation_required",
        "The Office confirms a result before the task is completed",
        "bool",
        NO,
    ),
    Policy(
        "completion_day",
        "Day a task counts as completed",
        "choice",
        "stated",
        {
            "handed_in": "The day the result is handed in on the system",
            "stated": "The completion day stated with the result",
        },
    ),
    Policy(
        "undated",
        "Tasks without a deadline",
        "choice",
        "tracked",
        {
            "kept_out": "Kept out of the system",
            "tracked": "Tracked like the others",
        },
    ),
    Policy(
        "secret",
        "Tasks of secret documents",
        "choice",
        "kept_out",
        {
            "kept_out": "Kept out of the system",
            "register": "A register without content",
            "outside_books": "Separate books outside the system",
        },
    ),
    Policy(
        "extension_decider",
        "Who decides an extension",
        "choice",
        "leader",
        {
            "chairman": "The Chairman, or a deputy within an authorisation",
            "leader": "Any leader",
        },
    ),
    Policy(
        "extension_late",
        "An extension asked later than the text allows",
        "choice",
        "flagged",
        {"refused": "Refused", "flagged": "Accepted and flagged"},
    ),
    Policy("extension_max", "Extensions of one task (0: no limit)", "int", "0"),
    Policy("rating", "Results are rated", "bool", NO),
    Policy(
        "day_off",
        "A date that falls on a day off",
        "choice",
        "as_written",
        {
            "as_written": "Stands as written",
            "next_working_day": "Moves to the next working day",
        },
    ),
    Policy(
        "due_soon_days",
        "Days before the deadline when a task is due soon",
        "int",
        "7",
        maximum=365,
    ),
    Policy(
        "freshness_days", "Days an entry keeps a task fresh", "int", "30", minimum=1
    ),
    Policy(
        "submitter",
        "Who submits for an agency",
        "choice",
        "head",
        {
            "head": "The head, or an officer the head authorises",
            "officer": "Any officer of the agency",
        },
    ),
    Policy(
        "explain_undated",
        "Tasks without a deadline are explained in each periodic report",
        "bool",
        NO,
    ),
    Policy(
        "explain_refused",
        "Refused results from which a task is explained in the report (0: never)",
        "int",
        "0",
        maximum=100,
    ),
    # what the Office puts to a leader, and whose direction it is
    Policy(
        "refer_not_done",
        "The Office puts tasks that are due and not done to a leader",
        "bool",
        NO,
    ),
    Policy(
        "refer_opinions",
        "The Office puts differing opinions of agencies to a leader",
        "bool",
        NO,
    ),
    Policy(
        "direct_feedback",
        "Who gives the direction on a feedback",
        "choice",
        "leader",
        {
            "chairman": "The Chairman, or a deputy within an authorisation",
            "leader": "Any leader",
        },
    ),
    Policy(
        "direct_difficulty",
        "Who gives the direction on difficulties",
        "choice",
        "leader",
        {
            "chairman": "The Chairman, or a deputy within an authorisation",
            "leader": "Any leader",
        },
    ),
    Policy("inspection_body", "Name of the inspection body", "text", "Đoàn kiểm tra"),
    Policy(
        "issuer_level",
        "Whose regulation it is",
        "choice",
        "province",
        {"province": "A province's", "department": "A department's"},
    ),
    Policy(
        "no_product",
        "Dated tasks that ask for no product",
        "choice",
        "as_others",
        {
            "as_others": "Followed like the others",
            "year_end_list": "Also listed at the year's end",
        },
    ),
    Policy(
        "external_system",
        "The other system results are entered in",
        "text",
        "Hệ thống của cơ quan cấp trên",
    ),
    Policy("ranking_published", "The ranking is published to all agencies", "bool", NO),
    Policy("heads_evaluated", "Heads of agencies are evaluated by name", "bool", NO),
    Policy(
        "public_page", "Published figures stand on a page open to everybody", "bool", NO
    ),
    # forms of urging: what a text does not name it does not forbid
    Policy("urge_by_system", "Urging through the system", "bool", YES),
    Policy("urge_by_mail", "Urging by e-mail", "bool", YES),
    Policy("urge_by_letter", "Urging by letter", "bool", YES),
    Policy("urge_by_phone", "Urging by telephone", "bool", YES),
    Policy("urge_by_meeting", "Urging by working together directly", "bool", YES),
    Policy("urge_sector", "The body of a field urges others in its field", "bool", NO),
    Policy(
        "feedback_names_reporter",
        "The agency reported sees who reported it",
        "bool",
        NO,
    ),
    # the text's own words for how a task stands
    Policy("word_done", "Word: done in time", "text", "Hoàn thành đúng hạn"),
    Policy("word_done_late", "Word: done late", "text", "Hoàn thành quá hạn"),
    Policy("word_doing", "Word: in progress", "text", "Đang thực hiện"),
    Policy("word_not_started", "Word: not begun, in time", "text", "Chưa thực hiện"),
    Policy("word_overdue", "Word: not done, overdue", "text", "Quá hạn"),
)


def codes(policy):
    """The codes a value of `policy` may take; empty where it is a number or words."""
    return (YES, NO) if policy.kind == "bool" else tuple(policy.choices)


def parse(key, text):
    """The value that `text` means for the policy `key`: bool, int or str.

    Raises KeyError for an unknown key, BadValue for a text that is no value of it.
    """
    policy = POLICIES[key]
    text = (text or "").strip()
    if policy.kind == "int":
        if not text.isdecimal():
            raise BadValue(policy, text)
        number = int(text)
        if not policy.minimum <= number <= policy.maximum:
            raise BadValue(policy, text)
        return number
    if not text or policy.kind != "text" and text not in codes(policy):
        raise BadValue(policy, text)
    return text == YES if policy.kind == "bool" else text


def default(key):
    """The value that holds where a regulation does not decide `key`."""
    return parse(key, POLICIES[key].default)
