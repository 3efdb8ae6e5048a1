"""What comes of a project: pieces of work, feedback, rubric scores and contests of them. Each names who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from headway.core.text import T
from headway.school.measurement.projects.actions import LONGEST_WORDS
from headway.school.measurement.projects.models import (
    Artefact,
    ArtefactFile,
    Milestone,
    Project,
    ProjectFeedback,
    RubricScore,
    ScoreContest,
)
from headway.school.measurement.projects.rubrics import NotKept, rubric_value
from headway.school.people.models import Person
from headway.standards.handed_in import read_handed_in

LONGEST_TEXT, LONGEST_LINK = 20_000, 500
MOST_PIECES = 12
"""Pieces of work of one learner for one milestone."""


@transaction.atomic
def hand_in(
    *,
    milestone: Milestone,
    learner: Person,
    group: int | None,
    now: float,
    text: str = "",
    link: str = "",
    file: bytes | None = None,
    sheets: Sequence[bytes] = (),
) -> Artefact:
    """Keep a piece of work: a ``file`` (PDF or photo; ``sheets`` are a PDF's pages as pictures), else a ``link``, else
    ``text``. The same sent twice is kept once. Raises NotKept, and ImportProblem for a file that may not be kept."""
    _open(milestone.project)
    Person.objects.select_for_update(of=("self",)).get(id=learner.id)  # two clicks at once keep one
    found = read_handed_in(file) if file is not None else None
    words, link = text.replace("\r\n", "\n").strip(), link.strip()
    if found is None and link:
        words = _checked(link)
    if found is None and not words:
        raise NotKept(T("There is nothing to hand in yet. Write something, give a link, or choose a file."))
    if len(words) > LONGEST_TEXT:
        raise NotKept(T("This text is too long. Hand it in as a PDF."))
    kind = found.kind if found else "link" if link else "typed"
    mine = list(Artefact.objects.filter(milestone=milestone, learner=learner, gone_at=None).order_by("-at"))
    if mine and found is None and (mine[0].kind, mine[0].text) == (kind, words):
        return mine[0]
    if len(mine) >= MOST_PIECES:
        raise NotKept(T("There are {n} pieces here already. Take one back first.", n=MOST_PIECES))
    row = Artefact.objects.create(
        district_id=milestone.district_id,
        milestone=milestone,
        learner=learner,
        group_id=group,
        kind=kind,
        text="" if found else words,
        sheets=len(sheets) if found else 0,
        at=now,
    )
    kept = [found.data, *sheets] if found else []
    ArtefactFile.objects.bulk_create(
        ArtefactFile(district_id=milestone.district_id, artefact=row, number=number, data=data)
        for number, data in enumerate(kept)
    )
    return row


def _checked(link: str) -> str:
    try:
        parts = urlsplit(link)
        sound = parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound or len(link) > LONGEST_LINK or any(character.isspace() for character in link):
        raise NotKept(T("A link begins with https:// and has no spaces."))
    return link


@transaction.atomic
def take_back(*, learner: Person, artefact: UUID, now: float) -> None:
    """Take one's own piece of work back. Raises NotKept."""
    row = (
        Artefact.objects.filter(id=artefact, learner=learner, gone_at=None).select_related("milestone__project").first()
    )
    if row is None:
        raise NotKept(T("There is no such piece of yours."))
    _open(row.milestone.project)
    Artefact.objects.filter(id=row.id).update(gone_at=now)


@transaction.atomic
def give_feedback(
    *,
    milestone: Milestone,
    to: Person,
    group: int | None,
    by: Person,
    role: str,
    strength: str,
    question: str,
    now: float,
) -> ProjectFeedback:
    """Write one strength and one question to a learner or a group. A teacher may leave the question out. Classmates'
    words wait for a teacher unless the project says otherwise, and each gives them once. Raises NotKept."""
    _open(milestone.project)
    Person.objects.select_for_update(of=("self",)).get(id=by.id)
    strength, question = strength.strip()[:LONGEST_WORDS], question.strip()[:LONGEST_WORDS]
    if role == "peer" and not (strength and question):
        raise NotKept(T("Write one thing that works, and one question."))
    if not strength and not question:
        raise NotKept(T("Write a few words first."))
    given = ProjectFeedback.objects.filter(milestone=milestone, by=by, group=group)
    before = (given if group is not None else given.filter(learner=to)).order_by("-id").first()
    if before is not None and role == "peer":
        raise NotKept(T("You have given feedback on this work already."))
    if before is not None and (before.strength, before.question) == (strength, question):
        return before
    through = role == "teacher" or milestone.project.peers == "open"
    return ProjectFeedback.objects.create(
        district_id=milestone.district_id,
        milestone=milestone,
        learner=to,
        group_id=group,
        by=by,
        role=role,
        strength=strength,
        question=question,
        state="through" if through else "waiting",
        at=now,
    )


@transaction.atomic
def pass_feedback(*, project: Project, number: int, by: Person, through: bool) -> None:
    """Let a classmate's feedback through, or hold it. Raises NotKept."""
    wanted = ProjectFeedback.objects.filter(id=number, milestone__project=project, role="peer")
    if not wanted.update(state="through" if through else "held", passed_by=by):
        raise NotKept(T("There is no such feedback."))


@transaction.atomic
def score(
    *,
    project: Project,
    learners: Sequence[Person],
    group: int | None,
    levels: Mapping[str, int],
    by: Person,
    now: float,
    words: str = "",
) -> int:
    """Score criteria of the project's rubric: with ``group`` for every learner of it, else for one learner. ``levels``
    holds a step (from 1) for each criterion that was scored. What would only say again what stands, without a contest
    or words, is not written again. Returns how many rows were written. Raises NotKept."""
    rubric = rubric_value(project.rubric)
    for key, level in levels.items():
        criterion = rubric.criterion(key)
        if criterion is None or not 1 <= level <= len(criterion.steps):
            raise NotKept(T("Choose a step of the rubric."))
    if not levels:
        raise NotKept(T("Choose a step for at least one criterion."))
    if any(learner.id == by.id for learner in learners):
        raise NotKept(T("Somebody else scores."))
    whose, words = "group" if group is not None else "own", words.strip()[:LONGEST_WORDS]
    Project.objects.select_for_update().get(id=project.id)  # two clicks at once write once
    said = {} if words else _stand(project, learners, whose)
    rows = [
        RubricScore(
            district_id=project.district_id,
            project=project,
            learner=learner,
            group_id=group,
            criterion=key,
            level=level,
            whose=whose,
            words=words,
            by=by,
            at=now,
        )
        for learner in learners
        for key, level in levels.items()
        if said.get((learner.id, key)) != level
    ]
    return len(RubricScore.objects.bulk_create(rows))


def _stand(project: Project, learners: Sequence[Person], whose: str) -> dict[tuple[UUID, str], int]:
    """The level that stands uncontested, by learner and criterion."""
    rows = RubricScore.objects.filter(project=project, learner__in=learners, whose=whose).order_by("id")
    newest = {(row.learner_id, row.criterion): row for row in rows}
    contested = set(ScoreContest.objects.filter(score__in=list(newest.values())).values_list("score_id", flat=True))
    return {key: row.level for key, row in newest.items() if row.id not in contested}


@transaction.atomic
def contest_score(*, learner: Person, number: int, by: Person, role: str, words: str, now: float) -> ScoreContest:
    """Say that a score is wrong: an adult scores the criterion again, and both stay. Raises NotKept."""
    Person.objects.select_for_update(of=("self",)).get(id=learner.id)  # two clicks at once contest once
    row = RubricScore.objects.filter(id=number, learner=learner).first()
    words = words.strip()[:LONGEST_WORDS]
    if row is None:
        raise NotKept(T("There is no such score."))
    if not words:
        raise NotKept(T("Say in a few words why."))
    newer = RubricScore.objects.filter(
        learner=learner, project_id=row.project_id, criterion=row.criterion, whose=row.whose, id__gt=row.id
    )
    if newer.exists():
        raise NotKept(T("This criterion has been scored again since. Look at the newest score."))
    open_now = ScoreContest.objects.filter(score=row).first()
    return open_now or ScoreContest.objects.create(
        district_id=learner.district_id, score=row, by=by, role=role, words=words, at=now
    )


def _open(project: Project) -> None:
    if project.closed_at is not None:
        raise NotKept(T("This project has ended. Nothing can be added to it."))
