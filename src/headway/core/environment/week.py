"""A week or a term of planned days, added up: minutes with people and with screens, loads of adults, use of rooms, and where the
plan and the master timetable do not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from headway.core.environment.instruction.model import Model
from headway.core.environment.moving import Together
from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class DayOf:
    """A planned day of a class: its number since 1970, the model, groups, and who was away."""

    day: int
    model: Model
    groups: tuple[Together, ...]
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Minutes:
    """A learner's minutes: with an adult, with others and no adult, on a screen, and in blocks for everybody or without a seat;
    ``days`` planned and ``missed`` because they were away (whose minutes are not counted)."""

    adult: int = 0
    peers: int = 0
    screen: int = 0
    rest: int = 0
    days: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """Minutes that an adult leads groups, how many groups, the most learners at once, and minutes without a group."""

    minutes: int
    groups: int
    most: int
    free: int


@dataclass(frozen=True, slots=True)
class Use:
    """Minutes that a room is in use, and the minutes that it could be, its zones counted."""

    minutes: int
    possible: int


@dataclass(frozen=True, slots=True)
class Added:
    """Learners, adults and rooms by name."""

    learners: dict[str, Minutes]
    adults: dict[str, Load]
    rooms: dict[str, Use]


@dataclass(frozen=True, slots=True)
class Period:
    """A meeting of a class in the master timetable: weekday 0 (Monday) to 6, minutes after midnight, the room."""

    weekday: int
    begin: int
    minutes: int
    room: str


WEEKDAYS = (
    T("Monday"), T("Tuesday"), T("Wednesday"), T("Thursday"), T("Friday"), T("Saturday"), T("Sunday"),
)  # fmt: skip


def add_up(days: Sequence[DayOf]) -> Added:
    """Add planned days up. A day counts as it stood in the newest plan; what really happened is known of attendance alone."""
    learners: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    adults: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    rooms: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in days:
        for learner in sorted({learner for group in each.groups for learner in group.learners}):
            learners[learner]["missed" if learner in each.away else "days"] += 1
        for at, block in enumerate(each.model.planned()):
            here = [group for group in each.groups if group.block == at]
            _people(here, each, block.minutes, learners)
            _adults(here, each.model, block.minutes, adults)
            for space in each.model.spaces:
                used = sum(group.space == space.name and _meets(each.model, group) for group in here)
                rooms[space.name][0] += min(used, space.zones) * block.minutes
                rooms[space.name][1] += space.zones * block.minutes
        whole = sum(block.minutes for block in each.model.blocks if block.all)
        for learner in {learner for group in each.groups for learner in group.learners} - each.away:
            learners[learner]["rest"] += whole
    return Added(
        {name: Minutes(**found) for name, found in learners.items()},
        {name: Load(*found) for name, found in sorted(adults.items())},
        {name: Use(*found) for name, found in sorted(rooms.items())},
    )


def _meets(model: Model, group: Together) -> bool:
    return bool(group.modality) and not model.modality(group.modality).device


def _people(here: Iterable[Together], day: DayOf, minutes: int, learners: dict[str, dict[str, int]]) -> None:
    for group in here:
        if not group.modality:
            kind = "rest"
        elif day.model.modality(group.modality).device:
            kind = "screen"
        else:
            kind = "adult" if group.adult else "peers"
        for learner in group.learners:
            if learner not in day.away:
                learners[learner][kind] += minutes


def _adults(here: Sequence[Together], model: Model, minutes: int, adults: dict[str, list[int]]) -> None:
    for name in {name for crew in model.crews for name in crew.names}:
        own = [group for group in here if group.adult == name]
        found = adults[name]
        found[0] += minutes if own else 0
        found[1] += len(own)
        found[2] = max(found[2], sum(len(group.learners) for group in own))
        found[3] += 0 if own else minutes


def misfits(model: Model, periods: Sequence[Period]) -> tuple[Text, ...]:
    """Say which blocks of a class's day lie outside of its periods in the master timetable, and which periods overlap."""
    return tuple(_misfits(model, periods))


def _misfits(model: Model, periods: Sequence[Period]) -> Iterator[Text]:
    for weekday in sorted({period.weekday for period in periods}):
        day = WEEKDAYS[weekday]
        own = sorted((p for p in periods if p.weekday == weekday), key=lambda p: p.begin)
        for one, other in combinations(own, 2):
            if one.begin + one.minutes > other.begin:
                at = {"one": hour(one.begin), "other": hour(other.begin)}
                yield T("{day}: two periods of this class overlap, at {one} and {other}.", day=day, **at)
        for block in model.blocks:
            end = block.begin + block.minutes
            if not any(p.begin <= block.begin and end <= p.begin + p.minutes for p in own):
                yield T(
                    "{day}: “{block}” ({begin}–{end}) lies outside of the periods of this class.",
                    day=day, block=block.name, begin=hour(block.begin), end=hour(end),
                )  # fmt: skip


def hour(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"
