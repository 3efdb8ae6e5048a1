"""What a district wants, as data: an outcome of some facet, its measure, the level that counts as there, goals with days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import isfinite
from typing import Any, Literal

from headway.core.text import T, Text

FACETS: dict[str, Text] = {
    "college": T("Ready for college"),
    "career": T("Ready for work and life"),
    "growth": T("Growth"),
    "engagement": T("Engagement"),
    "attendance": T("Attendance"),
    "skills": T("Skills beyond the subjects"),
}
"""The sides of readiness that an outcome can belong to, in the order in which pages show them."""
LONGEST, MOST_GOALS = 300, 8


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of measure: what it ``says``, its ``unit``, what its ``names`` are ("subject", "test", "criterion", "" for none),
    and the ``days`` of evidence that one reading looks back on."""

    says: Text
    unit: Text
    names: str
    days: int


KINDS: dict[str, Kind] = {
    "ability": Kind(
        T("What learners can solve, from their daily answers"), T("points on the scale of practice"), "subject", 28
    ),
    "growth": Kind(
        T("How far they have come in twelve weeks, from their daily answers"),
        T("points on the scale of practice in twelve weeks"),
        "subject",
        112,
    ),
    "mastered": Kind(T("How many skills they reached in twelve weeks"), T("skills"), "subject", 84),
    "screening": Kind(T("The score of the newest screening"), T("points on the scale of practice"), "", 370),
    "test": Kind(T("The newest score of a test that was brought in"), T("points of the test"), "test", 370),
    "credit": Kind(T("Credit that was granted"), T("credits"), "", 36_500),
    "attendance": Kind(T("Classes attended of those marked in twelve weeks"), T("percent"), "", 84),
    "days": Kind(T("Days of practice a week in four weeks"), T("days a week"), "", 28),
    "rubric": Kind(T("Steps shown in projects in a year"), T("steps of the rubric"), "criterion", 370),
}
"""What can be measured. All but ``test`` come from Headway's own evidence."""
BETTER = ("higher", "lower")


@dataclass(frozen=True, slots=True)
class Goal:
    """That ``share`` percent of the learners are there by ``day`` (days since 1970)."""

    day: int
    share: float


@dataclass(frozen=True, slots=True)
class Aim:
    """An outcome that a district wants. ``code`` names it for good; ``kind`` and ``name`` say how it is measured; a learner is
    *there* from ``bar`` on, upwards or downwards as ``better`` says; ``goals`` by day, the last one at the horizon."""

    code: str
    title: str
    facet: str
    kind: str
    name: str
    better: Literal["higher", "lower"]
    bar: float
    goals: tuple[Goal, ...]
    about: str = ""

    @property
    def measure(self) -> str:
        """What has to be read for it: outcomes with the same measure share their readings."""
        return f"{self.kind}:{self.name}"

    def to_json(self) -> dict[str, Any]:
        """What is kept of it."""
        return asdict(self)


def aim_from_json(body: Mapping[str, Any]) -> Aim:
    """Decode what :meth:`Aim.to_json` wrote."""
    return Aim(**{**body, "goals": tuple(Goal(**each) for each in body["goals"])})


Fault = tuple[str, Text]
"""The field that is wrong, and how to mend it."""


def faults(aim: Aim, *, subjects: Sequence[str], tests: Sequence[str], criteria: Sequence[str]) -> list[Fault]:
    """What keeps an aim from being taken: each fault with its field. A test that has no scores yet may be named all the same when
    ``tests`` is empty, as its scores may come later."""
    words = {"code": aim.code, "title": aim.title, "name": aim.name, "about": aim.about}
    out = [(field, T("is empty. Write it down.")) for field in ("code", "title") if not words[field].strip()]
    out += [
        (field, T("is longer than {most} characters. Shorten it.", most=LONGEST))
        for field, said in words.items()
        if len(said) > LONGEST
    ]
    if aim.facet not in FACETS:
        out.append(("facet", T("is none of {known}. Choose one of them.", known=", ".join(FACETS))))
    if aim.better not in BETTER:
        out.append(("better", T("is neither higher nor lower. Choose one of them.")))
    if not isfinite(aim.bar):
        out.append(("bar", T("is not a number. Write one on the scale of the measure.")))
    out += _measure_faults(aim, {"subject": subjects, "test": tests, "criterion": criteria})
    return out + _goal_faults(aim.goals)


def _measure_faults(aim: Aim, known: Mapping[str, Sequence[str]]) -> list[Fault]:
    kind = KINDS.get(aim.kind)
    if kind is None:
        return [("measure", T("is none of {known}. Choose one of them.", known=", ".join(KINDS)))]
    if not kind.names:
        return [("name", T("stands beside a measure that has no name. Leave it empty."))] if aim.name else []
    if kind.names == "test":
        return [] if aim.name.strip() else [("name", T("is empty. Write the name of the test."))]
    if aim.name and aim.name not in known[kind.names]:
        names = ", ".join(known[kind.names][:20]) or "–"
        return [("name", T("is not known here. There are: {known}. Empty means all of them.", known=names))]
    return []


def _goal_faults(goals: Sequence[Goal]) -> list[Fault]:
    if not 1 <= len(goals) <= MOST_GOALS:
        return [("goals", T("needs one to {most} goals, each a day and a share.", most=MOST_GOALS))]
    if any(not 0.0 < each.share <= 100.0 for each in goals):
        return [("goals", T("has a share that is not above 0 and up to 100 percent. Correct it."))]
    if any(later.day <= early.day for early, later in pairwise(goals)):
        return [("goals", T("has days that are not in order. Write the earlier goal first."))]
    return []


def due(aim: Aim, day: int) -> Goal:
    """The goal that counts on a day: the next one to come, or the last one when all days are past."""
    return next((each for each in aim.goals if each.day >= day), aim.goals[-1])
