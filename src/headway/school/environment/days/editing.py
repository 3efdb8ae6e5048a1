"""Changing a planned day by hand: moving learners, giving a group another room or adult, keeping a place, taking back.

A change is a new row, so that every plan that ever hung on the wall can be read again and a change is taken back by going
back one row. A change names the plan that it is for: when somebody else was faster nothing is changed.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sessions import SPARE
from headway.core.environment.moving import Promise, Together, promise, strains
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.queries import SILENT, wishes_of
from headway.school.environment.days.readiness import readiness_of
from headway.school.environment.days.values import Group, Place, Planned, marks_of, planned_of
from headway.school.environment.models import DayPlan, DayWish
from headway.school.people.access import learners_in
from headway.school.people.models import Person, Section
from headway.school.people.refusal import Malformed

STALE = T("The plan has changed since this page was loaded. Look at it again.")
NEW = "new:"
"""Before a way of working in which nobody is yet in that block (work on a device, or none)."""


@dataclass(frozen=True, slots=True)
class Option:
    """Somewhere that learners could go: ``to`` is the group's number in the plan or ``new:`` and a way of working. ``change`` is
    what it brings more (negative: less) than their place now, as a share of what their day brings; ``unready`` are those for
    whom nothing is promised there; ``strained`` says what the plan would strain after it and does not now."""

    to: str
    group: Group
    change: float
    unready: tuple[UUID, ...]
    strained: tuple[Text, ...]


def newest_plan(section: Section, day: int) -> DayPlan | None:
    """The plan of a day that counts, or None."""
    return DayPlan.objects.filter(section=section, day=day, state="done").order_by("-began_at").first()


def options(
    planned: Planned,
    learners: Sequence[UUID],
    block: int,
    names: Mapping[str, str],
    wishes: Sequence[DayWish],
    now: float,
) -> tuple[Option, ...]:
    """Everywhere that these learners of one block could go in it, with what each would cost. ``wishes`` are those of the day. The
    caller has checked access."""
    apart = _apart(wishes, names)
    before = _strains(planned.groups, planned.model, names, apart)
    ready = readiness_of(planned.row.district_id, learners, now)
    days = {each: planned.of(each) for each in learners}
    whole = sum(place.gain for day in days.values() for _group, place in day.values()) or 1.0
    out = []
    for to, group in _targets(planned, block):
        if any(day.get(block, (None, None))[0] is group for day in days.values()):
            continue
        promises = {each: _promised(planned, group, days[each], block, ready.get(each, ())) for each in learners}
        gained = sum(each.gain for each in promises.values())
        held = sum(day[block][1].gain for day in days.values() if block in day)
        places = tuple(Place(each, "", 0.0, "", "", 0.0) for each in learners)
        after = _strains(_seated(planned.groups, group, places, block), planned.model, names, apart)
        out.append(
            Option(
                to, group, (gained - held) / whole, tuple(each for each in learners if not promises[each].ready),
                tuple(each for each in after if each not in before),
            )
        )  # fmt: skip
    return tuple(out)


def strains_of(planned: Planned, names: Mapping[str, str], wishes: Sequence[DayWish]) -> tuple[Text, ...]:
    """What a plan strains now, after whatever was changed by hand."""
    return _strains(planned.groups, planned.model, names, _apart(wishes, names))


@transaction.atomic
def move(
    *, section: Section, by: Person, plan: UUID, learners: Sequence[UUID], block: int, to: str, now: float
) -> DayPlan:
    """Seat learners of a block elsewhere in it. Raises Malformed for a stale plan or a place that it does not have."""
    planned = _held(section, plan, now)
    found = dict(_targets(planned, block)).get(to)
    days = {each: planned.of(each) for each in dict.fromkeys(learners)}
    moving = [each for each, day in days.items() if block in day and day[block][0] is not found]
    if found is None or not moving:
        raise Malformed(T("Choose learners of this plan, and another group in the same block."))
    ready = readiness_of(section.district_id, moving, now)
    keys = [skill.id for skill in curriculum_of(section.district_id).skills]
    places = []
    for each in moving:
        new = _promised(planned, found, days[each], block, ready.get(each, ()))
        was, place = days[each][block]
        skill = keys[new.skill] if new.skill >= 0 else ""
        lost = 1.0 - place.gain / new.gain if new.gain > 0.0 else 0.0
        way = "device" if was.modality and planned.model.modality(was.modality).device else was.modality
        best = (way, place.skill) if place.skill and new.gain > 0.0 else ("", "")
        places.append(Place(each, skill, new.gain, *best, lost, by.short_name))
    groups = _seated(planned.groups, found, tuple(places), block)
    return _keep(planned, groups, by, now, {"what": "move", "learners": [str(each) for each in moving]})


@transaction.atomic
def assign(*, section: Section, by: Person, plan: UUID, group: int, field: str, value: str, now: float) -> DayPlan:
    """Give a group another room (``space``) or adult (``adult``); who has it in that block takes the group's own instead, unless
    there is room for both. Raises Malformed for a stale plan, and for what the class does not have."""
    planned = _held(section, plan, now)
    if not 0 <= group < len(planned.groups):
        raise Malformed(STALE)
    chosen, model = planned.groups[group], planned.model
    known = [each.name for each in model.spaces] if field == "space" else [n for c in model.crews for n in c.names]
    if field not in ("space", "adult") or value not in known:
        raise Malformed(T("Choose one of the rooms or adults of this class."))
    most = next((each.zones for each in model.spaces if each.name == value), 1) if field == "space" else 1
    there = [g for g in planned.groups if g.block == chosen.block and g is not chosen and getattr(g, field) == value]
    ours = set(learners_in(section).values_list("id", flat=True))
    if any(place.learner not in ours for each in (chosen, *there[:1]) for place in each.places):
        raise Malformed(T("Learners of another class sit in this group too. Plan the school’s day again to change it."))
    groups = []
    for each in planned.groups:
        if each is chosen:
            groups.append(_with(each, field, value))
        elif there and len(there) >= most and each is there[0]:
            groups.append(_with(each, field, getattr(chosen, field)))
        else:
            groups.append(each)
    return _keep(planned, tuple(groups), by, now, {"what": field, "value": value})


@transaction.atomic
def undo(*, section: Section, by: Person, plan: UUID, now: float) -> DayPlan:
    """Take the last change by hand back. Raises Malformed where there is none, or somebody has changed the plan since."""
    planned = _held(section, plan, now)
    before = DayPlan.objects.filter(section=section, id=planned.row.asked.get("before")).first()
    if before is None:
        raise Malformed(T("Nothing was changed by hand in this plan."))
    return DayPlan.objects.create(
        district_id=section.district_id, section=section, day=planned.row.day, state="done", asked=before.asked,
        body=before.body, by=by, began_at=_after(planned.row, now), ended_at=now,
    )  # fmt: skip


@transaction.atomic
def pin(*, section: Section, by: Person, plan: UUID, learners: Sequence[UUID], block: int, now: float) -> int:
    """Keep learners where the plan has them in a block, whenever this day is planned again; return how many. A place without a
    task cannot be kept. Raises Malformed for a stale plan."""
    planned = _held(section, plan, now)
    kept = {(wish.learner_id, wish.block) for wish in wishes_of(section.id, planned.row.day) if wish.kind == "here"}
    found = [(each, planned.of(each).get(block)) for each in dict.fromkeys(learners)]
    rows = [
        DayWish(
            district_id=section.district_id, section=section, learner_id=learner, by=by, kind="here", at=now, block=block,
            modality=at[0].modality, skill=at[0].skill, day=planned.row.day,
        )
        for learner, at in found
        if at is not None and at[0].modality and (learner, block) not in kept
    ]  # fmt: skip
    DayWish.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def unpin(*, section: Section, day: int, learners: Sequence[UUID], block: int, now: float) -> int:
    """Let learners be planned freely again in a block of a day; return how many were kept there."""
    rows = DayWish.objects.filter(
        section=section, kind="here", day=day, block=block, learner_id__in=learners, ended_at=None
    )
    return rows.update(ended_at=now)


def _held(section: Section, plan: UUID, now: float) -> Planned:
    """The plan to be changed, with the class locked: two changes at once are one after the other."""
    Section.objects.select_for_update().get(id=section.id)
    row = DayPlan.objects.filter(section=section, id=plan, state="done").first()
    newest = newest_plan(section, row.day) if row is not None else None
    if row is None or newest is None or newest.id != row.id:
        raise Malformed(STALE)
    running = DayPlan.objects.filter(section=section, day=row.day, state="running", began_at__gt=now - SILENT)
    if running.filter(began_at__gt=row.began_at).exists():
        raise Malformed(T("The day is being planned. Wait until the plan is there."))
    return planned_of(row)


def _targets(planned: Planned, block: int) -> list[tuple[str, Group]]:
    """The groups of a block by number, then work on a device and no seat where nobody has them yet."""
    if not 0 <= block < len(planned.blocks()):
        return []
    out = [(str(at), group) for at, group in enumerate(planned.groups) if group.block == block]
    there = {group.modality for _at, group in out}
    own = next((each for each in planned.model.modalities if each.device), None)
    for way in filter(lambda way: way not in there, [*([own.id] if own else []), SPARE]):
        space = next((s.name for s in planned.model.spaces if own and way == own.id and s.id in own.spaces), "")
        out.append((f"{NEW}{way}", Group(block, way, "", "", space, ())))
    return out


def _promised(
    planned: Planned, group: Group, day: Mapping[int, tuple[Group, Place]], block: int, ready: Sequence[Any]
) -> Promise:
    number = curriculum_of(planned.row.district_id).skill_number
    held = frozenset(number.get(place.skill, -1) for at, (_group, place) in day.items() if at != block)
    return promise(planned.model, group.modality, number.get(group.skill, -1), ready, held - {-1})


def _seated(groups: Sequence[Group], to: Group, places: tuple[Place, ...], block: int) -> tuple[Group, ...]:
    moving = {place.learner for place in places}
    out = [
        replace(each, places=tuple(place for place in each.places if place.learner not in moving))
        if each.block == block
        else each
        for each in groups
    ]
    at = next((n for n, each in enumerate(groups) if each is to), None)
    if at is None:
        out.append(replace(to, places=places))
    else:
        out[at] = replace(out[at], places=(*out[at].places, *places))
    return tuple(each for each in out if each.places)


def _with(group: Group, field: str, value: str) -> Group:
    return replace(group, space=value) if field == "space" else replace(group, adult=value)


def _apart(wishes: Sequence[DayWish], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who is to sit apart, of those who are in the class."""
    pairs = [(str(wish.learner_id), str(wish.other_id)) for wish in wishes if wish.kind == "apart"]
    return [pair for pair in pairs if set(pair) <= set(names)]


