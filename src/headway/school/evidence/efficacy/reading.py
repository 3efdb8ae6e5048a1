"""The log of a district as the effects need it: answers, what chance could have given, coins of day plans, hints and support.

A child's answers where there are any, else the simulated ones; the two are never mixed. Every read is of one district, inside its
transaction; nobody is named in what comes of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Min

from headway.core.curriculum.catalogue import Curriculum, catalogue_id
from headway.core.evidence.efficacy.drawn import Draws
from headway.core.evidence.efficacy.later import Answers, Longs, in_order
from headway.core.mastery.kernels import DAY
from headway.school.environment.models import DayPlan
from headway.school.intervention.models import SupportPlan
from headway.school.mastery.models import Evidence
from headway.school.path.models import Decision
from headway.school.people.clock import start_of

BACK = 370 * DAY
"""Seconds of the log that are read: a school year."""
ROWS = 20_000
BESIDE = 200
"""Learners at most who are looked at for each one in support, to find the most alike."""
Floats = np.typing.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Moments [D] of learners by number, ``at`` seconds since 1970."""

    learner: Longs
    at: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The answers, learners' numbers in them, and whether simulated learners gave them."""

    answers: Answers
    number: dict[UUID, int]
    simulated: bool
    since: float


def read_answers(curriculum: Curriculum, *, now: float, simulated: bool) -> Read:
    """First answers of the last year to items of the curriculum."""
    rows = Evidence.objects.filter(kind="response", attempt=1, now__gt=now - BACK, now__lte=now).order_by()
    if not simulated:
        rows = rows.filter(simulated=False, learner__simulated=False)
    number: dict[UUID, int] = {}
    task: dict[tuple[UUID, str], int] = {}
    hard = curriculum.difficulty.tolist()
    columns: tuple[list[float], ...] = ([], [], [], [], [], [])
    fields = ("learner_id", "now", "item", "activity", "correct", "hints", "shown")
    for learner, at, item, activity, correct, hints, shown in rows.values_list(*fields).iterator(ROWS):
        place = curriculum.item_number.get(item)
        if place is None:
            continue
        values = (
            number.setdefault(learner, len(number)), at, float(correct and not hints and not shown), hard[place], place,
            task.setdefault((learner, activity), len(task)),
        )  # fmt: skip
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    who, at_, right, difficulty, items, tasks = columns
    answers = Answers(
        _longs(who), np.array(at_, np.float64), np.array(right, np.float64), np.array(difficulty, np.float64),
        _longs(items), _longs(tasks),
    )  # fmt: skip
    return Read(in_order(answers), number, simulated, now - BACK)


def read_draws(read: Read, curriculum: Curriculum, *, now: float) -> tuple[Draws, Moments]:
    """What each decision could have chosen, with its chance; things are the curriculum's activities."""
    thing: list[int] = []
    moment: list[int] = []
    chance: list[float] = []
    taken: list[float] = []
    who: list[int] = []
    when: list[float] = []
    rows = Decision.objects.filter(at__gt=read.since, at__lte=now).order_by()
    for learner, at, activity, alternatives in rows.values_list(
        "learner_id", "at", "activity", "alternatives"
    ).iterator(ROWS):
        place = read.number.get(learner)
        if place is None:
            continue
        odds: Counter[str] = Counter()
        for name, _skill, _value, share in alternatives:
            odds[catalogue_id(name)] += share
        chosen = catalogue_id(activity)
        for name, share in odds.items():
            number = curriculum.activity_number.get(name)
            if number is not None:
                thing.append(number)
                moment.append(len(who))
                chance.append(min(max(float(share), 0.0), 1.0))
                taken.append(float(name == chosen))
        who.append(place)
        when.append(at)
    draws = Draws(_longs(thing), _longs(moment), np.array(chance, np.float64), np.array(taken, np.float64))
    return draws, Moments(_longs(who), np.array(when, np.float64))


