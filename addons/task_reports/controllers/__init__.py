# SPDX-License-Identifier: LGPL-3.0-or-later
from . import phu_luc
from . import evaluation
from . import publication
from . import comparison
