"""``headway judge fit``: a scale from comparative judgements, with its errors, reliability and judges."""

from __future__ import annotations

from headway.cli import one_core as one_core  # isort: skip  (before NumPy)

import argparse
import csv
import time
from pathlib import Path
from typing import Any

import numpy as np

from headway.cli.command import Command, Refused, Result, will_write
from headway.cli.files import reading
from headway.cli.plot import caterpillar, save
from headway.core.measurement.judgement.comparisons import Comparisons
from headway.core.measurement.judgement.judges import script_misfit
from headway.core.measurement.judgement.reliability import audit, finish, split_half
from headway.core.measurement.judgement.scale import Anchor, Scale, fit_scale
from headway.standards.judgements import read_judgements

FEWEST_DOUBLED = 10
"""Rows; fewer can agree by chance."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Parquet with winner, loser and judge")
    parser.add_argument("--anchors", type=Path, help="CSV with script, score and error of scripts with known scores")
    parser.add_argument("--target", type=_share, default=0.80, help="reliability that is wanted (default 0.80)")
    parser.add_argument(
        "--splits", type=_count, default=20, help="halvings of the judges; 0 leaves them out (default 20)"
    )
    parser.add_argument("--seed", type=int, default=0, help="which halves (default 0)")
    parser.add_argument("--plot", type=Path, help="write the scores with their errors here (SVG)")


def _share(value: str) -> float:
    number = float(value)
    if not 0.0 < number < 1.0:
        raise argparse.ArgumentTypeError("a reliability lies between 0 and 1")
    return number


def _count(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 1000:
        raise argparse.ArgumentTypeError("0 to 1000 halvings")
    return number


def _run(arguments: argparse.Namespace) -> Result:
    will_write(arguments.plot)
    with reading(arguments.file) as source:
        comparisons = read_judgements(source, arguments.file.name)
    anchors = _anchors(arguments.anchors) if arguments.anchors else {}
    known = [name for name in comparisons.scripts if name in anchors]
    if anchors and not known:
        raise Refused(f"{arguments.anchors}: none of its scripts is in {arguments.file}. Check the names.")
    began = time.process_time()
    try:
        scale = fit_scale(comparisons, anchors)
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from None
    seconds = time.process_time() - began
    data = _data(scale, arguments, seconds, known)
    if arguments.plot is not None:
        title = f"{len(scale.scripts):,} scripts, reliability {scale.reliability:.2f}"
        svg = caterpillar(title, "score in logits", scale.scripts, scale.score.tolist(), scale.error.tolist())
        save(arguments.plot, svg)
    return Result(data, _text(data))


def _anchors(path: Path) -> dict[str, Anchor]:
    found = {}
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            found[row["script"].strip()] = Anchor(float(row["score"]), float(row["error"]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path} cannot be read as CSV ({error}). Save it as CSV in UTF-8.") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(f"{path} needs the columns script, score and error, with numbers in the last two.") from None
    return found


def _data(scale: Scale, arguments: argparse.Namespace, seconds: float, anchors: list[str]) -> dict[str, Any]:
    end = finish(scale, target=arguments.target)
    halves = split_half(scale.comparisons, seed=arguments.seed, splits=arguments.splits) if arguments.splits else None
    drawn = audit(scale.comparisons)
    misfit = script_misfit(scale.comparisons, scale.score)
    order = np.argsort(-scale.score, kind="stable").tolist()
    return {
        "comparisons": len(scale.comparisons),
        "reliability": round(scale.reliability, 4),
        "signal": round(scale.signal, 4),
        "separation": _number(scale.separation) if scale.separation > -1.0 else None,
        "split_half": None if halves is None else round(halves.reliability, 4),
        "audit": None if drawn is None else {
            "decisions": drawn.decisions, "agreement": round(drawn.agreement, 4),
            "expected": round(drawn.expected, 4), "bits": round(drawn.bits, 4),
        },
        "spread": round(scale.spread, 4),
        "enough": end.ready,
        "more": end.more,
        "anchors": anchors,
        "method": scale.posterior.method,
        "log_likelihood": round(scale.posterior.evidence - len(scale.comparisons) * float(np.log(2.0)), 4),
        "cpu_seconds": round(seconds, 4),
        "scripts": [
            {"script": scale.scripts[k], "score": round(float(scale.score[k]), 5), "error": round(float(scale.error[k]), 5),
             "comparisons": int(scale.counts[k]), "infit": round(float(misfit[k]), 4)}
            for k in order
        ],
        "judges": _judges(scale),
        "warnings": _warnings(scale),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None


def _judges(scale: Scale) -> list[dict[str, Any]]:
    fit = scale.judges
    return [
        {"judge": name, "decisions": int(fit.decisions[k]), "infit": _number(fit.infit[k]), "outfit": _number(fit.outfit[k]),
         "infit_z": _number(fit.infit_z[k]), "consistency": _number(fit.consistency[k]),
         "consistency_error": _number(fit.consistency_error[k]), "agreement": _number(fit.agreement[k]),
         "left_bias": _number(fit.left_bias[k]), "left_error": _number(fit.left_error[k]),
         "seconds": _number(fit.seconds[k]), "misfit": bool(fit.misfit[k]), "hasty": bool(fit.hasty[k])}
        for k, name in enumerate(scale.comparisons.judges)
    ]  # fmt: skip


def _warnings(scale: Scale) -> list[str]:
    found = []
    if len(scale.comparisons.judges) == 1:
        found.append("one judge: the scale is that person's view, and no judge can be compared with others")
    if scale.signal < 0.9:
        found.append("the decisions may be tosses of a coin: there is little sign of a common scale")
    if _doubled(scale.comparisons):
        found.append(
            "the second half of the rows repeats the first row by row, and each counts; take out what is there twice"
        )
    few = int((scale.counts < 5).sum())
    if few:
        have = "script has" if few == 1 else "scripts have"
        found.append(f"{few} {have} fewer than five comparisons; so few say little of a script")
    return found


def _doubled(comparisons: Comparisons) -> bool:
    """Whether a file was put together twice. A judge may meet a pair again and again; that whole halves agree is a slip."""
    half, odd = divmod(len(comparisons), 2)
    rows = np.column_stack([comparisons.winner, comparisons.loser, comparisons.judge])
    return not odd and half >= FEWEST_DOUBLED and bool((rows[:half] == rows[half:]).all())


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"


def _needs(more: int) -> str:
    return f"about {_many(more, 'decision')} more"


def _text(data: dict[str, Any]) -> str:
    more = {None: "too early to say how many more decisions are needed", 0: "enough for the target"}
    needed = data["more"]
    beside = [
        f"{name} {value:.3f}"
        for name, value in (("published formula", data["separation"]), ("split half", data["split_half"]))
        if value is not None
    ]
    beside += [] if data["split_half"] is not None else ["the judges cannot be split into halves that saw every script"]
    reliability = f"reliability {data['reliability']:.3f} (holds under adaptive pairing); {', '.join(beside)}"
    size = (
        f"{_many(len(data['scripts']), 'script')}, {_many(data['comparisons'], 'decision')}, "
        f"{_many(len(data['judges']), 'judge')}, {data['cpu_seconds']:.2f} CPU seconds"
    )
    rows = [size, reliability, f"precision   {more[needed] if needed in more else _needs(needed)}"]
    rows += [f"warning      {line}" for line in data["warnings"]]
    off = [judge["judge"] for judge in data["judges"] if judge["misfit"]]
    if off:
        rows.append(f"judges that decide unlike the others: {', '.join(off[:10])}")
    rows += ["", "    score  error  n    script"]
    shown = data["scripts"] if len(data["scripts"]) <= 20 else [*data["scripts"][:10], *data["scripts"][-10:]]
    rows += [f"  {s['score']:7.3f} {s['error']:6.3f}  {s['comparisons']:<4} {s['script']}" for s in shown]
    if len(shown) < len(data["scripts"]):
        rows.insert(-10, f"  … {len(data['scripts']) - 20:,} more; --json lists all")
    return "\n".join(rows)


COMMAND = Command(
    help="Scale scripts from decisions between two of them (Bradley-Terry with an estimated spread): scores with "
    "standard errors, reliability that holds under adaptive pairing, and how each judge decides. CSV or Parquet with "
    "winner and loser (or candidate_chosen, candidate_not_chosen), and where known judge, left, seconds, audit.",
    example="headway judge fit judgements.csv --plot scores.svg --json",
    configure=_configure,
    run=_run,
    keys={
        "reliability": "expected squared correlation with the true scores, 0 to 1; holds however pairs were chosen",
        "signal": "how far the decisions speak against tosses of a coin: 0 not at all, 1 clearly; 0 makes reliability 0",
        "separation": "scale separation reliability as it is published; adaptive pairing inflates it; null when it means nothing",
        "split_half": "two halves of the judges, stepped up (Spearman-Brown); null when no split is possible",
        "audit": "decisions on random pairs as foretold by the others: agreement, expected agreement, bits; null without",
        "spread": "standard deviation of the scripts in logits",
        "enough, more": "whether the target is reached, and about how many more decisions it needs (null: too early)",
        "scripts": "script, score and standard error in logits, comparisons, infit; the highest first",
        "judges": "decisions, infit, outfit, infit_z, consistency (1 as the others, 0 a coin), agreement, left_bias "
        "(log odds), median seconds, misfit, hasty; null where the table does not tell",
        "comparisons, anchors, method": "what was fitted: decisions, scripts held at known scores, laplace or ep",
        "log_likelihood": "log marginal likelihood of the decisions",
        "cpu_seconds": "of the fit: scores, errors, reliability, separation and judges",
        "warnings": "what to keep in mind",
    },
)
