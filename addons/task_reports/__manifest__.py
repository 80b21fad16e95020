# SPDX-License-Identifier: LGPL-3.0-or-later
{
    "name": "Task Tracking Reports",
    "summary": "Phụ lục I and II: figures and list of assigned tasks, PDF and XLSX",
    "version": "19.0.1.0.0",
    "category": "Services/Task Tracking",
    "author": "Task Tracking contributors",
    "license": "LGPL-3",
    "depends": ["task_tracking"],
    "external_dependencies": {"python": ["docxtpl", "xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/task_reports_rules.xml",
        "data/task_report_window_khanh_hoa.xml",
        "data/task_report_window_bac_giang.xml",
        "data/task_report_window_kon_tum.xml",
        "data/task_report_window_quang_tri.xml",
        "data/task_report_window_ca_mau.xml",
        "views/task_report_window_views.xml",
        "wizards/task_report_wizard_views.xml",
        "report/phu_luc_templates.xml",
        "report/phu_luc_reports.xml",
        "views/task_reports_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["task_reports/static/src/**/*"],
        "web.assets_tests": ["task_reports/static/tests/tours/**/*"],
    },
}
