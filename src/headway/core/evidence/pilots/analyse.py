"""A whole study: every arm and outcome, judged together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.evidence.pilots.compare import Comparison, Settings, compare
from headway.core.evidence.pilots.costs import Cost, CostLine, cost_of
from headway.core.evidence.pilots.gates import Gate, scale, spread
from headway.core.evidence.pilots.multiplicity import adjusted
from headway.core.evidence.pilots.plan import Check
from headway.core.evidence.pilots.regression import two_sided
from headway.core.evidence.pilots.study import Study
from headway.core.evidence.pilots.tiers import Facts, Tier, tier_of
from headway.core.evidence.pilots.verdict import Verdict, verdict_of
from headway.core.text import Text


@dataclass(frozen=True, slots=True)
class Judged:
    """A comparison with all that follows from it. ``p_adjusted``: among all outcomes and arms of the study (Benjamini and
    Hochberg), None without a p; ``holds``: significant then too."""

    compared: Comparison
    p_adjusted: float | None
    holds: bool
    tier: Tier
    cost: Cost | None
    verdict: Verdict
    gates: tuple[Gate, Gate]


@dataclass(frozen=True, slots=True)
class Analysis:
    """``judged``: one entry an outcome and arm, outcomes first; ``notes``: what was done that a reader should know."""

    judged: tuple[Judged, ...]
    checked: Check | None
    notes: tuple[Text, ...]


def analyse(
    study: Study,
    settings: Settings,
    *,
    checked: Check | None = None,
    costs: Sequence[CostLine] = (),
    rationale: bool = False,
    replicated: bool = False,
    classes: int = 0,
    progress: Callable[[int], None] = lambda done: None,
) -> Analysis:
    """Compare every arm with the control on every outcome.

    ``checked``: what became of the frozen plan, None without one; ``rationale``: a theory is written down; ``classes``: how many
    treated classes there are, for costs. ``progress`` gets the number of comparisons done. Raises ValueError.
    """
    wanted = [(outcome, arm) for outcome in study.roles.outcomes for arm in study.arms[1:]]
    compared = []
    for outcome, arm in wanted:
        compared.append(compare(study, outcome, arm, settings))
        progress(len(compared))
    level = two_sided(compared[0].found.bar, 1.0, 1e9) if compared[0].found is not None else 0.05
    doubts = [_doubt(each) for each in compared]
    known = [k for k, value in enumerate(doubts) if value is not None]
    together = dict(zip(known, adjusted([value for value in doubts if value is not None]), strict=True))
    out = []
    for place, each in enumerate(compared):
        p = together.get(place)
        holds = p is not None and p <= level + 1e-9 and each.found is not None and each.found.significant
        out.append(_judged(study, each, p, holds, settings, checked, costs, rationale, replicated, classes))
    return Analysis(tuple(out), checked, () if checked is None else checked.changes)


def _doubt(compared: Comparison) -> float | None:
    """The larger of both tests' p: they rarely differ, and where they do the result is not safe."""
    found = compared.found
    if found is None or found.p is None:
        return None
    return max(found.p, found.chance.p if found.chance is not None else found.p)


def _judged(
    study: Study, compared: Comparison, p: float | None, holds: bool, settings: Settings, checked: Check | None,
    costs: Sequence[CostLine], rationale: bool, replicated: bool, classes: int,
) -> Judged:  # fmt: skip
    found = compared.found
    lost = compared.attrition
    if compared.unit_attrition is not None and not compared.unit_attrition.low_cautious:
        lost = compared.unit_attrition
    allocation = "stated" if checked is None or checked.allocation == "none" else checked.allocation
    if checked is not None and not checked.intact:
        allocation = "broken"
    tier = tier_of(
        Facts(
            design=study.roles.design, allocation=allocation, attrition=lost, baseline=compared.baseline,
            adjusted=bool(compared.adjusted_for), significant=holds, positive=found.effect.g > 0.0,
            learners=sum(compared.learners), sites=compared.sites,
            units=0 if compared.units is None else sum(compared.units), rationale=rationale,
        )
    ) if found is not None else Tier(None, ())  # fmt: skip
    cost = None
    if costs:
        place = study.arms.index(compared.arm)
        sites = 0 if study.site is None else len(np.unique(study.site[study.arm == place]))
        if study.roles.unit == "school" and compared.units is not None:
            sites = compared.units[0]
        elif study.roles.unit == "class" and compared.units is not None:
            classes = compared.units[0]
        cost = cost_of(costs, learners=compared.assigned[0], classes=classes, schools=sites,
                       effect=None if found is None else found.effect)  # fmt: skip
    exploratory = checked is not None and bool(checked.changes)
    verdict = verdict_of(compared, study.roles, tier, cost, worth=settings.worth, holds=holds, exploratory=exploratory)
    low: float | None = None
    if found is not None and found.p is not None:
        low = found.effect.low if settings.looks else found.always[0]
        if not holds:
            low = min(low, 0.0)
    harmed = [name for group in compared.subgroups for name in group.harmed]
    worthwhile = verdict.worthwhile if low is not None and settings.worth > 0.0 else None
    gates = (
        spread(low=low, worthwhile=worthwhile, harmed=harmed,
               used=None if compared.usage is None else compared.usage.fidelity),
        scale(sites=compared.sites or 1, learners=sum(compared.learners), low=low,
              cost=None if cost is None else cost.learner, replicated=replicated),
    )  # fmt: skip
    return Judged(compared, p, holds, tier, cost, verdict, gates)
