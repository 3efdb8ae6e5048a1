"""Who is counted: the learners of a district now, their schools, and the groups between which gaps are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.text import T, Text
from headway.school.evidence.outcomes.models import OutcomeTake
from headway.school.intervention.models import SupportPlan
from headway.school.people.models import Role, RoleName, School

GROUPS: dict[str, Text] = {
    "language": T("Home language"),
    "grade": T("Grade"),
    "support": T("Extra support"),
}
"""What groups can be formed by. ``support``: has a plan of support that nobody has ended."""


@dataclass(frozen=True, slots=True)
class Split:
    """A way to form groups: their ``names`` and each learner's group [N] from 0."""

    names: tuple[str, ...]
    code: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """The learners: ``keys`` [N] are identifiers as 16 bytes in order, ``school`` [N] numbers their ``schools``."""

    keys: NDArray[np.bytes_]
    schools: tuple[School, ...]
    school: Ints
    splits: dict[str, Split]

    def place(self, school: UUID) -> int:
        """The number of a school. Raises KeyError for one without learners."""
        for number, each in enumerate(self.schools):
            if each.id == school:
                return number
        raise KeyError(school)


def crowd_of() -> Crowd:
    """Everybody who learns in the district now, in one school each. Three queries."""
    rows = (
        Role.objects.filter(name=RoleName.LEARNER, person__is_active=True, school__is_active=True)
        .order_by("person_id", "school_id")
        .values_list("person_id", "school_id", "person__grade", "person__language")
    )
    found: dict[UUID, tuple[UUID, str, str]] = {}
    for person, school, grade, language in rows:
        if school is not None:
            found.setdefault(person, (school, grade, language))
    supported = set(SupportPlan.objects.filter(ended=None).values_list("learner_id", flat=True))
    used = {school for school, _grade, _language in found.values()}
    schools = tuple(School.objects.filter(id__in=used).order_by("name", "id"))
    number = {each.id: place for place, each in enumerate(schools)}
    return Crowd(
        np.array([key.bytes for key in found], "S16"),
        schools,
        np.array([number[school] for school, _grade, _language in found.values()], np.int64),
        {
            "language": _split([language for _school, _grade, language in found.values()]),
            "grade": _split([grade for _school, grade, _language in found.values()]),
            "support": _split(["yes" if key in supported else "no" for key in found]),
        },
    )


def _split(values: Sequence[str]) -> Split:
    names = tuple(sorted(set(values), key=lambda name: (len(name), name)))
    number = {name: place for place, name in enumerate(names)}
    return Split(names, np.array([number[value] for value in values], np.int64))


def columns_of(take: OutcomeTake, crowd: Crowd) -> tuple[Floats, Floats]:
    """A reading's values and standard errors [N] of the crowd, nan for whoever is not in it."""
    keys = np.frombuffer(bytes(take.learners), "S16")
    values, errors = (np.frombuffer(bytes(column), "<f8") for column in (take.values, take.errors))
    if len(keys) == 0:
        return np.full(len(crowd.keys), np.nan), np.full(len(crowd.keys), np.nan)
    at = np.minimum(np.searchsorted(keys, crowd.keys), len(keys) - 1)
    there = keys[at] == crowd.keys
    return np.where(there, values[at], np.nan), np.where(there, errors[at], np.nan)
