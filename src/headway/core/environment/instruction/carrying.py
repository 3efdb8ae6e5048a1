"""Sessions that people have seen, read back as a plan of a day that is laid out again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import Session
from headway.core.environment.instruction.today import Outlook
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Plan


def plan_before(model: Model, outlook: Outlook, sessions: Sequence[Session]) -> Plan:
    """Return the plan that these sessions are in a day's numbers; a seat or a session that the day does not have is left out."""
    day = outlook.day
    kinds = {kind: at for at, kind in enumerate(outlook.kinds)}
    devices = {each.id for each in model.modalities if each.device}
    rows = zip(day.learner.tolist(), day.kind.tolist(), outlook.practised.tolist(), strict=True)
    choices = {key: at for at, key in enumerate(rows) if key[1] != OVERFLOW}
    seats = np.full((day.blocks, day.learners), -1, dtype=np.int64)
    count = np.zeros((day.blocks, len(day.openings)), dtype=np.int64)
    for each in sessions:
        kind = DEVICE if each.modality in devices else kinds.get((each.modality, each.skill), OVERFLOW)
        if kind == OVERFLOW or each.block >= day.blocks:
            continue
        for seat in each.seats:
            seats[each.block, seat.learner] = choices.get((seat.learner, kind, seat.skill), -1)
        if kind >= 0:
            count[each.block, _opening(model, outlook, kind, each.adult)] += 1
    return Plan(seats, count)


def _opening(model: Model, outlook: Outlook, kind: int, adult: str) -> int:
    """The opening of a kind by the crew of an adult, or by the first crew that may run it."""
    crews = {crew.id for crew in model.crews if adult in crew.names}
    rows = np.flatnonzero(outlook.day.openings[:, 1] == kind).tolist()
    return next((row for row in rows if outlook.crews[int(outlook.day.openings[row, 0])] in crews), rows[0])
