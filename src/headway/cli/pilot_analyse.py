"""``headway pilot analyse``: what came of a study, and what may be said of it. No school, no Django, no database."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from headway.cli import one_core as one_core  # before NumPy is loaded
from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import reading
from headway.cli.pilot_allocate import looks_of
from headway.cli.pilot_data import KEYS, text_of
from headway.cli.pilot_page import html_report
from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.costs import CostLine
from headway.core.evidence.pilots.plan import Check, check
from headway.core.evidence.pilots.power import UNITS
from headway.core.evidence.pilots.study import Roles, Study, coded, study_of
from headway.core.evidence.pilots.told import data_of
from headway.standards.studies import Column, read_costs, read_study

DESIGNS = ("randomised", "matched", "comparison")


def _configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="CSV or Parquet: a row a learner, also those without an outcome")
    add("--outcome", action="append", metavar="COL", help="what was to change; may be repeated")
    add("--arm", metavar="COL", help="column of arms (default: arm, or dealt by the plan)")
    add("--control", metavar="NAME", help="the arm to compare with (default: control)")
    add("--design", choices=DESIGNS, default="randomised", help="who decided: chance, or nobody (default: randomised)")
    add("--unit", choices=UNITS, help="what chance dealt arms to (default: learner)")
    add("--cluster", metavar="COL", help="column of those classes or schools; for learners: who share a teacher")
    add("--learner", metavar="COL", help="column of learners, to find rows that are there twice (default: learner)")
    add("--block", action="append", metavar="COL", help="strata within which arms were dealt; may be repeated")
    add("--pretest", metavar="COL", help="the same ability before")
    add("--covariate", action="append", metavar="COL", help="other characteristics from before; may be repeated")
    add("--subgroup", action="append", metavar="COL", help="groups to compare; may be repeated")
    add("--site", metavar="COL", help="column of schools or districts (default: the cluster, for schools)")
    add("--exposed", metavar="COL", help="1 for learners who really used it, else 0")
    add(
        "--chance",
        metavar="COL",
        help="chance that each learner was dealt the arm with, where shares changed on the way",
    )
    add(
        "--when",
        metavar="COL",
        help="with --chance: number of the week in which each learner was dealt, to allow for those who came later",
    )
    add("--costs", type=Path, metavar="FILE", help="cost lines: item, kind, amount, price, per, years")
    add("--classes", type=int, default=0, help="treated classes, for costs per class")
    add("--worth", type=float, help="smallest effect worth its cost, in standard deviations (default 0)")
    add("--looks", help="planned looks as shares of all information: 0.5,1")
    add("--look", type=int, default=0, help="which look this is, from 1")
    add("--plan", type=Path, metavar="FILE", help="the frozen plan; what is not said here is taken from it")
    add("--replicated", action="store_true", help="another pilot found it before")
    add("--seed", type=int, default=0, help="of randomisation inference (default 0)")
    add("--report", type=Path, metavar="FILE", help="write the whole report here (HTML, one file)")


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.report)
    with reading(arguments.file) as source:
        table = read_study(source, arguments.file.name)
    plan = {} if arguments.plan is None else _plan(arguments.plan)
    costs: list[CostLine] = []
    if arguments.costs is not None:
        with reading(arguments.costs) as source:
            costs = read_costs(source, arguments.costs.name)
    looks = looks_of(arguments.looks) or tuple(float(x) for x in plan.get("looks") or ())
    worth = float(arguments.worth if arguments.worth is not None else plan.get("worth") or 0.0)
    roles = _roles(arguments, plan, table)
    before = time.process_time()
    try:
        _fill_arms(table, roles, plan)
        study = study_of(table, roles)
        settings = Settings(arguments.seed, looks, arguments.look, worth)
        checked = _checked(study, table, plan, settings) if plan else None
        with progress() as bars:
            bar = bars.add_task("comparing", total=len(roles.outcomes) * (len(study.arms) - 1))
            found = analyse(
                study, settings, checked=checked, costs=costs, rationale=bool(plan.get("theory")),
                replicated=arguments.replicated, classes=arguments.classes,
                progress=lambda done: bars.update(bar, completed=done),
            )  # fmt: skip
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from None
    data = data_of(study, found, time.process_time() - before, plan)
    if arguments.report is not None:
        arguments.report.write_text(html_report(data, arguments.file.name), encoding="utf-8")
    return Result(data, text_of(data))


def _plan(path: Path) -> dict[str, Any]:
    with reading(path) as source:
        try:
            plan = json.loads(source.read())
        except ValueError:
            raise Refused(f"{path} is no plan. Give the file that headway pilot allocate --plan wrote.") from None
    if not isinstance(plan, dict) or "sha256" not in plan or not isinstance(plan.get("allocation", {}), dict):
        raise Refused(f"{path} is no frozen plan. Give the file that headway pilot allocate --plan wrote.")
    return plan


def _roles(arguments: argparse.Namespace, plan: Mapping[str, Any], table: Mapping[str, Column]) -> Roles:
    def said(value: Any, name: str, otherwise: Any) -> Any:
        return value if value is not None else plan.get(name, otherwise)

    unit, cluster = said(arguments.unit, "unit", "learner"), said(arguments.cluster, "cluster", None)
    learner = said(arguments.learner, "learner", "learner")
    if arguments.learner is None and learner not in table:
        learner = None
    if arguments.when is not None and arguments.chance is None:
        raise Refused("--when goes with --chance: it matters where shares changed on the way. Give both, or neither.")
    site = arguments.site or (cluster if unit == "school" else None)
    outcomes = tuple(said(arguments.outcome, "outcomes", ()))
    if not outcomes:
        raise Refused(f"{arguments.file}: say what was to change (--outcome COL).")
    return Roles(
        outcomes=outcomes, arm=said(arguments.arm, "arm", "arm"), control=said(arguments.control, "control", "control"),
        learner=learner, unit=unit, cluster=cluster, blocks=tuple(said(arguments.block, "blocks", ())),
        pretest=said(arguments.pretest, "pretest", None), covariates=tuple(said(arguments.covariate, "covariates", ())),
        subgroups=tuple(said(arguments.subgroup, "subgroups", ())), site=site, exposed=arguments.exposed,
        design=arguments.design, chance=arguments.chance, when=arguments.when,
    )  # fmt: skip


def _fill_arms(table: dict[str, Column], roles: Roles, plan: Mapping[str, Any]) -> None:
    """Where the table has no arms, they are those that the plan dealt."""
    dealt = plan.get("allocation")
    key = roles.learner if roles.unit == "learner" else roles.cluster
    if roles.arm in table or not dealt or key is None or key not in table:
        return
    code, names = coded(table[key], key)
    unknown = next((name for name in names if name not in dealt), None)
    if unknown is not None:
        raise ValueError(
            f"column {key}: {unknown} was never dealt an arm. Leave these rows out, or name the column of arms"
        )
    table[roles.arm] = [str(dealt[names[k]]) for k in code.tolist()]


def _checked(study: Study, table: Mapping[str, Column], plan: Mapping[str, Any], settings: Settings) -> Check:
    roles = study.roles
    used = {
        "outcomes": roles.outcomes, "control": roles.control, "unit": roles.unit, "cluster": roles.cluster,
        "blocks": roles.blocks, "pretest": roles.pretest, "covariates": roles.covariates, "subgroups": roles.subgroups,
        "looks": settings.looks, "worth": settings.worth,
    }  # fmt: skip
    key = roles.learner if roles.unit == "learner" else roles.cluster
    arms: dict[str, str] = {}
    if key is not None:
        code, names = coded(table[key], key)
        first = np.unique(code, return_index=True)[1]
        arms = {name: study.arms[study.arm[row]] for name, row in zip(names, first.tolist(), strict=True)}
    return check(plan, used, arms)


COMMAND = Command(
    help="Analyse a study: intention to treat, adjusted for the pretest, with errors that fit what chance dealt; effect size, "
    "attrition, baseline, subgroups, cost and a verdict in words. Give every learner that was assigned a row: who has no "
    "outcome counts as lost.",
    example="headway pilot analyse results.csv --outcome posttest --pretest pretest --unit school --cluster school "
    "--control business --report pilot.html --json",
    configure=_configure,
    run=_run,
    keys=KEYS,
)
