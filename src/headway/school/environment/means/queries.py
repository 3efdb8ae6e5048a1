"""Reading what schools have. Nothing here is about a learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.environment.means import Fitted, Means, Said, fitted
from headway.school.environment.means.models import SchoolMeans as SchoolMeans
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName
from headway.school.people.models import School as School
from headway.standards.instruction import shipped_models

READERS = (RoleName.LEADER, RoleName.RESEARCHER)


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that holds, who said so, from which day on (days since 1970) and when it was written down."""

    said: Said
    by: str
    day: int
    at: float


def schools_of(viewer: Viewer, *roles: str) -> list[School]:
    """The schools that somebody reads about (or, with other roles, leads), by name. One query."""
    held = viewer.schools(*(roles or READERS))
    rows = School.objects.filter(is_active=True).order_by("name", "id")
    return list(rows if None in held else rows.filter(id__in=[key for key in held if key is not None]))


def lines_of(schools: Sequence[UUID]) -> dict[UUID, list[Line]]:
    """What holds of each school: the newest row of a kind and name. One query."""
    rows = (
        SchoolMeans.objects.filter(school_id__in=schools)
        .order_by("school_id", "kind", "name", "-day", "-id")
        .distinct("school_id", "kind", "name")
        .select_related("by")
    )
    out: dict[UUID, list[Line]] = {key: [] for key in schools}
    for row in rows:
        if not row.gone:
            said = Said(row.kind, row.name, **row.body)
            out[row.school_id].append(Line(said, row.by.name if row.by else "", row.day, row.at))
    return out


def means_of(schools: Sequence[UUID]) -> dict[UUID, Means]:
    """What each school has, as plans and costs read it. One query."""
    return {key: Means(tuple(line.said for line in lines)) for key, lines in lines_of(schools).items()}


def fitted_ways(school: UUID) -> list[Fitted]:
    """The ways of working that ship, each as this school can have it. One query."""
    means = means_of([school])[school]
    return [fitted(model, means) for model in shipped_models().values()]


def history_of(school: UUID) -> list[SchoolMeans]:
    """Everything that was said of a school, the newest first."""
    return list(SchoolMeans.objects.filter(school_id=school).select_related("by").order_by("-id")[:200])
