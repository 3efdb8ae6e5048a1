"""``python -m benchmarks semester``: days that the planner makes, against fixed ability groups, random groups and a greedy
hand.

Simulated learners (:mod:`headway.core.evidence.minds`, drawn from generators that were fitted to public logs) work through
a term and really learn by their minds. Every arrangement reads the same estimates of the served model, has the same adults,
devices, sizes of groups, limits and minutes, and the same learners with the same luck. What is mastered by the criterion is
closed until its check is due, as in the loop. Two situations:

*room*: one class of 24 in the three stations of the shipped model, where everybody has a seat; course of grade 5.

*school*: 120 learners in the shipped daily rotation, with as many people and devices for each learner as the synthetic days
have (a teacher for 40, a tutor for 100, devices for 55 of 100), so that seats are scarce. Blocks last 20 minutes, as in the
room. They begin in grade 6 and whoever has mastered nine of ten skills of a grade goes on to the next, up to algebra, so
that nobody comes to the end of the course, which hides differences in the room. :data:`WORTH` says what a minute really
brings.

Runs that are done are kept in ``build/semester.json``; remove it to begin anew. ``python -m benchmarks.accuracy.semester
tune`` runs both forms of each other arrangement on the tuning seed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from benchmarks.accuracy.semester_class import Learners, Seats, Setting
from benchmarks.accuracy.semester_groups import at_random, fixed, fixed_alone, random_alone
from benchmarks.accuracy.semester_ways import Way, greedy, greedy_beyond, left, planned
from scipy.stats import t as student

from headway.core.curriculum.catalogue import generated_activities, grade_level
from headway.core.environment.instruction.model import Model
from headway.core.environment.instruction.today import Sitter
from headway.core.evidence.course import GENERATORS, Course, course_of
from headway.core.evidence.term import school_days
from headway.core.mastery.kernels import DAY
from headway.standards.graph import shipped_graph
from headway.standards.instruction import shipped_models

DAYS, AFTER, KEPT = 40, 30.0, Path("build/semester.json")
SEEDS, TUNING = {"room": (11, 12, 13, 14), "school": (11, 12, 13, 14)}, (1,)
WORTH = {"group": 1.3, "workshop": 1.2, "tutoring": 1.5, "partners": 1.0, "device": 1.0, "": 0.75}
"""What a minute brings in the school, set before anything was run: effects of a year over the .56 standard deviations that
learners grow in a year of mathematics (grade 4 to 5, the most of grades 3 to 8; Hill, Bloom, Black & Lipsey 2008), as if
all minutes of the year had been spent so, which makes the factors small. Small groups by readiness +.17 (Lou et al. 1996);
tutoring +.288 (Nickow, Oreopoulos & Quan 2024; the planner believes in 1.6, from the .37 of their first paper); a class of
15 and not of 24 +.19 to .33 in kindergarten to grade 3, where learners grow by .5 to 1.1 (Project STAR); practice with
answers checked at once and not on paper +.18 (Roschelle et al. 2016), so 1/1.32 for paper."""
GRADES = ("6", "7", "8", "A1")
PRINTED = ("every", "gained", "kept", "apart", "widened")


def rotation() -> Model:
    """The shipped daily rotation, cut to 120 learners by the synthetic days' shares, in blocks of 20 minutes."""
    found = shipped_models()["daily-rotation"]
    people = {"teachers": 3, "tutors": 1}
    crews = tuple(replace(crew, names=crew.names[: people[crew.id]]) for crew in found.crews)
    return replace(found, blocks=tuple(replace(b, minutes=20) for b in found.blocks), crews=crews, devices=66)


@cache
def setting_of(name: str) -> Setting:
    """Where it takes place."""
    if name == "school":
        return Setting(rotation(), 120, DAYS, GRADES, WORTH, True)
    model = shipped_models()["station-rotation"]
    return Setting(model, 24, DAYS, ("5",), {each.id: each.worth for each in model.modalities} | {"": 0.0})


@cache
def course(first: str, last: str) -> Course:
    """The skills that have problems, of some grades and of all that these build on, for learners of the first."""
    found = course_of(shipped_graph(), generated_activities(), last)
    level = grade_level(first)
    return replace(
        found, grade=first, level=level, goal=np.flatnonzero(found.curriculum.level >= level).astype(np.int32)
    )


WAYS: dict[str, Way] = {"planned": planned, "greedy": greedy, "ability groups": fixed, "random groups": at_random}
OTHERS: dict[str, Way] = {
    "greedy beyond devices": greedy_beyond, "ability groups, alone": fixed_alone, "random groups, alone": random_alone,
}  # fmt: skip
"""A second form of the other arrangements; the tables have the form that did better on the tuning seeds."""


@dataclass(frozen=True, slots=True)
class Result:
    """Skills held per learner: gained in the term of all (``every``), and without what lies below the grade (``gained``),
    still more than at the beginning a month later (``kept``), how much farther the upper quarter by prior ability has drawn
    ahead of the lower one in all skills (``apart``) and in those of the grade and above (``widened``). Minutes for each
    learner and day, with their worth: in all, with an adult, on paper, on what was held."""

    every: float
    gained: float
    kept: float
    apart: float
    widened: float
    minutes: dict[str, float] = field(default_factory=dict)


