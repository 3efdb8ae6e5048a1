"""Learners who come to a running pilot after its start: chance gives them an arm at their first moment in it.

They belong to a pilot by the rule that is frozen with it: they are in one of its classes and in no other running pilot. They are
looked for wherever a roster is taken in, and when a learner opens their practice. Where a class or a school was dealt its arm,
they follow it. Everything that chance does here can be done again from what is kept (see :func:`strayed`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Count

from headway.core.evidence.pilots.adaptive import deal, shares
from headway.core.evidence.pilots.arms import arm_from_json
from headway.core.evidence.pilots.newcomers import WEEK, blocked, in_turn, next_shares, week_of, week_seed
from headway.school.evidence.pilots.cohort import Pupil, cohort_of
from headway.school.evidence.pilots.models import Pilot, PilotPlan, PilotSeat, PilotWeek
from headway.school.evidence.pilots.outcomes import Outcome, pretest, results
from headway.school.path.arms import set_arms
from headway.school.people.models import District, Person

HEARD = 1_200
"""Learners, spread over all, whose outcomes settle a week's shares; more would say the same, later."""
DRAWN = 0.02
"""By how much a share may differ when it is drawn again: another version of the generator draws other numbers."""
AWAITED = """
    SELECT EXISTS (SELECT FROM school_enrolment e JOIN school_pilot p ON p.state = 'running' AND p.body ? 'adaptive'
        AND p.body->'sections' ? e.section_id::text JOIN school_pilotplan n ON n.pilot_id = p.id AND n.ends > %s
      WHERE e.person_id = %s AND e.role = 'student' AND NOT EXISTS (SELECT FROM school_pilotseat s
        JOIN school_pilot q ON q.id = s.pilot_id AND q.state = 'running' WHERE s.learner_id = e.person_id))
"""
"""Pilots whose draft does not say whether they are adaptive began before newcomers were dealt: their plans say nothing of it."""
Dealt = Mapping[UUID, tuple[str, float | None]]


def join(learner: Person, now: float) -> bool:
    """Give a learner who has come into a class of a running pilot their arm; true if that was due. One query where it was not."""
    with connection.cursor() as cursor:
        cursor.execute(AWAITED, [now, learner.id])
        (due,) = cursor.fetchone() or (False,)
    return bool(due) and seat_newcomers(district=learner.district_id, now=now, only=learner.id) > 0


@transaction.atomic
def seat_newcomers(*, district: UUID, now: float, only: UUID | None = None) -> int:
    """Deal arms to all (or one) who have come into the classes of the district's running pilots; return to how many."""
    rows = Pilot.objects.filter(state="running", body__has_key="adaptive", plan__ends__gt=now)
    if not rows.exists():
        return 0
    # As in ``actions.start``, but evidence of the district can be written meanwhile.
    District.objects.select_for_update(no_key=True).get(id=district)
    seated = 0
    for row in rows.order_by("plan__starts", "id"):
        pupils = cohort_of([UUID(key) for key in row.body["sections"]], only).pupils
        if pupils:
            _seat(row, PilotPlan.objects.get(pilot=row), pupils, now)
            seated += len(pupils)
    return seated


def _seat(row: Pilot, frozen: PilotPlan, pupils: Sequence[Pupil], now: float) -> None:
    plan, seed = frozen.plan, int(frozen.plan["seed"])
    unit, week = plan["unit"], week_of(frozen.starts, now)
    before = pretest(
        Outcome(**plan["measured"]), [each.learner for each in pupils], district=row.district_id, start=now, weeks=plan["weeks"]
    )  # fmt: skip
    order = sorted(pupils, key=lambda one: in_turn(seed, one.stratum(unit), str(one.learner)))
    dealt: Dealt
    if unit != "learner":
        dealt = _following(row, plan, order)
    elif plan["adaptive"]:
        settled = _week(row, frozen, week, now)
        found = deal([str(each.learner) for each in order], _in_order(settled.shares, plan), seed=settled.seed)
        dealt = {UUID(key): each for key, each in found.items()}
    else:
        dealt = _in_blocks(row, plan, order)
    arms = {arm["name"]: arm_from_json(arm) for arm in plan["gets"]}
    since = set_arms(
        district=row.district_id,
        wishes={key: [(wish.effect, wish.value) for wish in arms[arm].wishes] for key, (arm, _chance) in dealt.items()},
        reason=f"A trial of the school: {row.question}",
        by=frozen.by_id,
        now=max(now, frozen.starts),
    )
    PilotSeat.objects.bulk_create(
        (
            PilotSeat(
                district_id=row.district_id, pilot=row, learner_id=each.learner, section=each.section, school=each.school,
                unit=each.unit(unit), stratum=each.stratum(unit), arm=dealt[each.learner][0], pretest=before.get(each.learner),
                week=week, since=since, chance=dealt[each.learner][1],
            )
            for each in order
        ),
        batch_size=2000,
    )  # fmt: skip


