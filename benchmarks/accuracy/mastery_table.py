"""Judging the kept fits of ``benchmarks accuracy`` and printing the table."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.accuracy.mastery_fits import KEPT, SCENARIOS, SCIENCE, SEEDS, TARGETS, Case, kept, path_of

from headway.core.mastery.metrics import measure
from headway.core.mastery.report import Quality, paired_bootstrap, quality

PAIRS = (("hybrid-1", "best-lr"), ("additive-1", "best-lr"), ("additive-2", "best-lr"), ("hybrid-1", "additive-2"))
HEAD = (
    *(
        "log, split",
        "best known",
        "wanted",
        "hybrid-1",
        "seeds 1-4",
        "nested",
        "ECE",
        "slope",
        "parts off",
        "on seeds 1-4",
    ),
    *("core alone over Best-LR", "with transfer", "seeds 1-4"),
)
MARGIN = 0.008
"""What the core must lie above Best-LR."""
RESULTS = Path(__file__).with_name("mastery_results.json")
"""What was measured last, by scenario; it travels with the code and the documentation cites it."""


def verdict_path(name: str) -> Path:
    """Where a scenario's judgement is kept: the name changes with its fits and with what judges."""
    files = "".join(path_of(name, model).name for model in SCENARIOS[name].models)
    judged_by = (SCIENCE / "report.py").read_bytes()
    return KEPT / f"{name}-{blake2b(files.encode() + judged_by, digest_size=6).hexdigest()}.json"


def judge(name: str, case: Case) -> None:
    """Measure the kept fits of a scenario on its held-out rows, compare them learner by learner, and keep the result."""
    y, found = case.frame.correct[case.held], dict[str, Any]()
    chances = {}
    for model in SCENARIOS[name].models:
        chances[model], seconds = kept(name, model)
        found[model] = asdict(measure(y, chances[model])) | {"seconds": seconds}
    if SCENARIOS[name].target:
        learner = np.repeat(np.arange(len(case.frame.students)), np.diff(case.frame.starts))[case.held]
        learner = np.unique(learner, return_inverse=True)[1].astype(np.int64)
        found["pairs"] = [
            [one, other, *paired_bootstrap(learner, y, chances[one], chances[other])] for one, other in PAIRS
        ]
    predicted = np.full(len(case.held), 0.5)
    predicted[case.held] = chances["hybrid-1"]
    found["quality"] = _told(quality(case.frame, case.held, predicted))
    verdict_path(name).write_text(json.dumps(found))
    record(name, found)


def record(name: str, found: dict[str, Any]) -> None:
    """Note a judgement in ``RESULTS``, which is kept with the code: what was measured, and under which hash of it."""
    told = recorded()
    told[name] = {"code": code_of(name), **_rounded(found)}
    RESULTS.write_text(json.dumps({each: told[each] for each in SCENARIOS if each in told}, indent=1) + "\n")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value


def code_of(name: str) -> str:
    """Return the hash of what fits and judges a scenario."""
    return verdict_path(name).stem.rsplit("-", 1)[1]


def _told(q: Quality) -> dict[str, Any]:
    off = [
        f"{b.kind} {b.name} ({b.metrics.ece:.3f}, {b.metrics.n:,}; learners make {b.together:.3f})"
        for b in q.buckets
        if not b.calibrated
    ]
    return {
        "slope": q.slope,
        "noise": q.noise,
        "parts": len(q.buckets),
        "off": off,
        "beyond": sum(b.metrics.ece > b.together for b in q.buckets if not b.calibrated),
        "gaps": {kind: [gap, q.excess[kind]] for kind, gap in q.false_mastery.items()},
    }


def verdict(name: str) -> dict[str, Any] | None:
    """Return a kept judgement, None if there is none of this code here."""
    path = verdict_path(name)
    return dict(json.loads(path.read_text())) if path.exists() else None


def recorded() -> dict[str, dict[str, Any]]:
    """Return what ``RESULTS`` holds, by scenario."""
    return dict(json.loads(RESULTS.read_text())) if RESULTS.exists() else {}


