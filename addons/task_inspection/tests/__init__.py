# SPDX-License-Identifier: LGPL-3.0-or-later
from . import test_conclusion
from . import test_conclusion_due
from . import test_decision
from . import test_decision_agency
from . import test_decision_closed
from . import test_dossier
from . import test_dossier_rights
from . import test_inspection
from . import test_inspection_desk
from . import test_meeting
from . import test_plan
from . import test_plan_letter
from . import test_plan_suggest
from . import test_prescription
from . import test_prescription_page
from . import test_prescription_texts
from . import test_team
