"""A class of Maple turns to English for a lesson and back: through the same loop, and it replays."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from headway.cli import lessons
from headway.cli.calendar import begins
from headway.cli.history import play_days
from headway.cli.maple import TIME_ZONE, plan_scopes
from headway.school.curriculum.queries import curriculum_of
from headway.school.curriculum.subjects import save_subject
from headway.school.evidence.queries import replay_district
from headway.school.models import Decision, Evidence
from headway.school.people.tenancy import in_district
from headway.standards.subject.shipped import shipped_subject
from tests.maple import SECTION, make_maple, maple_files

DAYS = [date(2026, 10, 29), date(2026, 10, 30)]


def test_one_section_has_english_beside_its_first_class() -> None:
    (section, people), *more = lessons.lessons_beside(maple_files(), [SECTION])
    assert (section.subject, section.grade, len(people), more) == ("english", "7", 25, [])
    assert lessons.lessons_beside(maple_files(), ["c-8-2"]) == []
    several = {subjects for subjects in maple_files().subjects().values() if len(subjects) > 1}
    assert several == {frozenset({"mathematics", "english"})}


def test_lessons_are_never_on_the_last_day() -> None:
    days = [date(2026, 10, n) for n in range(1, 29)]
    found = lessons.lesson_days(days)
    assert len(found) == lessons.LESSONS
    assert max(found) < days[-1]
    assert lessons.lesson_days(days[:3]) == frozenset()


def test_a_day_with_an_english_lesson_replays(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "EVERY", 1)
    cast, maple = make_maple(), maple_files()
    save_subject(district=cast.district, subject=shipped_subject("english"))
    opens = begins(DAYS[0], "1", TIME_ZONE) - 3600.0
    with in_district(cast.district):
        plan_scopes(maple, curriculum_of(cast.district), now=opens, district=cast.district)
    lessons.begin_with(maple, "mathematics", opens, cast.district)
    sum(play_days(database, maple, [SECTION], DAYS, 7, cast.district))
    with in_district(cast.district):
        periods = Counter(
            (skill.startswith("en."), begins(DAYS[0], "4", TIME_ZONE) <= at < begins(DAYS[0], "5", TIME_ZONE))
            for skill, at in Decision.objects.values_list("skill", "at")
        )
        assert min(periods[True, True], periods[False, False]) > 50
        assert set(periods) == {(True, True), (False, False)}
        answered = Evidence.objects.filter(activity__startswith="english:")
        assert {row.misconception[:4] for row in answered.exclude(misconception="")} == {"own:"}
    report = replay_district(cast.district)
    assert report.identical, report.differences
