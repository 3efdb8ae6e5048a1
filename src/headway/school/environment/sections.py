"""Sections with honest counts: how many learners, how many practise now and this week, what was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from headway.core.environment.attention import IDLE_MINUTES, MINUTE
from headway.core.mastery.kernels import DAY
from headway.school.mastery.models import MasteryEntry
from headway.school.people.access import Viewer, sections_of
from headway.school.people.models import Enrolment, Section
from headway.school.profile.models import Profile

WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Room:
    """A section with counts of its learners: enrolled; working now (a sign of life within five minutes); practised
    within the last seven days; and the skills that they reached in those days, each learner's skill once. ``teachers``
    are their names, ``last_at`` the newest sign of life in seconds since 1970, 0 for none."""

    section: Section
    teachers: tuple[str, ...]
    learners: int
    working: int
    practised: int
    reached: int
    last_at: float


def rooms_of(viewer: Viewer, now: float, *, taught_only: bool = False) -> list[Room]:
    """Return the sections that the viewer may look into; ``taught_only`` leaves out those that others teach.

    Four queries, whatever the number of sections. Counts of a class name no learner, so no record is read.
    """
    found = sections_of(viewer).select_related("school")
    if taught_only:
        found = found.filter(enrolments__person=viewer.person, enrolments__role="teacher")
    sections = list(found)
    people: dict[UUID, list[UUID]] = {section.id: [] for section in sections}
    teachers: dict[UUID, list[str]] = {section.id: [] for section in sections}
    rows = Enrolment.objects.filter(section__in=list(people), person__is_active=True).select_related("person")
    for row in rows.order_by("person__family_name", "id"):
        if row.role == "teacher":
            teachers[row.section_id].append(row.person.name)
        else:
            people[row.section_id].append(row.person_id)
    everybody = {learner for learners in people.values() for learner in learners}
    seen = dict(Profile.objects.filter(learner__in=everybody).values_list("learner_id", "updated_at"))
    reached = _reached(everybody, now)
    return [_room(section, tuple(teachers[section.id]), people[section.id], seen, reached, now) for section in sections]


def _reached(learners: Iterable[UUID], now: float) -> Counter[UUID]:
    rows = MasteryEntry.objects.filter(learner__in=learners, kind="reached", at__gt=now - WEEK)
    return Counter(learner for learner, _ in set(rows.values_list("learner_id", "skill")))


def _room(
    section: Section,
    teachers: tuple[str, ...],
    learners: list[UUID],
    seen: dict[UUID, float],
    reached: Counter[UUID],
    now: float,
) -> Room:
    at = [seen[learner] for learner in learners if learner in seen]
    return Room(
        section=section,
        teachers=teachers,
        learners=len(learners),
        working=sum(now - last < IDLE_MINUTES * MINUTE for last in at),
        practised=sum(now - last < WEEK for last in at),
        reached=sum(reached[learner] for learner in learners),
        last_at=max(at, default=0.0),
    )
