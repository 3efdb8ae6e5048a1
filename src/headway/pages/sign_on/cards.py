"""The door of young learners: a card before the camera, or the class code, a number and three pictures. Nobody's name stands
here, and every step works without a script."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.pages.render import said
from headway.pages.sign_on.admit import admit
from headway.pages.sign_on.pictures import WORDS, drawn
from headway.school.exchange.sign_on import cards
from headway.school.exchange.sign_on.cards import SAID, CardRefused, Held
from headway.school.people.models import Person
from headway.school.people.sign_in import sign_out
from headway.school.people.tenancy import DISTRICT_KEY, in_district

HELD = "card_held"
"""Where the session keeps which card was scanned: its address is never a page that one can go back to."""
FRESH = 300.0
"""Seconds from the scan to the button."""
Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to tap."""

    name: str
    word: Promise
    svg: SafeString


def without_anybody(view: Page) -> Page:
    """Whoever is signed in on this device is signed out first: the next learner has come."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if DISTRICT_KEY in request.session:
            sign_out(request)  # this request works for that person's district: begin anew without it
            return redirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return opened


@require_GET
@never_cache
@without_anybody
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """The address that a card's QR code holds: keep what it says, and go to a page without it."""
    found = cards.held(token)
    if found is None:
        return _page(request, "ended")
    request.session[HELD] = [str(found.district), str(found.card), found.digest.hex(), time.time()]
    return redirect("pages:card")


@require_http_methods(["GET", "POST"])
@never_cache
@without_anybody
def card(request: HttpRequest) -> HttpResponse:
    """After a scan, one button; else how to scan, and the way by class code."""
    if request.method == "POST" and request.POST.get("token"):  # scanned on this page
        found = cards.held(request.POST["token"].rpartition("/")[2])
    else:
        found = _held(request)
    if request.method == "GET":
        return _with_camera(render(request, "card.html", {"ready": found is not None}))
    request.session.pop(HELD, None)
    if found is None:
        return _page(request, "ended")
    return _let_in(request, [found.district], lambda now: cards.come_by_scan(held=found, now=now))


@require_http_methods(["GET", "POST"])
@never_cache
@without_anybody
def pictures(request: HttpRequest) -> HttpResponse:
    """The class code and the number, then one picture after the other; the third one decides."""
    given = request.POST if request.method == "POST" else request.GET
    code = "".join(given.get("code", "").upper().replace("-", " ").split())[:8]
    word = given.get("number", "").strip()
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else 0
    taken = [name for name in given.get("taken", "").split(" ") if name in WORDS][: cards.LENGTH - 1]
    districts = [key for key in cards.districts_of(code) if cards.has_code(key, code)]
    if not districts or not number:
        asked = "code" in given and (not districts or "number" in given)
        return _with_camera(render(request, "card.html", {"code": code, "wrong": asked, "known": bool(districts)}))
    if request.method == "POST" and request.POST.get("picture") in WORDS:
        taken.append(request.POST["picture"])
    if len(taken) < cards.LENGTH:
        return _grid(request, code, number, taken)
    return _let_in(
        request,
        districts,
        lambda now: cards.come_by_pictures(code=code, number=number, pictures=taken, now=now),
        lambda outcome: _grid(request, code, number, [], outcome),
    )


def _grid(request: HttpRequest, code: str, number: int, taken: list[str], outcome: str = "") -> HttpResponse:
    context = {
        "code": code, "number": number, "taken": " ".join(taken), "done": len(taken), "of": cards.LENGTH,
        "places": [place < len(taken) for place in range(cards.LENGTH)],
        "pictures": [Picture(name, word, drawn(name)) for name, word in WORDS.items()],
        "refused": said(SAID[outcome]) if outcome else "",
    }  # fmt: skip
    return render(request, "pictures.html", context, status=HTTPStatus.FORBIDDEN if outcome else HTTPStatus.OK)


def _let_in(
    request: HttpRequest,
    districts: list[UUID],
    come: Callable[[float], Person],
    refused: Callable[[str], HttpResponse] | None = None,
) -> HttpResponse:
    """Let in whom the card is of; what was tried stays noted also when nobody is."""
    with in_district(districts[0]):
        try:
            person = come(time.time())
        except CardRefused as why:
            return refused(why.outcome) if refused else _page(request, why.outcome)
        return admit(request, person, "")


def _page(request: HttpRequest, outcome: str) -> HttpResponse:
    context = {"refused": said(SAID[outcome])}
    return _with_camera(render(request, "card.html", context, status=HTTPStatus.FORBIDDEN))


def _with_camera(page: HttpResponse) -> HttpResponse:
    """The only page that may ask for the camera."""
    page.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return page


def _held(request: HttpRequest) -> Held | None:
    kept = request.session.get(HELD)
    if not kept or time.time() - kept[3] > FRESH:
        return None
    return Held(UUID(kept[0]), UUID(kept[1]), bytes.fromhex(kept[2]))
