"""The English bank that ships with Headway, held against the mechanical part of good items. What it says, people judge."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from headway.core.coaching.checking import check
from headway.core.coaching.malrules.rule import misconception_named
from headway.core.coaching.wording import normal_words
from headway.core.curriculum.catalogue import grade_level
from headway.core.curriculum.problems import Passage, Problem
from headway.standards.subject.shipped import shipped_subject

ENGLISH = shipped_subject("english")
GRADE = {skill.id: grade_level(skill.grade) for skill in ENGLISH.graph.skills}
BY_SKILL: dict[str, list[Problem]] = defaultdict(list)
for _problem in ENGLISH.problems:
    BY_SKILL[_problem.steps[0].skills[0]].append(_problem)
CHOICES = [problem for problem in ENGLISH.problems if problem.steps[0].answer.kind == "choice"]


def options(problem: Problem) -> tuple[str, list[str]]:
    """The right answer and the others."""
    answer = problem.steps[0].answer
    texts = [str(choice) for choice in answer.choices]
    key = texts.pop(int(answer.keys[0]))
    return key, texts


def test_the_bank_is_as_wide_as_it_says() -> None:
    assert len(ENGLISH.graph.skills) >= 40
    assert len(ENGLISH.problems) >= 400
    assert ENGLISH.passages >= 24
    assert {skill.grade for skill in ENGLISH.graph.skills} == {"3", "4", "5", "6", "7", "8"}
    assert {skill.domain for skill in ENGLISH.graph.skills} == {"Vocabulary", "Conventions", "Reading", "Writing"}
    assert set(ENGLISH.bare) == {skill.id for skill in ENGLISH.graph.skills if skill.domain == "Writing"}
    assert min(map(len, BY_SKILL.values())) >= 8
    assert all(len({problem.level for problem in found}) >= 2 for found in BY_SKILL.values())


def test_no_skill_builds_on_one_of_a_higher_grade() -> None:
    assert all(GRADE[earlier] <= GRADE[later] for earlier, later in ENGLISH.graph.prerequisites)


@pytest.mark.parametrize("skill", sorted(BY_SKILL))
def test_every_item_can_be_answered_diagnosed_and_helped(skill: str) -> None:
    for problem in BY_SKILL[skill]:
        (step,) = problem.steps
        assert all(check(step.answer, key).correct for key in step.answer.keys)
        assert len(step.hints) >= 2, problem.id
        assert len(step.solution) == 2, problem.id
        assert len(step.wrong) >= (1 if step.answer.kind == "text" else 2), problem.id
        if step.answer.kind == "choice":
            assert len(step.wrong) == len(step.answer.choices) - 1 == 3, problem.id
        for wrong in step.wrong:
            assert not check(step.answer, wrong.answer).correct, problem.id
            assert misconception_named(wrong.misconception) is not None, problem.id
            assert len(str(wrong.says)) > 20, problem.id


def test_what_is_said_after_a_wrong_answer_never_gives_the_key() -> None:
    for problem in CHOICES:
        words = normal_words(options(problem)[0])
        for wrong in problem.steps[0].wrong:
            assert len(words) < 4 or not re.search(rf"\b{re.escape(words)}\b", normal_words(str(wrong.says))), (
                problem.id
            )


def test_the_place_of_the_key_tells_nothing() -> None:
    places = Counter(problem.steps[0].answer.keys[0] for problem in CHOICES)
    assert all(0.2 <= places[str(place)] / len(CHOICES) <= 0.3 for place in range(4)), places


def test_the_length_of_the_key_tells_little() -> None:
    """By chance the right one of four is the longest in a quarter of the items."""
    keys = [(len(key), [len(text) for text in others]) for key, others in map(options, CHOICES)]
    assert sum(key > max(others) for key, others in keys) <= 0.33 * len(keys)
    assert sum(key < min(others) for key, others in keys) <= 0.33 * len(keys)
    assert sum(key > 1.25 * max(others) and key > max(others) + 5 for key, others in keys) <= 0.02 * len(keys)


def test_no_item_is_there_twice() -> None:
    asked = Counter((p.passage, p.steps[0].prompt, frozenset(p.steps[0].answer.choices)) for p in ENGLISH.problems)
    assert max(asked.values()) == 1


def test_passages_fit_their_grade() -> None:
    """Length, and the Flesch-Kincaid grade (Kincaid et al. 1975), which rises with the grade for texts of facts."""
    seen: dict[Passage, list[int]] = {}
    for problem in ENGLISH.problems:
        if problem.passage is not None:
            seen.setdefault(problem.passage, []).append(GRADE[problem.steps[0].skills[0]])
    level: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for passage, grades in seen.items():
        text = str(passage.text)
        assert 100 <= len(text.split()) <= 250, passage.title
        assert len(grades) >= 4, passage.title
        level[passage.kind].append((min(grades), flesch_kincaid(text)))
        assert flesch_kincaid(text) <= max(grades) + 1.0, passage.title
    assert set(level) == {"story", "article"}
    means = [sum(x for g, x in level["article"] if g in group) for group in ((3, 4), (5, 6))]
    counts = [sum(g in group for g, _ in level["article"]) for group in ((3, 4), (5, 6))]
    assert all(low < high for low, high in pairwise(mean / n for mean, n in zip(means, counts, strict=True)))


def flesch_kincaid(text: str) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59, with syllables as groups of vowels."""
    words = re.findall(r"[A-Za-z'’-]+", text)
    sentences = [part for part in re.split(r"[.!?:]+[\"”)]*\s", f"{text} ") if part.strip()]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out; at least one."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(groups - (word.lower().endswith("e") and not word.lower().endswith("le")), 1)
