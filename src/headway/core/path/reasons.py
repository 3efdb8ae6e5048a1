"""Why this activity: short sentences that a ten-year-old can read."""

from __future__ import annotations

from headway.core.curriculum.catalogue import Curriculum
from headway.core.profile.profile import Profile
from headway.core.text import T, Text

LEANING = ("goal", "asked", "chosen")
"""Codes of what is leaned towards, see ``leaning``."""


def title(curriculum: Curriculum, skill: int) -> Text:
    """Return a skill's title, to be translated."""
    return Text(curriculum.skills[skill].title)


def why(code: str, curriculum: Curriculum, profile: Profile, skill: int, activity: int, other: int = -1) -> Text:
    """Return the reason in words. ``other`` is the prerequisite or the hard skill that the code speaks of."""
    name = title(curriculum, skill)
    if code == "pinned":
        return T("Your teacher picked “{skill}” for you.", skill=name)
    if code == "playlist":
        return T("Your teacher made a list for you. “{skill}” is next on it.", skill=name)
    if code in LEANING:
        return _leaning(code, name, title(curriculum, other) if other not in (-1, skill) else None)
    if code == "planned":
        return T("“{skill}” is part of your plan right now.", skill=name)
    if code == "review":
        return T("You learned “{skill}” a while ago. Let's see if you still have it.", skill=name)
    if code == "drop-back":
        return T(
            "“{hard}” was tricky just now. “{skill}” is part of it, so let's make that strong first.",
            hard=title(curriculum, other),
            skill=name,
        )
    if code == "cause":
        return T(
            "“{hard}” was tricky. It builds on “{skill}”, so let's make that strong first.",
            hard=title(curriculum, other),
            skill=name,
        )
    if code == "come-back":
        return T(
            "You can do “{before}” now. That is what you need to try “{skill}” again.",
            before=title(curriculum, other),
            skill=name,
        )
    if code == "easier":
        return T("“{skill}” was tricky just now. Here is an easier one to get going again.", skill=name)
    if code == "refresh":
        return T("You have mastered all that is open to you now. This keeps “{skill}” fresh.", skill=name)
    if code == "sequence":
        return T("“{skill}” comes next in your course.", skill=name)
    if code == "new":
        if other >= 0:
            return T(
                "You are good at “{before}”. That makes you ready for something new: “{skill}”.",
                before=title(curriculum, other),
                skill=name,
            )
        return T("Here is something new that you are ready for: “{skill}”.", skill=name)
    return _continue(curriculum, profile, skill, activity)


def _leaning(code: str, name: Text, goal: Text | None) -> Text:
    """Why a skill is leaned towards; ``goal`` is the skill that it makes ready, None where it is the one that was named."""
    if goal is None:
        if code == "goal":
            return T("“{skill}” is part of your goal.", skill=name)
        if code == "asked":
            return T("Your teacher would like you to do more of “{skill}”.", skill=name)
        return T("You chose “{skill}” today.", skill=name)
    if code == "goal":
        return T("“{goal}” is part of your goal. “{skill}” is a step on the way there.", goal=goal, skill=name)
    if code == "asked":
        return T(
            "Your teacher would like you to do “{goal}”. “{skill}” is a step on the way there.", goal=goal, skill=name
        )
    return T("You chose “{goal}” today. “{skill}” is a step on the way there.", goal=goal, skill=name)


def _continue(curriculum: Curriculum, profile: Profile, skill: int, activity: int) -> Text:
    rows = profile.state.skills
    at = int(rows["key"].searchsorted(curriculum.keys[skill]))
    n = min(int(rows[at]["n"]), 5)
    right = (int(rows[at]["pattern"]) & ((1 << n) - 1)).bit_count()
    name, level = title(curriculum, skill), int(curriculum.activity_level[activity])
    if n == 1:
        return T("You have just begun “{skill}”. One more to see how it goes.", skill=name)
    if level >= 3:
        return T(
            "You solved {right} of your last {n} problems in “{skill}”. This one goes a step further.",
            right=right,
            n=n,
            skill=name,
        )
    if level == 1:
        return T(
            "You solved {right} of your last {n} problems in “{skill}”. This one helps to build it up.",
            right=right,
            n=n,
            skill=name,
        )
    return T(
        "You solved {right} of your last {n} problems in “{skill}”. This one brings you closer to mastering it.",
        right=right,
        n=n,
        skill=name,
    )
