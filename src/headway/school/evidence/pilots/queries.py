"""Reading pilots: the list, a running one, and what stands of an ended one. Counts only, none of fewer than ten learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from headway.core.evidence.pilots.arms import Arm, arm_from_json
from headway.core.evidence.pilots.effects import difference
from headway.core.evidence.pilots.study import SMALL
from headway.school.evidence.pilots.exposure import exposures
from headway.school.evidence.pilots.looks import Due, due_of
from headway.school.evidence.pilots.models import Pilot, PilotLook, PilotMark, PilotPlan, PilotSeat
from headway.school.evidence.pilots.outcomes import Outcome, measured
from headway.school.evidence.pilots.standing import READERS, may_lead, may_read, plan_of
from headway.school.people.access import Viewer

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
    """How an arm goes: ``assigned`` learners and ``units``; ``decisions`` of the path for them, those where an arm's wish
    ``gave_way``; ``exposed`` learners had enough of it; ``measured`` have the outcome by now; ``balance``: how much their pretest
    was above that of the control, in standard deviations (None where unknown). ``few``: under ten, so nothing is shown."""

    name: str
    arm: Arm
    assigned: int
    units: int
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
    """A pilot that has started: its plan, its arms, the next look and those taken, and what people did."""

    frozen: PilotPlan
    arms: tuple[ArmSeen, ...]
    due: Due | None
    looks: tuple[PilotLook, ...]
    marks: tuple[PilotMark, ...]

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
    """A started pilot with its ``marks`` as it stands. The effect is not in it: only a planned look shows that."""
    frozen, looks = plan_of(pilot), looks_of(pilot)
    ended = next((mark.at for mark in marks if mark.kind == "ended"), now)
    until = min(now, frozen.ends, ended)
    seats = list(PilotSeat.objects.filter(pilot=pilot).order_by("id"))
    arms = {arm["name"]: arm_from_json(arm) for arm in frozen.plan["gets"]}
    had = exposures([(s.learner_id, s.section, s.arm) for s in seats], arms, starts=frozen.starts, ends=until)
    keys = [seat.learner_id for seat in seats]
    got = measured(Outcome(**frozen.plan["measured"]), keys, district=pilot.district_id, begin=frozen.starts, end=until)
    control = [seat for seat in seats if seat.arm == frozen.plan["control"]]
    seen = []
    for name, arm in arms.items():
        own = [seat for seat in seats if seat.arm == name]
        seen.append(
            ArmSeen(
                name=name,
                arm=arm,
                assigned=len(own),
                units=len({seat.unit for seat in own}),
                decisions=sum(had[seat.learner_id].decisions for seat in own),
                gave_way=sum(had[seat.learner_id].gave_way for seat in own),
                exposed=sum(had[seat.learner_id].exposed for seat in own),
                measured=sum(seat.learner_id in got for seat in own),
                balance=None if name == frozen.plan["control"] else _balance(own, control),
            )
        )
    taken = looks[-1].number if looks else 0
    return Running(frozen, tuple(seen), due_of(pilot, frozen, taken), looks, tuple(marks))


def _balance(own: Sequence[PilotSeat], control: Sequence[PilotSeat]) -> float | None:
    first, second = (
        np.array([seat.pretest for seat in seats if seat.pretest is not None], np.float64) for seats in (own, control)
    )
    return difference(first, second) if min(len(first), len(second)) >= SMALL else None
