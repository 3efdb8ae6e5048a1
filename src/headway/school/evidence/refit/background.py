"""A refit that a page has asked for: a process of its own, so that it outlives the server's and takes nothing from it."""

from __future__ import annotations

from uuid import UUID

from headway.core.text import T
from headway.school.evidence.refit.actions import may_decide
from headway.school.evidence.refit.running import NoRefit, begin
from headway.school.people.access import viewer_of
from headway.school.people.beside import run_beside
from headway.school.people.models import Person


def begin_beside(*, by: Person, now: float) -> UUID:
    """Write down that a refit begins and, once that is durable, start ``headway refit`` on it. Raises NoRefit for
    somebody who may not decide about its result, and while another one is under way."""
    if not may_decide(viewer_of(by)):
        raise NoRefit(T("A model serves the whole district: only somebody who leads all of it starts a refit."))
    refit = begin(district=by.district_id, by=by.id, now=now)
    run_beside("refit", "--district", by.district_id, "--begun", refit)
    return refit
