# SPDX-License-Identifier: LGPL-3.0-or-later
from . import task_inspection_prescription
from . import task_regulation
from . import task_inspection_part
from . import task_inspection
from . import res_partner
from . import task_assignment
from . import task_inspection_rights
from . import task_inspection_chatter
from . import task_inspection_acts
from . import task_inspection_plan
from . import task_inspection_subject
from . import task_inspection_team_member
from . import task_inspection_paper
from . import task_inspection_text
from . import task_inspection_finding
from . import task_inspection_recommendation
from . import task_inspection_item
