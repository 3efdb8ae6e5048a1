"""Nobody works on paper beside a free device: who has no seat goes on with their own practice, as far as screens allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import SPARE, Seat, Session
from headway.core.environment.instruction.today import Sitter
from headway.core.environment.schedule.rules import ANY, Absent, Ban, Rule


def fill_devices(
    model: Model, sessions: Sequence[Session], sitters: Sequence[Sitter], rules: Sequence[Rule] = ()
) -> tuple[Session, ...]:
    """Give learners without a seat the devices that are free in their block, those with the fewest blocks on a screen first.

    The planner gives each skill once a day, so somebody with few open skills is left over although a device is free. Such a seat
    has no skill and promises no gain: it is practice as it comes. Nobody gets more blocks on a screen than the model allows in a
    day and in a week, and nobody who is away, or for whom devices are ruled out.
    """
    own = next((each for each in model.modalities if each.device), None)
    if own is None:
        return tuple(sessions)
    out = list(sessions)
    barred = {(rule.learner, rule.block) for rule in rules if isinstance(rule, Absent)}
    barred |= {(rule.learner, rule.block) for rule in rules if isinstance(rule, Ban) and rule.modality == own.id}
    screens = Counter(seat.learner for each in sessions if each.modality == own.id for seat in each.seats)
    places = [space.name for space in model.spaces if space.id in own.spaces]
    for at in range(len(model.planned())):
        spare = next((n for n, each in enumerate(out) if each.block == at and each.modality == SPARE), None)
        if spare is None:
            continue
        there = next((n for n, each in enumerate(out) if each.block == at and each.modality == own.id), None)
        free = model.devices - (len(out[there].seats) if there is not None else 0)
        able = [
            seat.learner
            for seat in out[spare].seats
            if not {(seat.learner, at), (seat.learner, ANY)} & barred
            and screens[seat.learner] < _most(model, sitters[seat.learner], own.id, own.most, own.most_week)
        ]
        chosen = sorted(able, key=lambda learner: (screens[learner], learner))[: max(free, 0)]
        if not chosen:
            continue
        screens.update(chosen)
        more = tuple(Seat(learner, -1, 0.0) for learner in chosen)
        rest = tuple(seat for seat in out[spare].seats if seat.learner not in set(chosen))
        out[spare] = replace(out[spare], seats=rest)
        if there is not None:
            out[there] = replace(out[there], seats=(*out[there].seats, *more))
        else:
            out.append(Session(at, own.id, -1, "", places[0] if places else "", more))
    order = {each.id: number for number, each in enumerate(model.modalities)}
    kept = (each for each in out if each.seats)
    return tuple(sorted(kept, key=lambda each: (each.block, order.get(each.modality, len(order)), each.skill)))


def _most(model: Model, sitter: Sitter, key: str, most: int, week: int) -> int:
    """The most blocks on a screen that a learner may have in this day."""
    left = max(week - sitter.spent.get(key, 0), 0) if week else model.screen_blocks
    return min(model.screen_blocks, most or model.screen_blocks, left)
