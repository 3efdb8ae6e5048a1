"""What the loop knows of one learner between two responses. A frozen value; folding a fact in gives a new one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import grade_level
from headway.core.mastery.cards import NO_CARDS, Cards
from headway.core.mastery.detectors.habits import NO_HABITS, Habits
from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.mastery.state import State
from headway.core.profile.suspicion import Suspect

RECENT = np.dtype([("activity", "<u8"), ("skill", "<u8")])
"""Stable keys of a catalogue activity and of its skill."""
REMEMBERED = 24
"""How many finished or left activities are remembered, newest last."""

NO_RECENT: NDArray[np.void] = np.zeros(0, RECENT)
NO_RECENT.flags.writeable = False


@dataclass(frozen=True, slots=True)
class Current:
    """Where the learner stands: the concrete activity ("" for none), the step's index from 0, the attempt that comes
    next (from 1), hints opened on this step's answered attempts, and since when the activity is open."""

    activity: str = ""
    step: int = 0
    attempt: int = 1
    hints: int = 0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Today:
    """Counters of one local day. ``day`` is the day's number since 1970 in local time; ``responses`` counts every
    answer, ``tried`` and ``right`` first attempts and those of them right without help, ``activities`` finished ones,
    ``rapid`` wrong answers faster than anyone can read the question, ``corrected`` own mistakes mended without help;
    ``away`` is the time between the last answer before today and the first of today (0: there was none before)."""

    day: int = -1
    responses: int = 0
    tried: int = 0
    right: int = 0
    activities: int = 0
    seconds: float = 0.0
    hints: int = 0
    rapid: int = 0
    corrected: int = 0
    away: float = 0.0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the teacher's board looks at.

    ``wrong_run`` counts first attempts wrong in a row on ``skill``, whatever other skills came between.
    ``stuck_since`` is when the present struggle began (0: none): it begins with a wrong answer and ends with a right
    one, through whatever skills the path leads meanwhile, and ``wrong`` counts the wrong answers in it. ``rapid_run``
    counts rapid wrong answers in a row; ``misconception`` is the last one seen in the present struggle; ``habits`` is how
    somebody has been answering today (:mod:`headway.core.mastery.detectors.habits`).
    """

    skill: str = ""
    wrong_run: int = 0
    stuck_since: float = 0.0
    rapid_run: int = 0
    misconception: str = ""
    last_at: float = 0.0
    wrong: int = 0
    habits: Habits = NO_HABITS


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One learner. ``state`` is the learner model's; ``recent`` holds the last activities (RECENT, newest last);
    ``responses`` and ``activities`` count since the beginning; ``suspects`` are the live misconceptions, likeliest first;
    ``cards`` what is remembered of each fact card that was seen (:mod:`headway.core.mastery.cards`)."""

    learner: str
    grade: str
    interests: tuple[str, ...]
    state: State
    current: Current = Current()
    today: Today = Today()
    behaviour: Behaviour = Behaviour()
    responses: int = 0
    activities: int = 0
    recent: NDArray[np.void] = field(default_factory=lambda: NO_RECENT)
    suspects: tuple[Suspect, ...] = ()
    cards: Cards = field(default_factory=lambda: NO_CARDS)


def moved(profile: Profile, current: Current, recent: NDArray[np.void] | None = None) -> Profile:
    """Return the profile at another place. (Spelled out, because ``dataclasses.replace`` costs 7 us a call.)"""
    p = profile
    return Profile(
        p.learner,
        p.grade,
        p.interests,
        p.state,
        current,
        p.today,
        p.behaviour,
        p.responses,
        p.activities,
        p.recent if recent is None else recent,
        p.suspects,
        p.cards,
    )


def finished(profile: Profile) -> Profile:
    """Return the profile with one more finished activity, today and in all."""
    p, t = profile, profile.today
    today = Today(
        t.day,
        t.responses,
        t.tried,
        t.right,
        t.activities + 1,
        t.seconds,
        t.hints,
        t.rapid,
        t.corrected,
        t.away,
    )
    return Profile(
        p.learner,
        p.grade,
        p.interests,
        p.state,
        p.current,
        today,
        p.behaviour,
        p.responses,
        p.activities + 1,
        p.recent,
        p.suspects,
        p.cards,
    )


def new_profile(learner: str, *, grade: str, interests: tuple[str, ...] = (), model: str = DEFAULT_MODEL) -> Profile:
    """Return the profile of a learner of whom only the grade and the interests are known.

    Raises ValueError for an unknown grade, KeyError for an unknown model.
    """
    return Profile(learner, grade, interests, MODELS[model].initial(grade_level(grade)))
