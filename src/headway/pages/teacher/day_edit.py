"""Changing a planned day by hand: where a learner or a group could go and what each place costs, then the change itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import plain
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.day_shown import skill_said, way_of
from headway.pages.teacher.days import PLACE, PURPOSE, asked_day
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.editing import Option, assign, move, newest_plan, options, pin, undo, unpin
from headway.school.environment.days.queries import wishes_of
from headway.school.environment.days.values import Planned, planned_of
from headway.school.environment.queries import names_of
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import date_of
from headway.school.people.models import Person, Section
from headway.school.people.refusal import Malformed

MOST_MOVED = 400


@dataclass(frozen=True, slots=True)
class ShownOption:
    """A place to go to: which, with whom and where, and its cost in a sentence; ``dear`` where it costs something."""

    to: str
    way: str
    skill: str
    about: str
    cost: str
    strained: tuple[str, ...]
    dear: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be changed: learners of a planned block, with the group's number where it is a whole group."""

    planned: Planned
    learners: tuple[UUID, ...]
    block: int
    group: int | None


@require_GET
@never_cache
@page_for(*STAFF)
def moves(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Where a learner (``?learner=``) or a group (``?group=``) of a block could go, each with its cost; JSON for a drag."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    day, names = asked_day(request, found), names_of(learners)
    row = newest_plan(found, day)
    if row is None:
        raise Http404
    chosen = _chosen(request.GET, planned_of(row), names)
    curriculum = curriculum_of(found.district_id)
    wishes = wishes_of(found.id, day)
    ways = options(chosen.planned, chosen.learners, chosen.block, names, wishes, time.time())
    shown = [_shown(each, chosen, curriculum, names) for each in ways]
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"to": {each.to: " ".join([each.cost, *each.strained]) for each in shown}})
    kept = {(wish.learner_id, wish.block) for wish in wishes if wish.kind == "here"}
    model = chosen.planned.model
    context = {
        "section": found, "iso": date_of(day).isoformat(), "plan": row.id, "chosen": chosen, "options": shown,
        "who": _who(chosen.learners, names), "round": chosen.planned.blocks()[chosen.block].name,
        "kept": all((each, chosen.block) in kept for each in chosen.learners),
        "group": chosen.planned.groups[chosen.group] if chosen.group is not None else None,
        "rooms": [space.name for space in model.spaces], "adults": [name for crew in model.crews for name in crew.names],
        "seated": any(chosen.planned.of(each)[chosen.block][0].modality for each in chosen.learners),
    }  # fmt: skip
    return render(request, "teacher/day_moves.html", context)


@require_POST
@page_for(*STAFF)
def edit(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Make a change, take one back, or keep a place; the page says what was done."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    day, names = asked_day(request, found), names_of(learners)
    try:
        said = _edited(request.POST, viewer.person, found, names, day)
        messages.success(request, said)
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    return redirect(f"{reverse('pages:day', args=[found.id])}?date={date_of(day).isoformat()}")


def _edited(form: QueryDict, by: Person, section: Section, names: dict[str, str], day: int) -> str:
    plan, now, what = uuid_or_404(form.get("plan", "")), time.time(), form.get("what", "")
    if what == "undo":
        undo(section=section, by=by, plan=plan, now=now)
        return _("The last change is taken back.")
    row = newest_plan(section, day)
    if row is None:
        raise Http404
    if what in ("space", "adult"):
        value = form.get("value", "")
        assign(section=section, by=by, plan=plan, group=_number(form, "group"), field=what, value=value, now=now)
        return _("The group has %(value)s now.") % {"value": value}
    chosen = _chosen(form, planned_of(row), names)
    who = _who(chosen.learners, names)
    if what == "move":
        to = form.get("to", "")
        move(section=section, by=by, plan=plan, learners=chosen.learners, block=chosen.block, to=to, now=now)
        return _("Moved: %(who)s. The plan is changed; nobody else has moved.") % {"who": who}
    if what == "pin":
        pin(section=section, by=by, plan=plan, learners=chosen.learners, block=chosen.block, now=now)
        return _("Kept there, also when the day is planned again: %(who)s.") % {"who": who}
    if what == "unpin":
        unpin(section=section, day=day, learners=chosen.learners, block=chosen.block, now=now)
        return _("May be planned freely again: %(who)s.") % {"who": who}
    raise Http404


def _chosen(form: QueryDict, planned: Planned, names: dict[str, str]) -> Chosen:
    """The learners that a form names, of this class and in this plan."""
    block = _number(form, "block")
    if not 0 <= block < len(planned.blocks()):
        raise Http404
    group: int | None = None
    if form.get("group"):
        group = _number(form, "group")
        if group >= len(planned.groups) or planned.groups[group].block != block:
            raise Http404
        wanted = [place.learner for place in planned.groups[group].places]
    else:
        wanted = [uuid_or_404(text) for text in form.getlist("learner")[:MOST_MOVED]]
    found = tuple(each for each in wanted if str(each) in names and block in planned.of(each))
    if not found:
        raise Http404
    return Chosen(planned, found, block, group)


def _shown(option: Option, chosen: Chosen, curriculum: Curriculum, names: dict[str, str]) -> ShownOption:
    group = option.group
    count = len(group.places)
    learners = ngettext("%(n)d learner", "%(n)d learners", count) % {"n": count}
    about = " · ".join(filter(None, (group.adult, group.space, learners)))
    percent = round(100.0 * option.change)
    who = _who(chosen.learners, names)
    if percent < 0:
        cost = _("Costs %(n)d of every 100 that the day is expected to bring %(who)s.") % {"n": -percent, "who": who}
    elif percent > 0:
        cost = _("Brings %(n)d more for every 100 that the day is expected to bring %(who)s.") % {
            "n": percent,
            "who": who,
        }
    else:
        cost = _("Costs nothing: it is expected to bring as much.")
    strained = [plain(each) for each in option.strained]
    if option.unready and group.modality:
        strained.insert(0, _("Not ready for this, or beyond it: %(who)s.") % {"who": _who(option.unready, names)})
    way = way_of(group, chosen.planned.model)
    return ShownOption(
        option.to, way, skill_said(group.skill, curriculum), about, cost, tuple(strained), percent < 0 or bool(strained)
    )


def _who(learners: Sequence[UUID], names: dict[str, str]) -> str:
    known = sorted(names[str(each)] for each in learners if str(each) in names)
    if len(known) > 3:
        return _("%(n)d learners") % {"n": len(known)}
    return ", ".join(known)


def _number(form: QueryDict, field: str) -> int:
    text = form.get(field, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise Http404
    return int(text)
