"""Which activities elsewhere somebody may see, change or open: the one place that says so."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from headway.school.path.outside.models import OutsideActivity, OutsideGiven
from headway.school.people.access import Viewer
from headway.school.people.models import Person, RoleName, School, Section

CHOOSERS = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
"""Who chooses activities for learners."""


def seen_by(viewer: Viewer) -> QuerySet[OutsideActivity]:
    """What an adult may put on a list: their own, and what is shared in their schools or in the district."""
    schools = viewer.schools(*CHOOSERS)
    shared = Q(shared=True)
    if None not in schools:
        shared &= Q(school=None) | Q(school__in=schools)
    return OutsideActivity.objects.filter(Q(by=viewer.person) | shared)


def may_change(viewer: Viewer, row: OutsideActivity) -> bool:
    """Whether somebody added it, or leads the school that it belongs to (the district, where it belongs to no school)."""
    return row.by_id == viewer.person.id or bool(viewer.schools(RoleName.LEADER) & {None, row.school_id})


def lists_of(learner: Person) -> QuerySet[OutsideGiven]:
    """What is on a learner's list, and on those of the sections that they are in."""
    return OutsideGiven.objects.filter(Q(learner=learner) | Q(section__in=_sections(learner)), ended_at=None)


def reached_by(learner: Person) -> QuerySet[OutsideActivity]:
    """What a learner may open: what is on a list of theirs, and what is shared in their schools."""
    given = lists_of(learner).filter(activity=OuterRef("pk"))
    schools = School.objects.filter(sections__in=_sections(learner))
    shared = Q(shared=True) & (Q(school=None) | Q(school__in=schools))
    return OutsideActivity.objects.filter(Q(Exists(given)) | shared, retired_at=None)


def _sections(learner: Person) -> QuerySet[Section]:
    return Section.objects.filter(enrolments__person=learner, enrolments__role="student", is_active=True)
