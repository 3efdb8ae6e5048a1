"""Reading what the district wants and where it stands. Nothing here is shown of fewer than ten learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.outcomes.aims import FACETS, Aim, Goal, aim_from_json, due
from headway.core.evidence.outcomes.gaps import Gap, gap_of, trend_of
from headway.core.evidence.outcomes.hiding import hidden
from headway.core.evidence.outcomes.standing import Change, Standing, all_of, chances, change_of, standings
from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.study import SMALL
from headway.school.evidence.outcomes.models import OutcomeAim, OutcomeTake
from headway.school.evidence.outcomes.people import Crowd, columns_of
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName, School

READERS = (RoleName.LEADER, RoleName.RESEARCHER)
BACK, APART = 84, 14
"""Days between the two readings that growth is seen from: about these, at least those."""
POINTS = 8
"""Readings that a trend shows."""
State = Literal["reached", "near", "below", "unknown"]


def leads_district(viewer: Viewer) -> bool:
    """Whether somebody leads the whole district, or every school of it."""
    held = viewer.schools(RoleName.LEADER)
    if None in held or not held:
        return None in held
    return not School.objects.filter(is_active=True).exclude(id__in=[key for key in held if key is not None]).exists()


def schools_read(viewer: Viewer, schools: Sequence[School]) -> list[School]:
    """The schools that somebody may read about one by one; the district as a whole is for every reader."""
    held = viewer.schools(*READERS)
    return [each for each in schools if None in held or each.id in held]


def aims_of() -> list[Aim]:
    """What the district wants now, by facet and then by code. One query."""
    rows = OutcomeAim.objects.order_by("code", "-id").distinct("code")
    found = [aim_from_json(row.body) for row in rows if not row.gone]
    order = {facet: place for place, facet in enumerate(FACETS)}
    return sorted(found, key=lambda aim: (order.get(aim.facet, 99), aim.code))


def history_of(code: str) -> list[OutcomeAim]:
    """Everything that was said of an outcome, the newest first."""
    return list(OutcomeAim.objects.filter(code=code).select_related("by").order_by("-id"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that there is, without its columns."""

    id: int
    measure: str
    day: int


def taken_of(measures: Sequence[str]) -> dict[str, list[Taken]]:
    """The readings of measures, each day's newest one, the latest day first. One query."""
    rows = OutcomeTake.objects.filter(measure__in=set(measures)).order_by("measure", "-day", "-id")
    out: dict[str, list[Taken]] = {measure: [] for measure in measures}
    for key, measure, day in rows.distinct("measure", "day").values_list("id", "measure", "day"):
        out[measure].append(Taken(key, measure, day))
    return out


def before(found: Sequence[Taken]) -> Taken | None:
    """The reading that growth is seen from: the one nearest to twelve weeks before the latest, two weeks before it at least."""
    early = [each for each in found[1:] if found[0].day - each.day >= APART]
    return min(early, key=lambda each: abs(found[0].day - BACK - each.day), default=None)


def takes_with(keys: Sequence[int]) -> dict[int, OutcomeTake]:
    """Readings with their columns. One query."""
    return {row.id: row for row in OutcomeTake.objects.filter(id__in=set(keys))}


@dataclass(frozen=True, eq=False)
class Read:
    """One reading of an outcome for the crowd: ``value`` and ``error`` [N] on the measure's scale, nan: not measured."""

    aim: Aim
    crowd: Crowd
    day: int
    value: Floats
    error: Floats

    @cached_property
    def chance(self) -> Floats:
        """Each learner's chance to be there, learned within their school."""
        return self.chance_within(self.crowd.school)

    def chance_within(self, group: Ints) -> Floats:
        """The same, learned within other groups."""
        if self.aim.better == "higher":
            return chances(self.value, self.error, group, self.aim.bar)
        return chances(-self.value, self.error, group, -self.aim.bar)

    @cached_property
    def measured(self) -> NDArray[np.bool_]:
        """Who has a value."""
        found: NDArray[np.bool_] = np.isfinite(self.value)
        return found

    @cached_property
    def schools(self) -> list[Standing]:
        """Each school's standing, small ones drawn to the others."""
        return standings(
            self.value, self.error, self.crowd.school, len(self.crowd.schools), self.aim.bar,
            higher=self.aim.better == "higher", drawn=True,
        )  # fmt: skip

    @cached_property
    def whole(self) -> Standing:
        """The district's standing."""
        return all_of(self.schools, self.value, self.chance)

    @cached_property
    def hidden_schools(self) -> NDArray[np.bool_]:
        """Which schools' figures would speak of too few."""
        counts = np.bincount(self.crowd.school[self.measured], minlength=len(self.crowd.schools))
        found: NDArray[np.bool_] = hidden(counts[None, :])[0] | (counts < SMALL)
        return found

    def standing(self, school: int | None) -> Standing | None:
        """Where a school (None: the district) stands; None where too few are measured."""
        if school is None:
            return self.whole if self.whole.measured >= SMALL else None
        return None if self.hidden_schools[school] else self.schools[school]


def read_of(aim: Aim, take: OutcomeTake, crowd: Crowd) -> Read:
    """A reading as it is for those who are here now."""
    return Read(aim, crowd, take.day, *columns_of(take, crowd))


