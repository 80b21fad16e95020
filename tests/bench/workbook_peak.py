"""Write the workbook of some rows and print the most memory the process ever had."""

import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def main(env, user_id, rows):
    """Print the peak of the resident memory, in KiB."""
    from bench_figures import long_sheet

    from odoo.addons.task_reports.logic.workbook import write_workbook

    sheet = long_sheet(env(user=int(user_id)), int(rows))
    with tempfile.TemporaryFile() as file:
        write_workbook(sheet, file)
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
