"""The report of a fit as one HTML file: figures, reliability plot, buckets, fairness. No scripts, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from headway.core.mastery.fitting import FitReport
from headway.core.mastery.report import WORKING, Bucket, Quality

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:right}"
    "th:first-child,td:first-child,td.word{text-align:left}.off{font-weight:700}"
)


def html_report(report: FitReport, source: str) -> str:
    """Return the page; ``source`` names the log."""
    q, title = report.quality, f"{report.model} on {escape(source)}"
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{_STYLE}</style>",
        f"<h1>{title}</h1>",
        (
            f"<p>{report.responses:,} responses of {report.learners:,} learners, {report.items:,} items, {report.skills:,} "
            f"skills. Learners of the split with seed {report.seed} were held out; each of their responses is predicted "
            "from the earlier ones alone.</p>"
        ),
        _table(
            ("", "responses", "AUC", "log loss", "RMSE", "ECE"),
            [
                (name, f"{m.n:,}", f"{m.auc:.4f}", f"{m.log_loss:.4f}", f"{m.rmse:.4f}", f"{m.ece:.4f}")
                for name, m in (("held-out learners", report.test), ("training learners", report.train))
            ],
        ),
        "<h2>Calibration</h2>",
        (
            f"<p>Outcomes on predicted logits: slope {q.slope:.3f}, intercept {q.intercept:+.3f} (1 and 0 are perfect). Perfect "
            f"predictions would show an ECE below {q.noise:.4f} in 95 of 100 samples of this size.</p>"
        ),
        _plot(q),
        "<h2>By history, gap, group and skill</h2>",
        "<p>Parts of at least 1,000 responses. Groups are of behaviour, from each learner's first ten responses.</p>",
        _buckets(q.buckets),
        "<h2>Fairness</h2>",
        (
            f"<p>ABROCA is the area between a group's ROC curve and the others'. False mastery is the share of wrong "
            f"answers among those predicted at {WORKING} or more, its excess what lies above the "
            "share that the chances announce; the gaps are between the groups.</p>"
        ),
        _table(
            ("groups by", "largest ABROCA", "gap of false mastery", "gap of its excess"),
            [
                (kind, f"{q.abroca[kind]:.3f}", f"{q.false_mastery[kind]:.3f}", f"{q.excess[kind]:.3f}")
                for kind in sorted(q.abroca)
            ],
        ),
        "</html>\n",
    ]
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    top = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _buckets(buckets: tuple[Bucket, ...]) -> str:
    rows = [
        (
            f"{b.kind}: {b.name}",
            f"{b.metrics.n:,}",
            f"{b.metrics.auc:.3f}",
            f"{b.metrics.log_loss:.3f}",
            f"{b.metrics.ece:.3f}",
            f"{b.noise:.3f}",
            "yes" if b.calibrated else "no",
            f"{b.together:.3f}" if b.together else "",
        )
        for b in buckets
    ]
    return _table(
        ("part", "responses", "AUC", "log loss", "ECE", "ECE by chance", "calibrated", "ECE by learners"), rows
    )


def _plot(q: Quality) -> str:
    """Observed against predicted, the area of a point by its responses."""
    most = max(count for _, _, count in q.reliability)
    points = "".join(
        f'<circle cx="{40 + 300 * said:.1f}" cy="{320 - 300 * seen:.1f}" r="{3 + 9 * (count / most) ** 0.5:.1f}">'
        f"<title>predicted {said:.3f}, observed {seen:.3f}, {count:,} responses</title></circle>"
        for said, seen, count in q.reliability
    )
    return (
        '<svg viewBox="0 0 360 360" width="360" role="img" aria-label="Observed share right against predicted chance">'
        '<path d="M40 320H340M40 320V20M40 320L340 20" stroke="#888" fill="none"/>'
        f'<g fill="#0b57a4">{points}</g>'
        '<text x="190" y="352" text-anchor="middle" font-size="14">predicted</text>'
        '<text x="14" y="170" text-anchor="middle" font-size="14" transform="rotate(-90 14 170)">observed</text></svg>'
    )
