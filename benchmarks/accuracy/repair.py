"""Mornings repaired: a teacher away all day, then 5 % of the learners as well, on synthetic days (needs ../shared).

*Lost* are the learners who are there and whose place has become impossible: their session, drawn at random from each block's
sessions of the teacher's crew, has no adult, or too few of its learners are there. *Moved* are those who are there and have
another day; some of them only get a task where they had none, the others are *displaced*. Each count is printed for each who was
hit, with those who are away among the hit and without them. The value is compared with that of a plan that is made anew, which
may move everybody.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace

import numpy as np
from benchmarks.accuracy.schedule import FOLDER

from headway.core.environment.schedule.again import Again, moved, solve_again
from headway.core.environment.schedule.checking import check
from headway.core.environment.schedule.day import OVERFLOW, Day, Plan
from headway.core.environment.schedule.rules import Absent
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.environment.schedule.warming import warm_up
from headway.standards.schedules import read_day

NAMES = ("day_300_s0.npz", "day_1200_s0.npz", "day_3000_s0.npz")
AWAY = 0.05
MOVED, LOSS, SECONDS = 1.3, 0.005, 2.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of learners, ``loss`` as a share of the value of the plan made anew, ``seconds`` of processor time."""

    away: int
    lost: int
    moved: int
    displaced: int
    anew: int
    loss: float
    seconds: float
    broken: int


def without_session(day: Day, plan: Plan, crew: int, rng: np.random.Generator) -> set[int]:
    """The learners of one session a block, drawn among those of a crew."""
    out: set[int] = set()
    for block in range(day.blocks):
        rows = [o for o in np.flatnonzero(day.openings[:, 0] == crew) for _ in range(int(plan.sessions[block, o]))]
        if not rows:
            continue
        kind = int(day.openings[int(rng.choice(rows)), 1])
        runs = int(plan.sessions[block][day.openings[:, 1] == kind].sum())
        held = plan.seats[block]
        sits = np.flatnonzero((held >= 0) & (day.kind[held] == kind))
        out |= set(sits[::runs].tolist())
    return out


def with_too_few(day: Day, plan: Plan, away: set[int]) -> set[int]:
    """The learners who are there and sit in groups that are too small without those who are not."""
    out: set[int] = set()
    for block in range(day.blocks):
        held = plan.seats[block]
        for kind in range(len(day.modalities)):
            sits = set(np.flatnonzero((held >= 0) & (day.kind[held] == kind)).tolist())
            runs = int(plan.sessions[block][day.openings[:, 1] == kind].sum())
            if sits & away and len(sits - away) < runs * int(day.smallest[kind]):
                out |= sits - away
    return out


def displaced(day: Day, before: Plan, after: Plan, away: set[int]) -> int:
    """How many of those who are there had a task in some block and have another now."""
    had, has = (np.where((p.seats >= 0) & (day.kind[p.seats] != OVERFLOW), p.seats, -1) for p in (before, after))
    return len(set(np.flatnonzero(((had >= 0) & (had != has)).any(axis=0)).tolist()) - away)


def measure(day: Day, before: Schedule, share: float) -> Figures:
    """Repair one morning and count it."""
    rng = np.random.default_rng(0)
    away = rng.choice(day.learners, int(share * day.learners), replace=False).tolist()
    rules = tuple(Absent(learner) for learner in away)
    adults = day.adults.copy()
    adults[0] = np.maximum(adults[0] - 1, 0)
    changed = replace(day, adults=adults)
    gone = set(away)
    lost = (without_session(day, before.plan, 0, rng) | with_too_few(day, before.plan, gone)) - gone
    begin = time.process_time()
    most = int(MOVED * (len(away) + len(lost)))
    found = solve_again(changed, rules, before.plan, most=most, bound=before.bound)
    seconds = time.process_time() - begin
    anew = solve(changed, rules)
    assert isinstance(found, Again)
    assert isinstance(anew, Schedule)
    return Figures(
        len(away), len(lost), len(found.moved), displaced(day, before.plan, found.plan, gone),
        len(moved(changed, rules, before.plan, anew.plan)),
        1.0 - found.value / anew.value, seconds, len(check(changed, found.plan, rules).broken),
    )  # fmt: skip


def main() -> dict[str, Figures]:
    """Print each morning beside its bars and return the figures."""
    if not FOLDER.is_dir():
        sys.exit(f"{FOLDER} is not there: this benchmark needs the shared data.")
    warm_up()
    found: dict[str, Figures] = {}
    for name in NAMES:
        day = read_day((FOLDER / name).read_bytes(), name)
        before = solve(day)
        assert isinstance(before, Schedule)
        for share in (0.0, AWAY):
            found[f"{name} {share}"] = one = measure(day, before, share)
            each = one.moved / max(one.lost + one.away, 1)
            print(
                f"{name}, {one.away} away: {one.lost} lost a session, {one.moved} moved ({each:.2f} for each who was hit, "
                f"bar {MOVED}; {one.moved / max(one.lost, 1):.2f} without those away; anew {one.anew}), {one.displaced} of them "
                f"displaced ({one.displaced / max(one.lost, 1):.2f}), "
                f"value {100 * one.loss:.2f} % below a plan made anew (bar {100 * LOSS:.1f}), "
                f"{one.seconds:.2f} s (bar {SECONDS:.0f}), broken {one.broken}",
                flush=True,
            )
    return found


if __name__ == "__main__":
    main()
