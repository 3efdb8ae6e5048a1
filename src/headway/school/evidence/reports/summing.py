"""Columns of learners to sums of blocks that may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, grade_level
from headway.core.evidence.reports.blocks import Block, blocks_of
from headway.core.evidence.reports.measures import COLUMNS, PRODUCTS
from headway.core.evidence.reports.status import standing
from headway.school.evidence.reports.reading import Rows, Tried
from headway.school.people.models import Role, RoleName

SORTINGS = ("all", "grade", "language")
WINDOW = 4
"""Weeks of first answers that show an ability."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a learner stands in the roster."""

    school: UUID
    grade: str
    language: str


def roster_now() -> dict[UUID, Place]:
    """The district's learners as the roster has them: the children, or, where there is none, the invented ones. One query."""
    rows = Role.objects.filter(name=RoleName.LEARNER, person__is_active=True).exclude(school=None).order_by("-id")
    columns = ("person_id", "school_id", "person__grade", "person__language", "person__simulated")
    found = list(rows.values_list(*columns))
    made_up = all(simulated for *_, simulated in found)
    return {who: Place(*place) for who, *place, simulated in found if simulated == made_up}


def abilities_of(
    weeks: Sequence[Tried], curriculum: Curriculum, learners: Sequence[UUID]
) -> dict[UUID, tuple[float, float]]:
    """Ability and its squared error of who shows one in the first answers of these weeks."""
    number = {key: place for place, key in enumerate(learners)}
    hard = dict(zip(curriculum.items, curriculum.difficulty.tolist(), strict=True))
    who, difficulty, tries, right = [], [], [], []
    for week in weeks:
        for learner, item, n, good in zip(
            week.learner, week.item, week.tries.tolist(), week.right.tolist(), strict=True
        ):
            known = hard.get(item)
            if known is not None and learner in number:
                who.append(number[learner])
                difficulty.append(known)
                tries.append(n)
                right.append(good)
    theta, noise = standing(
        np.array(who, np.int64),
        np.array(difficulty, np.float64),
        np.array(tries, np.int64),
        np.array(right, np.int64),
        len(number),
    )
    return {key: (float(theta[n]), float(noise[n])) for key, n in number.items() if np.isfinite(theta[n])}


def status_rows(now: Mapping[UUID, tuple[float, float]], before: Mapping[UUID, tuple[float, float]]) -> dict[str, Rows]:
    """The populations ``measured`` and ``growing``."""
    measured = {key: {"ability": theta, "noise": noise} for key, (theta, noise) in now.items()}
    growing = {key: {"growth": now[key][0] - before[key][0]} for key in now if key in before}
    return {"measured": measured, "growing": growing}


def cells_of(population: str, rows: Rows, roster: Mapping[UUID, Place]) -> dict[tuple[UUID, str], list[dict[str, Any]]]:
    """School and sorting -> blocks with their sums; a school with too few learners of the population has none."""
    by_school: dict[UUID, list[UUID]] = {}
    for learner in sorted(rows):
        if learner in roster:
            by_school.setdefault(roster[learner].school, []).append(learner)
    out: dict[tuple[UUID, str], list[dict[str, Any]]] = {}
    for school, learners in by_school.items():
        places = [roster[learner] for learner in learners]
        table = Counter((place.grade, place.language) for place in places)
        told = blocks_of(table, sorted({place.grade for place in places}, key=_level))
        if told is None:
            continue
        columns = COLUMNS[population]
        values = np.array([[rows[learner].get(name, 0.0) for name in columns] for learner in learners])
        sums = _with_products(population, values)
        names = (*columns, *(f"{a}*{b}" for a, b in PRODUCTS[population]))
        everybody = (frozenset(place.grade for place in places),)
        for sorting, blocks in zip(SORTINGS, (everybody, told.first, told.second), strict=True):
            out[school, sorting] = [_block(block, sorting, places, sums, names) for block in blocks]
    return out


def _level(grade: str) -> tuple[int, str]:
    try:
        return grade_level(grade), grade
    except ValueError:
        return 99, grade


def _with_products(
    population: str, values: np.ndarray[Any, np.dtype[np.float64]]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    place = {name: n for n, name in enumerate(COLUMNS[population])}
    products = [values[:, place[a]] * values[:, place[b]] for a, b in PRODUCTS[population]]
    return np.column_stack([values, *products])


def _block(
    block: Block,
    sorting: str,
    places: Sequence[Place],
    sums: np.ndarray[Any, np.dtype[np.float64]],
    names: Sequence[str],
) -> dict[str, Any]:
    """A block as it is kept: sums to nine figures, so that the order of adding up does not show."""
    mine = np.array([(place.language if sorting == "language" else place.grade) in block for place in places])
    total = sums[mine].sum(axis=0).tolist()
    values = {name: float(f"{value:.9g}") for name, value in zip(names, total, strict=True) if value}
    groups = [] if sorting == "all" else sorted(block, key=_level) if sorting == "grade" else sorted(block)
    return {"groups": groups, "n": int(mine.sum()), "sums": values}
