# SPDX-License-Identifier: LGPL-3.0-or-later
from . import controllers
from . import models
from . import report
from . import wizards


def _post_init(env):
    """Where tasks were followed already, reports are asked for from now on."""
    companies = env["res.company"].with_context(active_test=False)
    companies.search([("id", "!=", False)])._note_task_reports_since()
