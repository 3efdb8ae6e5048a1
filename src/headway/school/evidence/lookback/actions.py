"""Looking back: classes that have something beside those that have not, matched or as a series, worked out and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Count

from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.series import series, series_data
from headway.core.evidence.pilots.study import SMALL, Roles, Table, study_of
from headway.core.evidence.pilots.told import data_of
from headway.core.mastery.kernels import DAY
from headway.core.text import T, text_to_json
from headway.school.evidence.lookback.models import LookBack
from headway.school.evidence.outcomes.reading import SPAN
from headway.school.evidence.pilots.outcomes import Outcome, known_outcome, measured, pretest
from headway.school.evidence.pilots.standing import may_lead
from headway.school.mastery.models import Evidence
from headway.school.people.access import viewer_of
from headway.school.people.models import Enrolment, Person, Section
from headway.school.people.refusal import Malformed

WAYS = ("matched", "series")
MOST_WEEKS, BEFORE, LONGEST = 40, 6, 300
"""Weeks after the beginning, four-week periods before it, and characters of a question, at most."""
LEAST_OF_CLASS = 5
"""Learners of a class with a result, without whom a period of it does not count."""
USUAL = "business as usual"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is compared: ``thing`` has been going on in the classes ``having`` since ``began`` (seconds since 1970) and is judged
    by ``outcome`` after ``weeks``, beside the classes ``others``; ``way`` is one of :data:`WAYS`."""

    question: str
    thing: str
    way: str
    outcome: Outcome
    having: tuple[UUID, ...]
    others: tuple[UUID, ...]
    began: float
    weeks: int

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            **asdict(self),
            "having": [str(key) for key in self.having],
            "others": [str(key) for key in self.others],
        }


@dataclass(frozen=True, slots=True)
class Pupil:
    """A learner of the comparison, in the class that counts."""

    learner: UUID
    section: UUID
    school: UUID
    grade: str
    language: str


@transaction.atomic
def look_back(*, by: Person, setup: Setup, now: float) -> LookBack:
    """Work it out and keep it. Raises Malformed, saying what to change, for classes that ``by`` does not lead, times that are not
    over, and where too little is known."""
    schools = _check(by, setup, now)
    pupils = _pupils(setup)
    earlier = LookBack.objects.filter(setup__having=[str(key) for key in setup.having]).count()
    try:
        body = (
            _matched(setup, pupils, by.district_id)
            if setup.way == "matched"
            else _series(setup, pupils, by.district_id)
        )
    except ValueError as problem:
        raise Malformed(T("This cannot be compared: {why}.", why=str(problem).rstrip("."))) from problem
    return LookBack.objects.create(
        district_id=by.district_id, question=setup.question.strip(), schools=schools, setup=setup.to_json(),
        body={**body, "way": setup.way, "earlier": earlier}, by=by, at=now,
    )  # fmt: skip


def _check(by: Person, setup: Setup, now: float) -> list[str]:
    if not setup.question.strip() or setup.thing.strip() in ("", USUAL):
        raise Malformed(T("Write down the question, and what these classes have."))
    if max(len(setup.question), len(setup.thing)) > LONGEST:
        raise Malformed(T("That is too long: {most} characters are the most for one field.", most=LONGEST))
    if setup.way not in WAYS or not 1 <= setup.weeks <= MOST_WEEKS:
        raise Malformed(T("Choose from the lists, and 1 to {most} weeks.", most=MOST_WEEKS))
    known_outcome(setup.outcome, by.district_id)
    if setup.way == "series" and setup.outcome.kind not in ("ability", "mastered"):
        raise Malformed(
            T("A series needs a result of every four weeks: choose what learners can solve, or skills that they reach.")
        )
    if not setup.began + setup.weeks * 7 * DAY <= now:
        raise Malformed(T("These weeks are not over yet. Choose fewer weeks, or an earlier beginning."))
    if not setup.having or not setup.others:
        raise Malformed(
            T("Choose the classes that have it; at least one other class of yours is needed to compare with.")
        )
    sections = Section.objects.filter(id__in=[*setup.having, *setup.others])
    schools = sorted({str(key) for key in sections.values_list("school_id", flat=True)})
    if len(sections) < len({*setup.having, *setup.others}) or not may_lead(viewer_of(by), schools):
        raise Malformed(T("Choose at least one class of a school that you lead."))
    return schools


