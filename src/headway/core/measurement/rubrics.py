"""Rubrics and what their scores add up to: a criterion with steps in plain words, and the newest score that stands.

A score is a named person's judgement on a criterion's own steps. It is kept beside the scale of ability, not on it: without a
link between steps and logits that somebody has measured, moving an estimate by it would be made up. What a score does is
count where a person asked for it: on the profile, and for credit where a course names the criterion and the step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text

KINDS: dict[str, Text] = {"thinking": T("Thinking and making"), "together": T("Working and getting along")}
"""Cognitive and social-emotional criteria, with their headings."""
FEWEST_STEPS, MOST_STEPS, MOST_CRITERIA = 2, 6, 12
LONGEST_TITLE, LONGEST_STEP = 120, 300

Whose = Literal["own", "group"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to look at. ``kind`` is a key of KINDS; ``steps`` say in plain words what each step looks like, the first one
    first; ``skills`` are skills of the graph that it has to do with."""

    key: str
    title: str
    kind: str
    steps: tuple[str, ...]
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """Criteria under one code, which stays the same when the words are changed."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]

    def criterion(self, key: str) -> Criterion | None:
        """The criterion of that key."""
        return next((each for each in self.criteria if each.key == key), None)

    @property
    def skills(self) -> tuple[str, ...]:
        """All skills that a criterion has to do with, each once."""
        return tuple(dict.fromkeys(skill for each in self.criteria for skill in each.skills))


@dataclass(frozen=True, slots=True)
class Score:
    """A row of the ledger: ``level`` counts steps from 1, ``whose`` says whether it was given to the learner or to the group;
    ``by`` names who gave it, ``at`` is in seconds since 1970."""

    number: int
    project: str
    criterion: str
    level: int
    whose: str
    by: str
    at: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Contest:
    """Somebody says that a score is wrong; ``score`` is its number."""

    score: int
    by: str
    words: str
    at: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for one criterion of one project: the newest score, those before it (newest first), and the contests of any of
    them. ``contested`` holds until a person has scored the criterion again."""

    score: Score
    before: tuple[Score, ...] = ()
    contests: tuple[Contest, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether somebody said that it is wrong and nobody has looked again."""
        return any(each.score == self.score.number for each in self.contests)


def key_of(title: str) -> str:
    """A short key made from words: letters and digits with hyphens between.

    >>> key_of("Uses evidence, and says where it is from")
    'uses-evidence-and-says-where-it-is-from'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def fault(rubric: Rubric) -> Text | None:
    """What keeps a rubric from being used, None if nothing does."""
    if not rubric.code or not rubric.title.strip() or len(rubric.title) > LONGEST_TITLE:
        return T("A rubric needs a title of at most {n} letters.", n=LONGEST_TITLE)
    if not 1 <= len(rubric.criteria) <= MOST_CRITERIA:
        return T("A rubric has one to {n} criteria.", n=MOST_CRITERIA)
    seen = set[str]()
    for each in rubric.criteria:
        found = _fault_of(each, seen)
        if found is not None:
            return found
        seen.add(each.key)
    return None


def _fault_of(each: Criterion, seen: set[str]) -> Text | None:
    if not each.key or not each.title.strip() or len(each.title) > LONGEST_TITLE:
        return T("Each criterion needs a name of at most {n} letters.", n=LONGEST_TITLE)
    if each.key in seen:
        return T("Two criteria have the same name: “{name}”.", name=each.title)
    if each.kind not in KINDS:
        return T("Say of “{name}” whether it is about thinking or about working together.", name=each.title)
    if not FEWEST_STEPS <= len(each.steps) <= MOST_STEPS:
        return T("“{name}” needs {few} to {most} steps.", name=each.title, few=FEWEST_STEPS, most=MOST_STEPS)
    if any(not step.strip() or len(step) > LONGEST_STEP for step in each.steps):
        return T(
            "Say for each step of “{name}” in at most {n} letters what it looks like.", name=each.title, n=LONGEST_STEP
        )
    return None


def to_plain(rubric: Rubric) -> list[dict[str, object]]:
    """The criteria as plain values, for keeping."""
    return [
        {"key": c.key, "title": c.title, "kind": c.kind, "steps": list(c.steps), "skills": list(c.skills)}
        for c in rubric.criteria
    ]


def from_plain(code: str, title: str, criteria: Sequence[Mapping[str, object]]) -> Rubric:
    """The rubric that :func:`to_plain` wrote."""
    return Rubric(
        code,
        title,
        tuple(
            Criterion(str(c["key"]), str(c["title"]), str(c["kind"]), _texts(c["steps"]), _texts(c.get("skills", ())))
            for c in criteria
        ),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, (list, tuple)) else ()


def standings(scores: Iterable[Score], contests: Iterable[Contest] = ()) -> tuple[Standing, ...]:
    """Return what stands, for each project, criterion and whose, in order of the first score. Rows are never changed: the newest
    decides.

    >>> one, two = Score(1, "p", "c", 2, "own", "Ms. A", 10.0), Score(2, "p", "c", 3, "own", "Ms. A", 20.0)
    >>> [(each.score.level, each.contested) for each in standings([two, one], [Contest(1, "Mina", "why?", 15.0)])]
    [(3, False)]
    """
    said: dict[int, list[Contest]] = {}
    for contest in sorted(contests, key=lambda each: each.at):
        said.setdefault(contest.score, []).append(contest)
    rows: dict[tuple[str, str, str], list[Score]] = {}
    for score in sorted(scores, key=lambda each: each.number):
        rows.setdefault((score.project, score.criterion, score.whose), []).append(score)
    return tuple(
        Standing(
            each[-1],
            tuple(reversed(each[:-1])),
            tuple(contest for score in each for contest in said.get(score.number, ())),
        )
        for each in rows.values()
    )


def shown_at(found: Iterable[Standing], *, criterion: str, level: int) -> Standing | None:
    """Return a score that shows a criterion at a step or above: given to the learner, not only to the group, and not
    contested. The earliest one; None where there is none. ``found`` are scores on one rubric."""
    fitting = [
        each
        for each in found
        if each.score.criterion == criterion
        and each.score.whose == "own"
        and each.score.level >= level
        and not each.contested
    ]
    return min(fitting, key=lambda each: (each.score.at, each.score.number), default=None)
