# SPDX-License-Identifier: LGPL-3.0-or-later
"""The addon's plain Python is tested without Odoo: put it on the path alone."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "addons" / "task_tracking"))
