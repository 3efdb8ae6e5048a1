"""What policies share: which skills the plan allows, what was done lately, which prerequisite is weak."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum, Ints
from headway.core.mastery.kernels import chance
from headway.core.path.cards import idle_decks
from headway.core.path.kernel import READY, Flags
from headway.core.path.policy import Situation, next_on_list
from headway.core.profile.profile import Profile


def allowed_skills(situation: Situation) -> Flags:
    """Return for each skill 0 (closed by the plan), 1 (open) or 2 (pinned and not yet mastered, or next on a playlist; then all
    else is 0). Pins of a subject that is not practised now wait, and so does a pinned deck of which no card comes now."""
    curriculum, plan = situation.curriculum, situation.plan
    allowed = np.ones(len(curriculum.skills), np.uint8)
    if plan.only_skills is not None:
        allowed[:] = 0
        allowed[curriculum.skill_numbers(sorted(plan.only_skills))] = 1
    if plan.block_skills:
        allowed[curriculum.skill_numbers(sorted(plan.block_skills))] = 0
    now = practised_now(situation)
    waits = None if now is None else outside(curriculum, now)
    if waits is not None:
        allowed[waits] = 0
    states, rows = situation.profile.state.skills, situation.belief.row
    idle = idle_decks(situation) if plan.pin_skills or plan.playlist else None
    open_pins = [
        number
        for number in curriculum.skill_numbers(plan.pin_skills).tolist()
        if (waits is None or not waits[number])
        and (idle is None or not idle[number])
        and (rows[number] < 0 or states[rows[number]]["mastered_at"] == 0.0)
    ]
    if not open_pins and plan.playlist:
        name, until = next_on_list(situation)
        number = curriculum.skill_number[name] if until else -1
        open_pins = [number] if number >= 0 and allowed[number] and (idle is None or not idle[number]) else []
    if open_pins:
        allowed[:] = 0
        allowed[open_pins] = 2
    return allowed


def practised_now(situation: Situation) -> frozenset[str] | None:
    """Return the subjects that are practised now, None for all: of several that the plan names, the one that came longest
    ago. So subjects take turns, where a new one could not hold out against one in full swing."""
    named, c = situation.plan.only_subjects, situation.curriculum
    if named is None or len(named) < 2:
        return named
    taught = dict.fromkeys(c.skills[number].subject for number in c.activity_skill.tolist())
    last = dict.fromkeys((subject for subject in taught if subject in named), -1)
    for place, key in enumerate(situation.profile.recent["skill"].tolist()):
        number = _number(c, key)
        if number >= 0 and c.skills[number].subject in last:
            last[c.skills[number].subject] = place
    return frozenset({min(last, key=last.__getitem__)}) if last else named


@lru_cache(maxsize=64)
def outside(curriculum: Curriculum, subjects: frozenset[str]) -> NDArray[np.bool_]:
    """Return for each skill whether it belongs to none of the subjects; nothing is outside of subjects that nobody teaches."""
    named = np.array([skill.subject in subjects for skill in curriculum.skills], np.bool_)
    out: NDArray[np.bool_] = ~named if named.any() else np.zeros(len(named), np.bool_)
    out.flags.writeable = False
    return out


def recent_skills(profile: Profile, curriculum: Curriculum) -> tuple[int, int]:
    """Return the numbers of the skills of the last activity and of the one before, -1 where there is none."""
    keys = profile.recent["skill"][-2:].tolist()
    numbers = [_number(curriculum, key) for key in reversed(keys)]
    last, last_but_one = [*numbers, -1, -1][:2]
    return last, last_but_one


def _number(curriculum: Curriculum, key: int) -> int:
    place = int(curriculum.sorted_keys.searchsorted(np.uint64(key)))
    if place < len(curriculum.sorted_keys) and int(curriculum.sorted_keys[place]) == key:
        return int(curriculum.order[place])
    return -1


def ages(profile: Profile, curriculum: Curriculum) -> Ints:
    """Return for each activity how many activities ago it was given last, 0 if that is not remembered; int32 [A]."""
    out = np.zeros(len(curriculum.activities), np.int32)
    keys = profile.recent["activity"].tolist()
    for age, key in zip(range(len(keys), 0, -1), keys, strict=True):
        number = curriculum.activity_by_key.get(key)
        if number is not None:
            out[number] = age
    return out


def weakest_prerequisite(situation: Situation, skill: int, allowed: Flags) -> int:
    """Return the prerequisite of a skill that is the likeliest cause of failing, or -1 if all look sound.

    It is the one with the lowest chance on a middle item among those that can be practised, below READY + 0.2.
    """
    if skill < 0:
        return -1
    c, b = situation.curriculum, situation.belief
    best, worst = -1, READY + 0.2
    for earlier in c.before[c.before_at[skill] : c.before_at[skill + 1]].tolist():
        solve = chance(float(b.mean[earlier] - c.base[earlier]), float(b.variance[earlier]))
        if solve < worst and allowed[earlier] and c.skill_activities_at[earlier] < c.skill_activities_at[earlier + 1]:
            best, worst = earlier, solve
    return best


def mastered_prerequisite(situation: Situation, skill: int) -> int:
    """Return a prerequisite that the learner has mastered (the last such in the graph's order), or -1."""
    c, rows, states = situation.curriculum, situation.belief.row, situation.profile.state.skills
    earlier: list[int] = c.before[c.before_at[skill] : c.before_at[skill + 1]].tolist()
    for number in reversed(earlier):
        if rows[number] >= 0 and states[rows[number]]["mastered_at"] > 0.0:
            return number
    return -1
