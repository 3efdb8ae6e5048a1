"""A contest of mastery and its re-check: a few problems that the plan brings next, and what came of them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.db import transaction

from headway.core.curriculum.catalogue import catalogue_id
from headway.core.mastery.credit import recheck_activities
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.credit.models import MasteryContest, MasteryRecheck
from headway.school.mastery.models import Evidence
from headway.school.path.actions import after_the_last_event
from headway.school.path.models import PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of

OPEN_FOR = 14 * 86400.0
"""Seconds for which the plan brings the problems of a re-check."""
LONGEST = 300


class BadContest(ValueError):
    """The contest cannot be taken as it is; ``text`` says to the person why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def contest(
    *, learner: Person, by: Person, skill: str, says: Literal["can", "cannot"], words: str, now: float
) -> MasteryContest:
    """Say that the ledger is wrong about a skill. The plan brings up to three problems of it next; the ledger itself is left as
    it is. Raises BadContest for an unknown skill, without words, and while a re-check of the skill is under way."""
    curriculum = curriculum_of(learner.district_id)
    kept = profile_of(learner.id)
    recent = frozenset(kept.profile.recent["activity"].tolist()) if kept else frozenset()
    chosen = recheck_activities(curriculum, skill, recent)
    if not chosen or says not in ("can", "cannot"):
        raise BadContest(T("Choose a skill from the list."))
    if not words.strip():
        raise BadContest(T("Write a few words: what is wrong?"))
    if MasteryContest.objects.filter(learner=learner, skill=skill, recheck=None).exists():
        raise BadContest(T("This skill is being looked at again already."))
    now = after_the_last_event(learner, now)
    rows = PlanRow.objects.bulk_create(
        PlanRow(
            district_id=learner.district_id,
            learner=learner,
            source="policy",
            effect="pin-activity",
            value=activity,
            reason=f"Re-check: {words.strip()}"[:LONGEST],
            by=by,
            starts=now,
            ends=now + OPEN_FOR,
        )
        for activity in chosen
    )
    announce("learner", learner.id)
    return MasteryContest.objects.create(
        district_id=learner.district_id,
        learner=learner,
        skill=skill,
        says=says,
        words=words.strip()[:LONGEST],
        activities=list(chosen),
        rows=[str(row.id) for row in rows],
        by=by,
        at=now,
    )


@transaction.atomic
def settle(*, learner: Person, now: float) -> int:
    """Close the re-checks whose problems have been answered: write down what came of them and end their plan rows. Pages call
    it before they show a ledger; doing it again changes nothing. Returns how many it closed."""
    closed = 0
    for row in MasteryContest.objects.filter(learner=learner, recheck=None):
        answers = _answers(row)
        if len(answers) < len(row.activities):
            continue
        now = after_the_last_event(learner, now)
        if MasteryRecheck.objects.filter(contest=row).exists():
            continue  # another page was quicker, before the lock
        MasteryRecheck.objects.create(
            district_id=learner.district_id,
            contest=row,
            right=sum(right for _, right in answers.values()),
            of=len(answers),
            evidence=[number for number, _ in answers.values()],
            at=now,
        )
        PlanRow.objects.filter(id__in=[UUID(key) for key in row.rows], ends__gt=now).update(ends=now)
        closed += 1
    return closed


def _answers(row: MasteryContest) -> dict[str, tuple[int, bool]]:
    """The first answer to each problem of a re-check: its line in the log, and whether it was right without help."""
    wanted = set(row.activities)
    log = Evidence.objects.filter(learner_id=row.learner_id, kind="response", now__gte=row.at, attempt=1, step=0)
    found: dict[str, tuple[int, bool]] = {}
    for number, activity, right, hints, shown in log.order_by("id").values_list(
        "id", "activity", "correct", "hints", "shown"
    ):
        name = catalogue_id(activity)
        if name in wanted:
            found.setdefault(name, (number, right and not hints and not shown))
    return found
