"""The end of every way in: a session, or first the second step of an adult."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from headway.school.exchange.sign_on.second import NO, SET_UP, asked_of
from headway.school.people.models import Person
from headway.school.people.sign_in import begin_session, sign_out

BETWEEN = "between_steps"
"""Where the session keeps who has taken the first step; it opens nothing but the second."""


def admit(
    request: HttpRequest, person: Person, onward: str, *, strong: bool = False, keep: Mapping[str, str] | None = None
) -> HttpResponse:
    """Let somebody in, inside of their district, and lead them to the page that was asked for. An adult who has a second step,
    or needs one, is asked for it first, but not twice: ``strong`` says that the service has asked for two already. ``keep``
    goes into the session that begins."""
    asked = NO if strong else asked_of(person)
    if asked == NO:
        begin_session(request, person)
        request.session.update(keep or {})
        return with_language(redirect(onward or "pages:home"), person.language)
    sign_out(request)
    request.session[BETWEEN] = {
        "district": str(person.district_id),
        "person": str(person.id),
        "at": time.time(),
        "onward": onward,
        "keep": dict(keep or {}),
    }
    page = "pages:second-step-new" if asked == SET_UP else "pages:second-step-ask"
    return with_language(redirect(page), person.language)


def admit_after(request: HttpRequest, person: Person) -> None:
    """Begin the session of somebody who has taken the second step."""
    keep = request.session[BETWEEN]["keep"]
    begin_session(request, person)
    request.session.update(keep)


def with_language(response: HttpResponseRedirect, code: str) -> HttpResponseRedirect:
    """The answer, with a cookie that keeps the language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=60 * 60 * 24 * 365,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
