"""The two-tap log of sessions, and probes: making the next form, writing down what was right."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from headway.core.intervention.probes import BLUEPRINTS, make_form
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.intervention.models import ProbeForm, ProbeScore, SupportGroup, SupportPlan, SupportSession
from headway.school.people.clock import day_of
from headway.school.people.models import Person

NO_SCHOOL = "no-school"
"""The reason of a session that was not to be held after all: its day counts as not planned."""


class BadEntry(ValueError):
    """What was entered cannot be kept; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def log_session(
    *,
    group: SupportGroup,
    day: int,
    held: bool,
    by: Person,
    now: float,
    present: Sequence[UUID] | None = None,
    minutes: int | None = None,
    why_not: str = "",
    simulated: bool = False,
) -> SupportSession:
    """Write down whether the session of a day was held. Everybody of the group was there, and for the planned minutes,
    unless said otherwise. A second line for a day corrects the first. Raises :class:`BadEntry`."""
    if not group.starts <= day <= day_of(group.district_id, now):
        raise BadEntry(T("A session is logged for a day from the group’s start up to today."))
    members = set(SupportPlan.objects.filter(group=group).values_list("learner_id", flat=True))
    there = members if present is None else set(present)
    length = group.minutes if minutes is None else minutes
    if not there <= members or not (1 <= length <= 240 or not held):
        raise BadEntry(T("A session has learners of the group and 1 to 240 minutes."))
    return SupportSession.objects.create(
        district_id=group.district_id,
        group=group,
        day=day,
        held=held,
        minutes=length if held else 0,
        present=sorted(str(learner) for learner in there) if held else [],
        why_not="" if held else why_not.strip()[:200],
        by=by,
        at=now,
        simulated=simulated,
    )


@transaction.atomic
def new_form(*, plan: SupportPlan, by: Person, now: float, seed: int | None = None) -> ProbeForm:
    """Make the next probe form for a learner: no form that they had before. Its seed is kept, so it can be made again."""
    curriculum = curriculum_of(plan.district_id)
    difficulty = {
        name: float(curriculum.difficulty[curriculum.item_number[name]])
        for _, pool in BLUEPRINTS[plan.group.measure].slots
        for name in pool
    }
    earlier = ProbeForm.objects.filter(plan__learner_id=plan.learner_id, measure=plan.group.measure)
    used = {activity for form in earlier.values_list("activities", flat=True) for activity in form}
    drawn = secrets.randbits(48) if seed is None else seed
    form = make_form(BLUEPRINTS[plan.group.measure], difficulty, drawn, used)
    return ProbeForm.objects.create(
        district_id=plan.district_id,
        plan=plan,
        measure=form.blueprint,
        seed=form.seed,
        activities=list(form.activities),
        expected=form.expected,
        curriculum=curriculum.version,
        by=by,
        at=now,
    )


@transaction.atomic
def score_probe(
    *,
    form: ProbeForm,
    right: Sequence[int],
    tried: int,
    by: Person,
    now: float,
    seconds: int | None = None,
    digits: int | None = None,
    simulated: bool = False,
) -> ProbeScore:
    """Write down which problems (numbers from 0) were right of the ``tried`` ones. A second line for a form corrects the
    first and stands for the same day. Raises :class:`BadEntry`."""
    length = len(form.activities)
    marks = sorted(set(right))
    if not 0 <= tried <= length or any(not 0 <= n < length for n in marks):
        raise BadEntry(T("The form has {n} problems.", n=length))
    earlier = ProbeScore.objects.filter(form=form).order_by("-id").first()
    return ProbeScore.objects.create(
        district_id=form.district_id,
        plan_id=form.plan_id,
        form=form,
        day=earlier.day if earlier and earlier.taken else day_of(form.district_id, now),
        right=len(marks),
        tried=max([tried, *(n + 1 for n in marks)]),
        digits=digits,
        seconds=BLUEPRINTS[form.measure].minutes * 60 if seconds is None else seconds,
        marks=marks,
        by=by,
        at=now,
        simulated=simulated,
    )


@transaction.atomic
def take_back(*, form: ProbeForm, by: Person, now: float) -> ProbeScore:
    """Say that a form was not taken after all: it has no score, and can be taken later. Raises :class:`BadEntry` where it
    has none."""
    earlier = ProbeScore.objects.filter(form=form).order_by("-id").first()
    if earlier is None or not earlier.taken:
        raise BadEntry(T("This form has no score that could be taken back."))
    return ProbeScore.objects.create(
        district_id=form.district_id,
        plan_id=form.plan_id,
        form=form,
        day=earlier.day,
        right=0,
        tried=0,
        seconds=0,
        taken=False,
        by=by,
        at=now,
        simulated=earlier.simulated,
    )
