"""What is said after a known slip."""

from __future__ import annotations

from headway.core.curriculum.generators.misconceptions import misconceptions
from headway.pages.learner.nudges import NUDGES


def test_every_nudge_belongs_to_a_misconception_and_asks_in_few_words() -> None:
    assert set(NUDGES) <= set(misconceptions())
    for key, text in NUDGES.items():
        assert len(str(text).split()) <= 20, f"{key}: a child has to read this"
