# SPDX-License-Identifier: LGPL-3.0-or-later
{
    "name": "Task Tracking for People's Committees",
    "summary": "Follow every assigned task from the directive to the report",
    "version": "19.0.1.0.0",
    "category": "Services/Task Tracking",
    "author": "Task Tracking contributors",
    "license": "LGPL-3",
    "depends": ["mail"],
    "external_dependencies": {"python": ["holidays", "weasyprint"]},
    "data": [
        "security/task_tracking_groups.xml",
        "security/ir.model.access.csv",
        "security/task_tracking_rules.xml",
    ],
    "application": True,
}
