"""Looking at a pilot, only as planned: the outcome is pulled from the evidence, compared as frozen, and kept for good."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.arms import arm_from_json
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.costs import CostLine
from headway.core.evidence.pilots.newcomers import counts
from headway.core.evidence.pilots.plan import Check, check
from headway.core.evidence.pilots.study import SMALL, Roles, Study, Table, study_of
from headway.core.evidence.pilots.told import data_of
from headway.core.text import T, text_to_json
from headway.school.evidence.pilots.actions import locked, mark_down
from headway.school.evidence.pilots.exposure import exposures
from headway.school.evidence.pilots.models import Pilot, PilotLook, PilotMark, PilotPlan, PilotSeat
from headway.school.evidence.pilots.newcomers import strayed
from headway.school.evidence.pilots.outcomes import Outcome, results
from headway.school.evidence.pilots.standing import plan_of
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed

DECISIONS = ("spread", "scale", "keep", "stop")


@dataclass(frozen=True, slots=True)
class Due:
    """The next planned look: ``number`` from 1, and the moment (seconds since 1970) from which it may be taken."""

    number: int
    at: float
    last: bool


def due_of(pilot: Pilot, frozen: PilotPlan, taken: int) -> Due | None:
    """The next look, or None when all are taken. A pilot that was ended is looked at once more, for the verdict."""
    shares = [float(share) for share in frozen.plan["looks"]]
    if taken >= len(shares):
        return None
    if pilot.state == "ended":
        return Due(len(shares), 0.0, last=True)
    at = frozen.starts + shares[taken] * (frozen.ends - frozen.starts)
    return Due(taken + 1, at, last=taken + 1 == len(shares))


@transaction.atomic
def look(*, pilot: UUID, by: Person, now: float) -> PilotLook:
    """Take the look that is due. The last one is the verdict; it ends nothing by itself.

    Raises Malformed before its day, when all are taken, and while too few learners of a group have the outcome.
    """
    row = locked(pilot, by, "running", "ended")
    frozen = plan_of(row)
    last = PilotLook.objects.filter(pilot=row).order_by("-number").first()
    due = due_of(row, frozen, last.number if last else 0)
    if due is None or (last is not None and last.last):
        raise Malformed(T("All planned looks have been taken. The verdict stands."))
    if now < due.at:
        raise Malformed(T("This look is not due yet: looking early finds what is not there."))
    body = found(row, frozen, due, now)
    return PilotLook.objects.create(
        district_id=row.district_id, pilot=row, number=due.number, last=due.last, body=body, by=by, at=now
    )


def found(row: Pilot, frozen: PilotPlan, due: Due, now: float) -> dict[str, Any]:
    """The analysis of a look as plain values (see ``core.evidence.pilots.told``). Raises Malformed."""
    before, plan = time.process_time(), frozen.plan
    marks = list(PilotMark.objects.filter(pilot=row).order_by("id"))
    used = {**plan, **{mark.body["field"]: mark.body["value"] for mark in marks if mark.kind == "change"}}
    stopped = next((mark.at for mark in marks if mark.kind == "ended"), now)
    until = min(now, frozen.ends, stopped)
    all_seats = list(PilotSeat.objects.filter(pilot=row).order_by("id").select_related("learner"))
    seats = counted(plan, all_seats, until)
    table = _table(row, frozen, seats, until)
    _enough(table, plan["arms"])
    subgroups = [name for name in used["subgroups"] if 2 <= len(set(table[name])) <= 20]
    roles = Roles(
        outcomes=("outcome",), arm="arm", control=plan["control"], learner="learner", unit=plan["unit"],
        cluster=plan["cluster"], blocks=tuple(plan["blocks"]), pretest=plan["pretest"], subgroups=tuple(subgroups),
        site="school", exposed="exposed", chance="chance" if plan.get("adaptive") else None,
        when="week" if plan.get("adaptive") else None,
    )  # fmt: skip
    costs = [CostLine(**line) for line in used["costs"]]
    settings = Settings(plan["seed"], tuple(plan["looks"]), due.number, float(used["worth"]))
    try:
        study = study_of(table, roles)
        checked = _checked(row, frozen, used, all_seats, marks)
        classes = len({seat.section for seat in seats if seat.arm != plan["control"]})
        found = analyse(
            study, settings, checked=checked, costs=costs, rationale=bool(plan["theory"]), classes=classes,
            replicated=_replicated(row, plan),
        )  # fmt: skip
    except ValueError as problem:
        raise Malformed(T("This cannot be compared yet: {why}.", why=str(problem))) from problem
    data = data_of(study, found, time.process_time() - before, plan, text_to_json)
    late = {"came": sum(seat.week > 0 for seat in all_seats), "counted": sum(seat.week > 0 for seat in seats)}
    return {**data, "until": until, "sites": _sites(study), "newcomers": late}


def counted(plan: Mapping[str, Any], seats: Sequence[PilotSeat], until: float) -> list[PilotSeat]:
    """Who of a pilot's learners is compared at a look: all who were there at the start, and who came later and has been in their
    arm for as long as the plan asks. Who joined a class or school that had its arm already is not."""
    rule = plan.get("newcomers", {"least": 0.0, "counted": False})
    return [
        seat
        for seat in seats
        if not seat.week or (rule["counted"] and counts(seat.since or until, until, float(rule["least"])))
    ]


def _sites(study: Study) -> int:
    return len(set(study.site.tolist())) if study.site is not None else 1


def _table(row: Pilot, frozen: PilotPlan, seats: Sequence[PilotSeat], until: float) -> Table:
    plan = frozen.plan
    keys = [seat.learner_id for seat in seats]
    after = results(Outcome(**plan["measured"]), seats, district=row.district_id, begin=frozen.starts, end=until)
    arms = {arm["name"]: arm_from_json(arm) for arm in plan["gets"]}
    had = exposures(
        [(seat.learner_id, seat.section, seat.arm) for seat in seats], arms, starts=frozen.starts, ends=until,
        late={seat.learner_id: seat.since or frozen.starts for seat in seats if seat.week},
    )  # fmt: skip
    return {
        "learner": [str(key) for key in keys],
        "arm": [seat.arm for seat in seats],
        "outcome": np.array([after.get(key, np.nan) for key in keys]),
        "pretest": np.array([np.nan if seat.pretest is None else seat.pretest for seat in seats]),
        "stratum": [seat.stratum for seat in seats],
        "class": [seat.unit for seat in seats],
        "school": [str(seat.school) for seat in seats],
        "grade": [seat.learner.grade or "-" for seat in seats],
        "language": [seat.learner.language or "-" for seat in seats],
        "exposed": np.array([float(had[key].exposed) for key in keys]),
        "week": np.array([float(seat.week) for seat in seats]),
        "chance": np.array([np.nan if seat.chance is None else seat.chance for seat in seats]),
    }


def _enough(table: Table, arms: Sequence[str]) -> None:
    values = np.asarray(table["outcome"], np.float64)
    for arm in arms:
        there = sum(
            1 for name, value in zip(table["arm"], values.tolist(), strict=True) if name == arm and value == value
        )
        if there < SMALL:
            raise Malformed(
                T("So far {count} learners of “{arm}” have the outcome; {least} are the fewest to compare. Wait for more.",
                  count=there, arm=arm, least=SMALL)
            )  # fmt: skip


def _checked(
    row: Pilot, frozen: PilotPlan, used: dict[str, Any], seats: Sequence[PilotSeat], marks: Sequence[PilotMark]
) -> Check:
    """What became of the frozen plan and of the dealing to who came later; an end before its day is a change like another."""
    checked = check(frozen.plan, used, {seat.unit: seat.arm for seat in seats if not seat.week})
    changes = list(checked.changes)
    moved = strayed(row, frozen, seats)
    if moved:
        checked = replace(checked, allocation="broken", moved=checked.moved + moved)
        changes.append(T("{count} units have another arm than they were dealt.", count=moved))
    if frozen.plan.get("sha256") != frozen.sha256:
        changes.append(T("The frozen plan is not the one that the pilot started with."))
    if any(mark.kind == "ended" and mark.body["early"] for mark in marks):
        changes.append(T("It was ended before its day, so this result is exploratory."))
    return replace(checked, changes=tuple(changes))


def _replicated(row: Pilot, plan: dict[str, Any]) -> bool:
    """Whether an earlier pilot of other learners found the same arm better, beyond chance and as planned."""
    gets = [arm for arm in plan["gets"] if arm["name"] != plan["control"]]
    same = PilotLook.objects.filter(last=True).exclude(pilot=row).select_related("pilot__plan")
    mine = set(PilotSeat.objects.filter(pilot=row).values_list("learner_id", flat=True))
    for one in same:
        other = one.pilot.plan.plan
        alike = [arm["name"] for arm in other["gets"] for own in gets
                 if (arm["wishes"], arm["model"]) == (own["wishes"], own["model"])]  # fmt: skip
        good = any(
            each["arm"] in alike and each["significant"] and (each["g"] or 0.0) > 0.0 for each in one.body["results"]
        )
        if alike and good and other["measured"] == plan["measured"] and not one.body["plan"]["changes"]:
            theirs = PilotSeat.objects.filter(pilot=one.pilot, learner_id__in=mine).count()
            if theirs < len(mine) / 2:
                return True
    return False


@transaction.atomic
def decide(*, pilot: UUID, by: Person, what: str, reason: str, now: float) -> PilotMark:
    """Write down what follows from the verdict: ``spread``, ``scale``, ``keep`` (testing) or ``stop``.

    Where the gate of a step is shut, the step needs a reason, and both stay beside each other. Raises Malformed.
    """
    row = locked(pilot, by, "ended")
    last = PilotLook.objects.filter(pilot=row, last=True).first()
    if last is None:
        raise Malformed(T("There is no verdict yet. Take the last look first."))
    if what not in DECISIONS:
        raise Malformed(T("Choose from the list what follows."))
    missing = missing_for(last, what)
    if missing and not reason.strip():
        raise Malformed(T("The gate is not open. To go on all the same, write down why."))
    return mark_down(row, "decision", by, now, {"what": what, "missing": missing}, reason)


def missing_for(last: PilotLook, what: str) -> list[Any]:
    """What the gate of a step still asks for; the best arm counts. Steps without a gate ask for nothing."""
    gates = [gate for each in last.body["results"] for gate in each["gates"] if gate["name"] == what]
    if not gates or any(gate["open"] for gate in gates):
        return []
    asked: list[list[Any]] = sorted((gate["missing"] for gate in gates), key=len)
    return asked[0]
