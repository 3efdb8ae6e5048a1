"""The ten minutes: both sides on one page, notes, and steps that change the plan as soon as they are agreed."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.path.conferences import packet_from_json
from headway.core.path.goals import WEEK
from headway.core.text import verbatim
from headway.pages.conference.door import seen_by_staff
from headway.pages.conference.packet import shown_packet, told
from headway.pages.dates import ago_said, day
from headway.pages.guard import page_for
from headway.pages.learner.goals import USUAL, asked_by, wished_career
from headway.pages.person.going import TERMS, chosen_offer, forecast_of, goal_name, shown_offers
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.environment.record import Record, record_of
from headway.school.path.conferences.actions import (
    NotAgreed,
    agree_goal,
    agree_skill,
    agree_time,
    end,
    take_back,
    write,
)
from headway.school.path.conferences.queries import Conference, conference_with, sides_of, talk_of
from headway.school.path.goal_queries import pace_of
from headway.school.people.access import Viewer
from headway.school.people.models import Person
from headway.school.profile.careers import careers_in
from headway.school.profile.person import whole_of

MINUTES = 10


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def conference(request: HttpRequest, viewer: Viewer, talk: UUID) -> HttpResponse:
    """One conference, while it goes on and afterwards; a POST writes one line."""
    row = conference_with(talk)
    if row is None:
        raise Http404
    seen = seen_by_staff(viewer, row.learner_id)
    record = record_of(seen.learner, time.time())
    if request.method == "POST":
        try:
            _do(request, row, viewer.person, record)
        except NotAgreed as refusal:
            messages.warning(request, said(refusal.text))
        return redirect("pages:conference", row.id)
    return render(request, "conference/run.html", _context(row, record))


def _context(row: Conference, record: Record) -> dict[str, object]:
    talk = talk_of(row, private=True)
    going = not talk.ended_at
    pace = pace_of(row.learner_id, record.at)
    offers = shown_offers(record, pace, _asked(record), USUAL) if going else []
    views = [*record.outlook.under_way, *record.outlook.resting]
    stands = {(line.kind, line.value) for line in talk.agreed}
    minutes = int((record.at - talk.at) // 60)
    return {
        "learner": record.learner,
        "talk": talk,
        "going": going,
        "day": day(talk.at, record.at, record.time_zone),
        "since": day(talk.packet.since, record.at, record.time_zone),
        "begun": _("Begun {ago}").format(ago=ago_said(talk.at, record.at)),
        "over_time": minutes >= MINUTES,
        "packet": shown_packet(talk.packet, record.learner),
        "sides": [(side, told(side)) for side in sides_of(row.learner_id, talk.packet.since, talk.ended_at)],
        "offers": [shown for _offer, shown in offers],
        "terms": TERMS,
        "usual": USUAL,
        "skills": [(view.skill, _(record.curriculum.skills[view.number].title)) for view in views],
        "daily": record.plan.daily_goal,
        "choices": [(n, each, (each.kind, each.value) in stands) for n, each in enumerate(talk.packet.choices)],
    }


def _do(request: HttpRequest, row: Conference, by: Person, record: Record) -> None:
    what, _colon, rest = request.POST.get("do", "").partition(":")
    if what == "choice":
        choices = packet_from_json(row.packet).choices
        if not rest.isdecimal() or int(rest[:3]) >= len(choices):
            raise Http404
        chosen = choices[int(rest[:3])]
        _agree(row, by, record, chosen.kind, chosen.value, USUAL)
    elif what in ("pin", "time", "goal"):
        weeks = request.POST.get("weeks", "")
        _agree(row, by, record, what, request.POST.get(what, ""), int(weeks) if weeks in map(str, TERMS) else USUAL)
    elif what in ("note", "private"):
        write(conference=row, by=by, words=request.POST.get("words", ""), private=what == "private", now=record.at)
        messages.success(request, _("Written down."))
        return
    elif what == "back" and rest.isdecimal() and len(rest) < 16:
        if take_back(conference=row, by=by, line=int(rest), now=record.at):
            messages.success(request, _("Taken back. It is out of the plan."))
        return
    elif what == "end":
        end(conference=row, by=by, now=record.at)
        messages.success(request, _("The talk is over. The learner and the family can read what was agreed."))
        return
    else:
        raise Http404
    messages.success(request, _("Agreed, and in the plan from now on."))


def _agree(row: Conference, by: Person, record: Record, kind: str, value: str, weeks: int) -> None:
    if kind == "pin":
        agree_skill(conference=row, by=by, skill=value, now=record.at)
    elif kind == "time":
        number = int(value) if value.isdecimal() and len(value) < 5 else 0
        agree_time(conference=row, by=by, problems=number, now=record.at)
    else:
        offer = chosen_offer(record, _asked(record), value)
        skills, due = offer.skills if offer else (), record.at + weeks * WEEK
        pace = pace_of(record.learner.id, record.at)
        agree_goal(
            conference=row,
            by=by,
            grade=offer.grade if offer else "",
            domain=offer.domain if offer else "",
            name=verbatim(goal_name(offer.grade, offer.domain) if offer else ""),
            skills=skills,
            due=due,
            now=record.at,
            forecast=forecast_of(record, skills, pace, due) if skills else None,
        )


def _asked(record: Record) -> frozenset[str]:
    return asked_by(wished_career(whole_of(record.learner), careers_in(get_language() or "en")))
