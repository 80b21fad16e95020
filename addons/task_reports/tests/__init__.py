# SPDX-License-Identifier: LGPL-3.0-or-later
from . import test_cascade_figures
from . import test_figures
from . import test_figures_property
from . import test_pdf
from . import test_report
from . import test_rights
from . import test_sheet
from . import test_secret
from . import test_tour
from . import test_window
from . import test_window_texts
from . import test_wizard
from . import test_xlsx
from . import test_translation
from . import test_status_words
from . import test_succession
from . import test_window_why
