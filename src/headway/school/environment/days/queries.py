"""What stands for a class's day: the model, wishes, the newest plan, and one learner's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.environment.instruction.model import Model
from headway.core.text import T, Text, text_from_json
from headway.school.environment.days.values import Planned, planned_of
from headway.school.environment.models import DayPlan, DayWish, SectionModel
from headway.school.people.models import Person, Section
from headway.standards.instruction import model_of

BROKEN_OFF = T("The last plan was broken off. Plan again.")
SILENT = 600.0
"""Seconds after which a plan that is still being made counts as broken off. The first one on a machine compiles for a minute."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``model`` is None until the class has chosen one; ``planned`` is the newest plan of the day that is done; ``running`` says
    that one is being made, ``failed`` why the newest one was not; ``draft`` is one that was tried after it and is not settled."""

    model: Model | None
    planned: Planned | None
    running: bool
    failed: Text | None
    wishes: tuple[DayWish, ...]
    draft: Planned | None = None


def model_in_force(section: UUID) -> Model | None:
    """The model of a class, or None. Of a model that a school shares, the newest copy counts for every class that has one."""
    row = SectionModel.objects.filter(section_id=section).select_related("section").order_by("-id").first()
    if row is None:
        return None
    model = model_of(row.body, "model")
    if not model.shared:
        return model
    return model_of(max(_copies(row.section.school_id, model.id), key=lambda copy: copy.id).body, "model")


def sharing(section: Section) -> list[Section]:
    """The classes that are planned together with a class because they share its model, by title; itself where it shares none."""
    model = model_in_force(section.id)
    if model is None or not model.shared:
        return [section]
    found = [copy.section for copy in _copies(section.school_id, model.id) if copy.section.is_active]
    return sorted(found, key=lambda each: (each.title, str(each.id))) or [section]


def _copies(school: UUID, model: str) -> list[SectionModel]:
    """What is in force in the classes of a school that share a model."""
    newest = SectionModel.objects.filter(section__school_id=school).order_by("section_id", "-id").distinct("section_id")
    return [
        copy for copy in newest.select_related("section") if copy.body.get("shared") and copy.body.get("id") == model
    ]


def wishes_of(section: UUID, day: int) -> tuple[DayWish, ...]:
    """The wishes that hold on a day, the oldest first."""
    rows = (
        DayWish.objects.filter(section_id=section, ended_at=None)
        .select_related("learner", "other", "by")
        .order_by("id")
    )
    return tuple(row for row in rows if row.day is None or row.day == day)


def standing_of(section: UUID, day: int, now: float) -> Standing:
    """Everything about a class's day in four queries. The caller has checked access to the section."""
    kept = DayPlan.objects.filter(section_id=section, day=day).exclude(state="dropped").order_by("-began_at")
    rows = list(kept[:5])
    newest, done = rows[0] if rows else None, next((row for row in rows if row.state == "done"), None)
    if done is None and len(rows) == 5:
        done = kept.filter(state="done").first()
    running = newest is not None and newest.state == "running" and now - newest.began_at < SILENT
    broken = newest is not None and newest.state == "running" and not running
    failed = BROKEN_OFF if broken else _problem(newest) if newest is not None and newest.state == "failed" else None
    planned = planned_of(done) if done is not None else None
    draft = planned_of(newest) if newest is not None and newest.state == "draft" else None
    return Standing(model_in_force(section), planned, running, failed, wishes_of(section, day), draft)


def _problem(row: DayPlan) -> Text:
    """Why a plan was not made; ``words`` of the row are for whoever looks after Headway."""
    kept = row.body.get("problem")
    return text_from_json(kept) if kept else BROKEN_OFF


def plan_of_day(section: UUID, day: int) -> Planned | None:
    """The newest plan of a day that is done, or None."""
    row = DayPlan.objects.filter(section_id=section, day=day, state="done").order_by("-began_at").first()
    return planned_of(row) if row is not None else None


def plans_before(section: UUID, day: int, most: int = 10) -> list[Planned]:
    """The plans of the last days, the latest first, one a day."""
    rows = DayPlan.objects.filter(section_id=section, day__lt=day, state="done").order_by("-day", "-began_at")[
        : 3 * most
    ]
    seen: dict[int, DayPlan] = {}
    for row in rows:
        seen.setdefault(row.day, row)
    return [planned_of(row) for row in list(seen.values())[:most]]


def days_of(learner: UUID, day: int) -> list[tuple[Section, Planned]]:
    """The plans of a day that a learner is in, by class. The caller has checked access to the learner."""
    rows = DayPlan.objects.filter(
        day=day, state="done", section__enrolments__person_id=learner, section__enrolments__role="student"
    )
    newest: dict[UUID, DayPlan] = {}
    for row in rows.select_related("section").order_by("-began_at"):
        newest.setdefault(row.section_id, row)
    return [(row.section, planned_of(row)) for row in newest.values()]


def names_away(row: DayPlan) -> Sequence[str]:
    """The adults who were said to be away when a plan was made."""
    return _asked(row, "away")


def rooms_closed(row: DayPlan) -> Sequence[str]:
    """The rooms that were said to be closed when a plan was made."""
    return _asked(row, "closed")


def _asked(row: DayPlan, key: str) -> Sequence[str]:
    found = row.asked.get(key, [])
    return [str(name) for name in found] if isinstance(found, list) else []


def adult_of(names: Sequence[str], person: Person) -> str:
    """The name in a class's model that means this person, "" for none: a full name, or one with the family name in it; who is the
    only adult there is meant as well. A name that could mean two people means nobody."""
    if len(names) == 1:
        return names[0]
    whole = [name for name in names if name.casefold() == person.name.casefold()]
    family = [name for name in names if person.family_name.casefold() in name.casefold().split()]
    found = whole or family
    return found[0] if len(found) == 1 else ""
