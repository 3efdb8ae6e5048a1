"""``headway schedule``: plan a day from a file; ``headway schedule check``: count a plan without the planner."""

from __future__ import annotations

from headway.cli.one_core import ONE_CORE  # isort: skip  (before NumPy)

import argparse
import time
from pathlib import Path

import numpy as np

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.files import reading
from headway.cli.schedule_day import add_day, run_school
from headway.core.environment.schedule.again import Again, solve_again
from headway.core.environment.schedule.checking import check, gap_of
from headway.core.environment.schedule.day import Day, Plan
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.proving import Watch
from headway.core.environment.schedule.rules import Rule, words_of
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.environment.schedule.warming import warm_up
from headway.standards.schedules import read_day, read_plan, read_rules, write_plan

assert ONE_CORE
SHOWN = 20
"""Sentences about a broken plan that are printed; ``--json`` has all."""
STAGES = {"bound": "proving the bound", "sessions": "choosing sessions", "blocks": "placing them in blocks"}


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--instance", type=Path, metavar="FILE", help="the day (.npz)")
    parser.add_argument(
        "--school", default="", help="or a school: plan all its classes that share a model (name or identifier)"
    )
    add_day(parser)
    parser.add_argument("--rules", type=Path, metavar="FILE", help="pins, bans and other wishes (JSON)")
    parser.add_argument(
        "--before", type=Path, metavar="FILE", help="a plan of this day from before a change: few will move"
    )
    parser.add_argument("--seed", type=int, default=0, help="same seed, same plan (default 0)")


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--instance", type=Path, required=True, metavar="FILE", help="the day (.npz)")
    parser.add_argument("--plan", type=Path, required=True, metavar="FILE", help="what headway schedule --json printed")
    parser.add_argument("--rules", type=Path, metavar="FILE", help="pins, bans and other wishes (JSON)")


def _read(arguments: argparse.Namespace) -> tuple[Day, tuple[Rule, ...]]:
    with reading(arguments.instance) as source:
        day = read_day(source.read(), arguments.instance.name)
    if arguments.rules is None:
        return day, ()
    with reading(arguments.rules) as source:
        return day, read_rules(source.read(), arguments.rules.name, day)


def _run(arguments: argparse.Namespace) -> Result:
    if (arguments.instance is None) == (not arguments.school):
        raise Refused("name a day with --instance FILE, or a school with --school NAME.")
    if arguments.school:
        return run_school(arguments)
    if arguments.seed < 0:
        raise Refused(f"--seed is {arguments.seed}: give a whole number from 0.")
    day, rules = _read(arguments)
    before = _before(arguments, day)
    begin = time.process_time()
    warm_up()
    warmed = time.process_time()
    with progress() as bars:
        tasks = {stage: bars.add_task(words, total=None) for stage, words in STAGES.items()}
        watch: Watch = lambda stage, done, of: bars.update(tasks[stage], completed=done, total=of)  # noqa: E731
        found = (
            solve(day, rules, seed=arguments.seed, watch=watch)
            if before is None
            else solve_again(day, rules, before, seed=arguments.seed)
        )
    spent = time.process_time() - warmed
    if isinstance(found, Collision):
        said = [str(words_of(day, rule)) for rule in found.rules]
        raise Refused(
            f"These {len(said)} rules cannot be kept together with the adults, rooms and seats of the day: {'; '.join(said)}. "
            "Take one of them away.",
            data={"collision": said},
        )
    return _result(found, day, rules, spent, warmed - begin)


def _before(arguments: argparse.Namespace, day: Day) -> Plan | None:
    """The plan from before a change. Refused where it is one of another day."""
    if arguments.before is None:
        return None
    with reading(arguments.before) as source:
        plan, _ = read_plan(source.read(), arguments.before.name)
    fits = plan.seats.shape == (day.blocks, day.learners) and plan.sessions.shape == (day.blocks, len(day.openings))
    if not fits or (plan.seats.size and not -1 <= plan.seats.min() <= plan.seats.max() < len(day.learner)):
        raise Refused(
            f"{arguments.before} is a plan of another day: it has other learners, blocks, choices or openings."
        )
    if (plan.sessions < 0).any() or any(
        (day.learner[row[row >= 0]] != np.flatnonzero(row >= 0)).any() for row in plan.seats
    ):
        raise Refused(f"{arguments.before} is no plan of this day: somebody sits on a choice of somebody else.")
    return plan


