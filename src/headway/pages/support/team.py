"""The team's meeting: who, why, on what evidence, with what history; a named person decides; the minutes write themselves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.intervention.defaults import MEASURES
from headway.core.intervention.tiers import VALUES, Figure, Proposal
from headway.core.intervention.tiers import said as figure_said
from headway.core.text import Text
from headway.pages.dates import day
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.chart import chart, table
from headway.pages.support.home import STAFF
from headway.pages.support.said import PURPOSE, Member, decided_said, member, text, tier_said
from headway.school.intervention.actions import decide_tier, open_meeting, write_note
from headway.school.intervention.entries import BadEntry
from headway.school.intervention.evidence import Outlook, outlook
from headway.school.intervention.queries import (
    TeamMeeting,
    decided_of,
    guardians_of,
    learners_of,
    meetings_of,
    notes_about,
    rules_in_force,
    school_of,
    schools_of,
)
from headway.school.measurement.queries import latest_results
from headway.school.people.access import NotAllowed, Viewer, access_learner, record_access
from headway.school.people.clock import day_of, time_zone_of
from headway.school.people.models import Person


@dataclass(frozen=True, slots=True)
class Move:
    """A proposal with the learner it is about."""

    learner: Person
    proposal: Proposal
    reason: str
    up: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A learner in tier 2 or 3: since when, and how the plan goes."""

    learner: Person
    tier: int
    since: str
    member: Member | None


def moves_of(view: Outlook, people: dict[str, Person]) -> list[Move]:
    """The open proposals with their learners."""
    return [
        Move(people[p.learner], p, said(p.reason), p.to_tier > p.from_tier)
        for p in view.proposals
        if p.learner in people
    ]


