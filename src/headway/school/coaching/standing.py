"""How a working stands after its deeds: the lines as they are now, judged again, and what is said to the learner.

Rows keep what was judged when they were written. Mending a line changes the premises of the ones after it, so what
stands now is always judged from the texts that stand now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from headway.core.coaching.cases import ALL_CASES
from headway.core.coaching.diagnosis import Diagnosis
from headway.core.coaching.helping import Deed, guessing
from headway.core.coaching.prompts import Prompt, small_step, why_line
from headway.core.coaching.render import to_latex
from headway.core.coaching.working import Working
from headway.core.text import NOTHING, Text, text_from_json, text_to_json
from headway.school.coaching.columns import answer_in_grid
from headway.school.coaching.judging import (
    BROKEN,
    About,
    answer_in,
    diagnosis_of,
    topic_of,
    traced,
    working_of_lines,
)
from headway.school.coaching.models import CoachLine
from headway.school.coaching.values import Reply, Said

SOUND = ("equivalent", "same-solutions", "side")
COMPLETES = text_to_json(ALL_CASES)
"""What a line is told that brings the last of several solutions."""
ASK_WHY_EVERY = 3
"""A reason is asked for about one sound line in three, once in a working."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a line broke: what is alleged (an empty identifier when the coach abstains) and the likeliest mal-rule."""

    sentence: Text
    alleged: str = ""
    likeliest: str = ""
    probability: float = 0.0


def about_of(row: CoachLine) -> About:
    """What a row is about."""
    return About(row.district_id, row.activity, row.step, row.problem)


class Deeded(Protocol):
    """A deed as the log has it, a stored row or its value."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def written(self) -> str: ...


def texts_of(rows: Iterable[Deeded]) -> dict[int, str]:
    """The lines that stand, by place, after the last of these rows."""
    found: dict[int, str] = {}
    for row in rows:
        if row.kind == "line":
            found[row.number] = row.written
        elif row.kind == "drop":
            found.pop(row.number, None)
    return dict(sorted(found.items()))


def first_cases(rows: Iterable[CoachLine]) -> frozenset[int]:
    """The rows (oldest first) of lines that took one of several solutions while the others came on a later line. When they
    were written a solution was missing; once the rest stands they speak neither against the learner nor for help."""
    waiting: dict[tuple[UUID, int], int] = {}
    found: set[int] = set()
    for row in rows:
        place = (row.working, row.number)
        if row.kind in ("line", "drop"):
            waiting.pop(place, None)
        if row.kind == "line" and row.verdict == "loses":
            waiting[place] = row.id
        elif row.kind == "line" and row.said == COMPLETES:
            found.update(waiting.pop(each) for each in list(waiting) if each[0] == row.working and each[1] < row.number)
    return frozenset(found)


def deeds_of(rows: Sequence[CoachLine]) -> list[Deed]:
    """Lines and hints, for the decision how much help comes next."""
    kinds = {"line": "line", "grid": "line", "hint": "hint"}
    return [
        Deed(kinds[row.kind], row.now, row.verdict in SOUND, 0 if row.small else row.level)
        for row in rows
        if row.kind in kinds
    ]


def explained(about: About, working: Working, place: int) -> Explained:
    """What is said of the broken line at ``place``: the mal-rule's sentence where one is alleged."""
    message = working.verdicts[place].message
    return _told(message, diagnosis_of(about, working.lines[: place + 1]))


def _told(message: Text, found: Diagnosis | None) -> Explained:
    if found is None or not found.misconceptions:
        return Explained(message)
    best, alleged = found.misconceptions[0], found.alleged
    if alleged is None or alleged.rule is None:
        return Explained(message, "", best.id, best.probability)
    return Explained(alleged.rule.learner, alleged.id, alleged.id, alleged.probability)


def began_at(about: About, texts: Mapping[int, str], answer: str) -> tuple[int, Explained] | None:
    """The place of the line where a wrong answer, given while these lines stood, began, and what explains it; None when no
    line is to be named."""
    found = traced(about, working_of_lines(about, tuple(texts.values())), answer) if texts else None
    if found is None:
        return None
    broken = found.working.first_broken
    return list(texts)[broken], _told(found.working.verdicts[broken].message, found.why)


