# SPDX-License-Identifier: LGPL-3.0-or-later
from . import task_regulation
from . import task_report_window
from . import task_report_engine
from . import task_report_list
from . import task_report_sheet
