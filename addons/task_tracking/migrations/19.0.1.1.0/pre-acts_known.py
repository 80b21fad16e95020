# SPDX-License-Identifier: LGPL-3.0-or-later

#: Policies that are gone → (what held where one was not mentioned, the acts it hid
#: and whose they are). A rule now says that an act is not known to the text.
GONE = {
    "extension": (
        "hidden",
        {"extension_ask": "agency", "extension_answer": "leader"},
    ),
    "return": ("allowed", {"return": "agency"}),
    "feedback": ("hidden", {"feedback": "agency", "feedback_answer": "office"}),
    "inspection": (
        "hidden",
        {
            "inspection_plan": "team",
            "inspection_conclusion": "team",
            "inspection_dossier": "team",
        },
    ),
}


def migrate(cr, version):
    """What a policy hid is stated as unknown by the rules of the act; what it allowed
    without any rule is stated as possible without a limit."""
    for key, (default, acts) in GONE.items():
        cr.execute(
            """SELECT regulation.id, COALESCE(policy.value, %s)
                 FROM task_regulation regulation
            LEFT JOIN task_regulation_policy policy
                   ON policy.regulation_id = regulation.id AND policy.key = %s""",
            (default, key),
        )
        for regulation, value in cr.fetchall():
            if value == "hidden":
                cr.execute(
                    """UPDATE task_regulation_rule SET stated = 'absent'
                        WHERE regulation_id = %s AND act IN %s""",
                    (regulation, tuple(acts)),
                )
                continue
            for act, actor in acts.items():
                cr.execute(
                    """INSERT INTO task_regulation_rule
                              (regulation_id, sequence, act, actor, stated, amount,
                               unit, direction, is_interpretation)
                       SELECT %(regulation)s, 900, %(act)s, %(actor)s, 'none', 1,
                              'working_day', 'after', true
                        WHERE NOT EXISTS (SELECT 1 FROM task_regulation_rule
                                           WHERE regulation_id = %(regulation)s
                                             AND act = %(act)s)""",
                    {"regulation": regulation, "act": act, "actor": actor},
                )
    keys = tuple(GONE)
    cr.execute(
        """DELETE FROM ir_model_data data
            USING task_regulation_policy policy
            WHERE data.model = 'task.regulation.policy'
              AND data.res_id = policy.id AND policy.key IN %s""",
        (keys,),
    )
    cr.execute("DELETE FROM task_regulation_policy WHERE key IN %s", (keys,))
