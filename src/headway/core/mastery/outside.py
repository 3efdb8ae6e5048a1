"""What another system says of a learner: a course, a simulator, a tool. Who says it, of what, when, and with which result.

It is shown, it counts as time, and it can be contested. It gives neither mastery nor credit and moves no estimate of ability:
nobody here saw the question, how hard it was, or with whose help it was solved. Where it says that a learner can do a skill (or
cannot) and the estimate here says otherwise, it is a reason to look: the path brings one problem of the skill.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from headway.core.text import T, Text

MOST_MINUTES = 240.0
"""Minutes of one result that count: a window that was left open overnight is no work."""
WELL, BADLY = 0.8, 0.5
"""Where nothing is said of success: from this scaled score on it went well, below that one it did not. Between them it says
nothing about a skill."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A result of another system. ``scaled`` from -1 to 1 and ``success`` are None where it does not say; ``minutes`` is 0
    there; ``skill`` is "" until a person has said which one it is. ``happened`` is when, by the source, ``at`` when it came in,
    in seconds since 1970. ``refused_by`` is the adult who said that it does not count, with ``words``; "" for nobody."""

    id: str
    source: str
    activity: str
    title: str
    skill: str
    success: bool | None
    scaled: float | None
    minutes: float
    happened: float
    at: float
    refused_by: str = ""
    words: str = ""

    @property
    def counts(self) -> bool:
        """Whether nobody has refused it."""
        return not self.refused_by


def went_well(success: bool | None, scaled: float | None) -> bool | None:
    """Return whether a result says that it went well; None where it says neither.

    >>> went_well(None, 0.9), went_well(False, 0.9), went_well(None, 0.6), went_well(None, None)
    (True, False, None, None)
    """
    if success is not None or scaled is None:
        return success
    return True if scaled >= WELL else False if scaled < BADLY else None


def fault(scaled: float | None, minutes: float | None, happened: float, now: float) -> Text | None:
    """What keeps a result from being written down, None if nothing does."""
    if scaled is not None and not -1.0 <= scaled <= 1.0:
        return T("The scaled score of a result must be a number from -1 to 1.")
    if minutes is not None and not (math.isfinite(minutes) and minutes >= 0.0):
        return T("The minutes of a result must be a number from 0.")
    if not 0.0 < happened <= now + 86400.0:
        return T("The time of a result must not lie in the future.")
    return None


def sentence(each: Outside, title: Text) -> Text:
    """The line of the ledger and of the profile; ``title`` is the skill's where there is one, else the activity's."""
    well, minutes = went_well(each.success, each.scaled), round(each.minutes)
    score = round(100 * each.scaled) if each.scaled is not None else None
    if well is not None and score is not None:
        said = (
            T("{source} says: “{what}” went well, {score} of 100.", source=each.source, what=title, score=score)
            if well
            else T(
                "{source} says: “{what}” did not go well yet, {score} of 100.",
                source=each.source,
                what=title,
                score=score,
            )
        )
    elif well is not None:
        said = (
            T("{source} says: “{what}” went well.", source=each.source, what=title)
            if well
            else T("{source} says: “{what}” did not go well yet.", source=each.source, what=title)
        )
    elif score is not None:
        said = T("{source} says: “{what}”, {score} of 100.", source=each.source, what=title, score=score)
    else:
        said = T("{source} says: “{what}” was done.", source=each.source, what=title)
    return T("{said} Time: {minutes} min.", said=said, minutes=minutes) if minutes >= 1 else said
