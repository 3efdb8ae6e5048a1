"""``headway coach check``: what the coach says about lines of working."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from headway.cli.command import Command, Refused, Result
from headway.core.coaching.report import check_lines
from headway.core.coaching.tasks import task_of
from headway.core.coaching.tree import ParseError


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--problem", required=True, help="the problem, as typed: '3(x-4)=18', '253-179'")
    parser.add_argument(
        "--line",
        action="append",
        default=[],
        help="a line of working; give it once for each line (--line=-x=3 when it begins with a minus)",
    )
    parser.add_argument("--answer", default="", help="the answer, where it is not the last line")
    parser.add_argument("--finished", action="store_true", help="the last line is meant as the answer")


def _run(arguments: argparse.Namespace) -> Result:
    task = task_of(arguments.problem)
    if isinstance(task, ParseError):
        raise Refused(f"--problem {arguments.problem!r} cannot be read at character {task.position}: {task.message}")
    data = check_lines(task, arguments.line, arguments.answer, finished=arguments.finished)
    return Result(data, _text(data))


def _text(data: Mapping[str, Any]) -> str:
    rows = []
    for index, line in enumerate(data["lines"]):
        mark = "*" if index == data["first_broken"] else "?" if index == data["began"] else " "
        rows.append(f"{mark} {line['line']:<28} {line['verdict']:<15} {line['move'] or line['message']}")
    rows.append("")
    rows.append(f"verdict        {data['verdict']}")
    if data["misconception"]:
        share = f"{100 * data['probability']:.0f} %"
        rows.append(f"misconception  {data['misconception']} ({data['name']}), probability {share}")
    elif data["hypotheses"]:
        likely = ", ".join(f"{h['id']} {100 * h['probability']:.0f} %" for h in data["hypotheses"][:3])
        rows.append(f"misconception  none alleged ({likely})")
    rows.append(f"to the learner {data['sentence']}")
    rows.append(f"next hint      {data['hint'] or 'none'}")
    return "\n".join(rows)


COMMAND = Command(
    help="Judge lines of working: what each line did, the first line that does not follow, the misconception that "
    "explains it if one is more likely than not, a sentence for the learner and the next hint.",
    example="headway coach check --problem '3(x-4)=18' --line '3x-4=18' --json",
    configure=_configure,
    run=_run,
    keys={
        "verdict": "of the first broken line, or of the last line: equivalent, same-solutions, gains, loses, side, "
        "no-progress, broken, unreadable, unsure",
        "first_broken": "index of the first line that does not follow, -1 when all do",
        "began": "index of a line above it where a wrong answer may have begun, -1 when there is none to name: it may be right "
        "in itself and keeps its verdict",
        "lines": "each line with its verdict, message, what it did, and how it was read",
        "misconception, name, probability": "what is alleged; empty when the coach abstains",
        "sentence, teacher": "for the learner and for the teacher",
        "source, skills, probe": "where the rule is described, what it touches, a problem that tests it",
        "hypotheses": "all explanations with probabilities that sum to 1",
        "hint, hints": "the next hint, and all of them from a nudge to a worked twin",
    },
)
