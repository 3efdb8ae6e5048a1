"""Reading what a district teaches: its compiled curriculum and its problems."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache
from uuid import UUID

from django.db import connection

from headway.core.curriculum.catalogue import Curriculum, curriculum_from_bytes
from headway.core.curriculum.codec import problem_from_json
from headway.core.curriculum.generators.base import generate
from headway.core.curriculum.problems import Problem
from headway.school.curriculum.models import CurriculumVersion
from headway.school.curriculum.models import Problem as ProblemRow
from headway.school.people.tenancy import current_district, in_district


class NoCurriculum(Exception):
    """The district has not installed a curriculum yet."""


class UnknownProblem(Exception):
    """No such activity: it was never generated or imported here."""


_COMPILED: dict[str, Curriculum] = {}
"""Compiled curricula by version. A version is a content hash, so the same one serves every district."""


def compiled(version: str, data: bytes | memoryview) -> Curriculum:
    """Return the curriculum of a stored version, compiling it once per process."""
    if version not in _COMPILED:
        _COMPILED[version] = curriculum_from_bytes(bytes(data))
    return _COMPILED[version]


def known(version: str) -> Curriculum | None:
    """Return a curriculum that this process has compiled already."""
    return _COMPILED.get(version)


def curriculum_of(district: UUID, version: str = "") -> Curriculum:
    """Return the district's curriculum in force, or an older version of it. Raises NoCurriculum.

    Within a unit of work for the district it reads without a savepoint: a page asks for it several times.
    """
    inside = connection.in_atomic_block and current_district() == district
    with nullcontext() if inside else in_district(district):
        rows = (
            CurriculumVersion.objects.filter(version=version)
            if version
            else CurriculumVersion.objects.filter(current=True)
        )
        found = rows.values_list("version", flat=True).first()
        if found is None:
            raise NoCurriculum(
                f"district {district} has no curriculum{' ' + version if version else ''}: "
                "run `headway import standards` or start from the shipped one"
            )
        if found not in _COMPILED:
            compiled(found, CurriculumVersion.objects.values_list("data", flat=True).get(version=found))
    return _COMPILED[found]


def problem_of(district: UUID, activity: str) -> Problem:
    """Return the problem of a concrete activity: generated again, or as it was imported. Raises UnknownProblem."""
    if activity.startswith("gen:"):
        return _generated(activity)
    return _imported(str(district), activity)


@lru_cache(maxsize=8192)
def _generated(activity: str) -> Problem:
    try:
        return generate(activity)
    except (KeyError, ValueError) as error:
        raise UnknownProblem(f"no activity {activity!r}: {error}") from None


@lru_cache(maxsize=2048)
def _imported(district: str, activity: str) -> Problem:
    with in_district(district):
        payload = ProblemRow.objects.filter(key=activity).values_list("payload", flat=True).first()
    if payload is None:
        raise UnknownProblem(f"no activity {activity!r}")
    return problem_from_json(payload)


def forget_imported() -> None:
    """Drop cached imported problems, after an import has changed some."""
    _imported.cache_clear()
