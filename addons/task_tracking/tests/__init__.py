# SPDX-License-Identifier: LGPL-3.0-or-later
from . import test_life
from . import test_calendar
from . import test_clock
from . import test_regulation
from . import test_access_rights
from . import test_translation
from . import test_rights_acts
from . import test_rpc
