"""Five minutes with the learners who hold a misconception: who sits together, what stands on the board, what they do.

The board shows a problem as somebody who holds it would work it, because what has to be judged is easier to talk about
than one's own mistake (Durkin & Rittle-Johnson 2012, on incorrect worked examples). The exercises are ones on which the
misconception gives another answer than the right way, so that the teacher sees at once who still thinks so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from headway.core.coaching.bearing import bears
from headway.core.coaching.hints import final_value
from headway.core.coaching.items import task_of_step
from headway.core.coaching.malrules.rule import known_misconceptions, malrules
from headway.core.coaching.predictions import predictions, start_value
from headway.core.coaching.render import to_latex
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.tasks import read_math, task_of
from headway.core.coaching.tree import Call, ParseError
from headway.core.curriculum.generators.base import activity_id, generate, templates
from headway.core.curriculum.problems import AnswerSpec, Problem, Step
from headway.core.environment.questions import question_for
from headway.core.text import NOTHING, T, Text, math, verbatim

TABLE = 5
"""Learners at one table at most: more cannot all speak in five minutes."""
EXERCISES = 3
MOST_TEMPLATES = 12
TRIES = 6
"""Sets of numbers that are tried of a template until one tells."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A problem with its right answer and what a holder would write instead; ``activity`` is empty for one that no
    generator made. ``choices`` are read out where one has to choose."""

    activity: str
    problem: Text
    answer: Text
    wrong: Text
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Regrouping:
    """A task of five minutes. ``board`` is worked wrongly on purpose; ``lead`` is where the talk should lead; ``exit``
    is done alone at the end and tells who has moved. ``board`` and ``exit`` are None where nothing could be made."""

    id: str
    name: Text
    teacher: Text
    lead: Text
    question: Text
    board: Exercise | None
    exercises: tuple[Exercise, ...]
    exit: Exercise | None


def tables(learners: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Seat learners (the surest holders first) at as few tables as will do, about equally many at each; the surest are
    spread, so that no table is only theirs."""
    count = -(-len(learners) // TABLE)
    return tuple(tuple(learners[place::count]) for place in range(count))


@lru_cache(maxsize=256)
def regrouping(misconception: str, items: tuple[str, ...], seed: int) -> Regrouping | None:
    """The task for a misconception; None for one that nobody knows. ``items`` are the templates in which it was seen in
    this class, the most frequent first; the same ``seed`` gives the same numbers."""
    known, rule = known_misconceptions().get(misconception), malrules().get(misconception)
    if known is None:
        return None
    board = _of_rule(misconception, rule.looks[0]) if rule is not None else None
    probe = _of_rule(misconception, rule.probe) if rule is not None and rule.probe != rule.looks[0] else None
    made = list(_generated(misconception, items, seed, EXERCISES + 2 - (probe is not None)))
    if board is None and made:
        board = made.pop(0)
    if probe is not None:
        made.insert(0, probe)
    last = made.pop() if len(made) > 1 else None
    return Regrouping(
        id=misconception,
        name=known.name,
        teacher=known.description,
        lead=rule.learner if rule is not None else NOTHING,
        question=question_for(misconception, rule.family if rule is not None else ""),
        board=board,
        exercises=tuple(made[:EXERCISES]),
        exit=last,
    )


def _of_rule(misconception: str, written: str) -> Exercise | None:
    """A problem as it is typed, with the answer of the solver and what the mal-rule makes of it."""
    task = task_of(written)
    if isinstance(task, ParseError) or task.start is None:
        return None
    final = final_value(task)
    right = final if final is not None else start_value(task.start)
    start = task.start if isinstance(task.start, Call) else task.worked
    guesses = predictions(start, states=3, only=frozenset((misconception,)))
    best = max(guesses, key=lambda guess: guess.share, default=None)
    if best is None or same(best.signature, signature(right)):
        return None
    shown = verbatim(written) if isinstance(task.start, Call) else verbatim(math(to_latex(task.start)))
    return Exercise("", shown, verbatim(math(to_latex(right))), verbatim(math(to_latex(best.tree))))


def _generated(misconception: str, items: tuple[str, ...], seed: int, count: int) -> Iterator[Exercise]:
    """Problems on which the misconception shows: the templates in turn, then again with other numbers."""
    usable = _templates(misconception, items)
    if not usable:
        return
    seen: set[str] = set()
    for turn in range(count * TRIES):
        item = usable[turn % len(usable)]
        found = exercise(misconception, activity_id(item, (seed + turn) % 2**32))
        if found is not None and str(found.problem) not in seen:
            seen.add(str(found.problem))
            yield found
            if len(seen) == count:
                return


def _templates(misconception: str, items: tuple[str, ...]) -> list[str]:
    """Those in which it was seen; where there are none, those of its skills that bear on it."""
    known = templates()
    found = [item for item in items if item in known][:MOST_TEMPLATES]
    rule = malrules().get(misconception)
    if found or rule is None:
        return found
    near = [key for key, template in known.items() if template.skill in rule.skills]
    return [key for key in near[:40] if bears(key, misconception)][:MOST_TEMPLATES]


def exercise(misconception: str, activity: str) -> Exercise | None:
    """A generated problem with what a holder would answer; None where the misconception changes nothing there."""
    problem = generate(activity)
    step = problem.steps[0]
    wrong = _wrong(misconception, step)
    if wrong is None:
        return None
    choices = sorted(step.answer.choices, key=lambda choice: blake2b(f"{activity}#{choice}".encode()).digest())
    right = given(step.answer, step.answer.keys[0])
    return Exercise(activity, asked(problem, step), right, wrong, tuple(choices))  # the right one comes first otherwise


def asked(problem: Problem, step: Step) -> Text:
    """The whole question: what stands above and what is asked."""
    if problem.body == NOTHING or step.prompt == NOTHING:
        return step.prompt if step.prompt != NOTHING else problem.body
    return T("{above} {asked}", above=problem.body, asked=step.prompt)


def given(spec: AnswerSpec, answer: str) -> Text:
    """An answer as a sentence's value: the words of a choice, mathematics, or as it was typed."""
    if spec.kind in ("choice", "choices"):
        chosen = [spec.choices[int(place)] for place in answer.split(",") if place.isdecimal()]
        return chosen[0] if len(chosen) == 1 else T("{first} and {rest}", first=chosen[0], rest=chosen[-1])
    tree = read_math(answer) if spec.kind != "text" else None
    return verbatim(answer) if tree is None or isinstance(tree, ParseError) else verbatim(math(to_latex(tree)))


def _wrong(misconception: str, step: Step) -> Text | None:
    for wrong in step.wrong:
        if wrong.misconception == misconception:
            return given(step.answer, wrong.answer)
    if step.answer.kind in ("choice", "choices", "text") or misconception not in malrules():
        return None
    task = task_of_step(step)
    if task.start is None:
        return None
    start = task.start if isinstance(task.start, Call) else task.worked
    guesses = predictions(start, states=3, only=frozenset((misconception,)))
    best = max(guesses, key=lambda guess: guess.share, default=None)
    return verbatim(math(to_latex(best.tree))) if best is not None else None
