"""A refit that a page has asked for: a process of its own, so that it outlives the server's and takes nothing from it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import transaction

from headway.core.text import T
from headway.school.evidence.refit.actions import may_decide
from headway.school.evidence.refit.running import NoRefit, begin
from headway.school.people.access import viewer_of
from headway.school.people.models import Person

ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def begin_beside(*, by: Person, now: float) -> UUID:
    """Write down that a refit begins and, once that is durable, start ``headway refit`` on it. Raises NoRefit for
    somebody who may not decide about its result, and while another one is under way."""
    if not may_decide(viewer_of(by)):
        raise NoRefit(T("A model serves the whole district: only somebody who leads all of it starts a refit."))
    refit = begin(district=by.district_id, by=by.id, now=now)
    transaction.on_commit(partial(_start, by.district_id, refit))
    return refit


def _start(district: UUID, refit: UUID) -> None:
    words = ["refit", "--district", str(district), "--begun", str(refit), "--json"]
    child = subprocess.Popen(
        [sys.executable, "-m", "headway.cli", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | ONE,
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, child.pid, 10)  # learners come first
