"""A plan that people change by hand: what a change brings, and what it strains.

The planner keeps every rule; a person may break one with open eyes. So nothing is forbidden here. What a seat would bring is
counted as the planner counts it, and everything that a plan strains is named, so that a page can say before the change what
it would cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.instruction.model import Modality, Model
from headway.core.environment.instruction.today import Ready
from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class Together:
    """A group as it is planned: the planned block (from 0), ``modality`` ("" for those without a seat), ``skill``, ``adult`` and
    ``space`` ("" for none) and its learners by any name that is the same everywhere."""

    block: int
    modality: str
    skill: str
    adult: str
    space: str
    learners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A seat that somebody could take: the skill's number (-1 for none), its expected gain in logits of ability, and whether the
    learner is ready for it."""

    skill: int
    gain: float
    ready: bool


def promise(model: Model, modality: str, skill: int, ready: Sequence[Ready], held: frozenset[int]) -> Promise:
    """Return what a seat would bring a learner who is ``ready`` for these skills and has ``held`` in other blocks.

    ``skill`` is the group's; -1 where each has their own, which is then the best that is not in their day yet. The gain is the
    planner's: rate for ten minutes, times the block's length, times what the way of working is worth.
    """
    if not modality:
        return Promise(-1, 0.0, True)
    way, tens = model.modality(modality), tens_of(model)
    if skill < 0:
        best = next((each for each in ready if each.skill not in held), None)
        return (
            Promise(best.skill, best.rate * tens * way.worth, True)
            if best is not None
            else Promise(-1, 0.0, way.device)
        )
    found = next((each for each in ready if each.skill == skill), None)
    if found is None or skill in held:
        return Promise(skill, 0.0, False)
    return Promise(skill, found.rate * tens * way.worth, True)


def tens_of(model: Model) -> float:
    """Tens of minutes in a planned block, on the average, as the planner counts them."""
    blocks = model.planned()
    return float(np.mean([block.minutes for block in blocks])) / 10.0 if blocks else 0.0


def strains(
    model: Model, groups: Sequence[Together], names: Mapping[str, str], apart: Sequence[tuple[str, str]] = ()
) -> tuple[Text, ...]:
    """Say what a plan strains: groups too large or too small, an adult or a room twice, too few seats or devices, too many
    blocks on a screen for a learner, two together who are to sit apart. Empty for a plan that strains nothing."""
    out: list[Text] = []
    for at, block in enumerate(model.planned()):
        here = [group for group in groups if group.block == at and group.learners]
        for group in here:
            out += _size(model, group, block.name)
        out += _twice(model, here, block.name)
        screens = sum(len(group.learners) for group in here if group.modality and model.modality(group.modality).device)
        if screens > model.devices:
            out.append(
                T(
                    "{block}: {n} learners need a device, there are {most}.",
                    block=block.name,
                    n=screens,
                    most=model.devices,
                )
            )
        out += [
            T("{block}: {one} and {other} are to sit apart.", block=block.name, one=names[one], other=names[other])
            for one, other in apart
            if any(one in group.learners and other in group.learners for group in here if _meets(model, group))
        ]
    return (*out, *_screens(model, groups, names))


def _meets(model: Model, group: Together) -> bool:
    return bool(group.modality) and not model.modality(group.modality).device


def _size(model: Model, group: Together, block: str) -> Iterator[Text]:
    if not _meets(model, group):
        return
    way, count = model.modality(group.modality), len(group.learners)
    if count > way.largest:
        yield T(
            "{block}: “{way}” has {n} learners, planned for at most {most}.",
            block=block,
            way=way.name,
            n=count,
            most=way.largest,
        )
    if count < way.smallest:
        yield T(
            "{block}: “{way}” has {n} learners, planned for at least {least}.",
            block=block,
            way=way.name,
            n=count,
            least=way.smallest,
        )
    if group.adult and not _may_run(model, way, group.adult):
        yield T("{block}: {adult} does not usually run “{way}”.", block=block, adult=group.adult, way=way.name)


def _may_run(model: Model, way: Modality, adult: str) -> bool:
    return any(adult in crew.names for crew in model.crews if crew.id in way.run_by)


def _twice(model: Model, here: Sequence[Together], block: str) -> Iterator[Text]:
    adults = Counter(group.adult for group in here if group.adult)
    for adult, count in sorted(adults.items()):
        if count > 1:
            yield T("{block}: {adult} has {n} groups at the same time.", block=block, adult=adult, n=count)
    meeting = [group for group in here if _meets(model, group)]
    rooms = Counter(group.space for group in meeting if group.space)
    for space in model.spaces:
        if rooms[space.name] > space.zones:
            yield T(
                "{block}: {room} has {n} groups, and zones for {most}.",
                block=block,
                room=space.name,
                n=rooms[space.name],
                most=space.zones,
            )
        for group in meeting:
            if group.space == space.name and len(group.learners) > space.seats:
                yield T(
                    "{block}: {room} has {seats} seats for {n} learners.",
                    block=block,
                    room=space.name,
                    seats=space.seats,
                    n=len(group.learners),
                )


def _screens(model: Model, groups: Sequence[Together], names: Mapping[str, str]) -> Iterator[Text]:
    counts = Counter(
        learner
        for group in groups
        if group.modality and model.modality(group.modality).device
        for learner in group.learners
    )
    for learner, count in sorted(counts.items()):
        if count > model.screen_blocks and learner in names:
            yield T(
                "{name} has {n} blocks on a screen, at most {most} are planned.",
                name=names[learner],
                n=count,
                most=model.screen_blocks,
            )
