"""The facts that every room speaks of. Append-only: nothing here is ever changed once it was recorded."""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.text import Text


@dataclass(frozen=True, slots=True)
class Response:
    """What a learner gave to one step of an activity.

    ``id`` is made by the client (a UUID as text) and is the idempotency key. ``item`` names what the learner model
    keeps a difficulty for: a generator template or one imported step. ``attempt`` counts from 1 within the step;
    ``shown`` says that the answer had been revealed before. ``seconds`` is the time since the step was first
    seen, ``at`` is seconds since 1970 UTC. ``suspects`` are the misconceptions that a wrong answer speaks for, with
    the probability that each led to it, by this answer alone (``core.coaching.suspects``).
    """

    id: str
    learner: str
    activity: str
    step: int
    item: str
    skills: tuple[str, ...]
    answer: str
    correct: bool
    at: float
    attempt: int = 1
    hints: int = 0
    shown: bool = False
    seconds: float = 0.0
    misconception: str = ""
    simulated: bool = False
    suspects: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """A learner opens practice or asks for another activity.

    ``activity`` is empty where the policy is to choose, and names the activity where the learner or a link
    opened a particular one. ``id`` is the idempotency key, as in :class:`Response`.
    """

    id: str
    learner: str
    at: float
    activity: str = ""
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Screened:
    """One answer of a screening: right with full score. ``skills`` may be empty and ``difficulty`` (logits) given, for
    items of an imported bank that the curriculum does not know."""

    item: str
    skills: tuple[str, ...]
    correct: bool
    seconds: float = 0.0
    difficulty: float = 0.0


@dataclass(frozen=True, slots=True)
class Screening:
    """A finished screening: its answers in the order given, and its result.

    ``score`` and ``se`` are mean and standard deviation of the posterior in logits, ``prior_mean`` and
    ``prior_variance`` what it began from. ``window`` names the screening window. ``id`` is the idempotency key.
    """

    id: str
    learner: str
    window: str
    at: float
    answers: tuple[Screened, ...]
    score: float
    se: float
    prior_mean: float
    prior_variance: float
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A text that was judged by comparison, as evidence of the ``skill`` that its task named.

    ``score`` and its standard error ``se`` are in logits on the scale of judging, 0 in the middle of the first task of
    that scale. ``task`` and ``piece`` name the assignment and the text. ``id`` is the idempotency key.
    """

    id: str
    learner: str
    task: str
    piece: str
    skill: str
    score: float
    se: float
    at: float
    simulated: bool = False


Event = Response | Start | Screening | Judged
"""What moves the loop."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """An activity that could have been chosen: how good it looked and how likely the policy was to take it."""

    activity: str
    skill: str
    value: float
    probability: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy chose next, why, what else it could have chosen, and with which probability it chose.

    ``after`` is the id of the event that led here; ``alternatives`` is the whole choice set, the chosen one
    included, and its probabilities sum to 1; ``predicted`` is the chance of a right first answer under ``model``;
    ``overrides`` says which plan rows gave way to which (see ``core.path.plan``).
    """

    learner: str
    after: str
    activity: str
    skill: str
    reason: Text
    reason_code: str
    alternatives: tuple[Alternative, ...]
    propensity: float
    predicted: float
    model: str
    policy: str
    curriculum: str
    seed: int
    at: float
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MasteryEntry:
    """One line of the mastery ledger: that a skill was reached, confirmed later, or lost again, on what evidence.

    ``kind`` is ``reached``, ``confirmed`` or ``lost``; ``probability`` that the ability lies above the criterion's
    ability; ``evidence_count`` is the number of first answers without help that it rests on.
    """

    learner: str
    skill: str
    kind: str
    response: str
    probability: float
    threshold: float
    evidence_count: int
    model: str
    at: float
