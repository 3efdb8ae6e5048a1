"""``headway simulate``: simulated learners practise through the real loop, to try a policy before a child meets it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import polars as pl

from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.simulate_course import EVERY, run
from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.events import Response
from headway.core.evidence.course import GENERATORS
from headway.core.evidence.term import Term, TermReport, cohort, live, report, school_days
from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.path.policies import POLICIES
from headway.standards.graph import shipped_graph


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, help="how many (default 60; 8 a seed with --generator)")
    parser.add_argument("--days", type=int, help="school days (default 20; at most 45 with --generator)")
    parser.add_argument("--daily", type=int, default=10, help="activities a day (default 10)")
    parser.add_argument("--grades", default="3,4,5,6,7,8", help="grades in turn (default 3,4,5,6,7,8)")
    parser.add_argument(
        "--policy", choices=sorted(EVERY), default=DEFAULT_PLAN.policy, help=f"default: {DEFAULT_PLAN.policy}"
    )
    parser.add_argument(
        "--generator",
        choices=GENERATORS,
        help="learners fitted to public logs take the first grade's course; baselines can be tried too",
    )
    parser.add_argument(
        "--against", action="append", choices=sorted(EVERY), help="with --generator: compare; repeatable"
    )
    parser.add_argument("--seeds", type=int, default=5, help="with --generator: how many, from --seed on (default 5)")
    parser.add_argument("--model", choices=sorted(MODELS), default=DEFAULT_MODEL, help=f"default: {DEFAULT_MODEL}")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same learners (default 0)")
    parser.add_argument("--out", type=Path, help="write the responses here (Parquet, as `headway fit` reads it)")


def _run(arguments: argparse.Namespace) -> Result:
    usual = (60, 20) if arguments.generator is None else (8, 45)
    arguments.learners = usual[0] if arguments.learners is None else arguments.learners
    arguments.days = usual[1] if arguments.days is None else arguments.days
    for name in ("learners", "days", "daily"):
        if getattr(arguments, name) < 1:
            raise Refused(f"--{name} is {getattr(arguments, name)}: give a number of at least 1.")
    if arguments.seed < 0:
        raise Refused(f"--seed is {arguments.seed}: give a whole number from 0.")
    if arguments.generator is not None:
        return run(arguments)
    if arguments.policy not in POLICIES or arguments.against:
        raise Refused("--against and the baselines are for learners of a --generator: name one.")
    will_write(arguments.out)
    curriculum = compile_curriculum(shipped_graph(), generated_activities())
    plan = EffectivePlan(policy=arguments.policy, model=arguments.model)
    try:
        pupils = cohort(curriculum, arguments.grades.split(","), arguments.learners, arguments.seed, plan=plan)
    except ValueError as error:
        raise Refused(f"--grades {arguments.grades}: {error}.") from error
    with progress() as bars:
        bar = bars.add_task("school days", total=arguments.days)
        term = live(
            curriculum,
            pupils,
            school_days(arguments.days),
            daily=arguments.daily,
            progress=lambda done: bars.update(bar, completed=done),
        )
    if arguments.out is not None:
        _write(term, arguments.out)
    found = report(term)
    data = asdict(found) | {name: getattr(arguments, name) for name in ("policy", "model", "seed", "days", "daily")}
    return Result(data | {"curriculum": curriculum.version}, _text(found, arguments))


def _write(term: Term, path: Path) -> None:
    """Write the first attempts as a response log, one row each."""
    learners = {pupil.mind.id: number for number, pupil in enumerate(term.pupils)}
    c, seen = term.curriculum, dict.fromkeys(learners, 0)
    rows = []
    for event, _ in term.happened:
        if isinstance(event, Response) and event.attempt == 1:
            skills = [c.skill_number[skill] for skill in event.skills]
            rows.append(
                {
                    "student": learners[event.learner],
                    "item": c.item_number[event.item],
                    "skill": skills[0],
                    "skills": skills,
                    "correct": int(event.correct and event.hints == 0),
                    "order": seen[event.learner],
                    "timestamp_ms": int(event.at * 1000),
                }
            )
            seen[event.learner] += 1
    pl.DataFrame(rows).sort("student", "order").write_parquet(path)


def _text(found: TermReport, arguments: argparse.Namespace) -> str:
    return (
        f"{found.learners} simulated learners, {arguments.days} school days, policy {arguments.policy}, "
        f"model {arguments.model}, seed {arguments.seed}\n"
        f"a learner finished {found.activities:.0f} activities and mastered {found.mastered:.1f} skills "
        f"({100 * found.truly_secure:.0f} % truly secure, {100 * found.kept:.0f} % still so after 30 days); "
        f"{found.gained:.1f} became secure in the mind\n"
        f"first answers right: {100 * found.success:.0f} %, foreseen with AUC {found.prediction.auc:.3f} "
        f"and ECE {found.prediction.ece:.3f}; skill changed between activities: {100 * found.interleaved:.0f} %"
    )


COMMAND = Command(
    help="Let simulated learners practise our own problems through the real loop and say what came of it. They do "
    "not follow the learner model's own equations, so that a policy cannot win by knowing them.",
    example="headway simulate --policy sequence-1 --learners 60 --days 20 --seed 1 --json",
    configure=_configure,
    run=_run,
    keys={
        "learners, responses, activities": "how much was done (activities a learner)",
        "mastered": "skills mastered in the ledger at the end, a learner",
        "truly_secure, kept": "share of them that the mind really holds, and still holds 30 days later",
        "gained": "skills that became secure in the mind, a learner",
        "success": "share of first answers that were right",
        "interleaved": "share of consecutive activities with different skills",
        "prediction.auc, log_loss, rmse, ece, n": "how well first answers were foreseen",
        "policy, model, seed, days, daily, curriculum": "what was run",
        "generator, grade, learners, seeds, days": "with --generator: what was run",
        "policies": "with --generator: each policy's figures, mean and reach of its 95 % interval over seeds",
        "ratios": "with --generator: the policy over each that it is compared with, seed by seed",
    },
)
