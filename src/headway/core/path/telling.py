"""``frontier-2``: as ``frontier-1``, but where a misconception is in question the next problem tells, and then repairs.

While two explanations of the learner's errors are live, the problem is chosen whose answer is expected to tell most
(information in bits, over the templates of that skill and a few sets of numbers in each). A misconception that is known
gets problems that it would spoil, the easier ones first, until right answers make it improbable. Pins, scopes and a
struggle come first, and another skill comes between, so that practice stays mixed. Where nothing is in question
``frontier-1`` chooses, and the decision is recorded under its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from headway.core.coaching.bearing import answer_signature, answers_of, bears
from headway.core.coaching.beliefs import Beliefs, Item, expected_information
from headway.core.coaching.malrules.rule import misconception_named
from headway.core.coaching.tree import Words
from headway.core.curriculum.generators.base import generate
from headway.core.events import Alternative
from headway.core.path.frontier import Frontier, struggling
from headway.core.path.kernel import softmax
from headway.core.path.policy import CHOICE, PROBLEM, Choice, Policy, Situation, concrete, pinned_activity, uniform
from headway.core.path.terrain import ages, allowed_skills, recent_skills
from headway.core.profile.suspicion import KNOWN, Suspect
from headway.core.text import NOTHING, T, Text

IN_QUESTION = 0.12
"""From this probability a misconception is worth a question."""
ALONE = 0.5
"""The same for one that only a slip stands against: usual practice shows that too."""
FRESH = 3 * 86400.0
"""Seconds since a misconception last acted after which it is no longer a reason for the next activity."""
WORTH = 0.12
"""Bits that an item must be expected to tell."""
NUMBERS = 3
"""Sets of numbers that each template is tried with where there are two explanations to tell apart."""
STREAM = 101
"""The first of the streams of a seed that the further sets of numbers come from."""


@dataclass(frozen=True, slots=True)
class Telling:
    """``temperature`` is in bits for telling apart, and in units of value for repairing; ``busy`` says when something more
    pressing than a misconception is at hand."""

    name: str = "frontier-2"
    temperature: float = 0.08
    usual: Policy = field(default_factory=Frontier)
    size: int = 6
    busy: Callable[[Situation], bool] = struggling

    def choose(self, situation: Situation) -> Choice | None:
        """Return a choice that tells or repairs, or what ``frontier-1`` chooses."""
        skill, live = in_question(situation, self.busy)
        if skill >= 0:
            found = (
                self._repair(situation, skill, live)
                if live[0].probability >= KNOWN
                else self._tell(situation, skill, live)
            )
            if found is not None:
                return found
        choice = self.usual.choose(situation)
        return None if choice is None else replace(choice, policy=self.usual.name)

    def _tell(self, s: Situation, skill: int, live: list[Suspect]) -> Choice | None:
        keys = tuple(suspect.id for suspect in live)
        beliefs = Beliefs({suspect.id: suspect.probability for suspect in live})
        found: list[tuple[str, int, float, Item]] = []
        for number in _generated(s, skill):
            if not any(bears(s.curriculum.activities[number].id, key) for key in keys):
                continue
            for place in range(NUMBERS if len(keys) > 1 else 1):
                (activity,) = concrete(s, [number], PROBLEM if place == 0 else STREAM + place)
                item = _item(activity, keys)
                found.append((activity, number, expected_information(beliefs, item) if item.answers else 0.0, item))
        found.sort(key=lambda one: (-one[2], one[0]))
        found = [one for one in found[: self.size] if one[2] >= WORTH]
        if not found:
            return None
        chosen, odds = self._drawn(s, [one[2] for one in found])
        reason = _telling(live, found[chosen][3])
        return self._choice(s, skill, [(a, n, v) for a, n, v, _ in found], chosen, odds, "tell", reason)

    def _repair(self, s: Situation, skill: int, live: list[Suspect]) -> Choice | None:
        known = live[0].id
        age = ages(s.profile, s.curriculum)
        found: list[tuple[str, int, float]] = []
        for number in _generated(s, skill):
            if bears(s.curriculum.activities[number].id, known):
                worth = 1.0 - 0.2 * (int(s.curriculum.activity_level[number]) - 1)
                worth *= 1.0 - 0.5 / int(age[number]) if age[number] else 1.0
                found.append((concrete(s, [number])[0], number, worth))
        if not found:
            return None
        found = sorted(found, key=lambda one: (-one[2], one[0]))[: self.size]
        chosen, odds = self._drawn(s, [value for _, _, value in found])
        reason = T("This one helps to set one thing right: “{name}”.", name=_named(known))
        return self._choice(s, skill, found, chosen, odds, "repair", reason)

    def _drawn(self, s: Situation, values: list[float]) -> tuple[int, list[float]]:
        odds = softmax(np.array(values), self.temperature)
        return min(
            int(np.searchsorted(np.cumsum(odds), uniform(s.seed, CHOICE), "right")), len(odds) - 1
        ), odds.tolist()

    def _choice(
        self,
        s: Situation,
        skill: int,
        found: list[tuple[str, int, float]],
        chosen: int,
        odds: list[float],
        code: str,
        why: Text,
    ) -> Choice:
        c, number = s.curriculum, found[chosen][1]
        items = c.activity_items[c.activity_items_at[number] : c.activity_items_at[number + 1]]
        predicted = float(np.mean(s.model.predict(s.belief, c, items)))
        name = c.skills[skill].id
        alternatives = tuple(Alternative(a, name, v, p) for (a, _, v), p in zip(found, odds, strict=True))
        return Choice(chosen, alternatives, predicted, code, why, policy=self.name)


def in_question(s: Situation, busy: Callable[[Situation], bool] = struggling) -> tuple[int, list[Suspect]]:
    """The skill (-1: none) where misconceptions are in question now, and which, the likeliest first: at most three that
    acted there. Never the skill of the last activity: mixing goes on."""
    if not s.profile.suspects or pinned_activity(s)[0] >= 0:
        return -1, []
    allowed = allowed_skills(s)
    if (allowed == 2).any():
        return -1, []
    now = [x for x in s.profile.suspects if x.probability >= IN_QUESTION and s.now - x.at < FRESH]
    for top in now:
        skill = s.curriculum.skill_number.get(top.skill, -1)
        if skill < 0 or not allowed[skill] or recent_skills(s.profile, s.curriculum)[0] == skill:
            continue
        live = [x for x in now if x.skill == top.skill][:3]
        if len(live) > 1 or top.probability >= ALONE:
            return (-1, []) if busy(s) else (skill, live)
    return -1, []


def _generated(s: Situation, skill: int) -> list[int]:
    c = s.curriculum
    numbers: list[int] = c.skill_activities[c.skill_activities_at[skill] : c.skill_activities_at[skill + 1]].tolist()
    return [number for number in numbers if c.activities[number].kind == "generated"]


def _item(activity: str, keys: tuple[str, ...]) -> Item:
    """A concrete problem as far as it tells ``keys`` apart."""
    step = generate(activity).steps[0]
    answers = {key: mine for key, mine in answers_of(step, keys).items() if mine}
    return Item(Words(""), answer_signature(step, step.answer.keys[0]), answers)


def _named(misconception: str) -> Text:
    found = misconception_named(misconception)
    return found.name if found is not None else NOTHING


def _telling(live: list[Suspect], item: Item) -> Text:
    """Which two explanations the item tells apart: the two likeliest with different answers, or one and a slip."""
    shown = [suspect.id for suspect in live if suspect.id in item.answers]
    for other in shown[1:]:
        if not set(item.answers[shown[0]]) & set(item.answers[other]):
            return T(
                "This one shows whether it was “{first}” or “{second}”.", first=_named(shown[0]), second=_named(other)
            )
    return T("This one shows whether it was “{first}” or only a slip.", first=_named(shown[0]))