def _pupils(setup: Setup) -> list[Pupil]:
    """Learners, each once: who is in a class that has it has it."""
    having = set(setup.having)
    rows = Enrolment.objects.filter(
        section_id__in=[*setup.having, *setup.others], role="student", person__is_active=True
    )
    found: dict[UUID, Pupil] = {}
    for learner, section, school, grade, language in rows.order_by("person_id", "section_id").values_list(
        "person_id", "section_id", "section__school_id", "person__grade", "person__language"
    ):
        if learner not in found or (section in having and found[learner].section not in having):
            found[learner] = Pupil(learner, section, school, grade or "-", language or "-")
    return list(found.values())


def _matched(setup: Setup, pupils: Sequence[Pupil], district: UUID) -> dict[str, Any]:
    """Matched learners of one grade, adjusted for the result before and for how much they practised; by class."""
    keys = [each.learner for each in pupils]
    early = pretest(setup.outcome, keys, district=district, start=setup.began, weeks=setup.weeks)
    after = measured(setup.outcome, keys, district=district, begin=setup.began, end=setup.began + setup.weeks * 7 * DAY)
    did = _practised(keys, setup.began)
    having = set(setup.having)
    table: Table = {
        "learner": [str(key) for key in keys],
        "arm": [setup.thing.strip() if each.section in having else USUAL for each in pupils],
        "outcome": np.array([after.get(key, np.nan) for key in keys]),
        "result before": np.array([early.get(key, np.nan) for key in keys]),
        "practice before": np.log1p(np.array([float(did.get(key, 0)) for key in keys])),
        "grade": [each.grade for each in pupils],
        "class": [str(each.section) for each in pupils],
        "school": [str(each.school) for each in pupils],
        "language": [each.language for each in pupils],
    }
    several = len({each.language for each in pupils}) > 1
    roles = Roles(
        outcomes=("outcome",), arm="arm", control=USUAL, learner="learner", unit="class", cluster="class", blocks=("grade",),
        pretest="result before", covariates=("practice before",), subgroups=("language",) if several else (), site="school",
        design="matched",
    )  # fmt: skip
    study = study_of(table, roles)
    return data_of(study, analyse(study, Settings()), 0.0, {"question": setup.question}, text_to_json)


def _practised(keys: Sequence[UUID], began: float) -> Mapping[UUID, int]:
    rows = Evidence.objects.filter(
        learner_id__in=keys, kind="response", attempt=1, now__gt=began - SPAN, now__lte=began
    )
    return dict(rows.order_by().values_list("learner_id").annotate(n=Count("id")))


def _series(setup: Setup, pupils: Sequence[Pupil], district: UUID) -> dict[str, Any]:
    """Means of classes in periods of four weeks, before and after."""
    keys = [each.learner for each in pupils]
    place = {key: n for n, key in enumerate(dict.fromkeys(each.section for each in pupils))}
    section = np.array([place[each.section] for each in pupils])
    having = np.array([key in set(setup.having) for key in place])
    outcome, unit, period = [], [], []
    for number in range(-BEFORE, max(setup.weeks // 4, 1)):
        begin = setup.began + number * SPAN
        found = measured(setup.outcome, keys, district=district, begin=begin, end=begin + SPAN)
        values = np.array([found.get(key, np.nan) for key in keys])
        there = np.isfinite(values)
        count = np.bincount(section[there], minlength=len(place))
        mean = np.bincount(section[there], values[there], len(place)) / np.maximum(count, 1)
        for each in np.flatnonzero(count >= LEAST_OF_CLASS).tolist():
            outcome.append(float(mean[each]))
            unit.append(each)
            period.append(float(number))
    if not outcome:
        raise ValueError(f"no class has {LEAST_OF_CLASS} learners with a result in any four weeks")
    units, periods = np.array(unit, np.int64), np.array(period, np.float64)
    told = series(
        np.array(outcome), units, periods, having[units].astype(np.float64), 0.0, thing=setup.thing.strip(), name="outcome",
    )  # fmt: skip
    lines = _lines(np.array(outcome), periods, having[units], len(pupils))
    return {
        **series_data(told), "sentences": [text_to_json(each) for each in told.sentences],
        "reasons": [text_to_json(each) for each in told.reasons], "lines": lines,
    }  # fmt: skip


def _lines(
    outcome: np.typing.NDArray[np.float64],
    period: np.typing.NDArray[np.float64],
    having: np.typing.NDArray[np.bool_],
    learners: int,
) -> list[list[float | None]]:
    """The mean of the classes with it and without it in each period; nothing of fewer than ten learners."""
    if learners < SMALL:
        return []
    out: list[list[float | None]] = []
    for number in np.unique(period).tolist():
        row: list[float | None] = [number]
        for side in (having, ~having):
            mine = outcome[(period == number) & side]
            row.append(round(float(mine.mean()), 4) if len(mine) >= 2 else None)
        out.append(row)
    return out
