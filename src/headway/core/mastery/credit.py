"""When mastery counts for credit: rule ``credit-1``, on top of the criterion of the ledger.

A skill counts when three things are on record since it was last lost: it was *reached* (probability over the threshold, criterion
``mastery-1``), a *delayed check* was solved without help (``confirmed`` in the ledger, the first one four days later at the
earliest), and *transfer* was shown where the skill has it: a right first answer without help to a problem that goes a step
further (level 3). A contest holds it until a re-check is over; one that did not go well holds it until the ledger confirms or
reaches the skill again. Everything is a function of append-only rows, so replay gives the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.curriculum.activities import ActivityInfo
from headway.core.curriculum.catalogue import Curriculum, stable_key
from headway.core.events import MasteryEntry
from headway.core.text import T, Text

RULE = "credit-1"
FURTHER = 3
"""The level of an activity that goes a step further."""
CHECK_SIZE, CHECK_NEEDS = 3, 2
"""Problems of a re-check, and how many of them must be right at the first try without help."""

State = Literal["counts", "check", "transfer", "contested", "failed", "open"]


@dataclass(frozen=True, slots=True)
class Recheck:
    """A contest of a skill and what came of it: ``right`` of ``of`` first answers (``of`` 0 while it is under way). Times are
    seconds since 1970, ``ended_at`` 0 while it is under way."""

    skill: str
    at: float
    right: int = 0
    of: int = 0
    ended_at: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the re-check is over and went well."""
        return self.of > 0 and self.right >= CHECK_NEEDS


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a skill stands for credit. ``state``: it ``counts``; a delayed ``check`` or ``transfer`` is still missing; it is
    ``contested`` and the re-check is under way; the re-check ``failed``; or it is ``open``, not reached yet. Times are 0 where
    the thing is missing; ``since`` is from when it counts."""

    skill: str
    state: State
    reached_at: float = 0.0
    checked_at: float = 0.0
    transferred_at: float = 0.0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkAsked:
    """What a course asks a project to show: ``competency`` in words, a rubric's code, a criterion's key, the step (from 1)."""

    competency: str
    rubric: str
    criterion: str
    level: int


def standing(
    skill: str,
    entries: Iterable[MasteryEntry],
    transfers: Sequence[float],
    rechecks: Iterable[Recheck] = (),
    *,
    has_transfer: bool = True,
) -> Standing:
    """Return where a skill stands. ``entries`` are its lines of the ledger, ``transfers`` the times of right first answers
    without help to problems that go a step further, in any order."""
    reached = checked = lost = 0.0
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.kind == "lost":
            reached, checked, lost = 0.0, 0.0, entry.at
        elif entry.kind == "reached":
            reached = entry.at
        elif entry.kind == "confirmed" and reached:
            checked = checked or entry.at
    moved = min((at for at in transfers if at > lost), default=0.0)
    if not reached:
        return Standing(skill, "open", transferred_at=moved)
    since = max(reached, checked, moved if has_transfer else 0.0)
    state: State = "counts"
    if not checked:
        state = "check"
    elif has_transfer and not moved:
        state = "transfer"
    newest = max(rechecks, key=lambda each: each.at, default=None)
    if newest is not None and newest.at > lost:
        state, since = _held(newest, state, since, entries)
    return Standing(skill, state, reached, checked, moved, since if state == "counts" else 0.0)


def _held(recheck: Recheck, state: State, since: float, entries: Iterable[MasteryEntry]) -> tuple[State, float]:
    """What a contest makes of a standing."""
    if not recheck.of:
        return "contested", since
    if recheck.passed:
        return state, max(since, recheck.ended_at)
    after = [e.at for e in entries if e.kind in ("confirmed", "reached") and e.at > recheck.ended_at]
    return (state, max(since, min(after))) if after else ("failed", since)


def further(curriculum: Curriculum, skill: str) -> tuple[str, ...]:
    """Return the items of a skill's activities that go a step further; empty where the skill has no transfer."""
    return tuple(
        item.id for activity in _activities(curriculum, skill) if activity.level == FURTHER for item in activity.items
    )


def recheck_activities(curriculum: Curriculum, skill: str, recent: frozenset[int]) -> tuple[str, ...]:
    """Choose the problems of a re-check: not given lately (stable keys), one that goes a step further among them where
    there is one, each another activity."""
    found = sorted(_activities(curriculum, skill), key=lambda a: (stable_key(a.id) in recent, -a.level, a.id))
    if not found:
        return ()
    rest = sorted(found[1:], key=lambda a: (stable_key(a.id) in recent, abs(a.level - 2), a.id))
    return tuple(activity.id for activity in (found[0], *rest)[:CHECK_SIZE])


def complete(skills: Sequence[str], standings: dict[str, Standing]) -> bool:
    """Say whether every skill counts: then credit may be granted, at any time of the year."""
    return bool(skills) and all(skill in standings and standings[skill].state == "counts" for skill in skills)


def standing_said(found: Standing, title: Text, day: str = "") -> Text:
    """Say it in one sentence; ``day`` is since when it counts."""
    if found.state == "counts":
        return T(
            "“{skill}” counts since {day}: it was reached, it was still there in a later check, and it held in a harder problem.",
            skill=title,
            day=day,
        )
    if found.state == "check":
        return T("“{skill}” is reached. It counts when a check some days later is solved without help.", skill=title)
    if found.state == "transfer":
        return T(
            "“{skill}” is reached and checked. It counts when a harder problem is right at the first try.", skill=title
        )
    if found.state == "contested":
        return T("“{skill}” is being looked at again. Three problems on the path will show how it is.", skill=title)
    if found.state == "failed":
        return T(
            "“{skill}” did not hold when it was looked at again. It counts when practice shows it anew.", skill=title
        )
    return T("“{skill}” is not reached yet.", skill=title)


def _activities(curriculum: Curriculum, skill: str) -> list[ActivityInfo]:
    number = curriculum.skill_number.get(skill)
    if number is None:
        return []
    at = curriculum.skill_activities_at
    return [curriculum.activities[n] for n in curriculum.skill_activities[at[number] : at[number + 1]].tolist()]
