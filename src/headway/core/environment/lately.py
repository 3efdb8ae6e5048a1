"""Regroup now: in the middle of a lesson, who sits together for the next minutes, from what they have just answered.

Only the last twenty minutes count, so a group is about this lesson and not about a reputation. Nobody is put into a group by
ability: a group shares a misconception, a step that does not yet go, or a step that goes well enough for the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from headway.core.environment.regrouping import tables

WINDOW = 20 * 60.0
"""Seconds that are looked at."""
TRIED = 3
"""Answers, second tries included, before a step is said not to go: as many as one problem takes at most."""
READY_RUN = 4
"""First answers right in a row, without a hint, that make somebody ready for more."""
HALF = 0.5
"""At most so many right: the step does not go yet."""

Kind = Literal["misconception", "step", "ready", "going", "silent"]
ORDER: tuple[Kind, ...] = ("misconception", "step", "ready", "going", "silent")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: its ``skill``, whether it was right, whether it was the first try, hints seen before it, and the misconception
    that it spoke for ("" for none)."""

    skill: str
    right: bool
    first: bool = True
    hints: int = 0
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Learners who sit together for the next minutes: why (``kind``), on what, and by how many answers. ``tables`` has at most
    five at each."""

    kind: Kind
    skill: str
    misconception: str
    learners: tuple[str, ...]
    tried: int
    right: int
    tables: tuple[tuple[str, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Stand:
    kind: Kind
    skill: str
    misconception: str
    tried: int
    right: int


def regroup(lately: Sequence[tuple[str, Sequence[Answered]]]) -> tuple[Circle, ...]:
    """Return groups of learners, each with their answers of the last twenty minutes, the oldest first.

    A misconception needs two learners who showed it and have not answered the same skill right since; whoever showed several sits
    with the most others. A step does not go when at most half of three or more answers to it were right; of several the one
    that most others are at. Four first answers in a row right without a hint, in the skill of the newest answer, is ready for
    more; everybody else goes on. Every learner is in exactly one group, and the order of the roster changes nothing but the
    order in a group.
    """
    shared = Counter(key for _learner, answers in lately for key in _shown(answers))
    stuck = Counter(skill for _learner, answers in lately for skill in _struggles(answers))
    stands = {learner: _stand(answers, shared, stuck) for learner, answers in lately}
    out = []
    for kind in ORDER:
        found: dict[tuple[str, str], list[str]] = {}
        for learner, stand in stands.items():
            if stand.kind == kind:
                key = (stand.skill if kind in ("step", "ready") else "", stand.misconception)
                found.setdefault(key, []).append(learner)
        for (skill, misconception), learners in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            tried = sum(stands[each].tried for each in learners)
            right = sum(stands[each].right for each in learners)
            seats = tables(learners) if kind in ("misconception", "step", "ready") else ()
            if kind == "misconception":
                skill = Counter(sorted(stands[each].skill for each in learners)).most_common(1)[0][0]
            out.append(Circle(kind, skill, misconception, tuple(learners), tried, right, seats))
    return tuple(out)


def _shown(answers: Sequence[Answered]) -> Iterator[str]:
    """The misconceptions that somebody showed and has not left behind by a right answer to the same skill since."""
    open_: dict[str, str] = {}
    for each in answers:
        if each.misconception:
            open_[each.misconception] = each.skill
        elif each.right and each.first:
            open_ = {key: skill for key, skill in open_.items() if skill != each.skill}
    return iter(sorted(open_))


def _struggles(answers: Sequence[Answered]) -> dict[str, tuple[int, int]]:
    """The skills that do not go, with answers and right ones among them."""
    tried = Counter(each.skill for each in answers)
    right = Counter(each.skill for each in answers if each.right)
    return {skill: (n, right[skill]) for skill, n in tried.items() if n >= TRIED and right[skill] <= HALF * n}


def _stand(answers: Sequence[Answered], shared: Counter[str], stuck: Counter[str]) -> _Stand:
    if not answers:
        return _Stand("silent", "", "", 0, 0)
    skill = answers[-1].skill
    known = [key for key in _shown(answers) if shared[key] > 1]
    if known:
        best = max(known, key=lambda key: (shared[key], key))
        return _Stand("misconception", skill, best, len(answers), sum(each.right for each in answers))
    struggles = _struggles(answers)
    if struggles:
        worst = max(struggles, key=lambda key: (stuck[key], key == skill, key))
        return _Stand("step", worst, "", *struggles[worst])
    run = [each for each in answers if each.skill == skill and each.first]
    right = sum(each.right for each in run)
    if len(run) >= READY_RUN and all(each.right and not each.hints for each in run[-READY_RUN:]):
        return _Stand("ready", skill, "", len(run), right)
    return _Stand("going", skill, "", len(run), right)
