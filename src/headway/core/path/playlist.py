"""Playlists: skills and activities that a person has put in order for a learner.

An entry is an activity's identifier, or a skill with the number of first answers at which it is done: ``6.RP.A.1=17`` is for
somebody who had answered 12 and shall do five more. A mastered skill is done as well. So what is next can be told from the
profile alone, and replay tells the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from headway.core.curriculum.catalogue import Curriculum, stable_key
from headway.core.profile.profile import Profile

MOST = 12
"""Entries of one list at most."""


def entry(skill: str, until: int) -> str:
    """Write the entry of a skill: practise it until it has ``until`` first answers."""
    return f"{skill}={until}"


def parsed(text: str) -> tuple[str, int]:
    """Return what an entry names, and the answers at which it is done (0: an activity).

    >>> parsed("6.RP.A.1=17"), parsed("gen:fractions-add")
    (('6.RP.A.1', 17), ('gen:fractions-add', 0))
    """
    name, _, until = text.rpartition("=")
    return (name, int(until)) if name and until.isdecimal() else (text, 0)


def left_of(entries: Sequence[str], profile: Profile, curriculum: Curriculum) -> list[str]:
    """Return the entries that are still to be done, in order; what the curriculum does not have is passed over."""
    recent = set(profile.recent["activity"].tolist())
    left: list[str] = []
    given = False
    for text in reversed(entries):
        name, until = parsed(text)
        if until:
            number = curriculum.skill_number.get(name, -1)
            done = number < 0 or _done(profile, curriculum, number, until)
        else:
            activity = curriculum.activity_of(name)
            done = activity < 0 or given or stable_key(curriculum.activities[activity].id) in recent
            given = given or (
                activity >= 0 and done
            )  # an activity is remembered for a while; the ones before it came earlier
        if not done:
            left.insert(0, text)
    return left


def _done(profile: Profile, curriculum: Curriculum, skill: int, until: int) -> bool:
    rows = profile.state.skills
    at = int(rows["key"].searchsorted(curriculum.keys[skill]))
    if at >= len(rows) or rows[at]["key"] != curriculum.keys[skill]:
        return False
    return bool(rows[at]["n"] >= until or rows[at]["mastered_at"] > 0.0)
