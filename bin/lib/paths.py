"""Where things lie: downloads are shared by all checkouts, databases by none."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LIB = CHECKOUT / "bin" / "lib"
ADDONS = CHECKOUT / "addons"
CONF = CHECKOUT / "odoo.conf"
DEMO = CHECKOUT / "demo" / "load.py"

CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "task-tracking"
)
KEY = hashlib.sha256(f"{CHECKOUT}\0{CACHE}".encode()).hexdigest()[:8]
STATE = CACHE / "checkouts" / KEY
# PostgreSQL refuses to run as root, and its own user may not enter root's home.
CLUSTERS = Path("/var/lib/task-tracking") / KEY if os.geteuid() == 0 else STATE
IGNORED = {"__pycache__", "tests"}
SETUP_LOCK = CACHE / "setup.lock"


def addons():
    """The project's addons, in alphabetical order."""
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


def addon_folders():
    """Where Odoo finds addons of ours; a developer may add a folder of experiments."""
    more = os.environ.get("TASK_TRACKING_MORE_ADDONS")
    folders = [ADDONS, *([Path(more)] if more else [])]
    # Odoo refuses to start with a folder that holds no addon.
    return [folder for folder in folders if any(folder.glob("*/__manifest__.py"))]


def digest(*sources):
    """A short name for the content of some files and folders: changes when they do.

    Tests are no part of what a database is made from.
    """
    total = hashlib.sha256()
    for source in sources:
        files = source.rglob("*") if source.is_dir() else [source]
        for path in sorted(files):
            if path.is_file() and not IGNORED.intersection(
                path.relative_to(source).parts
            ):
                total.update(str(path.relative_to(source.parent)).encode() + b"\0")
                total.update(path.read_bytes())
    return total.hexdigest()[:12]
