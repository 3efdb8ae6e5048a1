"""Making a class's day: what learners are ready for, the planner, names and places, and the row that pages read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.environment.elsewhere import Clash
from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.today import Ready, Sitter
from headway.core.text import T, text_to_json
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.elsewhere import elsewhere_of
from headway.school.environment.days.making import Wanted, make
from headway.school.environment.days.parties import Party, everybody, joined, parties_of, share_of, write_shares
from headway.school.environment.days.queries import (
    model_in_force,
    names_away,
    plans_before,
    rooms_closed,
    wishes_of,
)
from headway.school.environment.days.sitting import ready_kept, ready_of, sessions_of, sitters_of
from headway.school.environment.days.values import Planned, kept_of
from headway.school.environment.models import DayPlan, DayWish
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from headway.standards.instruction import write_model

Owed = Callable[[Sequence[UUID], int], Mapping[UUID, float]]
"""Minutes with an adult that plans of support owe learners on a day; the room above knows them."""


def nothing_owed(_learners: Sequence[UUID], _day: int) -> Mapping[UUID, float]:
    """For a school without plans of support."""
    return {}


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database says before the planner begins. The learners of all parties have the numbers of ``people``."""

    row: DayPlan
    parties: list[Party]
    people: list[Person]
    model: Model | None
    wishes: list[DayWish]
    ready: dict[UUID, tuple[Ready, ...]]
    sitters: list[Sitter]
    skills: list[str]
    before: Planned | None
    floor: float
    elsewhere: list[Clash]


def plan_day(
    *, district: UUID, plan: UUID, owed: Owed = nothing_owed, clock: Callable[[], float] = time.time
) -> DayPlan:
    """Plan the day of a row that has begun, and keep the result in it; a failure is kept as well, in words.

    A day that has a plan is planned again so that few move, from what that plan was made from, unless the row asks for a plan
    anew. Classes that share a model are planned together, and each gets its own row. The database is not held while the planner
    works. Raises Malformed where the wishes cannot be kept together.
    """
    with in_district(district):
        read = _read(plan, owed, clock())
    try:
        bodies = _bodies(read)
    except BaseException as problem:
        told = T(
            "Something went wrong in the planner. Plan again; if that does not help, tell who looks after Headway."
        )
        said = problem.message if isinstance(problem, Malformed) else told
        with in_district(district):
            DayPlan.objects.filter(id=plan).update(
                state="failed", words=f"{type(problem).__name__}: {problem}"[:1000],
                body={"problem": text_to_json(said)}, ended_at=clock(),
            )  # fmt: skip
        raise
    with in_district(district):
        write_shares(read.row, read.parties, bodies, clock(), "draft" if read.row.asked.get("preview") else "done")
        return DayPlan.objects.get(id=plan)


def _read(plan: UUID, owed: Owed, now: float) -> _Read:
    row = DayPlan.objects.select_related("section").get(id=plan)
    parties, model = parties_of(row), model_in_force(row.section_id)
    people, curriculum = everybody(parties), curriculum_of(row.district_id)
    before = None if row.asked.get("anew") else joined(parties)
    if before is not None and before.model != model:
        before = None
    plans = [party.before for party in parties if party.before is not None] if before is not None else []
    numbers = {person.id: number for number, person in enumerate(people)}
    ready = ready_of(row.district_id, people, plans, now, curriculum.skill_number)
    minutes = owed([person.id for person in people], row.day)
    sitters: dict[UUID, Sitter] = {}
    wishes: dict[int, DayWish] = {}
    for party in parties:
        sitters = sitters_of(party.section.id, row.day, party.people, ready, minutes, numbers) | sitters
        wishes |= {wish.id: wish for wish in wishes_of(party.section.id, row.day)}
    return _Read(
        row, parties, people, model, list(wishes.values()), ready, [sitters[person.id] for person in people],
        [skill.id for skill in curriculum.skills], before, _floor(row, model), _elsewhere(row, parties, model),
    )  # fmt: skip


def _bodies(read: _Read) -> list[dict[str, object]]:
    """Plan the day, and share it out: one body a party."""
    if read.model is None:
        raise Malformed(T("Choose first how this class works."))
    numbers = {person.id: number for number, person in enumerate(read.people)}
    skills = {name: number for number, name in enumerate(read.skills)}
    sessions = sessions_of(read.before, numbers, skills) if read.before is not None else ()
    row, away, closed = read.row, frozenset(names_away(read.row)), frozenset(rooms_closed(read.row))
    made = make(
        Wanted(
            read.model, read.people, read.sitters, read.wishes, read.skills, away, closed, row.day, read.floor, read.before,
            sessions, read.elsewhere,
        )
    )  # fmt: skip
    keys, moved = [person.id for person in read.people], {read.people[learner].id for learner in made.moved}
    whole = {
        "model": write_model(read.model),
        "clashes": [text_to_json(each) for each in made.clashes],
        "value": made.value,
        "bound": made.bound,
        "fifth": made.fifth,
    }
    return [
        whole
        | {
            "sessions": kept_of(share_of(made.sessions, party.people, numbers), keys, read.skills, read.before),
            "ready": ready_kept(party.people, read.ready, read.skills),
            "elsewhere": [
                [each.who, each.block, each.title]
                for each in read.elsewhere
                if each.kind == "learner" and UUID(each.who) in {person.id for person in party.people}
            ],
            "moved": [str(person.id) for person in party.people if person.id in moved],
        }
        for party in read.parties
    ]


def _elsewhere(row: DayPlan, parties: Sequence[Party], model: Model | None) -> list[Clash]:
    """Who is needed in another class, and is planned around: where the timetable gives the block to the class itself, the plan
    keeps to the timetable."""
    if model is None:
        return []
    together = [party.section.id for party in parties]
    found = [
        each
        for party in parties
        for each in elsewhere_of(party.section, model, [person.id for person in party.people], row.day, together)
    ]
    return [each for each in dict.fromkeys(found) if not each.ours]


def _floor(row: DayPlan, model: Model | None) -> float:
    """The 5th percentile of the class's last plan of another day, in proportion to the minutes that are planned."""
    last = next(iter(plans_before(row.section_id, row.day, 1)), None)
    if last is None or model is None:
        return 0.0
    minutes = sum(block.minutes for block in last.blocks())
    share = sum(block.minutes for block in model.planned()) / minutes if minutes else 0.0
    return share * float(last.row.body.get("fifth", 0.0))
