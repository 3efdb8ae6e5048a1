"""Reading activities elsewhere: what may be chosen, what is on a list, and what was done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from headway.core.curriculum.outside import Outside
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.text import T
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.outside.actions import NOT_THERE, NotThere, described_by
from headway.school.path.outside.models import OutsideActivity, OutsideEvent, OutsideGiven
from headway.school.path.outside.reach import lists_of, may_change, reached_by, seen_by
from headway.school.people.access import Viewer
from headway.school.people.models import Person, Section
from headway.standards.alignment import Suggestion, suggest

MOST = 200
"""Activities that a list shows."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as adults know it. ``mine``: the viewer may change it; ``by`` is empty for the command line."""

    id: UUID
    what: Outside
    by: str
    mine: bool
    retired: bool
    at: float


@dataclass(frozen=True, slots=True)
class OnList:
    """An activity on the list of a section, or of ``learner`` alone; who opened it and who says it is done, with the moment, and
    the minutes that each learner has spent with it by their own word."""

    given: UUID
    activity: Activity
    learner: Person | None
    by: str
    why: str
    at: float
    opened: dict[UUID, float]
    done: dict[UUID, float]
    minutes: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class ForLearner:
    """An activity as its learner meets it. ``by`` chose it, ``why`` is what they said; ``opened_at`` and ``done_at`` are the last
    moments, 0 for never."""

    id: UUID
    what: Outside
    by: str
    why: str
    at: float
    opened_at: float
    done_at: float


@dataclass(frozen=True, slots=True)
class Did:
    """One time that a learner opened an activity or said that it was done."""

    activity: UUID
    what: str
    title: str
    address: str
    minutes: int
    at: float


def activities_for(viewer: Viewer, *, skill: str = "", words: str = "", retired: bool = False) -> list[Activity]:
    """What an adult may choose from, the newest first; ``skill`` and ``words`` of the title narrow it. One query."""
    rows = seen_by(viewer).filter(retired_at__isnull=not retired)
    if skill:
        rows = rows.filter(skills__contains=[skill])
    for word in words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    return [_activity(row, viewer) for row in rows.select_related("by").order_by("-at", "id")[:MOST]]


def activity_for(viewer: Viewer, activity: UUID) -> Activity:
    """One of them, retired or not. Raises NotThere."""
    row = seen_by(viewer).filter(id=activity).select_related("by").first()
    if row is None:
        raise NotThere(T("There is no such activity here. Choose one of the list."))
    return _activity(row, viewer)


def for_section(viewer: Viewer, section: Section, learners: Iterable[Person]) -> list[OnList]:
    """What is on the lists of a section and of its learners, the newest first, with who opened it. Two queries. The caller has
    passed ``access_section``."""
    people = {person.id: person for person in learners}
    rows = OutsideGiven.objects.filter(
        Q(section=section) | Q(learner__in=people), ended_at=None, activity__retired_at=None
    )
    given = list(rows.select_related("activity__by", "by").order_by("-at", "id")[:MOST])
    events = OutsideEvent.objects.filter(activity__in={row.activity_id for row in given}, learner__in=people)
    found: dict[tuple[str, UUID], dict[UUID, float]] = {}
    spent: dict[UUID, dict[UUID, int]] = {}
    for what, activity, learner, at, minutes in events.order_by("at").values_list(
        "what", "activity", "learner", "at", "minutes"
    ):
        found.setdefault((what, activity), {})[learner] = at
        mine = spent.setdefault(activity, {})
        mine[learner] = mine.get(learner, 0) + minutes
    out = []
    for row in given:
        opened, done = (found.get((what, row.activity_id), {}) for what in ("opened", "done"))
        only = {row.learner_id} if row.learner_id else set(people)
        whose = people.get(row.learner_id) if row.learner_id else None
        out.append(
            OnList(
                row.id, _activity(row.activity, viewer), whose, row.by.name, row.why, row.at,
                {key: at for key, at in opened.items() if key in only}, {key: at for key, at in done.items() if key in only},
                {key: n for key, n in spent.get(row.activity_id, {}).items() if key in only},
            )
        )  # fmt: skip
    return out


def for_learner(learner: Person, *, skill: str = "", most: int = 20) -> list[ForLearner]:
    """What is on a learner's list, their own before their sections', the newest first; with ``skill`` what is on it for that
    skill, and then what is shared in their school for it. Three queries at most."""
    rows = reached_by(learner).select_related("by")
    rows = rows.filter(skills__contains=[skill]) if skill else rows.filter(id__in=lists_of(learner).values("activity"))
    reached = {row.id: row for row in rows.order_by("-at", "id")[:MOST]}
    if not reached:
        return []
    lists = lists_of(learner).filter(activity__in=reached).select_related("by")
    given: dict[UUID, OutsideGiven] = {}
    for row in lists.order_by("learner_id", "-at", "id"):
        given.setdefault(row.activity_id, row)
    order = [*given, *(key for key in reached if key not in given)][:most]
    last = last_events(learner.id, order)
    return [_for_learner(reached[key], given.get(key), last) for key in order]


def one_for_learner(learner: Person, activity: UUID) -> ForLearner:
    """One activity that a learner may open. Raises NotThere."""
    row = reached_by(learner).filter(id=activity).select_related("by").first()
    if row is None:
        raise NotThere(NOT_THERE)
    given = lists_of(learner).filter(activity=row).select_related("by")
    return _for_learner(row, given.order_by("learner_id", "-at").first(), last_events(learner.id, [row.id]))


def did_of(learner: UUID, *, since: float = 0.0, most: int = 50) -> list[Did]:
    """What a learner opened and did elsewhere, the newest first. One query. The caller has checked access."""
    rows = OutsideEvent.objects.filter(learner_id=learner, at__gte=since).order_by("-at", "id")[:most]
    return [Did(row.activity_id, row.what, row.title, row.address, row.minutes, row.at) for row in rows]


def last_events(learner: UUID, activities: Iterable[UUID]) -> dict[tuple[UUID, str], float]:
    """(Activity, ``opened`` or ``done``) -> the last moment. One query."""
    rows = OutsideEvent.objects.filter(learner_id=learner, activity__in=list(activities)).order_by("at")
    return {(activity, what): at for activity, what, at in rows.values_list("activity", "what", "at")}


def _activity(row: OutsideActivity, viewer: Viewer) -> Activity:
    by = row.by.name if row.by else ""
    return Activity(row.id, described_by(row), by, may_change(viewer, row), row.retired_at is not None, row.at)


def _for_learner(row: OutsideActivity, given: OutsideGiven | None, last: dict[tuple[UUID, str], float]) -> ForLearner:
    by = given.by.name if given else row.by.name if row.by else ""
    opened, done = (last.get((row.id, what), 0.0) for what in ("opened", "done"))
    return ForLearner(
        row.id, described_by(row), by, given.why if given else "", given.at if given else row.at, opened, done
    )


def suggested(district: UUID, titles: Mapping[str, str]) -> dict[str, tuple[Suggestion, ...]]:
    """Name -> up to three skills of the district whose words its title shares most, the best first. A person confirms."""
    try:
        curriculum = curriculum_of(district)
    except NoCurriculum:
        return {}
    foreign = [Skill(name, title, "", "", "", "") for name, title in titles.items()]
    found: dict[str, tuple[Suggestion, ...]] = {}
    for one in suggest(foreign, SkillGraph(curriculum.skills, ())):
        found[one.skill] = (*found.get(one.skill, ()), one)
    return found
