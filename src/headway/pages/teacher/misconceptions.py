"""The misconceptions of a section: who, how sure, what they wrote, how it goes by week, and five minutes for each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.environment.regrouping import Regrouping, tables
from headway.pages.documents import pdf_response
from headway.pages.guard import page_for
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.found import shown_finding, shown_name
from headway.pages.teacher.papers import for_the_table, for_the_teacher
from headway.school.environment.misconceptions import SHOWN, Overview, misconceptions_of, regrouping_of
from headway.school.environment.queries import names_of
from headway.school.people.access import Viewer, access_section
from headway.school.people.models import Person, Section

PURPOSE, PLACE = "teaching", "misconceptions"


@require_GET
@never_cache
@page_for(*STAFF)
def overview(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """All of them: the first ones with what learners wrote, the others as a list, then those that nobody holds now."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    seen = misconceptions_of(viewer.person.district_id, [person.id for person in learners], time.time())
    names = names_of(learners)
    others = seen.now[SHOWN:]
    surer = [finding for finding in others if finding.holders[0].sure != "perhaps"]
    context = {
        "section": found,
        "first": [shown_finding(finding, seen, names) for finding in seen.now[:SHOWN]],
        "others": [shown_finding(finding, seen, names) for finding in surer],
        "perhaps": [shown_finding(finding, seen, names) for finding in others if finding not in surer],
        "past": [shown_finding(finding, seen, names) for finding in seen.past],
        "unreadable": [names[learner] for learner in seen.unreadable],
    }
    return render(request, "teacher/misconceptions.html", context)


@require_GET
@never_cache
@page_for(*STAFF)
def regroup(request: HttpRequest, viewer: Viewer, section: UUID, key: str) -> HttpResponse:
    """One of them with the five-minute task for those who hold it."""
    found, learners, seen, task = _task(viewer, section, key)
    finding, names = seen.of(key), names_of(learners)
    context = {
        "section": found,
        "key": key,
        "name": task.name,
        "task": task,
        "finding": shown_finding(finding, seen, names) if finding is not None else None,
        "tables": _tables(seen, key, names),
    }
    return render(request, "teacher/regroup.html", context)


@require_GET
@page_for(*STAFF)
def paper(request: HttpRequest, viewer: Viewer, section: UUID, key: str) -> HttpResponse:
    """The task on paper: for the teacher with names and answers, or ``?for=table`` the problems alone."""
    found, learners, seen, task = _task(viewer, section, key)
    language = get_language() or "en"
    if request.GET.get("for") == "table":
        document = for_the_table(task, language)
    else:
        document = for_the_teacher(task, _tables(seen, key, names_of(learners)), found.title, language)
    name = _("five-minutes")
    return pdf_response(document, at=time.time(), name=f"{name}-{shown_name(task.name)}")


def _task(viewer: Viewer, section: UUID, key: str) -> tuple[Section, list[Person], Overview, Regrouping]:
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    keys, now = [person.id for person in learners], time.time()
    task = regrouping_of(keys, key, now)
    if task is None:
        raise Http404
    return found, learners, misconceptions_of(viewer.person.district_id, keys, now, only=key), task


def _tables(seen: Overview, key: str, names: dict[str, str]) -> Sequence[Sequence[str]]:
    finding = seen.of(key)
    holders = [holder.learner for holder in finding.holders] if finding is not None else []
    return [[names[learner] for learner in table] for table in tables(holders)]
