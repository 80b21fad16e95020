# SPDX-License-Identifier: LGPL-3.0-or-later
from . import test_prescription
<<<<<<< HEAD
from . import test_prescription_texts
=======
from . import test_inspection
>>>>>>> d0830bf ([ADD] task_inspection: the records of an inspection, who reads them and its main steps)
