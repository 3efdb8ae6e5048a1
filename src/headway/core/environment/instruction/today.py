"""From a model and what learners are ready for to a day that can be planned, and back to sessions with people and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from headway.core.environment.instruction.model import Block, Modality, Model
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day, Floats, Ints
from headway.core.environment.schedule.rules import Most, Rule

OWED_DAYS = 5
"""School days without an adult after which the next seat with one counts for more."""
OWED = 0.5
"""How much more, as a share of the gain. A judgement: it wins over what is a little better, not over what is much better."""
USUAL = 0.1
"""How much less the kind of work of the last plan counts, so that nobody has the same day again and again."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A skill (its number) that a learner can work on now: ``rate`` is the expected gain in logits of ability for ten minutes of
    own practice, ``sd`` its standard deviation."""

    skill: int
    rate: float
    sd: float


@dataclass(frozen=True, slots=True)
class Sitter:
    """A learner to be seated: what they are ready for (best first), school days since they last worked with an adult, and the
    modalities of their last plan."""

    ready: tuple[Ready, ...]
    days_alone: int = 0
    last: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A day with what its numbers mean: ``kinds`` are (modality, skill) by number, ``crews`` the crew of each row of adults
    ("" for groups that work by themselves), ``blocks`` the planned blocks, ``rules`` those that the model itself brings.
    ``rates`` [C] are the gains as the model of learning gives them, without what is owed; ``practised`` [C] the skill of each
    choice, -1 for overflow."""

    day: Day
    kinds: tuple[tuple[str, int], ...]
    crews: tuple[str, ...]
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    rates: Floats
    practised: Ints


def outlook(
    model: Model, sitters: Sequence[Sitter], absent_adults: Mapping[str, frozenset[str]] | None = None
) -> Outlook:
    """Lay out the day of these learners. ``absent_adults`` has the names of adults who are away, by block.

    A kind of session is a modality with a skill for which at least its smallest number of learners is ready.
    """
    blocks, away = model.planned(), absent_adults or {}
    sessions = [each for each in model.modalities if not each.device and _runs(model, each)]
    own = next((each for each in model.modalities if each.device), None)
    wanting: dict[int, int] = defaultdict(int)
    for sitter in sitters:
        for ready in sitter.ready:
            wanting[ready.skill] += 1
    kinds = [(each, skill) for each in sessions for skill in sorted(wanting) if wanting[skill] >= each.smallest]
    number = {(each.id, skill): at for at, (each, skill) in enumerate(kinds)}
    tens = float(np.mean([block.minutes for block in blocks])) / 10.0 if blocks else 0.0
    rows = _choices(sitters, sessions, own, number, tens)
    table = np.array(rows, dtype=np.float64).reshape(-1, 6)
    crews, openings, adults = _staff(model, blocks, kinds, away)
    seats = np.full(len(blocks), model.devices if own is not None else 0, dtype=np.int64)
    day = Day(
        learners=len(sitters), blocks=len(blocks), learner=table[:, 0].astype(np.int64), kind=table[:, 1].astype(np.int64),
        item=table[:, 2].astype(np.int64), gain=table[:, 4], modalities=tuple(each.id for each, _ in kinds),
        skills=np.array([skill for _, skill in kinds], dtype=np.int64),
        largest=np.array([each.largest for each, _ in kinds], dtype=np.int64),
        smallest=np.array([each.smallest for each, _ in kinds], dtype=np.int64), large=np.zeros(len(kinds), dtype=np.bool_),
        openings=openings, adults=adults, rooms=np.zeros(len(blocks), dtype=np.int64), devices=seats,
        device_limit=min(model.screen_blocks, own.most or model.screen_blocks) if own is not None else 0,
    )  # fmt: skip
    most = tuple(Most(at, each.id, each.most) for each in sessions if each.most for at in range(len(sitters)))
    kept = tuple(rule for rule in most if rule.modality in day.modalities)
    return Outlook(
        day,
        tuple((each.id, skill) for each, skill in kinds),
        crews,
        blocks,
        kept,
        table[:, 3],
        table[:, 5].astype(np.int64),
    )


def _choices(
    sitters: Sequence[Sitter],
    sessions: Sequence[Modality],
    own: Modality | None,
    number: Mapping[tuple[str, int], int],
    tens: float,
) -> list[tuple[int, int, int, float, float, int]]:
    """Every seat that each learner could take: learner, kind, item, gain, what it counts for, skill. A block has ``tens`` times
    ten minutes."""
    rows: list[tuple[int, int, int, float, float, int]] = []
    for learner, sitter in enumerate(sitters):
        for item, ready in enumerate(sitter.ready):
            for each in sessions:
                if (each.id, ready.skill) in number:
                    gain = ready.rate * tens * each.worth
                    rows.append(
                        (learner, number[each.id, ready.skill], item, gain, gain * _due(each, sitter), ready.skill)
                    )
            if own is not None:
                gain = ready.rate * tens * own.worth
                rows.append((learner, DEVICE, item, gain, gain * _due(own, sitter), ready.skill))
        rows.append((learner, OVERFLOW, -1, 0.0, 0.0, -1))
    return rows


def _runs(model: Model, modality: Modality) -> bool:
    return bool(modality.run_by or modality.at_once)


def _due(modality: Modality, sitter: Sitter) -> float:
    """What a seat counts for, as a factor of its gain: more where time with an adult is owed, a little less for the usual."""
    owed = OWED if modality.run_by and sitter.days_alone >= OWED_DAYS else 0.0
    return 1.0 + owed - (USUAL if modality.id in sitter.last else 0.0)


def _staff(
    model: Model, blocks: Sequence[Block], kinds: Sequence[tuple[Modality, int]], away: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], Ints, Ints]:
    """Rows of adults: one a crew, then one for each modality that runs by itself."""
    alone = [each for each in model.modalities if not each.run_by and each.at_once and not each.device]
    crews = [crew.id for crew in model.crews] + ["" for _ in alone]
    adults = np.zeros((len(crews), len(blocks)), dtype=np.int64)
    for row, crew in enumerate(model.crews):
        for at, block in enumerate(blocks):
            if not crew.blocks or block.id in crew.blocks:
                adults[row, at] = sum(name not in away.get(block.id, frozenset()) for name in crew.names)
    for row, each in enumerate(alone, len(model.crews)):
        adults[row] = each.at_once
    rows = {crew.id: row for row, crew in enumerate(model.crews)}
    own = {each.id: row for row, each in enumerate(alone, len(model.crews))}
    pairs = [
        (row, kind)
        for kind, (each, _) in enumerate(kinds)
        for row in ([rows[crew] for crew in each.run_by] if each.run_by else [own[each.id]])
    ]
    return tuple(crews), np.array(pairs, dtype=np.int64).reshape(-1, 2), adults
