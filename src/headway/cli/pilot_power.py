"""``headway pilot power``: the smallest effect that a study can find, before it starts. No school, no Django, no database."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from headway.cli import one_core as one_core  # before NumPy is loaded
from headway.cli.command import Command, Refused, Result
from headway.core.evidence.pilots.effects import size_word
from headway.core.evidence.pilots.power import UNITS, Design, detectable, power, units_needed

PLURAL = {"learner": "learners", "class": "classes", "school": "schools"}
USUAL_ICC = 0.15
"""Share of the variation of test scores between schools or classes that is taken where none is given."""


def _configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--unit", choices=UNITS, default="learner", help="what chance deals arms to (default: learner)")
    add("--units", type=int, required=True, help="how many of them, in all arms that are compared")
    add("--size", type=float, help="learners in a class or school")
    add("--spread", type=float, default=0.0, help="their sizes' standard deviation over the mean (default 0)")
    add("--icc", type=float, help=f"share of variance between units, within blocks (default {USUAL_ICC})")
    add("--icc-block", type=float, default=0.0, help="share of variance between blocks, which block effects remove")
    add("--pretest", type=float, default=0.0, help="R squared of the pretest among learners (default 0)")
    add("--pretest-unit", type=float, help="R squared of the pretest among units (default: as among learners)")
    add("--share", type=float, default=0.5, help="share of units with the treatment (default 0.5)")
    add("--blocks", type=int, default=1, help="strata within which arms are dealt (default 1)")
    add("--alpha", type=float, default=0.05, help="two-sided (default 0.05)")
    add("--power", type=float, default=0.8, help="chance to find the effect (default 0.8)")
    add("--effect", type=float, help="an effect in standard deviations: its power, and the units that it needs")


def _run(arguments: argparse.Namespace) -> Result:
    grouped = arguments.unit != "learner"
    if grouped and arguments.size is None:
        raise Refused(f"How many learners are in a {arguments.unit}? Give --size.")
    if not grouped and (arguments.size is not None or arguments.icc is not None):
        raise Refused("--size and --icc belong to classes and schools. Leave them out, or say --unit class or school.")
    icc = 0.0 if not grouped else USUAL_ICC if arguments.icc is None else arguments.icc
    unit_r2 = arguments.pretest if arguments.pretest_unit is None else arguments.pretest_unit
    try:
        design = Design(
            arguments.units, arguments.size or 1.0, icc, arguments.icc_block, unit_r2 if grouped else 0.0,
            arguments.pretest, arguments.share, arguments.blocks, arguments.spread, arguments.alpha,
        )  # fmt: skip
        found = detectable(design, arguments.power)
        data = _data(arguments, design, found)
    except ValueError as error:
        raise Refused(f"{error}.") from None
    return Result(data, _text(data))


def _data(arguments: argparse.Namespace, design: Design, found: float) -> dict[str, Any]:
    data: dict[str, Any] = {
        "unit": arguments.unit,
        "units": design.units,
        "learners": round(design.units * design.size),
        "detectable": round(found, 4),
        "size": size_word(found),
        "error": round(design.error, 5),
        "freedom": design.freedom,
        "power": arguments.power,
        "assumed": {
            "icc": design.icc, "icc_block": design.icc_block, "pretest": design.explained_learner,
            "pretest_unit": design.explained_unit, "share": design.share, "blocks": design.blocks,
            "spread": design.spread, "alpha": design.alpha,
        },
        "curve": [
            {"units": count, "detectable": round(detectable(replace(design, units=count), arguments.power), 4)}
            for count in sorted({design.units, *(round(design.units * k) for k in (0.5, 1.5, 2, 3, 4))})
            if count - 2 - (design.blocks - 1) >= 1
        ],
        "effect": None,
    }  # fmt: skip
    if arguments.effect is not None:
        data["effect"] = {
            "effect": arguments.effect,
            "power": round(power(design, arguments.effect), 4),
            "units": units_needed(design, arguments.effect, arguments.power),
        }
    return data


def _text(data: dict[str, Any]) -> str:
    units = PLURAL[data["unit"]]
    lines = [
        (
            f"{data['units']:,} {units} ({data['learners']:,} learners): an effect of {data['detectable']:.2f} standard "
            f"deviations is found with probability {data['power']:.2f}. That is a {data['size']} effect for education."
        ),
        "",
        f"{units:>10}  smallest effect",
        *(f"{row['units']:>10,}  {row['detectable']:.3f}" for row in data["curve"]),
    ]
    if data["effect"]:
        said = data["effect"]
        need = "more than ten million" if said["units"] is None else f"{said['units']:,}"
        lines += [
            "",
            f"An effect of {said['effect']:g} is found with probability {said['power']:.2f}; it needs {need} {units}.",
        ]
    known = data["assumed"]
    lines += [
        "",
        (
            f"assumed: icc {known['icc']:g}, pretest R2 {known['pretest']:g} (units {known['pretest_unit']:g}), "
            f"{known['blocks']} blocks, alpha {known['alpha']:g}"
        ),
    ]
    return "\n".join(lines)


COMMAND = Command(
    help="Work out the smallest effect that a study can find (in standard deviations of the outcome), by learner, class or "
    "school, with pretest and blocks.",
    example="headway pilot power --unit school --units 20 --size 60 --pretest 0.5 --effect 0.2 --json",
    configure=_configure,
    run=_run,
    keys={
        "unit, units, learners": "what is dealt, how many, and how many learners that is",
        "detectable": "smallest effect in standard deviations that is found with the wanted probability",
        "size": "small (below 0.05), medium or large (0.20 and above), by Kraft's benchmarks",
        "error, freedom": "standard error of the effect, and degrees of freedom",
        "power, assumed": "what it rests on: probability wanted, icc, icc_block, pretest, pretest_unit, share, blocks, spread, "
        "alpha",
        "curve[].units, detectable": "the same for fewer and more units",
        "effect.effect, power, units": "with --effect: its probability to be found, and the fewest units for the wanted one "
        "(null: above ten million); else null",
    },
)
