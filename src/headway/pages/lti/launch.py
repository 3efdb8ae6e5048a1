"""A learning management system opens Headway: its first call, its answer with a token, and in.

Cookies of a page in somebody else's frame are lost in most browsers, so a launch always goes on in a window of its own. The
answer is posted by the platform, without our cookie; it is read, kept, and taken in the request after it, which comes from our
own page.
"""

from __future__ import annotations

import time
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.context import viewer_in
from headway.pages.guard import to_sign_in
from headway.pages.lti.door import FRAMES, address_of, framed, of_district, of_platform, place_of, refuse
from headway.pages.sign_on.admit import admit as let_in
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.lti.keys import published_keys
from headway.school.exchange.lti.launching import OPEN_FOR, Place, admit, asked_of, begin, keep_link, land, take
from headway.school.exchange.lti.models import LtiPlatform
from headway.school.exchange.sign_on.arriving import TurnedAway
from headway.school.people.models import RoleName
from headway.standards.lti import words

ASKED = ("iss", "client_id", "login_hint", "lti_message_hint", "lti_deployment_id", "target_link_uri")
COOKIE = "headway_lti_"
CHOOSING = "lti_choosing"
"""Where the session keeps which launch somebody chooses something for."""


@require_GET
@of_district
def keys(request: HttpRequest, district: UUID) -> HttpResponse:
    """The public keys by which the district signs what it sends to platforms and tools."""
    del request
    found = published_keys(district=district, now=time.time())
    if not found:
        raise Http404
    response = JsonResponse(found)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@csrf_exempt  # the platform's page sends it; it only begins something, for this browser
@require_http_methods(["GET", "POST"])
@never_cache
@of_platform
def first_call(request: HttpRequest, platform: LtiPlatform) -> HttpResponse:
    """The platform says that somebody wants in (OpenID Connect third-party initiated login)."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = {name: sent[name] for name in ASKED if name in sent}
    if asked.get("target_link_uri"):
        place_of(request, asked["target_link_uri"])
    if request.headers.get("Sec-Fetch-Dest", "") in FRAMES:
        again = address_of(request, "lti-begin", platform, **asked)
        return framed(render(request, "lti/window.html", {"again": again}), platform)
    begun = begin(platform=platform, asked=asked, now=time.time())
    query = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
        "client_id": platform.service.client, "redirect_uri": address_of(request, "lti-launch", platform),
        "login_hint": asked["login_hint"], "state": str(begun.state), "nonce": begun.nonce,
    }  # fmt: skip
    if "lti_message_hint" in asked:
        query["lti_message_hint"] = asked["lti_message_hint"]
    joint = "&" if "?" in platform.login_url else "?"
    response = HttpResponse(status=302, headers={"Location": f"{platform.login_url}{joint}{urlencode(query)}"})
    response.set_cookie(
        f"{COOKIE}{begun.state.hex}", begun.browser, max_age=int(OPEN_FOR), path="/lti/", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return response


@csrf_exempt  # the platform's page posts it; the token in it proves whose it is, the next request in which browser
@require_POST
@never_cache
@of_platform
def answer(request: HttpRequest, platform: LtiPlatform) -> HttpResponse:
    """The platform sends the browser back, with a token or an error."""
    state = request.POST.get("state", "")
    if request.POST.get("error"):
        raise TurnedAway("cancelled", request.POST["error"][:200])
    row = land(platform=platform, state=state, token=request.POST.get("id_token", ""), now=time.time())
    assert row.claims is not None
    place_of(request, row.claims[f"{words.LTI}target_link_uri"])
    onward = address_of(request, "lti-enter", platform, state=str(row.id))
    return framed(render(request, "lti/onward.html", {"onward": onward}), platform)


@require_GET
@never_cache
@of_platform
def enter(request: HttpRequest, platform: LtiPlatform) -> HttpResponse:
    """Take the launch in the browser that began it, and open what the link leads to."""
    state, now = request.GET.get("state", ""), time.time()
    cookie = f"{COOKIE}{state.replace('-', '')}"
    try:
        row, launch = take(platform=platform, state=state, browser=request.COOKIES.get(cookie, ""), now=now)
    except TurnedAway as why:
        asked = asked_of(state, platform)
        return refuse(request, platform, why, address_of(request, "lti-begin", platform, **asked) if asked else "")
    place = place_of(request, launch.target)
    person = admit(row=row, platform=platform, launch=launch, now=now)
    if launch.choosing is not None:
        keep, onward = (
            {CHOOSING: str(row.id)},
            reverse("pages:lti-choose", args=[platform.district_id, platform.service_id]),
        )
    else:
        keep_link(platform=platform, launch=launch, place=place, person=person, now=now)
        keep, onward = {}, opened_by(place)
    response = let_in(request, person, onward, keep=keep)
    response.delete_cookie(cookie, path="/lti/")
    return response


def opened_by(place: Place) -> str:
    """The address of ours that a link to a place leads to; who may not open it is told there."""
    return reverse("pages:lti-open", kwargs={"kind": place.kind, **({"key": place.key} if place.key else {})})


@require_GET
@never_cache
def to_place(request: HttpRequest, kind: str, key: str = "") -> HttpResponse:
    """The address of something that a course can link to: a skill, the path, the screening; each leads to the page of whoever
    follows it. It opens nothing that the person may not open anyway."""
    viewer = viewer_in(request)
    if viewer is None:
        return to_sign_in(request)
    if not viewer.has(RoleName.LEARNER):
        return redirect("pages:screenings" if kind == "screening" and viewer.has(*STAFF) else "pages:home")
    if kind == "skill":
        try:
            known = key in curriculum_of(viewer.person.district_id).skill_number
        except NoCurriculum:
            known = False
        if not known:
            messages.warning(request, _("Your school does not teach this skill here any more. This is your path."))
        return redirect(f"{reverse('pages:my-path')}?at={quote(key)}" if known else "pages:my-path")
    if kind not in ("home", "path", "screening"):
        raise Http404
    return redirect({"path": "pages:my-path", "screening": "pages:screening"}.get(kind, "pages:home"))


STAFF = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)
