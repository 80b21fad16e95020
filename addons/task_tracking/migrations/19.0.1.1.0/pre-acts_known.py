# SPDX-License-Identifier: LGPL-3.0-or-later

#: Policies that are gone → the acts they hid. A rule now says that an act is not
#: known to the text.
GONE = {
    "extension": ("extension_ask", "extension_answer"),
    "return": ("return",),
    "feedback": ("feedback", "feedback_answer"),
    "inspection": ("inspection_plan", "inspection_conclusion", "inspection_dossier"),
}


def migrate(cr, version):
    """What a policy hid is stated as unknown by the rules of the act."""
    for key, acts in GONE.items():
        cr.execute(
            """UPDATE task_regulation_rule rule SET stated = 'absent'
                 FROM task_regulation_policy policy
                WHERE policy.regulation_id = rule.regulation_id
                  AND policy.key = %s AND policy.value = 'hidden'
                  AND rule.act IN %s""",
            (key, acts),
        )
    cr.execute("DELETE FROM task_regulation_policy WHERE key IN %s", (tuple(GONE),))
