"""Links and videos: choosing them with a preview, and what they are good for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.curriculum.outside import GOOD_FOR, LONGEST_MINUTES, Outside, described, frame_of
from headway.core.text import Text
from headway.pages.guard import page_for
from headway.pages.outside import card_of
from headway.pages.render import said
from headway.pages.teacher.skills import skills_by_grade, titles_of
from headway.school.path.outside.actions import Faulty, NotThere, add, change, retire
from headway.school.path.outside.queries import MOST, Activity, activities_for, activity_for, suggested
from headway.school.path.outside.reach import CHOOSERS
from headway.school.people.access import Viewer
from headway.school.people.clock import EPOCH, date_of, day_of

MOST_SIGNS = 2_000


@require_GET
@never_cache
@page_for(*CHOOSERS)
def links(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer chose, and what is shared in their schools; ``?skill=`` and words of the title, ``?q=``, narrow it."""
    skill, words = request.GET.get("skill", ""), request.GET.get("q", "")[:200].replace("\x00", "")
    titles = titles_of(viewer)
    found = [
        (each, card_of(each.what), [titles.get(code, code) for code in each.what.skills])
        for each in activities_for(viewer, skill=skill, words=words)
    ]
    gone = activities_for(viewer, skill=skill, words=words, retired=True)
    retired = [(each, card_of(each.what)) for each in gone if each.mine]
    context = {"found": found, "retired": retired, "skill": skill, "words": words, "most": MOST}
    return render(request, "teacher/links.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*CHOOSERS)
def link(request: HttpRequest, viewer: Viewer, activity: UUID | None = None) -> HttpResponse:
    """The form with its card. A POST keeps it, retires it, brings it back, or only looks (nothing is written then)."""
    kept, now = _kept(viewer, activity), time.time()
    today = day_of(viewer.person.district_id, now)
    if request.method == "GET":
        blank = Outside("", "", "", seen=today, skills=tuple(filter(None, [request.GET.get("skill", "")])))
        return _page(request, viewer, kept, kept.what if kept else blank)
    sent, do = request.POST, request.POST.get("what", "keep")
    what = described(_read(sent, kept))
    if sent.get("pick"):
        what = replace(what, skills=(sent["pick"], *what.skills))
    if do == "look" or sent.get("pick"):
        return _page(request, viewer, kept, what)
    try:
        if kept is not None and do in ("retire", "back"):
            retire(by=viewer, activity=kept.id, now=now, back=do == "back")
            says = (
                _("It is back.")
                if do == "back"
                else _("No learner is offered it any more. What was done with it stays.")
            )
        elif kept is not None:
            change(by=viewer, activity=kept.id, what=what, now=now)
            says = _("Kept.")
        else:
            add(by=viewer, what=what, now=now, key=f"page:{_key(sent.get('key', ''))}")
            says = _("Kept. Put it on the list of a class, or let it stand beside its skill.")
    except Faulty as refusal:
        return _page(request, viewer, kept, what, refusal.faults)
    except NotThere as refusal:
        messages.warning(request, said(refusal.message))
        return redirect("pages:links")
    messages.success(request, says)
    return redirect("pages:links")


def _read(sent: Mapping[str, str], kept: Activity | None) -> Outside:
    text = {
        name: sent.get(name, "")[: MOST_SIGNS + 1] for name in ("title", "address", "licence", "source", "language")
    }
    minutes, kind = sent.get("minutes", "").strip(), sent.get("kind", "")
    skills = [sent.get("skill", ""), *sent.get("more", "")[:MOST_SIGNS].replace(";", ",").split(",")]
    what = Outside(
        kind or ("video" if frame_of(text["address"].strip()) else "link"), text["title"], text["address"],
        sent.get("good_for", ""), int(minutes) if minutes.isascii() and minutes.isdecimal() and len(minutes) < 5 else 0,
        tuple(skill.strip() for skill in skills if skill.strip()), text["language"] or "en", text["licence"], text["source"],
        _day(sent.get("seen", "")), bool(sent.get("shared")),
    )  # fmt: skip
    if kept is not None and kept.what.kind == "tool":  # where a tool opens is its own page's to say
        what = replace(what, kind="tool", address=kept.what.address, ref=kept.what.ref)
    return what if what.kind != "tool" or kept is not None else replace(what, kind="")


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - EPOCH if text else 0
    except ValueError:
        return -1


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _kept(viewer: Viewer, activity: UUID | None) -> Activity | None:
    try:
        return activity_for(viewer, activity) if activity else None
    except NotThere as refusal:
        raise Http404 from refusal


def _page(
    request: HttpRequest, viewer: Viewer, kept: Activity | None, what: Outside, faults: Mapping[str, Text] | None = None
) -> HttpResponse:
    titles = titles_of(viewer)
    found = suggested(viewer.person.district_id, {"": what.title}).get("", ()) if what.title else ()
    context = {
        "kept": kept,
        "editable": kept is None or kept.mine,
        "what": what,
        "main": what.skills[0] if what.skills else "",
        "more": ", ".join(what.skills[1:]),
        "seen": date_of(what.seen).isoformat() if what.seen > 0 else "",
        "today": date_of(day_of(viewer.person.district_id, time.time())).isoformat(),
        "card": card_of(what) if what.title and what.address else None,
        "goods": list(GOOD_FOR.items()),
        "most": LONGEST_MINUTES,
        "skills": skills_by_grade(viewer),
        "offered": [(one.target, titles[one.target]) for one in found if one.target not in what.skills],
        "faults": faults or {},
        "key": request.POST.get("key") or uuid4(),
        "titles": [titles.get(skill, skill) for skill in what.skills],
    }
    return render(request, "teacher/link.html", context, status=422 if faults else 200)
