"""Three good options for a learner to choose from, and what each would do. They are the policy's own best, one a skill.

The policy is asked again without the skills that it has named, so that there are other kinds of work to choose from and the
options stay as good as the plan and the model make them. What a person has pinned is not up for choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.core.path.cards import card_reason
from headway.core.path.frontier import explain
from headway.core.path.kernel import READY
from headway.core.path.leaning import towards
from headway.core.path.policy import Choice, Policy, Situation
from headway.core.path.reasons import why
from headway.core.path.screen import spent
from headway.core.text import Text

OPTIONS, TURNS = 3, 3
WORTH = 0.4
"""What an option keeps at least of the favourite's value to be preferred for being of another kind."""
DECIDED = ("pinned", "planned", "playlist", "claimed")
"""Reasons of what somebody else has decided for now."""


@dataclass(frozen=True, slots=True)
class Option:
    """One activity that may be chosen. ``probability`` is the policy's own, summed over the skill's activities (0 where it
    would not have come up now); ``predicted`` the chance of a right first answer; ``opens`` the skills (numbers) that wait for
    this one."""

    activity: str
    skill: str
    reason_code: str
    reason: Text
    value: float
    probability: float
    predicted: float
    opens: tuple[int, ...]


def options(s: Situation, policy: Policy) -> tuple[Option, ...]:
    """Return up to three options, the policy's favourite first; none where nothing may be practised, where the day's screen time
    is spent, or where a person or a programme has decided what comes."""
    if spent(s.plan, s.profile, s.now):
        return ()
    found: dict[str, Option] = {}
    leave = s.plan.block_skills
    for turn in range(TURNS):
        choice = policy.choose(replace(s, plan=replace(s.plan, block_skills=leave)))
        if choice is None or choice.reason_code in DECIDED:
            break
        for option in _of(s, choice, first=turn == 0):
            found.setdefault(option.skill, option)
        leave = leave | frozenset(found)
    return _varied(list(found.values()))


def one_of(s: Situation, policy: Policy, skill: int) -> str:
    """The activity of a skill (its number) that the policy would give now if there were no other; "" where there is none, where
    the plan leaves the skill out or has decided on something else, and where the day's screen time is spent."""
    if spent(s.plan, s.profile, s.now):
        return ""
    others = frozenset(each.id for number, each in enumerate(s.curriculum.skills) if number != skill)
    choice = policy.choose(replace(s, plan=replace(s.plan, block_skills=s.plan.block_skills | others)))
    if choice is None:
        return ""
    chosen = choice.alternatives[choice.chosen]
    return chosen.activity if chosen.skill == s.curriculum.skills[skill].id else ""


def _varied(found: list[Option]) -> tuple[Option, ...]:
    """The favourite first, then what is there for another reason and still worth while, then the best of the rest."""
    chosen = found[:1]
    for option in found[1:]:
        if option.value >= WORTH * found[0].value and option.reason_code not in {each.reason_code for each in chosen}:
            chosen.append(option)
    chosen += [option for option in found if option not in chosen]
    return tuple(chosen[:OPTIONS])


def _of(s: Situation, choice: Choice, *, first: bool) -> list[Option]:
    """The best activity of each skill among a choice's alternatives, best first."""
    c, leaning, out = s.curriculum, towards(s), list[Option]()
    shares: dict[str, float] = {}
    for each in choice.alternatives:
        shares[each.skill] = shares.get(each.skill, 0.0) + each.probability
    for skill in shares:
        mine = [each for each in choice.alternatives if each.skill == skill]
        taken = max(mine, key=lambda each: each.value)
        number, place = c.activity_of(taken.activity), c.skill_number[skill]
        code, other = explain(s, place, -1, leaning)
        reason = card_reason(s, code, number) or why(code, c, s.profile, place, number, other)
        if taken == choice.alternatives[choice.chosen]:
            code, reason = choice.reason_code, choice.reason
        items = c.activity_items[c.activity_items_at[number] : c.activity_items_at[number + 1]]
        predicted = float(np.mean(s.model.predict(s.belief, c, items)))
        share = shares[skill] if first else 0.0
        out.append(Option(taken.activity, skill, code, reason, taken.value, share, predicted, _opens(s, place)))
    return out


def _opens(s: Situation, skill: int) -> tuple[int, ...]:
    """The skills that build on this one and are not mastered, where this one is not yet sound."""
    c, rows, states = s.curriculum, s.belief.row, s.profile.state.skills
    solve = 1.0 / (1.0 + np.exp(c.base[skill] - s.belief.mean[skill]))
    if solve >= READY:
        return ()
    after: list[int] = c.after[c.after_at[skill] : c.after_at[skill + 1]].tolist()
    return tuple(
        n
        for n in after
        if c.skill_activities_at[n] < c.skill_activities_at[n + 1]
        and (rows[n] < 0 or states[rows[n]]["mastered_at"] == 0.0)
    )
