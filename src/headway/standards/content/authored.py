"""A question that a teacher writes: its fields, its variants with other numbers, and what is still wrong with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from headway.core.coaching.parser import parse
from headway.core.coaching.tree import ParseError
from headway.core.text import T, Text, verbatim
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, number, words
from headway.standards.content.neutral import Package, Part, Question, prefix_of
from headway.standards.content.numbers import NoNumbers, put_in, read_numbers
from headway.standards.content.table import mathematical
from headway.standards.report import LossReport

FORMAT = "own"
KINDS = ("choice", "choices", "number", "mathematics", "words")
MOST_VARIANTS = 12
MOST_SIGNS = 4000
MOST_ROWS = {"answers": 10, "wrong": 8, "hints": 3}
NEEDED = {"question": T("Write what is asked."), "answers": T("Write the right answer.")}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds. ``answers``, ``wrong``, ``hints``: one a line; ``numbers`` as :mod:`headway.standards.content.numbers`
    reads them; ``skill`` "" while it belongs to none; ``level`` 1 (first steps) to 3 (a step further)."""

    title: str = ""
    skill: str = ""
    kind: str = "number"
    question: str = ""
    answers: str = ""
    wrong: str = ""
    hints: str = ""
    why: str = ""
    unit: str = ""
    tolerance: str = ""
    numbers: str = ""
    level: int = 2
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a draft makes: ``questions``, one for each draw of numbers; ``faults``: field -> what to mend (none may be shared
    then)."""

    questions: tuple[Question, ...] = ()
    faults: dict[str, Text] = field(default_factory=dict)


def draft_of(body: dict[str, Any]) -> Draft:
    """A draft from a form or from what was kept. Unknown fields are left out, too long ones cut."""
    names = [name for name in Draft.__slots__ if name != "level"]
    known: dict[str, Any] = {name: str(body.get(name, "")).replace("\r\n", "\n")[:MOST_SIGNS] for name in names}
    known["kind"] = known["kind"] if known["kind"] in KINDS else "number"
    level = str(body.get("level", 2))
    return Draft(**known, level=int(level) if level in ("1", "2", "3") else 2)


def body_of(draft: Draft) -> dict[str, Any]:
    """A draft as it is kept."""
    return asdict(draft)


def write(draft: Draft, *, most: int = MOST_VARIANTS, seed: int = 0) -> Written:
    """Make the questions of a draft. Whatever cannot be given to a learner is a fault with the field that has to change."""
    faults = {name: said for name, said in NEEDED.items() if not getattr(draft, name).strip()}
    for name, limit in MOST_ROWS.items():
        if len(rows(getattr(draft, name))) > limit:
            faults[name] = T("These are more than {n} lines.", n=limit)
    if draft.kind in ("choice", "choices") and not rows(draft.wrong):
        faults["wrong"] = T("Write at least one wrong choice.")
    try:
        numbers = read_numbers(draft.numbers)
        draws = numbers.draws(most, seed)
    except NoNumbers as refusal:
        faults["numbers"] = refusal.text
    if faults:
        return Written(faults=faults)
    found: dict[str, Question] = {}
    why = T("It cannot be checked.")
    for n, drawn in enumerate(draws):
        try:
            made = _question(draft, Values(drawn), str(n))
        except NoNumbers as refusal:
            return Written(faults={"numbers": refusal.text})
        except NotCarried as refusal:
            why = verbatim(str(refusal.args[0]))
            continue
        found.setdefault(made.body + repr(made.parts), made)
    if not found:
        return Written(faults={"answers": why})
    return Written(tuple(found.values()))


def as_package(draft: Draft, written: Written, *, key: str, author: str, licence: str) -> Package:
    """The questions as a package of their own, by which they are brought in again when they change."""
    report = LossReport((("questions", len(written.questions)),), ())
    title = draft.title or author
    return Package(FORMAT, key, title, written.questions, report, licence=licence, author=author)


def prefix(key: str) -> str:
    """How the identifiers of the questions of a draft begin."""
    return prefix_of(FORMAT, key)


def rows(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


class Values(dict[str, Any]):
    """The numbers of one variant; ``in_`` puts them into a text."""

    def in_(self, text: str) -> str:
        """The text with its numbers."""
        return put_in(text, self)


def _question(draft: Draft, drawn: Values, key: str) -> Question:
    title, body = drawn.in_(draft.title.strip()), drawn.in_(draft.question.strip())
    return Question(key, draft.kind, body, (_part(draft, drawn),), title=title, level=draft.level)


def _part(draft: Draft, drawn: Values) -> Part:
    desk = Desk()
    keys = [drawn.in_(each) for each in rows(draft.answers)]
    hints, way = [drawn.in_(each) for each in rows(draft.hints)], [drawn.in_(each) for each in rows(draft.why)]
    if draft.kind in ("choice", "choices"):
        wrong = [drawn.in_(each) for each in rows(draft.wrong)]
        if set(keys) & set(wrong):
            raise NotCarried("A wrong choice is the same as the right one.")
        options = [*(Option(key, 1.0) for key in keys), *(Option(each, 0.0) for each in wrong)]
        options.sort(key=lambda option: (len(option.text), option.text.casefold(), option.text))
        return choice(desk, options, several=draft.kind == "choices", hints=hints, way=way)
    if draft.kind == "number":
        return _number(draft, drawn, desk, keys, hints, way)
    if draft.kind == "mathematics":
        for key in keys:
            _readable(key)
        return mathematics(mathematical(keys[0]), keys, hints=hints, way=way)
    return words(desk, [Option(key, 1.0) for key in keys], hints=hints, way=way)


def _readable(key: str) -> None:
    if isinstance(parse(key), ParseError):
        raise NotCarried(f"“{key[:60]}” cannot be read as mathematics.")


def _number(draft: Draft, drawn: Values, desk: Desk, keys: list[str], hints: list[str], way: list[str]) -> Part:
    unit, off = draft.unit.strip(), draft.tolerance.strip() or "0"
    if any("/" in key for key in keys):
        return mathematics("number", keys, hints=hints, way=way)
    try:
        far = abs(float(drawn.in_(off)))
    except ValueError:
        raise NotCarried(f"How far off is still right (“{off[:20]}”) is no number.") from None
    return number(desk, [(key, far, 1.0, "") for key in keys], unit=unit, hints=hints, way=way)
