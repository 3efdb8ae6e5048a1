"""What the addresses of LTI share: the district of the address, pages that a platform may frame, and refusals in words."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from headway.pages.render import said
from headway.school.exchange.lti.launching import Place
from headway.school.exchange.lti.models import LtiPlatform
from headway.school.exchange.lti.platforms import origin_of, platform_with_id
from headway.school.exchange.sign_on.arriving import TurnedAway, turn_away
from headway.school.exchange.sign_on.reasons import REASONS
from headway.school.people.sign_in import sign_out
from headway.school.people.tenancy import DISTRICT_KEY, in_district

FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})
"""What a browser says (``Sec-Fetch-Dest``) of a page that opens inside of another."""
More = ParamSpec("More")
InDistrict = Callable[Concatenate[HttpRequest, UUID, More], HttpResponse]
OfPlatform = Callable[[HttpRequest, LtiPlatform], HttpResponse]


def of_district(view: InDistrict[More]) -> InDistrict[More]:
    """Open the district of the address for the view; somebody who is signed in to another one is signed out first."""

    @wraps(view)
    def opened(request: HttpRequest, district: UUID, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        if request.session.get(DISTRICT_KEY, str(district)) != str(district):
            sign_out(
                request
            )  # this request works for that other district: begin anew without it, a form with its fields
            return HttpResponse(status=307, headers={"Location": request.get_full_path()})
        with in_district(district):
            return view(request, district, *args, **kwargs)

    return cast("InDistrict[More]", opened)


def of_platform(view: OfPlatform) -> Callable[[HttpRequest, UUID, UUID], HttpResponse]:
    """The same, with an open platform of that district; a refusal becomes a sentence, and is kept."""

    @wraps(view)
    @of_district
    def opened(request: HttpRequest, district: UUID, platform: UUID) -> HttpResponse:
        found = platform_with_id(platform)
        if found is None or found.district_id != district:
            raise Http404
        try:
            return view(request, found)
        except TurnedAway as why:
            return refuse(request, found, why)

    return opened


def refuse(request: HttpRequest, platform: LtiPlatform, why: TurnedAway, again: str = "") -> HttpResponse:
    """Say why a launch opens nothing and what to do; the reason is kept for whoever looks after the platform."""
    turn_away(service=platform.service_id, why=why, now=time.time())
    context = {"said": said(REASONS.get(why.outcome, REASONS["service"]).said), "again": again}
    return framed(render(request, "lti/refused.html", context, status=HTTPStatus.FORBIDDEN), platform)


def framed(response: HttpResponse, platform: LtiPlatform) -> HttpResponse:
    """Let the registered pages of this platform show this one answer in their frame; nothing of a person stands in it."""
    response.allowed = {"frame-ancestors": platform.origins}  # type: ignore[attr-defined]
    response.xframe_options_exempt = bool(platform.origins)
    return response


def address_of(request: HttpRequest, name: str, platform: LtiPlatform, **query: str) -> str:
    """An address of a platform's own, in full."""
    path = reverse(f"pages:{name}", args=[platform.district_id, platform.service_id])
    return request.build_absolute_uri(f"{path}?{urlencode(query)}" if query else path)


def place_of(request: HttpRequest, address: str) -> Place:
    """What an address that came with a launch opens. Raises TurnedAway for one that is not ours, whatever it leads to."""
    here = origin_of(request.build_absolute_uri("/"))
    rest = address[len(here) :] if origin_of(address) == here and address.lower().startswith(here) else ""
    try:
        found = resolve(rest.partition("?")[0])
    except Resolver404:
        found = None
    if found is None or found.view_name != "pages:lti-open":
        raise TurnedAway("target", address[:200])
    return Place(found.kwargs["kind"], found.kwargs.get("key", ""))
