"""Somebody opens a tool and comes back, and what a tool's server and its pages ask of us on the way.

The tool sends the browser to :func:`authorization` by a link, so that our cookie comes with it; where it posts, we ask again by a
link. What was chosen in a tool is posted without our cookie: it is read and kept, and taken in the request after it.
"""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.guard import page_for
from headway.pages.lti.door import of_district
from headway.school.exchange.lti.platforms import origin_of
from headway.school.exchange.tools.choosing import NotChosen, take_answer
from headway.school.exchange.tools.granting import TOKEN_PATH
from headway.school.exchange.tools.register import issuer_of
from headway.school.exchange.tools.visiting import SERVICES, NotOpened, authorise, begin_opening, visit_of
from headway.school.people.access import Viewer
from headway.school.people.models import Person, RoleName
from headway.school.people.tenancy import DISTRICT_KEY, in_district
from headway.standards.lti.hosting import LONGEST_REQUEST
from headway.standards.lti.tools import Addresses, configuration

LOG = logging.getLogger("headway.lti")
EVERYBODY = (RoleName.LEARNER, RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
SAID = 300
"""Characters of what a tool says to somebody who comes back."""


def addresses_of(base: str, district: UUID) -> Addresses:
    """Our addresses for the tools of a district."""
    issuer = issuer_of(base, district)
    return Addresses(
        issuer, f"{issuer}/authorize", f"{base}{TOKEN_PATH}", f"{issuer}/keys", f"{base}{SERVICES}/register"
    )


@require_GET
def described(request: HttpRequest, district: UUID) -> HttpResponse:
    """Our OpenID configuration, for a tool that registers itself. There is nothing secret in it."""
    here = origin_of(request.build_absolute_uri("/"))
    return JsonResponse(configuration(addresses_of(here, district)))


@require_GET
@never_cache
@page_for(*EVERYBODY)
def go(request: HttpRequest, viewer: Viewer, placement: UUID) -> HttpResponse:
    """Open something of a tool: off to the tool, which asks us for the launch."""
    address = begin_opening(placement=placement, person=viewer.person, now=time.time())
    return HttpResponse(status=302, headers={"Location": address})


@csrf_exempt  # it changes nothing but the visit that the tool's own request names
@require_http_methods(["GET", "POST"])
@never_cache
def authorization(request: HttpRequest, district: UUID) -> HttpResponse:
    """The tool asks for a launch; whoever is signed in gets the page that posts it."""
    if request.method == "POST":  # our cookie does not come with a post from another site, with a link it does
        if sum(len(str(value)) for value in request.POST.values()) > LONGEST_REQUEST:
            return _not_opened(request, f"a request with more than {LONGEST_REQUEST} characters")
        here = reverse("pages:tools-authorize", args=[district])
        return HttpResponse(status=303, headers={"Location": f"{here}?{urlencode(request.POST.dict())}"})
    signed_in = isinstance(request.user, Person) and request.session.get(DISTRICT_KEY) == str(district)
    person = request.user if signed_in and isinstance(request.user, Person) else None
    if request.session.get(DISTRICT_KEY, str(district)) != str(district):
        return _not_opened(request, f"asked of the district {district} by somebody of another one")
    try:
        with in_district(district):
            passage = authorise(district=district, sent=request.GET.dict(), person=person, now=time.time())
    except NotOpened as why:
        return _not_opened(request, str(why))
    if "error" in passage.fields:
        LOG.warning("a launch was refused to %s: %s", passage.address, passage.fields["error_description"])
    response = render(request, "lti/send.html", {"address": passage.address, "fields": passage.fields})
    # a browser also asks the policy where the tool sends it on after this form, and tools have several hosts
    response.allowed = {"form-action": [origin_of(passage.address), "https:"]}  # type: ignore[attr-defined]
    return response


@csrf_exempt  # the tool's page posts it; its signature says whose it is, and the next request in which browser
@require_POST
@never_cache
@of_district
def chosen(request: HttpRequest, district: UUID) -> HttpResponse:
    """What was chosen in a tool comes back."""
    try:
        visit = take_answer(district=district, token=request.POST.get("JWT", ""), now=time.time())
    except NotChosen as why:
        return _not_opened(request, str(why))
    onward = reverse("pages:tools-chosen", args=[visit.id])
    return render(request, "lti/onward.html", {"onward": onward})


@require_GET
@never_cache
@page_for(*EVERYBODY)
def back(request: HttpRequest, viewer: Viewer, visit: UUID) -> HttpResponse:
    """Somebody comes back from a tool, which may have something to say."""
    found = visit_of(visit, viewer.person)
    if found is None:
        raise Http404
    said = request.GET.get("lti_errormsg") or request.GET.get("lti_msg") or ""
    context = {
        "visit": found, "said": said[:SAID], "error": "lti_errormsg" in request.GET,
        "learner": viewer.has(RoleName.LEARNER),
    }  # fmt: skip
    return render(request, "tools/back.html", context)


def _not_opened(request: HttpRequest, why: str) -> HttpResponse:
    LOG.warning("a tool's request was refused: %s", why)
    return render(request, "tools/refused.html", status=HTTPStatus.FORBIDDEN)
