"""Weeks that a page has asked to close: in a process of its own, because a large district's take longer than a page may."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from functools import partial

from django.db import transaction

from headway.school.evidence.refit.background import ONE
from headway.school.people.models import Person


def close_beside(*, by: Person) -> None:
    """Start ``headway report close`` for the person's district when the request is over. Two at once do each week once."""
    transaction.on_commit(partial(_start, str(by.district_id)))


def _start(district: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "headway.cli", "report", "close", "--district", district, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | ONE,
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, child.pid, 10)  # learners come first
