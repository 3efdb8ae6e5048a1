"""A thousand random days: every plan passes the checker, every refusal names rules that really collide, none takes long."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from headway.core.environment.schedule.checking import check
from headway.core.environment.schedule.day import Day
from headway.core.environment.schedule.pinning import Collision, arrange
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.environment.schedule.warming import warm_up
from tests.core.environment.days import STYLES, random_day, random_rules

DAYS, LONGEST = 1000, 5.0
SIZES = (6, 30, 90, 300)


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One day after another; a plan that breaks a rule, or one that takes over five seconds of processor time, stops the part."""
    warm_up()
    done, refused = int(str(state.get("done", 0))), int(str(state.get("refused", 0)))
    slowest = float(str(state.get("slowest", 0)))
    while done < DAYS:
        if time.monotonic() > ends - 20:
            return
        rng = np.random.default_rng(done)
        style, learners = STYLES[done % len(STYLES)], SIZES[done // len(STYLES) % len(SIZES)]
        day = random_day(rng, learners, style)
        rules = random_rules(rng, day, int(rng.integers(0, learners // 3 + 1)))
        begin = time.process_time()
        found = solve(day, rules, seed=done)
        spent = time.process_time() - begin
        where = f"day {done} ({style}, {learners} learners)"
        if spent > LONGEST:
            raise SystemExit(f"{where} took {spent:.1f} s of processor time")
        if isinstance(found, Schedule):
            broken = check(day, found.plan, rules).broken
            if broken or found.value > found.bound + 1e-9:
                raise SystemExit(f"{where}: {broken[0] if broken else 'the plan passes its bound'}")
        else:
            refused += 1
            _minimal(day, found, where)
        done, slowest = done + 1, max(slowest, spent)
        state.update(done=done, slowest=slowest, refused=refused)
        if done % 25 == 0:
            yield f"{done} of {DAYS} days, {refused} with rules that collide, slowest {slowest:.2f} s"
    state["complete"] = True


def _minimal(day: Day, found: Collision, where: str) -> None:
    if not isinstance(arrange(day, found.rules), Collision):
        raise SystemExit(f"{where}: the rules that were named can be kept together")
    for out in range(len(found.rules)):
        rest = found.rules[:out] + found.rules[out + 1 :]
        if isinstance(arrange(day, rest), Collision):
            raise SystemExit(f"{where}: rule {out} has no part in the collision that was named")
