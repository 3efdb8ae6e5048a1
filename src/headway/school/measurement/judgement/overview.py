"""A writing task as whoever runs it sees it: who has written, how sure the scale is, how each judge decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Q

from headway.core.measurement.judgement.judges import favour
from headway.core.measurement.judgement.reliability import Audit, Finish, audit, finish
from headway.school.measurement.judgement.models import Piece, PieceComment, TaskJudge, WritingTask
from headway.school.measurement.judgement.standing import Standing, place_of, scaled, standing_of
from headway.school.people.access import NotAllowed, Viewer, access_section
from headway.school.people.models import Enrolment, Person, RoleName, School, Section

UNLIKE = 2.0
"""A lean is named from this many standard errors on."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A learner of a task, with their text (None: nothing handed in yet) and, once judged, its place.

    ``scaled`` and ``give``: score for reports and its standard error; ``place``: level numbers; ``comparisons``."""

    learner: Person
    piece: Piece | None
    scaled: int | None = None
    give: int | None = None
    place: tuple[int, ...] = ()
    comparisons: int = 0


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge in the report. ``seconds``: median (None if unknown); ``agreement``: share of decisions for the text that
    the scale puts first; ``unlike``: decides unlike the others; ``leans``: "left", "right" or ""."""

    person: Person
    kind: str
    decisions: int
    seconds: float | None
    agreement: float | None
    unlike: bool
    hasty: bool
    leans: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A task as whoever runs it sees it. ``finish`` and ``standing`` are None before the first decision. ``own_class``:
    judges choose texts of their own classes more often than the scale explains."""

    task: WritingTask
    sections: tuple[Section, ...]
    writers: tuple[Writer, ...]
    anchors: int
    decisions: int
    finish: Finish | None
    audit: Audit | None
    judges: tuple[JudgeLine, ...]
    own_class: bool
    comments: int
    standing: Standing | None


def overview_of(viewer: Viewer, task: WritingTask, *, place: str) -> Overview:
    """Everything about a task. Reading its learners' texts and places is written into the access log."""
    sections = tuple(Section.objects.filter(writing__task=task).order_by("period", "title"))
    learners: dict[UUID, Person] = {}
    home: dict[UUID, int] = {}
    for number, section in enumerate(sections):
        for learner in _learners(viewer, section, place):
            learners.setdefault(learner.id, learner)
            home.setdefault(learner.id, number)
    pieces = list(Piece.objects.filter(task=task).select_related("learner").order_by("id"))
    standing = standing_of(task.id)
    by_learner = {piece.learner_id: piece for piece in pieces if piece.learner_id is not None}
    writers = tuple(_writer(person, by_learner.get(person.id), standing) for person in learners.values())
    return Overview(
        task,
        sections,
        writers,
        sum(piece.learner_id is None for piece in pieces),
        len(standing.scale.comparisons) if standing else 0,
        finish(standing.scale, target=task.target) if standing else None,
        audit(standing.scale.comparisons) if standing else None,
        _judge_lines(task, standing),
        _own_class(task, standing, pieces, sections, home),
        PieceComment.objects.filter(piece__task=task).count(),
        standing,
    )


def _learners(viewer: Viewer, section: Section, place: str) -> list[Person]:
    """The learners of a section; none of one that the viewer does not teach any more."""
    try:
        return access_section(viewer, section.id, purpose="writing", place=place)[1]
    except NotAllowed:
        return []


def _writer(person: Person, piece: Piece | None, standing: Standing | None) -> Writer:
    if piece is None or standing is None:
        return Writer(person, piece)
    k = standing.pieces.index(piece.id)
    count = int(standing.scale.counts[k])
    if not count:
        return Writer(person, piece)
    score, error = float(standing.scale.score[k]), float(standing.scale.error[k])
    cuts = [float(cut) for cut in standing.cuts]
    return Writer(person, piece, scaled(score), round(50 * error), place_of(score, error, cuts), count)


def _judge_lines(task: WritingTask, standing: Standing | None) -> tuple[JudgeLine, ...]:
    rows = TaskJudge.objects.filter(task=task).select_related("person").order_by("id")
    number = {judge: k for k, judge in enumerate(standing.judges)} if standing else {}
    out = []
    for row in rows:
        k = number.get(row.person_id)
        if k is None or standing is None:
            if row.kind != "peer":  # a class of peers who have not begun says nothing
                out.append(JudgeLine(row.person, row.kind, 0, None, None, False, False, ""))
            continue
        fit = standing.scale.judges
        lean = float(fit.left_bias[k] / fit.left_error[k])
        side = ("left" if lean > 0 else "right") if abs(lean) > UNLIKE else ""
        seconds = float(fit.seconds[k])
        out.append(
            JudgeLine(
                row.person, row.kind, int(fit.decisions[k]), seconds if np.isfinite(seconds) else None,
                float(fit.agreement[k]), bool(fit.misfit[k]), bool(fit.hasty[k]), side,
            )
        )  # fmt: skip
    return tuple(out)


def _own_class(
    task: WritingTask,
    standing: Standing | None,
    pieces: Sequence[Piece],
    sections: Sequence[Section],
    home: dict[UUID, int],
) -> bool:
    """Whether judges favour texts of the class that they teach or are in, beyond two standard errors."""
    if standing is None or len(sections) < 2:
        return False
    place = {section.id: k for k, section in enumerate(sections)}
    rows = Enrolment.objects.filter(person__in=standing.judges, section__in=place).values_list("person", "section")
    own = {person: place[section] for person, section in rows}
    judge = np.array([own.get(key, -1) for key in standing.judges], np.int64)
    script = np.array([home.get(p.learner_id, -2) if p.learner_id else -2 for p in pieces], np.int64)
    effect, error = favour(standing.scale.comparisons, standing.scale.score, judge, script)
    return effect > UNLIKE * error


def staff_by_school(task: WritingTask) -> list[tuple[School, list[Person]]]:
    """Adults of the district who can be asked to judge and do not yet, by school, the task's own school first."""
    known = TaskJudge.objects.filter(task=task).values("person")
    names = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
    found: dict[UUID, tuple[School, list[Person]]] = {}
    rows = Person.objects.filter(roles__name__in=names, roles__school__isnull=False, is_active=True).exclude(
        id__in=known
    )
    pairs = rows.values_list("id", "roles__school").distinct()
    schools = {school.id: school for school in School.objects.all()}
    people = {person.id: person for person in rows.distinct()}
    for person, school in pairs:
        if school in schools:
            bunch = found.setdefault(school, (schools[school], []))[1]
            if people[person] not in bunch:
                bunch.append(people[person])
    for _school, bunch in found.values():
        bunch.sort(key=lambda person: (person.family_name, person.given_name))
    return sorted(found.values(), key=lambda each: (each[0].id != task.school_id, each[0].name))


def anchor_tasks(schools: Sequence[UUID]) -> list[WritingTask]:
    """Finished tasks of these schools, and shared ones of the district, whose examples can be anchors."""
    rows = WritingTask.objects.filter(Q(school__in=schools) | Q(shared=True), closed_at__isnull=False)
    return list(rows.select_related("school").order_by("-closed_at")[:50])
