"""``headway evaluate-policy``: what another policy would have brought, from the log of the one that was in force."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.school import find_district, open_school
from headway.core.evidence.offpolicy import Estimate, Logs, evaluate
from headway.core.evidence.watching import OUTCOMES
from headway.core.path.policies import POLICIES

NEEDED = ("learner", "episode", "reward", "propensity", "target")
OPTIONAL = {"support": 1.0, "foreseen": 0.0, "expected": 0.0}
"""What a table may leave out, with what is taken instead."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a table of decisions, .parquet or .csv")
    parser.add_argument("--district", default="", help="name or identifier (default: the only district)")
    parser.add_argument("--policy", choices=sorted(POLICIES), help="the policy to ask; needed without a FILE")
    parser.add_argument("--outcome", choices=sorted(OUTCOMES), default="right", help="what counts (default right)")
    parser.add_argument("--horizon", type=int, default=3, help="decisions in a row that it would make (default 3)")


def _run(arguments: argparse.Namespace) -> Result:
    if arguments.horizon < 1:
        raise Refused(f"--horizon is {arguments.horizon}: give a number of at least 1.")
    if arguments.file is not None:
        if arguments.policy:
            raise Refused(
                "--policy asks a policy again at each place of a database's log; a FILE holds its answers already."
            )
        logs = _read(arguments.file)
    elif not arguments.policy:
        raise Refused(f"say which policy to ask: --policy {' | '.join(sorted(POLICIES))}, or give a FILE of decisions.")
    else:
        logs = _ask(arguments)
    try:
        found = evaluate(logs)
    except ValueError as error:
        raise Refused(f"{error}.") from error
    data = asdict(found) | {"thin": found.thin, "policy": arguments.policy or ""}
    return Result(data, _text(found, arguments))


def _ask(arguments: argparse.Namespace) -> Logs:
    with open_school():
        district = find_district(arguments.district)
        from headway.school.evidence.queries import ask_district, count_events
        from headway.school.mastery.served import DamagedModel

        with progress() as bars:
            task = bars.add_task("Events", total=count_events(district))
            try:
                return ask_district(
                    district,
                    arguments.policy,
                    outcome=arguments.outcome,
                    horizon=arguments.horizon,
                    progress=lambda done: bars.update(task, completed=done),
                )
            except (DamagedModel, ValueError) as problem:
                raise Refused(f"{problem}".rstrip(".") + ".") from problem


def _read(path: Path) -> Logs:
    """Read a table of decisions, an episode's rows in their order. Refused, naming the column, where it cannot be."""
    if path.suffix not in (".parquet", ".csv"):
        raise Refused(f"{path} is neither .parquet nor .csv: write the decisions as one of them.")
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise Refused(f"{path} cannot be read ({str(error).splitlines()[0]}). Check the path and the format.") from None
    absent = [name for name in NEEDED if name not in table.columns]
    if absent:
        raise Refused(
            f"{path} has no column {absent[0]!r}: it needs {', '.join(NEEDED)}, and may have {', '.join(OPTIONAL)}."
        )
    if len(table) == 0:
        raise Refused(f"{path} holds no decision: write one row a decision.")
    learner, episode = (
        np.unique(table[name].cast(pl.String).to_numpy(), return_inverse=True)[1].astype(np.int64)
        for name in NEEDED[:2]
    )
    reward, propensity, target = (_numbers(table, name, path) for name in NEEDED[2:])
    support, foreseen, expected = (
        _numbers(table, name, path) if name in table.columns else np.full(len(table), missing)
        for name, missing in OPTIONAL.items()
    )
    return Logs(learner, episode, reward, propensity, target, support, foreseen, expected)


def _numbers(table: pl.DataFrame, name: str, path: Path) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = table[name].cast(pl.Float64, strict=False)
    if values.null_count() or not np.isfinite(values.to_numpy()).all():
        row = int(np.argmin(np.isfinite(values.fill_null(float("nan")).to_numpy())))
        raise Refused(f"{path}, row {row + 1}: {name} is {table[name][row]!r}, which is no number.")
    return values.to_numpy()


def _text(found: Estimate, arguments: argparse.Namespace) -> str:
    what = OUTCOMES[arguments.outcome] if arguments.file is None else "reward"
    name = arguments.policy or "the other policy"
    lines = [
        f"{found.decisions:,} decisions in {found.episodes:,} episodes of {found.learners:,} learners",
        f"{what} an episode: {found.logged:.3f} as it was",
        f"{name} would have brought {found.value:.3f} (95 % from {found.low:.3f} to {found.high:.3f})",
        f"{100 * found.support:.0f} % of its choices were possible in the log; weights worth {found.effective:,.0f} episodes",
    ]
    if found.thin:
        lines.append("Too few of its choices were possible in this log: take no decision on this estimate.")
    return "\n".join(lines)


COMMAND = Command(
    help="Estimate, doubly robust, what another policy would have brought where learners stood, for so many decisions in a row.\n"
    "From a district's log (its policy is asked again at every decision), or from a table with one decision a row: learner,\n"
    "episode, reward, propensity (with which it was made), target (the other policy's probability of the same); optional:\n"
    "support, foreseen, expected. Reads only.",
    example="headway evaluate-policy --policy frontier-1 --outcome right --horizon 3 --json",
    configure=_configure,
    run=_run,
    keys={
        "value, low, high": "mean sum of rewards an episode under the other policy, and its 95 % interval",
        "gain, gain_low, gain_high": "value less logged, with an interval of its own",
        "logged": "the same as it was, under the policies of the log",
        "weighted": "the estimate by weights alone, without regression",
        "episodes, learners, decisions": "what it rests on",
        "effective, largest": "how many episodes the weights are worth, and the largest weight",
        "support": "mean share of the other policy's choices that the log could have made",
        "thin": "true when that is below one half: nothing can be said",
        "policy": "the policy that was asked, empty with a FILE",
    },
)
