"""A learner's screening: it begins from what practice has shown, and its result is evidence for the profile.

Each call is one transaction with the sitting locked. The last answer finishes the sitting, folds the result into the
profile through ``core.loop.step`` and appends the event to the log, all or nothing; so replay rebuilds the profile.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from headway.core.coaching.checking import check
from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.problems import Problem
from headway.core.events import Screened, Screening
from headway.core.intervention.screening_bank import prior_of
from headway.core.loop import Turn, step
from headway.core.mastery.refit.calibrated import calibrated
from headway.core.measurement.adaptive.design import Design
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.sitting import Sitting, ability_now, answer, begin, decode, encode, scored
from headway.core.measurement.adaptive.window import control_of
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.codec import decode as decode_profile
from headway.core.profile.codec import encode as encode_profile
from headway.core.profile.profile import Profile, new_profile
from headway.core.text import NOTHING, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.models import Evidence
from headway.school.mastery.served import models_for
from headway.school.measurement.banks import activity_for, pool_for, screening_problem, skills_of
from headway.school.measurement.counts import count_finished, counts_in
from headway.school.measurement.exposure import design_for, start_of
from headway.school.measurement.models import ScreeningAnswer, ScreeningSitting
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.live import announce
from headway.school.people.models import Person
from headway.school.profile.models import Profile as ProfileRow

LONGEST_STEP = 600.0
"""Seconds that one question counts at most: somebody who walked away does not lose their working time."""
LOOK_AGAIN = ("form", "unit", "unreadable", "unsure")


class NotOpen(Exception):
    """This sitting takes no answer now: it is finished, excused, or its window is closed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: ``look_again`` says why it was not taken (empty when it was)."""

    sitting: ScreeningSitting
    look_again: Text = NOTHING


@transaction.atomic
def go_on(*, learner: Person, sitting: UUID, now: float) -> ScreeningSitting:
    """Begin a sitting, or go on with one that was paused; its next problem waits. Raises NotOpen."""
    row = _locked(learner, sitting)
    if not row.state:
        curriculum = curriculum_of(learner.district_id)
        row.curriculum, row.model = curriculum.version, _plan_of(learner, now).model
        prior = prior_of(locked_profile(learner)[1].state)
        pool, design = laid_out(row)
        seed = int.from_bytes(row.id.bytes[:4], "little")
        given, takers = counts_in(row.window_id, row.grade)
        control = control_of(pool, design, start_of(pool, row.grade, row.window.season), given, takers)
        _keep(
            row,
            begin(
                pool, design, seed=seed, mean=prior.mean, variance=prior.variance, exposure=control, taker=takers,
                given=given,
            ),
            pool,
        )  # fmt: skip
        row.started_at = now
    row.status, row.shown_at, row.touched_at = "working", now, now
    row.save()
    announce("learner", learner.id)
    return row


@transaction.atomic
def take_answer(*, learner: Person, sitting: UUID, place: int, text: str, now: float, skipped: bool = False) -> Taken:
    """Take the answer to the ``place``-th question (from 0); ``skipped`` says that the learner does not know it, which counts
    as a wrong one. An answer to another question than the open one changes nothing: a page that is sent twice counts
    once. Raises NotOpen."""
    row = _locked(learner, sitting)
    if not row.state:
        raise NotOpen("the sitting has not begun")
    state = decode(row.state.encode())
    if place != len(state.items):
        return Taken(row)
    spec = screening_problem(learner.district_id, row.activity).steps[0].answer
    verdict = check(spec, text)
    if verdict.outcome in LOOK_AGAIN and not skipped:
        return Taken(row, verdict.message)
    pool, design = laid_out(row)
    spent = min(max(now - (row.shown_at or now), 0.0), LONGEST_STEP)
    ScreeningAnswer.objects.create(
        district_id=learner.district_id,
        sitting=row,
        place=place,
        item=pool.bank.ids[state.pending],
        activity=row.activity,
        answer="" if skipped else text[:2000],
        correct=verdict.correct and not skipped,
        seconds=spent,
        at=now,
    )
    after = answer(pool, design, state, int(verdict.correct and not skipped), seconds=spent)
    _keep(row, after, pool)
    row.touched_at = now
    if row.status != "paused":  # a proctor's pause, or a break on another device: this answer counts, then the break
        row.status, row.shown_at = "working", now
    if after.pending < 0:
        _finish(row, after, pool, design, learner, now)
    row.save()
    _count(row, after, pool)
    announce("learner", learner.id)
    return Taken(row)


@transaction.atomic
def sit_whole(
    *, learner: Person, sitting: UUID, give: Callable[[Problem, float], tuple[str, float]], now: float
) -> ScreeningSitting:
    """Let somebody who is there as a whole, as a simulated learner is, take the screening in one go. ``give`` gets a problem
    and the time, and returns the answer and the seconds it took; an answer that cannot be read counts as wrong."""
    row = go_on(learner=learner, sitting=sitting, now=now)
    pool, design = laid_out(row)
    state, given, at = decode(row.state.encode()), [], now
    while state.pending >= 0:
        problem = screening_problem(learner.district_id, row.activity)
        text, spent = give(problem, at)
        spent = min(spent, LONGEST_STEP)
        at += spent
        verdict = check(problem.steps[0].answer, text)
        given.append(
            ScreeningAnswer(
                district_id=learner.district_id, sitting=row, place=len(state.items), item=pool.bank.ids[state.pending],
                activity=row.activity, answer=text[:2000], correct=verdict.correct, seconds=spent, at=at,
            )
        )  # fmt: skip
        state = answer(pool, design, state, int(verdict.correct), seconds=spent)
        _keep(row, state, pool)
    ScreeningAnswer.objects.bulk_create(given)
    row.touched_at = at
    _finish(row, state, pool, design, learner, at)
    row.save()
    _count(row, state, pool)
    return row


@dataclass(frozen=True, slots=True)
class Far:
    """How far a sitting is: ``share`` from 0 to 1, ``seconds_left`` of working time, None where there is no limit."""

    share: float
    seconds_left: float | None


def progress_of(*, sitting: UUID) -> Far:
    """How far a sitting is: by the questions given or by how sure the result is, whichever is further."""
    row = ScreeningSitting.objects.select_related("window").get(id=sitting)
    if not row.state:
        return Far(0.0, None)
    state = decode(row.state.encode())
    pool, design = laid_out(row)
    start, now, aim = (
        1.0 / value for value in (state.variance, ability_now(pool, design, state).se ** 2, design.se**2)
    )
    sure = (now - start) / (aim - start) if aim > start else 1.0
    told = len(scored(pool, state))
    share = max(min(told / design.maximum, 1.0), min(sure, told / design.minimum, 1.0), 0.0)
    return Far(share, max(design.seconds - state.seconds, 0.0) if design.seconds else None)


def _locked(learner: Person, sitting: UUID) -> ScreeningSitting:
    row = (
        ScreeningSitting.objects.select_for_update(of=("self",))
        .select_related("window")
        .filter(id=sitting, learner=learner)
        .first()
    )
    if row is None or row.status in ("finished", "excused"):
        raise NotOpen("there is no such sitting, or it is over")
    if row.window.closed_at is not None and not row.make_up:
        raise NotOpen("the window is closed")
    return row


def laid_out(row: ScreeningSitting) -> tuple[Pool, Design]:
    """What a sitting draws from and by which rules, the same from its first question to its last."""
    """What a sitting draws from, and by which rules; the same from its first question to its last."""
    curriculum = curriculum_of(row.district_id, row.curriculum)
    if row.model:
        curriculum = calibrated(models_for([row.model])[row.model], curriculum)
    pool = pool_for(row.district_id, bank=row.window.bank_id, grade=row.grade or "6", curriculum=curriculum)
    return pool, design_for(pool, row.grade, row.window.season, seconds=row.window.seconds * row.extra_time)


def _plan_of(learner: Person, now: float) -> EffectivePlan:
    offset = day_offset(time_zone_of(learner.district_id), now)
    return plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)


def _keep(row: ScreeningSitting, state: Sitting, pool: Pool) -> None:
    row.state, row.given = encode(state).decode(), len(state.items)
    row.activity = ""
    if state.pending >= 0:
        row.activity = activity_for(row.window.bank_id, pool.bank.ids[state.pending], state.seed, len(state.items))


def _count(row: ScreeningSitting, state: Sitting, pool: Pool) -> None:
    if row.status == "finished":
        count_finished(window=row.window, grade=row.grade, items=[pool.bank.ids[item] for item in state.items])


def _finish(row: ScreeningSitting, state: Sitting, pool: Pool, design: Design, learner: Person, now: float) -> None:
    found = ability_now(pool, design, state)
    row.status, row.shown_at, row.finished_at = "finished", None, now
    row.score, row.se, row.given = found.theta, found.se, len(scored(pool, state))
    curriculum = curriculum_of(learner.district_id)
    screening = Screening(
        id=str(uuid5(row.id, "finished")),
        learner=str(learner.id),
        window=str(row.window_id),
        at=now,
        answers=_answers(row, curriculum, pool),
        score=found.theta,
        se=found.se,
        prior_mean=state.mean,
        prior_variance=state.variance,
        simulated=row.simulated,
    )
    kept, profile = locked_profile(learner)
    plan = _plan_of(learner, now)
    (outcome,) = step([Turn(profile, plan, screening, now)], curriculum, models_for([plan.model]))
    kept.state, kept.updated_at = encode_profile(outcome.profile), max(now, kept.updated_at)
    kept.save(update_fields=["state", "updated_at"])
    said = screening_to_json(screening)
    Evidence.objects.create(
        district_id=learner.district_id,
        event=screening.id,
        learner=learner,
        kind="screening",
        answer=said,
        seconds=state.seconds,
        simulated=row.simulated,
        at=now,
        now=now,
        curriculum=curriculum.version,
        digest=blake2b(said.encode(), digest_size=16).digest(),
        outcome={},
    )


def _answers(row: ScreeningSitting, curriculum: Curriculum, pool: Pool) -> tuple[Screened, ...]:
    """The answers that count: those to items on trial are kept in the log of the sitting alone."""
    out, trial = [], {name for name, mark in zip(pool.bank.ids, pool.trial, strict=True) if mark}
    for given in ScreeningAnswer.objects.filter(sitting=row).exclude(item__in=trial).order_by("place"):
        bank = row.window.bank_id
        if bank is None and given.item not in curriculum.item_number:
            out.append(Screened(given.item, (), given.correct, given.seconds))
            continue
        skills, difficulty = skills_of(row.district_id, bank=bank, item=given.item, curriculum=curriculum)
        out.append(Screened(given.item, skills, given.correct, given.seconds, difficulty))
    return tuple(out)


def locked_profile(learner: Person) -> tuple[ProfileRow, Profile]:
    """The learner's profile, locked as the loop locks it; a learner who has never practised gets one."""
    fresh = encode_profile(new_profile(str(learner.id), grade=learner.grade or "6", interests=tuple(learner.interests)))
    ProfileRow.objects.bulk_create(
        [ProfileRow(district_id=learner.district_id, learner=learner, beginning=fresh, state=fresh, updated_at=0.0)],
        ignore_conflicts=True,
    )
    row = ProfileRow.objects.select_for_update(no_key=True).get(learner=learner)
    return row, decode_profile(bytes(row.state))


def screening_to_json(screening: Screening) -> str:
    """The event's answers and result as the log keeps them; numbers survive exactly."""
    return json.dumps(asdict(screening), separators=(",", ":"), sort_keys=True)


def screening_from_json(text: str) -> Screening:
    """Read what :func:`screening_to_json` wrote."""
    values: dict[str, Any] = json.loads(text)
    answers = tuple(Screened(**{**each, "skills": tuple(each["skills"])}) for each in values.pop("answers"))
    return Screening(answers=answers, **values)