@require_GET
@never_cache
@page_for(*STAFF)
def team(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whom the rules propose to move and why; who has support now; the minutes of earlier meetings."""
    schools = schools_of(viewer)
    if not schools:
        raise Http404
    now, district = time.time(), viewer.person.district_id
    today, zone = day_of(district, now), time_zone_of(district)
    learners = learners_of(schools)
    people = {str(person.id): person for person in learners}
    view = outlook(district, [person.id for person in learners], now)
    moves = moves_of(view, people)
    held = [
        Held(
            person,
            view.standings[person.id].tier,
            day(view.standings[person.id].since, now, zone),
            member(view.cases[person.id], today) if person.id in view.cases else None,
        )
        for person in learners
        if view.standings[person.id].tier > 1
    ]
    shown = {move.learner.id for move in moves} | {each.learner.id for each in held}
    record_access(viewer, shown, purpose=PURPOSE, place="team meeting")
    meetings = meetings_of(schools)
    context = {
        "moves": moves,
        "tiers": [(tier, tier_said(tier), [each for each in held if each.tier == tier]) for tier in (3, 2)],
        "learners": learners,
        "schools": schools,
        "meetings": [(meeting, day(meeting.at, now, zone)) for meeting in meetings],
        "meeting": _of_today(meetings, today),
        "rules": rules_in_force(district)[1],
    }
    return render(request, "support/team.html", context)


def _of_today(meetings: list[TeamMeeting], today: int) -> TeamMeeting | None:
    return next((meeting for meeting in meetings if day_of(meeting.district_id, meeting.at) == today), None)


@require_POST
@page_for(*STAFF)
def meet(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Begin a meeting, or say who is there."""
    school = next((s for s in schools_of(viewer) if str(s.id) == request.POST.get("school")), None)
    if school is None:
        raise Http404
    meeting = open_meeting(school=school, by=viewer.person, present=request.POST.get("present", ""), now=time.time())
    if request.POST.get("words", "").strip():
        write_note(meeting=meeting, by=viewer.person, words=request.POST["words"], now=time.time())
    messages.success(request, _("The minutes are open. Decisions and notes of today go into them."))
    return redirect("pages:support-team")


@require_GET
@never_cache
@page_for(*STAFF)
def case(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """One learner before the team."""
    person = _open(viewer, learner)
    now = time.time()
    today, zone = day_of(person.district_id, now), time_zone_of(person.district_id)
    view = outlook(person.district_id, [person.id], now)
    found, standing = view.cases.get(person.id), view.standings[person.id]
    proposal = next(iter(view.proposals), None)
    history = decided_of(person.id)
    context = {
        "learner": person,
        "tier": standing.tier,
        "tier_said": tier_said(standing.tier),
        "since": day(standing.since, now, zone) if standing.since else "",
        "standing": standing,
        "proposal": proposal,
        "reason": text(proposal.reason) if proposal else "",
        "case": found,
        "m": member(found, today) if found else None,
        "said": text(found.progress.said) if found else "",
        "chart": chart(found, today) if found else "",
        "rows": table(found) if found else [],
        "figures": figures_said(view.evidence[person.id].figures, now, zone),
        "screened": _screened(person.id),
        "seen": history[0].number if history else 0,
        "history": [(line, decided_said(line), text(line.proposed), day(line.at, now, zone)) for line in history],
        "notes": [(note, day(note.at, now, zone)) for note in notes_about(person.id)],
        "choices": [
            (tier, tier_said(tier), tier == (proposal.to_tier if proposal else standing.tier)) for tier in (1, 2, 3)
        ],
        **_letters(person),
    }
    return render(request, "support/case.html", context)


def _screened(learner: UUID) -> str:
    """What the newest screening means and how sure it is; nothing where there is none."""
    result = latest_results([learner]).get(learner)
    if result is None:
        return ""
    words = ngettext(
        "The screening is one measurement: %(score).2f ± %(se).2f logits from %(n)d question. By the assumed norm "
        "%(p)d of 100 learners of the grade score lower.",
        "The screening is one measurement: %(score).2f ± %(se).2f logits from %(n)d questions. By the assumed norm "
        "%(p)d of 100 learners of the grade score lower.",
        result.items,
    ) % {"score": result.score, "se": result.se, "n": result.items, "p": result.percentile}
    near = "" if result.sure else _("It lies near a cut score: another measurement could change the level.")
    return f"{words} {near}".strip()


def _letters(person: Person) -> dict[str, object]:
    """The languages of letters: those of the family that Headway speaks, English, and which others the family has."""
    spoken, wanted = dict(settings.LANGUAGES), {guardian.language for guardian in guardians_of(person.id)}
    codes = sorted((wanted & set(spoken)) | {"en"}, key=lambda code: (code == "en", code))
    foreign = [get_language_info(code)["name_translated"] for code in sorted(wanted - set(spoken)) if code in LANG_INFO]
    return {"letters": [(code, get_language_info(code)["name_local"]) for code in codes], "foreign": foreign}


def figures_said(figures: tuple[Figure, ...], now: float, zone: str) -> list[tuple[str, str, str]]:
    """The newest figure of each kind: what, how much, when."""
    newest: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        key = (figure.measure, figure.value, figure.window)
        if key not in newest or newest[key].at <= figure.at:
            newest[key] = figure
    out = []
    for figure in newest.values():
        value = VALUES.get(figure.value)
        name = said(MEASURES[figure.measure]) if figure.measure in MEASURES else figure.measure
        shown = figure_said(figure.figure)
        out.append(
            (
                f"{name}: {said(value) if value else figure.value}",
                said(shown) if isinstance(shown, Text) else shown,
                day(figure.at, now, zone),
            )
        )
    return out


@require_POST
@page_for(*STAFF)
def decide(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """Keep what the person decided, and what was said about it."""
    person = _open(viewer, learner)
    school = school_of(person.id, schools_of(viewer))
    if school is None:
        raise NotAllowed("There is no such learner among those that you work with.")
    now = time.time()
    meeting = open_meeting(school=school, by=viewer.person, present="", now=now)
    try:
        if request.POST.get("do") == "note":
            write_note(meeting=meeting, by=viewer.person, words=request.POST.get("words", ""), now=now, learner=person)
            messages.success(request, _("The note stands in the minutes of today."))
        else:
            proposal = next(iter(outlook(person.district_id, [person.id], now).proposals), None)
            chosen = request.POST.get("tier", "")
            line = decide_tier(
                learner=person,
                by=viewer.person,
                to_tier=int(chosen) if chosen in ("1", "2", "3") else 0,
                reason=request.POST.get("reason", ""),
                now=now,
                proposal=proposal,
                meeting=meeting,
                seen=int(seen) if (seen := request.POST.get("seen", "")).isascii() and seen.isdecimal() else None,
            )
            messages.success(request, _("Decided and on record: %(tier)s.") % {"tier": tier_said(line.to_tier)})
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
    return redirect("pages:support-case", learner=person.id)


def _open(viewer: Viewer, learner: UUID) -> Person:
    return access_learner(viewer, learner, purpose=PURPOSE, place="team meeting")
