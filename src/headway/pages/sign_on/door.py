"""The end of every sign-on, whatever the protocol: in, with a session, or turned away, with a sentence."""

from __future__ import annotations

import time
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from headway.pages.render import said
from headway.pages.sign_on.admit import admit
from headway.school.exchange.sign_on.arriving import Statement, TurnedAway, arrive, turn_away
from headway.school.exchange.sign_on.reasons import REASONS
from headway.school.exchange.sign_on.services import Service

ONWARD = "sign_on_next"
"""Where the session keeps the page that was asked for before the sign-in."""


def back_of(service: Service) -> str:
    """The address that an OpenID provider sends browsers back to; it has to be registered there."""
    return reverse("pages:sign-on-back", args=[service.district, service.id])


def slug_of(service: Service) -> str:
    """How a SAML service is called in the addresses of its protocol."""
    return f"{service.district.hex}{service.id.hex}"


def let_in(request: HttpRequest, service: Service, statement: Statement) -> HttpResponse:
    """Begin the session of whoever the statement is about, and go to the page that was asked for."""
    try:
        person = arrive(service=service.id, statement=statement, now=time.time())
    except TurnedAway as why:
        return refuse(request, service, why)
    return admit(request, person, str(request.session.get(ONWARD, "")), strong=statement.strong)


def refuse(request: HttpRequest, service: Service, why: TurnedAway) -> HttpResponse:
    """Say why somebody is not let in and what to do; the reason is kept for whoever looks after the service."""
    turn_away(service=service.id, why=why, now=time.time())
    reason = REASONS.get(why.outcome, REASONS["service"])
    context = {"service": service, "said": said(reason.said)}
    return render(request, "sign_on_refused.html", context, status=HTTPStatus.FORBIDDEN)
