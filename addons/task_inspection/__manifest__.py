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
        "security/task_inspection_rules.xml",
        "data/task_inspection_prescription_bac_giang.xml",
        "data/task_inspection_prescription_kon_tum.xml",
        "data/task_inspection_prescription_quang_tri.xml",
        "data/task_inspection_prescription_khanh_hoa.xml",
        "wizards/task_inspection_act_views.xml",
        "views/task_regulation_views.xml",
        "views/task_inspection_paper_views.xml",
        "views/task_inspection_finding_views.xml",
        "views/task_inspection_subject_views.xml",
        "views/task_inspection_views.xml",
        "views/task_inspection_form_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["task_inspection/static/src/pictures/*"],
    },
    "post_init_hook": "_post_init",
}
