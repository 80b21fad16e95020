# SPDX-License-Identifier: LGPL-3.0-or-later
from . import test_life
from . import test_calendar
from . import test_clock
from . import test_regulation
from . import test_access_rights
from . import test_translation
from . import test_rights_acts
from . import test_rpc
from . import test_day_off
from . import test_documents_shared
from . import test_leaks
from . import test_today
from . import test_bad_input
from . import test_bad_files
from . import test_two_at_once
from . import test_performance
from . import test_regulation_text
