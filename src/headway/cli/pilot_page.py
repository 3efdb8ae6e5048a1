"""The report of a study as one HTML file: the paragraph, a chart, and all details behind. No scripts, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from headway.cli.plot import INK, MARK, SOFT

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#22201d}"
    "table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
    "th,td{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:right}th:first-child,td:first-child{text-align:left}"
    ".verdict{font-size:1.15rem;border-left:.3rem solid #0e5a53;padding-left:1rem}svg{max-width:100%;height:auto}"
    "code{overflow-wrap:anywhere}summary{cursor:pointer;font-weight:600}"
)

Row = tuple[str, ...]


def html_report(data: Mapping[str, Any], source: str) -> str:
    """Return the page; ``source`` names the table."""
    title = escape(str(data["question"]) or f"Study of {source}")
    parts = [
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
            f'content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head><body><main>'
        ),
        f"<h1>{title}</h1>",
    ]
    for one in data["results"]:
        parts += _one(one, str(data["control"]))
    if data["plan"]:
        parts += _plan(data["plan"])
    return "\n".join([*parts, "</main></body></html>\n"])


def _one(one: Mapping[str, Any], control: str) -> list[str]:
    rows = [(f"{one['outcome']}: {one['arm']}", one["g"], one["g_low"], one["g_high"])]
    for group in one["subgroups"]:
        rows += [
            (f"{group['name']}: {level['name']}", level["g"], level["g_low"], level["g_high"])
            for level in group["levels"]
        ]
    shown = [row for row in rows if row[1] is not None]
    parts = [
        f"<section><h2>{escape(one['outcome'])}: {escape(one['arm'])} beside {escape(control)}</h2>",
        f'<p class="verdict">{escape(one["verdict"])}</p>',
    ]
    if shown:
        parts.append(_chart(shown))
    parts += ["<details open><summary>The figures</summary>", _table(("", "value"), _figures(one)), "</details>"]
    parts += ["<details><summary>How far it can be trusted</summary>", *_trust(one), "</details>"]
    if one["subgroups"]:
        parts += ["<details><summary>Groups</summary>", *_groups(one["subgroups"]), "</details>"]
    parts += ["<details><summary>Next steps</summary>", *_gates(one["gates"]), "</details></section>"]
    return parts


def _said(value: Any, digits: int = 3) -> str:
    if value is None:
        return "not told"
    return f"{value:,.{digits}f}" if isinstance(value, float) else str(value)


def _figures(one: Mapping[str, Any]) -> list[Row]:
    counts, chance = one["counts"], one["randomisation"]
    rows: list[Row] = [
        ("Effect size g (95 % interval)", f"{_said(one['g'])} ({_said(one['g_low'])} to {_said(one['g_high'])})"),
        ("However often one looks", f"{_said(one['always_low'])} to {_said(one['always_high'])}"),
        ("Improvement index, percentile points", _said(one["improvement"], 1)),
        ("Adjusted difference, error, degrees of freedom",
         f"{_said(one['estimate'])}, {_said(one['error'])}, {_said(one['freedom'], 1)}"),
        ("p; adjusted for all questions", f"{_said(one['p'], 4)}; {_said(one['p_adjusted'], 4)}"),
        ("p by dealing again", "not done" if chance is None else f"{_said(chance['p'], 4)} ({chance['dealings']:,} dealings)"),
        ("Means, not adjusted", f"{_said(one['means'][0], 2)} and {_said(one['means'][1], 2)}"),
        ("Learners with an outcome", f"{counts['learners'][0]:,} and {counts['learners'][1]:,}"),
    ]  # fmt: skip
    if counts["units"]:
        rows.append(("Classes or schools", f"{counts['units'][0]:,} and {counts['units'][1]:,}"))
    if one["cost"]:
        cost = one["cost"]
        rows.append(("Cost a learner", _said(cost["learner"], 2)))
        rows.append(("Cost of a tenth of a standard deviation", _said(cost["tenth"], 2)))
        rows += [(f"of that, {kind}", _said(value, 2)) for kind, value in cost["kinds"].items()]
    return rows


def _trust(one: Mapping[str, Any]) -> list[str]:
    rows: list[Row] = []
    for name, lost in (("Learners", one["attrition"]), ("Classes or schools", one["unit_attrition"])):
        if lost:
            limits = "beyond the table" if lost["limits"] is None else " and ".join(f"{v:.1f}" for v in lost["limits"])
            verdict = (
                "low" if lost["low_cautious"] else "low if leaving is unrelated" if lost["low_optimistic"] else "high"
            )
            rows.append((name, f"{lost['overall']:.1f}", f"{lost['differential']:.1f}", limits, verdict))
    parts = ["<h3>Who left</h3>", _table(("", "overall %", "difference", "limits", "attrition"), rows)]
    if one["baseline"]:
        known = [(row["name"], _said(row["g"]), row["standing"]) for row in one["baseline"]]
        parts += ["<h3>Before the start</h3>", _table(("", "standardised difference", ""), known)]
    if one["usage"]:
        used = one["usage"]
        parts.append(
            f"<p>{100 * used['fidelity']:.0f} % of the treatment group and {100 * used['contamination']:.0f} % of the control "
            "group used it.</p>"
        )
        if used["compliers"]:
            g = used["compliers"]
            parts.append(
                f"<p>On those who used it because they got it: {_said(g['g'])} ({_said(g['g_low'])} to {_said(g['g_high'])}).</p>"
            )
    if one["sensitivity"]:
        parts += [
            "<h3>Without chance deciding</h3>",
            _table(("", "value"), [(k, _said(v)) for k, v in one["sensitivity"].items()]),
        ]
    tier = "none" if one["tier"] is None else f"{one['tier']} (candidate)"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in one["tier_reasons"])
    return [*parts, f"<h3>Evidence tier: {tier}</h3><ul>{reasons}</ul>"]


def _groups(groups: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = []
    for group in groups:
        rows = [
            (level["name"], "fewer than 10" if level["learners"] is None else " and ".join(map(str, level["learners"])),
             _said(level["g"]), f"{_said(level['g_low'])} to {_said(level['g_high'])}")
            for level in group["levels"]
        ]  # fmt: skip
        parts += [f"<h3>{escape(group['name'])}</h3>", _table(("", "learners", "g", "95 % interval"), rows)]
        if group["p"] is not None:
            word = "differ" if group["p"] < 0.05 else "may be the same"
            parts.append(f"<p>One test of all groups together: their effects {word} (p {group['p']:.3f}).</p>")
    return parts


def _gates(gates: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = []
    for gate in gates:
        missing = "".join(f"<li>{escape(text)}</li>" for text in gate["missing"])
        parts.append(f"<h3>{escape(gate['name'])}: {'open' if gate['open'] else 'not yet'}</h3><ul>{missing}</ul>")
    return parts


def _plan(plan: Mapping[str, Any]) -> list[str]:
    changes = "".join(f"<li>{escape(text)}</li>" for text in plan["changes"]) or "<li>Nothing was changed.</li>"
    return [f"<h2>The plan</h2><p>Frozen as <code>{escape(str(plan['sha256']))}</code>.</p><ul>{changes}</ul>"]


def _table(head: Row, rows: Sequence[Row]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table tabindex="0"><tr>{top}</tr>{body}</table>'


def _chart(rows: Sequence[tuple[str, float, float, float]]) -> str:
    """Effects with their 95 % intervals about 0, in standard deviations."""
    low, high = min(0.0, *(row[2] for row in rows)), max(0.0, *(row[3] for row in rows))
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return 230.0 + 480.0 * (value - low) / span

    said = "; ".join(f"{name} {g:.2f}, {a:.2f} to {b:.2f}" for name, g, a, b in rows)
    height = 34 * len(rows) + 40
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" width="760" role="img" font-size="14" '
            f'fill="{INK}" aria-label="{escape(f"Effects in standard deviations: {said}")}">'
        ),
        f'<path d="M{x(0.0):.1f} 6V{height - 30}" stroke="{SOFT}" stroke-dasharray="4 3"/>',
    ]
    for place, (name, g, a, b) in enumerate(rows):
        y = 22 + 34 * place
        parts.append(
            f'<text x="216" y="{y + 5}" text-anchor="end">{escape(name[:28])}</text>'
            f'<path d="M{x(a):.1f} {y}H{x(b):.1f}" stroke="{MARK}" stroke-width="2"/>'
            f'<circle cx="{x(g):.1f}" cy="{y}" r="5" fill="{MARK}"/>'
        )
    parts += [
        f'<text x="{x(v):.1f}" y="{height - 8}" text-anchor="middle">{v:.2f}</text>' for v in sorted({low, 0.0, high})
    ]
    return "".join([*parts, "</svg>"])
