"""``headway simulate --generator``: a policy, and policies to compare it with, on learners fitted to public logs."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from headway.cli.command import Refused, Result, progress
from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.baselines import BASELINES
from headway.core.evidence.compared import FIGURES, Interval, interval, runs_of
from headway.core.evidence.course import Terms, course_of
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Policy
from headway.standards.graph import shipped_graph

EVERY: Mapping[str, Policy] = {**POLICIES, **BASELINES}
"""What can be tried on these learners: the policies that a plan can name, and the baselines."""


def run(arguments: argparse.Namespace) -> Result:
    """Let learners of each seed take the grade's course under each policy. Raises Refused."""
    names = list(dict.fromkeys([arguments.policy, *(arguments.against or [])]))
    grade = arguments.grades.split(",")[0]
    if arguments.seeds < 1:
        raise Refused(f"--seeds is {arguments.seeds}: give a number of at least 1.")
    try:
        course = course_of(shipped_graph(), generated_activities(), grade)
    except ValueError as error:
        raise Refused(f"--grades {grade}: {error}.") from error
    terms = Terms(days=arguments.days, budget=min(Terms().budget, arguments.days))
    seeds = [arguments.seed + n for n in range(1, arguments.seeds + 1)]
    found: dict[str, list[dict[str, float]]] = {}
    with progress() as bars:
        bar = bars.add_task("runs", total=len(names) * len(seeds))
        for name in names:
            found[name] = runs_of(
                course, arguments.generator, EVERY[name], arguments.learners, seeds, terms, lambda: bars.advance(bar)
            )
    data = {
        "generator": arguments.generator,
        "grade": grade,
        "learners": arguments.learners,
        "seeds": seeds,
        "days": arguments.days,
        "policies": {name: _means(rows) for name, rows in found.items()},
        "ratios": {name: _against(found[arguments.policy], found[name]) for name in names[1:]},
    }
    return Result(data, _text(data, arguments))


def _means(rows: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {figure: asdict(interval([row[figure] for row in rows])) for figure in FIGURES}


def _against(ours: list[dict[str, float]], theirs: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Seed by seed: activities as a ratio, what is kept and the gap as differences."""
    pairs = list(zip(ours, theirs, strict=True))
    return {
        "activities": asdict(interval([a["activities"] / max(b["activities"], 1.0) for a, b in pairs])),
        "kept": asdict(interval([a["kept"] - b["kept"] for a, b in pairs])),
        "gap": asdict(interval([a["gap"] - b["gap"] for a, b in pairs])),
    }


def _text(data: dict[str, Any], arguments: argparse.Namespace) -> str:
    about = (
        f"{arguments.generator} learners, grade {data['grade']}, {arguments.learners} on each of {len(data['seeds'])} seeds, at "
        f"most {arguments.days} days of {Terms().minutes:g} minutes; means over seeds with 95 % intervals"
    )
    lines = [about, f"{'policy':<18}" + "".join(f"{name:>18}" for name in FIGURES)]
    for name, row in data["policies"].items():
        lines.append(f"{name:<18}" + "".join(f"{_said(Interval(**row[figure])):>18}" for figure in FIGURES))
    for name, row in data["ratios"].items():
        ratio, kept, gap = (Interval(**row[figure]) for figure in ("activities", "kept", "gap"))
        lines.append(
            f"{arguments.policy} against {name}: {_said(ratio)} of its activities; kept {_said(kept)}, gap {_said(gap)}"
        )
    return "\n".join(lines)


def _said(found: Interval) -> str:
    digits = 0 if abs(found.mean) > 20 else 3
    return f"{found.mean:.{digits}f} ± {found.reach:.{digits}f}"