def with_devices(seats: Seats, sitters: Sequence[Sitter], setting: Setting) -> Seats:
    """Nobody in the school works on paper beside a free device, whoever arranged the day: who had fewest today comes first."""
    out = [list(row) for row in seats]
    for row in out:
        free = setting.model.devices - sum(way == "device" for way, _ in row)
        screens = [sum(each[n][0] == "device" for each in out) for n in range(len(row))]
        for n in sorted((n for n, (_, skill) in enumerate(row) if skill < 0), key=lambda n: (screens[n], n)):
            own = next(iter(left(sitters[n], {each[n][1] for each in out})), -1)
            if free > 0 and own >= 0 and screens[n] < setting.model.screen_blocks:
                row[n], free = ("device", own), free - 1
    return out


def run(name: str, generator: str, way: str, seed: int) -> Result:
    """Let learners work for a term in one way."""
    setting = setting_of(name)
    goal = course(setting.grades[0], setting.grades[-1])
    one, rng = Learners(goal, generator, setting, seed), np.random.default_rng(seed)
    begins = list(school_days(setting.days))
    first = one.held(begins[0])
    for number, now in enumerate(begins):
        sitters = one.sitters(now)
        seats = (WAYS | OTHERS)[way](one, sitters, rng, number)
        one.live(with_devices(seats, sitters, setting) if name == "school" else seats, sitters, now)
        one.go_on()
    last, later = one.held(begins[-1] + 0.5 * DAY), one.held(begins[-1] + AFTER * DAY)
    order, part = np.argsort(one.minds.prior), one.count // 4
    widened, apart = (
        float(ahead[order[-part:]].mean() - ahead[order[:part]].mean())
        for ahead in (last[0] - first[0], last[1] - first[1])
    )
    gained, every = (last - first).mean(1).tolist()
    share = 1.0 / (setting.days * one.count)
    spent = {
        "all": one.spent.worth,
        "led": one.spent.led,
        "paper": one.spent.paper,
        "held": one.spent.held,
        **one.spent.by,
    }
    return Result(
        every, gained, float((later - first)[1].mean()), apart, widened, {key: n * share for key, n in spent.items()}
    )


def interval(values: Sequence[float]) -> str:
    """The mean with its 95 % interval over seeds."""
    found = np.array(values)
    if len(found) == 1:
        return f"{found[0]:.2f}"
    reach = float(student.ppf(0.975, len(found) - 1) * found.std(ddof=1) / len(found) ** 0.5)
    return f"{found.mean():.2f} ± {reach:.2f}"


def runs(wanted: Sequence[tuple[str, str, str, int]]) -> dict[tuple[str, str, str, int], Result]:
    """The results of (situation, generator, way, seed); those that are not kept yet are made."""
    KEPT.parent.mkdir(exist_ok=True)
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for one in wanted:
        key = "/".join(map(str, one))
        if key not in kept:
            kept[key] = asdict(run(*one))
            KEPT.write_text(json.dumps(kept, indent=1))
    return {one: Result(**kept["/".join(map(str, one))]) for one in wanted}


def table(name: str, ways: Sequence[str], seeds: Sequence[int]) -> dict[tuple[str, str, str, int], Result]:
    """Print each way, and the first against each other, seed by seed."""
    found = runs([(name, g, way, seed) for seed in seeds for g in GENERATORS for way in ways])
    for g in GENERATORS:
        print(f"{name}, {g}: {setting_of(name).learners} learners, {DAYS} days, {len(seeds)} seeds")
        rows = {way: [found[name, g, way, seed] for seed in seeds] for way in ways}
        for way, own in rows.items():
            said = ", ".join(f"{key} {interval([getattr(r, key) for r in own])}" for key in PRINTED)
            minutes = {
                k: float(np.mean([r.minutes.get(k, 0.0) for r in own]))
                for k in sorted({k for r in own for k in r.minutes})
            }
            print(f"  {way:<22} {said}; minutes " + ", ".join(f"{k or 'none'} {n:.1f}" for k, n in minutes.items()))
        for way in ways[1:]:
            pairs = list(zip(rows[ways[0]], rows[way], strict=True))
            less = (f"{key} {interval([getattr(a, key) - getattr(b, key) for a, b in pairs])}" for key in PRINTED)
            print(f"  {ways[0]} less {way}: " + ", ".join(less), flush=True)
    return found


def main() -> dict[tuple[str, str, str, int], Result]:
    """Print a table for each situation and generator."""
    if sys.argv[1:] == ["tune"]:
        return table("school", [*WAYS, *OTHERS], TUNING)
    return {**table("room", list(WAYS), SEEDS["room"]), **table("school", list(WAYS), SEEDS["school"])}


if __name__ == "__main__":
    main()
