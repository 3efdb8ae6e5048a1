"""``headway fit``: fit a learner model on a response log and report how good it is on held-out learners."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import reading
from headway.core.mastery.fitting import FITTERS, FitReport, fit
from headway.core.mastery.frame import Frame, frame_of
from headway.standards.responses import read_responses


def read_frame(path: Path) -> Frame:
    """Read a Parquet response log. Refuses with the reason if it is missing, damaged or lacks a column."""
    with reading(path) as source:
        table = read_responses(source, path.name)
    try:
        return frame_of({n: table[n].to_list() if n == "skills" else table[n].to_numpy() for n in table.columns})
    except ValueError as error:
        raise Refused(f"{path}: {error}.") from error


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="Parquet, one response a row")
    parser.add_argument("--seed", type=int, default=0, help="which learners are held out (default 0)")
    parser.add_argument("--model", choices=sorted(FITTERS), default="additive-1", help="default: additive-1")
    parser.add_argument("--out", type=Path, help="write the fitted item difficulties and parameters here (JSON)")


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.out)
    frame = read_frame(arguments.file)
    steps = FITTERS[arguments.model][1]
    with progress() as bars:
        bar = bars.add_task(f"fitting {arguments.model}", total=steps)
        try:
            report = fit(
                frame,
                seed=arguments.seed,
                model=arguments.model,
                progress=lambda done: bars.update(bar, completed=done),
            )
        except ValueError as error:
            raise Refused(f"{arguments.file}: {error}.") from error
        bars.update(bar, completed=steps)
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(_artefact(frame, report), indent=1, sort_keys=True) + "\n")
    return Result(_data(report), _text(report))


def _data(report: FitReport) -> dict[str, object]:
    return {
        "model": report.model,
        "seed": report.seed,
        "learners": report.learners,
        "responses": report.responses,
        "items": report.items,
        "skills": report.skills,
        "train": asdict(report.train),
        "test": asdict(report.test),
        "base_rate": report.base_rate,
    }


def _artefact(frame: Frame, report: FitReport) -> dict[str, object]:
    names = (str(name) for name in frame.item_ids.tolist())
    difficulty = dict(zip(names, report.fitted.difficulty.round(6).tolist(), strict=True))
    return _data(report) | {"parameters": report.fitted.parameters, "difficulty": difficulty}


def _text(report: FitReport) -> str:
    test = report.test
    return (
        f"{report.model} on {report.responses:,} responses of {report.learners:,} learners "
        f"({report.items:,} items, {report.skills:,} skills), seed {report.seed}\n"
        f"held-out learners ({test.n:,} responses): AUC {test.auc:.4f}, log loss {test.log_loss:.4f}, "
        f"RMSE {test.rmse:.4f}, ECE {test.ece:.4f}; {100 * report.base_rate:.1f} % of them right\n"
        f"training learners: AUC {report.train.auc:.4f}, log loss {report.train.log_loss:.4f}"
    )


COMMAND = Command(
    help="Fit a learner model on a response log (Parquet with student, skill or skills, correct and, where known, "
    "item, order, timestamp_ms) and measure it on the 20 % of learners that it has not seen.",
    example="headway fit responses.parquet --seed 0 --json",
    configure=_configure,
    run=_run,
    keys={
        "model, seed, learners, responses, items, skills": "what was fitted on what",
        "test.auc": "area under the ROC curve on held-out learners, every response predicted one step ahead",
        "test.log_loss": "mean log loss in nats",
        "test.rmse": "root mean squared error",
        "test.ece": "expected calibration error, 15 equal bins",
        "test.n": "responses of held-out learners",
        "train.…": "the same on the learners that it was fitted on",
        "base_rate": "share right among the held-out responses",
    },
)
