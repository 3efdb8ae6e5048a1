"""Asking another policy at every place of a log, without letting it act: what the off-policy estimate is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from headway.core.curriculum.catalogue import catalogue_id
from headway.core.events import Event, MasteryEntry, Response
from headway.core.evidence.offpolicy import Logs
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Choice, Policy, Situation

PAUSE = 1800.0
"""Seconds without a decision after which the next one begins a new episode."""
OUTCOMES: dict[str, str] = {
    "right": "first answers right without help",
    "reached": "skills whose mastery was reached",
}
"""What may be counted, with its meaning."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A decision as it was made, and what the other policy would have done there: ``target`` its probability of the same
    activity, ``support`` the share of its choices among the alternatives, ``foreseen`` the chance of a right first answer to
    what was taken, ``expected`` the same over its own choices."""

    learner: str
    at: float
    activity: str
    propensity: float
    target: float
    support: float
    foreseen: float
    expected: float


@dataclass(frozen=True, slots=True)
class Watched:
    """A policy that acts as ``acting`` does, while ``other`` is asked too and ``seen`` remembers."""

    acting: Policy
    other: Policy
    seen: list[Seen] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The acting policy's name."""
        return self.acting.name

    def choose(self, situation: Situation) -> Choice | None:
        """Choose as the acting policy does."""
        choice = self.acting.choose(situation)
        if choice is not None:
            other = self.other.choose(situation)
            if other is not None:
                self.seen.append(_seen(situation, choice, other))
        return choice


def watched(other: Policy, policies: Mapping[str, Policy] = POLICIES) -> tuple[dict[str, Policy], list[Seen]]:
    """Return every policy, watched with ``other`` beside it, and the list that their decisions will stand in."""
    seen: list[Seen] = []
    return {name: Watched(policy, other, seen) for name, policy in policies.items()}, seen


def _seen(s: Situation, choice: Choice, other: Choice) -> Seen:
    odds = {catalogue_id(a.activity): 0.0 for a in other.alternatives}
    for a in other.alternatives:
        odds[catalogue_id(a.activity)] += a.probability
    could = {catalogue_id(a.activity) for a in choice.alternatives if a.probability > 0.0}
    taken = choice.alternatives[choice.chosen]
    name = catalogue_id(taken.activity)
    chances = {key: _chance(s, key) for key in {*odds, name}}
    same = sum(a.probability for a in choice.alternatives if catalogue_id(a.activity) == name)
    return Seen(
        s.profile.learner,
        s.now,
        taken.activity,
        same,
        odds.get(name, 0.0),
        sum(p for key, p in odds.items() if key in could),
        chances[name],
        sum(p * chances[key] for key, p in odds.items()) / max(sum(odds.values()), 1e-12),
    )


def _chance(s: Situation, activity: str) -> float:
    c, number = s.curriculum, s.curriculum.activity_number[activity]
    items = c.activity_items[c.activity_items_at[number] : c.activity_items_at[number + 1]]
    return float(np.mean(s.model.predict(s.belief, c, items[:1])))


def logs_of(
    seen: Sequence[Seen],
    events: Iterable[Event],
    entries: Iterable[MasteryEntry],
    *,
    outcome: str = "right",
    horizon: int = 5,
    first: bool = False,
) -> Logs:
    """Cut each learner's decisions into episodes of ``horizon`` decisions without a pause and count what followed each.

    Shorter ends are left out, and each learner's last decision, which has no outcome yet; ``first`` keeps only each learner's
    first episode. ``outcome`` is one of :data:`OUTCOMES`. Raises ValueError where no episode is long enough.
    """
    rewards = _rewards(seen, events, entries, outcome)
    rows: list[tuple[int, int, int]] = []
    learners: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        learners.setdefault(one.learner, []).append(number)
    episode = 0
    for who, numbers in enumerate(learners.values()):
        for block in blocks([(n, seen[n].at) for n in numbers[:-1]], horizon)[: 1 if first else None]:
            rows += [(who, episode, n) for n in block]
            episode += 1
    if not rows:
        raise ValueError(f"no learner made {horizon} decisions without a pause: use a shorter horizon")
    numbers = [n for _, _, n in rows]

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([getattr(seen[n], name) for n in numbers], np.float64)

    return Logs(
        np.array([who for who, _, _ in rows], np.int64), np.array([e for _, e, _ in rows], np.int64),
        np.array([rewards[n] for n in numbers], np.float64), column("propensity"), column("target"),
        np.minimum(column("support"), 1.0), column("foreseen"), column("expected"),
    )  # fmt: skip


def blocks(times: Sequence[tuple[int, float]], horizon: int) -> list[list[int]]:
    """Whole blocks of ``horizon`` numbers (each with its time), from the first of each sitting on."""
    found: list[list[int]] = []
    block: list[int] = []
    before = float("-inf")
    for number, at in times:
        if at - before > PAUSE:
            block = []
        block.append(number)
        before = at
        if len(block) == horizon:
            found.append(block)
            block = []
    return found


def _rewards(
    seen: Sequence[Seen], events: Iterable[Event], entries: Iterable[MasteryEntry], outcome: str
) -> list[float]:
    """What followed each decision until the learner's next one."""
    if outcome not in OUTCOMES:
        raise ValueError(f"unknown outcome {outcome!r}: use one of {', '.join(OUTCOMES)}")
    when: dict[str, list[float]] = {}
    place: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        when.setdefault(one.learner, []).append(one.at)
        place.setdefault(one.learner, []).append(number)
    rewards = [0.0] * len(seen)

    def last_before(learner: str, at: float) -> int:
        found = int(np.searchsorted(when.get(learner, []), at, "left")) - 1
        return place[learner][found] if found >= 0 else -1

    if outcome == "reached":
        for entry in entries:
            if entry.kind == "reached" and (number := last_before(entry.learner, entry.at)) >= 0:
                rewards[number] += 1.0
        return rewards
    for event in events:
        if isinstance(event, Response) and event.attempt == 1 and event.step == 0 and not event.shown:
            number = last_before(event.learner, event.at)
            if number >= 0 and seen[number].activity == event.activity:
                rewards[number] += float(event.correct and event.hints == 0)
    return rewards
