"""What ``headway pilot analyse`` prints: JSON with stable keys, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from headway.core.evidence.pilots.analyse import Analysis, Judged
from headway.core.evidence.pilots.compare import Comparison, Found
from headway.core.evidence.pilots.costs import Cost
from headway.core.evidence.pilots.effects import Effect, size_word
from headway.core.evidence.pilots.gates import Gate
from headway.core.evidence.pilots.study import Study
from headway.core.evidence.pilots.subgroups import Subgroup
from headway.core.evidence.pilots.wwc import Attrition

KEYS = {
    "design, unit, arms, learners": "what was analysed; arms in order, the control first",
    "results[].outcome, arm": "one entry an outcome and arm",
    "results[].verdict": "the paragraph, at most 120 words",
    "results[].advice": "spread, keep testing, stop, cannot tell yet, too few units or not equivalent",
    "results[].more": "units of the same kind that would settle it, or null",
    "results[].tier, tier_reasons": "ESSA tier this is a candidate for (1 to 4, null for none), and why not more",
    "results[].estimate, error, freedom, low, high": "adjusted difference in units of the outcome, error (CR3, fairly scaled), "
    "Satterthwaite degrees of freedom, 95 % interval; null where groups are not equivalent",
    "results[].p, p_adjusted, significant": "t test; the larger p of both tests adjusted for all questions asked (Benjamini and "
    "Hochberg); null with fewer than ten units",
    "results[].randomisation": "p, smallest p possible, dealings, exact; null where it was not done",
    "results[].g, g_low, g_high, improvement, size": "Hedges' g with 95 % interval, improvement index, Kraft's size",
    "results[].always_low, always_high": "interval of g that holds however often one looks",
    "results[].bar": "how many standard errors from 0 this look asks for",
    "results[].worthwhile": "probability that g is above --worth, if nothing was known before",
    "results[].counts": "assigned, learners and units by (arm, control); sites",
    "results[].means, sd, explained, icc": "unadjusted means (arm, control), pooled standard deviation, R squared, share between "
    "units",
    "results[].attrition, unit_attrition": "overall and differential in percent, limits (cautious, optimistic), low under each",
    "results[].baseline[]": "name, g, standing: alike, adjust (up to 0.25) or apart",
    "results[].usage": "fidelity, contamination, first-stage strength, and g of compliers with interval; null without --exposed",
    "results[].subgroups[]": "name, p of equal effects, levels with learners, g, low, high; null below ten learners",
    "results[].cost": "learner, tenth (of a standard deviation) with tenth_low and tenth_high, kinds; null without --costs",
    "results[].sensitivity": "robustness value, unadjusted g, gains (difference in differences), for comparisons without chance",
    "results[].adjusted_for, filled, left_out, unmatched": "covariates; those with gaps; those that said nothing; treated "
    "learners without a match",
    "results[].gates[]": "spread and scale: open, and what is missing",
    "plan": "sha256, intact, allocation (kept, broken, none), changes; null without --plan",
    "cpu_seconds": "processor time of the analysis, without reading and writing",
}


def _number(value: float | None, digits: int = 5) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), digits)


def data_of(study: Study, found: Analysis, seconds: float, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result with the keys that the command documents."""
    checked = found.checked
    return {
        "design": study.roles.design,
        "unit": study.roles.unit,
        "control": study.roles.control,
        "arms": list(study.arms),
        "learners": study.rows,
        "question": plan.get("question", ""),
        "results": [_result(each) for each in found.judged],
        "plan": None if checked is None else {
            "sha256": plan.get("sha256"), "intact": checked.intact, "allocation": checked.allocation,
            "moved": checked.moved, "changes": [str(text) for text in checked.changes],
        },
        "cpu_seconds": round(seconds, 4),
    }  # fmt: skip


def _result(each: Judged) -> dict[str, Any]:
    compared = each.compared
    return {
        "outcome": compared.outcome,
        "arm": compared.arm,
        "verdict": " ".join(str(sentence) for sentence in each.verdict.sentences),
        "advice": each.verdict.advice,
        "more": each.verdict.more,
        "worthwhile": _number(each.verdict.worthwhile),
        "tier": each.tier.candidate,
        "tier_reasons": [str(reason) for reason in each.tier.reasons],
        "p_adjusted": _number(each.p_adjusted, 6),
        "significant": each.holds,
        **_found(compared.found),
        "counts": {
            "assigned": list(compared.assigned), "learners": list(compared.learners),
            "units": None if compared.units is None else list(compared.units), "sites": compared.sites,
        },
        "means": [_number(value) for value in compared.means],
        "sd": _number(compared.sd),
        "attrition": _attrition(compared.attrition),
        "unit_attrition": _attrition(compared.unit_attrition),
        "baseline": [{"name": row.name, "g": _number(row.g), "standing": row.standing} for row in compared.baseline],
        "usage": _usage(compared),
        "subgroups": [_subgroup(group) for group in compared.subgroups],
        "cost": _cost(each.cost),
        "sensitivity": {name: _number(value) for name, value in compared.sensitivity.items()},
        "adjusted_for": list(compared.adjusted_for),
        "filled": list(compared.filled),
        "left_out": list(compared.left_out),
        "unmatched": compared.unmatched,
        "gates": [_gate(gate) for gate in each.gates],
    }  # fmt: skip


