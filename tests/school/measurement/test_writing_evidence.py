"""Where a writing task names a skill, each text is evidence of it in its writer's profile, and replay rebuilds that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headway.core.profile.codec import decode
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.queries import replay_district
from headway.school.loop.judged import finish_task, judged_from_json
from headway.school.measurement.actions import NotTaken
from headway.school.measurement.judgement.judging import decide, pair_for
from headway.school.measurement.judgement.models import WritingTask
from headway.school.measurement.judgement.tasks import begin_judging, hand_in, open_task
from headway.school.measurement.queries import measures
from headway.school.models import Evidence, Profile
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast

SKILL = "6.EE.B.7"
WRITERS = ("Ana", "Ben", "Chi", "Dev")


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def judged(cast: Cast, skill: str) -> WritingTask:
    """Four texts, the earlier name the better one, decided twelve times."""
    by = cast["Okafor"]
    task = open_task(school=cast.school, title="Bees", prompt="Why?", sections=[cast.a], by=by, now=NOON, skill=skill)
    for name in WRITERS:
        hand_in(task=task, learner=cast[name], by=cast[name], now=NOON, text=f"{name} says why.")
    begin_judging(task=task, by=by, now=NOON + 10.0)
    task.refresh_from_db()
    for n in range(12):
        offer = pair_for(task=task, judge=by, now=NOON + 20.0 * n, seed=n)
        if offer is None:
            break
        better = "left" if offer.left.text < offer.right.text else "right"
        decide(task=task, judge=by, pair=offer.id, better=better, now=NOON + 20.0 * n + 9.0)  # type: ignore[arg-type]
    return task


def test_a_judged_text_moves_the_skill_and_replay_rebuilds_it(cast: Cast) -> None:
    cast.answers("Ana", "oxo", NOON - 600.0)
    with in_district(cast.district.id):
        task = judged(cast, SKILL)
        assert finish_task(task=task, by=cast["Okafor"], now=NOON + 900.0) == len(WRITERS)
        assert finish_task(task=task, by=cast["Okafor"], now=NOON + 990.0) == 0, "doing it again changes nothing"
        events = [judged_from_json(row.answer) for row in Evidence.objects.filter(kind="judged")]
        assert {event.skill for event in events} == {SKILL} and len(events) == len(WRITERS)
        scores = measures([cast[name].id for name in WRITERS], measure="writing")
        curriculum = curriculum_of(cast.district.id)
        key = curriculum.keys[curriculum.skill_number[SKILL]]
        means = {}
        for name in WRITERS:
            (score,) = scores[cast[name].id]["writing"]
            event = next(each for each in events if each.learner == str(cast[name].id))
            assert (event.score, event.se) == (score.score, score.se)
            state = decode(bytes(Profile.objects.get(learner=cast[name]).state)).state
            (row,) = state.skills[state.skills["key"] == key]
            means[name] = float(row["mean"])
        assert means["Ben"] > means["Chi"] > means["Dev"]
    cast.answers("Ana", "xo", NOON + 2000.0)
    report = replay_district(cast.district.id)
    assert report.identical, report.differences


def test_without_a_skill_writing_stays_a_measure_of_its_own(cast: Cast) -> None:
    with in_district(cast.district.id):
        task = judged(cast, "")
        assert finish_task(task=task, by=cast["Okafor"], now=NOON + 900.0) == 0
        assert not Evidence.objects.exists()
        assert measures([cast["Ana"].id], measure="writing")
        with pytest.raises(NotTaken, match="does not teach"):
            judged(cast, "W.99")