def _strains(
    groups: Sequence[Group], model: Model, names: Mapping[str, str], apart: Sequence[tuple[str, str]]
) -> tuple[Text, ...]:
    known = tuple(
        Together(g.block, g.modality, g.skill, g.adult, g.space, tuple(str(place.learner) for place in g.places))
        for g in groups
    )
    return strains(model, known, names, apart)


def _keep(planned: Planned, groups: Sequence[Group], by: Person, now: float, edit: dict[str, object]) -> DayPlan:
    """Write the changed plan as a new row, in the order of blocks and ways of working."""
    row, order = planned.row, {each.id: n for n, each in enumerate(planned.model.modalities)}
    body: dict[str, Any] = copy.deepcopy(row.body)
    ordered = sorted(groups, key=lambda g: (g.block, order.get(g.modality, len(order))))
    gained = sum(place.gain for group in groups for place in group.places)
    held = sum(place.gain for group in planned.groups for place in group.places)
    body["sessions"] = [_written(each) for each in ordered]
    body["value"] = planned.value + gained - held
    asked = {**row.asked, "edit": edit, "before": str(row.id)}
    return DayPlan.objects.create(
        district_id=row.district_id, section_id=row.section_id, day=row.day, state="done", asked=asked, body=body, by=by,
        began_at=_after(row, now), ended_at=now,
    )  # fmt: skip


def _written(group: Group) -> dict[str, object]:
    return {
        "block": group.block, "modality": group.modality, "skill": group.skill, "adult": group.adult, "space": group.space,
        "seats": [
            [str(p.learner), p.skill, round(p.gain, 4), p.best_modality, p.best_skill, round(p.lost, 4), *marks_of(p)]
            for p in group.places
        ],
    }  # fmt: skip


def _after(row: DayPlan, now: float) -> float:
    """A moment after the row's own, so that the newest one is never in doubt."""
    return max(now, row.began_at + 1e-3)
