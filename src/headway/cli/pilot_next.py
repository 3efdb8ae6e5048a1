"""Dealing the next group of a study whose arms learn from each other: ``headway pilot allocate --so-far``."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from typing import Any

import numpy as np

from headway.cli.command import Refused, Result
from headway.cli.files import reading
from headway.core.evidence.pilots.adaptive import deal, shares, standings
from headway.core.evidence.pilots.study import coded, numeric
from headway.standards.studies import Column, read_study

NEXT_KEYS = {
    "shares, chance": "with --so-far: share of each arm among the next learners; unit -> chance that it was dealt with",
    "so_far[].arm, learners, mean, error": "with --so-far: learners with an outcome, weighted mean and its standard error",
}


def next_group(arguments: argparse.Namespace, table: dict[str, Column]) -> Result:
    """Deal the learners of a roster who have no arm yet. Raises Refused."""
    arms = [part.strip().partition("=")[0] for part in arguments.arms.split(",")]
    if arguments.unit != "learner" or arguments.strata or arguments.before is not None or arguments.plan is not None:
        raise Refused("--so-far deals learner by learner: leave out --unit, --strata, --before and --plan.")
    if len(arguments.outcome) != 1:
        raise Refused("--so-far learns from one outcome: say which column of that file it is (--outcome COL).")
    with reading(arguments.so_far) as source:
        past = read_study(source, arguments.so_far.name)
    try:
        for name in (arguments.learner, "arm", "chance", arguments.outcome[0]):
            if name not in past:
                raise ValueError(f"there is no column {name}. It has: {', '.join(list(past)[:20])}. Name one of these")
        code, known = coded(past["arm"], "arm")
        had = set(coded(past[arguments.learner], arguments.learner)[1])
        outcome, chance = numeric(past[arguments.outcome[0]], arguments.outcome[0]), numeric(past["chance"], "chance")
        found = standings([known[k] for k in code.tolist()], outcome, chance, arms)
        share = shares(found, seed=arguments.seed)
    except ValueError as error:
        raise Refused(f"{arguments.so_far}: {error}.") from None
    try:
        if arguments.learner not in table:
            raise ValueError(
                f"there is no column {arguments.learner}. It has: {', '.join(list(table)[:20])}. Name one of these"
            )
        fresh = [name for name in coded(table[arguments.learner], arguments.learner)[1] if name not in had]
        dealt = deal(fresh, share, seed=arguments.seed)
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from None
    if arguments.out is not None:
        with arguments.out.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow([arguments.learner, "arm", "chance"])
            rows.writerows((unit, arm, f"{p:.6f}") for unit, (arm, p) in sorted(dealt.items()))
    there = Counter(known[k] for k, value in zip(code.tolist(), outcome.tolist(), strict=True) if np.isfinite(value))
    data: dict[str, Any] = {
        "unit": "learner", "units": len(dealt), "arms": dict(sorted(Counter(arm for arm, _ in dealt.values()).items())),
        "kept": len(had), "seed": arguments.seed, "shares": {name: round(value, 6) for name, value in share.items()},
        "so_far": [
            {"arm": name, "learners": there[name], "mean": round(mean, 6), "error": round(error, 6)}
            for name, (mean, error) in found.items()
        ],
        "allocation": {unit: arm for unit, (arm, _) in sorted(dealt.items())},
        "chance": {unit: round(p, 6) for unit, (_, p) in sorted(dealt.items())},
    }  # fmt: skip
    return Result(data, _text(data))


def _text(data: dict[str, Any]) -> str:
    lines = [f"{data['units']:,} learners dealt with seed {data['seed']}; {data['kept']:,} had an arm"]
    for row in data["so_far"]:
        name = row["arm"]
        lines.append(
            f"  {name:<16} so far {row['mean']:.3g} (error {row['error']:.2g}, {row['learners']:,} learners); share of the next "
            f"{100 * data['shares'][name]:.0f} %, {data['arms'].get(name, 0):,} learners"
        )
    lines.append("Keep each learner's chance: analyse with --chance, or the estimate is biased.")
    return "\n".join(lines)
