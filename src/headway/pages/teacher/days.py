"""Tomorrow's day of a class: how it works, what is wanted, the plan, its edit, the sheet on paper and the board on the wall."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.environment.instruction.model import Model
from headway.core.environment.means import fitted
from headway.pages.dates import date_said
from headway.pages.documents import pdf_response
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.day_draft import draft_shown
from headway.pages.teacher.day_form import model_from
from headway.pages.teacher.day_paper import run_sheet
from headway.pages.teacher.day_shown import by_name, shown_day, skill_said
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.actions import begin_beside, choose_model, end_wish, wish
from headway.school.environment.days.attendance import attendance_of
from headway.school.environment.days.drafts import settle
from headway.school.environment.days.editing import strains_of
from headway.school.environment.days.elsewhere import clashes_said, elsewhere_of
from headway.school.environment.days.queries import Standing, names_away, sharing, standing_of
from headway.school.environment.days.values import Planned
from headway.school.environment.days.wishing import wish_said
from headway.school.environment.lesson import task_on
from headway.school.environment.means.queries import fitted_ways, means_of
from headway.school.environment.queries import names_of
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import date_of, day_of, start_of
from headway.school.people.days_off import off_days
from headway.school.people.models import Section
from headway.school.people.refusal import Malformed
from headway.standards.instruction import clock, shipped_models

PURPOSE, PLACE = "teaching", "day"
EPOCH = date(1970, 1, 1)


@require_GET
@never_cache
@page_for(*STAFF)
def day(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The plan of a day with everything that shapes it; without a model, the ways of working to choose from."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    wanted, today = asked_day(request, found), day_of(found.district_id, time.time())
    stands = standing_of(found.id, wanted, time.time())
    if stands.model is None:
        ways = fitted_ways(found.school_id)
        return render(request, "teacher/day_choose.html", {"section": found, "ways": ways})
    names = names_of(learners)
    iso, planned = date_of(wanted).isoformat(), stands.planned
    context = {
        "section": found, "stands": stands, "day": wanted, "date": date_said(date_of(wanted)),
        "iso": iso, "days": [(day, date_of(day)) for day in (today, today + 1)],
        "today": today, "learners": [(person.id, names[str(person.id)]) for person in learners],
        "adults": [name for crew in stands.model.crews for name in crew.names],
        "away": names_away(planned.row) if planned is not None else [],
        "wishes": [(each, plain(wish_said(each, stands.model))) for each in stands.wishes if each.kind != "here"],
        "ways": [each for each in stands.model.modalities if not each.device],
        "moves": f"{reverse('pages:day-moves', args=[found.id])}?date={iso}",
    }  # fmt: skip
    found_off = off_days([found.school_id], wanted, wanted)[found.school_id]
    context["off"] = found_off.get(wanted, "")
    if planned is not None:
        context |= _planned(planned, found, stands, names)
    return render(request, "teacher/day.html", context)


def _planned(planned: Planned, section: Section, stands: Standing, names: dict[str, str]) -> dict[str, object]:
    """What the page shows of a plan: its groups, and what a change by hand strains."""
    away = _away(section, planned.row.day)
    stay = [(str(each.learner_id), each.block) for each in stands.wishes if each.kind == "here"]
    kept = frozenset((learner, block) for learner, block in stay if block is not None)
    edited = "before" in planned.row.asked
    changed = [] if edited else [names[key] for key in planned.row.body.get("moved", []) if key in names]
    together = [each.id for each in sharing(section)] if planned.model.shared else []
    busy = elsewhere_of(section, planned.model, [UUID(key) for key in names], planned.row.day, together)
    curriculum = curriculum_of(section.district_id)
    return {
        "changed": changed, "elsewhere": clashes_said(busy, planned, names),
        "draft": draft_shown(planned, stands.draft, curriculum, names),
        "shown": shown_day(planned, curriculum, names, kept=kept, away=away), "plan": planned.row.id,
        "edited": edited, "strained": strains_of(planned, names, stands.wishes) if edited else (),
    }  # fmt: skip


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Plan, choose a model, write a wish down or take one back."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    now, wanted, what = time.time(), asked_day(request, found), request.POST.get("what", "")
    try:
        if what in ("plan", "anew", "try"):
            away = request.POST.getlist("away")
            begin_beside(
                section=found,
                by=viewer.person,
                day=wanted,
                now=now,
                away=away,
                anew=what == "anew",
                preview=what == "try",
            )
        elif what in ("take", "leave"):
            draft = _key(request.POST.get("draft", ""))
            if draft is None:
                raise Http404
            settle(section=found, plan=draft, take=what == "take", now=now)
            messages.success(request, _("Taken.") if what == "take" else _("The plan stays as it was."))
        elif what == "model" and request.POST.get("model") in shipped_models():
            way = fitted(shipped_models()[request.POST["model"]], means_of([found.school_id])[found.school_id])
            choose_model(section=found, by=viewer.person, model=_in_words(way.model), now=now)
            for each in way.said:
                messages.info(request, plain(each))
            messages.success(request, _("Chosen. Look through who and what there is in your room."))
            return redirect("pages:day-model", section=found.id)
        elif what == "wish":
            _wish(request, viewer, found, wanted, now)
        elif what == "end" and request.POST.get("wish", "").isdecimal():
            end_wish(section=found, wish=int(request.POST["wish"]), now=now)
        else:
            raise Http404
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    return redirect(f"{reverse('pages:day', args=[found.id])}?date={date_of(wanted).isoformat()}")


def _wish(request: HttpRequest, viewer: Viewer, section: Section, wanted: int, now: float) -> None:
    kind, _colon, modality = request.POST.get("kind", "").partition(":")
    other = _key(request.POST.get("other", "")) if kind in ("apart", "together") else None
    once = wanted if request.POST.get("once") or kind == "away" else None
    learner = _key(request.POST.get("learner", ""))
    if learner is None:
        raise Http404
    wish(
        section=section, by=viewer.person, learner=learner, kind=kind, other=other, modality=modality, day=once, now=now
    )


def _in_words(model: Model) -> Model:
    """A shipped model with its names in the language of the page; from here on they are the class's own."""
    return replace(
        model, name=_(model.name), about=_(model.about), spare=_(model.spare),
        blocks=tuple(replace(each, name=_(each.name)) for each in model.blocks),
        spaces=tuple(replace(each, name=_(each.name)) for each in model.spaces),
        crews=tuple(replace(each, name=_(each.name)) for each in model.crews),
        modalities=tuple(replace(each, name=_(each.name), source=_(each.source)) for each in model.modalities),
    )  # fmt: skip


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@never_cache
@page_for(*STAFF)
def model(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """How this class works, to be drawn: blocks, adults, spaces, devices and ways of working."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    stands = standing_of(found.id, asked_day(request, found), time.time())
    if stands.model is None:
        return redirect("pages:day", section=found.id)
    drawn, problem = stands.model, ""
    if request.method == "POST":
        try:
            drawn = model_from(request.POST, stands.model)
            choose_model(section=found, by=viewer.person, model=drawn, now=time.time())
            messages.success(request, _("Kept. The next plan is made with it."))
            return redirect("pages:day", section=found.id)
        except Malformed as refusal:
            problem = plain(refusal.message)
    ways, there = fitted_ways(found.school_id), means_of([found.school_id])[found.school_id].devices
    context = {
        "section": found, "model": drawn, "problem": problem, "models": [way.model for way in ways if way.offered],
        "devices_there": there if there is not None and there < drawn.devices else None,
        "blocks": [(each, clock(each.begin)) for each in drawn.blocks],
    }  # fmt: skip
    return render(request, "teacher/day_model.html", context, status=422 if problem else 200)


@require_GET
@never_cache
@page_for(*STAFF)
def progress(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Whether a plan is still being made, for the page that waits for it."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    return JsonResponse({"running": standing_of(found.id, asked_day(request, found), time.time()).running})


@require_GET
@never_cache
@page_for(*STAFF)
def board(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The day on the wall: large type, who goes where, nothing that is nobody else's business."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    wanted, now = asked_day(request, found, ahead=0), time.time()
    planned, away = standing_of(found.id, wanted, now).planned, _away(found, wanted)
    if planned is None:
        raise Http404
    minute = int((now - start_of(found.district_id, wanted)) // 60)
    names = {key: name for key, name in names_of(learners).items() if key not in away}
    shown = shown_day(planned, curriculum_of(found.district_id), names, minute=minute)
    context = {"section": found, "shown": shown, "date": date_said(date_of(wanted)), "iso": date_of(wanted).isoformat()}
    if request.GET.get("by") == "name":
        context["names"] = by_name(shown)
    return render(request, "teacher/day_board.html", context)


@require_GET
@page_for(*STAFF)
def paper(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The run sheet: who, where, on what, with whom, with which task and exit check."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    wanted, now = asked_day(request, found), time.time()
    planned = standing_of(found.id, wanted, now).planned
    if planned is None:
        raise Http404
    curriculum = curriculum_of(found.district_id)
    shown = shown_day(planned, curriculum, names_of(learners), away=_away(found, wanted))
    adults = [name for crew in planned.model.crews for name in crew.names if name not in names_away(planned.row)]
    tasks = {
        skill_said(skill, curriculum): task_on(found.district_id, curriculum, skill, seed=wanted)
        for skill in {group.skill for group in planned.groups if group.skill}
    }
    document = run_sheet(shown, adults, tasks, found.title, date_said(date_of(wanted)), get_language() or "en")
    name = _("run-sheet")
    return pdf_response(document, at=now, name=f"{name}-{date_of(wanted).isoformat()}")


def _away(section: Section, day: int) -> frozenset[str]:
    return frozenset(str(learner) for learner, mark in attendance_of(section.id, day).items() if mark.state == "away")


def asked_day(request: HttpRequest, section: Section, ahead: int = 1) -> int:
    """The day that the address names, or tomorrow."""
    given = request.POST.get("date") or request.GET.get("date") or ""
    with suppress(ValueError):
        return (date.fromisoformat(given) - EPOCH).days
    return day_of(section.district_id, time.time()) + ahead
