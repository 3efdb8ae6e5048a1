"""The lines that some of Maple's learners wrote: what a holder of the misconception of their answer writes."""

from __future__ import annotations

from uuid import UUID

from headway.cli.workings import lines_to
from headway.core.coaching.checking import check
from headway.core.coaching.diagnosis import diagnose
from headway.core.coaching.items import task_of_step
from headway.core.coaching.malrules.rule import malrules
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.base import generate, templates

NOBODY = UUID(int=0)


def test_the_first_line_breaks_and_the_coach_may_name_why() -> None:
    named = tried = 0
    for item in sorted(templates()):
        if not item.startswith("7."):
            continue
        activity = f"gen:{item}:5"
        step = generate(activity).steps[0]
        for wrong in step.wrong:
            if wrong.misconception not in malrules() or check(step.answer, wrong.answer).correct:
                continue
            lines = lines_to(NOBODY, activity, 0, wrong.answer, wrong.misconception)
            if lines:
                task = task_of_step(step)
                found = diagnose(task, read_working(task, lines[:1], finished=len(lines) == 1))
                tried += 1
                named += any(h.id == wrong.misconception for h in found.misconceptions)
    assert tried >= 20
    assert named >= 0.75 * tried


def test_a_choice_is_not_worked_in_lines() -> None:
    item = next(key for key in sorted(templates()) if generate(f"gen:{key}:1").steps[0].answer.kind == "choice")
    assert lines_to(NOBODY, f"gen:{item}:1", 0, "1", "op-added") == []
