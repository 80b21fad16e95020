# SPDX-License-Identifier: LGPL-3.0-or-later
from . import base_module_uninstall
from . import task_inspection_act
from . import task_inspection_suggest
from . import task_inspection_act_conclusion
from . import task_inspection_directive
from . import task_inspection_summary
from . import task_inspection_summary_letter
from . import task_inspection_raise
