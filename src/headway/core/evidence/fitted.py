"""The numbers of two generators of learners, as they stand since 2026-11-22.

Fitted by ``python -m benchmarks.paths.fit`` on public ASSISTments logs: the growing learners and all forgetting on the 2017
log with times (342 learners, first tries), the switching learners on 2009-2010 (3,114 learners, 91 skills of at least 500
responses). What a log without a skill graph cannot say is assumed, and said to be; ``docs/explanation/path.md`` has both.
The summary of the switching learners (medians and quartiles instead of weighted means) was chosen after first runs of
policies had been seen; none was tuned between.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Growing:
    """Continuous ability in logits, the served family. Fitted: variances ``overall`` (between learners) and ``spread`` (between
    a learner's skills), ``learn`` and ``drift`` (mean and variance of what one practice adds), ``start`` (ability against a
    middle item at the beginning). Assumed: ``transfer`` (share of a prerequisite's growth that carries over), ``forget``
    (logits lost per e-fold of days, divided by 1 + spaced successes), ``refresh`` (share of the time since a prerequisite
    was practised that practising its successor takes back), ``items`` (standard deviation of true item difficulties
    around the catalogue's), ``secure`` (logits above the middle item from which a skill is held)."""

    overall: float = 1.001
    spread: float = 0.8611
    learn: float = 0.05
    drift: float = 0.05241
    start: float = -0.2601
    transfer: float = 0.5
    forget: float = 0.3
    refresh: float = 0.5
    items: float = 0.5
    secure: float = 0.7


@dataclass(frozen=True, slots=True)
class Switching:
    """A skill is known or it is not: unlike the served model.

    Fitted, in logits: ``known`` at first, ``learns`` by one practice, ``guess``, ``slip`` (medians over skills), their spread
    between skills (``…_spread``, by quartiles) and, for the first two, by how much a learner one standard deviation above lies
    higher (``learner_…``); ``half_life`` in days of what is known, times ``growth`` for each practice on another day. Assumed:
    ``year`` (logits that a skill of the grade before is known more), ``gate`` (logits that each unknown prerequisite takes
    from knowing and from learning), ``item`` (logits of slip a logit of difficulty), ``refresh`` and ``items`` as in
    :class:`Growing`."""

    known: float = 0.1793
    known_spread: float = 0.516
    learner_known: float = 1.658
    learns: float = -1.585
    learns_spread: float = 1.014
    learner_learns: float = 0.873
    guess: float = -0.7857
    guess_spread: float = 1.188
    slip: float = -1.454
    slip_spread: float = 0.8082
    half_life: float = 296.7
    growth: float = 1.245
    year: float = 1.0
    gate: float = 1.0
    item: float = 0.5
    refresh: float = 0.5
    items: float = 0.5


GROWING, SWITCHING = Growing(), Switching()