def reply_of(working: UUID, rows: Sequence[CoachLine], *, again: bool = False, answered: str = "") -> Reply:
    """The working as it stands after the last of ``rows``, and what that last deed brought. ``answered`` is a wrong answer
    that was given since: it is followed back to the line where it began."""
    last = rows[-1]
    about, texts = about_of(last), texts_of(rows)
    judged = working_of_lines(about, tuple(texts.values()))
    places = list(texts)
    broken = judged.first_broken
    why_broken = explained(about, judged, broken) if broken >= 0 else Explained(NOTHING)
    began = traced(about, judged, answered) if answered else None
    if began is not None:
        judged, broken = began.working, began.working.first_broken
        why_broken = _told(judged.verdicts[broken].message, began.why)
    lines = tuple(_said(about, judged, places, n, why_broken) for n in range(len(places)))
    prompt, number = _prompt(working, judged, places, rows)
    answer = answer_in(topic_of(about), judged)
    cases = first_cases(rows)
    told = [row for row in rows if row.verdict in BROKEN and row.id not in cases]
    return Reply(
        working=working,
        kind=last.kind,
        lines=lines + tuple(_grid_said(about, row) for row in rows[-1:] if row.kind == "grid"),
        first_broken=places[broken] if broken >= 0 else -1,
        misconception=why_broken.alleged,
        probability=why_broken.probability if why_broken.alleged else 0.0,
        hint=text_from_json(last.said) if last.kind in ("hint", "reason") else NOTHING,
        level=last.level if last.kind == "hint" else 0,
        given=_given(rows),
        prompt=prompt if not answer else None,
        prompt_number=number,
        answer=answer or _answer_of_grid(about, last),
        help=len(told) + sum(1 for row in rows if row.kind == "hint"),
        mended=_mended(told, judged, places),
        again=again,
        state=judged,
    )


def _said(about: About, judged: Working, places: list[int], n: int, first: Explained) -> Said:
    verdict = judged.verdicts[n]
    latex = to_latex(verdict.tree) if verdict.tree is not None else ""
    if verdict.kind in BROKEN:
        told = first if n == judged.first_broken else explained(about, judged, n)
        mark = "look" if verdict.kind == "loses" else "no"
        return Said(places[n], judged.lines[n], verdict.kind, mark, told.sentence, latex)
    if n == judged.first_broken:
        return Said(places[n], judged.lines[n], verdict.kind, "look", first.sentence, latex)
    message = verdict.move if verdict.kind in SOUND and verdict.move != NOTHING else verdict.message
    return Said(places[n], judged.lines[n], verdict.kind, "ok" if verdict.kind in SOUND else "look", message, latex)


def _grid_said(about: About, row: CoachLine) -> Said:
    return Said(row.number, row.written, row.verdict, "ok" if row.verdict in SOUND else "no", text_from_json(row.said))


def _answer_of_grid(about: About, row: CoachLine) -> str:
    return answer_in_grid(topic_of(about), row.written) if row.kind == "grid" and row.verdict in SOUND else ""


def _prompt(working: UUID, judged: Working, places: list[int], rows: Sequence[CoachLine]) -> tuple[Prompt | None, int]:
    """A smaller step after hurried hints or guesses; at times a question why, after a sound line."""
    last = rows[-1]
    if (last.kind == "hint" and last.small) or (last.kind == "line" and guessing(deeds_of(rows))):
        return small_step(judged, working.int + len(rows)), last.number
    asked = any(row.kind == "reason" for row in rows)
    if last.kind != "line" or asked or last.verdict not in SOUND or last.number not in places:
        return None, -1
    if (working.int + last.number) % ASK_WHY_EVERY:
        return None, -1
    return why_line(judged, places.index(last.number), working.int + len(rows)), last.number


def _given(rows: Sequence[CoachLine]) -> tuple[Text, ...]:
    """The hints since the last line, each once."""
    found: list[Text] = []
    for row in reversed(rows):
        if row.kind not in ("hint", "reason"):
            break
        if row.kind == "hint" and (text := text_from_json(row.said)) not in found:
            found.append(text)
    return tuple(found[::-1])


def _mended(told: Sequence[CoachLine], judged: Working, places: list[int]) -> int:
    """Lines that stand and follow now, at a place where one stood before that was ``told`` not to follow."""
    broke = {row.number for row in told if row.kind == "line"}
    return sum(1 for n, place in enumerate(places) if place in broke and judged.verdicts[n].sound)
