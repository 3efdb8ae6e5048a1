"""What every format is read into: questions whose answers the loop can check, a loss report, and the licence that was found.

A question of several blanks, pairs or places in an order becomes one question of several parts, each with one answer: that is
how the loop checks, and how a learner is told which part to look at again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Source, Step, WrongAnswer
from headway.core.text import NOTHING, verbatim
from headway.standards.report import LossReport


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a question. ``prompt`` may be empty where the question's body asks; ``way`` is its worked solution."""

    answer: AnswerSpec
    prompt: str = ""
    hints: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``id`` is the source's own identifier, unique in its package; ``form`` is what the format calls this kind of question;
    ``group`` is the category, lesson or bank that it lies in, which a person aligns to a skill. ``lacks`` says in a sentence
    why it cannot be put before a learner as it is ("" if it can)."""

    id: str
    form: str
    body: str
    parts: tuple[Part, ...]
    title: str = ""
    group: str = ""
    lacks: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A page or video elsewhere that a package names. ``id`` is the source's own name for it. What a source does not say is ""
    or 0: ``kind`` (link or video), ``minutes``, the ``skill`` that it says it is for, ``seen`` (a day since 1 January 1970)."""

    id: str
    title: str
    url: str
    kind: str = ""
    good_for: str = "learn"
    minutes: int = 0
    skill: str = ""
    language: str = ""
    licence: str = ""
    source: str = ""
    seen: int = 0
    group: str = ""

    @property
    def place(self) -> str:
        """What a person aligns it by, beside the groups of questions."""
        return f"link {self.id}"


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that a file holds. ``source`` tells one package from another and stays the same when it is exported again;
    ``pictures`` are by the name that texts use (digest and ending)."""

    format: str
    source: str
    title: str
    questions: tuple[Question, ...]
    report: LossReport
    licence: str = ""
    author: str = ""
    url: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    links: tuple[Link, ...] = ()

    def groups(self) -> dict[str, list[Question]]:
        """Group -> its questions, in the order of the package."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.group, []).append(question)
        return found


def key_of(package: Package, question: Question) -> str:
    """The identifier of a question's problem here: the same whenever the same source is brought in again."""
    return f"{prefix_of(package.format, package.source)}{short(question.id)}"


def prefix_of(form: str, source: str) -> str:
    """How the identifiers of all problems of a source begin."""
    return f"{form}:{short(source)}:"


def short(name: str, most: int = 48) -> str:
    """A name as part of an identifier: letters, digits, dots and dashes, with a digest where anything else was in it."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in name)
    if plain == name and len(name) <= most:
        return plain
    return f"{plain[:most].strip('-')}-{blake2b(name.encode(), digest_size=5).hexdigest()}"


def problem_of(package: Package, question: Question, *, skill: str, licence: str) -> Problem:
    """A question as a problem; ``skill`` is "" while nobody has said where it belongs: no path offers it then."""
    key = key_of(package, question)
    steps = tuple(
        Step(
            id=str(number),
            item=key if len(question.parts) == 1 else f"{key}/{number}",
            prompt=verbatim(part.prompt),
            answer=part.answer,
            skills=(skill,) if skill else (),
            hints=tuple(Hint(f"h{n}", verbatim(text)) for n, text in enumerate(part.hints, 1)),
            solution=tuple(verbatim(line) for line in part.way),
            wrong=part.wrong,
        )
        for number, part in enumerate(question.parts, 1)
    )
    title = verbatim(question.title) if question.title else NOTHING
    source = Source(package.title or package.source, licence, package.url, package.author)
    return Problem(key, title, verbatim(question.body), steps, source, level=question.level)
