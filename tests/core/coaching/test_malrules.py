"""The library of mal-rules: each is described, sourced and executable, and is found again on numbers nobody has seen."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.coaching.diagnosis import diagnose, hypotheses
from headway.core.coaching.malrules.rule import MalRule, known_misconceptions, malrules
from headway.core.coaching.predictions import predictions, start_value
from headway.core.coaching.renumbering import renumbered
from headway.core.coaching.signatures import Signature, signature
from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.tree import Call, Expr
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.misconceptions import misconceptions

RULES = malrules()


def start_of(problem: str) -> Expr:
    task = task_of(problem)
    assert isinstance(task, Task), (problem, task)
    return task.story or (task.start if isinstance(task.start, Call) else task.worked)


def test_there_are_enough_and_each_is_described() -> None:
    assert len(RULES) >= 120
    for rule in RULES.values():
        assert rule.skills and rule.source and str(rule.learner).endswith((".", "?", "!")), rule.id
        assert str(rule.teacher) != str(rule.learner) and str(rule.name), rule.id


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_makes_what_it_says_it_makes(rule: MalRule) -> None:
    problem, answer = rule.looks
    task = task_of(problem)
    assert isinstance(task, Task)
    found = diagnose(task, None, answer)
    assert rule.id in [h.id for h in found.misconceptions], [h.id for h in found.hypotheses]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_recognised_on_fresh_numbers(rule: MalRule) -> None:
    for seed in range(3):
        start = renumbered(start_of(rule.probe), np.random.default_rng(seed))
        guesses = predictions(start)
        mine = max((g for g in guesses if g.rule == rule.id), key=lambda g: g.share, default=None)
        if mine is None:
            continue
        rivals = {g.rule for g in guesses if g.signature == mine.signature}
        found = [h.id for h in hypotheses(start, mine.tree) if h.rule is not None]
        assert set(found) == rivals and (len(rivals) > 1 or found == [rule.id])


def test_a_right_answer_is_never_held_against_anybody() -> None:
    for problem, answer in (
        ("253-179", "74"),
        ("3(x-4)=18", "x=10"),
        ("2/3+1/4", "11/12"),
        ("0.04 __ 0.5", "0.04 < 0.5"),
    ):
        task = task_of(problem)
        assert isinstance(task, Task)
        assert diagnose(task, None, answer).hypotheses == ()


def test_what_nothing_explains_is_not_alleged() -> None:
    task = task_of("253-179")
    assert isinstance(task, Task)
    found = diagnose(task, None, "5000")
    assert found.alleged is None and found.hypotheses[0].id == "unknown"


def test_the_line_that_broke_is_explained() -> None:
    task = task_of("2(3x-5)-(x-1)=11")
    assert isinstance(task, Task)
    found = diagnose(task, read_working(task, ["6x-5-x+1=11", "5x-4=11", "x=3"]))
    assert found.line == 0 and found.alleged is not None and found.alleged.id == "distributes-to-first-only"


@pytest.mark.parametrize(
    ("problem", "answer", "right"),
    [
        ("True or false? 2÷3=3÷2", "True", False),
        ("True or false? 2+3=3+2", "true", True),
        ("h+m+n=h+p+n always, sometimes, or never true?", "sometimes true", True),
        ("x+1=x always, sometimes, or never true?", "never", True),
        ("2(x+1)=2x+2 always, sometimes, or never true?", "always", True),
        ("Which is larger, 2n or n+2?", "n+2", False),
        ("Which is larger, 2n or n+2?", "it depends", True),
        ("Which is larger, n+5 or n+2?", "n+5", True),
    ],
)
def test_statements_are_judged(problem: str, answer: str, right: bool) -> None:
    task = task_of(problem)
    assert isinstance(task, Task)
    assert read_working(task, [answer], finished=True).sound is right


def test_the_words_for_a_misconception_stand_in_one_place() -> None:
    named = known_misconceptions()
    assert set(named) == set(RULES) | set(misconceptions())
    for key, rule in RULES.items():
        assert (named[key].name, named[key].description) == (rule.name, rule.teacher)
        if key in misconceptions():
            assert misconceptions()[key] is named[key]


SAME_THING = {
    ("eq-divides-one-term", "factors-first-term-only"),
    ("sign-lost-factoring", "sign-lost-moving-terms"),
}
"""Pairs that lead to the same lines wherever one of them acts: no problem tells them apart."""


def outcomes(problem: str) -> tuple[dict[str, set[Signature]], set[Signature]]:
    """What each rule answers to a problem, and the right answer."""
    start = start_of(problem)
    found: dict[str, set[Signature]] = {}
    for guess in predictions(start):
        found.setdefault(guess.rule, set()).add(guess.signature)
    return found, {signature(start_value(start))}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_probe_tells_a_rule_from_its_rivals(rule: MalRule) -> None:
    """Rivals give the same answer to the problem that the rule is shown on; on the probe they differ."""
    shown, _ = outcomes(rule.looks[0])
    probed, right = outcomes(rule.probe)
    mine = probed.get(rule.id, right)
    for rival, answers in shown.items():
        if rival != rule.id and answers & shown[rule.id] and (rule.id, rival) not in SAME_THING:
            assert not mine & probed.get(rival, right), rival


def test_a_rule_that_would_divide_by_zero_has_nothing_to_say() -> None:
    task = task_of("0x+3=3")
    assert isinstance(task, Task)
    assert diagnose(task, read_working(task, ["x=1", "x=2"])).hypotheses
