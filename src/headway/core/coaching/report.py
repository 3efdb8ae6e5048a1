"""What the coach says about a working, as plain data: the same for the command line, the interface and the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from headway.core.coaching.diagnosis import Diagnosis, diagnose
from headway.core.coaching.hints import hints
from headway.core.coaching.render import to_latex
from headway.core.coaching.tasks import Task
from headway.core.coaching.working import LOOK_HERE, Working, read_working
from headway.core.text import NOTHING, Text


def check_lines(
    task: Task, lines: Sequence[str], answer: str = "", *, finished: bool = False, say: Callable[[Text], str] = str
) -> dict[str, Any]:
    """Judge ``lines`` (and an ``answer`` that is not the last of them) and return the report. ``finished`` says that the
    last line is meant as the answer; ``say`` puts a sentence into the reader's language."""
    kept = [line for line in lines if line.strip()]
    alone = bool(answer.strip()) and not kept
    working = read_working(task, [answer] if alone else kept, finished=finished or alone)
    return report(working, diagnose(task, working, "" if alone else answer), say)


def report(working: Working, found: Diagnosis, say: Callable[[Text], str] = str) -> dict[str, Any]:
    """The verdict on every line, what is alleged, a sentence for the learner and one for the teacher, the hints."""
    verdicts = working.verdicts
    shown = working.first_broken if working.first_broken >= 0 else len(verdicts) - 1
    alleged = found.alleged
    rule = alleged.rule if alleged is not None else None
    helps = [say(text) for text in hints(working.task, working)]
    plain = LOOK_HERE if working.began >= 0 else verdicts[shown].message if verdicts else NOTHING
    said = say(rule.learner if rule is not None else plain)
    return {
        "problem": working.task.written,
        "goal": working.task.goal,
        "verdict": verdicts[shown].kind if verdicts else "no-line",
        "first_broken": working.first_broken,
        "began": working.began,
        "lines": [
            {"line": line, "verdict": v.kind, "message": say(v.message), "move": say(v.move),
             "latex": to_latex(v.tree) if v.tree is not None else ""}
            for line, v in zip(working.lines, verdicts, strict=True)
        ],
        "misconception": rule.id if rule is not None else "",
        "name": say(rule.name) if rule is not None else "",
        "probability": round(alleged.probability, 3) if alleged is not None else 0.0,
        "sentence": said,
        "teacher": say(rule.teacher) if rule is not None else "",
        "source": rule.source if rule is not None else "",
        "skills": list(rule.skills) if rule is not None else [],
        "probe": rule.probe if rule is not None else "",
        "hypotheses": [{"id": h.id, "probability": round(h.probability, 3)} for h in found.hypotheses],
        "hint": helps[0] if helps else "",
        "hints": helps,
    }  # fmt: skip
