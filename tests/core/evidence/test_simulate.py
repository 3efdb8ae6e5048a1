"""Simulated learners: their answers are what the checker takes them for, and they learn, forget and differ."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.coaching.checking import check
from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.curriculum.generators.base import generate, templates
from headway.core.curriculum.problems import AnswerSpec
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.evidence.answers import right_answer, wrong_answer
from headway.core.evidence.simulate import answer, draw
from headway.core.evidence.term import cohort, live, report, school_days
from headway.core.mastery.kernels import DAY
from headway.core.text import Text
from tests.core.small import MONDAY, curriculum, problem

SPECS = [
    AnswerSpec("number", ("3/4",)),
    AnswerSpec("number", ("1 3/4",), form="mixed"),
    AnswerSpec("number", ("1250",)),
    AnswerSpec("number", ("-2.5",)),
    AnswerSpec("number", ("12",), unit="cm"),
    AnswerSpec("number", ("4.50",), unit="$", unit_required=True),
    AnswerSpec("number", ("30",), unit="%"),
    AnswerSpec("expression", ("2x+1",)),
    AnswerSpec("equation", ("y=3x-2",)),
    AnswerSpec("inequality", ("x>=-2",)),
    AnswerSpec("coordinate", ("(2,-3)",)),
    AnswerSpec("set", ("{1,2,5}",)),
    AnswerSpec("list", ("3,6,9",)),
    AnswerSpec("choice", ("1",), choices=(Text("a"), Text("b"), Text("c"))),
    AnswerSpec("text", ("rhombus",)),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.kind} {spec.keys[0]}")
def test_the_checker_agrees_with_right_and_wrong_answers(spec: AnswerSpec) -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        right, wrong = right_answer(spec, rng), wrong_answer(spec, rng)
        assert check(spec, right).correct, right
        assert not check(spec, wrong).correct, wrong


def test_right_answers_to_every_template_are_accepted() -> None:
    rng = np.random.default_rng(2)
    refused = []
    for name in templates():
        for seed in range(4):
            step = generate(f"gen:{name}:{seed}").steps[0]
            given = right_answer(step.answer, rng)
            if not check(step.answer, given).correct:
                refused.append((name, seed, step.answer.keys, given))
    assert refused == []


def test_the_same_seed_gives_the_same_learners_and_another_seed_others() -> None:
    one, two, other = (cohort(curriculum(), ["5"], 3, seed) for seed in (1, 1, 2))
    assert [p.mind.fixed.tobytes() for p in one] == [p.mind.fixed.tobytes() for p in two]
    assert [p.mind.fixed.tobytes() for p in one] != [p.mind.fixed.tobytes() for p in other]


def test_practice_raises_strength_and_time_takes_some_of_it_back() -> None:
    mind = draw("a", "5", curriculum(), np.random.default_rng(0), ability=0.0)
    rng, start = np.random.default_rng(1), mind.strength(8, MONDAY)
    for n in range(12):
        answer(mind, problem("P8.1"), 0, rng, curriculum=curriculum(), now=MONDAY + n)
    after, later = mind.strength(8, MONDAY + 12), mind.strength(8, MONDAY + 60 * DAY)
    assert start < later < after


def test_able_learners_answer_more_rightly() -> None:
    def share(ability: float) -> float:
        mind = draw("a", "5", curriculum(), np.random.default_rng(0), ability=ability)
        rng = np.random.default_rng(1)
        given = [answer(mind, problem("P8.1"), 0, rng, curriculum=curriculum(), now=MONDAY) for _ in range(60)]
        return float(np.mean([check(problem("P8.1").steps[0].answer, g.text).correct for g in given]))

    assert share(-2.0) < share(0.0) < share(2.0)


def test_wrong_answers_come_from_misconceptions_that_the_learner_holds() -> None:
    name = next(iter(templates()))
    skill = templates()[name].skill
    known = {t.skill for t in templates().values()}
    graph = SkillGraph(tuple(Skill(s, s, "", "math", "3", "D") for s in sorted(known)), ())
    made = compile_curriculum(graph, generated_activities())
    mind = draw("a", "3", made, np.random.default_rng(0), ability=-2.0)
    mind.misconception = 1.0
    rng = np.random.default_rng(3)
    given = [answer(mind, p := generate(f"gen:{name}:{n}"), 0, rng, curriculum=made, now=MONDAY) for n in range(60)]
    named = {g.misconception for g in given if g.misconception}
    assert skill in known
    assert named <= {w.misconception for w in p.steps[0].wrong} | named
    assert named


def test_a_term_says_what_came_of_it() -> None:
    pupils = cohort(curriculum(), ["4", "5", "6"], 6, seed=4)
    found = report(live(curriculum(), pupils, school_days(6), daily=8, problems=problem))
    assert found.learners == 6
    assert found.responses > 200
    assert 0.5 < found.success < 0.95
    assert found.interleaved >= 0.6
    assert found.gained > 0.0
