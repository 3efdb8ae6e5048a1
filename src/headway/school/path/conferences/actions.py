"""Holding a conference. Agreed steps change the plan through the room's own actions, and are written down beside them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from headway.core.path.conferences import AGREED, Packet, packet_to_json
from headway.core.path.projection import Projection
from headway.core.text import T, Text, text_to_json, verbatim
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import BadWish, end_wish, set_daily_goal, wish
from headway.school.path.conferences.models import Conference, ConferenceLine, Preparation
from headway.school.path.goals import BadGoal, end_goal, set_goal
from headway.school.path.models import Goal
from headway.school.people.models import Person

LONGEST = 600
"""Characters of an answer or a note."""
SITTING = 12 * 3600.0
"""Seconds for which a talk that was begun and not ended is still the same talk."""
STEPS = ("goal", "pin", "time", "note")
"""Kinds of lines that were agreed; who has the learner in their family reads them."""


class NotAgreed(ValueError):
    """The step cannot be agreed on as it is; ``text`` says to the person why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def prepare(*, learner: Person, by: Person, role: str, well: str, hard: str, want: str, now: float) -> Preparation:
    """Write down what the learner, or the family, brings to the next conference. Raises NotAgreed where all is empty."""
    words = [" ".join(each.split())[:LONGEST] for each in (well, hard, want)]
    if role not in ("learner", "family") or not any(words):
        raise NotAgreed(T("Write a few words first."))
    return Preparation.objects.create(
        district_id=learner.district_id,
        learner=learner,
        by=by,
        role=role,
        well=words[0],
        hard=words[1],
        want=words[2],
        at=now,
    )


@transaction.atomic
def begin(*, learner: Person, by: Person, packet: Packet, now: float) -> Conference:
    """Begin a conference, with the packet as it is now; one that the same adult has begun today and not ended goes on."""
    Person.objects.select_for_update(no_key=True).get(id=learner.id)  # two taps at once begin one talk
    recent = Conference.objects.filter(learner=learner, by=by, at__gt=now - SITTING).order_by("-at").first()
    if recent is not None and not is_over(recent):
        return recent
    return Conference.objects.create(
        district_id=learner.district_id, learner=learner, by=by, packet=packet_to_json(packet), at=now
    )


def is_over(conference: Conference) -> bool:
    """Whether the talk has been ended."""
    return ConferenceLine.objects.filter(conference=conference, kind="end").exists()


@transaction.atomic
def agree_skill(*, conference: Conference, by: Person, skill: str, now: float) -> ConferenceLine:
    """Agree that a skill comes first: a person's pin in the plan, until it is mastered. Raises NotAgreed."""
    _open(conference)
    curriculum = curriculum_of(conference.district_id)
    if skill not in curriculum.skill_number:
        raise NotAgreed(T("Choose a skill from the list."))
    title = curriculum.skills[curriculum.skill_number[skill]].title
    _once(conference, "pin", skill)
    try:
        row = wish(learner=conference.learner, by=by, effect="pin-skill", skill=skill, reason=str(AGREED), now=now)
    except BadWish as problem:
        raise NotAgreed(T("Choose a skill from the list.")) from problem
    said = T("“{skill}” comes first on the path, until it is solid.", skill=Text(title))
    return _line(conference, by, "pin", now, value=skill, said=said, ref=str(row.id))


@transaction.atomic
def agree_time(*, conference: Conference, by: Person, problems: int, now: float) -> ConferenceLine:
    """Agree on how many problems a day are planned. Raises NotAgreed for a number outside of 1 to 60."""
    _open(conference)
    if not 1 <= problems <= 60:
        raise NotAgreed(T("Choose from 1 to 60 problems a day."))
    _once(conference, "time", str(problems))
    row = set_daily_goal(learner=conference.learner, by=by, problems=problems, reason=str(AGREED), now=now)
    said = T("Problems planned for a day: {n}.", n=problems)
    return _line(conference, by, "time", now, value=str(problems), said=said, ref=str(row.id))


@transaction.atomic
def agree_goal(
    *,
    conference: Conference,
    by: Person,
    grade: str,
    domain: str,
    name: Text,
    skills: Sequence[str],
    due: float,
    now: float,
    forecast: Projection | None = None,
) -> ConferenceLine:
    """Agree on a goal; an open one ends as changed. Raises NotAgreed where the goal cannot be set."""
    _open(conference)
    _once(conference, "goal", f"{grade}|{domain}")
    try:
        goal = set_goal(
            learner=conference.learner,
            by=by,
            grade=grade,
            domain=domain,
            skills=skills,
            due=due,
            now=now,
            forecast=forecast,
        )
    except BadGoal as problem:
        raise NotAgreed(problem.text) from problem
    said = T("A new goal: {goal}.", goal=name)
    return _line(conference, by, "goal", now, value=f"{grade}|{domain}", said=said, ref=str(goal.id))


@transaction.atomic
def write(*, conference: Conference, by: Person, words: str, private: bool, now: float) -> ConferenceLine:
    """Write a note: what was agreed in words (the learner and the family read it), or for the staff alone. Raises NotAgreed."""
    _open(conference)
    words = words.strip()[:LONGEST]
    if not words:
        raise NotAgreed(T("Write a few words first."))
    kind = "private" if private else "note"
    _once(conference, kind, words)
    return _line(conference, by, kind, now, value=words, said=verbatim(words))


@transaction.atomic
def take_back(*, conference: Conference, by: Person, line: int, now: float) -> bool:
    """Take an agreed step back: what it wrote into the plan ends, and the line stays on record as taken back. True if there was
    one that stood."""
    _open(conference)
    found = ConferenceLine.objects.filter(conference=conference, id=line, kind__in=(*STEPS, "private")).first()
    if found is None or ConferenceLine.objects.filter(of=found).exists():
        return False
    if found.kind in ("pin", "time"):
        end_wish(learner=conference.learner, row=UUID(found.ref), now=now)
    elif found.kind == "goal" and Goal.objects.filter(id=UUID(found.ref), end=None).exists():
        end_goal(learner=conference.learner, by=by, kind="dropped", now=now)
    _line(conference, by, "back", now, of=found)
    return True


@transaction.atomic
def end(*, conference: Conference, by: Person, now: float) -> None:
    """End the talk; doing it again changes nothing."""
    _lock(conference)
    if not is_over(conference):
        _line(conference, by, "end", now)


def _lock(conference: Conference) -> None:
    Person.objects.select_for_update(no_key=True).get(id=conference.learner_id)


def _open(conference: Conference) -> None:
    """Let steps be written one after the other, into a talk that goes on."""
    _lock(conference)
    if is_over(conference):
        raise NotAgreed(T("This talk is over. Begin a new one to agree on more."))


def _once(conference: Conference, kind: str, value: str) -> None:
    """A step that stands already is not agreed on twice: a form that is sent again changes nothing."""
    rows = ConferenceLine.objects.filter(conference=conference, kind=kind, value=value)
    back = ConferenceLine.objects.filter(conference=conference, kind="back").values("of")
    if rows.exclude(id__in=back).exists():
        raise NotAgreed(T("That is written down already."))


def _line(
    conference: Conference,
    by: Person,
    kind: str,
    now: float,
    *,
    value: str = "",
    said: Text | None = None,
    ref: str = "",
    of: ConferenceLine | None = None,
) -> ConferenceLine:
    return ConferenceLine.objects.create(
        district_id=conference.district_id,
        conference=conference,
        kind=kind,
        value=value,
        said=text_to_json(said) if said else "",
        ref=ref,
        of=of,
        by=by,
        at=now,
    )
