"""The card in the middle: one problem, what the learner has written, the help they have opened, what to do next."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from hashlib import blake2b

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from headway.core.coaching.held import HONEST_TRIES, held_back, ladder_of
from headway.core.curriculum.problems import AnswerSpec, Passage, Problem, Step
from headway.core.text import Text
from headway.pages.learner.answers import key_of, written
from headway.pages.learner.feedback import Feedback
from headway.pages.learner.keypad import Key, columns_for, keys_for
from headway.pages.render import MATH, mathml, plain, render, render_block, said
from headway.school.loop.queries import Line

SUM = re.compile(r"[=+<>^/]|(?<=[\w})])-|\\(?:times|div|cdot|frac|sqrt|le|ge|square|leq|geq|pm|left)\b")
JOINING = frozenset(
    {"is", "are", "does", "do", "equal", "equals", "by", "and", "or", "from", "in", "when", "if", "that"}
)
"""Words that a formula must not be torn from."""
ENDING = re.compile(r"[\s:.?!]*$")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from. ``says`` names it in plain typing where it holds mathematics: a label made of
    MathML alone reads as its bare digits (2 to the power of 5 as "25") or as nothing."""

    value: str
    html: SafeString
    says: str


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the learner's own work: ``mark`` is ``ok``, ``no`` or ``shown``."""

    mark: str
    html: SafeString
    says: str
    about: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True, slots=True)
class Rung:
    """A hint that is open. A scaffold asks something back: then it has a ``kind``."""

    id: str
    number: int
    title: SafeString
    html: SafeString
    kind: str = ""
    options: tuple[Option, ...] = ()
    tried: str = ""
    verdict: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the card shows. ``step`` counts from 0; ``event`` is the key of the next answer; ``done`` says
    that the problem is over and the worked way stands below. ``held`` hints are held back for ``tries`` more tries, once
    all others are open; ``gift`` says that somebody opened one that the learner has not looked at yet."""

    activity: str
    step: int
    steps: int
    event: str
    opened: float
    topic: str
    title: SafeString
    body: SafeString
    ask: SafeString
    formula: SafeString
    asked: str
    kind: str
    options: tuple[Option, ...]
    unit: str
    keys: tuple[Key, ...]
    lines: tuple[Written, ...]
    rungs: tuple[Rung, ...]
    more_hints: bool
    held: int
    tries: int
    gift: bool
    may_show: bool
    done: bool
    solution: tuple[SafeString, ...]
    feedback: Feedback | None
    value: str
    source: str
    attribution: str
    licence: str
    source_url: str
    reading: Reading | None = None

    @property
    def key_columns(self) -> int:
        """The keypad's columns on a touch screen."""
        return 3 + columns_for(sum(1 for key in self.keys if not key.touch))

    @property
    def number(self) -> int:
        """The step as people count it."""
        return self.step + 1

    @property
    def hints(self) -> int:
        """How many hints are open."""
        return len(self.rungs)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text that a question is about; ``silent``: it must not be read aloud."""

    title: SafeString
    html: SafeString
    silent: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was asked for besides the problem itself."""

    hints: int = 0
    value: str = ""
    rung: int = -1
    rung_answer: str = ""
    rung_verdict: Feedback | None = None
    feedback: Feedback | None = None


