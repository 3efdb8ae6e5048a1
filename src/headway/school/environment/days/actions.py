"""Choosing how a class works, saying what is wanted of its day, and having the day planned."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.sound import faults
from headway.core.environment.means import fitted
from headway.core.text import T
from headway.school.environment.days.queries import SILENT, model_in_force, sharing
from headway.school.environment.means.queries import means_of
from headway.school.environment.models import DayPlan, DayWish, SectionModel
from headway.school.people.beside import run_beside
from headway.school.people.models import Enrolment, Person, Section
from headway.school.people.refusal import Malformed
from headway.standards.instruction import write_model

KINDS = ("with", "never", "apart", "together", "away")
MOST_WISHES = 200


@transaction.atomic
def choose_model(*, section: Section, by: Person, model: Model, now: float) -> SectionModel:
    """Put a model in force for a class. Raises Malformed with the first fault of it, or why its school may not have it."""
    wrong = faults(model)
    if wrong:
        raise Malformed(wrong[0])
    way = fitted(model, means_of([section.school_id])[section.school_id])
    if not way.offered:
        raise Malformed(way.said[0])
    return SectionModel.objects.create(
        district_id=section.district_id, section=section, body=write_model(model), by=by, at=now
    )


@transaction.atomic
def wish(
    *, section: Section, by: Person, learner: UUID, kind: str, now: float, other: UUID | None = None, modality: str = "",
    day: int | None = None,
) -> DayWish:  # fmt: skip
    """Write down what is wanted for a learner of the class. Raises Malformed for what the class does not have."""
    pupils = set(Enrolment.objects.filter(section=section, role="student").values_list("person_id", flat=True))
    model = model_in_force(section.id)
    if kind not in KINDS or learner not in pupils:
        raise Malformed(T("Choose a learner of this class, and what you want for them."))
    if kind in ("apart", "together") and (other not in pupils or other == learner):
        raise Malformed(T("Choose the other learner too: somebody else of this class."))
    if kind in ("with", "never") and (model is None or modality not in {each.id for each in model.modalities}):
        raise Malformed(T("Choose one of the ways of working of this class."))
    if DayWish.objects.filter(section=section, ended_at=None).count() >= MOST_WISHES:
        raise Malformed(T("There are {most} wishes already. Take some away first.", most=MOST_WISHES))
    return DayWish.objects.create(
        district_id=section.district_id, section=section, learner_id=learner, by=by, kind=kind, at=now, day=day,
        other_id=other if kind in ("apart", "together") else None, modality=modality if kind in ("with", "never") else "",
    )  # fmt: skip


@transaction.atomic
def end_wish(*, section: Section, wish: int, now: float) -> None:
    """Take a wish back; it stays on record."""
    DayWish.objects.filter(section=section, id=wish, ended_at=None).update(ended_at=now)


@transaction.atomic
def begin(
    *, section: Section, by: Person, day: int, now: float, away: Sequence[str] = (), closed: Sequence[str] = (),
    anew: bool = False, preview: bool = False,
) -> DayPlan:  # fmt: skip
    """Write down that a day is to be planned, without the adults who are ``away`` and the rooms that are ``closed``. While one is
    being made, that one is returned. A day that has a plan stays near it, or is planned ``anew`` from what is known now. A
    ``preview`` is a draft, which counts for nothing until it is taken. Raises Malformed without a model."""
    model = model_in_force(section.id)
    if model is None:
        raise Malformed(T("Choose first how this class works."))
    Section.objects.select_for_update().get(id=section.id)
    together = [each.id for each in sharing(section)]
    newest = DayPlan.objects.filter(section__in=together, day=day).order_by("-began_at").first()
    if newest is not None and newest.state == "running" and now - newest.began_at < SILENT:
        return newest
    known = {name for crew in model.crews for name in crew.names}
    rooms = {space.name for space in model.spaces}
    asked: dict[str, object] = {"away": sorted(known & set(away))}
    if anew:
        asked["anew"] = True
    if preview:
        asked["preview"] = True
    if rooms & set(closed):
        asked["closed"] = sorted(rooms & set(closed))
    return DayPlan.objects.create(
        district_id=section.district_id, section=section, day=day, asked=asked, by=by, began_at=now
    )


def begin_beside(
    *, section: Section, by: Person, day: int, now: float, away: Sequence[str] = (), closed: Sequence[str] = (),
    anew: bool = False, preview: bool = False,
) -> DayPlan:  # fmt: skip
    """As :func:`begin`, and once that is durable ``headway schedule day`` plans it in a process of its own: a web worker never
    waits for the planner, which compiles when it is first used on a machine."""
    plan = begin(section=section, by=by, day=day, now=now, away=away, closed=closed, anew=anew, preview=preview)
    if plan.began_at == now:
        run_beside("schedule", "day", "--district", section.district_id, "--begun", plan.id, behind=5)
    return plan
