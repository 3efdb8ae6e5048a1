"""One learner's own place on what the district wants. The caller has checked access (``people.access.access_learner``)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from headway.core.evidence.outcomes.aims import Aim
from headway.core.evidence.outcomes.own import Own, own_of
from headway.school.evidence.outcomes.models import OutcomeTake
from headway.school.evidence.outcomes.queries import aims_of, before, taken_of, takes_with

ABOUT = "outcome:"
"""How words about an outcome name it in a profile's notes."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An outcome with the learner's own measure of the newest reading (``day``, None before the first), and the one that growth
    is seen from (``since``); None where the learner was not measured."""

    aim: Aim
    day: int | None
    now: Own | None
    since: int | None
    early: Own | None

    @property
    def about(self) -> str:
        """How words about this line name it."""
        return f"{ABOUT}{self.aim.code}"


def own_lines(learner: UUID) -> list[OwnLine]:
    """Every outcome that the district wants now, with where a learner stands. Three queries, however many there are."""
    aims = aims_of()
    taken = taken_of([aim.measure for aim in aims])
    pairs = {name: (found[0], before(found)) for name, found in taken.items() if found}
    takes = takes_with([each.id for pair in pairs.values() for each in pair if each is not None])
    out = []
    for aim in aims:
        late, early = pairs.get(aim.measure, (None, None))
        now = None if late is None else _own(takes[late.id], learner)
        then = None if early is None else _own(takes[early.id], learner)
        out.append(OwnLine(aim, None if late is None else late.day, now, None if early is None else early.day, then))
    return out


def _own(take: OutcomeTake, learner: UUID) -> Own | None:
    keys = np.frombuffer(bytes(take.learners), "S16")
    wanted = np.frombuffer(learner.bytes, "S16")[0]
    at = int(np.searchsorted(keys, wanted))
    if at >= len(keys) or keys[at] != wanted:
        return None
    value, error = (float(np.frombuffer(bytes(column), "<f8")[at]) for column in (take.values, take.errors))
    return own_of(value, error)
