"""The coach on published work: STACK's reasoning line by line, and labelled misconceptions."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.accuracy import coach_mae, coach_stack

CONTENT = Path("../shared/content")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CONTENT.is_dir(), reason="../shared/content is not here"),
]


def test_reasoning_line_by_line_agrees_with_stack() -> None:
    chains = coach_stack.measure(CONTENT)
    assert chains.parsed >= 0.75 * chains.cases
    assert chains.agreed >= 0.90 * chains.parsed, chains.disagreed
    assert chains.slowest < 1.0
    unexplained = [
        case for case in chains.disagreed if not any(case.startswith(start) for start in coach_stack.REASONS)
    ]
    assert not unexplained


def test_published_misconceptions_are_ranked_first_and_never_alleged_on_right_answers() -> None:
    ranks = coach_mae.measure(CONTENT)
    assert ranks.first >= 0.85 * ranks.symbolic, ranks.missed
    assert ranks.top_three >= 0.95 * ranks.symbolic, ranks.missed
    assert ranks.symbolic + len(ranks.right_as_given) == 71, "cases whose label a rule stands for"
    assert set(ranks.right_as_given) <= {"MaE03-1", "MaE06-3", "MaE14-1"}, "their 'incorrect answer' is right"
    assert not ranks.alleged_on_correct
