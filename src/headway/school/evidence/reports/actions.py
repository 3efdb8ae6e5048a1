"""Closing weeks: what a week's log says is summed up once, when the week is over, and holding the sums against the log again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Min

from headway.core.curriculum.catalogue import Curriculum
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.reports.models import ReportCell, ReportWeek
from headway.school.evidence.reports.reading import Tried, answers_of, read_week
from headway.school.evidence.reports.summing import WINDOW, Place, abilities_of, cells_of, roster_now, status_rows
from headway.school.mastery.models import Evidence
from headway.school.people.clock import date_of, day_of, start_of
from headway.school.people.tenancy import in_district

WEEK = 7
Cells = dict[tuple[str, UUID, str], list[dict[str, Any]]]
"""Population, school and sorting -> blocks."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Closed:
    """What was done: the Mondays (local days since 1970) that were closed or looked at, and, where weeks were held against the
    log, the first thing that is not the same (``""`` where all is)."""

    weeks: tuple[int, ...]
    difference: str = ""


def monday_of(district: UUID, at: float) -> int:
    """The local day (since 1970) of the Monday of a moment's week."""
    day = day_of(district, at)
    return day - date_of(day).weekday()


def close_weeks(
    *, district: UUID, now: float, anew: bool = False, progress: Progress = lambda done, of: None
) -> Closed:
    """Sum up every week that is over and not yet closed, each in a transaction of its own; ``anew`` drops all sums first.

    A closed week stays as it was told: groups are those of the roster on the day of closing, so that one child who changes class
    or language later cannot be seen from the difference. Closing at the same time as somebody else does each week once.
    Raises NoCurriculum.
    """
    with in_district(district):
        if anew:
            ReportCell.objects.all().delete()
            ReportWeek.objects.all().delete()
        weeks = _weeks_left(district, now)
        curriculum = curriculum_of(district)
    window = _Window(district, curriculum)
    done = []
    for place, week in enumerate(weeks):
        with in_district(district):
            # The row first: of two at once the second waits for it here, and finds the week closed.
            row, new = ReportWeek.objects.get_or_create(week=week, defaults={"district_id": district, "at": now})
            if new:
                cells, row.answers, row.simulated = _sums(window, week)
                row.save(update_fields=["answers", "simulated"])
                _write(district, week, cells)
                done.append(week)
        progress(place + 1, len(weeks))
    return Closed(tuple(done))


def check_weeks(*, district: UUID, last: int | None = None, progress: Progress = lambda done, of: None) -> Closed:
    """Work the ``last`` closed weeks (all without a number) out of the log again and hold them against what is kept."""
    with in_district(district):
        weeks = list(ReportWeek.objects.order_by("week").values_list("week", flat=True))[-last if last else 0 :]
        window = _Window(district, curriculum_of(district)) if weeks else None
        difference = ""
        for place, week in enumerate(weeks):
            assert window is not None
            made = _sums(window, week)[0]
            kept = {(r.population, r.school_id, r.sorting): r.blocks for r in ReportCell.objects.filter(week=week)}
            if made != kept and not difference:
                first = min((key for key in made.keys() | kept.keys() if made.get(key) != kept.get(key)), key=str)
                difference = f"week of {date_of(week)}, {first[0]} learners of school {first[1]} by {first[2]}"
            progress(place + 1, len(weeks))
    return Closed(tuple(weeks), difference)


def _weeks_left(district: UUID, now: float) -> list[int]:
    """Mondays of the weeks that are over and not closed, oldest first."""
    last = ReportWeek.objects.order_by("-week").values_list("week", flat=True).first()
    if last is None:
        begun = Evidence.objects.aggregate(first=Min("now"))["first"]
        if begun is None:
            return []
        last = monday_of(district, begun) - WEEK
    return list(range(last + WEEK, monday_of(district, now), WEEK))


class _Window:
    """First answers of the last weeks, so that each week of the log is read once."""

    def __init__(self, district: UUID, curriculum: Curriculum) -> None:
        self.district, self.curriculum = district, curriculum
        self.roster: dict[UUID, Place] = {}
        self._kept: dict[int, Tried] = {}

    def keep(self, week: int, tried: Tried) -> None:
        """Remember a week that was read, and forget those that are not needed any more."""
        self._kept = {key: each for key, each in self._kept.items() if key > week - 2 * WINDOW * WEEK} | {week: tried}

    def last(self, week: int) -> Iterator[Tried]:
        """The four weeks that end with this one."""
        for each in range(week - (WINDOW - 1) * WEEK, week + 1, WEEK):
            if each not in self._kept:
                begin, end = start_of(self.district, each), start_of(self.district, each + WEEK)
                self._kept[each] = answers_of(begin, end, self.curriculum, frozenset(self.roster))[0]
            yield self._kept[each]


def _sums(window: _Window, week: int) -> tuple[Cells, int, bool]:
    roster = window.roster = window.roster or roster_now()
    learners = sorted(roster)
    read = read_week(window.district, week, window.curriculum, learners)
    window.keep(week, read.tried)
    now, before = (
        abilities_of(list(window.last(each)), window.curriculum, learners) for each in (week, week - WINDOW * WEEK)
    )
    rows = {**read.rows, **status_rows(now, before)}
    cells = {
        (population, school, sorting): blocks
        for population, own in rows.items()
        for (school, sorting), blocks in cells_of(population, own, roster).items()
    }
    return cells, read.answers, read.simulated


def _write(district: UUID, week: int, cells: Cells) -> None:
    ReportCell.objects.bulk_create(
        ReportCell(
            district_id=district, week=week, school_id=school, population=population, sorting=sorting, blocks=blocks
        )
        for (population, school, sorting), blocks in cells.items()
    )
