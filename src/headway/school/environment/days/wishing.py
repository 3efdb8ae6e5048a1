"""What people want of a day: as rules of the planner, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from uuid import UUID

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.today import Outlook
from headway.core.environment.schedule.day import DEVICE, OVERFLOW
from headway.core.environment.schedule.rules import Absent, Apart, Ban, Most, Pin, Rule, Together
from headway.core.text import T, Text
from headway.school.environment.models import DayWish
from headway.school.people.models import Person

Wished = list[tuple[DayWish, Rule]]


def rules_of(
    wishes: Sequence[DayWish], at: Mapping[UUID, int], layout: Outlook, model: Model, skills: Sequence[str]
) -> tuple[Wished, list[Text]]:
    """Each wish with its rule, and in words those wishes that the day has nothing for. ``at`` numbers the learners. Whoever is
    away has no other wish, and a place that nobody is there to lead is not kept: a morning is repaired without being asked."""
    wished: Wished = []
    idle: list[Text] = []
    away = {each.learner_id for each in wishes if each.kind == "away"}
    for each in wishes:
        if each.learner_id not in at or (each.kind != "away" and {each.learner_id, each.other_id} & away):
            continue
        rule = _rule(each, at, layout, skills)
        if isinstance(rule, Pin) and rule.kind >= 0 and not _led(rule, layout):
            idle.append(T("{wish}: nobody is there to lead it.", wish=wish_said(each, model)))
            continue
        if rule is not None:
            wished.append((each, rule))
        elif each.kind in ("with", "together"):
            idle.append(
                T("{wish}: on this day nothing that they are ready for is done so.", wish=wish_said(each, model))
            )
    return wished, idle


def _rule(each: DayWish, at: Mapping[UUID, int], layout: Outlook, skills: Sequence[str]) -> Rule | None:
    learner, other = at[each.learner_id], at.get(each.other_id) if each.other_id is not None else None
    if each.kind == "away":
        return Absent(learner)
    if each.kind == "here":
        return _stay(each, learner, layout, skills)
    if each.kind == "apart":
        return Apart(learner, other) if other is not None else None
    if each.kind == "together":
        shared = _kinds(layout, learner) & (_kinds(layout, other) if other is not None else set())
        return Together(learner, other) if other is not None and shared - {DEVICE} else None
    if each.kind == "never":
        return Ban(learner, modality=each.modality) if each.modality in layout.day.modalities else None
    ways = {layout.kinds[kind][0] for kind in _kinds(layout, learner) if kind >= 0}
    return Pin(learner, modality=each.modality) if each.modality in ways else None


def _led(pin: Pin, layout: Outlook) -> bool:
    """Whether an adult, or a group that works by itself, could have the session in that block."""
    day = layout.day
    return any(day.adults[crew, pin.block] > 0 for crew, kind in day.openings.tolist() if kind == pin.kind)


def _kinds(layout: Outlook, learner: int) -> set[int]:
    """The kinds that a learner could be in, work on a device among them."""
    return set(layout.day.kind[(layout.day.learner == learner) & (layout.day.kind != OVERFLOW)].tolist())


def _stay(each: DayWish, learner: int, layout: Outlook, skills: Sequence[str]) -> Rule | None:
    """The place that a person keeps for a learner in a block; where the day has no such place any more, nothing."""
    if each.block is None or each.block >= layout.day.blocks:
        return None
    skill = skills.index(each.skill) if each.skill in skills else -1
    for kind in sorted(_kinds(layout, learner)):
        if kind == DEVICE and not each.skill:
            return Pin(learner, DEVICE, each.block)
        if kind >= 0 and layout.kinds[kind] == (each.modality, skill):
            return Pin(learner, kind, each.block)
    return None


def collision_said(rules: Sequence[Rule], wished: Wished, people: Sequence[Person], model: Model) -> Text:
    """Rules that cannot be kept together, each as the wish or the limit that it comes from."""
    said: list[Text] = []
    for rule in rules:
        wish = next((each for each, made in wished if made == rule), None)
        words = wish_said(wish, model) if wish is not None else _limit_said(rule, people, model)
        if words is not None and words not in said:
            said.append(words)
    if not said:
        return T("The places that are kept do not fit together any more. Let one of them go.")
    joined = reduce(lambda one, next_: T("{one}; {next}", one=one, next=next_), said)
    return T("These cannot be kept together: {wishes}. Take one away.", wishes=joined)


def _limit_said(rule: Rule, people: Sequence[Person], model: Model) -> Text | None:
    if isinstance(rule, Absent) and 0 <= rule.block < len(model.planned()):
        block = model.planned()[rule.block].name
        return T("{name} is in another class then: {block}", name=people[rule.learner].short_name, block=block)
    if not isinstance(rule, Most):
        return None
    own = (each.name for each in model.modalities if each.id == rule.modality or (each.device and not rule.modality))
    return T(
        "{name} has at most {count} blocks in “{way}”",
        name=people[rule.learner].short_name, count=rule.seats, way=next(own, ""),
    )  # fmt: skip


def wish_said(each: DayWish, model: Model) -> Text:
    """A wish in words."""
    name = each.learner.short_name
    if each.kind == "apart" and each.other is not None:
        return T("{one} and {other} apart", one=name, other=each.other.short_name)
    if each.kind == "together" and each.other is not None:
        return T("{one} and {other} in one group once", one=name, other=each.other.short_name)
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
