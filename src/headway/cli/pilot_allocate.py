"""``headway pilot allocate``: deal arms by a seed, with a balance report and a frozen plan. No Django, no database."""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from headway.cli import one_core as one_core  # before NumPy is loaded
from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.files import reading
from headway.cli.pilot_next import NEXT_KEYS, next_group
from headway.core.evidence.pilots.allocation import Allocation, Unit, allocate, shared_by
from headway.core.evidence.pilots.plan import freeze
from headway.core.evidence.pilots.power import UNITS
from headway.core.evidence.pilots.study import coded, numeric
from headway.core.evidence.pilots.wwc import standing_of
from headway.standards.studies import Column, read_arms, read_study

SHOWN = 12


def _configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="roster, CSV or Parquet: a row a learner (and class)")
    add("--unit", choices=UNITS, default="learner", help="what gets one arm (default: learner)")
    add("--learner", metavar="COL", default="learner", help="column of learners (default: learner)")
    add("--cluster", metavar="COL", help="column of the classes or schools that get an arm")
    add("--strata", metavar="COL", action="append", default=[], help="deal within these; may be repeated")
    add("--arms", default="control,treatment", help="arms, the control first, with shares if unequal: control=1,new=2")
    add("--seed", type=int, required=True, help="the same seed deals the same arms; draw it in public")
    add("--balance", metavar="COL", action="append", default=[], help="report this characteristic; may be repeated")
    add("--trials", type=int, default=1, help="deal up to so often and take the best balanced (default 1)")
    add("--before", type=Path, metavar="FILE", help="arms that units have already and keep (columns unit and arm)")
    add("--so-far", type=Path, metavar="FILE", help="learners dealt before: arm, chance and the --outcome. Arms that did well "
        "get more of the next learners, none less than a tenth (three arms or more)")  # fmt: skip
    add("--out", type=Path, metavar="FILE", help="write unit, arm and, with --so-far, chance here (CSV)")
    add("--plan", type=Path, metavar="FILE", help="freeze the plan with its allocation here (JSON)")
    add("--question", default="", help="what the pilot is to answer")
    add("--theory", default="", help="why it should work")
    add("--outcome", action="append", default=[], metavar="COL", help="outcome to be analysed; may be repeated")
    add("--pretest", metavar="COL", help="pretest to be adjusted for")
    add("--covariate", action="append", default=[], metavar="COL", help="other characteristics; may be repeated")
    add("--subgroup", action="append", default=[], metavar="COL", help="groups to be compared; may be repeated")
    add("--looks", help="planned looks as shares of all information, the last one 1: 0.5,1")
    add("--worth", type=float, default=0.0, help="smallest effect worth its cost, in standard deviations")


def looks_of(text: str | None) -> tuple[float, ...]:
    """Shares of information. Raises Refused for what are no numbers."""
    try:
        return tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise Refused(
            f"--looks {text}: these are no numbers. Give rising shares, the last one 1, as in 0.5,1."
        ) from None


