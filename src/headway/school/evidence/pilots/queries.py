"""Reading pilots: the list, a running one, and what stands of an ended one. Counts only, none of fewer than ten learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count

from headway.core.evidence.pilots.arms import Arm, arm_from_json
from headway.core.evidence.pilots.effects import difference
from headway.core.evidence.pilots.moments import Floats
from headway.core.evidence.pilots.study import SMALL
from headway.school.evidence.pilots.exposure import chosen, had_enough
from headway.school.evidence.pilots.looks import Due, due_of
from headway.school.evidence.pilots.models import Pilot, PilotLook, PilotMark, PilotPlan, PilotSeat, PilotWeek
from headway.school.evidence.pilots.outcomes import Outcome, has_it
from headway.school.evidence.pilots.standing import READERS, may_lead, may_read, plan_of
from headway.school.people.access import Viewer

ASKED = 100
"""Learners of an arm, spread over all of them, whose decisions are counted; of an arm of fewer, all."""
FOUND = ("worked", "harmed", "nothing", "unclear")


@dataclass(frozen=True, slots=True)
class Listed:
    """A pilot of the list. ``found`` is one of :data:`FOUND`, "" before the verdict; ``decided`` the last decision's mark."""

    pilot: Pilot
    found: str
    g: float | None
    decided: PilotMark | None


@dataclass(frozen=True, slots=True)
class ArmSeen:
    """How an arm goes: ``assigned`` learners and ``units``; ``decisions`` of the path for ``asked`` learners of it, and
    those where an arm's wish ``gave_way``; ``exposed`` learners had enough of it; ``measured`` have the outcome by now;
    ``balance``: how much their pretest was above that of the control, in standard deviations (None where unknown). ``few``: under
    ten, so nothing is shown."""

    name: str
    arm: Arm
    assigned: int
    units: int
    asked: int
    decisions: int
    gave_way: int
    exposed: int
    measured: int
    balance: float | None

    @property
    def few(self) -> bool:
        """Whether single children would show."""
        return self.assigned < SMALL


@dataclass(frozen=True, slots=True)
class Running:
    """A pilot that has started: its plan, its arms, the next look and those taken, and what people did. ``came``: learners who
    came after the start; ``weeks``: how an adaptive pilot dealt to them."""

    frozen: PilotPlan
    arms: tuple[ArmSeen, ...]
    due: Due | None
    looks: tuple[PilotLook, ...]
    marks: tuple[PilotMark, ...]
    came: int
    weeks: tuple[PilotWeek, ...]

    @property
    def verdict(self) -> PilotLook | None:
        """The last look, when it has been taken."""
        return next((each for each in self.looks if each.last), None)


def pilots_of(viewer: Viewer) -> list[Listed]:
    """Every pilot that the viewer may read, the newest first. Three queries."""
    rows = [row for row in Pilot.objects.select_related("by").order_by("-at") if may_read(viewer, row.schools)]
    keys = [row.id for row in rows]
    looks = {each.pilot_id: each for each in PilotLook.objects.filter(pilot_id__in=keys, last=True)}
    marks = {
        each.pilot_id: each for each in PilotMark.objects.filter(pilot_id__in=keys, kind="decision").order_by("id")
    }
    return [
        Listed(row, *(found_of(looks[row.id].body) if row.id in looks else ("", None)), marks.get(row.id))
        for row in rows
    ]


def found_of(body: dict[str, Any]) -> tuple[str, float | None]:
    """What a verdict says in one word, and the effect that stands out most."""
    results = [each for each in body["results"] if each["g"] is not None]
    sure = [each for each in results if each["significant"]]
    if not results:
        return "unclear", None
    best = max(sure or results, key=lambda each: abs(float(each["g"])))
    if sure:
        return ("worked" if best["g"] > 0 else "harmed"), best["g"]
    return ("nothing" if all(each["advice"] == "stop" for each in results) else "unclear"), best["g"]


def leads(viewer: Viewer, pilot: Pilot) -> bool:
    """Whether the viewer may change a pilot."""
    return may_lead(viewer, pilot.schools)


def reads_any(viewer: Viewer) -> bool:
    """Whether the viewer reads pilots at all."""
    return bool(viewer.schools(*READERS))


def looks_of(pilot: Pilot) -> tuple[PilotLook, ...]:
    """Looks taken, the first one first."""
    return tuple(PilotLook.objects.filter(pilot=pilot).order_by("number").select_related("by"))


def marks_of(pilot: Pilot) -> tuple[PilotMark, ...]:
    """What people did, in order."""
    return tuple(PilotMark.objects.filter(pilot=pilot).order_by("id").select_related("by"))


def running_of(pilot: Pilot, marks: Sequence[PilotMark], *, now: float) -> Running:
    """A started pilot with its ``marks`` as it stands. The effect is not in it: only a planned look shows that. The database
    counts, and stops for each learner as soon as it knows."""
    frozen, looks = plan_of(pilot), looks_of(pilot)
    ended = next((mark.at for mark in marks if mark.kind == "ended"), now)
    until = min(now, frozen.ends, ended)
    rows = PilotSeat.objects.filter(pilot=pilot)
    seats = list(rows.order_by("id").values_list("arm", "learner_id", "unit", "pretest", "week"))
    arms = {arm["name"]: arm_from_json(arm) for arm in frozen.plan["gets"]}
    has = has_it(Outcome(**frozen.plan["measured"]), district=pilot.district_id, begin=frozen.starts, end=until)
    control = _known(seats, frozen.plan["control"])
    seen = []
    for name, arm in arms.items():
        own = [(learner, unit) for dealt, learner, unit, _pretest, _week in seats if dealt == name]
        mine = rows.filter(arm=name)
        had = had_enough(arm, arms, mine, starts=frozen.starts, ends=until)
        some = [learner for learner, _unit in own[:: max(len(own) // ASKED, 1)]]
        decisions, gave_way = chosen(some, starts=frozen.starts, ends=until)
        seen.append(
            ArmSeen(
                name=name, arm=arm, assigned=len(own), units=len({unit for _learner, unit in own}),
                asked=len(some), decisions=decisions, gave_way=gave_way if arm.wishes else 0,
                balance=None if name == frozen.plan["control"] else _balance(_known(seats, name), control),
                **mine.aggregate(exposed=Count("id", filter=had), measured=Count("id", filter=has)),
            )
        )  # fmt: skip
    taken = looks[-1].number if looks else 0
    weeks = tuple(PilotWeek.objects.filter(pilot=pilot).order_by("number")) if frozen.plan.get("adaptive") else ()
    came = sum(week > 0 for *_start, week in seats)
    return Running(frozen, tuple(seen), due_of(pilot, frozen, taken), looks, tuple(marks), came, weeks)


def _known(seats: Sequence[tuple[str, UUID, str, float | None, int]], arm: str) -> Floats:
    """The pretests of an arm."""
    known = [pretest for name, _learner, _unit, pretest, _week in seats if name == arm and pretest is not None]
    return np.array(known, np.float64)


def _balance(own: Floats, control: Floats) -> float | None:
    return difference(own, control) if min(len(own), len(control)) >= SMALL else None
