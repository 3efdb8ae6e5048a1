"""Who is somewhere else while a class has its day: by the master timetable, or by another class's plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.environment.instruction.model import Block, Model
from headway.core.environment.week import Period


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody, or a room, is in the class ``title`` from ``begin`` to ``end`` (minutes after midnight). ``who`` is any name that
    is the same everywhere."""

    kind: Literal["learner", "adult", "room"]
    who: str
    begin: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody, or a room, is needed elsewhere in a planned block (from 0). ``ours``: the timetable gives this block to the class
    that is planned, so the plan keeps to it and people have to settle the rest."""

    kind: Literal["learner", "adult", "room"]
    who: str
    block: int
    title: str
    ours: bool


def clashes(model: Model, busy: Sequence[Busy], own: Sequence[Period] = ()) -> tuple[Clash, ...]:
    """Return what overlaps with the planned blocks of a day, by block, each once a class. ``own`` are the class's own periods of
    that weekday; a block inside of one is the class's."""
    return tuple(dict.fromkeys(_clashes(model.planned(), busy, own)))


def _clashes(blocks: Sequence[Block], busy: Sequence[Busy], own: Sequence[Period]) -> Iterator[Clash]:
    for at, block in enumerate(blocks):
        end = block.begin + block.minutes
        ours = any(period.begin <= block.begin and end <= period.begin + period.minutes for period in own)
        for each in busy:
            if each.begin < end and block.begin < each.end:
                yield Clash(each.kind, each.who, at, each.title, ours)
