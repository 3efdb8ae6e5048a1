"""Real imported problems can all be shown: every tenth of OATutor's, every step, every hint."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

from headway.pages.learner.sheet import Asked, sheet_of
from headway.standards.oatutor import open_book
from headway.standards.report import Ledger

RAW = re.compile(r"\$\$|##|\\n|\\(?:frac|left|right|times|sqrt)")
"""What must not be left over for a learner to read."""

BROKEN = {"oatutor:a15cd07anov1", "oatutor:aa82aec5.4q9", "oatutor:ac6628d13.4nycsingers"}
"""Their authors wrote LaTeX among the words, partly turned into Python: nothing says where it begins and ends."""


@pytest.mark.shared
def test_every_problem_can_be_shown(shared: Path) -> None:
    left: set[str] = set()
    with (shared / "content/oatutor/oatutor-k12-subset.zip").open("rb") as stream:
        for problem in islice(open_book(stream).problems(Ledger()), 0, None, 10):
            for step in range(len(problem.steps)):
                sheet = sheet_of(problem, step, [], topic="", now=0.0, asked=Asked(hints=99))
                done = sheet_of(problem, step, [], topic="", now=0.0, asked=Asked(), done=True)
                shown = [sheet.title, sheet.body, sheet.ask, sheet.formula, *done.solution]
                shown += [rung.html for rung in sheet.rungs] + [option.html for option in sheet.options]
                assert sheet.ask or sheet.body or sheet.title, f"{problem.id} asks nothing in step {step}"
                if any(RAW.search(html) for html in shown):
                    left.add(problem.id)
    assert left == BROKEN
