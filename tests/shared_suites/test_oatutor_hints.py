"""A thousand imported steps: a hint that is not marked as revealing holds no number that would be taken as the answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import Hint, Step
from headway.standards.oatutor.book import open_book
from headway.standards.report import Ledger

ARCHIVE = Path("../shared/content/oatutor/oatutor-k12-subset.zip")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ARCHIVE.is_file(), reason="../shared/content/oatutor is not here"),
]
STEPS = 1_000
_WRITTEN = re.compile(r"(?<![\w.,/$^{\\()-])-?\d+(?:\.\d+)?(?:/\d+)?(?![\w/.^}%])")
"""A number that stands for itself in plain words."""


def given_away(step: Step, hint: Hint) -> bool:
    words = re.sub(r"\$\$.+?\$\$", " ", f"{hint.title}\n{hint.text}", flags=re.DOTALL)
    return any(check(step.answer, number).correct for number in _WRITTEN.findall(words))


def formula_given_away(step: Step, hint: Hint) -> bool:
    formulas = re.findall(r"\$\$(.+?)\$\$", f"{hint.title}\n{hint.text}", re.DOTALL)
    plain = [f for f in formulas if re.fullmatch(r"\s*-?(?:\d+(?:\.\d+)?|\\frac\{\d+\}\{\d+\})\s*", f)]
    return any(check(step.answer, formula).correct for formula in plain)


def test_hints_that_show_the_answer_are_marked() -> None:
    steps = hints = marked = 0
    unmarked: list[str] = []
    with ARCHIVE.open("rb") as stream:
        for problem in open_book(stream).problems(Ledger()):
            for step in problem.steps:
                steps += 1
                for hint in step.hints:
                    hints += 1
                    marked += hint.reveals
                    if (
                        step.answer.kind == "number"
                        and not hint.reveals
                        and (given_away(step, hint) or formula_given_away(step, hint))
                    ):
                        unmarked.append(f"{step.id} {step.answer.keys}: {hint.title} {hint.text}")
            if steps >= STEPS:
                break
    assert steps >= STEPS
    assert marked > 0.05 * hints
    assert len(unmarked) <= 0.002 * hints, unmarked
