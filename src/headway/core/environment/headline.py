"""The shortest thing that names a problem: its formula, where it has one of its own."""

from __future__ import annotations

import re

from headway.core.curriculum.problems import Problem
from headway.core.text import NOTHING, Text, verbatim

FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
WORKING = re.compile(r".\s*(?:[=+<>^-]|\\(?:times|div|cdot|leq?|geq?|frac|dfrac|sqrt)\b)|^\\[dt]?frac|^\\sqrt")
"""Something is to be done with it: a lone number out of a story names nothing."""
LONGEST = 48
"""Characters of LaTeX that can still be read at a glance."""


def headline(problem: Problem, step: int) -> Text:
    """Return the longest short formula of a step's prompt (or of the problem's body), or NOTHING for a word problem."""
    asked = problem.steps[min(step, len(problem.steps) - 1)]
    for text in (str(asked.prompt), str(problem.body)):
        found = [latex for latex in FORMULA.findall(text) if len(latex) <= LONGEST and WORKING.search(latex)]
        if found:
            return verbatim(f"$${max(found, key=len)}$$")
    return NOTHING
