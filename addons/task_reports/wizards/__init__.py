# SPDX-License-Identifier: LGPL-3.0-or-later
from . import task_report_wizard
from . import task_report_why
from . import task_report_correct
from . import task_report_comparison
from . import task_report_comparison_row
