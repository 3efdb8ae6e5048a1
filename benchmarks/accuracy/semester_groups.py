"""Fixed and random groups in a school whose teachers, tutors and devices do not suffice for everybody."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from benchmarks.accuracy.semester_class import Learners, Seats
from benchmarks.accuracy.semester_ways import common, left, stations

from headway.core.environment.instruction.model import Modality
from headway.core.environment.instruction.today import Sitter
from headway.core.environment.schedule.day import Ints

SIZE = 12
"""A group's size: the most that sit in a small group."""


class _Round:
    """A school's day in groups that take turns: with the teachers, with the tutors, on devices, with partners."""

    def __init__(self, one: Learners, sitters: Sequence[Sitter], groups: list[list[int]], day: int, stay: bool) -> None:
        self.one, self.sitters, self.groups, self.day, self.stay = one, sitters, groups, day, stay
        self.out: Seats = []
        model = one.setting.model
        self.crews = {crew.id: len(crew.names) for crew in model.crews}
        self.ways = {each.id: each for each in model.modalities}

    def had(self, learner: int, way: str) -> int:
        return sum(row[learner][0] == way for row in self.out)

    def open(self, learner: int) -> dict[int, float]:
        return left(self.sitters[learner], {row[learner][1] for row in self.out})

    def block(self) -> list[tuple[str, int]]:
        row: list[tuple[str, int]] = [("", -1)] * len(self.sitters)
        turn = self.day * len(self.one.setting.model.planned()) + len(self.out)
        self._taught(row, turn)
        self._tutored(row, turn)
        self._screens(row, turn)
        self._partners(row)
        return row

    def _turn(self, way: Modality, turn: int, offset: int) -> list[list[int]]:
        adults, count = sum(self.crews[crew] for crew in way.run_by), len(self.groups)
        return [self.groups[(turn * adults + n + offset) % count] for n in range(min(adults, count))]

    def _taught(self, row: list[tuple[str, int]], turn: int) -> None:
        """Teachers take groups in turn, on what promises most to the group. Who is not ready for it stays, or works alone."""
        way = self.ways["group"]
        for group in self._turn(way, turn, 0):
            members = [n for n in group if self.had(n, way.id) < way.most]
            open_ = {n: self.open(n) for n in members}
            skill = common(list(open_.values()), way.smallest)
            for n in members if skill >= 0 else []:
                if self.stay or skill in open_[n]:
                    row[n] = (way.id, skill)

    def _tutored(self, row: list[tuple[str, int]], turn: int) -> None:
        """Tutors take three of a group that has no teacher, those first who come next in turn."""
        way = self.ways["tutoring"]
        for group in self._turn(way, turn, len(self.groups) // 2):
            free = [n for n in group if row[n][1] < 0 and self.had(n, way.id) < way.most]
            if not free:
                continue
            first = turn // len(self.groups) % len(free)
            free = free[first:] + free[:first]
            skill = next(iter(self.open(free[0])), -1)
            able = [n for n in free if skill in self.open(n)]
            for n in able[: way.largest]:
                row[n] = (way.id, skill)

    def _screens(self, row: list[tuple[str, int]], turn: int) -> None:
        """Devices go to those who had fewest today, in turn."""
        count, limit = len(row), self.one.setting.model.screen_blocks
        free = [n for n in range(count) if row[n][1] < 0 and self.had(n, "device") < limit and self.open(n)]
        free.sort(key=lambda n: (self.had(n, "device"), (n + turn * SIZE) % count))
        for n in free[: self.one.setting.model.devices]:
            row[n] = ("device", next(iter(self.open(n))))

    def _partners(self, row: list[tuple[str, int]]) -> None:
        """Whoever is left works with others of their group on what promises them most together."""
        way, tables = self.ways["partners"], self.ways["partners"].at_once
        for group in self.groups:
            free = [n for n in group if row[n][1] < 0 and self.had(n, way.id) < way.most]
            skill = common([self.open(n) for n in free], way.smallest)
            able = [n for n in free if skill in self.open(n)][: way.largest]
            if tables > 0 and len(able) >= way.smallest:
                tables -= 1
                for n in able:
                    row[n] = (way.id, skill)


def in_turn(one: Learners, sitters: Sequence[Sitter], order: Ints, day: int, stay: bool) -> Seats:
    """Arrange a day of groups of neighbours in an order of the learners."""
    if one.setting.model.id == "station-rotation":
        return stations(sitters, order * 3 // one.count)
    place = np.argsort(order)
    groups = [place[at : at + SIZE].tolist() for at in range(0, one.count, SIZE)]
    made = _Round(one, sitters, groups, day, stay)
    for _ in one.setting.model.planned():
        made.out.append(made.block())
    return made.out


def fixed(one: Learners, sitters: Sequence[Sitter], _rng: np.random.Generator, day: int) -> Seats:
    """Groups by ability, made once; whoever is not ready for the group's skill stays with the group."""
    return in_turn(one, sitters, one.rank, day, True)


def fixed_alone(one: Learners, sitters: Sequence[Sitter], _rng: np.random.Generator, day: int) -> Seats:
    """Groups by ability, made once; whoever is not ready for the group's skill works on their own."""
    return in_turn(one, sitters, one.rank, day, False)


def at_random(one: Learners, sitters: Sequence[Sitter], rng: np.random.Generator, day: int) -> Seats:
    """New groups every day, drawn by lot."""
    return in_turn(one, sitters, rng.permutation(one.count), day, True)


def random_alone(one: Learners, sitters: Sequence[Sitter], rng: np.random.Generator, day: int) -> Seats:
    """New groups every day; whoever is not ready for the group's skill works on their own."""
    return in_turn(one, sitters, rng.permutation(one.count), day, False)
