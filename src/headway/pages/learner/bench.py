"""The working of a problem on the page: lines with what each did, the help that was given, the next line."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from headway.core.coaching.steps import next_step
from headway.core.coaching.tree import names
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import NOTHING
from headway.pages.learner.columns import Columns, columns_of
from headway.pages.learner.keypad import Key, columns_for, keys_for
from headway.pages.render import mathml, plain, render
from headway.school.coaching.judging import About, answer_on, topic_of
from headway.school.coaching.values import MOST_LINES, Reply, Said

LONG = 40
"""Characters of a line, LaTeX included."""
SPACE = uuid.UUID("7b0c1e0e-2f6b-4b52-9a55-6a1f7f1d6c3e")
"""Name space of the workings: a device that lost its page finds its lines again."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the page. ``first`` marks the first one that does not follow, ``part`` one that is true but leaves a
    solution out; ``label`` is how people count it."""

    number: int
    label: int
    written: str
    html: SafeString
    mark: str
    says: SafeString
    first: bool
    part: bool = False

    @property
    def long(self) -> bool:
        """Whether the line may be wider than a phone: then it scrolls by itself, by keyboard too."""
        return len(self.written) > LONG


@dataclass(frozen=True, slots=True)
class Question:
    """A smaller step or a question why, with the options to choose from."""

    kind: str
    number: int
    html: SafeString
    options: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """``next`` is the place of the next line; ``said`` is for screen readers, about the last deed; ``answer`` the last
    line when it answers the problem; ``last`` what the last line gives as the answer; ``help`` the help used so far;
    ``helps`` whether the coach can find a next step here."""

    working: str
    activity: str
    step: int
    problem: str
    rows: tuple[Row, ...]
    next: int
    given: tuple[SafeString, ...]
    reason: SafeString
    question: Question | None
    said: str
    answer: str
    last: str
    help: int
    mended: int
    keys: tuple[Key, ...]
    columns: Columns | None
    full: bool
    asked: bool
    helps: bool

    @property
    def key_columns(self) -> int:
        """The keypad's columns on a touch screen."""
        return 3 + columns_for(sum(1 for key in self.keys if not key.touch))

    @property
    def event(self) -> str:
        """A key for a deed that is sent without a script."""
        return str(uuid.uuid4())


def working_id(learner: uuid.UUID, activity: str, step: int, since: float) -> uuid.UUID:
    """The working of a step that was opened at ``since`` (seconds since 1970): the same after a reload."""
    return uuid.uuid5(SPACE, f"{learner}/{activity}/{step}/{since:.3f}")


def bench_of(about: About, working: uuid.UUID, reply: Reply | None) -> Bench:
    """Put the working on the page together; ``reply`` is how it stands, None before the first line."""
    topic = topic_of(about)
    lines = [line for line in reply.lines if line.verdict] if reply else []
    grid = reply is not None and reply.kind == "grid"
    rows = tuple(_row(line, n, reply) for n, line in enumerate(lines[: -1 if grid else None]))
    letters = tuple(sorted(names(topic.task.start))) if topic.task.start is not None else ()
    spec = AnswerSpec("equation", (), variables=letters) if topic.task.goal == "solve" else AnswerSpec("expression", ())
    reason = reply.kind == "reason" if reply else False
    return Bench(
        working=str(working),
        activity=about.activity,
        step=about.step,
        problem=about.problem,
        rows=rows,
        next=max((row.number + 1 for row in rows), default=0),
        given=tuple(render(text) for text in reply.given) if reply else (),
        reason=render(reply.hint) if reply and reason and reply.hint != NOTHING else SafeString(""),
        question=_question(reply) if reply else None,
        said=_said(reply, rows),
        answer=reply.answer if reply else "",
        last=answer_on(topic, rows[-1].written) if rows else "",
        help=reply.help if reply else 0,
        mended=reply.mended if reply else 0,
        keys=keys_for(spec),
        columns=columns_of(topic.task, lines[-1] if grid else None),
        full=bool(rows) and rows[-1].number >= MOST_LINES - 1,
        helps=topic.task.goal in ("solve", "value") and next_step(topic.task.worked) is not None,
        asked=bool(reply and reply.kind in ("hint", "reason")),
    )


def _row(line: Said, place: int, reply: Reply | None) -> Row:
    return Row(
        number=line.number,
        label=place + 1,
        written=line.written,
        html=mathml(line.latex) if line.latex else SafeString(escape(line.written)),
        mark=line.mark,
        says=render(line.message),
        first=reply is not None and line.number == reply.first_broken,
        part=line.verdict == "loses",
    )


def _question(reply: Reply) -> Question | None:
    prompt = reply.prompt
    if prompt is None:
        return None
    options = tuple(render(option) for option in prompt.options)
    return Question(prompt.kind, max(reply.prompt_number, 0), render(prompt.question), options)


def _said(reply: Reply | None, rows: tuple[Row, ...]) -> str:
    """What a screen reader says after the last deed: the first broken line, or the hint, or what the last line did."""
    if reply is None or (not reply.lines and not reply.given):
        return ""
    if reply.kind in ("hint", "reason"):
        return plain(reply.hint)
    if reply.answer:
        return _("That answers the problem.")
    for row, line in zip(rows, reply.lines, strict=False):
        if row.first and row.part:
            return _("Line {number} is not all of it. {why}").format(number=row.label, why=plain(line.message))
        if row.first and row.mark == "look":
            return plain(line.message)
        if row.first:
            return _("Line {number} does not follow. {why}").format(number=row.label, why=plain(line.message))
    last = reply.lines[-1] if reply.lines else None
    return plain(last.message) if last is not None else ""