def sheet_of(
    problem: Problem,
    step: int,
    lines: list[Line],
    *,
    topic: str,
    now: float,
    asked: Asked,
    done: bool = False,
    given: frozenset[str] = frozenset(),
) -> Sheet:
    """Put the card together; ``lines`` are the answers to this problem so far, ``done`` shows it as finished, ``given`` names
    held-back hints that are open for the learner."""
    part, wrong = problem.steps[step], sum(line.step == step and not line.correct for line in lines)
    ladder = ladder_of(part.hints, wrong, given)
    opened = min(max(asked.hints, max((x.hints for x in lines if x.step == step), default=0)), len(ladder))
    (ask, formula), title = headline(part.prompt), plain(problem.title)
    return Sheet(
        activity=problem.id,
        step=step,
        steps=len(problem.steps),
        event=str(uuid.uuid4()),
        opened=now,
        topic=topic,
        title=render(problem.title) if title and title != plain(part.prompt) else SafeString(""),
        body=render_block(problem.body),
        ask=ask,
        formula=formula,
        asked=plain(part.prompt),
        kind=_kind(part.answer),
        options=options_of(part.answer, problem.id),
        unit=part.answer.unit,
        keys=keys_for(part.answer),
        lines=tuple(_line(line, problem) for line in lines),
        rungs=() if done else tuple(_rung(n, part, ladder[n].id, asked) for n in range(opened)),
        more_hints=not done and opened < len(ladder),
        held=0 if done or opened < len(ladder) else len(held_back(part.hints, wrong, given)),
        tries=max(HONEST_TRIES - wrong, 0),
        gift=not done and any(hint.id in given for hint in ladder[opened:]),
        may_show=not done and (wrong >= HONEST_TRIES or (opened == len(ladder) and bool(ladder))),
        done=done,
        solution=solution_of(part) if done else (),
        feedback=asked.feedback,
        value=asked.value,
        source="" if problem.source.name == "Headway" else problem.source.name,
        attribution=problem.source.attribution,
        licence=problem.source.licence,
        source_url=problem.source.url if problem.source.url.startswith("https://") else "",
        reading=_reading(problem.passage),
    )


def _reading(passage: Passage | None) -> Reading | None:
    return Reading(render(passage.title), render_block(passage.text), passage.silent) if passage is not None else None


def headline(prompt: Text) -> tuple[SafeString, SafeString]:
    """Split a prompt into its words and the one formula that it ends with, which is set large; else all is words."""
    words = said(prompt).strip()
    found = list(MATH.finditer(words))
    if len(found) == 1 and not ENDING.sub("", words[found[0].end() :]) and SUM.search(found[0][1]):
        before = words[: found[0].start()].strip()
        if len(before) > 3 and before.split()[-1].lower() not in JOINING:
            return render(before), mathml(found[0][1])
    return render(words), SafeString("")


def options_of(spec: AnswerSpec, activity: str) -> tuple[Option, ...]:
    """The choices. Generated ones come with the right one first and are put into an order of their own; imported ones
    keep their author's."""
    places = list(range(len(spec.choices)))
    if activity.startswith("gen:"):
        places.sort(key=lambda place: blake2b(f"{activity}#{place}".encode(), digest_size=8).digest())
    return tuple(_option(place, spec.choices[place]) for place in places)


def _option(place: int, text: Text) -> Option:
    html = render(text)
    return Option(str(place), html, plain(text) if "<math" in html else "")


def solution_of(step: Step) -> tuple[SafeString, ...]:
    """The worked way, line by line; an imported step without one shows its hints as the way, then the answer."""
    if step.solution:
        return tuple(render(line) for line in step.solution)
    way = [render(hint.text) for hint in step.hints if hint.answer is None and not hint.reveals]
    key, label = key_of(step.answer), _("The answer:")
    return (*way, SafeString(f"{escape(label)} {key}")) if key else tuple(way)


def _kind(spec: AnswerSpec) -> str:
    return spec.kind if spec.kind in ("choice", "choices", "text") else "math"


def _line(line: Line, problem: Problem) -> Written:
    part = problem.steps[min(line.step, len(problem.steps) - 1)]
    about = render(part.prompt) if len(problem.steps) > 1 and (line.correct or line.shown) else SafeString("")
    if line.shown:
        return Written("shown", key_of(part.answer), _("We looked at this one together."), about)
    if line.correct:
        return Written("ok", written(part.answer, line.answer), _how(line), about)
    return Written("no", written(part.answer, line.answer), _("Not yet"))


def _how(line: Line) -> str:
    if line.hints:
        return _("Right, with a hint.")
    return _("Right on the first try.") if line.attempt == 1 else _("You found it and fixed it.")


def _rung(number: int, step: Step, hint_id: str, asked: Asked) -> Rung:
    hint = next(hint for hint in step.hints if hint.id == hint_id)
    here = asked.rung == number
    return Rung(
        id=hint.id,
        number=number,
        title=render(hint.title),
        html=render_block(hint.text),
        kind=_kind(hint.answer) if hint.answer else "",
        options=options_of(hint.answer, "") if hint.answer else (),
        tried=asked.rung_answer if here else "",
        verdict=asked.rung_verdict if here else None,
    )