def growth_of(early: Read, late: Read, school: int | None) -> Change | None:
    """How the share of the same learners changed; None where they are too few."""
    if late.standing(school) is None or early.standing(school) is None:
        return None
    who = None if school is None else late.crowd.school == school
    found = change_of(early.chance, late.chance, who)
    return found if found is not None and found.learners >= SMALL else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A group's ``standing``, None where it would speak of too few."""

    name: str
    standing: Standing | None


def groups_of(read: Read, by: str, school: int | None) -> list[Cell]:
    """Where the groups of a school (None: of the district) stand. Hidden is what is small, and what a total, of the school or of
    the district, would give away."""
    split, crowd = read.crowd.splits[by], read.crowd
    there, many = read.measured, len(split.names)
    table = np.zeros((max(len(crowd.schools), 1), many), np.int64)
    np.add.at(table, (crowd.school[there], split.code[there]), 1)
    if school is None:
        hide = hidden(table.sum(0)[None, :])[0]
        who = np.ones(len(crowd.keys), bool)
    else:
        hide = hidden(table)[school]
        who = crowd.school == school
    higher = read.aim.better == "higher"
    found = standings(read.value[who], read.error[who], split.code[who], many, read.aim.bar, higher=higher)
    return [
        Cell(name, None if hide[n] or found[n].measured < SMALL else found[n])
        for n, name in enumerate(split.names)
        if found[n].learners
    ]


@dataclass(frozen=True, slots=True)
class GapSeen:
    """The gap between two groups now and how it changed; ``now`` None where a group is too small to be shown."""

    now: Gap | None
    trend: Gap | None
    ahead: Standing | None
    behind: Standing | None


def gap_seen(late: Read, early: Read | None, *, by: str, ahead: str, behind: str, school: int | None) -> GapSeen:
    """The gap between two groups of a school (None: of the district)."""
    cells = {cell.name: cell.standing for cell in groups_of(late, by, school)}
    first, second = cells.get(ahead), cells.get(behind)
    if first is None or second is None:
        return GapSeen(None, None, first, second)
    trend = None
    if early is not None:
        then = {cell.name: cell.standing for cell in groups_of(early, by, school)}
        if then.get(ahead) is not None and then.get(behind) is not None:
            trend = trend_of(*(_changed(early, late, by, name, school) for name in (ahead, behind)))
    return GapSeen(gap_of(first, second), trend, first, second)


def _changed(early: Read, late: Read, by: str, name: str, school: int | None) -> Change | None:
    split = late.crowd.splits[by]
    who = split.code == split.names.index(name)
    if school is not None:
        who = who & (late.crowd.school == school)
    found = change_of(early.chance_within(split.code), late.chance_within(split.code), who)
    return found if found is not None and found.learners >= SMALL else None


def state_of(standing: Standing | None, goal: Goal) -> State:
    """How a share stands to a goal: ``near`` where the goal lies in its interval."""
    if standing is None:
        return "unknown"
    wanted = goal.share / 100.0
    return "reached" if standing.low >= wanted else "near" if standing.high >= wanted else "below"


@dataclass(frozen=True, slots=True)
class Line:
    """An outcome on the overview: where the school or district stands, how it grew, and the goal that is due. ``day``: of the
    reading, None before the first; ``since``: the day that growth is seen from."""

    aim: Aim
    goal: Goal
    day: int | None
    standing: Standing | None
    growth: Change | None
    since: int | None

    @property
    def state(self) -> State:
        """How it stands to the goal."""
        return state_of(self.standing, self.goal)


def lines_of(crowd: Crowd, school: UUID | None, today: int) -> list[Line]:
    """Every outcome for a school (None: the district). Three queries, however many outcomes there are."""
    aims = aims_of()
    taken = taken_of([aim.measure for aim in aims])
    pairs = {
        aim.code: (next(iter(taken[aim.measure]), None), before(taken[aim.measure]))
        for aim in aims
        if taken[aim.measure]
    }
    takes = takes_with([each.id for pair in pairs.values() for each in pair if each is not None])
    place = None if school is None else crowd.place(school)
    out = []
    for aim in aims:
        late, early = pairs.get(aim.code, (None, None))
        if late is None:
            out.append(Line(aim, due(aim, today), None, None, None, None))
            continue
        now = read_of(aim, takes[late.id], crowd)
        then = None if early is None else read_of(aim, takes[early.id], crowd)
        growth = None if then is None else growth_of(then, now, place)
        out.append(Line(aim, due(aim, today), now.day, now.standing(place), growth, None if then is None else then.day))
    return out


def reads_of(aim: Aim, crowd: Crowd) -> list[Read]:
    """Up to :data:`POINTS` readings of one outcome, spread over all there are, the earliest first. Two queries."""
    found = taken_of([aim.measure])[aim.measure][::-1]
    if len(found) > POINTS:
        found = [found[round(n * (len(found) - 1) / (POINTS - 1))] for n in range(POINTS)]
    takes = takes_with([each.id for each in found])
    return [read_of(aim, takes[each.id], crowd) for each in found]
