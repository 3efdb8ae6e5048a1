"""What a learner is asked: a problem of one or more steps, its key, its hints and its worked solution.

Generated and imported problems are the same values, so that everything above treats them alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from headway.core.text import NOTHING, Text

AnswerKind = Literal[
    "number",  # integer, decimal, fraction, mixed number, percent or money: any usual form of the value
    "expression",  # algebra, compared as algebra
    "equation",  # same solution set
    "inequality",  # same solution set
    "set",  # order does not matter: {1, 2} or 1, 2
    "list",  # order matters: a table, a sequence
    "interval",
    "coordinate",  # (2, 3)
    "choice",  # key is the index of the right choice, as text
    "choices",  # several right ones: key "0,2"
    "text",  # words; case and spacing do not matter
]
"""How the key is read and compared."""

Strictness = Literal["equivalent", "form", "exact"]
"""``equivalent``: any right value. ``form``: the same form up to trivial change (order of terms, spacing, 1x = x).
``exact``: as written, spacing apart."""


@dataclass(frozen=True, slots=True)
class AnswerSpec:
    """The key of one step and how strictly it is compared.

    ``keys`` holds every accepted answer in plain typing (``3/4``, ``2x+1``, ``x>=-2``); the first is shown as
    *the* answer. ``unit`` (``cm``, ``$``, ``%``) may be given or left out by the learner unless ``unit_required``.
    ``tolerance`` is an absolute difference that is still right. ``form`` asks for a way of writing that the
    learner was told of: ``simplest-fraction``, ``mixed``, ``decimal``, ``scientific``, ``factored``, ``expanded``.
    """

    kind: AnswerKind
    keys: tuple[str, ...]
    strictness: Strictness = "equivalent"
    choices: tuple[Text, ...] = ()
    unit: str = ""
    unit_required: bool = False
    tolerance: float = 0.0
    form: str = ""
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """One rung of help. A scaffold is a hint that asks something back: then it has an ``answer``.

    ``reveals`` marks a hint that gives the key away (imported ones do; ours never): it is the last resort.
    ``parent`` names the scaffold that the hint helps with; it is empty where the hint helps with the step itself.
    """

    id: str
    text: Text
    title: Text = NOTHING
    answer: AnswerSpec | None = None
    after: tuple[str, ...] = ()
    reveals: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that a named misconception leads to. ``says`` is what its author tells a learner who gives it: something to
    look at again, never the key."""

    answer: str
    misconception: str
    says: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """One question with one answer. ``item`` is what the learner model keeps a difficulty for."""

    id: str
    item: str
    prompt: Text
    answer: AnswerSpec
    skills: tuple[str, ...]
    hints: tuple[Hint, ...] = ()
    solution: tuple[Text, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Whose work a problem is and on what terms it is shown."""

    name: str
    licence: str
    url: str = ""
    attribution: str = ""


OURS = Source(name="Headway", licence="Apache-2.0")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a learner reads before answering. ``text`` has an empty line between paragraphs; ``kind`` is ``story`` or
    ``article``; ``silent`` says that it must not be read aloud, because reading it is what is learned."""

    title: Text
    text: Text
    kind: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is put before a learner. ``id`` is the activity's identifier and rebuilds the same problem exactly. ``level`` is 1
    (first steps) to 3 (stretch)."""

    id: str
    title: Text
    body: Text
    steps: tuple[Step, ...]
    source: Source = OURS
    media: tuple[str, ...] = ()
    passage: Passage | None = None
    level: int = 2
