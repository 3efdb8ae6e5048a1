"""Reading plans: what is wanted for a learner, by whom, and what of it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from headway.core.events import Alternative
from headway.core.path.plan import EffectivePlan, PlanRow, resolve
from headway.core.text import Text, text_from_json
from headway.school.path.models import Decision as DecisionRow
from headway.school.path.models import PlanRow as Row
from headway.school.people.models import Person
from headway.school.people.paging import newest_first

SOON = 60.0
"""Seconds: a row that begins within them is shown as begun, see ``actions.after_the_last_event``."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A plan row as people read it: ``by`` is None where no person wrote it; ``ended`` rows are history;
    ``gave_way`` says which other row overrides it now ("" if it is obeyed)."""

    row: PlanRow
    everyone: bool
    by: Person | None
    ended: bool
    gave_way: str


def plans_of(learners: Sequence[UUID], now: float, day_offset: float) -> dict[UUID, EffectivePlan]:
    """Return the plan in force of each learner, in one query."""
    rows: dict[UUID | None, list[PlanRow]] = {}
    for row in Row.objects.filter(Q(learner_id__in=learners) | Q(learner=None)).exclude(ends__lte=now):
        rows.setdefault(row.learner_id, []).append(plan_value(row))
    common = rows.get(None, [])
    same = resolve(common, now, day_offset=day_offset)
    return {
        key: resolve([*common, *rows[key]], now, day_offset=day_offset) if key in rows else same for key in learners
    }


def wishes_for(learner: UUID, now: float) -> list[Wish]:
    """Return every wish for one learner that has begun, those in force first, the newest first among equals."""
    everybody = Row.objects.exclude(source="shipped").filter(starts__lte=now + SOON).select_related("by")
    found = everybody.filter(Q(learner_id=learner) | Q(learner=None)).order_by("-starts", "id")
    rows = [(row, plan_value(row)) for row in found]
    overrides = resolve([value for _, value in rows], now).overrides
    wishes = [
        Wish(value, row.learner_id is None, row.by, bool(value.ends and value.ends <= now), _winner(value, overrides))
        for row, value in rows
    ]
    return sorted(wishes, key=lambda wish: wish.ended)


def plan_rows_of(learner: UUID) -> list[Row]:
    """Return the rows of a learner's own plan, ended ones included, newest first. The caller has checked access."""
    return list(Row.objects.filter(learner_id=learner).order_by("-starts", "id"))


def _winner(row: PlanRow, overrides: Sequence[str]) -> str:
    """The id of the row that overrides this one; see ``core.path.plan`` for how an override reads."""
    for line in overrides:
        loser, _, winner = line.partition(" gave way to ")
        if loser.split(" ")[1] == row.id:
            return winner.split(" ")[1]
    return ""


def plan_value(row: Row) -> PlanRow:
    """A stored plan row as the core speaks of it."""
    return PlanRow(
        str(row.id),
        row.source,  # type: ignore[arg-type]  # the column is text; resolve() refuses what is not a source
        row.effect,  # type: ignore[arg-type]
        row.value,
        str(row.by_id or ""),
        row.reason,
        row.starts,
        row.ends or 0.0,
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A recorded decision: the reason, what else could have been chosen (with its value and probability),
    with which probability this was chosen, and the predicted chance of a right first answer."""

    activity: str
    skill: str
    reason: Text
    alternatives: tuple[Alternative, ...]
    propensity: float
    predicted: float
    model: str
    policy: str
    overrides: tuple[str, ...]
    at: float


def decision_page(learner: UUID, *, limit: int, after: int | None = None) -> tuple[list[DecisionRow], int | None]:
    """Return recorded decisions, newest first, and the ``after`` of the following page. The caller has checked access."""
    return newest_first(DecisionRow.objects.filter(learner_id=learner), limit=limit, after=after)


def decisions_of(learner: UUID, *, most: int = 8) -> list[Chosen]:
    """Return the newest decisions for a learner. The caller has checked access."""
    return [
        Chosen(
            activity=row.activity,
            skill=row.skill,
            reason=text_from_json(row.reason),
            alternatives=tuple(Alternative(*each) for each in row.alternatives),
            propensity=row.propensity,
            predicted=row.predicted,
            model=row.model,
            policy=row.policy,
            overrides=tuple(row.overrides),
            at=row.at,
        )
        for row in DecisionRow.objects.filter(learner_id=learner).order_by("-id")[:most]
    ]
