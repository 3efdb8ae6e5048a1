"""An analysis as plain values with stable keys: for the command's JSON, and for what a school keeps of a look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from headway.core.text import Text

Say = Callable[[Text], Any]


def _number(value: float | None, digits: int = 5) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), digits)


def data_of(study: Study, found: Analysis, seconds: float, plan: Mapping[str, Any], say: Say = str) -> dict[str, Any]:
    """Return the result with the keys that the command documents. ``say`` makes of a sentence what is kept of it: English
    words, or a form that can be translated later."""
    checked = found.checked
    return {
        "design": study.roles.design,
        "unit": study.roles.unit,
        "control": study.roles.control,
        "arms": list(study.arms),
        "learners": study.rows,
        "question": plan.get("question", ""),
        "results": [_result(each, say) for each in found.judged],
        "plan": None if checked is None else {
            "sha256": plan.get("sha256"), "intact": checked.intact, "allocation": checked.allocation,
            "moved": checked.moved, "changes": [say(text) for text in checked.changes],
        },
        "cpu_seconds": round(seconds, 4),
    }  # fmt: skip


def _result(each: Judged, say: Say) -> dict[str, Any]:
    compared = each.compared
    return {
        "outcome": compared.outcome,
        "arm": compared.arm,
        "verdict": " ".join(str(sentence) for sentence in each.verdict.sentences),
        "sentences": [say(sentence) for sentence in each.verdict.sentences],
        "advice": each.verdict.advice,
        "more": each.verdict.more,
        "worthwhile": _number(each.verdict.worthwhile),
        "tier": each.tier.candidate,
        "tier_reasons": [say(reason) for reason in each.tier.reasons],
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
        "gates": [_gate(gate, say) for gate in each.gates],
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


def _gate(gate: Gate, say: Say) -> dict[str, Any]:
    return {"name": gate.name, "open": gate.open, "missing": [say(text) for text in gate.missing]}