def _in_blocks(row: Pilot, plan: Mapping[str, object], order: Sequence[Pupil]) -> Dealt:
    arms, seed = _arms(plan), int(str(plan["seed"]))
    came = PilotSeat.objects.filter(pilot=row, week__gt=0).values_list("stratum").annotate(n=Count("id")).order_by()
    number, out = Counter(dict(came)), {}
    for each in order:
        stratum = each.stratum("learner")
        out[each.learner] = blocked(number[stratum], arms, seed=seed, stratum=stratum), 1.0 / len(arms)
        number[stratum] += 1
    return out


def _following(row: Pilot, plan: Mapping[str, object], order: Sequence[Pupil]) -> Dealt:
    """The arm of each one's class or school. One that was empty at the start is dealt its arm with its first newcomer."""
    arms, unit = _arms(plan), str(plan["unit"])
    known = dict(PilotSeat.objects.filter(pilot=row, week__gt=0).values_list("unit", "arm").distinct())
    allocation = plan["allocation"]
    assert isinstance(allocation, dict)
    known |= allocation
    for each in order:
        name = each.unit(unit)
        known.setdefault(name, blocked(0, arms, seed=int(str(plan["seed"])), stratum=name))
    return {each.learner: (known[each.unit(unit)], None) for each in order}


def _arms(plan: Mapping[str, object]) -> list[str]:
    names = plan["arms"]
    assert isinstance(names, list)
    return [str(name) for name in names]


def _in_order(by_arm: Mapping[str, Any], plan: Mapping[str, object]) -> dict[str, Any]:
    """What is kept by arm, in the plan's order: the database keeps another one, and the dealing depends on it."""
    return {arm: by_arm[arm] for arm in _arms(plan)}


def _week(row: Pilot, frozen: PilotPlan, week: int, now: float) -> PilotWeek:
    """The shares of a week; its first newcomer settles them for all of it."""
    settled = PilotWeek.objects.filter(pilot=row, number=week).first()
    if settled is not None:
        return settled
    plan = frozen.plan
    seats = list(PilotSeat.objects.filter(pilot=row).order_by("id"))
    # Who came a few days ago has not shown anything of their arm yet.
    seats = [seat for seat in seats if (seat.since or 0.0) <= now - WEEK]
    heard = seats[:: max(-(-len(seats) // HEARD), 1)]
    outcome = Outcome(**(plan["early"] or plan["measured"]))
    after = results(outcome, heard, district=row.district_id, begin=frozen.starts, end=now)
    seed = week_seed(int(plan["seed"]), week)
    share, found = next_shares(
        [seat.arm for seat in heard],
        np.array([after.get(seat.learner_id, np.nan) for seat in heard], np.float64),
        np.array([seat.chance for seat in heard], np.float64),
        _arms(plan),
        seed=seed,
    )
    return PilotWeek.objects.create(
        district_id=row.district_id, pilot=row, number=week, shares=share, found=found, seed=seed, at=now
    )


def strayed(row: Pilot, frozen: PilotPlan, seats: Sequence[PilotSeat]) -> int:
    """How many newcomers have another arm or chance than they get when everything is dealt again from what was kept; ``seats``
    are all of the pilot's, in their order."""
    plan, late = frozen.plan, [seat for seat in seats if seat.week]
    if plan["unit"] != "learner":
        return sum(plan["allocation"].get(seat.unit, seat.arm) != seat.arm for seat in late)
    arms, seed = _arms(plan), int(plan["seed"])
    again: dict[UUID, tuple[str, float]] = {}
    if plan.get("adaptive"):
        for week in PilotWeek.objects.filter(pilot=row):
            if _settled_so(week, plan):
                mine = [str(seat.learner_id) for seat in late if seat.week == week.number]
                dealt = deal(mine, _in_order(week.shares, plan), seed=week.seed)
                again |= {UUID(key): found for key, found in dealt.items()}
    else:
        number: Counter[str] = Counter()
        for seat in late:
            arm = blocked(number[seat.stratum], arms, seed=seed, stratum=seat.stratum)
            again[seat.learner_id] = arm, 1.0 / len(arms)
            number[seat.stratum] += 1
    return sum(again.get(seat.learner_id) != (seat.arm, seat.chance) for seat in late)


def _settled_so(week: PilotWeek, plan: Mapping[str, object]) -> bool:
    """Whether the shares of a week follow from what they rest on."""
    arms, seed = _arms(plan), week_seed(int(str(plan["seed"])), week.number)
    share = dict.fromkeys(arms, 1.0 / len(arms))
    if week.found:
        share = shares({arm: (mean, error) for arm, (mean, error) in _in_order(week.found, plan).items()}, seed=seed)
    return week.seed == seed and all(abs(share[arm] - week.shares[arm]) < DRAWN for arm in arms)
