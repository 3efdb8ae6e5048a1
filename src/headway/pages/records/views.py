"""Systems that use the record store: let in, trusted and closed by people with a part in all of the district, who also say whom
and what the systems mean."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum
from headway.core.text import Text
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.xapi.credentials import NoCredential, close_credential, issue_credential
from headway.school.exchange.xapi.deciding import decide_activity, decide_actor
from headway.school.exchange.xapi.soon import soon
from headway.school.exchange.xapi.standing import Standing, standings
from headway.school.exchange.xapi.taking import OUTCOMES, NoTrust, distrust, trust
from headway.school.mastery.away import NotKept
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName
from headway.school.people.programs import check_may_register

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
MAY: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "send": (
        gettext_lazy("Send what learners did there, and read what it sent itself"),
        ("statements/write", "statements/read/mine"),
    ),
    "keep": (gettext_lazy("Keep documents here: where a learner left off, settings"), ("state", "profile")),
    "read": (gettext_lazy("Read everything that is recorded of the district’s learners"), ("statements/read",)),
}
"""What a system may do, in words, and the scopes that it takes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A system in words: what it may do, what became of what it says, and the activities that wait, each with the skills that
    are suggested for it (code and title)."""

    standing: Standing
    may: list[str]
    sends: bool
    outcomes: list[tuple[int, Text]]
    activities: list[tuple[Any, list[tuple[str, str]]]]


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The systems, and a form for another one."""
    return _page(request, viewer)


@require_POST
@never_cache
@page_for(*WHO)
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Let a system in and show its secret this once, or say what to mend."""
    check_may_register(viewer)
    name, may = request.POST.get("name", ""), [each for each in request.POST.getlist("may") if each in MAY]
    scopes = [scope for each in may for scope in MAY[each][1]]
    try:
        row, user, secret = issue_credential(
            district=viewer.person.district_id, name=name, scopes=scopes, by=viewer.person, now=time.time()
        )
    except NoCredential as refusal:
        words = said(refusal.message) if scopes else _("Choose at least one thing that the system may do.")
        return _page(request, viewer, form={"name": name, "may": may}, words=words)
    return _page(request, viewer, made={"name": row.name, "user": user, "secret": secret})


@require_POST
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Close a system, or begin or end to take what it says as evidence."""
    check_may_register(viewer)
    what, key, now = request.POST.get("what", ""), uuid_or_404(request.POST.get("system", "")), time.time()
    if what == "close":
        close_credential(credential=key, now=now)
        messages.success(request, _("The system is closed. What it sent stays."))
    elif what == "trust":
        try:
            trust(credential=key, by=viewer.person, now=now)
        except NoTrust as refusal:
            messages.warning(request, said(refusal.message))
        else:
            transaction.on_commit(partial(soon, viewer.person.district_id, again=True))
            messages.success(request, _("What it says of learners is read now, also what it has said before."))
    elif what == "distrust":
        distrust(credential=key, now=now)
        messages.success(request, _("Nothing more is taken from it. What was taken stays, and can be refused."))
    else:
        raise Http404
    return redirect("pages:record-store")


@require_POST
@page_for(*WHO)
def settle(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say who is meant by an identifier, or which skill an activity belongs to."""
    check_may_register(viewer)
    key, by, now = uuid_or_404(request.POST.get("system", "")), viewer.person, time.time()
    try:
        if "actor" in request.POST:
            count = decide_actor(
                credential=key, actor=request.POST["actor"], learner=request.POST.get("learner", ""), by=by, now=now
            )
            words = ngettext("{n} result was taken.", "{n} results were taken.", count)
            messages.success(request, words.format(n=count))
        else:
            skill = request.POST.get("other", "").strip() or request.POST.get("skill", "")
            changed = decide_activity(
                credential=key,
                about=uuid_or_404(request.POST.get("about", "")),
                skill="" if skill == "none" else skill,
                by=by,
                now=now,
            )
            transaction.on_commit(partial(soon, by.district_id, changed))
            messages.success(request, _("Written down. It holds for what comes and for what was said before."))
    except NotKept as refusal:
        messages.warning(request, said(refusal.text))
    return redirect("pages:record-store")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    *,
    form: dict[str, Any] | None = None,
    words: str = "",
    made: dict[str, str] | None = None,
) -> HttpResponse:
    check_may_register(viewer)
    try:
        curriculum: Curriculum | None = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        curriculum = None
    titles = {skill.id: _(skill.title) for skill in curriculum.skills} if curriculum else {}
    form = form or {"name": "", "may": ["send", "keep"]}
    lines = [_line(each, titles) for each in standings(viewer.person.district_id)]
    context = {
        "lines": lines,
        "skills": list(titles.items()) if any(line.activities for line in lines) else [],
        "choices": [(key, text, key in form["may"]) for key, (text, _scopes) in MAY.items()],
        "form": form,
        "words": words,
        "made": made,
        "address": request.build_absolute_uri("/xapi/"),
    }
    return render(request, "record_store.html", context, status=422 if words else 200)


def _line(each: Standing, titles: dict[str, str]) -> Line:
    scopes = set(each.row.scopes)
    may = [str(text) for _key, (text, asks) in MAY.items() if "all" in scopes or set(asks) <= scopes]
    if "all/read" in scopes and not may:
        may = [str(MAY["read"][0])]
    return Line(
        standing=each,
        may=may,
        sends=bool({"all", "statements/write"} & scopes),
        outcomes=[(count, OUTCOMES[key]) for key, count in each.outcomes.items()],
        activities=[
            (wait, [(key, titles[key]) for key in wait.suggested if key in titles]) for wait in each.activities
        ],
    )
