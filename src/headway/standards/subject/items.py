"""One row of items.csv as a problem: a question with its key, its wrong answers with what each reveals, hints, and the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from headway.core.coaching.malrules.rule import OWN_WORDS, known_misconceptions
from headway.core.coaching.wording import normal_words
from headway.core.curriculum.problems import (
    AnswerKind,
    AnswerSpec,
    Hint,
    Passage,
    Problem,
    Source,
    Step,
    WrongAnswer,
)
from headway.core.text import NOTHING, Text, verbatim
from headway.standards.subject.rows import Faults, Row

KINDS: dict[str, AnswerKind] = {"": "choice", "one": "choice", "several": "choices", "words": "text"}
"""What the column ``kind`` may say -> how the answer is checked."""
LEVELS = {"": 2, "1": 1, "2": 2, "3": 3}
BETWEEN = "|"
"""Separates several right answers, or several ways to write one."""
TELLING = 4
"""A key of fewer letters may stand in a sentence by chance."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the rows of items may speak of: the subject, each skill's strategy, and passages and misconceptions by
    identifier; ``source`` is whose work they are."""

    subject: str
    source: Source
    strategies: Mapping[str, str]
    passages: Mapping[str, Row]
    misconceptions: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer as it is written down."""

    text: str
    reveals: str
    feedback: str


def problem_of(row: Row, shelf: Shelf, faults: Faults) -> Problem | None:
    """Read one row; None where it cannot be used, with the reasons in ``faults``."""
    before = faults.found
    keys = [part.strip() for part in row["answer"].split(BETWEEN) if part.strip()]
    wrong = [Wrong(row[f"wrong_{n}"], row[f"reveals_{n}"], row[f"feedback_{n}"]) for n in (1, 2, 3)]
    _check_names(row, shelf, faults)
    _check_answers(row, keys, wrong, faults)
    hints = [shelf.strategies.get(row["skill"], ""), *(row[f"hint_{n}"] for n in (1, 2, 3))]
    for n in (1, 2, 3):
        _check_silent(row, f"hint_{n}", keys, faults)
    if faults.found > before:
        return None
    key = f"{shelf.subject}:{row['id']}"
    spec, places = _spec(KINDS[row["kind"]], keys, [each.text for each in wrong if each.text], key)
    step = Step(
        id="1",
        item=key,
        prompt=verbatim(row["question"]),
        answer=spec,
        skills=(row["skill"],),
        hints=tuple(Hint(f"h{n}", verbatim(text)) for n, text in enumerate((h for h in hints if h), 1)),
        solution=tuple(_way(row["why"], keys)),
        wrong=tuple(_wrong(each, places, shelf) for each in wrong if each.text),
    )
    return Problem(key, NOTHING, NOTHING, (step,), shelf.source, (), _passage(row, shelf), LEVELS[row["level"]])


def _way(why: str, keys: list[str]) -> list[Text]:
    return [verbatim(" · ".join(keys)), *([verbatim(why)] if why else [])]


def _passage(row: Row, shelf: Shelf) -> Passage | None:
    found = shelf.passages.get(row["passage"])
    if found is None:
        return None
    return Passage(verbatim(found["title"]), verbatim(found["text"]), found["kind"], found["read_aloud"] == "no")


def _spec(kind: AnswerKind, keys: list[str], wrong: list[str], name: str) -> tuple[AnswerSpec, dict[str, str]]:
    """The key, and each answer's text -> how it is given. Options stand in an order that the text alone decides, so that no
    place is right more often than another, and a second import changes nothing."""
    if kind == "text":
        return AnswerSpec(kind, tuple(keys)), {text: text for text in wrong}
    texts = sorted((*keys, *wrong), key=lambda text: blake2b(f"{name}#{text}".encode(), digest_size=8).digest())
    places = {text: str(place) for place, text in enumerate(texts)}
    right = ",".join(sorted(places[key] for key in keys))
    return AnswerSpec(kind, (right,), choices=tuple(map(verbatim, texts))), places


def _wrong(wrong: Wrong, places: Mapping[str, str], shelf: Shelf) -> WrongAnswer:
    row = shelf.misconceptions.get(wrong.reveals)
    name = row["name"] if row is not None else wrong.reveals
    key = name if not name or name in known_misconceptions() else f"{OWN_WORDS}{name}"
    says = wrong.feedback or (row["feedback"] if row is not None else "")
    return WrongAnswer(places[wrong.text], key, verbatim(says))


def _check_names(row: Row, shelf: Shelf, faults: Faults) -> None:
    if row["skill"] not in shelf.strategies:
        how = "Name a skill of skills.csv by its id."
        faults.add(f"There is no skill “{row['skill'][:40]}”.", row.where("skill"), how)
    if row["passage"] and row["passage"] not in shelf.passages:
        how = "Name a passage of passages.csv by its id, or leave the field empty."
        faults.add(f"There is no passage “{row['passage'][:40]}”.", row.where("passage"), how)
    if row["level"] not in LEVELS:
        how = "Write 1 (first steps), 2 or 3 (stretch)."
        faults.add(f"“{row['level'][:20]}” is no level.", row.where("level"), how)
    if row["kind"] not in KINDS:
        how = "Write one (one choice is right), several, or words (the learner types)."
        faults.add(f"“{row['kind'][:20]}” is no kind of answer.", row.where("kind"), how)
    if not row["question"]:
        faults.add("The question is empty.", row.where("question"), "Write what the learner is asked.")


def _check_answers(row: Row, keys: list[str], wrong: list[Wrong], faults: Faults) -> None:
    if not keys:
        faults.add("There is no right answer.", row.where("answer"), "Write it as it stands among the choices.")
    choice = KINDS.get(row["kind"], "choice")
    if choice == "choice" and len(keys) > 1:
        how = "Keep one, or write several in the column kind."
        faults.add(f"There are {len(keys)} right answers.", row.where("answer"), how)
    if choice in ("choice", "choices") and not any(each.text for each in wrong):
        faults.add("There is no wrong answer to choose.", row.where("wrong_1"), "Write at least one.")
    seen = {normal_words(key) if choice == "text" else key: "answer" for key in keys}
    for n, each in enumerate(wrong, 1):
        text = normal_words(each.text) if choice == "text" else each.text
        if each.text and text in seen:
            faults.add(f"It is the same as {seen[text]}.", row.where(f"wrong_{n}"), "Each answer has to be another.")
        if not each.text and (each.reveals or each.feedback):
            faults.add(
                "There is feedback, but no wrong answer.", row.where(f"wrong_{n}"), "Write the answer it is for."
            )
        seen.setdefault(text, f"wrong_{n}")
        _check_silent(row, f"feedback_{n}", keys, faults)


def _check_silent(row: Row, column: str, keys: list[str], faults: Faults) -> None:
    """Help asks; it never says the key."""
    said = f" {normal_words(row[column])} "
    for key in keys:
        words = normal_words(key)
        if len(words) >= TELLING and f" {words} " in said:
            how = "Ask about it instead, so that the learner can find it."
            faults.add("It says the right answer.", row.where(column), how)
            return
