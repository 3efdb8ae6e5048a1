"""One learner, with the evidence behind every number; pinning and blocking skills."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.mastery.criterion import sentence
from headway.core.text import Text
from headway.pages.dates import when
from headway.pages.family.summary import summary
from headway.pages.guard import page_for
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.evidence import answer_row, mastered_said, skill_row
from headway.pages.teacher.wishes import decision_row, wish_rows
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.queries import board_of
from headway.school.environment.record import Record, record_of
from headway.school.mastery.queries import answers_of, ledger_of
from headway.school.path.actions import EFFECTS, BadWish, end_wish, wish
from headway.school.path.queries import decisions_of, wishes_for
from headway.school.people.access import NotAllowed, Viewer, access_learner, learners_in, sections_of
from headway.school.people.company import readings_of
from headway.school.people.models import Person, Section

PURPOSE, PLACE = "teaching", "learner page"
LATEST, A_SKILL, A_PAGE = 60, 5, 50


@require_GET
@never_cache
@page_for(*STAFF)
def learner(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID) -> HttpResponse:
    """Where they stand, on what evidence; what is wanted for them; who has read the record."""
    found, person = open_learner(viewer, section, learner)
    try:
        record = record_of(person, time.time())
    except NoCurriculum:
        return render(request, "teacher/learner.html", {"section": found, "learner": person, "record": None})
    wishes = wishes_for(person.id, record.at)
    answers = answers_of(person.id, most=LATEST)
    rows = [(answer, answer_row(answer, person.district_id, record)) for answer in answers]
    latest = {
        view.skill: [row for answer, row in rows if view.skill in answer.skills][:A_SKILL]
        for view in record.outlook.under_way
    }
    context = {
        "section": found,
        "learner": person,
        "record": record,
        "need": next(iter(board_of(person.district_id, [person.id], record.at).needs), None),
        "under_way": [(skill_row(view, record), latest[view.skill]) for view in record.outlook.under_way],
        "resting": [skill_row(view, record) for view in record.outlook.resting],
        "solid": [(skill_row(view, record), mastered_said(view, record)) for view in record.outlook.solid],
        "last": when(record.last_at, record.at, record.time_zone) if record.last_at else "",
        "decisions": [decision_row(chosen, record) for chosen in decisions_of(person.id)],
        "ledger": _ledger(record),
        "wishes": wish_rows(wishes, record),
        "choices": _choices(record),
        "family": summary(record, wishes),
        "readings": readings_of(person.id, most=20),
    }
    return render(request, "teacher/learner.html", context)


@require_GET
@never_cache
@page_for(*STAFF)
def skill(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID, skill: str) -> HttpResponse:
    """Every answer that a skill's number rests on, the newest first, a page at a time."""
    found, person = open_learner(viewer, section, learner)
    record = record_of(person, time.time())
    number = record.curriculum.skill_number.get(skill)
    outlook = record.outlook
    view = next((v for v in (*outlook.solid, *outlook.under_way, *outlook.resting) if v.skill == skill), None)
    if number is None or view is None:
        raise Http404
    before = request.GET.get("before", "")
    answers = answers_of(person.id, skill=skill, most=A_PAGE + 1, before=int(before) if before.isdecimal() else 0)
    context = {
        "section": found,
        "learner": person,
        "skill": skill_row(view, record),
        "answers": [answer_row(answer, person.district_id, record) for answer in answers[:A_PAGE]],
        "earlier": answers[A_PAGE - 1].number if len(answers) > A_PAGE else 0,
        "ledger": [line for line, key in _lines(record, [skill]) if key == skill],
    }
    return render(request, "teacher/skill.html", context)


@require_POST
@page_for(*STAFF)
def plan(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID) -> HttpResponse:
    """Pin or block a skill with a reason, or end such a wish."""
    found, person = open_learner(viewer, section, learner)
    do = request.POST.get("do", "")
    if do.startswith("end:"):
        try:
            ended = end_wish(learner=person, row=UUID(do[4:]), now=time.time())
        except ValueError as error:
            raise Http404 from error
        if ended:
            messages.success(request, _("That wish has ended."))
    else:
        _wish(request, viewer, person)
    return redirect("pages:learner", section=found.id, learner=person.id)


def _wish(request: HttpRequest, viewer: Viewer, person: Person) -> None:
    effect, key, reason = (request.POST.get(name, "") for name in ("effect", "skill", "reason"))
    known = next((each for each in EFFECTS if each == effect), None)
    if known is None:
        raise Http404
    try:
        wish(
            learner=person,
            by=viewer.person,
            effect=known,
            skill=key,
            reason=reason,
            now=time.time(),
        )
    except BadWish:
        messages.warning(request, _("Choose a skill from the list and say in a few words why. The family can read it."))
        return
    messages.success(request, _("Noted. It holds from %(name)s’s next problem on.") % {"name": person.given_name})


def open_learner(viewer: Viewer, section: UUID, learner: UUID, *, place: str = PLACE) -> tuple[Section, Person]:
    """The section and the learner in it; raises NotAllowed where the viewer has no part in them."""
    found = sections_of(viewer).filter(id=section).first()
    if found is None or not learners_in(found).filter(id=learner).exists():
        raise NotAllowed("There is no such learner among those that you work with.")
    return found, access_learner(viewer, learner, purpose=PURPOSE, place=place)


def _ledger(record: Record) -> list[tuple[Text, str]]:
    return [line for line, _key in _lines(record, None)]


def _lines(record: Record, skills: list[str] | None) -> list[tuple[tuple[Text, str], str]]:
    numbers, out = record.curriculum.skill_number, []
    for entry in ledger_of(record.learner.id, skills=skills):
        if entry.skill in numbers:
            title = Text(record.curriculum.skills[numbers[entry.skill]].title)
            out.append(((sentence(entry, title), when(entry.at, record.at, record.time_zone)), entry.skill))
    return out


def _choices(record: Record) -> list[tuple[str, list[tuple[str, Text]]]]:
    """Skills that can be practised, by grade, from two grades below the learner's to one above."""
    c = record.curriculum
    centre = int(c.level[record.here]) if record.here >= 0 else max(c.level.tolist(), default=0)
    by_grade: dict[str, list[tuple[str, Text]]] = {}
    for number, each in enumerate(c.skills):
        if (
            abs(int(c.level[number]) - centre) <= 2
            and c.skill_activities_at[number + 1] > c.skill_activities_at[number]
        ):
            by_grade.setdefault(each.grade, []).append((each.id, Text(each.title)))
    return list(by_grade.items())
