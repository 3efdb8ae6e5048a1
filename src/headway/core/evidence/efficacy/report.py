"""What may be said of each problem, hint, way of working, intervention and policy: one row each, most of them "nothing yet"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import stdtr, stdtrit

from headway.core.evidence.efficacy.drawn import LEARNERS, Drawn
from headway.core.evidence.efficacy.later import Longs
from headway.core.evidence.efficacy.shrunk import Shrunk, shrink
from headway.core.evidence.offpolicy import Estimate
from headway.core.text import NOTHING, T, Text

KINDS = ("problem", "hint", "modality", "support", "policy")
SELDOM = T("The log seldom had a chance to do what this policy would: too few of its choices were possible.")
THIN_WEIGHTS = 0.1
"""Share of the episodes that the weights of a policy must be worth."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one thing. ``kind`` is one of :data:`KINDS`, ``other`` what it is compared with ("" for whatever else
    could have been). ``drawn``: chance decided and its probability was recorded; else like is compared with like, a weaker basis.

    ``effect`` with ``low`` and ``high`` (95 %): right answers more among the next, as a share from -1 to 1, drawn towards the
    others of its kind; ``alone`` is the estimate by itself with its ``error``. ``given`` times to ``learners`` of ``could``.
    ``adjusted``: p among all of its kind; ``stands``: beyond chance then too. ``why``: why nothing is said (then figures are
    None); ``more``: how many times as many decisions would tell, 0 where it stands or nothing is said.
    """

    kind: str
    subject: str
    other: str
    drawn: bool
    given: int
    could: int
    learners: int
    effect: float | None
    low: float | None
    high: float | None
    alone: float | None
    error: float | None
    adjusted: float | None
    stands: bool
    why: Text
    more: float

    @property
    def word(self) -> str:
        """``helps``, ``harms``, ``nothing yet`` or ``no comparison``."""
        if self.effect is None:
            return "no comparison"
        return "nothing yet" if not self.stands else "helps" if self.effect > 0.0 else "harms"


def reason(code: int) -> Text:
    """Why nothing may be said, by the code of ``Drawn.why_not``."""
    return {
        0: NOTHING,
        1: T("Chance never decided it: wherever it could have been given it always was, or never."),
        2: T("Too few learners: fewer than {least} had it, or fewer than {least} could have had it and did not.", least=LEARNERS),
        3: T("Chance decided too seldom: almost everywhere it was nearly certain what would be given."),
        4: T("It was given more or less often than the recorded chances say, so something else decided too."),
        5: T("Who had it was not like the others before, so comparing them would say more about the learners than about it."),
    }[code]  # fmt: skip


def rows_of(
    kind: str, names: Sequence[tuple[str, str]], drawn: Drawn, why: Longs, *, by_chance: bool
) -> tuple[list[Row], Shrunk]:
    """A row for each of K things of a kind, ``names`` (subject, other) in their order, and how they were drawn together."""
    asked = (why == 0) & (drawn.error > 0.0) & np.isfinite(drawn.effect)
    found = shrink(drawn.effect, drawn.error, drawn.p, asked)
    out = []
    for k, (subject, other) in enumerate(names):
        if drawn.given[k] == 0:
            continue
        said = bool(asked[k])
        stands = bool(found.stands[k])
        out.append(
            Row(
                kind=kind, subject=subject, other=other, drawn=by_chance, given=int(drawn.given[k]), could=int(drawn.could[k]),
                learners=int(drawn.got[k]), effect=_said(found.value[k], said), low=_said(found.low[k], said),
                high=_said(found.high[k], said), alone=_said(drawn.effect[k], said), error=_said(drawn.error[k], said),
                adjusted=_said(found.adjusted[k], said), stands=stands, why=NOTHING if said else reason(int(why[k]) or 3),
                more=_more(drawn.effect[k], drawn.error[k]) if said and not stands else 0.0,
            )
        )  # fmt: skip
    return out, found


def policy_rows(found: Sequence[tuple[str, Estimate | str]]) -> list[Row]:
    """A row for each policy that was asked: its estimate, or why there is none in words."""
    known = [(name, each) for name, each in found if isinstance(each, Estimate)]
    codes = [_thin(each) for _, each in known]
    effect = np.array([each.gain for _, each in known])
    freedom = np.array([float(each.learners - 1) for _, each in known])
    # From an interval of Student's t back to its standard error.
    wide = np.array([each.gain_high - each.gain_low for _, each in known]) / 2.0
    error = np.array([w / _reach(f) for w, f in zip(wide.tolist(), freedom.tolist(), strict=True)])
    p = 2.0 * stdtr(np.maximum(freedom, 1.0), -np.abs(effect / np.maximum(error, 1e-12))) if len(known) else effect
    asked = np.array([code == 0 for code in codes], np.bool_)
    together = shrink(effect, error, p, asked) if len(known) else None
    out = []
    place = 0
    for name, each in found:
        if isinstance(each, str):
            out.append(_silent(name, T("{why}.", why=each)))
            continue
        k, place = place, place + 1
        if together is None or not asked[k]:
            out.append(_silent(name, SELDOM, each))
            continue
        out.append(
            Row(
                "policy", name, "", True, each.episodes, each.decisions, each.learners, float(together.value[k]),
                float(together.low[k]), float(together.high[k]), each.gain, float(error[k]), float(together.adjusted[k]),
                bool(together.stands[k]), NOTHING, 0.0 if together.stands[k] else _more(each.gain, float(error[k])),
            )
        )  # fmt: skip
    return out


def _thin(each: Estimate) -> int:
    return 3 if each.thin or each.effective < THIN_WEIGHTS * each.episodes or each.learners < LEARNERS else 0


def _silent(name: str, why: Text, each: Estimate | None = None) -> Row:
    counts = (0, 0, 0) if each is None else (each.episodes, each.decisions, each.learners)
    return Row("policy", name, "", True, *counts, None, None, None, None, None, None, False, why, 0.0)


def _reach(freedom: float) -> float:
    return float(stdtrit(max(freedom, 1.0), 0.975))


def _said(value: float, said: bool) -> float | None:
    return float(value) if said and isfinite(value) else None


def _more(effect: float, error: float) -> float:
    """How many times as many decisions would show an effect of this size four times out of five, 1 or more."""
    return max((2.8 * error / abs(effect)) ** 2, 1.0) if effect else float("inf")
