"""``headway fit``: fit a learner model on a response log and report how good it is on held-out learners."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rich.progress import Progress

from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import reading
from headway.cli.fit_parts import MOST_IN_MEMORY, files_of, opened, rows_of
from headway.cli.fit_report import html_report
from headway.cli.fit_store import columns_of
from headway.core.mastery.additive import Additive, additive_of, weights_of
from headway.core.mastery.fitting import FITTERS, FitReport, artefact, cross_validate, fit
from headway.core.mastery.frame import Frame, Ids, frame_of, split
from headway.core.mastery.hybrid.artefact import dump
from headway.core.mastery.hybrid.trees import MissingTrainer
from headway.core.mastery.metrics import Metrics
from headway.core.mastery.report import ENOUGH
from headway.core.mastery.scale.fitters import FROM_WEIGHTS, IN_PARTS
from headway.core.mastery.scale.measured import fit_in_parts
from headway.core.mastery.scale.parts import InMemory
from headway.standards.responses import read_responses


def read_frame(path: Path) -> Frame:
    """Read a Parquet response log. Refuses with the reason if it is missing, damaged or lacks a column."""
    with reading(path) as source:
        table = read_responses(source, path.name)
    try:
        return frame_of(columns_of(table))
    except ValueError as error:
        raise Refused(f"{path}: {error}.") from error


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="Parquet, one response a row; or a folder of such files"
    )
    parser.add_argument("--seed", type=int, default=0, help="which learners are held out (default 0)")
    parser.add_argument("--model", choices=sorted(FITTERS), default="additive-1", help="default: additive-1")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate by learner in so many folds as well")
    parser.add_argument("--report", type=Path, help="write the whole report here (HTML, one file)")
    parser.add_argument("--start", type=Path, help="start from the weights that an earlier fit wrote with --out")
    parser.add_argument("--artefact", type=Path, help="write the model itself here (hybrid-1 only), ready to be served")
    parser.add_argument(
        "--parts", type=Path, metavar="FOLDER", help="fit out of core: cut the log into parts here and keep them"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes that work on the parts (default 1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="let the workers of this Dask scheduler work on the parts")
    parser.add_argument("--out", type=Path, help="write the fitted item difficulties and parameters here (JSON)")


def _run(arguments: argparse.Namespace) -> Result:
    for path in (arguments.out, arguments.report, arguments.artefact):
        will_write(path)
    if arguments.start is not None and arguments.model not in FROM_WEIGHTS:
        raise Refused(f"--start is for {', '.join(FROM_WEIGHTS)}: leave it out for {arguments.model}.")
    files = files_of(arguments.file)
    apart = arguments.parts is not None or arguments.cluster is not None or arguments.workers > 1
    if apart or (arguments.model in IN_PARTS and (len(files) > 1 or rows_of(files) > MOST_IN_MEMORY)):
        return _run_in_parts(arguments, files)
    frame = read_frame(files[0])
    with progress() as bars:
        report = _fitted(arguments, bars, lambda tick: _whole(frame, arguments, tick))
        folds = _folds(frame, arguments, bars)
    if arguments.artefact is not None:
        arguments.artefact.write_bytes(_dumped(frame, report, arguments.file.name))
    return _written(arguments, report, (frame.item_ids, frame.skill_ids), folds)


def _run_in_parts(arguments: argparse.Namespace, files: list[Path]) -> Result:
    """Fit out of core. Cross-validation wants the log in memory."""
    if arguments.folds:
        raise Refused("--folds wants the whole log in memory: leave it out, or fit a smaller log.")
    if arguments.artefact is not None and arguments.model != "hybrid-1":
        raise Refused(f"--artefact: {arguments.model} is not served from an artefact: fit hybrid-1.")
    with progress() as bars:
        bar = bars.add_task("cutting the log into parts", total=None)
        with opened(
            files,
            arguments.parts,
            model=arguments.model,
            seed=arguments.seed,
            cluster=arguments.cluster,
            workers=arguments.workers,
            told=lambda done, of: bars.update(bar, completed=done, total=of),
        ) as parts:
            bars.update(bar, completed=parts.parts, total=parts.parts)
            start = started(arguments.start, parts.item_ids, parts.skill_ids)
            report = _fitted(
                arguments,
                bars,
                lambda tick: fit_in_parts(
                    parts, seed=arguments.seed, model=arguments.model, start=start, progress=tick
                ),
            )
            fitted_on = report.fitted.fitted_on
            if arguments.artefact is not None and fitted_on is not None:
                arguments.artefact.write_bytes(_dumped(fitted_on, report, arguments.file.name))
            return _written(arguments, report, (parts.item_ids, parts.skill_ids), ())


def _fitted(
    arguments: argparse.Namespace, bars: Progress, work: Callable[[Callable[[int], None]], FitReport]
) -> FitReport:
    steps = FITTERS[arguments.model][1]
    bar = bars.add_task(f"fitting {arguments.model}", total=steps)
    try:
        report = work(lambda done: bars.update(bar, completed=done))
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from error
    except MissingTrainer as error:
        raise Refused(str(error)) from error
    bars.update(bar, completed=steps)
    return report


def _whole(frame: Frame, arguments: argparse.Namespace, tick: Callable[[int], None]) -> FitReport:
    """Fit in memory, from the weights of an earlier fit where they are named."""
    seed, model = arguments.seed, arguments.model
    if arguments.start is None:
        return fit(frame, seed=seed, model=model, progress=tick)
    if len(frame.students) < 5:
        raise ValueError("at least five learners are needed to hold some out")
    parts = InMemory(frame, frame.rows_of(split(frame, seed)[0]))
    start = started(arguments.start, frame.item_ids, frame.skill_ids)
    return fit_in_parts(parts, seed=seed, model=model, start=start, progress=tick)


def started(path: Path | None, items: Ids, skills: Ids) -> Additive | None:
    """Read the weights that a fit wrote with ``--out``. Raises Refused for a file that holds none."""
    if path is None:
        return None
    with reading(path) as source:
        try:
            return additive_of(json.load(source)["weights"], items, skills)
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(
                f"{path} holds no weights ({error}). Name what `headway fit --out` wrote of this model."
            ) from error


def _written(
    arguments: argparse.Namespace, report: FitReport, ids: tuple[Ids, Ids], folds: tuple[Metrics, ...]
) -> Result:
    """Write the files that were asked for and return what is printed."""
    if arguments.report is not None:
        arguments.report.write_text(html_report(report, arguments.file.name))
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(_artefact(*ids, report), indent=1, sort_keys=True) + "\n")
    data = _data(report) | {"quality": asdict(report.quality)}
    if folds:
        data["folds"] = [asdict(each) for each in folds]
    return Result(data, _text(report) + _fold_text(folds))


def _folds(frame: Frame, arguments: argparse.Namespace, bars: Progress) -> tuple[Metrics, ...]:
    if arguments.folds == 0:
        return ()
    bar = bars.add_task("cross-validating", total=arguments.folds)
    try:
        return cross_validate(
            frame,
            arguments.folds,
            seed=arguments.seed,
            model=arguments.model,
            progress=lambda done: bars.update(bar, completed=done),
        )
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from error


def _dumped(frame: Frame, report: FitReport, name: str) -> bytes:
    try:
        return dump(artefact(frame, report, name))
    except ValueError as error:
        raise Refused(f"--artefact: {error}.") from error


def _fold_text(folds: tuple[Metrics, ...]) -> str:
    if not folds:
        return ""
    found = np.array([each.auc for each in folds])
    return f"\n{len(folds)} folds by learner: AUC {found.mean():.4f}, from {found.min():.4f} to {found.max():.4f}"


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


def _artefact(items: Ids, skills: Ids, report: FitReport) -> dict[str, object]:
    names = (str(name) for name in items.tolist())
    difficulty = dict(zip(names, report.fitted.difficulty.round(6).tolist(), strict=True))
    found = _data(report) | {"parameters": report.fitted.parameters, "difficulty": difficulty}
    weights = report.fitted.additive
    return found if weights is None else found | {"weights": weights_of(weights, items, skills)}


def _text(report: FitReport) -> str:
    test = report.test
    q = report.quality
    off = [f"{b.kind} {b.name}" for b in q.buckets if not b.calibrated]
    return (
        f"{report.model} on {report.responses:,} responses of {report.learners:,} learners "
        f"({report.items:,} items, {report.skills:,} skills), seed {report.seed}\n"
        f"held-out learners ({test.n:,} responses): AUC {test.auc:.4f}, log loss {test.log_loss:.4f}, "
        f"RMSE {test.rmse:.4f}, ECE {test.ece:.4f}; {100 * report.base_rate:.1f} % of them right\n"
        f"training learners: AUC {report.train.auc:.4f}, log loss {report.train.log_loss:.4f}\n"
        f"calibration: slope {q.slope:.3f}; {len(q.buckets)} groups of {ENOUGH:,} or more responses, "
        f"off by more than 0.03 and chance: {', '.join(off) or 'none'}"
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
        "quality": "the held-out responses in detail: intercept and slope of outcomes on predicted logits, reliability "
        "(predicted, observed, count a bin), buckets by skill, history, gap and group with their metrics and the "
        "calibration error that chance alone makes (noise), abroca, false_mastery and its excess by kind of group",
        "folds": "metrics of each fold, with --folds",
    },
)
