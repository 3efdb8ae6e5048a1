"""Teaching back at home: the problem that is asked, what came of it, and the child's own problem some days later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.coaching.checking import Verdict, check
from headway.core.curriculum.catalogue import Curriculum, catalogue_id
from headway.core.curriculum.problems import Problem
from headway.core.events import MasteryEntry
from headway.core.path.teaching import CHECK_AFTER, CHECK_FOR, EXPLAINED, check_of, questions, teachable
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of, problem_of
from headway.school.mastery.models import Evidence
from headway.school.mastery.queries import ledger_of
from headway.school.path.actions import after_the_last_event
from headway.school.path.families.models import TeachBack
from headway.school.path.models import PlanRow
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of

LONGEST = 300
RECENT = 400
"""Lines of the ledger in which a skill may stand that can be taught."""
REASON = T("Taught at home: one problem to see that it is still there")
"""The reason of the plan row that brings the child's own problem."""
KINDS = frozenset({"number", "expression", "equation", "inequality", "set", "list", "coordinate", "choice", "text"})
"""Answers that are given in one plain field, or by one choice."""


class NotTaught(ValueError):
    """It cannot be written down as it is; ``text`` says to the person why. ``retry`` says that the answer could not be read."""

    def __init__(self, text: Text, *, retry: bool = False) -> None:
        self.text = text
        self.retry = retry
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Taught:
    """A teach-back as people read it, of the problem ``activity``. ``held`` is what came of the child's own problem later, None
    before it was answered."""

    number: int
    skill: str
    activity: str
    by: str
    correct: bool
    explained: str
    words: str
    at: float
    held: bool | None


def to_teach(
    learner: Person, now: float, curriculum: Curriculum | None = None, ledger: Sequence[MasteryEntry] | None = None
) -> tuple[str, ...]:
    """Return the skills that the child can teach now, the newest first. Raises NoCurriculum. Who has the curriculum and the
    ledger (newest first) already gives them."""
    c = curriculum or curriculum_of(learner.district_id)
    counts, last = _times(learner.id)
    found = teachable(ledger_of(learner.id, most=RECENT) if ledger is None else ledger[:RECENT], last, now)
    return tuple(skill for skill in found if _question(learner, skill, c, counts.get(skill, 0)) is not None)


def question_for(learner: Person, skill: str, curriculum: Curriculum) -> Problem | None:
    """Return the problem that the grown-up is asked: one step, no pictures; None where the skill has none such."""
    return _question(learner, skill, curriculum, _times(learner.id)[0].get(skill, 0))


def _question(learner: Person, skill: str, curriculum: Curriculum, times: int) -> Problem | None:
    for activity in questions(curriculum, skill, str(learner.id), times):
        problem = problem_of(learner.district_id, activity)
        if len(problem.steps) == 1 and not problem.media and problem.steps[0].answer.kind in KINDS:
            return problem
    return None


@transaction.atomic
def teach_back(
    *, learner: Person, by: Person, skill: str, activity: str, answer: str, explained: str, words: str, now: float
) -> tuple[TeachBack, Verdict]:
    """Write down what came of teaching a skill at home, and let the plan bring one problem of it to the child three days later.

    Raises NotTaught for a skill that is not to be taught now, an answer that cannot be read, a missing choice, and when the same
    form is sent a second time. No profile moves.
    """
    Person.objects.select_for_update(no_key=True).get(id=learner.id)  # a form that is sent twice is one teaching
    curriculum = curriculum_of(learner.district_id)
    problem = question_for(learner, skill, curriculum) if skill in to_teach(learner, now) else None
    if problem is None or problem.id != activity:
        raise NotTaught(T("This skill has been written down already. Choose another one."))
    if explained not in EXPLAINED:
        raise NotTaught(T("Say how your child explained it."), retry=True)
    verdict = check(problem.steps[0].answer, answer[:500])
    if not verdict.correct and verdict.outcome in ("unreadable", "unsure"):
        raise NotTaught(verdict.message, retry=True)
    kept = profile_of(learner.id)
    recent = frozenset(kept.profile.recent["activity"].tolist()) if kept else frozenset()
    later = check_of(curriculum, skill, catalogue_id(activity), recent)
    row = _bring(learner, by, later, after_the_last_event(learner, now)) if later else None
    made = TeachBack.objects.create(
        district_id=learner.district_id,
        learner=learner,
        by=by,
        skill=skill,
        activity=activity,
        answer=answer[:500],
        correct=verdict.correct,
        explained=explained,
        words=words.strip()[:LONGEST],
        check_activity=later,
        row=row.id if row else None,
        at=now,
    )
    return made, verdict


def _bring(learner: Person, by: Person, activity: str, now: float) -> PlanRow:
    return PlanRow.objects.create(
        district_id=learner.district_id,
        learner=learner,
        source="policy",
        effect="pin-activity",
        value=activity,
        reason=str(REASON),
        by=by,
        starts=now + CHECK_AFTER,
        ends=now + CHECK_AFTER + CHECK_FOR,
    )


def taught_of(learner: UUID, *, most: int = 40) -> list[Taught]:
    """Return what a learner has taught at home, newest first. Two queries; one where there is nothing."""
    rows = list(TeachBack.objects.filter(learner_id=learner).select_related("by").order_by("-id")[:most])
    log = _later(learner, rows)
    return [
        Taught(
            row.id,
            row.skill,
            row.activity,
            row.by.name,
            row.correct,
            row.explained,
            row.words,
            row.at,
            _held(row, log),
        )
        for row in rows
    ]


@transaction.atomic
def settle(*, learner: Person, now: float) -> int:
    """End the plan rows whose problem has been answered; pages call it before they show what was taught. Returns how many."""
    rows = {row.row: row for row in TeachBack.objects.filter(learner=learner, at__gt=now - CHECK_AFTER - CHECK_FOR)}
    open_ = PlanRow.objects.filter(id__in=[key for key in rows if key is not None], ends__gt=now)
    brought = list(open_.values_list("id", flat=True))
    log = _later(learner.id, [rows[key] for key in brought])
    over = [key for key in brought if _held(rows[key], log) is not None]
    if not over:
        return 0
    now = after_the_last_event(learner, now)
    return PlanRow.objects.filter(id__in=over, ends__gt=now).update(ends=now)


def _later(learner: UUID, rows: list[TeachBack]) -> list[tuple[float, str, bool]]:
    """First answers since the oldest of these, oldest first: when, to what, whether right without help."""
    if not rows:
        return []
    since = min(row.at for row in rows) + CHECK_AFTER
    log = Evidence.objects.filter(learner_id=learner, kind="response", now__gte=since, attempt=1, step=0).order_by("id")
    return [
        (at, catalogue_id(activity), right and not hints and not shown)
        for at, activity, right, hints, shown in log.values_list("now", "activity", "correct", "hints", "shown")
    ]


def _held(row: TeachBack, log: list[tuple[float, str, bool]]) -> bool | None:
    since = row.at + CHECK_AFTER
    found = (right for at, activity, right in log if since <= at and activity == row.check_activity)
    return next(found, None)


def _times(learner: UUID) -> tuple[dict[str, int], dict[str, float]]:
    """By skill how often it was taught, and when last."""
    counts: dict[str, int] = {}
    last: dict[str, float] = {}
    for skill, at in TeachBack.objects.filter(learner_id=learner).order_by("id").values_list("skill", "at"):
        counts[skill], last[skill] = counts.get(skill, 0) + 1, at
    return counts, last
