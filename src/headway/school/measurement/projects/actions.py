"""Setting a project up and bringing it to its end: milestones, groups, words of an adult on a milestone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from headway.core.text import T
from headway.school.measurement.projects.models import (
    Milestone,
    MilestoneMark,
    Project,
    ProjectGroup,
    ProjectMember,
)
from headway.school.measurement.projects.rubrics import NotKept, row_of
from headway.school.people.access import learners_in
from headway.school.people.models import Person, Section

LONGEST_TITLE, LONGEST_QUESTION, LONGEST_WORDS = 120, 2_000, 600
MOST_MILESTONES, MOST_GROUPS = 12, 20
PEERS = ("off", "checked", "open")
FIRST_DAY, LAST_DAY = 10_957, 84_006
"""1 January 2000 and 1 January 2200, counted since 1 January 1970."""


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as it is set: what it is, what shows it, the local day until when."""

    title: str
    shows: str
    due: int


@transaction.atomic
def start_project(
    *,
    section: Section,
    title: str,
    question: str,
    subjects: str,
    rubric: str,
    steps: Sequence[Step],
    peers: str,
    by: Person,
    now: float,
) -> Project:
    """Start a project of a class with its milestones, in order of their days. ``rubric`` is a code of the district.
    Raises NotKept."""
    title, question = " ".join(title.split())[:LONGEST_TITLE], question.strip()[:LONGEST_QUESTION]
    if not title or not question:
        raise NotKept(T("A project needs a title and a question that it wants to answer."))
    if peers not in PEERS:
        raise NotKept(T("Say what happens with feedback of classmates."))
    if not 1 <= len(steps) <= MOST_MILESTONES or any(not step.title.strip() for step in steps):
        raise NotKept(T("A project has one to {n} milestones, each with a name.", n=MOST_MILESTONES))
    if any(not FIRST_DAY <= step.due < LAST_DAY for step in steps):
        raise NotKept(T("Give each milestone a day, and look at its year."))
    row = Project.objects.create(
        district_id=section.district_id,
        section=section,
        title=title,
        question=question,
        subjects=" ".join(subjects.split())[:LONGEST_TITLE],
        rubric=row_of(district=section.district_id, code=rubric, by=by, now=now),
        peers=peers,
        by=by,
        at=now,
    )
    Milestone.objects.bulk_create(
        Milestone(
            district_id=section.district_id,
            project=row,
            number=number,
            title=" ".join(step.title.split())[:LONGEST_TITLE],
            shows=step.shows.strip()[:LONGEST_WORDS],
            due=step.due,
        )
        for number, step in enumerate(sorted(steps, key=lambda step: step.due), 1)
    )
    return row


@transaction.atomic
def move_milestone(*, milestone: Milestone, due: int) -> None:
    """Give a milestone another day. Raises NotKept."""
    _open(milestone.project)
    if not FIRST_DAY <= due < LAST_DAY:
        raise NotKept(T("Give each milestone a day, and look at its year."))
    Milestone.objects.filter(id=milestone.id).update(due=due)


@transaction.atomic
def set_groups(*, project: Project, groups: Mapping[str, int]) -> int:
    """Put learners into groups: identifier of a learner to a group's number, 0 for none; those who are not named stay where they
    are. Returns how many learners are in a group. Raises NotKept."""
    _open(project)
    learners = {str(learner.id): learner for learner in learners_in(project.section)}
    if any(not 0 <= number <= MOST_GROUPS for number in groups.values()):
        raise NotKept(T("A group has a number from 1 to {n}.", n=MOST_GROUPS))
    rows = {group.number: group for group in ProjectGroup.objects.filter(project=project)}
    new = sorted({number for number in groups.values() if number} - set(rows))
    made = [ProjectGroup(district_id=project.district_id, project=project, number=number) for number in new]
    rows |= {group.number: group for group in ProjectGroup.objects.bulk_create(made)}
    named = [key for key in groups if key in learners]
    ProjectMember.objects.filter(project=project, learner__in=[learners[key] for key in named]).delete()
    ProjectMember.objects.bulk_create(
        ProjectMember(district_id=project.district_id, project=project, group=rows[groups[key]], learner=learners[key])
        for key in named
        if groups[key]
    )
    return ProjectMember.objects.filter(project=project).count()


@transaction.atomic
def mark(*, milestone: Milestone, learners: Sequence[Person], says: str, by: Person, now: float) -> None:
    """Say of a milestone of these learners that it is ``done``, or that another go is needed (``again``). Raises NotKept."""
    _open(milestone.project)
    if says not in ("done", "again"):
        raise NotKept(T("Say whether the milestone is done or needs another go."))
    MilestoneMark.objects.bulk_create(
        MilestoneMark(district_id=milestone.district_id, milestone=milestone, learner=learner, says=says, by=by, at=now)
        for learner in learners
    )


@transaction.atomic
def close_project(*, project: Project, now: float, closed: bool) -> None:
    """End a project, or open it again. A project that has ended takes nothing more; everything stays readable."""
    Project.objects.filter(id=project.id).update(closed_at=now if closed else None)


def _open(project: Project) -> None:
    if Project.objects.select_for_update().get(id=project.id).closed_at is not None:
        raise NotKept(T("This project has ended. Open it again first."))
