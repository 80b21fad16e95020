# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a regulation may prescribe of inspections: topics, and the codes known of each.

Plain Python, no Odoo. A regulation's own lines (`task.inspection.prescription`) give
each code the words of the text. A code the system knows is something it can act on or
fill in; of an *open* topic a regulation may name further ones, which are headings whose
text is written by hand, so that a sixth text needs data only.
"""

import re
from dataclasses import dataclass, field

#: How a prescription binds: code → label.
REQUIREMENTS = {
    "required": "Required",
    "if_any": "If there is any",
    "offered": "Offered, never required",
}
#: Who inspects, the codes of the time limits' circumstance "inspector": code → label.
INSPECTORS = {
    "office": "The Office's inspection body",
    "agency": "An agency ordered by the Committee",
    "self": "An agency within its own scope",
}
#: What a code looks like: it is used in external ids and names of files.
CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing a regulation prescribes.

    `codes`: code → label, in the usual order. `is_open`: whether a regulation may name
    codes beyond these.
    """

    key: str
    label: str
    codes: dict = field(default_factory=dict)
    is_open: bool = True


def _known(*topics):
    return {topic.key: topic for topic in topics}


TOPICS = _known(
    Topic(
        "form",
        "Forms of inspection",
        {
            "regular": "Regular, by an approved plan",
            "adhoc": "Ad hoc, by instruction or upon signs",
        },
    ),
    Topic(
        "content",
        "Contents of inspection",
        {
            "organising": "Organising the work; situation and results of the tasks",
            "updating": "Updating situation and results on the system",
            "reporting": "Keeping to information and reports",
            "other": "Further contents",
        },
    ),
    Topic(
        "authority",
        "Who decides an inspection",
        {
            "chairman": "The Chairman (of a department: the Director)",
            "agency_head": "The head of an agency, within its own scope",
            "single": "A deputy is given the inspection, without a team",
            "self": "An agency inspects itself, without a decision",
        },
        # each is a right, so the system must know it
        is_open=False,
    ),
    Topic(
        "decision",
        "Contents of the decision",
        {
            "legal_basis": "Legal basis",
            "scope": "Scope, object and task",
            "content": "Contents of inspection",
            "time_limit": "Time limit",
            "form": "Form of inspection",
            "members": "Members",
        },
    ),
    Topic(
        "invitation",
        "What who is invited does",
        {
            "join": "Joins the team",
            "attend": "Attends beside the team",
        },
        is_open=False,
    ),
    Topic(
        "self_report",
        "Contents of the inspected agency's report",
        {
            "situation": "Situation and results of the tasks",
            "shortcomings": "Shortcomings",
            "difficulties": "Difficulties",
            "causes": "Causes",
            "proposals": "Proposals",
            "undated": "Explanation of tasks without a deadline",
            "late": "Explanation of late tasks",
            "refused": "Explanation of what was often unsatisfactory",
        },
    ),
    Topic(
        "conclusion",
        "Parts of the conclusion",
        {
            "evaluation": "Evaluation",
            "conclusion": "Specific conclusion",
            "recommendation": "Recommendations, handling of violations",
        },
    ),
    Topic(
        "recipient",
        "Who is given the conclusion",
        {
            "committee": "The Committee",
            "chairman": "The Chairman (of a department: the Director)",
            "own_head": "The head of the inspecting agency",
            "sector_body": "Bodies that manage the sector",
            "office": "The Office",
            "inspected": "The inspected agency, by a notice of the result",
        },
    ),
    Topic(
        "dossier",
        "Kinds of papers in the dossier",
        {
            "decision": "Decision",
            "directives": "Directives that assigned the tasks",
            "urging": "Papers of following and urging",
            "reports": "Reports and papers on the situation of the tasks",
            "plan": "Plan, or the leader's written instruction",
            "minutes": "Minutes and papers of the inspection",
            "conclusion": "Report of the result",
            "other": "Other papers",
        },
    ),
    Topic(
        "summary",
        "Summaries of inspections",
        {"monthly_meeting": "For the Committee's regular monthly meeting"},
        is_open=False,
    ),
)


class BadCode(ValueError):
    """`code` cannot stand under the topic; `expected`: the codes known of it."""

    def __init__(self, topic, code):
        self.expected = ", ".join(TOPICS[topic].codes)
        super().__init__(f"{topic}: {code!r}, expected {self.expected}")


def check(topic, code):
    """Do nothing if `code` may stand under `topic`.

    :raise KeyError: for a topic outside TOPICS.
    :raise BadCode: for a code that is no code, or an unknown one of a closed topic.
    """
    known = TOPICS[topic]
    if not CODE.fullmatch(code or "") or not (known.is_open or code in known.codes):
        raise BadCode(topic, code)
