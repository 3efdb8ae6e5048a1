"""A good word is for effort that paid off, once a learner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headway.core.environment.attention import Snapshot
from headway.core.environment.praise import worth_a_good_word
from headway.core.text import T

ANA = Snapshot("ana", T("Ratios"), last_at=1e9, tried=5, goal=10)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, []),
        ({"tried": 0, "corrected": 5}, []),
        ({"corrected": 1}, []),
        ({"corrected": 2}, ["found and fixed their own slip 2 times."]),
        ({"activities": 10}, ["reached today’s goal."]),
        ({"activities": 11}, ["reached today’s goal and kept going."]),
        ({"away": 6.9}, []),
        ({"away": 9.0}, ["is back after 9 days and practicing."]),
        ({"reached": (T("Rates"),)}, ["reached “Rates” today."]),
        ({"recent": (True, False, False, False, True)}, ["kept at “Ratios” through 3 misses and got it."]),
        ({"recent": (False, False, True)}, []),
        ({"recent": (False, False, False, False)}, []),
    ],
)
def test_what_earns_a_good_word(fields: dict[str, object], words: list[str]) -> None:
    snapshot = replace(ANA, **fields)  # type: ignore[arg-type]
    assert [str(word.reason) for word in worth_a_good_word([snapshot])] == words


def test_one_word_a_learner_and_perseverance_first() -> None:
    goal = replace(ANA, learner="ana", activities=12, corrected=3)
    kept = replace(ANA, learner="ben", activities=12, recent=(False, False, False, True))
    found = worth_a_good_word([goal, kept])
    assert [(word.learner, word.code) for word in found] == [("ben", "persisted"), ("ana", "corrected")]
    assert str(found[1].said) == "You found and fixed your own slip 3 times today."
