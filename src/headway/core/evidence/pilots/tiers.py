"""Which tier of evidence (ESSA) a result is a candidate for, and every reason that holds it back.

Only a candidate: the What Works Clearinghouse or a state decides. Any doubt lowers the tier, none raises it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.evidence.pilots.gates import LEARNERS, SITES
from headway.core.evidence.pilots.study import Basis
from headway.core.evidence.pilots.wwc import Attrition, Likeness
from headway.core.text import T, Text

FEWEST = 10
"""Fewest schools or classes with which an error, and so a verdict, can be trusted."""


@dataclass(frozen=True, slots=True)
class Tier:
    """``candidate`` 1 (strong) to 4 (a rationale), None for less; ``reasons`` say what holds it back, or that nothing does."""

    candidate: Literal[1, 2, 3, 4] | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tier depends on. ``allocation``: ``kept`` as frozen, ``stated`` without a frozen one, ``broken``; ``units``:
    how many schools or classes were assigned, 0 where learners were; ``adjusted``: all characteristics are covariates."""

    design: Basis
    allocation: str
    attrition: Attrition | None
    baseline: Sequence[Likeness]
    adjusted: bool
    significant: bool
    positive: bool
    learners: int
    sites: int | None
    units: int
    rationale: bool = False


def tier_of(facts: Facts) -> Tier:
    """Judge the facts, from the hardest requirement down."""
    reasons: list[Text] = []
    alike = _alike(facts, reasons)
    best = _by_design(facts, alike, reasons)
    if facts.units and facts.units < FEWEST:
        reasons.append(T("{count} units were assigned; with fewer than {least} no error can be trusted.",
                         count=facts.units, least=FEWEST))  # fmt: skip
        best = 4
    if not (facts.significant and facts.positive):
        reasons.append(
            T("No positive effect was shown beyond chance.")
            if not facts.significant or facts.positive
            else T("The effect is negative.")
        )
        if facts.significant and not facts.positive:
            return Tier(None, tuple(reasons))
        best = 4
    if best < 3:
        if facts.learners < LEARNERS:
            reasons.append(T("It would need {least} learners; it has {count}.", least=LEARNERS, count=facts.learners))
            best = 3
        if facts.sites is None or facts.sites < SITES:
            reasons.append(T("It would need two sites or more; it has {count}.", count=facts.sites or 1))
            best = 3
    if best == 4 and not facts.rationale:
        return Tier(None, tuple(reasons))
    if not reasons:
        reasons.append(T("Chance decided, few left, and the sample is large enough."))
    return Tier((1, 2, 3, 4)[best - 1], tuple(reasons))


def _alike(facts: Facts, reasons: list[Text]) -> bool:
    """Whether groups were alike enough to compare without chance having dealt them."""
    if not facts.baseline:
        if facts.design != "randomised":
            reasons.append(T("Nothing is known of the groups before, so that they were alike is not shown."))
        return False
    apart = [row for row in facts.baseline if row.standing == "apart"]
    reasons += [
        T("Before the start the groups differed in {name} by {g} standard deviations; 0.25 is the most.",
          name=row.name, g=f"{row.g:.2f}")
        for row in apart
    ]  # fmt: skip
    unadjusted = [row for row in facts.baseline if row.standing == "adjust"] and not facts.adjusted
    if unadjusted:
        reasons.append(T("The groups differed before, and the analysis does not adjust for it."))
    return not apart and not unadjusted


def _by_design(facts: Facts, alike: bool, reasons: list[Text]) -> int:
    if facts.design == "randomised" and facts.allocation != "broken":
        lost = facts.attrition
        if lost is not None and lost.low_cautious:
            # Chance may deal unlike groups, but hardly so unlike; then somebody has to look how they were dealt.
            return 3 if any(row.standing == "apart" for row in facts.baseline) else 1
        if lost is None:
            reasons.append(T("Who was assigned is not known, so neither is who left."))
        else:
            reasons.append(
                T("{overall} % left, {differential} points more in one arm than in the other: more than the standards allow.",
                  overall=f"{lost.overall:.0f}", differential=f"{lost.differential:.1f}")
            )  # fmt: skip
        return 2 if alike else 3
    if facts.design == "randomised":
        reasons.append(T("Learners have other arms than they were dealt, so chance did not decide."))
        return 3
    reasons.append(T("Chance did not decide who got it."))
    return 2 if alike else 3