def read_hints(read: Read, curriculum: Curriculum, *, now: float) -> tuple[Longs, Moments]:
    """The item [D] at each moment at which a learner had asked for its hints, once an activity."""
    rows = Evidence.objects.filter(kind="response", hints__gt=0, now__gt=read.since, now__lte=now).order_by()
    found = rows.values_list("learner_id", "activity", "item").annotate(at=Min("now"))
    item, who, when = [], [], []
    for learner, _activity, name, at in found.iterator(ROWS):
        place, number = read.number.get(learner), curriculum.item_number.get(name)
        if place is not None and number is not None:
            item.append(number)
            who.append(place)
            when.append(at)
    return _longs(item), Moments(_longs(who), np.array(when, np.float64))


def read_coins(read: Read, district: UUID, *, now: float) -> tuple[list[tuple[str, str]], Draws, Moments]:
    """Seats of day plans that a coin gave between two ways of working: the pairs, and one draw a seat; a moment is the end of
    that day. A plan that was made anew counts as it last stood."""
    pairs: dict[tuple[str, str], int] = {}
    thing, chance, taken, who, when = [], [], [], [], []
    for day, sessions in _last_plans(int(read.since // DAY), int(now // DAY)):
        ends = start_of(district, day + 1)
        for session in sessions:
            for seat in session["seats"]:
                place = read.number.get(UUID(seat[0]))
                if (
                    place is None
                    or len(seat) < 10
                    or not 0.0 < seat[7] < 1.0
                    or seat[8] == session["modality"]
                    or seat[6]
                ):
                    continue
                first = min(session["modality"], seat[8])
                pair = (first, max(session["modality"], seat[8]))
                mine = session["modality"] == first
                thing.append(pairs.setdefault(pair, len(pairs)))
                chance.append(float(seat[7]) if mine else 1.0 - float(seat[7]))
                taken.append(float(mine))
                who.append(place)
                when.append(ends)
    draws = Draws(_longs(thing), np.arange(len(who)), np.array(chance, np.float64), np.array(taken, np.float64))
    return list(pairs), draws, Moments(_longs(who), np.array(when, np.float64))


def _last_plans(first: int, last: int) -> Iterable[tuple[int, list[dict[str, Any]]]]:
    rows = DayPlan.objects.filter(state="done", day__gte=first, day__lt=last)
    for day, sessions in (
        rows.order_by("section_id", "day", "-began_at")
        .distinct("section_id", "day")
        .values_list("day", "body__sessions")
    ):
        yield day, sessions or []


@dataclass(frozen=True, slots=True, eq=False)
class Supported:
    """Who began support, and who else there was at the same moment, in rows: the kind of support by number, which rows belong
    together, 1 for who was chosen."""

    kinds: list[str]
    kind: Longs
    pair: Longs
    chosen: Floats
    moments: Moments


def read_support(read: Read, district: UUID, *, now: float) -> Supported:
    """Beginnings of support with learners beside them who had none in the four weeks before and after."""
    plans = list(
        SupportPlan.objects.filter(start_day__gte=int(read.since // DAY), start_day__lt=int(now // DAY))
        .order_by("start_day", "learner_id")
        .values_list("learner_id", "group__kind", "start_day", "ended")
    )
    busy: dict[UUID, list[tuple[int, int]]] = {}
    for learner, _kind, start, ended in plans:
        busy.setdefault(learner, []).append((start, ended if ended is not None else 10**6))
    everybody = sorted(read.number, key=str)
    kinds: dict[str, int] = {}
    kind, pair, chosen, who, when = [], [], [], [], []
    for number, (learner, name, start, _ended) in enumerate(plans):
        if learner not in read.number:
            continue
        free = [key for key in everybody if all(b > start + 28 or e < start - 28 for b, e in busy.get(key, ()))]
        begin = start_of(district, start)
        others = _spread(free, number)
        for key in (learner, *others):
            kind.append(kinds.setdefault(name, len(kinds)))
            pair.append(number)
            chosen.append(float(key == learner))
            who.append(read.number[key])
            when.append(begin)
    moments = Moments(_longs(who), np.array(when, np.float64))
    return Supported(list(kinds), _longs(kind), _longs(pair), np.array(chosen, np.float64), moments)


def _spread(keys: Sequence[UUID], turn: int) -> list[UUID]:
    """At most :data:`BESIDE` of the keys, evenly, beginning elsewhere each turn."""
    step = max(len(keys) // BESIDE, 1)
    return list(keys[turn % step :: step][:BESIDE])


def _longs(values: Sequence[float]) -> Longs:
    return np.array(values, np.int64)
