"""One paragraph that a principal can act on, and the advice it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scipy.special import stdtr

from headway.core.evidence.pilots.compare import Comparison, Found
from headway.core.evidence.pilots.costs import Cost
from headway.core.evidence.pilots.gates import HALF
from headway.core.evidence.pilots.power import Design, units_needed
from headway.core.evidence.pilots.study import Roles
from headway.core.evidence.pilots.tiers import FEWEST, Tier
from headway.core.text import T, Text

Advice = Literal["spread", "keep testing", "stop", "cannot tell yet", "too few units", "not equivalent"]
MOST_WORDS = 120
PROMISING = 0.8


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sentences`` are the paragraph, at most 120 words; ``worthwhile``: probability that the effect is above what is worth its
    cost, if nothing was known before; ``more``: units of the same kind that would settle it, None where nothing would."""

    advice: Advice
    sentences: tuple[Text, ...]
    worthwhile: float | None
    more: int | None


def worthwhile(found: Found, worth: float) -> float:
    """Probability (flat prior) that the effect size is above ``worth``."""
    return float(stdtr(found.freedom, (found.effect.g - worth) / found.effect.error))


def verdict_of(
    compared: Comparison, roles: Roles, tier: Tier, cost: Cost | None, *, worth: float, holds: bool, exploratory: bool
) -> Verdict:
    """Put a comparison in words.

    ``holds``: significant also beside the study's other questions; ``exploratory``: not as planned.
    """
    found = compared.found
    if found is None:
        return Verdict("not equivalent", (*_refusal(compared), T("Advice: find a fairer comparison.")), None, None)
    chance = worthwhile(found, worth)
    advice = _advice(compared, found, tier, chance, worth, holds)
    more = _more(compared, roles, found, worth) if advice in ("cannot tell yet", "keep testing") and not holds else None
    sentences = [_effect(compared, roles, found, holds, advice), _who(compared, roles)]
    if exploratory:
        sentences.append(T("This differs from the frozen plan, so it is exploratory."))
    if cost is not None:
        sentences.append(_cost(cost))
    if advice != "too few units":
        sentences.append(_tier(tier))
    return Verdict(advice, (*sentences, _last(advice, more, roles, unused=holds and _unused(compared))), chance, more)


def _advice(compared: Comparison, found: Found, tier: Tier, chance: float, worth: float, holds: bool) -> Advice:
    if found.p is None:
        return "too few units"
    harmed = any(group.harmed for group in compared.subgroups)
    if holds and found.effect.g < 0.0:
        return "stop"
    if holds and found.effect.g > worth and tier.candidate in (1, 2, 3) and not harmed:
        return "spread" if not _unused(compared) and (tier.candidate in (1, 2) or _only_small(tier)) else "keep testing"
    if found.effect.high < worth or (worth == 0.0 and found.effect.high < 0.05):
        return "stop"
    return "keep testing" if chance >= PROMISING else "cannot tell yet"


def _unused(compared: Comparison) -> bool:
    return compared.usage is not None and compared.usage.fidelity < HALF


def _only_small(tier: Tier) -> bool:
    """Whether nothing but its size holds a result back: it may be tried in more classes, which is how it grows."""
    return all(reason.message.startswith("It would need") for reason in tier.reasons)


def _more(compared: Comparison, roles: Roles, found: Found, worth: float) -> int | None:
    """Units for a power of 0.8 at the effect worth finding (at least 0.10), at the precision seen here."""
    units = sum(compared.learners) if compared.units is None else sum(compared.units)
    aim = max(worth, 0.10)
    design = Design(max(units, 4), explained_learner=0.0)
    ratio = (found.effect.error / design.error) ** 2
    needed = units_needed(design, aim / ratio**0.5)
    return None if needed is None else max(needed - units, 0) or None


