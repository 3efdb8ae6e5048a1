"""Where the people and rooms of a class are needed in another class on a day, so that a plan goes round it or a page says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from headway.core.environment.elsewhere import Busy, Clash, clashes
from headway.core.environment.instruction.model import Model
from headway.core.environment.week import Period
from headway.core.text import T, Text
from headway.school.environment.days.adults import adults_by_person
from headway.school.environment.days.values import Planned
from headway.school.environment.models import ClassPeriod, DayPlan
from headway.school.people.models import Enrolment, Person, Section
from headway.standards.instruction import model_of

Enrolled = tuple[list[Enrolment], dict[UUID, list[Person]]]


def elsewhere_of(
    section: Section, model: Model, learners: Collection[UUID], day: int, together: Collection[UUID] = ()
) -> tuple[Clash, ...]:
    """Return who and what of a class is needed in another class of the school on a day: by that class's periods in the timetable,
    and by its plan. Classes ``together`` with it are planned as one day and have no clash. Learners are named by identifier,
    adults and rooms as in the model. In three queries; the caller has checked access."""
    ours = {section.id, *together}
    enrolled, teachers = _enrolled(section, learners)
    mine = adults_by_person(model, teachers.get(section.id, []), section.title)
    periods = ClassPeriod.objects.filter(
        section__school_id=section.school_id, section__is_active=True, weekday=(day + 3) % 7, ended_at=None
    ).select_related("section")
    meets = [row for row in periods if row.section_id not in ours]
    own = [Period(r.weekday, r.begin, r.minutes, r.room) for r in periods if r.section_id == section.id]
    busy = [
        *_by_timetable(meets, enrolled, mine, model),
        *_by_plan(section, day, ours, learners, teachers, mine),
    ]
    return clashes(model, busy, own)


def _enrolled(section: Section, learners: Collection[UUID]) -> Enrolled:
    """Who of the class is in which class, and the teachers of every class of the school."""
    rows = list(
        Enrolment.objects.filter(
            Q(role="teacher") | Q(role="student", person_id__in=list(learners)),
            section__school_id=section.school_id, section__is_active=True,
        ).select_related("person").order_by("id")
    )  # fmt: skip
    teachers: dict[UUID, list[Person]] = {}
    for row in rows:
        if row.role == "teacher":
            teachers.setdefault(row.section_id, []).append(row.person)
    return rows, teachers


def _by_timetable(
    meets: Sequence[ClassPeriod], enrolled: Sequence[Enrolment], mine: Mapping[str, str], model: Model
) -> Iterator[Busy]:
    people: dict[UUID, list[Enrolment]] = {}
    for row in enrolled:
        people.setdefault(row.section_id, []).append(row)
    for each in meets:
        end, title = each.begin + each.minutes, each.section.title
        for row in people.get(each.section_id, []):
            if row.role == "student":
                yield Busy("learner", str(row.person_id), each.begin, end, title)
            else:
                for name in _called(row.person.name, mine):
                    yield Busy("adult", name, each.begin, end, title)
        for space in model.spaces:
            if each.room and space.name.casefold() == each.room.casefold():
                yield Busy("room", space.name, each.begin, end, title)


def _by_plan(
    section: Section, day: int, ours: Collection[UUID], learners: Collection[UUID],
    teachers: Mapping[UUID, Sequence[Person]], mine: Mapping[str, str],
) -> Iterator[Busy]:  # fmt: skip
    rows = DayPlan.objects.filter(
        section__school_id=section.school_id, section__is_active=True, day=day, state="done"
    ).exclude(section_id__in=list(ours))
    newest = rows.order_by("section_id", "-began_at").distinct("section_id")
    known = {str(learner) for learner in learners}
    for key, title, sessions, body in newest.values_list(
        "section_id", "section__title", "body__sessions", "body__model"
    ):
        other = model_of(body, "plan")
        theirs, blocks = adults_by_person(other, teachers.get(key, ()), title), other.planned()
        there: set[str] = set()
        for each in sessions:
            block = blocks[each["block"]]
            span = (block.begin, block.begin + block.minutes)
            seated = {seat[0] for seat in each["seats"]} & known
            there |= seated
            yield from (Busy("learner", learner, *span, title) for learner in sorted(seated))
            for name in _called(theirs.get(each["adult"], each["adult"]), mine) if each["adult"] else ():
                yield Busy("adult", name, *span, title)
        for block in other.blocks:
            if block.all:
                for learner in sorted(there):
                    yield Busy("learner", learner, block.begin, block.begin + block.minutes, title)


def _called(person: str, mine: Mapping[str, str]) -> Iterable[str]:
    """How a class writes a person's name."""
    return (name for name, who in mine.items() if who.casefold() == person.casefold())


def clashes_said(found: Sequence[Clash], planned: Planned, names: Mapping[str, str]) -> list[Text]:
    """Say which places of a plan somebody is in who is needed elsewhere at that time, and which rooms are taken."""
    blocks, seated = planned.blocks(), _taken(planned)
    said: dict[tuple[str, str, str], list[str]] = {}
    for each in found:
        if (each.kind, each.who, each.block) in seated and (each.kind != "learner" or each.who in names):
            who = names[each.who] if each.kind == "learner" else each.who
            said.setdefault((each.kind, each.title, who), []).append(blocks[each.block].name)
    out: list[Text] = []
    for (kind, title, who), rounds in said.items():
        where = {"who": who, "rounds": ", ".join(rounds), "title": title}
        if kind == "room":
            out.append(T("{who} is taken by “{title}” at the same time: {rounds}.", **where))
        else:
            out.append(T("{who} has to be in “{title}” at the same time: {rounds}.", **where))
    return out


def _taken(planned: Planned) -> set[tuple[str, str, int]]:
    """Learners with a seat, adults with a group and rooms with one, by block."""
    out = set()
    for group in planned.groups:
        if group.modality:
            out |= {("learner", str(place.learner), group.block) for place in group.places}
            out |= {("adult", group.adult, group.block), ("room", group.space, group.block)}
    return out
