"""Sign-in cards of a class: who has one, making them as a sheet to cut up, ending one or all, and who used them."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import date_said, day, when
from headway.pages.documents import Card, Cards, Document, pdf_response
from headway.pages.guard import page_for
from headway.pages.render import plain
from headway.pages.sign_on.pictures import WORDS, drawn
from headway.pages.sign_on.qr import qr_svg
from headway.school.exchange.sign_on import cards
from headway.school.exchange.sign_on.cards import IN, LASTS, SAID, MadeCard, NoCards
from headway.school.people.access import Viewer
from headway.school.people.clock import date_of, day_of, time_zone_of
from headway.school.people.models import RoleName


@require_GET
@never_cache
@page_for(RoleName.TEACHER)
def standing(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Who of the class has a card, and what was tried with them."""
    now, here = time.time(), time_zone_of(viewer.person.district_id)
    code, lines = cards.cards_of(viewer, section, now)
    rows = [
        {
            "learner": line.learner,
            "name": line.name,
            "state": line.state,
            "number": line.number,
            "until": day(line.expires_at, now, here) if line.state != "none" else "",
            "used": when(line.used_at, now, here) if line.used_at else "",
        }
        for line in lines
    ]
    tries = [
        {
            "when": when(row.at, now, here),
            "who": row.card.learner.name if row.card else "",
            "in": row.outcome == IN,
            "way": _("card scanned") if row.way == cards.QR else _("pictures tapped"),
            "why": plain(SAID[row.outcome]) if row.outcome in SAID else "",
        }
        for row in cards.tries_of(viewer, section)
    ]
    context = {
        "section": cards.taught_section(viewer, section), "code": spaced(code), "rows": rows, "tries": tries, "days": LASTS,
        "seen": repr(cards.newest_card(section)), "any": any(row["number"] for row in rows),
        "ask": request.GET.get("end") == "all",
    }  # fmt: skip
    return render(request, "teacher/cards.html", context)


@require_POST
@never_cache
@page_for(RoleName.TEACHER)
def make(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """New cards as a sheet to print; what is on them is never shown again."""
    found, now = cards.taught_section(viewer, section), time.time()
    days = request.POST.get("days", "")
    try:
        code, made = cards.make_cards(
            by=viewer, section=section, learners=_keys(request.POST.getlist("learner")),
            days=int(days) if days.isdecimal() and len(days) < 5 else 0, seen=_float(request.POST.get("seen", "")), now=now,
        )  # fmt: skip
    except NoCards as refusal:
        messages.warning(request, plain(refusal.message))
        return redirect("pages:cards", section=section)
    here = date_of(day_of(found.district_id, now))
    answer = pdf_response(
        Document(
            title=_("Sign-in cards: {title}").format(title=found.title),
            language=get_language() or "en",
            school=found.school.name,
            date=date_said(here),
            lead=_("Cut along the lines. Whoever has a card can sign in as this student: keep them like a key."),
            blocks=[Cards([_card(request, each, spaced(code)) for each in made])],
            foot=_("Lost cards end on the page “Sign-in cards” of the class."),
        ),
        at=now,
        name=f"cards-{found.title}",
    )
    answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace("inline", "attachment", 1)
    return answer


@require_POST
@page_for(RoleName.TEACHER)
def end(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """End the chosen cards, or all of the class at once."""
    everybody = request.POST.get("what") == "all"
    chosen = None if everybody else _keys(request.POST.getlist("learner"))
    n = cards.end_cards(by=viewer, section=section, learners=chosen, now=time.time())
    messages.success(request, ngettext("{n} card ended.", "{n} cards ended.", n).format(n=n))
    return redirect("pages:cards", section=section)


def spaced(code: str) -> str:
    """A class code as it is read: two groups of four."""
    return f"{code[:4]} {code[4:]}".strip()


def _card(request: HttpRequest, made: MadeCard, code: str) -> Card:
    address = request.build_absolute_uri(reverse("pages:card-scanned", args=[made.token]))
    return Card(
        title=made.name,
        lines=[
            _("Scan me, or go to {place}").format(place=request.build_absolute_uri(reverse("pages:card"))),
            _("Class code: {code}").format(code=code),
            _("My number: {number}").format(number=made.number),
        ],
        svg=str(qr_svg(address)),
        alt=_("QR code that signs this student in"),
        pictures=[(str(drawn(name)), str(WORDS[name])) for name in made.pictures],
    )


def _keys(words: list[str]) -> list[UUID]:
    out = []
    for word in words:
        try:
            out.append(UUID(word))
        except ValueError:
            continue  # no learner of any class
    return out


def _float(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return -1.0
