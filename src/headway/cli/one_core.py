"""One core for linear algebra: imported before NumPy by commands whose matrices are small.

There, a second thread of the BLAS mostly waits, and waiting counts as processor time. A number that is set outside stays.
"""

from __future__ import annotations

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
ONE_CORE = True
