"""Who comes first on the board, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.environment.attention import BANDS, HUSH, LESSON, SIGNALS, Code, Snapshot, rank, signal_of
from headway.core.environment.needs import who_needs_me
from headway.core.mastery.detectors.habits import Habits
from headway.core.text import NOTHING, T, Text, math

NOW = 1_800_000_000.0
MIN = 60.0
SKILL, PROBLEM = T("Two-step equations"), T("{problem}", problem=math("4(x+2)=28"))


def learner(name: str = "ana", **fields: Any) -> Snapshot:
    """Somebody who answered ten seconds ago, unless told otherwise."""
    return replace(Snapshot(name, SKILL, PROBLEM, last_at=NOW - 10, tried=6), **fields)


def code(snapshot: Snapshot, now: float = NOW) -> str:
    found = signal_of(snapshot, now)
    return found.code if found else ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"asked_at": NOW - 5}, "asked"),
        ({"tries": 3, "stuck_since": NOW - 90}, "stuck"),
        ({"wrong_run": 3, "stuck_since": NOW - 90}, "stuck"),
        ({"wrong": 4, "tries": 1, "stuck_since": NOW - 90}, "stuck"),
        ({"tries": 1, "stuck_since": NOW - 6 * MIN}, "stuck"),
        ({"tries": 1, "stuck_since": NOW - 6 * MIN, "last_at": NOW - 4 * MIN}, "quiet"),
        ({"tries": 3, "stuck_since": NOW - 6 * MIN, "asked_at": NOW - 5}, "asked"),
        ({"tries": 1, "stuck_since": NOW - 4 * MIN, "last_at": NOW - 4 * MIN}, "quiet"),
        ({"rapid_run": 3, "wrong_run": 1, "stuck_since": NOW - 8}, "guessing"),
        ({"practised": 14, "recent": (False, True) * 4}, "spinning"),
        ({"practised": 5, "recent": (False,) * 5, "spin": 0.8}, "spinning"),
        ({"habits": Habits(rapid=0b1011010)}, "guessing"),
        ({"habits": Habits(rushed=0b1011010)}, "rushing"),
        ({"habits": Habits(alone=15)}, "alone"),
        ({"habits": Habits(alone=14)}, ""),
        ({"habits": Habits(idle=0b10111, rapid=0b1000)}, "adrift"),
        ({"practised": 14, "recent": (False, True) * 4, "mastered": True}, ""),
        ({"practised": 14, "recent": (True, True, False, True) * 2}, ""),
        ({"hints": 3}, "hints"),
        ({"tries": 2, "stuck_since": NOW - 70}, "slipping"),
        ({"tries": 2, "stuck_since": NOW - 20}, ""),
        ({"reached": (SKILL,), "reached_at": NOW - 2 * MIN}, "ready"),
        ({"reached": (SKILL,), "reached_at": NOW - 11 * MIN}, ""),
        ({"reached": (SKILL,), "reached_at": NOW - 7 * MIN, "visited_at": NOW - 6 * MIN}, ""),
        ({"reached": (SKILL,), "reached_at": NOW - 2 * MIN, "tries": 3, "stuck_since": NOW - 90}, "stuck"),
        ({"last_at": NOW - 6 * MIN}, "idle"),
        ({"last_at": NOW - LESSON}, ""),
        ({"last_at": 0.0}, ""),
        ({"last_at": NOW - LESSON, "asked_at": NOW - 20 * MIN}, "asked"),
        ({"last_at": NOW - LESSON, "asked_at": NOW - LESSON}, ""),
    ],
)
def test_each_kind_of_trouble_is_seen(fields: dict[str, Any], expected: str) -> None:
    assert code(learner(**fields)) == expected


def test_the_order_of_a_class() -> None:
    everybody = [
        learner("idle", last_at=NOW - 20 * MIN),
        learner("hints", hints=4),
        learner("guessing", rapid_run=5, stuck_since=NOW - 60),
        learner("asked", asked_at=NOW - 2 * MIN),
        learner("stuck", tries=3, stuck_since=NOW - 4 * MIN),
        learner("quiet", tries=1, stuck_since=NOW - 4 * MIN, last_at=NOW - 4 * MIN),
        learner("spinning", practised=12, recent=(False,) * 6 + (True,) * 2),
        learner("slipping", tries=2, stuck_since=NOW - 2 * MIN),
        learner("ready", reached=(SKILL,), reached_at=NOW - MIN),
        learner("fine"),
    ]
    ranked = [snapshot.learner for snapshot, _ in rank(everybody, NOW)]
    assert ranked == ["asked", "stuck", "quiet", "guessing", "spinning", "hints", "slipping", "ready", "idle"]


def test_somebody_stuck_for_long_comes_before_a_hand_just_raised() -> None:
    hand, stuck = learner("hand", asked_at=NOW - 1), learner("stuck", tries=5, stuck_since=NOW - 8 * MIN)
    assert [need.learner for need in who_needs_me([hand, stuck], NOW)] == ["stuck", "hand"]


def test_a_visit_ends_a_need_and_then_leaves_the_learner_alone() -> None:
    asked = learner(asked_at=NOW - 4 * MIN, tries=3, stuck_since=NOW - 6 * MIN)
    assert code(replace(asked, coming_at=NOW - 60)) == "coming"
    assert code(replace(asked, coming_at=NOW - 60), NOW + HUSH) == "asked"
    visited = replace(asked, coming_at=NOW - 60, visited_at=NOW - 5)
    assert code(visited) == ""
    assert code(visited, NOW + HUSH) == "stuck"
    assert code(replace(visited, asked_at=NOW)) == "asked"


@pytest.mark.parametrize(
    ("fields", "sentence", "label"),
    [
        (
            {"tries": 3, "stuck_since": NOW - 6 * MIN, "misconception": T("First term only")},
            "3 tries on $$4(x+2)=28$$ and not there yet. It looks like “First term only”.",
            "stuck 6 min",
        ),
        (
            {"asked_at": NOW - 4 * MIN, "hints": 2, "problem": NOTHING},
            "Raised a hand on a problem in “Two-step equations”, after 2 hints.",
            "asked 4 min ago",
        ),
        (
            {"rapid_run": 5, "stuck_since": NOW - 3 * MIN},
            "5 wrong answers in a row in “Two-step equations”, each faster than the problem can be read.",
            "3 min",
        ),
        (
            {"tries": 2, "missed": 1, "stuck_since": NOW - 2 * MIN},
            "Stuck for the first time today, on $$4(x+2)=28$$.",
            "2 min",
        ),
        (
            {"wrong": 4, "tries": 1, "stuck_since": NOW - 4 * MIN},
            "4 wrong answers in a row, now on $$4(x+2)=28$$.",
            "stuck 4 min",
        ),
        (
            {"reached": (SKILL,), "reached_at": NOW - 2 * MIN},
            "Has reached “Two-step equations” and can go on to something new.",
            "ready for more, 2 min",
        ),
        ({"last_at": NOW - 7 * MIN}, "No answer for 7 min. Was on $$4(x+2)=28$$.", "7 min"),
    ],
)
def test_the_reason_is_one_concrete_sentence(fields: dict[str, Any], sentence: str, label: str) -> None:
    (need,) = who_needs_me([learner(**fields)], NOW)
    assert (str(need.reason), str(need.label)) == (sentence, label)
    assert str(need.action).endswith(".")


ago = st.floats(0, LESSON - 1).map(lambda seconds: NOW - seconds)
sometimes = st.one_of(st.just(0.0), ago)
count = st.integers(0, 12)
snapshots = st.builds(
    Snapshot,
    learner=st.sampled_from(["ana", "ben", "chi"]),
    skill=st.just(SKILL),
    problem=st.sampled_from([PROBLEM, NOTHING]),
    tries=count,
    hints=count,
    last_at=ago,
    wrong=count,
    wrong_run=count,
    stuck_since=sometimes,
    rapid_run=count,
    practised=st.integers(0, 40),
    recent=st.lists(st.booleans(), max_size=8).map(tuple),
    mastered=st.booleans(),
    asked_at=sometimes,
    coming_at=sometimes,
    visited_at=sometimes,
    tried=count,
    missed=count,
    reached_at=sometimes,
)


def urgency(snapshot: Snapshot, now: float = NOW) -> float:
    found = signal_of(snapshot, now)
    return found.urgency if found else 0.0


@settings(derandomize=True, max_examples=400)
@given(snapshots, st.sampled_from(["tries", "wrong", "wrong_run", "rapid_run", "hints", "missed"]), st.integers(1, 5))
def test_more_trouble_never_ranks_lower(snapshot: Snapshot, field: str, more: int) -> None:
    worse = replace(snapshot, **{field: getattr(snapshot, field) + more})
    assert urgency(worse) >= urgency(snapshot)


@settings(derandomize=True, max_examples=400)
@given(snapshots, st.integers(0, 7))
def test_a_wrong_answer_instead_of_a_right_one_never_ranks_lower(snapshot: Snapshot, place: int) -> None:
    recent = tuple(right and n != place for n, right in enumerate(snapshot.recent))
    assert urgency(replace(snapshot, recent=recent)) >= urgency(snapshot)


@settings(derandomize=True, max_examples=400)
@given(snapshots, st.floats(0, 30 * MIN))
def test_struggling_longer_never_ranks_lower(snapshot: Snapshot, earlier: float) -> None:
    if snapshot.stuck_since:
        longer = replace(snapshot, stuck_since=snapshot.stuck_since - earlier)
        assert urgency(longer) >= urgency(snapshot)


@settings(derandomize=True, max_examples=400)
@given(snapshots, snapshots)
def test_quiet_struggle_stands_above_idleness(one: Snapshot, other: Snapshot) -> None:
    first, second = signal_of(one, NOW), signal_of(other, NOW)
    if first and second and first.code == "idle" and second.code != "idle":
        assert second.urgency > first.urgency


@settings(derandomize=True, max_examples=200)
@given(st.lists(snapshots, max_size=8), st.randoms(use_true_random=False))
def test_the_ranking_is_total_and_does_not_depend_on_the_order_given(class_: list[Snapshot], rng: object) -> None:
    named = [replace(snapshot, learner=f"learner {n}") for n, snapshot in enumerate(class_)]
    mixed = list(named)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    needs = who_needs_me(named, NOW)
    assert needs == who_needs_me(mixed, NOW)
    assert [need.urgency for need in needs] == sorted((need.urgency for need in needs), reverse=True)
    for need in needs:
        assert 0 < need.urgency <= BANDS[need.code].ceiling
        assert_filled(need.reason)
        assert_filled(need.label)


def assert_filled(text: Text) -> None:
    assert str(text)
    assert "{" not in str(text)
    assert "}" not in str(text).replace("}$$", "")


def test_every_code_is_reached_by_a_signal_and_documented() -> None:
    codes: set[Code] = set(BANDS)
    assert len(codes) == len(SIGNALS) + 2
