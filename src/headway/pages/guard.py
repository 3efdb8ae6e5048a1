"""Who may open a page. Somebody without a session signs in first; to anybody else a page that is not theirs is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from headway.pages.context import viewer_in
from headway.school.people.access import NotAllowed, Viewer

P = ParamSpec("P")
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in and, if they only asked for a page, from there to that page."""
    asked = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(f"{reverse('pages:sign-in')}{asked}")


def page_for(*roles: str) -> Callable[[View[P]], Guarded[P]]:
    """Give the view the signed-in person, if they hold one of the roles somewhere; which records they may see is decided
    by ``school.people.access``, whose refusal becomes a 404 too."""

    def guard(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            viewer = viewer_in(request)
            if viewer is None:
                return to_sign_in(request)
            if not viewer.has(*roles):
                raise Http404
            try:
                return view(request, viewer, *args, **kwargs)
            except NotAllowed as refusal:
                raise Http404 from refusal

        return guarded

    return guard


def uuid_or_404(word: str) -> UUID:
    """The identifier that an address or a form names; what is none names nothing that is there."""
    try:
        return UUID(word)
    except ValueError:
        raise Http404 from None
