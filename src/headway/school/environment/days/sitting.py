"""The learners of a day as the planner sees them: what they are ready for, what they are owed, what their last days were like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from uuid import UUID

from headway.core.environment.instruction.sessions import Seat, Session
from headway.core.environment.instruction.today import Ready, Sitter
from headway.school.environment.days.queries import plans_before
from headway.school.environment.days.readiness import readiness_of
from headway.school.environment.days.values import Planned
from headway.school.people.models import Person

WEEK = 7


def ready_of(
    district: UUID, people: Sequence[Person], before: Sequence[Planned], now: float, skills: Mapping[str, int]
) -> dict[UUID, tuple[Ready, ...]]:
    """What learners are ready for: with plans ``before``, what these were made from and what somebody has put them to by hand."""
    known: dict[UUID, tuple[Ready, ...]] = {}
    for planned in before:
        known |= _ready_then(planned, skills)
    return readiness_of(district, [person.id for person in people if person.id not in known], now) | known


def sitters_of(
    section: UUID,
    day: int,
    people: Sequence[Person],
    ready: Mapping[UUID, tuple[Ready, ...]],
    owed: Mapping[UUID, float],
    numbers: Mapping[UUID, int],
) -> dict[UUID, Sitter]:
    """Return a sitter for each learner of a class, with what its last plans say of them; ``numbers`` are those of the day."""
    past = plans_before(section, day)
    days = [_ways(planned) for planned in past]
    staffed = [{each.id for each in planned.model.modalities if each.run_by} for planned in past]
    company = _company(past, numbers)
    out: dict[UUID, Sitter] = {}
    for person in people:
        ways = [each.get(person.id, []) for each in days]
        alone = next((n for n, way in enumerate(ways) if staffed[n] & set(way)), len(past))
        week = (way for planned, way in zip(past, ways, strict=True) if day - planned.row.day < WEEK)
        out[person.id] = Sitter(
            ready.get(person.id, ()), alone, frozenset(ways[0]) if ways else frozenset(), owed.get(person.id, 0.0),
            company.get(person.id, {}), Counter(chain.from_iterable(week)),
        )  # fmt: skip
    return out


def ready_kept(
    people: Sequence[Person], ready: Mapping[UUID, tuple[Ready, ...]], skills: Sequence[str]
) -> dict[str, object]:
    """What a plan was made from, as its row keeps it: by learner, skill, rate and standard deviation."""
    return {
        str(person.id): [
            [skills[each.skill], round(each.rate, 6), round(each.sd, 6)] for each in ready.get(person.id, ())
        ]
        for person in people
    }


def _ready_then(before: Planned, skills: Mapping[str, int]) -> dict[UUID, tuple[Ready, ...]]:
    kept = before.row.body.get("ready")
    if not isinstance(kept, dict):
        return {}
    found = {
        UUID(key): tuple(Ready(skills[name], rate, sd) for name, rate, sd in rows if name in skills)
        for key, rows in kept.items()
    }
    for group in before.groups:
        for place in group.places:
            mine = found.get(place.learner)
            if mine is not None and place.placed and skills.get(group.skill, -1) not in {-1, *(r.skill for r in mine)}:
                found[place.learner] = (*mine, Ready(skills[group.skill], 0.0, 0.0))
    return found


def _ways(planned: Planned) -> dict[UUID, list[str]]:
    """The modality of each of a learner's blocks."""
    out: dict[UUID, list[str]] = defaultdict(list)
    for group in planned.groups:
        for place in group.places:
            out[place.learner].append(group.modality)
    return out


def _company(past: Sequence[Planned], numbers: Mapping[UUID, int]) -> dict[UUID, dict[int, float]]:
    """In which share of the last plans each learner met each other one in a group, the others by number."""
    met: dict[UUID, Counter[int]] = defaultdict(Counter)
    for planned in past:
        pairs = {
            (one.learner, numbers[other.learner])
            for group in planned.groups
            if group.skill
            for one in group.places
            for other in group.places
            if one is not other and other.learner in numbers
        }
        for one, other in pairs:
            met[one][other] += 1
    return {one: {other: count / len(past) for other, count in others.items()} for one, others in met.items()}


def sessions_of(planned: Planned, numbers: Mapping[UUID, int], skills: Mapping[str, int]) -> tuple[Session, ...]:
    """A plan's groups as sessions, with learners and skills by number; who has left the class is left out."""
    return tuple(
        Session(
            group.block, group.modality, skills.get(group.skill, -1), group.adult, group.space,
            tuple(
                Seat(numbers[place.learner], skills.get(place.skill, -1), place.gain)
                for place in group.places
                if place.learner in numbers
            ),
        )
        for group in planned.groups
    )  # fmt: skip
