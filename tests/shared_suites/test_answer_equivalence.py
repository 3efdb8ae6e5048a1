"""The published suites of answer checkers: no false accept, more right than others, nothing slow."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.accuracy import answers, answers_oatutor

CONTENT = Path("../shared/content")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CONTENT.is_dir(), reason="../shared/content is not here"),
]


def test_more_right_than_every_other_checker_and_no_false_accept() -> None:
    scores = answers.suites(CONTENT)
    assert not scores["stack AlgEquiv"].false_accepts
    for name, (_, rate) in answers.BASELINES.items():
        assert scores[name].rate > rate, name
    assert max(score.slowest for score in scores.values()) < 2.0


@pytest.mark.parametrize(
    "archive", ["oatutor-k12-subset.zip", pytest.param("oatutor-content-full.tar.xz", marks=pytest.mark.whole)]
)
def test_the_authors_own_keys_are_accepted(archive: str) -> None:
    counts = answers_oatutor.measure(CONTENT / "oatutor" / archive)
    assert counts["accepted"] >= 0.995 * counts["keys"]
    assert counts["equal"] == counts["read"] >= 0.99 * counts["arithmetic"]
