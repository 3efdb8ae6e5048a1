"""From what is wanted of a day to its sessions: the planner, the floor, the coins, people and places. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from headway.core.environment.elsewhere import Clash
from headway.core.environment.instruction.carrying import plan_before
from headway.core.environment.instruction.drawing import draw_ties
from headway.core.environment.instruction.fair import fifth_of, solve_fairly
from headway.core.environment.instruction.filling import fill_devices
from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import Carried, Session, arrange_sessions
from headway.core.environment.instruction.today import Outlook, Sitter, outlook
from headway.core.environment.schedule.again import Again, solve_again
from headway.core.environment.schedule.day import OVERFLOW, Plan
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.rules import Absent, Pin, Rule, Together
from headway.core.text import T, Text
from headway.school.environment.days.values import Planned
from headway.school.environment.days.wishing import Wished, collision_said, rules_of
from headway.school.environment.models import DayWish
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Everything that a day is made of. ``away`` and ``closed`` are names of adults and spaces; ``before`` is the plan to stay
    near, with its sessions; ``elsewhere`` is who is needed in another class, and the plan goes round them; ``floor`` the 5th
    percentile that a new plan is to reach; ``seed`` settles what chance decides."""

    model: Model
    people: Sequence[Person]
    sitters: Sequence[Sitter]
    wishes: Sequence[DayWish]
    skills: Sequence[str]
    away: frozenset[str]
    closed: frozenset[str]
    seed: int
    floor: float = 0.0
    before: Planned | None = None
    sessions: Sequence[Session] = ()
    elsewhere: Sequence[Clash] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A day: sessions, what found no place, value and bound with what is owed, the 5th percentile of what learners gain, and
    who has another day than ``before``."""

    sessions: tuple[Session, ...]
    clashes: tuple[Text, ...]
    value: float
    bound: float
    fifth: float
    moved: tuple[int, ...] = ()


def make(wanted: Wanted) -> Made:
    """Plan a day. Raises Malformed, naming them, where wishes cannot be kept together."""
    model = wanted.model
    away = _away(wanted)
    layout = outlook(model, wanted.sitters, away, wanted.closed)
    at = {person.id: number for number, person in enumerate(wanted.people)}
    wished, idle = rules_of(wanted.wishes, at, layout, model, wanted.skills)
    gone = (Absent(at[UUID(each.who)], each.block) for each in wanted.elsewhere if each.kind == "learner")
    rules = (*layout.rules, *(rule for _, rule in wished), *gone)
    pairs = tuple((rule.learner, rule.other) for rule in rules if isinstance(rule, Together))
    there = replace(model, spaces=tuple(space for space in model.spaces if space.name not in wanted.closed))
    if wanted.before is not None:
        again = _again(wanted, layout, rules, wished, at)
        carried = Carried(before=wanted.sessions, pairs=pairs)
        arranged = arrange_sessions(there, layout, again.plan, away, carried)
        fifth = fifth_of(layout, again.plan, rules)
        sessions = fill_devices(there, arranged.sessions, wanted.sitters, rules)
        return Made(sessions, (*arranged.clashes, *idle), again.value, again.bound, fifth, again.moved)
    found = solve_fairly(layout, rules, wanted.floor, seed=wanted.seed)
    if isinstance(found, Collision):
        raise Malformed(collision_said(found.rules, wished, wanted.people, model))
    drawn = draw_ties(layout.day, found.schedule.plan, rules, np.random.default_rng(wanted.seed))
    arranged = arrange_sessions(there, layout, drawn.plan, away, Carried(pairs=pairs, other=drawn.other))
    value, bound, fifth = _value(layout, drawn.plan), found.schedule.bound, fifth_of(layout, drawn.plan, rules)
    sessions = fill_devices(there, arranged.sessions, wanted.sitters, rules)
    return Made(sessions, (*arranged.clashes, *idle, *_short(fifth, wanted.floor)), value, bound, fifth)


def _away(wanted: Wanted) -> dict[str, frozenset[str]]:
    """Adults who are not there, by block: away, or in another class."""
    blocks = wanted.model.planned()
    out = {block.id: set(wanted.away) for block in wanted.model.blocks}
    for each in wanted.elsewhere:
        if each.kind == "adult":
            out[blocks[each.block].id].add(each.who)
    return {key: frozenset(names) for key, names in out.items()}


def _value(layout: Outlook, plan: Plan) -> float:
    return float(layout.day.gain[plan.seats[plan.seats >= 0]].sum())


def _short(fifth: float, floor: float) -> list[Text]:
    """Said where the floor is not reached."""
    if fifth >= 0.99 * floor:
        return []
    return [
        T(
            "Those who gain least gain less than in the plan before: {percent} of 100. The day has too few seats for better.",
            percent=round(100.0 * fifth / floor),
        )
    ]


def _again(
    wanted: Wanted, layout: Outlook, rules: Sequence[Rule], wished: Wished, at: dict[UUID, int]
) -> Again:  # fmt: skip
    """Stay near the plan before. What somebody placed by hand is a pin, unless it does not fit any more."""
    before = plan_before(wanted.model, layout, wanted.sessions)
    placed = _placed(wanted, layout, before, at)
    for more in (placed, ()) if placed else ((),):
        found = solve_again(layout.day, (*rules, *more), before, seed=wanted.seed)
        if isinstance(found, Again):
            return found
    assert isinstance(found, Collision)
    raise Malformed(collision_said(found.rules, wished, wanted.people, wanted.model))


def _placed(wanted: Wanted, layout: Outlook, before: Plan, at: dict[UUID, int]) -> tuple[Pin, ...]:
    if wanted.before is None:
        return ()
    there = [
        (at[place.learner], group.block)
        for group in wanted.before.groups
        for place in group.places
        if place.placed and place.learner in at and group.block < layout.day.blocks
    ]
    kinds = [(learner, block, int(before.seats[block, learner])) for learner, block in there]
    return tuple(
        Pin(learner, int(layout.day.kind[choice]), block)
        for learner, block, choice in kinds
        if choice >= 0 and layout.day.kind[choice] != OVERFLOW
    )
