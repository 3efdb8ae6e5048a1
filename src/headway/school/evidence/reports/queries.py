"""Reading reports: whose schools somebody may see, the closed weeks, sums as figures. No learner is named or counted alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from headway.core.evidence.reports.figures import Figure, Gap, Sums, add, change, columns_of, figure, gap
from headway.core.evidence.reports.measures import MEASURES, Measure
from headway.core.text import T, Text
from headway.school.evidence.reports.models import ReportCell, ReportWeek
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.clock import EPOCH, date_of, day_of
from headway.school.people.models import RoleName, School

READERS = (RoleName.LEADER, RoleName.RESEARCHER)
SPANS: dict[str, Text] = {
    "month": T("The last four weeks"),
    "term": T("The last twelve weeks"),
    "year": T("This school year"),
}
LENGTHS = {"month": 4, "term": 12}
MONTH, WEEK = 4, 7
YEAR_BEGINS = 8
"""The month with which a school year begins."""
REST = "*"
"""The group of those who are too few to be told apart."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody looks at: ``schools`` (identifier and name, by name), those they may choose from (``own``), and whether these
    are all of the district's (``whole``); ``chosen`` is the one school, or None for all of ``own``."""

    schools: tuple[tuple[UUID, str], ...]
    own: tuple[tuple[UUID, str], ...]
    whole: bool
    chosen: UUID | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed week."""

    week: int
    answers: int
    simulated: bool
    at: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A block of learners of one school in one week."""

    week: int
    school: UUID
    group: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group's figure, and its gap to the others of the same schools and weeks: now, and how it has changed. ``weeks`` are those
    in which the group could be told apart."""

    group: str
    figure: Figure
    weeks: int
    gap: Gap | None
    changed: Gap | None


def scope_of(viewer: Viewer, wanted: str = "") -> Scope:
    """What a viewer may see: a leader or researcher their schools, or all of the district's. One query. Raises NotAllowed for
    anybody else, and for a school that is not theirs."""
    held = viewer.schools(*READERS)
    rows = School.objects.filter(is_active=True).order_by("name", "id")
    if None not in held:
        rows = rows.filter(id__in=[school for school in held if school])
    own = tuple(rows.values_list("id", "name"))
    found = next(((key, name) for key, name in own if str(key) == wanted), None)
    if not held or (wanted and found is None):
        raise NotAllowed("There is no such report among those of your schools.")
    return Scope((found,) if found else own, own, None in held, found[0] if found else None)


def whole_district(wanted: str = "") -> Scope | None:
    """What the command line looks at: all schools of the district, or the one of a name, sourcedId or identifier; None where
    there is none. Whoever may run commands on the server may see all of it. One query."""
    rows = list(School.objects.filter(is_active=True).order_by("name", "id"))
    own = tuple((row.id, row.name) for row in rows)
    if not wanted:
        return Scope(own, own, True, None)
    found = next((row for row in rows if wanted in (row.name, row.sourced_id, str(row.id))), None)
    return Scope(((found.id, found.name),), own, True, found.id) if found else None


def closed_weeks() -> list[Closing]:
    """Every closed week, oldest first."""
    return [
        Closing(*row) for row in ReportWeek.objects.order_by("week").values_list("week", "answers", "simulated", "at")
    ]


def weeks_missing(district: UUID, now: float, last: Closing | None = None) -> bool:
    """Whether a week is over that is not closed yet; ``last`` is the last closing, where it was read already."""
    day = day_of(district, now)
    closed = last.week if last else ReportWeek.objects.order_by("-week").values_list("week", flat=True).first()
    return closed is None or closed < day - date_of(day).weekday() - WEEK


def weeks_in(span: str, weeks: Sequence[int]) -> list[int]:
    """Those of the closed weeks that lie in a span; the last one closed ends it."""
    if not weeks:
        return []
    if span in LENGTHS:
        return [week for week in weeks if week > weeks[-1] - LENGTHS[span] * WEEK]
    last = date_of(weeks[-1])
    begins = date(last.year - (last.month < YEAR_BEGINS), YEAR_BEGINS, 1).toordinal() - EPOCH
    return [week for week in weeks if week > begins - WEEK]


@dataclass(frozen=True, slots=True)
class Held:
    """Sums that were read: ``cells`` by population, sorting and week."""

    cells: dict[tuple[str, str, int], list[Cell]]

    def total(self, measure: Measure, weeks: Iterable[int]) -> Figure | None:
        """A measure over all learners that were read."""
        return figure(measure, _added(measure, self._of(measure, "all", weeks)))

    def _of(self, measure: Measure, sorting: str, weeks: Iterable[int]) -> Iterator[Cell]:
        for week in weeks:
            yield from self.cells.get((measure.population, sorting, week), ())

    def trend(self, measure: Measure, weeks: Iterable[int]) -> list[tuple[int, Figure]]:
        """A measure week by week; a week in which nothing may be told is left out."""
        found = ((week, self.total(measure, [week])) for week in weeks)
        return [(week, each) for week, each in found if each is not None]

    def groups(self, measure: Measure, sorting: str, weeks: Sequence[int], before: Sequence[int]) -> list[Grouped]:
        """A measure by group, with the gap to all others in ``weeks``, and its change since the weeks ``before``."""
        if sorting == "school":
            now, then = (
                [Cell(cell.week, cell.school, str(cell.school), cell.sums) for cell in self._of(measure, "all", each)]
                for each in (weeks, before)
            )
        else:
            now, then = (list(self._of(measure, sorting, each)) for each in (weeks, before))
        out = []
        for group in sorted({cell.group for cell in now}):
            own = _added(measure, [cell for cell in now if cell.group == group])
            shown = figure(measure, own)
            if shown is None or own is None:
                continue
            pair = _pair(measure, now, group, beside=sorting != "school")
            was = _pair(measure, then, group, beside=sorting != "school")
            changed = change(measure, was, pair) if was and pair else None
            out.append(Grouped(group, shown, own.weeks, gap(measure, *pair) if pair else None, changed))
        return [] if [each.group for each in out] == [REST] else out


def held(scope: Scope, weeks: Sequence[int], grouped: Sequence[int], measures: Iterable[Measure]) -> Held:
    """Read the sums of some measures: of everybody in ``weeks``, by group in the weeks ``grouped``. One query."""
    populations = {measure.population for measure in measures}
    rows = ReportCell.objects.filter(
        Q(sorting="all", week__in=weeks) | Q(sorting__in=("grade", "language"), week__in=grouped),
        population__in=populations,
        school_id__in=[key for key, _ in scope.schools],
    )
    found: dict[tuple[str, str, int], list[Cell]] = {}
    columns = ("week", "school_id", "population", "sorting", "blocks")
    for week, school, population, sorting, blocks in rows.order_by("week", "school_id").values_list(*columns):
        several = found.setdefault((population, sorting, week), [])
        for block in blocks:
            several.append(Cell(week, school, _named(sorting, block["groups"]), Sums(block["n"], 1, block["sums"])))
    return Held(found)


def measure_of(key: str) -> Measure | None:
    """A measure by its key, or None."""
    return MEASURES.get(key)


def _named(sorting: str, groups: Sequence[str]) -> str:
    """A block's name: its group, grades one after the other, or the rest."""
    if sorting == "all":
        return ""
    return ", ".join(groups) if sorting == "grade" or len(groups) == 1 else REST


def _added(measure: Measure, cells: Iterable[Cell]) -> Sums | None:
    return add(((cell.week, cell.sums) for cell in cells), columns_of(measure))


def _pair(measure: Measure, cells: Sequence[Cell], group: str, *, beside: bool) -> tuple[Sums, Sums] | None:
    """A group's sums and those of all others, where both can be told; ``beside``: of the same school and week."""
    where = {(cell.week, cell.school if beside else None) for cell in cells if cell.group == group}
    there = [cell for cell in cells if (cell.week, cell.school if beside else None) in where]
    own = _added(measure, [cell for cell in there if cell.group == group])
    others = _added(measure, [cell for cell in there if cell.group != group])
    return (own, others) if own is not None and others is not None else None
