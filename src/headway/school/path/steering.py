"""Playlists, and the day's limit of minutes at the screen: rows of the plan that people set."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from headway.core.curriculum.catalogue import Curriculum
from headway.core.path.playlist import MOST, entry
from headway.core.profile.profile import Profile
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import LEAD, LONGEST_REASON, BadWish, after_the_last_event
from headway.school.path.models import PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.profile.models import Profile as ProfileRow
from headway.school.profile.queries import profiles_of

EACH = (3, 5, 8)
"""First answers that a skill of a playlist may be practised for."""
OPEN_FOR = 14 * 86400.0
"""Seconds after which a playlist ends by itself."""
SHORTEST, LONGEST = 5, 240
"""Minutes a day that a limit may be."""


@transaction.atomic
def set_playlist(
    *, learners: Sequence[Person], skills: Sequence[str], each: int, by: Person, reason: str, now: float
) -> int:
    """Give learners a list of skills to do in order, ``each`` first answers of each (or until mastered). A list of before ends.

    Returns the number of learners. Raises BadWish without skills or learners, with too many, for one that cannot be practised, or
    without a reason.
    """
    if not learners or not 1 <= len(skills) <= MOST or each not in EACH:
        raise BadWish(f"a playlist has 1 to {MOST} skills of {', '.join(map(str, EACH))} problems each")
    curriculum = curriculum_of(learners[0].district_id)
    for skill in skills:
        number = curriculum.skill_number.get(skill, -1)
        if number < 0 or curriculum.skill_activities_at[number] == curriculum.skill_activities_at[number + 1]:
            raise BadWish(f"there is nothing to practise for {skill!r}: choose skills from the list")
    if not reason.strip():
        raise BadWish("a reason is missing: say in a few words why, the family can read it")
    kept, _damaged = profiles_of([person.id for person in learners])
    for person in sorted(learners, key=lambda person: str(person.id)):
        starts = after_the_last_event(person, now)
        end_playlists(person.id, starts)
        had = _answers(kept[person.id].profile, curriculum) if person.id in kept else {}
        PlanRow.objects.create(
            district_id=person.district_id,
            learner=person,
            source="pin",
            effect="playlist",
            value=",".join(entry(skill, had.get(skill, 0) + each) for skill in skills),
            reason=reason.strip()[:LONGEST_REASON],
            by=by,
            starts=starts,
            ends=starts + OPEN_FOR,
        )
        announce("learner", person.id)
    return len(learners)


def _answers(profile: Profile, curriculum: Curriculum) -> dict[str, int]:
    """How many first answers somebody has given to each skill that they have touched."""
    rows = profile.state.skills
    count = dict(zip(rows["key"].tolist(), rows["n"].tolist(), strict=True))
    pairs = zip(curriculum.skills, curriculum.keys.tolist(), strict=True)
    return {skill.id: count[key] for skill, key in pairs if key in count}


def end_playlists(learner: UUID, now: float) -> int:
    """End a learner's playlists; return how many there were."""
    rows = PlanRow.objects.filter(learner_id=learner, effect="playlist", ends__gt=now)
    return rows.update(ends=now)


@transaction.atomic
def end_playlist(*, learner: Person, now: float) -> bool:
    """End a learner's playlist; True if there was one."""
    ended = end_playlists(learner.id, after_the_last_event(learner, now)) > 0
    if ended:
        announce("learner", learner.id)
    return ended


@transaction.atomic
def set_screen_minutes(*, learner: Person, by: Person, minutes: int, now: float, reason: str = "") -> PlanRow | None:
    """Limit a learner's minutes at the screen a day, or lift one's own limit (0). Family and school may each set one, and the
    smaller one holds. Returns the row, None where a limit was lifted. Raises BadWish for minutes out of range."""
    if minutes and not SHORTEST <= minutes <= LONGEST:
        raise BadWish(f"a day's limit is {SHORTEST} to {LONGEST} minutes")
    now = after_the_last_event(learner, now)
    mine = PlanRow.objects.filter(learner=learner, source="pin", effect="screen-minutes", by=by)
    mine.filter(Q(ends=None) | Q(ends__gt=now)).update(ends=now)
    announce("learner", learner.id)
    if not minutes:
        return None
    return PlanRow.objects.create(
        district_id=learner.district_id,
        learner=learner,
        source="pin",
        effect="screen-minutes",
        value=str(minutes),
        reason=reason.strip()[:LONGEST_REASON],
        by=by,
        starts=now,
    )


@transaction.atomic
def set_screen_minutes_for_all(*, district: UUID, by: Person, minutes: int, now: float) -> PlanRow | None:
    """The same for everybody of a district, as its own policy; the row begins after everything that is being handled now."""
    if minutes and not SHORTEST <= minutes <= LONGEST:
        raise BadWish(f"a day's limit is {SHORTEST} to {LONGEST} minutes")
    starts = max(now, ProfileRow.objects.aggregate(last=Max("updated_at"))["last"] or 0.0) + LEAD
    PlanRow.objects.filter(learner=None, source="policy", effect="screen-minutes", ends=None).update(ends=starts)
    if not minutes:
        return None
    return PlanRow.objects.create(
        district_id=district, source="policy", effect="screen-minutes", value=str(minutes), by=by, starts=starts
    )


def limits_of(learner: UUID, now: float) -> list[PlanRow]:
    """The limits of minutes that are in force for a learner, theirs and everybody's. One query."""
    rows = PlanRow.objects.filter(
        Q(learner_id=learner) | Q(learner=None), effect="screen-minutes", starts__lte=now + LEAD
    )
    return list(rows.filter(Q(ends=None) | Q(ends__gt=now)).select_related("by").order_by("starts"))


def common_limit() -> int:
    """The limit of minutes that the district has set for everybody, 0 for none. One query."""
    rows = PlanRow.objects.filter(learner=None, source="policy", effect="screen-minutes", ends=None)
    found = rows.order_by("-starts").values_list("value", flat=True).first()
    return int(found) if found else 0
