# SPDX-License-Identifier: LGPL-3.0-or-later
from . import controllers, models, wizards
from .uninstall import _uninstall


def _post_init(env):
    """Versions of a regulation made before get what their text prescribes, too."""
    env["task.regulation"]._inherit_prescriptions()
