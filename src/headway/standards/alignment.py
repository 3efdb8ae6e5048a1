"""Suggest which standard a foreign skill belongs to, by the words that the two share.

Every word is weighed by how rare it is among the standards (inverse document frequency), titles count more than
descriptions, and the score is the cosine of the two word lists: 0 (no word in common) to 1 (the same words). The
shared words come with each suggestion, so that a person can see why and confirm or refuse it. Nothing is aligned by
the score alone.

Source of the weighting: K. Sparck Jones, "A statistical interpretation of term specificity", Journal of
Documentation 28 (1972).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from headway.core.curriculum.problems import Problem
from headway.core.curriculum.skills import Skill, SkillGraph

TITLE_WEIGHT = 3.0
NAME_WEIGHT = 3.0
SEEN_WEIGHT = 1.0
"""How much a word counts in a standard's title, in a foreign skill's name, and in the titles of its problems."""

_LITTLE = """
a an the of to in on for from by with and or as is are be it its that this their them use using find finding solve
solving problem problems given each one two when what which how do does apply understand know example real world
mathematical mathematics include including following write writing identify determine
"""
_STOP = frozenset(_LITTLE.split())

_SAME = {
    "trinomial": "quadrat",
    "quadratic": "quadrat",
    "lcd": "denominator",
    "integer": "negativ",
    "negative": "negativ",
    "negatives": "negativ",
    "exponential": "exponenti",
    "equation": "equat",
    "subtraction": "subtract",
    "multiplication": "multipl",
    "multiply": "multipl",
    "division": "divid",
    "divide": "divid",
    "factored": "factor",
    "factoring": "factor",
    "addition": "add",
    "simplification": "simplif",
    "probabilities": "probabil",
    "trigonometry": "trig",
    "trigonometric": "trig",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``skill`` may belong to the standard ``target``; ``score`` is from 0 to 1; ``shared`` are the words in
    common, the most telling first."""

    skill: str
    target: str
    score: float
    shared: tuple[str, ...]


@dataclass(slots=True)
class Evidence:
    """The words of the problems that practise each skill, gathered while problems stream by."""

    words: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Note the title of one problem for each of its skills."""
        words = set(stems(str(problem.title)))
        for skill in {skill for step in problem.steps for skill in step.skills}:
            self.words.setdefault(skill, Counter()).update(words)


def suggest(
    skills: Iterable[Skill],
    graph: SkillGraph,
    evidence: Mapping[str, Counter[str]] = {},
    *,
    grades: Collection[str] = (),
    most: int = 3,
    least: float = 0.2,
) -> tuple[Suggestion, ...]:
    """Suggest up to ``most`` standards for each skill, best first.

    Only standards of ``grades`` (all if empty) with a score of at least ``least`` are suggested; a skill that shares
    too little with each of them gets none.
    """
    rarity = _rarity(graph)
    wanted = [skill for skill in graph.skills if not grades or skill.grade in grades]
    targets = {skill.id: _unit(_standard_words(skill), rarity) for skill in wanted}
    inverted: dict[str, list[tuple[str, float]]] = {}
    for target, weights in targets.items():
        for word, weight in weights.items():
            inverted.setdefault(word, []).append((target, weight))
    found: list[Suggestion] = []
    for skill in skills:
        mine = _unit(_skill_words(skill, evidence.get(skill.id, Counter())), rarity)
        scores: dict[str, float] = {}
        for word, weight in mine.items():
            for target, other in inverted.get(word, ()):
                scores[target] = scores.get(target, 0.0) + weight * other
        good = [(target, score) for target, score in scores.items() if score >= least]
        best = sorted(good, key=lambda pair: (-pair[1], pair[0]))[:most]
        for target, score in best:
            shared = sorted(set(mine) & set(targets[target]), key=lambda w: (-mine[w] * targets[target][w], w))
            found.append(Suggestion(skill.id, target, round(min(score, 1.0), 4), tuple(shared[:6])))
    return tuple(found)


def stems(text: str) -> list[str]:
    """Split a text into words, without endings and without words that say nothing."""
    words = re.findall(r"[a-z]+", re.sub(r"\$\$.*?\$\$", " ", text).lower().replace("_", " "))
    return [stem(word) for word in words if word not in _STOP and len(word) > 1]


def stem(word: str) -> str:
    """Cut common endings: ``equations`` and ``equation`` are one word, ``adding`` and ``add`` too."""
    if word in _SAME:
        return _SAME[word]
    for ending, least in (("ies", 4), ("ing", 6), ("ions", 7), ("ion", 6), ("es", 5), ("ed", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            cut = word[: -len(ending)]
            return _SAME.get(cut, cut + "y" if ending == "ies" else cut)
    return word.removesuffix("e") if len(word) > 3 else word


def _standard_words(skill: Skill) -> Counter[str]:
    words: Counter[str] = Counter()
    for word in stems(f"{skill.description} {skill.domain}"):
        words[word] = max(words[word], 1)
    for word in stems(skill.title):
        words[word] = max(words[word], int(TITLE_WEIGHT))
    return words


def _skill_words(skill: Skill, seen: Counter[str]) -> Counter[str]:
    """The words of the name, and those that stand in at least a third of the titles of its problems."""
    words: Counter[str] = Counter()
    often = max(seen.values(), default=0) / 3
    for word, times in seen.items():
        if times >= often:
            words[word] = int(SEEN_WEIGHT)
    for word in stems(skill.title):
        words[word] = int(NAME_WEIGHT)
    return words


def _rarity(graph: SkillGraph) -> dict[str, float]:
    """Inverse document frequency over the standards: log(1 + n / (3 + standards with the word)).

    The 3 keeps a word that only one standard happens to use from deciding alone.
    """
    counts: Counter[str] = Counter()
    for skill in graph.skills:
        counts.update(set(_standard_words(skill)))
    return {word: math.log(1 + len(graph.skills) / (3 + number)) for word, number in counts.items()}


def _unit(words: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Weigh words by rarity and scale the list to length 1; a word that no standard has still counts as rare."""
    rarest = max(rarity.values(), default=1.0)
    weights = {word: number * rarity.get(word, rarest) for word, number in words.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
