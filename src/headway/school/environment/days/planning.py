"""Making a class's day: what learners are ready for, the planner, names and places, and the row that pages read."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import arrange_sessions
from headway.core.environment.instruction.today import Outlook, Sitter, outlook
from headway.core.environment.schedule.day import DEVICE, OVERFLOW
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.rules import Absent, Apart, Ban, Pin, Rule
from headway.core.environment.schedule.solving import solve
from headway.core.text import T, Text, text_to_json
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.queries import model_in_force, names_away, plans_before, rooms_closed, wishes_of
from headway.school.environment.days.readiness import readiness_of
from headway.school.environment.days.values import kept_of
from headway.school.environment.models import DayPlan, DayWish
from headway.school.people.access import learners_in
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from headway.standards.instruction import write_model


def plan_day(*, district: UUID, plan: UUID, clock: Callable[[], float] = time.time) -> DayPlan:
    """Plan the day of a row that has begun, and keep the result in it; a failure is kept as well, in words.

    The database is not held while the planner works. Raises Malformed where the wishes cannot be kept together.
    """
    with in_district(district):
        row = DayPlan.objects.select_related("section").get(id=plan)
        people = list(learners_in(row.section))
        model = model_in_force(row.section_id)
        wishes = wishes_of(row.section_id, row.day)
        sitters = _sitters(row, people, clock())
        skills = [skill.id for skill in curriculum_of(district).skills]
    try:
        assert model is not None
        body = _solved(row, model, people, sitters, wishes, skills)
    except BaseException as problem:
        words = str(problem) if isinstance(problem, Malformed) else f"{type(problem).__name__}: {problem}"
        with in_district(district):
            DayPlan.objects.filter(id=plan).update(state="failed", words=words[:1000], ended_at=clock())
        raise
    with in_district(district):
        DayPlan.objects.filter(id=plan).update(state="done", body=body, ended_at=clock())
        return DayPlan.objects.get(id=plan)


def _solved(
    row: DayPlan, model: Model, people: Sequence[Person], sitters: Sequence[Sitter], wishes: Sequence[DayWish],
    skills: Sequence[str],
) -> dict[str, object]:  # fmt: skip
    missing = frozenset(names_away(row))
    away = {block.id: missing for block in model.blocks}
    layout = outlook(model, sitters, away)
    at = {person.id: number for number, person in enumerate(people)}
    rules = (
        *layout.rules,
        *(rule for each in wishes if each.learner_id in at for rule in _rules(each, at, layout, skills)),
    )
    found = solve(layout.day, rules, seed=row.day)
    if isinstance(found, Collision):
        named = [_said(rule, wishes, at, model) for rule in found.rules]
        raise Malformed(
            T("These wishes cannot be kept together: {wishes}. Take one away.", wishes="; ".join(filter(None, named)))
        )
    shut = set(rooms_closed(row))
    open_now = replace(model, spaces=tuple(space for space in model.spaces if space.name not in shut))
    arranged = arrange_sessions(open_now, layout, found.plan, away)
    return {
        "model": write_model(model),
        "sessions": kept_of(arranged.sessions, [person.id for person in people], skills),
        "clashes": [text_to_json(each) for each in arranged.clashes],
        "value": found.value,
        "bound": found.bound,
    }


def _sitters(row: DayPlan, people: Sequence[Person], now: float) -> list[Sitter]:
    """What each learner is ready for, and what their last days were like."""
    ready = readiness_of(row.district_id, [person.id for person in people], now)
    before = plans_before(row.section_id, row.day)
    staffed = [{each.id for each in planned.model.modalities if each.run_by} for planned in before]
    out = []
    for person in people:
        days = [{group.modality for group, _ in planned.of(person.id).values()} for planned in before]
        alone = next(
            (n for n, (day, adults) in enumerate(zip(days, staffed, strict=True)) if day & adults), len(before)
        )
        out.append(Sitter(ready.get(person.id, ()), alone, frozenset(days[0]) if days else frozenset()))
    return out


def _rules(each: DayWish, at: dict[UUID, int], layout: Outlook, skills: Sequence[str]) -> list[Rule]:
    learner, day = at[each.learner_id], layout.day
    if each.kind == "away":
        return [Absent(learner)]
    if each.kind == "apart":
        return [Apart(learner, at[each.other_id])] if each.other_id in at else []
    if each.kind == "here":
        return _stay(each, learner, layout, skills)
    if each.kind == "never":
        return [Ban(learner, modality=each.modality)] if each.modality in day.modalities else []
    rows = [row for row in range(len(day.learner)) if day.learner[row] == learner and day.kind[row] >= 0]
    fitting = [row for row in rows if layout.kinds[int(day.kind[row])][0] == each.modality]
    if not fitting:
        return []
    return [Pin(learner, int(day.kind[max(fitting, key=lambda row: (layout.rates[row], -row))]))]


def _stay(each: DayWish, learner: int, layout: Outlook, skills: Sequence[str]) -> list[Rule]:
    """The place that a person keeps for a learner in a block; where the day has no such place any more, nothing."""
    day = layout.day
    if each.block is None or each.block >= day.blocks:
        return []
    skill = skills.index(each.skill) if each.skill in skills else -1
    kinds = {int(day.kind[row]) for row in range(len(day.learner)) if day.learner[row] == learner}
    for kind in sorted(kinds - {OVERFLOW}):
        if kind == DEVICE and not each.skill:
            return [Pin(learner, DEVICE, each.block)]
        if kind >= 0 and layout.kinds[kind] == (each.modality, skill):
            return [Pin(learner, kind, each.block)]
    return []


def _said(rule: Rule, wishes: Sequence[DayWish], at: dict[UUID, int], model: Model) -> str:
    """A rule that collides, as the wish that it came from."""
    for each in wishes:
        if at.get(each.learner_id) == rule.learner and isinstance(rule, Pin) == (each.kind in ("with", "here")):
            return str(wish_said(each, model))
    return ""


def wish_said(each: DayWish, model: Model) -> Text:
    """A wish in words."""
    name = each.learner.short_name
    if each.kind == "apart" and each.other is not None:
        return T("{one} and {other} apart", one=name, other=each.other.short_name)
    if each.kind == "away":
        return T("{name} is away", name=name)
    way = next((way.name for way in model.modalities if way.id == each.modality), each.modality)
    if each.kind == "here":
        blocks = model.planned()
        block = blocks[each.block].name if each.block is not None and each.block < len(blocks) else ""
        return T("{name} stays in “{way}”: {block}", name=name, way=way, block=block)
    if each.kind == "never":
        return T("{name} not in “{way}”", name=name, way=way)
    return T("{name} in “{way}”", name=name, way=way)
