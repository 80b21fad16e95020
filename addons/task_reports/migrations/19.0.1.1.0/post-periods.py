# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api

#: Whom the agencies report to, by the regulation's name in the external ids; new
#: databases have it from data/task_report_window_*.xml.
ADDRESSEES = {
    "bac_giang": "Văn phòng UBND tỉnh",
    "kon_tum": "Văn phòng Sở",
    "quang_tri": "UBND tỉnh",
    "ca_mau": "Ủy ban nhân dân tỉnh",
    "khanh_hoa": "Văn phòng Ủy ban nhân dân tỉnh Khánh Hòa",
}


def migrate(cr, version):
    """Periods are opened from the day of the update on; calendar lines that were there
    before are told to whom reports go."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].with_context(active_test=False)
    companies.search([("id", "!=", False)])._note_task_reports_since()
    for name, addressee in ADDRESSEES.items():
        regulation = env.ref(
            f"task_tracking.regulation_{name}", raise_if_not_found=False
        )
        if regulation:
            windows = regulation.report_window_ids.filtered(
                lambda one: one.topic == "figures" and not one.addressee
            )
            windows.addressee = addressee