def print_scenario(name: str) -> None:
    """Print what was found of one scenario, a line a model, and how they compare."""
    found = verdict(name)
    if found is None:
        return
    for model in SCENARIOS[name].models:
        m = found[model]
        spent = f"{m['seconds']:6.1f} s" if m["seconds"] else ""
        print(
            f"{name:<30} {model:<11} AUC {m['auc']:.4f}  log loss {m['log_loss']:.4f}  RMSE {m['rmse']:.4f}  "
            f"ECE {m['ece']:.4f}  {spent}"
        )
    for one, other, more, low, high in found.get("pairs", []):
        print(f"{name:<30} {one} over {other}: {more:+.4f} AUC (95 % {low:+.4f} to {high:+.4f})")
    if "quality" in found:
        q = found["quality"]
        gaps = ", ".join(f"{kind} {gap:.3f} ({excess:.3f})" for kind, (gap, excess) in q["gaps"].items())
        print(
            f"{name:<30} slope {q['slope']:.3f}; ECE by chance {q['noise']:.4f}; {len(q['off'])} of {q['parts']} parts off, "
            f"{q['beyond']} by more than learners make: "
            f"{'; '.join(q['off']) or 'none'}; gaps of false mastery (of its excess): {gaps}",
            flush=True,
        )


def table() -> list[str]:
    """Return the table, a Markdown row a target; a dash stands where parts are still to be fitted, a star by what was
    not measured here with this code but stands in ``RESULTS``."""
    rows = [f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}"]
    for name, scenario in TARGETS.items():
        found = _last(name)
        if found is None:
            rows.append(f"| {name} | {scenario.known} | {scenario.target:.3f} |{' – |' * (len(HEAD) - 3)}")
            continue
        seeds = [_last(f"{name[:-1]}{seed}") for seed in SEEDS] if scenario.split != "gervet" else []
        others, nested = [each for each in seeds if each is not None], _last(f"{name}-nested")
        q, pairs = found["quality"], {(p[0], p[1]): p[2:] for p in found["pairs"]}
        auc = found["hybrid-1"]["auc"]
        cells = (
            _named(name),
            scenario.known,
            f"{scenario.target:.3f}",
            f"{auc:.4f}{'' if auc >= scenario.target else ' (short)'}",
            _mean(others, "hybrid-1", None),
            f"{nested['hybrid-1']['auc']:.4f}" if nested else "–",
            f"{found['hybrid-1']['ece']:.4f}",
            f"{q['slope']:.3f}",
            f"{len(q['off'])} of {q['parts']}",
            _off(others),
            _difference(pairs["additive-1", "best-lr"]),
            _difference(pairs["additive-2", "best-lr"]),
            _mean(others, "additive-1", "best-lr"),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _last(name: str) -> dict[str, Any] | None:
    return verdict(name) or recorded().get(name)


def _named(name: str) -> str:
    return name if verdict(name) else f"{name}*"


def _difference(pair: list[float]) -> str:
    more, low, high = pair
    return f"{more:+.4f} ({low:+.4f} to {high:+.4f}){'' if more >= MARGIN else ' (short)'}"


def _mean(others: list[dict[str, Any]], model: str, less: str | None) -> str:
    """The mean over the seeds, or over those that are there, with how many; less another model's, where one is named."""
    if not others:
        return "–"
    values = [each[model]["auc"] - (each[less]["auc"] if less else 0.0) for each in others]
    told = f"{np.mean(values):+.4f}" if less else f"{np.mean(values):.4f}"
    return told if len(values) == len(SEEDS) else f"{told} ({len(values)} of {len(SEEDS)})"


def _off(others: list[dict[str, Any]]) -> str:
    """Parts off on the other seeds, added up."""
    told = [each["quality"] for each in others]
    return f"{sum(len(q['off']) for q in told)} of {sum(q['parts'] for q in told)}" if told else "–"
