"""Work away from the screen, the parts that teachers' and learners' pages share: the form, and lines in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.away import FORMS, OLDEST_DAYS, RESULTS, Away
from headway.core.text import Text
from headway.pages.dates import near
from headway.school.people.clock import EPOCH, date_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form says was done."""

    skill: str
    form: str
    minutes: int
    result: str
    day: int
    words: str
    key: UUID


@dataclass(frozen=True, slots=True)
class ShownAway:
    """A line in words."""

    line: Away
    skill: str
    form: Text
    result: Text
    day: str


def entry_in(request: HttpRequest) -> Entry:
    """Read the form; what is not a number or a date is one that will be refused."""
    minutes = request.POST.get("minutes", "")
    try:
        day, key = (
            date.fromisoformat(request.POST.get("day", "")).toordinal() - EPOCH,
            UUID(request.POST.get("key", "")),
        )
    except ValueError:
        raise Http404 from None
    return Entry(
        skill=request.POST.get("skill", ""),
        form=request.POST.get("form", ""),
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0,
        result=request.POST.get("result", ""),
        day=day,
        words=request.POST.get("words", ""),
        key=key,
    )


def choices(curriculum: Curriculum, first: Sequence[str], today: int) -> dict[str, object]:
    """What the form offers: skills by grade and domain (``first`` in a group of their own), kinds of work, results, days."""
    groups: dict[str, list[tuple[str, str]]] = {}
    near_by = [skill for skill in first if skill in curriculum.skill_number]
    if near_by:
        titles = [(skill, _(curriculum.skills[curriculum.skill_number[skill]].title)) for skill in near_by]
        groups[_("Worked on lately")] = titles
    for skill in curriculum.skills:
        name = _("{subject}, grade {grade}").format(subject=_(skill.subject.capitalize()), grade=skill.grade)
        groups.setdefault(name, []).append((skill.id, _(skill.title)))
    return {
        "skills": list(groups.items()),
        "forms": list(FORMS.items()),
        "results": list(RESULTS.items()),
        "today": date_of(today).isoformat(),
        "oldest": date_of(today - OLDEST_DAYS).isoformat(),
    }


def shown_away(lines: Sequence[Away], curriculum: Curriculum, today: int) -> list[ShownAway]:
    """Put lines into words; those of a skill that the district no longer teaches keep its code."""
    out = []
    for line in lines:
        number = curriculum.skill_number.get(line.skill)
        title = _(curriculum.skills[number].title) if number is not None else line.skill
        day = near(date_of(line.day), date_of(today))
        out.append(ShownAway(line, title, FORMS[line.form], RESULTS[line.result], day))
    return out
