# SPDX-License-Identifier: LGPL-3.0-or-later
{
    "name": "Task Inspection",
    "summary": "Inspection of assigned tasks, from the plan to the closed dossier",
    "version": "19.0.1.0.0",
    "category": "Services/Task Tracking",
    "author": "Task Tracking contributors",
    "license": "LGPL-3",
    "depends": ["task_tracking", "calendar"],
    "data": [
        "security/ir.model.access.csv",
    ],
}