def _shares(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in text.split(","):
        name, _, share = part.strip().partition("=")
        try:
            found[name] = float(share) if share else 1.0
        except ValueError:
            raise Refused(
                f"--arms {text}: {share!r} is no share. Give names with numbers, as in control=1,new=2."
            ) from None
    return found


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    will_write(arguments.plan)
    with reading(arguments.file) as source:
        table = read_study(source, arguments.file.name)
    if arguments.so_far is not None:
        return next_group(arguments, table)
    before: dict[str, str] = {}
    if arguments.before is not None:
        with reading(arguments.before) as source:
            before = read_arms(source, arguments.before.name)
    shares = _shares(arguments.arms)
    try:
        units = _units(table, arguments)
        dealt = allocate(units, shares, seed=arguments.seed, trials=arguments.trials, before=before)
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from None
    frozen = freeze(_plan(arguments, dealt, list(shares)))
    data = _data(arguments, dealt, frozen)
    if arguments.out is not None:
        with arguments.out.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["unit", "arm"])
            rows.writerows(sorted(dealt.arm.items()))
    if arguments.plan is not None:
        arguments.plan.write_text(
            json.dumps(frozen, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return Result(data, _text(data, arguments))


def _units(table: dict[str, Column], arguments: argparse.Namespace) -> list[Unit]:
    column = arguments.learner if arguments.unit == "learner" else arguments.cluster
    if column is None:
        raise ValueError(f"say which column the {arguments.unit} is in (--cluster)")
    for name in (column, *arguments.strata, *arguments.balance):
        if name not in table:
            raise ValueError(f"there is no column {name}. It has: {', '.join(list(table)[:20])}. Name one of these")
    code, known = coded(table[column], column)
    together: dict[str, tuple[str, ...]] = {}
    if arguments.unit != "learner" and arguments.learner in table:
        who, people = coded(table[arguments.learner], arguments.learner)
        together = shared_by((people[w], known[c]) for w, c in zip(who.tolist(), code.tolist(), strict=True))
    strata: dict[int, set[str]] = defaultdict(set)
    parts = [coded(table[name], name) for name in arguments.strata]
    for row, unit in enumerate(code.tolist()):
        strata[unit].add(" / ".join(names[number[row]] for number, names in parts))
    if arguments.unit != "learner":
        mixed = next((unit for unit, labels in strata.items() if len(labels) > 1), None)
        if mixed is not None:
            raise ValueError(
                f"{arguments.unit} {known[mixed]} lies in several strata ({', '.join(sorted(strata[mixed])[:3])}). Take strata "
                f"that a whole {arguments.unit} shares"
            )
    values = {name: _means(numeric(table[name], name), code, len(known)) for name in arguments.balance}
    return [
        Unit(name, min(strata[k]), together.get(name, ()), {key: float(v[k]) for key, v in values.items()})
        for k, name in enumerate(known)
    ]


def _means(values: np.typing.NDArray[np.float64], code: np.typing.NDArray[np.int64], count: int) -> list[float]:
    there = np.isfinite(values)
    number = np.bincount(code[there], minlength=count)
    total = np.bincount(code[there], weights=values[there], minlength=count)
    return [float(t / n) if n else float("nan") for t, n in zip(total.tolist(), number.tolist(), strict=True)]


def _plan(arguments: argparse.Namespace, dealt: Allocation, arms: list[str]) -> dict[str, object]:
    return {
        "question": arguments.question, "theory": arguments.theory, "outcomes": arguments.outcome, "arm": "arm",
        "arms": arms, "control": arms[0], "unit": arguments.unit, "learner": arguments.learner,
        "cluster": arguments.cluster if arguments.unit != "learner" else None, "blocks": arguments.strata,
        "pretest": arguments.pretest, "covariates": arguments.covariate, "subgroups": arguments.subgroup,
        "looks": list(looks_of(arguments.looks)), "worth": arguments.worth, "seed": dealt.seed, "trial": dealt.trial,
        "allocation": dict(sorted(dealt.arm.items())),
    }  # fmt: skip


def _data(arguments: argparse.Namespace, dealt: Allocation, frozen: dict[str, object]) -> dict[str, Any]:
    return {
        "unit": arguments.unit,
        "units": len(dealt.arm),
        "arms": {arm: sum(a == arm for a in dealt.arm.values()) for arm in sorted(set(dealt.arm.values()))},
        "strata": [{"stratum": s, "arm": a, "units": count} for (s, a), count in dealt.counts.items()],
        "balance": [
            {"name": row.name, "arm": row.arm, "g": round(row.g, 4) if np.isfinite(row.g) else None,
             "standing": standing_of(row.g)}
            for row in dealt.balance
        ],
        "joined": [list(each) for each in dealt.joined],
        "kept": dealt.kept,
        "seed": dealt.seed,
        "trial": dealt.trial,
        "sha256": frozen["sha256"],
        "allocation": dict(sorted(dealt.arm.items())),
    }  # fmt: skip


def _text(data: dict[str, Any], arguments: argparse.Namespace) -> str:
    arms = ", ".join(f"{count:,} {arm}" for arm, count in data["arms"].items())
    lines = [f"{data['units']:,} units dealt with seed {data['seed']}: {arms}; {data['kept']:,} kept the arm they had"]
    if data["joined"]:
        lines.append(f"{len(data['joined'])} sets of units share a learner and were dealt together")
    lines += [f"  {row['stratum'] or 'all':<28} {row['arm']:<16} {row['units']:>6,}" for row in data["strata"][:SHOWN]]
    if len(data["strata"]) > SHOWN:
        lines.append(f"  … {len(data['strata']) - SHOWN:,} more; --json lists all")
    for row in data["balance"]:
        g = "all one way" if row["g"] is None else f"{row['g']:+.2f}"
        lines.append(f"balance of {row['name']}, {row['arm']}: {g} standard deviations ({row['standing']})")
    lines.append(
        f"plan {data['sha256'][:16]}" + (f" frozen in {arguments.plan}" if arguments.plan else " (not written: --plan)")
    )
    return "\n".join(lines)


COMMAND = Command(
    help="Deal arms to learners, classes or schools by a seed, within strata, and report the balance. Who has an arm keeps it; "
    "classes that share a learner get the same one. The plan is frozen by its hash.",
    example="headway pilot allocate roster.csv --unit class --cluster class --strata school --seed 42 --balance pretest "
    "--outcome posttest --pretest pretest --question 'Do hints help?' --out arms.csv --plan plan.json",
    configure=_configure,
    run=_run,
    keys={
        "unit, units, arms": "what was dealt, how many, and how many of each arm",
        "strata[].stratum, arm, units": "how many units of each stratum got each arm",
        "balance[].name, arm, g, standing": "standardised difference from the control: alike (up to 0.05), adjust (0.25), apart; "
        "g is null where all units of an arm have one value",
        "joined": "sets of units that share a learner",
        "kept": "units that had their arm before",
        "seed, trial": "which dealing it is",
        "sha256": "hash of the frozen plan",
        "allocation": "unit -> arm",
        **NEXT_KEYS,
    },
)
