"""What another system says that a learner can do (or cannot): a reason to look, with one problem of the skill on the path.

The row of the plan has the effect ``check-activity``; its value holds who says what, so that the reason can be told in words to
whoever meets the problem, and told again when the decision is replayed.
"""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.curriculum.activities import ActivityInfo
from headway.core.curriculum.catalogue import Curriculum, stable_key
from headway.core.text import T, Text

CHECK_FOR = 14 * 86400.0
"""Seconds for which the plan brings the problem."""
LATELY = 28 * 86400.0
"""Seconds for which what happened elsewhere is a reason to look."""
MOST = 3
"""Problems that wait on one path at a time because of what others say."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``source`` says that the learner ``can`` do, or cannot do, the skill of an activity."""

    activity: str
    source: str
    can: bool


def claim_value(claim: Claim) -> str:
    """The value of the plan row.

    >>> claim_of(claim_value(Claim("gen:6.RP.A.1:a", "Khan | Academy", True)))
    Claim(activity='gen:6.RP.A.1:a', source='Khan / Academy', can=True)
    """
    return f"{'can' if claim.can else 'cannot'}|{claim.source.replace('|', '/')}|{claim.activity}"


def claim_of(value: str) -> Claim:
    """What a value says. Raises ValueError for one that :func:`claim_value` did not write."""
    says, _, rest = value.partition("|")
    source, _, activity = rest.partition("|")
    if says not in ("can", "cannot") or not source or not activity:
        raise ValueError(f"check-activity needs who says what of which activity, not {value!r}")
    return Claim(activity, source, says == "can")


def claimed(claim: Claim, skill: Text) -> Text:
    """The reason, to the learner."""
    if claim.can:
        return T("{source} says that you did well on “{skill}”. Show it here.", source=claim.source, skill=skill)
    return T(
        "{source} says that “{skill}” did not go well there. Show here how it is now.", source=claim.source, skill=skill
    )


def disagrees(can: bool | None, solid: bool) -> bool:
    """Whether what another system says is a reason to look: it says the other thing than the ledger here."""
    return can is not None and can != solid


def check_for(curriculum: Curriculum, skill: str, recent: frozenset[int]) -> str:
    """Return the activity that shows it: of the middle level, not given lately (stable keys); "" where the skill has none."""
    number = curriculum.skill_number.get(skill)
    if number is None:
        return ""
    at = curriculum.skill_activities_at
    mine = [curriculum.activities[n] for n in curriculum.skill_activities[at[number] : at[number + 1]].tolist()]
    found: list[ActivityInfo] = sorted(mine, key=lambda a: (stable_key(a.id) in recent, abs(a.level - 2), a.id))
    return found[0].id if found else ""
