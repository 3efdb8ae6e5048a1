"""Learners who sit a screening."""

from __future__ import annotations

from uuid import UUID

from headway.core.curriculum.problems import AnswerSpec
from headway.school.loop.screening import go_on, take_answer
from headway.school.measurement.actions import open_window
from headway.school.measurement.banks import screening_problem
from headway.school.models import ScreeningSitting, ScreeningWindow
from headway.school.people.tenancy import in_district
from tests.cast import NOON, WRONG, Cast


def opened(cast: Cast, **more: object) -> ScreeningWindow:
    """A window of the fall of 2026 for grade 6."""
    with in_district(cast.district.id):
        asked = {"season": "fall", "year": 2026, "grades": ["6"], "now": NOON, **more}
        return open_window(school=cast.school, by=cast["Pike"], **asked)  # type: ignore[arg-type]


def sitting_of(cast: Cast, name: str, window: ScreeningWindow) -> ScreeningSitting:
    with in_district(cast.district.id):
        return ScreeningSitting.objects.select_related("window").get(window=window, learner=cast[name])


def key_of(district: UUID, activity: str) -> AnswerSpec:
    return screening_problem(district, activity).steps[0].answer


def give(cast: Cast, name: str, row: ScreeningSitting, right: bool, now: float) -> ScreeningSitting:
    """Answer the open question."""
    with in_district(cast.district.id):
        spec = key_of(cast.district.id, row.activity)
        text = spec.keys[0]
        if not right:
            choices = [str(n) for n in range(len(spec.choices)) if str(n) not in spec.keys]
            text = choices[0] if choices else WRONG
        return take_answer(learner=cast[name], sitting=row.id, place=row.given, text=text, now=now).sitting


def sat(cast: Cast, name: str, window: ScreeningWindow, pattern: str = "ox", now: float = NOON) -> ScreeningSitting:
    """Let somebody take the whole screening; the pattern of right (o) and wrong (x) answers repeats."""
    row = sitting_of(cast, name, window)
    with in_district(cast.district.id):
        row = go_on(learner=cast[name], sitting=row.id, now=now)
    while row.activity:
        row = give(cast, name, row, pattern[row.given % len(pattern)] == "o", now + 20.0 * (row.given + 1))
    return row
