# SPDX-License-Identifier: LGPL-3.0-or-later
from . import mail_compose_message
from . import task_calendar_propose
from . import task_deadline_order
from . import task_elsewhere_mark
from . import task_order
from . import task_paper_entry
from . import task_regulation_upload
from . import task_start
from . import task_recount
from . import task_secret_done
from . import task_rating
