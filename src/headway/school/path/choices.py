"""The learner's choice: three options are written down with their probabilities, and what is taken steers the day's path."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Exists

from headway.core.path.choosing import Option, one_of, options
from headway.core.path.policies import POLICIES
from headway.core.path.policy import seed_of
from headway.core.path.walk import stone
from headway.core.text import T, Text, text_from_json, text_to_json
from headway.school.path.actions import after_the_last_event
from headway.school.path.models import ChoiceOffer, ChoiceTaken, PlanRow
from headway.school.path.outside.reach import lists_of
from headway.school.path.situations import situation_of
from headway.school.people.clock import day_of, start_of
from headway.school.people.live import announce
from headway.school.people.models import Person

FRESH = 3600.0
"""Seconds for which an offer can be taken: after that the learner has moved on, and asks for new options."""


class BadChoice(ValueError):
    """The choice cannot be taken; ``text`` says to the learner why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as it was written down; ``taken`` is the place of what was chosen, -1 for none yet. ``listed`` says that pages or
    videos are on the learner's list too."""

    id: UUID
    options: tuple[Option, ...]
    at: float
    taken: int
    listed: bool = False


def offer(*, learner: Person, now: float) -> Offer | None:
    """Write down up to three options for the learner; None where there is nothing to choose between. Raises NoCurriculum."""
    key = uuid.uuid4()
    situation = situation_of(learner, now, seed_of(str(key)))
    if situation is None:
        return None
    plan = situation.plan
    found = options(situation, POLICIES[plan.policy])
    if len(found) < 2:
        return None
    ChoiceOffer.objects.create(
        id=key,
        district_id=learner.district_id,
        learner=learner,
        options=[_json(each) for each in found],
        policy=plan.policy,
        model=plan.model,
        curriculum=situation.curriculum.version,
        seed=str(situation.seed),
        at=now,
    )
    return Offer(key, found, now, -1)


def offer_of(*, learner: Person, key: UUID) -> Offer | None:
    """Return one of the learner's own offers. One query."""
    rows = ChoiceOffer.objects.filter(learner=learner, id=key).select_related("taken")
    row = rows.annotate(listed=Exists(lists_of(learner))).first()
    return None if row is None else replace(_offer(row), listed=row.listed)


@transaction.atomic
def take(*, learner: Person, key: UUID, place: int, now: float) -> Option:
    """Take one of an offer's options: the path leans towards its skill for the rest of the day. Taking the same one twice has one
    effect. Returns what is to be opened; the caller opens it once this is committed, with the offer's key as the event.

    Raises BadChoice for an offer that is not there, is old or of which another option was taken, and for a place outside of it.
    """
    now = after_the_last_event(learner, now)
    found = offer_of(learner=learner, key=key)
    if found is None or not 0 <= place < len(found.options):
        raise BadChoice(T("Choose one of the options on the page."))
    chosen = found.options[place]
    if found.taken == place:
        return chosen
    if found.taken >= 0:
        raise BadChoice(T("You have chosen already. Ask for new options to choose again."))
    if now - found.at > FRESH:
        raise BadChoice(T("These options are from a while ago. Here are new ones."))
    row = lean_today(learner, chosen.skill, now)
    ChoiceTaken.objects.create(district_id=learner.district_id, offer_id=key, place=place, row=row.id, at=now)
    announce("learner", learner.id)
    return chosen


@transaction.atomic
def walk_to(*, learner: Person, skill: str, now: float) -> str:
    """Let the path lean towards a skill of the map for the rest of the day; returns its title. Raises BadChoice for a skill that
    the plan leaves out or that cannot be practised, and while a person or a programme has decided what comes."""
    now = after_the_last_event(learner, now)
    situation = situation_of(learner, now)
    number = situation.curriculum.skill_number.get(skill, -1) if situation is not None else -1
    if situation is None or number < 0 or stone(situation, number).state == "closed":
        raise BadChoice(T("Choose one of the skills on your map."))
    c = situation.curriculum
    if c.skill_activities_at[number] == c.skill_activities_at[number + 1]:
        raise BadChoice(T("Choose one of the skills on your map."))
    if not options(situation, POLICIES[situation.plan.policy]):
        raise BadChoice(T("What comes next is set already. You can walk on after that."))
    lean_today(learner, skill, now)
    announce("learner", learner.id)
    return c.skills[number].title


def problem_for(*, learner: Person, skill: str, now: float) -> str:
    """The problem of a skill that the path would give a learner now; "" where it would give none. Nothing is written. Raises
    NoCurriculum."""
    situation = situation_of(learner, now)
    number = situation.curriculum.skill_number.get(skill, -1) if situation is not None else -1
    return one_of(situation, POLICIES[situation.plan.policy], number) if situation is not None and number >= 0 else ""


def lean_today(learner: Person, skill: str, now: float) -> PlanRow:
    """Let the path lean towards a skill until the local day is over, as the learner's own choice; an earlier choice ends. ``now``
    is after the last event."""
    mine = PlanRow.objects.filter(learner=learner, effect="choose-skill")
    mine.filter(ends__gt=now).update(ends=now)
    return PlanRow.objects.create(
        district_id=learner.district_id,
        learner=learner,
        source="policy",
        effect="choose-skill",
        value=skill,
        reason="The learner's own choice.",
        by=learner,
        starts=now,
        ends=start_of(learner.district_id, day_of(learner.district_id, now) + 1),
    )


def chosen_reason(*, learner: UUID, activity: str) -> Text | None:
    """Say why an activity is open that the learner has chosen; None where it is no choice of theirs."""
    row = ChoiceTaken.objects.filter(offer__learner_id=learner).select_related("offer").order_by("-at").first()
    if row is None:
        return None
    taken = _option(row.offer.options[row.place])
    return T("You chose this one. {reason}", reason=taken.reason) if taken.activity == activity else None


def _offer(row: ChoiceOffer) -> Offer:
    taken = getattr(row, "taken", None)
    found = tuple(_option(each) for each in row.options)
    return Offer(row.id, found, row.at, taken.place if taken is not None else -1)


def _json(o: Option) -> list[object]:
    reason = text_to_json(o.reason)
    return [o.activity, o.skill, o.reason_code, reason, o.value, o.probability, o.predicted, list(o.opens)]


def _option(value: Sequence[object]) -> Option:
    activity, skill, code, reason, worth, probability, predicted, opens = value
    return Option(
        str(activity), str(skill), str(code), text_from_json(reason), float(worth), float(probability),  # type: ignore[arg-type]
        float(predicted), tuple(int(n) for n in opens),  # type: ignore[arg-type, attr-defined]
    )  # fmt: skip
