"""Live misconceptions of one learner: each with a probability, moved by every first answer that it bears on.

A response carries what its answer alone speaks for (``suspects``). Here that meets what was believed before (Bayes): a
misconception that led to the answer is held, unless it acted for once (mal-rules are used unstably: Payne & Squibb 1990);
one that the item bears on and that did not act is believed less. The formulas are in ``docs/explanation/profile.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.coaching.bearing import bears
from headway.core.coaching.beliefs import FOLLOWS, PRIOR
from headway.core.events import Response

MOMENTARY = 0.006
"""Chance that somebody who does not hold a misconception acts on it for once, on an item that it bears on. With ``PRIOR`` and
``FOLLOWS`` a single sure observation makes it 0.8 likely to be held."""
MOST = 6
FORGOTTEN = 0.02
"""Below this a misconception is no longer live."""
KNOWN = 0.9
"""From this probability the next item repairs instead of telling apart."""
_UNHELD = PRIOR * FOLLOWS + (1 - PRIOR) * MOMENTARY


@dataclass(frozen=True, slots=True)
class Suspect:
    """A misconception that may be held: its probability, the skill and the item (a template or an imported step) where it
    last acted, and when."""

    id: str
    probability: float
    skill: str
    item: str
    at: float


def suspicion(before: tuple[Suspect, ...], response: Response) -> tuple[Suspect, ...]:
    """The live misconceptions after a response, the likeliest first. Only first answers without help count; a wrong one
    that carries no suspects and a right one only speak against what the item bears on."""
    if not before and not response.suspects:
        return before
    if response.attempt != 1 or response.shown or (response.correct and response.hints > 0):
        return before
    held = {suspect.id: suspect for suspect in before}
    acted = _acted(held, response)
    after = []
    for key in dict.fromkeys((*acted, *held)):
        old, share = held.get(key), acted.get(key, 0.0)
        if old is not None and not share and not _bears(key, response, old):
            after.append(old)
            continue
        p = old.probability if old is not None else PRIOR
        firm = p * FOLLOWS / (p * FOLLOWS + (1 - p) * MOMENTARY)
        spared = p * (1 - FOLLOWS) / (1 - p * FOLLOWS)
        new = round(share * firm + (1 - share) * spared, 6)
        if new >= FORGOTTEN:
            skill = response.skills[0] if share and response.skills else (old.skill if old is not None else "")
            item, at = (response.item, response.at) if share or old is None else (old.item, old.at)
            after.append(Suspect(key, new, skill, item, at))
    return tuple(sorted(after, key=lambda s: (-s.probability, s.id))[:MOST])


def _acted(held: dict[str, Suspect], response: Response) -> dict[str, float]:
    """How likely each suspect led to the answer, given what was believed of the learner before."""
    if response.correct:
        return {}
    weights: dict[str, float] = {}
    for key, share in response.suspects:
        p = held[key].probability if key in held else PRIOR
        weights[key] = share * (p * FOLLOWS + (1 - p) * MOMENTARY) / _UNHELD
    other = max(0.0, 1.0 - sum(share for _, share in response.suspects))
    whole = sum(weights.values()) + other
    return {key: weight / whole for key, weight in weights.items()} if whole else {}


def _bears(key: str, response: Response, old: Suspect) -> bool:
    """Whether the item would have shown the misconception. Of imported items only that it acted there before is known."""
    return bears(response.item, key) or old.item == response.item
