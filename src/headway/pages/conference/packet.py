"""The page to talk over: on the screen with the evidence behind every line, and typeset on one sheet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.path.conferences import Choice, Line, Packet
from headway.core.text import Text
from headway.pages.conference.door import for_staff
from headway.pages.conference.drafting import FIRST, Drafted, drafted
from headway.pages.dates import date_said, day
from headway.pages.documents import Block, Document, Facts, Heading, Points, Table, Words, language_in, pdf_response
from headway.pages.person.door import Seen
from headway.pages.render import plain
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.path.conferences.actions import begin
from headway.school.path.conferences.queries import Side, Talk, last_held, sides_of, talks_of
from headway.school.people.clock import local_date
from headway.school.people.company import school_names
from headway.school.people.models import Person

ROOM, PRINTED = 3, 280
"""Empty lines on paper to write on, and characters of an answer that are printed: the screen has all of it."""
TALKS = 8
"""Earlier talks that a page shows."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A line with the address of its evidence, "" for none."""

    said: Text
    href: str


def openings(lines: Sequence[Line], learner: Person) -> list[Opening]:
    """Give each line the address of what it rests on."""
    return [Opening(line.said, href_of(line, learner)) for line in lines]


def href_of(line: Line, learner: Person) -> str:
    """Where the evidence of a line is."""
    if line.kind in ("skill", "misconception"):
        return reverse("pages:profile-evidence", args=[learner.id, line.kind, line.key])
    if line.kind == "mastery":
        return reverse("pages:mastery", args=[learner.id])
    anchors = {"pace": "#pace", "goal": "#goal", "profile": "#f-strength"}
    return reverse("pages:profile", args=[learner.id]) + anchors[line.kind] if line.kind in anchors else ""


def shown_packet(packet: Packet, learner: Person) -> dict[str, Any]:
    """A packet for its template."""
    return {
        "changed": openings(packet.changed, learner),
        "strengths": openings(packet.strengths, learner),
        "worry": openings([packet.worry], learner)[0] if packet.worry else None,
        "goal": openings(packet.goal, learner),
        "questions": packet.questions,
        "choices": packet.choices,
    }


@require_http_methods(["GET", "POST"])
@for_staff
def packet(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page; a POST begins the talk."""
    now = time.time()
    context: dict[str, Any] = {"learner": seen.learner, "packet": None}
    try:
        record = record_of(seen.learner, now)
    except NoCurriculum:
        return render(request, "conference/packet.html", context)
    talks = talks_of(seen.learner.id, private=True, most=TALKS)
    found = drafted(record, talks)
    if request.method == "POST":
        talk = begin(learner=seen.learner, by=seen.viewer.person, packet=found.packet, now=now)
        messages.success(request, _("The talk has begun. {name} speaks first.").format(name=seen.learner.given_name))
        return redirect("pages:conference", talk.id)
    last = last_held(talks)
    context |= {
        "packet": shown_packet(found.packet, seen.learner),
        "since": day(last or now - FIRST, now, record.time_zone),
        "sides": sides_of(seen.learner.id, last),
        "talks": dated(talks, record),
        "going": next((t for t in talks if not t.ended_at), None),
    }
    return render(request, "conference/packet.html", context)


def dated(talks: Sequence[Talk], record: Record) -> list[tuple[Talk, str]]:
    """Talks with the day on which each began."""
    return [(talk, day(talk.at, record.at, record.time_zone)) for talk in talks]


@require_GET
@for_staff
def packet_pdf(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The same on one sheet of paper, with room to write."""
    now = time.time()
    with override(language_in(request)):
        try:
            record = record_of(seen.learner, now)
        except NoCurriculum as problem:
            raise Http404 from problem
        talks = talks_of(seen.learner.id, private=False, most=TALKS)
        found = drafted(record, talks)
        sides = sides_of(seen.learner.id, last_held(talks))
        document = paper(seen, record, found, sides)
        return pdf_response(document, at=now, name=f"conference-{seen.learner.sourced_id}")


def paper(seen: Seen, record: Record, found: Drafted, sides: Sequence[Side]) -> Document:
    """Put the packet on paper."""
    packet = found.packet
    since = _("What has changed since {day}").format(day=day(packet.since, record.at, record.time_zone))
    blocks: list[Block] = [Heading(since), Points([plain(line.said) for line in packet.changed])]
    if packet.strengths:
        blocks += [Heading(_("Strengths")), Points([plain(line.said) for line in packet.strengths])]
    worry = plain(packet.worry.said) if packet.worry else _("Nothing in the record is a worry now.")
    blocks += [Heading(_("One worry")), Words(worry)]
    if packet.goal:
        blocks += [Heading(_("Goal")), Points([plain(line.said) for line in packet.goal])]
    for side in sides:
        name = _("What {name} brings").format(name=side.by)
        blocks += [
            Heading(name),
            Facts([(label, Truncator(words).chars(PRINTED)) for label, words in told(side) if words]),
        ]
    blocks += [Heading(_("Questions to ask")), Points([plain(text) for text in packet.questions])]
    if packet.choices:
        blocks += [Heading(_("Choices to offer")), Points([_choice(each) for each in packet.choices])]
    head = (_("What we agree on"), _("Who"), _("By when"))
    blocks.append(Table(head, [("", "", "")] * ROOM, (4, 1, 1), tall=True))
    return Document(
        title=_("Conference: {name}").format(name=seen.learner.name),
        language=get_language() or "en",
        school=", ".join(school_names(seen.learner.id)),
        date=date_said(local_date(record.time_zone, record.at)),
        blocks=blocks,
        foot=_("For the talk with {name}").format(name=seen.learner.name),
        author=seen.viewer.person.name,
        one_sheet=True,
    )


def _choice(each: Choice) -> str:
    return f"{plain(each.said)} {plain(each.would)}".strip()


def told(side: Side) -> list[tuple[str, str]]:
    """The three answers of a side, each with what was asked."""
    return [(_("What went well"), side.well), (_("What was hard"), side.hard), (_("What to work on"), side.want)]
