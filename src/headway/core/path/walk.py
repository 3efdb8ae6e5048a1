"""The path as a map: for one grade, each skill with where it stands and what is missing before it can begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.kernels import chance
from headway.core.path.kernel import READY
from headway.core.path.leaning import towards
from headway.core.path.policy import Situation

State = Literal["solid", "due", "here", "work", "ready", "later", "closed"]


@dataclass(frozen=True, slots=True)
class Stone:
    """A skill (number) on the map: ``missing`` are the prerequisites that are neither mastered nor probably known; ``leaned``
    says that the path leans towards it now."""

    skill: int
    state: State
    missing: tuple[int, ...]
    leaned: bool


@dataclass(frozen=True, slots=True)
class Land:
    """The stones of one domain, each after those of the same domain that it builds on."""

    subject: str
    domain: str
    stones: tuple[Stone, ...]


def levels_of(curriculum: Curriculum) -> tuple[int, ...]:
    """The grade levels of which there is something to practise, lowest first."""
    return tuple(sorted({int(curriculum.level[n]) for n in curriculum.activity_skill.tolist()}))


def lands(s: Situation, level: int) -> tuple[Land, ...]:
    """Return the map of a grade level: what can be practised of the subjects that the plan names, by domain."""
    c, subjects = s.curriculum, s.plan.only_subjects
    leaned = _leaned(s)
    found: dict[tuple[str, str], list[Stone]] = {}
    for number, skill in enumerate(c.skills):
        practised = c.skill_activities_at[number] < c.skill_activities_at[number + 1]
        if practised and int(c.level[number]) == level and (subjects is None or skill.subject in subjects):
            found.setdefault((skill.subject, skill.domain), []).append(stone(s, number, leaned))
    return tuple(Land(subject, domain, tuple(stones)) for (subject, domain), stones in found.items())


def stone(s: Situation, skill: int, leaned: frozenset[int] | None = None) -> Stone:
    """Return where one skill stands."""
    c, row = s.curriculum, int(s.belief.row[skill])
    near = _leaned(s) if leaned is None else leaned
    before: list[int] = c.before[c.before_at[skill] : c.before_at[skill + 1]].tolist()
    missing = tuple(earlier for earlier in before if not _sound(s, earlier))
    return Stone(skill, _state(s, skill, row, bool(missing)), missing, skill in near)


def _leaned(s: Situation) -> frozenset[int]:
    """What the path leans towards now: the skills that were named, and what makes them ready."""
    found = towards(s)
    return frozenset(found) | {each.goal for each in found.values()}


def _state(s: Situation, skill: int, row: int, waits: bool) -> State:
    mine = s.profile.state.skills[row] if row >= 0 else None
    if mine is not None and mine["mastered_at"] > 0.0:
        return "due" if mine["due_at"] <= s.now else "solid"
    info = s.curriculum.activity(s.profile.current.activity)
    name = s.curriculum.skills[skill].id
    if info is not None and info.skill == name:
        return "here"
    if name in s.plan.block_skills or (s.plan.only_skills is not None and name not in s.plan.only_skills):
        return "closed"
    if mine is not None and mine["n"] > 0:
        return "work"
    return "later" if waits else "ready"


def _sound(s: Situation, skill: int) -> bool:
    row, b = int(s.belief.row[skill]), s.belief
    if row >= 0 and s.profile.state.skills[row]["mastered_at"] > 0.0:
        return True
    return bool(chance(float(b.mean[skill] - s.curriculum.base[skill]), float(b.variance[skill])) >= READY)
