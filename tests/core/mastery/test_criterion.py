"""When mastery is reached, confirmed and lost, and the sentence that says so."""

from __future__ import annotations

import pytest

from headway.core.events import MasteryEntry
from headway.core.mastery.criterion import DEFAULT_CRITERION, probability, sentence
from headway.core.mastery.models import MODELS
from headway.core.profile.fold import fold
from headway.core.profile.profile import Profile, new_profile
from headway.core.text import Text
from tests.core.small import DAY, MONDAY, answer, curriculum

ADA = new_profile("ada", grade="5")


def practise(
    profile: Profile, outcomes: str, at: float = MONDAY, hints: int = 0
) -> tuple[Profile, list[MasteryEntry], float]:
    """Answer P8.1 once a minute: ``1`` right, ``0`` wrong."""
    entries: list[MasteryEntry] = []
    for outcome in outcomes:
        at += 60.0
        response = answer(int(at), "P8.1", outcome == "1", at=at, hints=hints)
        profile, new = fold(profile, response, curriculum(), MODELS["gaussian-1"])
        entries += new
    return profile, entries, at


def test_a_run_of_right_answers_reaches_mastery_once() -> None:
    profile, entries, _ = practise(ADA, "1" * 14)
    assert [entry.kind for entry in entries] == ["reached"]
    assert entries[0].evidence_count >= DEFAULT_CRITERION.evidence
    assert entries[0].probability >= DEFAULT_CRITERION.threshold
    assert profile.state.skills["due_at"][0] > MONDAY + 3 * DAY


def test_no_mastery_on_little_evidence_on_help_or_on_luck() -> None:
    assert practise(ADA, "1111")[1] == []
    assert practise(ADA, "1" * 14, hints=1)[1] == []
    assert practise(ADA, "10" * 12)[1] == []


def test_the_check_confirms_and_the_next_one_comes_later() -> None:
    profile, _, at = practise(ADA, "1" * 14)
    first = float(profile.state.skills["due_at"][0]) - at
    profile, early, _ = practise(profile, "1", at + 60)
    assert early == []
    profile, entries, at = practise(profile, "1", at + 5 * DAY)
    assert [entry.kind for entry in entries] == ["confirmed"]
    assert float(profile.state.skills["due_at"][0]) - at > first


def test_wrong_answers_bring_the_check_forward_and_then_lose_mastery() -> None:
    profile, _, at = practise(ADA, "1" * 14)
    profile, entries, at = practise(profile, "0", at + 60)
    if not entries:
        assert profile.state.skills["due_at"][0] <= at + DAY
    profile, entries, at = practise(profile, "00000", at)
    assert [entry.kind for entry in entries] == ["lost"]
    assert profile.state.skills["mastered_at"][0] == 0.0
    assert [entry.kind for entry in practise(profile, "1" * 20, at)[1]] == ["reached"]


@pytest.mark.parametrize("kind", ["reached", "confirmed", "lost"])
def test_every_entry_reads_as_one_sentence(kind: str) -> None:
    entry = MasteryEntry("ada", "S8", kind, "r", 0.91, 0.85, 7, "gaussian-1", MONDAY)
    said = str(sentence(entry, Text("Add fractions")))
    assert "Add fractions" in said
    assert said.endswith(".")
    assert "{" not in said


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="won"):
        sentence(MasteryEntry("ada", "S8", "won", "r", 0.9, 0.85, 7, "m", MONDAY), Text("Skill"))


def test_probability_is_a_half_at_the_criterion() -> None:
    assert probability(1.0 + DEFAULT_CRITERION.margin, 0.3, 1.0) == pytest.approx(0.5)