def _refusal(compared: Comparison) -> tuple[Text, ...]:
    worst = max(compared.baseline, key=lambda row: abs(row.g), default=None)
    if worst is None:
        return (
            T("Chance did not decide who got {arm}, and nothing is known of the learners before, so the groups cannot be "
              "compared.", arm=compared.arm),
        )  # fmt: skip
    return (
        T("The two groups were not equivalent before: in {name} they differed by {g} standard deviations, and {most} is the most "
          "that can be adjusted for. No effect is reported, because any number would mix {arm} with that difference.",
          name=worst.name, g=f"{abs(worst.g):.2f}", most="0.25", arm=compared.arm),
    )  # fmt: skip


def _effect(compared: Comparison, roles: Roles, found: Found, holds: bool, advice: Advice) -> Text:
    effect = found.effect
    fields = {
        "arm": compared.arm, "control": roles.control, "outcome": compared.outcome, "g": f"{effect.g:.2f}",
        "low": f"{effect.low:.2f}", "high": f"{effect.high:.2f}", "points": f"{abs(effect.improvement):.0f}",
    }  # fmt: skip
    if advice == "too few units":
        return T("In {outcome}, learners with {arm} differ by {g} standard deviations from those with {control}, but too few "
                 "were assigned to tell that from luck.", **fields)  # fmt: skip
    if not holds:
        return T("In {outcome}, no difference beyond chance was found between {arm} and {control}: {g} standard deviations, and "
                 "anything from {low} to {high} fits the data.", **fields)  # fmt: skip
    if effect.g > 0.0:
        return T("In {outcome}, learners with {arm} did better than those with {control}: a learner in the middle gains about "
                 "{points} percentile points ({g} standard deviations; {low} to {high} fit the data).", **fields)  # fmt: skip
    return T("In {outcome}, learners with {arm} did worse than those with {control}: a learner in the middle loses about "
             "{points} percentile points ({g} standard deviations; {low} to {high} fit the data).", **fields)  # fmt: skip


def _who(compared: Comparison, roles: Roles) -> Text:
    count, units = sum(compared.learners), sum(compared.units or (0, 0))
    if roles.design != "randomised":
        return T("{count} learners were compared; chance did not decide who got it.", count=f"{count:,}")
    if roles.unit == "school":
        return T(
            "{count} learners in {units} schools took part; chance decided by school.", count=f"{count:,}", units=units
        )
    if roles.unit == "class":
        return T(
            "{count} learners in {units} classes took part; chance decided by class.", count=f"{count:,}", units=units
        )
    if roles.chance is not None:
        return T("{count} learners took part; chance decided learner by learner, and gave later ones more often what had helped. "
                 "Each is weighed for that.", count=f"{count:,}")  # fmt: skip
    return T("{count} learners took part; chance decided learner by learner.", count=f"{count:,}")


def _cost(cost: Cost) -> Text:
    if cost.tenth is None:
        return T("It costs {each} a learner.", each=f"{cost.learner:,.2f}")
    return T("It costs {each} a learner, which is {tenth} for a tenth of a standard deviation.",
             each=f"{cost.learner:,.2f}", tenth=f"{cost.tenth:,.2f}")  # fmt: skip


def _tier(tier: Tier) -> Text:
    first = tier.reasons[0]
    if tier.candidate is None:
        return T("Evidence tier: none. {reason}", reason=first)
    return T("Evidence tier {tier} candidate. {reason}", tier=tier.candidate, reason=first)


def _last(advice: Advice, more: int | None, roles: Roles, *, unused: bool) -> Text:
    if advice == "spread":
        return T("Advice: let more classes have it, and keep measuring.")
    if advice == "stop":
        return T("Advice: stop, and try something else.")
    if advice == "too few units":
        return T("Advice: take {least} or more before judging.", least=FEWEST)
    if unused and advice == "keep testing":
        return T("Advice: see first that those who should have it really get it; then test again.")
    if more is None:
        return T("Advice: keep testing.")
    if roles.unit == "school":
        return T("Advice: keep testing; about {more} more schools would settle it.", more=more)
    if roles.unit == "class":
        return T("Advice: keep testing; about {more} more classes would settle it.", more=more)
    return T("Advice: keep testing; about {more} more learners would settle it.", more=more)
