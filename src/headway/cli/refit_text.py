"""What ``headway refit`` says to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway.school.mastery.models import ModelChange, RefitReport

SAID = {
    "better": "It is better beyond noise, and no group is harmed: a leader may promote it.",
    "not-better": "It is not better beyond noise: the model in force stays.",
    "harms": "A group of learners would be predicted worse: the model in force stays.",
    "too-little": "There are too few later answers to compare them: the model in force stays.",
}


def report_text(report: RefitReport) -> str:
    """The report in a few lines."""
    body = report.body
    found, card = body["comparison"], body["card"]
    whose = "simulated learners" if card["simulated"] else "learners"
    lines = [
        f"{report.challenger} fitted on {card['responses']:,} first answers of {card['learners']:,} {whose}",
        f"compared with {report.champion} on {found['responses']:,} later answers of {found['learners']:,}:",
        _row("log loss", found["champion"]["log_loss"], found["challenger"]["log_loss"], found["log_loss"]),
        _row("Brier score", found["champion"]["brier"], found["challenger"]["brier"], found["brier"]),
        f"  AUC         {found['champion']['auc']:.4f} -> {found['challenger']['auc']:.4f}",
        f"  ECE         {found['champion']['ece']:.4f} -> {found['challenger']['ece']:.4f}",
        *(f"  harmed: {kind} {name}" for kind, name in body["harmed"]),
        SAID[report.verdict],
        f"refit {report.refit_id}, report {report.digest}",
    ]
    return "\n".join(lines)


def _row(name: str, before: float, after: float, gap: dict[str, float | None]) -> str:
    mean, low, high = (gap[key] for key in ("mean", "low", "high"))
    reach = f"99 % interval {low:+.5f} to {high:+.5f}" if low is not None and high is not None else "no interval"
    return f"  {name:<11} {before:.4f} -> {after:.4f} ({mean:+.5f}, {reach})"


def history_text(changes: Sequence[ModelChange]) -> str:
    """Decisions, one a line."""
    return "\n".join(_line(change) for change in changes) or "Nothing was decided yet: the model that ships serves."


def _line(change: ModelChange) -> str:
    when = datetime.fromtimestamp(change.at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    why = f": {change.reason}" if change.reason else ""
    if change.kind == "refused":
        return f"{when}  refused by {change.by.name}{why}; {change.model} goes on"
    return f"{when}  {change.kind} by {change.by.name}{why}; {change.model} instead of {change.before}"


def change_data(change: ModelChange) -> dict[str, Any]:
    """A decision for ``--json``."""
    return {
        "kind": change.kind,
        "model": change.model,
        "before": change.before,
        "refit": str(change.refit_id or ""),
        "digest": change.digest,
        "by": change.by.name,
        "reason": change.reason,
        "at": change.at,
        "starts": change.starts,
    }