def _result(found: Schedule | Again, day: Day, rules: tuple[Rule, ...], spent: float, warmed: float) -> Result:
    counted = check(day, found.plan, rules)
    if counted.broken:
        raise Refused(f"The plan did not pass its own check, which is an error in Headway: {counted.broken[0]}")
    gap = gap_of(counted.value, found.bound)
    sessions = int(found.plan.sessions.sum())
    data = {
        "value": counted.value, "bound": found.bound, "gap": gap, "cpu_seconds": spent, "warm_up_cpu_seconds": warmed,
        "learners": day.learners, "blocks": day.blocks, "sessions": sessions, "plan": write_plan(found.plan),
    } | ({"hit": len(found.hit), "moved": list(found.moved)} if isinstance(found, Again) else {})  # fmt: skip
    text = (
        f"{day.learners:,} learners, {day.blocks} blocks, {sessions:,} sessions\n"
        f"expected gain {counted.value:,.1f}; no plan can pass {found.bound:,.1f}, so at most {100 * gap:.2f} % is missing\n"
        f"{spent:.2f} s of processor time"
    )
    if isinstance(found, Again):
        text += f"\n{len(found.hit):,} learners lost a seat, {len(found.moved):,} have another day than before"
    return Result(data, text)


def _check(arguments: argparse.Namespace) -> Result:
    day, rules = _read(arguments)
    with reading(arguments.plan) as source:
        plan, around = read_plan(source.read(), arguments.plan.name)
    counted = check(day, plan, rules)
    said = [str(sentence) for sentence in counted.broken]
    value, bound = around.get("value"), around.get("bound")
    if isinstance(value, int | float) and abs(value - counted.value) > 1e-6 * max(1.0, abs(counted.value)):
        said.append(f"The file says that the plan is worth {value:.6f}; it is worth {counted.value:.6f}.")
    if isinstance(bound, int | float) and bound < counted.value - 1e-6 * max(1.0, abs(counted.value)):
        said.append(f"The plan is worth more ({counted.value:.6f}) than the bound in the file ({bound:.6f}).")
    if said:
        more = f"\n… and {len(said) - SHOWN} more." if len(said) > SHOWN else ""
        raise Refused(
            f"{arguments.plan} breaks {len(said)} rules:\n" + "\n".join(said[:SHOWN]) + more,
            data={"value": counted.value, "broken": said},
        )
    return Result(
        {"value": counted.value, "broken": []}, f"The plan keeps every rule and is worth {counted.value:,.6f}."
    )


COMMANDS = {
    "schedule": Command(
        help="Plan a day: who sits in which session in each block, so that the expected gain is as large as can be, with a bound "
        "that proves how near it is. From a file no database is needed; with --school it plans all classes that share a model.",
        example="headway schedule --instance day.npz --rules rules.json --json > plan.json",
        configure=_configure,
        run=_run,
        keys={
            "value": "expected gain of the plan",
            "bound": "no plan of this day can have more",
            "gap": "(bound - value) / value",
            "cpu_seconds, warm_up_cpu_seconds": "processor time; loading compiled code is not counted in the first",
            "learners, blocks, sessions": "the size of the plan",
            "hit, moved": "with --before: how many lost a seat, and the learners who have another day than before",
            "plan": "seats (one list a block: each learner's choice) and openings (one list a block: sessions of each); of a "
            "school, by class: sessions as headway schedule day writes them",
            "date, clashes": "of a school: the day, and what found no place",
            "collision": "when refused: the rules that collide",
        },
    ),
    "schedule check": Command(
        help="Count a plan anew, without any of the planner's code: its value, and every rule that it breaks.",
        example="headway schedule check --instance day.npz --plan plan.json",
        configure=_configure_check,
        run=_check,
        keys={"value": "expected gain, counted anew", "broken": "one sentence for each breach"},
    ),
}
