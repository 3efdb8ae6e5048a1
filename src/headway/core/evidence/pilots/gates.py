"""Seed now, spread with results, scale only when proven: what must be there before each step.

A leader may go on all the same, by name and with a reason; that is written down where pilots are kept, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text

SURE = 0.8
HALF = 0.5
"""Share of a group that has to have got a thing, before an effect on the group is put down to it."""
LEARNERS, SITES = 350, 2
"""ESSA's sample of several sites: at least 350 learners in at least two of them."""


@dataclass(frozen=True, slots=True)
class Gate:
    """``open`` when nothing is ``missing``; each sentence says what would have to change."""

    name: Literal["seed", "spread", "scale"]
    open: bool
    missing: tuple[Text, ...]


def _gate(name: Literal["seed", "spread", "scale"], missing: Sequence[Text]) -> Gate:
    return Gate(name, not missing, tuple(missing))


def seed(*, question: str, outcome: str, frozen: bool, detectable: float | None, worth: float | None) -> Gate:
    """May a pilot start? ``detectable`` and ``worth``: smallest effect that it finds, and that is worth its cost."""
    missing = []
    if not question.strip():
        missing.append(T("Write down the question that the pilot answers."))
    if not outcome.strip():
        missing.append(T("Name the outcome and its scale."))
    if detectable is None:
        missing.append(T("Work out the smallest effect that this pilot can find."))
    elif worth is not None and detectable > worth:
        missing.append(
            T("It may well miss what would be worth its cost: it finds gains from {found} standard deviations up, and {worth} "
              "would do. Take more learners or classes, or name a larger gain.",
              found=f"{detectable:.2f}", worth=f"{worth:.2f}")
        )  # fmt: skip
    if not frozen:
        missing.append(T("Freeze the plan, so that later changes can be told from it."))
    return _gate("seed", missing)


def spread(*, low: float | None, worthwhile: float | None, harmed: Sequence[str], used: float | None = None) -> Gate:
    """May it go to more classes? ``low``: lower bound of the effect (of the confidence sequence where looks were not planned);
    ``worthwhile``: probability that the effect is worth its cost; ``harmed``: groups whose whole interval is below 0;
    ``used``: share of those who should get it that really did, None where nobody knows."""
    missing = []
    if not ((low is not None and low > 0.0) or (worthwhile is not None and worthwhile >= SURE)):
        missing.append(
            T("Neither is the whole interval above 0, nor is it {share} % likely that the effect is worth its cost.",
              share=f"{100 * SURE:.0f}")
        )  # fmt: skip
    missing += [T("It did harm to {group}: find out why before more learners get it.", group=group) for group in harmed]
    if used is not None and used < HALF:
        missing.append(T("Only {share} % of those who should have it really got it: see to that first.",
                         share=f"{100 * used:.0f}"))  # fmt: skip
    return _gate("spread", missing)


def scale(*, sites: int, learners: int, low: float | None, cost: float | None, replicated: bool) -> Gate:
    """May everybody get it? ``cost``: a learner and year; ``replicated``: found again in another pilot."""
    missing = []
    if sites < SITES:
        missing.append(T("It was tried at {count} site; two are the least.", count=sites))
    if learners < LEARNERS:
        missing.append(T("{count} learners took part; {least} are the least.", count=learners, least=LEARNERS))
    if low is None or low <= 0.0:
        missing.append(T("The interval of the effect does not lie above 0."))
    if cost is None:
        missing.append(T("Say what it costs a learner."))
    if not replicated:
        missing.append(T("Find it again in another pilot first."))
    return _gate("scale", missing)
