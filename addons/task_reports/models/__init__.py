# SPDX-License-Identifier: LGPL-3.0-or-later
from . import task_regulation
from . import task_report_window
from . import task_report_engine
from . import task_report_list
from . import task_report_sheet
from . import res_partner
from . import task_report_snapshot
from . import task_report_period
from . import task_report
from . import task_report_reason
from . import task_report_sheets
from . import task_report_acts
from . import task_report_desk
