# SPDX-License-Identifier: LGPL-3.0-or-later
"""The addon's plain Python is tested without Odoo: put it on the path alone.

What is tried on random values is tried on the same ones in every run, however long the
machine takes: a run fails for what was changed, never for chance or load.
"""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "addons" / "task_tracking"))

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
