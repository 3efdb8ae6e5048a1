"""From a model and what learners are ready for to a day that can be planned, and back to sessions with people and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
DOSE = 1.0
"""How much more a seat with an adult counts, as a share of the gain, when all of its minutes are owed by a plan of support."""
COMPANY = 0.2
"""How much less a group counts, as a share of the gain, whose candidates were all in the learner's groups of every last plan."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A skill (its number) that a learner can work on now: ``rate`` is the expected gain of ten minutes of own practice in logits
    of ability, times what a gain in this skill is worth to the learner (0 to 1, the best skill 1); ``sd`` its standard
    deviation."""

    skill: int
    rate: float
    sd: float


@dataclass(frozen=True, slots=True)
class Sitter:
    """A learner to be seated: what they are ready for (best first), school days since they last worked with an adult, the
    modalities of their last plan, minutes with an adult that a plan of support ``owes`` them, in which share of the last plans
    they were in a group with each other learner (``company``), and their blocks of each modality in the last six days
    (``spent``)."""

    ready: tuple[Ready, ...]
    days_alone: int = 0
    last: frozenset[str] = field(default_factory=frozenset)
    owed: float = 0.0
    company: Mapping[int, float] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)


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
    model: Model, sitters: Sequence[Sitter], absent_adults: Mapping[str, frozenset[str]] | None = None,
    closed: frozenset[str] = frozenset(),
) -> Outlook:  # fmt: skip
    """Lay out the day of these learners. ``absent_adults`` has the names of adults who are away, by block, ``closed`` those of
    spaces that are. No more groups meet in a block than the open spaces have zones; a model without spaces has room for all.

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
    rows = _choices(sitters, sessions, own, number, tens, _candidates(sitters))
    table = np.array(rows, dtype=np.float64).reshape(-1, 6)
    crews, openings, adults = _staff(model, blocks, kinds, away)
    seats = np.full(len(blocks), model.devices if own is not None else 0, dtype=np.int64)
    zones = sum(space.zones for space in model.spaces if space.name not in closed)
    day = Day(
        learners=len(sitters), blocks=len(blocks), learner=table[:, 0].astype(np.int64), kind=table[:, 1].astype(np.int64),
        item=table[:, 2].astype(np.int64), gain=table[:, 4], modalities=tuple(each.id for each, _ in kinds),
        skills=np.array([skill for _, skill in kinds], dtype=np.int64),
        largest=np.array([each.largest for each, _ in kinds], dtype=np.int64),
        smallest=np.array([_least(each) for each, _ in kinds], dtype=np.int64),
        large=np.full(len(kinds), bool(model.spaces)), openings=openings, adults=adults,
        rooms=np.full(len(blocks), zones, dtype=np.int64), devices=seats,
        device_limit=min(model.screen_blocks, own.most or model.screen_blocks) if own is not None else 0,
    )  # fmt: skip
    return Outlook(
        day, tuple((each.id, skill) for each, skill in kinds), crews, blocks, tuple(_caps(day, sessions, own, sitters)),
        table[:, 3], table[:, 5].astype(np.int64),
    )  # fmt: skip


def _caps(day: Day, sessions: Sequence[Modality], own: Modality | None, sitters: Sequence[Sitter]) -> Iterator[Most]:
    """What a modality allows in a day, and what a week's limit leaves of it."""
    for each in (*sessions, *([own] if own is not None else [])):
        name = "" if each.device else each.id
        if name and name not in day.modalities:
            continue
        for at, sitter in enumerate(sitters):
            left = max(each.most_week - sitter.spent.get(each.id, 0), 0) if each.most_week else day.blocks
            most = min(each.most or day.blocks, left)
            if most < day.blocks:
                yield Most(at, name, most)


def _least(modality: Modality) -> int:
    """Nobody is the only member of a group that works without an adult."""
    return modality.smallest if modality.run_by or modality.largest == 1 else max(modality.smallest, 2)


def _candidates(sitters: Sequence[Sitter]) -> dict[int, list[int]]:
    """Who is ready for a skill."""
    out: dict[int, list[int]] = defaultdict(list)
    for learner, sitter in enumerate(sitters):
        for ready in sitter.ready:
            out[ready.skill].append(learner)
    return out


def _choices(
    sitters: Sequence[Sitter],
    sessions: Sequence[Modality],
    own: Modality | None,
    number: Mapping[tuple[str, int], int],
    tens: float,
    candidates: Mapping[int, Sequence[int]],
) -> list[tuple[int, int, int, float, float, int]]:
    """Every seat that each learner could take: learner, kind, item, gain, what it counts for, skill. A block has ``tens`` times
    ten minutes."""
    rows: list[tuple[int, int, int, float, float, int]] = []
    for learner, sitter in enumerate(sitters):
        for item, ready in enumerate(sitter.ready):
            usual = COMPANY * _familiar(sitter, learner, candidates[ready.skill])
            for each in sessions:
                if (each.id, ready.skill) in number:
                    gain = ready.rate * tens * each.worth
                    counts = gain * (_due(each, sitter, tens) - usual)
                    rows.append((learner, number[each.id, ready.skill], item, gain, counts, ready.skill))
            if own is not None:
                gain = ready.rate * tens * own.worth
                rows.append((learner, DEVICE, item, gain, gain * _due(own, sitter, tens), ready.skill))
        rows.append((learner, OVERFLOW, -1, 0.0, 0.0, -1))
    return rows


def _runs(model: Model, modality: Modality) -> bool:
    return bool(modality.run_by or modality.at_once)


def _familiar(sitter: Sitter, learner: int, candidates: Sequence[int]) -> float:
    """How familiar the others who could come are, 0 to 1."""
    others = [sitter.company.get(other, 0.0) for other in candidates if other != learner]
    return float(np.mean(others)) if others and sitter.company else 0.0


def _due(modality: Modality, sitter: Sitter, tens: float) -> float:
    """What a seat counts for, as a factor of its gain: more where time with an adult is owed, a little less for the usual."""
    owed = OWED if modality.run_by and sitter.days_alone >= OWED_DAYS else 0.0
    dose = DOSE * min(sitter.owed / (10.0 * tens), 1.0) if modality.run_by and tens > 0.0 else 0.0
    return 1.0 + owed + dose - (USUAL if modality.id in sitter.last else 0.0)


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
