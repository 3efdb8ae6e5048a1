"""The classes that a day is planned for together: one, or all of a school that share people and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from headway.core.environment.instruction.sessions import Session
from headway.school.environment.days.queries import plan_of_day, sharing
from headway.school.environment.days.values import Group, Place, Planned, planned_of
from headway.school.environment.models import DayPlan
from headway.school.people.access import learners_in
from headway.school.people.models import Person, Section


@dataclass(frozen=True, slots=True)
class Party:
    """A class with its learners, who may be in another party as well, and the plan that its day has."""

    section: Section
    people: tuple[Person, ...]
    before: Planned | None


def parties_of(row: DayPlan) -> list[Party]:
    """The class of a row, first, and those that share its model."""
    sections = [row.section, *(each for each in sharing(row.section) if each.id != row.section_id)]
    return [Party(each, tuple(learners_in(each)), plan_of_day(each.id, row.day)) for each in sections]


def everybody(parties: Sequence[Party]) -> list[Person]:
    """All learners, each once."""
    return list({person.id: person for party in parties for person in party.people}.values())


def joined(parties: Sequence[Party]) -> Planned | None:
    """The plans of all parties as one, or None where a party has none. Of a learner's seats those of the first party count, so
    that what was changed by hand in one class stands."""
    plans = [party.before for party in parties if party.before is not None]
    if len(plans) < len(parties) or any(planned.model != plans[0].model for planned in plans):
        return None
    groups: dict[tuple[int, str, str, str, str], list[Place]] = {}
    seen: set[tuple[UUID, int]] = set()
    for party, planned in zip(parties, plans, strict=True):
        own = {person.id for person in party.people}
        for group in planned.groups:
            key = (group.block, group.modality, group.skill, group.adult, group.space)
            for place in group.places:
                if place.learner in own and (place.learner, group.block) not in seen:
                    seen.add((place.learner, group.block))
                    groups.setdefault(key, []).append(place)
    return replace(plans[0], groups=tuple(Group(*key, tuple(places)) for key, places in groups.items()))


def share_of(sessions: Sequence[Session], people: Sequence[Person], numbers: Mapping[UUID, int]) -> list[Session]:
    """The sessions in which somebody of a class sits, with everybody who is there; of own work only the class's own."""
    own = {numbers[person.id] for person in people}
    mine = [each for each in sessions if any(seat.learner in own for seat in each.seats)]
    return [
        each if each.skill >= 0 else replace(each, seats=tuple(seat for seat in each.seats if seat.learner in own))
        for each in mine
    ]


def write_shares(
    row: DayPlan, parties: Sequence[Party], bodies: Sequence[dict[str, object]], now: float, state: str = "done"
) -> None:
    """Keep each party's share of a plan: that of the first in the row, of each other in a row of its own."""
    DayPlan.objects.filter(id=row.id).update(state=state, body=bodies[0], ended_at=now)
    DayPlan.objects.bulk_create(
        DayPlan(
            district_id=row.district_id, section=party.section, day=row.day, state=state, body=body, by_id=row.by_id,
            asked={key: value for key, value in row.asked.items() if key != "before"} | {"with": str(row.id)},
            began_at=row.began_at, ended_at=now,
        )
        for party, body in zip(parties[1:], bodies[1:], strict=True)
    )  # fmt: skip


def planned_with(row: DayPlan) -> list[Planned]:
    """The plan of a row and of every class that was planned with it."""
    others = DayPlan.objects.filter(day=row.day, asked__with=str(row.id)).order_by("section_id")
    return [planned_of(row), *(planned_of(each) for each in others)]
