# SPDX-License-Identifier: LGPL-3.0-or-later
from . import controllers
from . import models
from . import wizards
from .uninstall import _uninstall