def _found(found: Found | None) -> dict[str, Any]:
    names = ("estimate", "error", "freedom", "low", "high", "p", "bar", "explained", "icc")
    out: dict[str, Any] = {name: None if found is None else _number(getattr(found, name), 6) for name in names}
    out["randomisation"] = None if found is None or found.chance is None else {
        "p": _number(found.chance.p, 6), "least": _number(found.chance.least, 6),
        "dealings": found.chance.dealings, "exact": found.chance.exact,
    }  # fmt: skip
    out |= _effect(None if found is None else found.effect)
    out["improvement"] = None if found is None else _number(found.effect.improvement, 2)
    out["size"] = None if found is None else size_word(found.effect.g)
    out["always_low"], out["always_high"] = (None, None) if found is None else map(_number, found.always)
    return out


def _effect(effect: Effect | None) -> dict[str, Any]:
    return {
        "g": None if effect is None else _number(effect.g),
        "g_low": None if effect is None else _number(effect.low),
        "g_high": None if effect is None else _number(effect.high),
    }


def _attrition(lost: Attrition | None) -> dict[str, Any] | None:
    if lost is None:
        return None
    return {
        "assigned": lost.assigned, "analysed": lost.analysed, "overall": _number(lost.overall, 2),
        "differential": _number(lost.differential, 2), "limits": None if lost.limits is None else list(lost.limits),
        "low_cautious": lost.low_cautious, "low_optimistic": lost.low_optimistic,
    }  # fmt: skip


def _usage(compared: Comparison) -> dict[str, Any] | None:
    used = compared.usage
    if used is None:
        return None
    return {
        "fidelity": _number(used.fidelity), "contamination": _number(used.contamination),
        "strength": _number(used.strength), "compliers": None if used.compliers is None else _effect(used.compliers),
    }  # fmt: skip


def _subgroup(group: Subgroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "p": _number(group.p),
        "levels": [
            {
                "name": level.name,
                "learners": None if level.learners is None else list(level.learners),
                **_effect(level.effect),
            }
            for level in group.levels
        ],
    }


def _cost(cost: Cost | None) -> dict[str, Any] | None:
    if cost is None:
        return None
    return {
        "learner": _number(cost.learner, 2), "tenth": _number(cost.tenth, 2), "tenth_low": _number(cost.tenth_low, 2),
        "tenth_high": _number(cost.tenth_high, 2), "kinds": {kind: _number(value, 2) for kind, value in cost.kinds},
    }  # fmt: skip


def _gate(gate: Gate) -> dict[str, Any]:
    return {"name": gate.name, "open": gate.open, "missing": [str(text) for text in gate.missing]}


def text_of(data: Mapping[str, Any]) -> str:
    """The result for a terminal."""
    lines: list[str] = []
    for one in data["results"]:
        lines += [f"{one['outcome']}, {one['arm']}: {one['advice']}", one["verdict"], *_figures(one), ""]
    if data["plan"]:
        kept = "as frozen" if data["plan"]["intact"] and not data["plan"]["changes"] else "NOT as frozen"
        lines.append(f"plan {str(data['plan']['sha256'])[:16]}: {kept}")
        lines += [f"  {text}" for text in data["plan"]["changes"]]
    lines.append(f"{data['cpu_seconds']:.2f} s of processor time; --report FILE writes all details, --json prints them")
    return "\n".join(lines)


def _figures(one: Mapping[str, Any]) -> Sequence[str]:
    lost = one["attrition"]
    limit = "beyond the table" if lost["limits"] is None else f"limit {lost['limits'][0]:.1f}"
    lines = [f"  attrition {lost['overall']:.1f} %, difference {lost['differential']:.1f} points ({limit})"]
    if one["g"] is not None:
        p = "no p (too few units)" if one["p"] is None else f"p {one['p']:.4f}"
        chance = "" if one["randomisation"] is None else f", randomisation p {one['randomisation']['p']:.4f}"
        lines.append(
            f"  g {one['g']:.3f} ({one['g_low']:.3f} to {one['g_high']:.3f}), difference {one['estimate']:.4g}, error "
            f"{one['error']:.4g}, {one['freedom']:.1f} degrees of freedom, {p}{chance}"
        )
    lines += [
        f"  before: {row['name']} {row['g'] if row['g'] is not None else '-'} ({row['standing']})"
        for row in one["baseline"]
    ]
    lines += [f"  tier: {reason}" for reason in one["tier_reasons"]]
    return lines
