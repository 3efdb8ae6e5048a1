"""Fact cards: the formulas against the package that published them, what comes when, and when a deck counts as mastered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import fsrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, ItemInfo, compile_curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.events import Decision, MasteryEntry
from headway.core.loop import Turn, step
from headway.core.mastery.cards import (
    AGAIN,
    GOOD,
    NO_CARDS,
    WEIGHTS,
    first,
    following,
    interval,
    known,
    recall,
    reviewed,
)
from headway.core.mastery.criterion import sentence
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile, new_profile
from headway.core.profile.views import skill_views
from headway.core.text import Text
from tests.core.small import DAY, MONDAY, answer, curriculum, start

SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=180)
FACTS = 8
ADA = new_profile("ada", grade="5")
DECK_ONLY = replace(DEFAULT_PLAN, only_skills=frozenset({"D"}))


@cache
def with_deck() -> Curriculum:
    """The small curriculum and a deck of eight cards."""
    base = curriculum()
    deck = Skill("D", "Word parts", "", "math", "5", "D", kind="cards")
    cards = [ActivityInfo(f"F{n}", "imported", "D", (ItemInfo(f"F{n}.0", ("D",)),)) for n in range(FACTS)]
    return compile_curriculum(SkillGraph((*base.skills, deck), base.prerequisites), [*base.activities, *cards])


def days(
    knows: list[str], profile: Profile = ADA, plan: EffectivePlan = DECK_ONLY, at: float = MONDAY, first_number: int = 0
) -> tuple[Profile, list[Decision], list[MasteryEntry]]:
    """A session a day, a letter an activity: ``1`` right, ``0`` wrong to the end."""
    decisions: list[Decision] = []
    entries: list[MasteryEntry] = []
    number = first_number
    for day, letters in enumerate(knows):
        now, turns = at + day * DAY, [None, *letters]
        for letter in turns:
            for attempt in (1, 2, 3) if letter == "0" else (1,):
                now, number = now + 60.0, number + 1
                event = (
                    start(number, at=now)
                    if letter is None
                    else answer(
                        number, profile.current.activity, letter == "1", at=now, attempt=attempt, catalogue=with_deck()
                    )
                )
                (outcome,) = step([Turn(profile, plan, event, now)], with_deck())
                profile = outcome.profile
                entries += outcome.entries
                decisions += [outcome.decision] if outcome.decision else []
    return profile, decisions, entries


@given(st.lists(st.tuples(st.sampled_from([AGAIN, GOOD]), st.integers(0, 200)), min_size=1, max_size=25))
def test_the_formulas_are_those_of_the_package(reviews: list[tuple[int, int]]) -> None:
    at, card, mine = datetime(2026, 1, 5, tzinfo=UTC), fsrs.Card(), (0.0, 0.0)
    for number, (grade, wait) in enumerate(reviews):
        at += timedelta(days=wait)
        card, _ = SCHEDULER.review_card(card, fsrs.Rating(grade), at)
        mine = first(grade) if number == 0 else following(*mine, float(wait), grade)
        assert mine == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        later = at + timedelta(days=30)
        assert recall(mine[0], 30.0) == pytest.approx(SCHEDULER.get_card_retrievability(card, later), rel=1e-9)
        assert max(round(interval(mine[0])), 1) == (card.due - at).days


def test_the_weights_are_those_of_the_package() -> None:
    assert WEIGHTS == fsrs.scheduler.DEFAULT_PARAMETERS


@given(st.floats(0.01, 500.0), st.floats(1.0, 10.0), st.floats(0.0, 400.0), st.floats(0.0, 400.0))
def test_success_never_leaves_less_than_failure_and_time_only_takes(
    s: float, d: float, wait: float, more: float
) -> None:
    assert following(s, d, wait, GOOD)[0] >= following(s, d, wait, AGAIN)[0]
    assert following(s, d, wait, GOOD)[1] <= following(s, d, wait, AGAIN)[1]
    assert 0.0 < recall(s, wait + more) <= recall(s, wait) <= 1.0
    assert recall(s, interval(s)) >= 0.9 - 1e-9


def test_help_later_tries_and_shown_answers_are_no_recall() -> None:
    good = reviewed(NO_CARDS, answer(1, "P0.0", True))
    for response in (answer(1, "P0.0", True, hints=1), answer(1, "P0.0", True, shown=True), answer(1, "P0.0", False)):
        assert reviewed(NO_CARDS, response)[0]["stability"] < good[0]["stability"]
    assert reviewed(good, answer(2, "P0.0", True, attempt=2)) is good
    assert known(good, MONDAY + 7 * DAY)[0] == pytest.approx(recall(WEIGHTS[2], 7.0))


def test_a_missed_card_comes_again_soon_and_a_known_one_on_another_day() -> None:
    _, decisions, _ = days(["0111111111111111"])
    dealt = [d.activity for d in decisions]
    assert len(set(dealt[:FACTS])) == FACTS
    (again,) = [d for d in decisions[1:] if d.activity == dealt[0] and d.reason_code == "continue"]
    assert "missed" in str(again.reason)
    assert all(d.reason_code == "refresh" for d in decisions[FACTS:] if d is not again)


def test_the_reason_says_how_often_it_was_seen_and_how_likely_it_is_known() -> None:
    profile, _, _ = days(["11111111"])
    _, (decision,), _ = days([""], profile, at=MONDAY + 9 * DAY, first_number=99)
    assert str(decision.reason).startswith("You have seen this card once. The chance that you know it today is 7")
    assert decision.predicted == pytest.approx(recall(WEIGHTS[2], 9.0), abs=0.01)


def test_a_deck_is_mastered_by_memory_that_lasts_not_by_one_good_day() -> None:
    profile, _, entries = days(["11111111"])
    assert not entries
    late = MONDAY + 4 * DAY
    profile, _, entries = days(["11111111"], profile, at=late, first_number=50)
    assert [entry.kind for entry in entries] == ["reached"]
    assert "four weeks from now" in str(sentence(entries[0], Text("Word parts")))
    row = next(row for row in profile.state.skills if row["mastered_at"] > 0.0)
    assert row["due_at"] == profile.cards["due_at"].min()
    _, _, entries = days(["1" * FACTS], profile, at=float(profile.cards["due_at"].max()) + 60.0, first_number=99)
    assert [entry.kind for entry in entries] == ["confirmed"]
    _, _, entries = days(["0" * FACTS] * 4, profile, at=late + 30 * DAY, first_number=200)
    assert "lost" in [entry.kind for entry in entries]


def test_an_idle_deck_gives_way_to_other_skills_and_a_pin_of_it_waits() -> None:
    profile, _, _ = days(["11111111"])
    for plan in (DEFAULT_PLAN, replace(DEFAULT_PLAN, pin_skills=("D",))):
        for seed in range(5):
            _, (decision,), _ = days([""], profile, plan, at=MONDAY + 900.0, first_number=500 + seed)
            assert decision.skill != "D"
    _, (decision,), _ = days([""], profile, replace(DEFAULT_PLAN, pin_skills=("D",)), MONDAY + 5 * DAY, 700)
    assert decision.skill == "D"


def test_bytes_replay_and_views() -> None:
    one, two = (days(["1011", "0110"])[0] for _ in range(2))
    assert encode(one) == encode(two) == encode(decode(encode(one)))
    assert encode(one)[:3] == b"HP3"
    (view,) = skill_views(one, with_deck(), MONDAY + 2 * DAY, models=MODELS)
    assert 0.0 < view.secure < 0.8
    assert len(one.cards) == len(np.unique(one.cards["key"]))


def test_a_curriculum_without_decks_keeps_its_version() -> None:
    base = curriculum()
    plain = [replace(skill, kind="skill") for skill in base.skills]
    again = compile_curriculum(SkillGraph(tuple(plain), base.prerequisites), base.activities)
    turned = [replace(skill, kind="cards") for skill in base.skills]
    other = compile_curriculum(SkillGraph(tuple(turned), base.prerequisites), base.activities)
    assert again.version == base.version != other.version
