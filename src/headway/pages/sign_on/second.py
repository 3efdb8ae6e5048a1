"""The second step of adults: asked after the first, set up with an app, looked after on a page of one's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from headway.pages.context import viewer_in
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.sign_on.admit import BETWEEN, admit_after
from headway.pages.sign_on.qr import qr_svg
from headway.school.exchange.sealing import seal, unseal
from headway.school.exchange.sign_on import second
from headway.school.exchange.sign_on.second import STAFF, CodeRefused
from headway.school.people.access import Viewer
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district

SETTING_UP = "second_step_new"
"""Where the session keeps the secret that is being set up, encrypted."""
PATIENCE = 600.0
"""Seconds between the first step and the second."""
OfPerson = Callable[[HttpRequest, Person, str], HttpResponse]


def between(view: OfPerson) -> Callable[[HttpRequest], HttpResponse]:
    """Give the view who has taken the first step, inside of their district, and the page that was asked for."""

    def opened(request: HttpRequest) -> HttpResponse:
        kept = request.session.get(BETWEEN)
        if viewer_in(request) is not None:
            return redirect("pages:home")
        if not kept or time.time() - kept["at"] > PATIENCE:
            messages.warning(request, _("That took too long. Sign in again."))
            return redirect("pages:sign-in")
        with in_district(kept["district"]):
            person = second.owner(UUID(kept["district"]), UUID(kept["person"]))
            return redirect("pages:sign-in") if person is None else view(request, person, kept["onward"])

    return opened


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code")
@between
def ask(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """The code of the app, or one on paper; then in."""
    if not second.has_step(person):
        return redirect("pages:sign-in")
    if request.method == "GET":
        return render(request, "second.html", {})
    try:
        second.check(person=person, code=request.POST.get("code", "")[:40], now=time.time())
    except CodeRefused as refusal:
        return render(request, "second.html", {"refused": said(refusal.message)}, status=HTTPStatus.FORBIDDEN)
    admit_after(request, person)
    return redirect(onward or "pages:home")


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code")
@between
def new(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """Set up an app before coming in, because the district wants a second step."""
    if second.has_step(person):
        return redirect("pages:second-step-ask")
    return _set_up(request, person, onward, lambda: admit_after(request, person))


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code")
@page_for(*STAFF)
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One's own second step: set it up, or what can be done with it."""
    if second.has_step(viewer.person):
        return render(request, "second_own.html", {"needed": second.needed()})
    return _set_up(request, viewer.person, "", lambda: None)


@require_POST
@never_cache
@sensitive_post_parameters("code")
@page_for(*STAFF)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """New codes on paper, or another phone: both for a code."""
    code, person = request.POST.get("code", "")[:40], viewer.person
    try:
        if request.POST.get("what") == "paper":
            codes = second.new_paper(person=person, code=code, now=time.time())
            return render(request, "second_paper.html", {"codes": codes})
        second.let_go(person=person, code=code, now=time.time())
    except CodeRefused as refusal:
        context = {"needed": second.needed(), "refused": said(refusal.message)}
        return render(request, "second_own.html", context, status=HTTPStatus.FORBIDDEN)
    messages.success(request, _("The app is let go. Set up another one now."))
    return redirect("pages:second-step")


def _set_up(request: HttpRequest, person: Person, onward: str, then: Callable[[], None]) -> HttpResponse:
    """Show a new secret as QR code and as words; take the first code; show the codes on paper, this once."""
    secret, refused = _secret(request), ""
    if request.method == "POST":
        try:
            codes = second.begin(person=person, secret=secret, code=request.POST.get("code", "")[:40], now=time.time())
        except CodeRefused as refusal:
            refused = said(refusal.message)
        else:
            request.session.pop(SETTING_UP, None)
            then()
            return render(request, "second_paper.html", {"codes": codes, "onward": onward})
    context: dict[str, Any] = {
        "qr": qr_svg(second.address_of(secret, person, person.district.name)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "refused": refused,
        "needed": second.needed(),
    }
    return render(request, "second_new.html", context, status=HTTPStatus.FORBIDDEN if refused else HTTPStatus.OK)


def _secret(request: HttpRequest) -> str:
    """The secret of this setting up: the same one until a code fits it."""
    kept = request.session.get(SETTING_UP)
    if kept is None:
        kept = request.session[SETTING_UP] = seal(second.PURPOSE, second.new_secret()).decode()
    return unseal(second.PURPOSE, kept.encode())
