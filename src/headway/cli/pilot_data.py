"""What ``headway pilot analyse`` prints: the meaning of its keys, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

KEYS = {
    "design, unit, arms, learners": "what was analysed; arms in order, the control first",
    "results[].outcome, arm": "one entry an outcome and arm",
    "results[].verdict, sentences": "the paragraph, at most 120 words, whole and sentence by sentence",
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
