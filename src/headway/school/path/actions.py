"""Writing plans. A wish is ended, never changed or deleted, so that old decisions can be explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from headway.school.curriculum.queries import curriculum_of
from headway.school.path.models import PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district
from headway.school.profile.models import Profile

LONGEST_REASON = 300
Effect = Literal["pin-skill", "block-skill", "prefer-skill"]
EFFECTS: tuple[Effect, ...] = ("pin-skill", "block-skill", "prefer-skill")
"""What a person may want of a skill."""
LEAD = 5.0
"""Seconds from the writing of a row for everybody to its beginning: whoever handles an event after that has read it."""


class BadWish(ValueError):
    """The wish cannot be written down as it is; the message says what is missing."""


@transaction.atomic
def wish(
    *,
    learner: Person,
    by: Person,
    effect: Effect,
    skill: str,
    reason: str,
    now: float,
    ends: float | None = None,
) -> PlanRow:
    """Let a person pin, block or prefer a skill for a learner, with their reason. The loop obeys from the next choice on.

    A pin of the same skill by somebody else is left as it is; the newer wish wins (see ``core.path.plan``). Raises
    BadWish for a skill that the district does not teach, or without a reason.
    """
    if effect not in EFFECTS:
        raise BadWish(f"a person pins, blocks or prefers a skill; {effect!r} is none of these")
    if skill not in curriculum_of(learner.district_id).skill_number:
        raise BadWish(f"there is no skill {skill!r} in the curriculum: choose one from the list")
    if not reason.strip():
        raise BadWish("a reason is missing: say in a few words why, the family can read it")
    now = after_the_last_event(learner, now)
    PlanRow.objects.filter(learner=learner, source="pin", value=skill, effect__in=EFFECTS).filter(
        Q(ends=None) | Q(ends__gt=now)
    ).update(ends=now)
    row = PlanRow.objects.create(
        district_id=learner.district_id,
        learner=learner,
        source="pin",
        effect=effect,
        value=skill,
        reason=reason.strip()[:LONGEST_REASON],
        by=by,
        starts=now,
        ends=ends,
    )
    announce("learner", learner.id)
    return row


@transaction.atomic
def set_daily_goal(*, learner: Person, by: Person, problems: int, reason: str, now: float) -> PlanRow:
    """Let a person set how many problems a day are planned for a learner; what a person set before ends. Raises BadWish for a
    number outside of 1 to 200."""
    if not 1 <= problems <= 200:
        raise BadWish(f"{problems} problems a day: use a number from 1 to 200")
    now = after_the_last_event(learner, now)
    PlanRow.objects.filter(learner=learner, source="pin", effect="daily-goal", ends=None).update(ends=now)
    row = PlanRow.objects.create(
        district_id=learner.district_id,
        learner=learner,
        source="pin",
        effect="daily-goal",
        value=str(problems),
        reason=reason.strip()[:LONGEST_REASON],
        by=by,
        starts=now,
    )
    announce("learner", learner.id)
    return row


def after_the_last_event(learner: Person, now: float) -> float:
    """Lock the learner's profile and return a time after everything that the loop has handled.

    A plan row that began before an event that did not see it would make replay decide otherwise than life did.
    """
    last = Profile.objects.select_for_update().filter(learner=learner).values_list("updated_at", flat=True).first()
    return now if last is None else max(now, last + 1e-3)


@transaction.atomic
def end_wish(*, learner: Person, row: UUID, now: float) -> bool:
    """End a person's wish; True if there was one in force. Wishes of other sources end where they were made."""
    now = after_the_last_event(learner, now)
    mine = PlanRow.objects.filter(id=row, learner=learner, source="pin")
    changed = mine.filter(Q(ends=None) | Q(ends__gt=now)).update(ends=now)
    if changed:
        announce("learner", learner.id)
    return bool(changed)


def set_scope(
    *, district: UUID, learners: Sequence[UUID], skills: Sequence[str], reason: str, now: float, by: UUID | None = None
) -> int:
    """Let the policy choose among some skills only, for these learners; an earlier scope of theirs ends.

    A person's pin, a tier and a pilot stand above it (see ``core.path.plan``). Returns the number of learners. Raises
    BadWish without skills or for one that the district does not teach.
    """
    unknown = set(skills) - set(curriculum_of(district).skill_number)
    if not skills or unknown:
        raise BadWish(f"a scope needs skills of the curriculum; unknown: {', '.join(sorted(unknown)) or 'none given'}")
    with in_district(district):
        PlanRow.objects.filter(learner_id__in=learners, source="policy", effect="only-skills", ends=None).update(
            ends=now
        )
        rows = [
            PlanRow(
                district_id=district,
                learner_id=learner,
                source="policy",
                effect="only-skills",
                value=",".join(skills),
                reason=reason.strip()[:LONGEST_REASON],
                by_id=by,
                starts=now,
            )
            for learner in learners
        ]
        return len(PlanRow.objects.bulk_create(rows))


@transaction.atomic
def set_model(*, district: UUID, model: str, by: UUID, reason: str, now: float) -> PlanRow:
    """Let a model serve everybody for whom nothing else is asked; the one before ends at the same moment.

    The row begins a little later than everything that has been handled and that is being handled, so that replay decides
    as life did. The caller has locked the district against another such change.
    """
    last = Profile.objects.aggregate(last=Max("updated_at"))["last"] or 0.0
    starts = max(now, last) + LEAD
    PlanRow.objects.filter(learner=None, source="policy", effect="model", ends=None).update(ends=starts)
    return PlanRow.objects.create(
        district_id=district,
        source="policy",
        effect="model",
        value=model,
        reason=reason.strip()[:LONGEST_REASON],
        by_id=by,
        starts=starts,
    )
