"""A teacher chooses, for a course of a learning management system, what a link shall open (deep linking)."""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.curriculum.catalogue import Curriculum
from headway.pages.context import viewer_in
from headway.pages.lti.door import of_platform
from headway.pages.lti.launch import CHOOSING, STAFF
from headway.pages.person.steer import skill_choices
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.lti.keys import sign
from headway.school.exchange.lti.launching import launch_for_choosing
from headway.school.exchange.lti.models import LtiPlatform
from headway.school.exchange.lti.platforms import origin_of
from headway.school.exchange.sign_on.arriving import TurnedAway
from headway.standards.lti.content import Item, response_claims
from headway.standards.lti.launch import Choosing, Launch


@require_http_methods(["GET", "POST"])
@never_cache
@of_platform
def choose(request: HttpRequest, platform: LtiPlatform) -> HttpResponse:
    """The page; a POST sends what was chosen back to the platform, signed."""
    viewer, now = viewer_in(request), time.time()
    key = str(request.session.get(CHOOSING, ""))
    if viewer is None or not key:
        raise TurnedAway("launch", "nothing is being chosen in this browser")
    if not viewer.has(*STAFF):
        raise TurnedAway("roles", f"a choice for a course, by {viewer.person.id}, who teaches nobody")
    launch = launch_for_choosing(platform=platform, key=key, person=viewer.person, now=now)
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        curriculum = None
    choices = skill_choices(curriculum, -1) if curriculum is not None else []
    missing = False
    if request.method == "POST":
        items = _chosen(request, platform, curriculum, launch)
        if items or "nothing" in request.POST:
            del request.session[CHOOSING]
            return _send(request, platform, launch, items, now)
        missing = True
    context = {"platform": platform, "launch": launch, "choices": choices, "missing": missing}
    return render(request, "lti/choose.html", context, status=422 if missing else 200)


def _chosen(request: HttpRequest, platform: LtiPlatform, curriculum: Curriculum | None, launch: Launch) -> list[Item]:
    """The links that were ticked; one only where the platform takes no more."""
    assert launch.choosing is not None
    places = {"path": _("My path in Headway"), "screening": _("Screening in Headway")}
    found = [
        Item(title, _address(request, kind=kind))
        for kind, title in places.items()
        if kind in request.POST.getlist("place")
    ]
    for skill in dict.fromkeys(request.POST.getlist("skill")):
        number = curriculum.skill_number.get(skill, -1) if curriculum is not None else -1
        if curriculum is not None and number >= 0:
            title, maximum = _(curriculum.skills[number].title), 1.0 if platform.grades else 0.0
            found.append(Item(title, _address(request, kind="skill", key=skill), maximum=maximum, resource=skill))
    return found if launch.choosing.several else found[:1]


def _address(request: HttpRequest, **place: str) -> str:
    return request.build_absolute_uri(reverse("pages:lti-open", kwargs=place))


def _send(request: HttpRequest, platform: LtiPlatform, launch: Launch, items: list[Item], now: float) -> HttpResponse:
    """The page that posts the signed answer to the platform."""
    back: Choosing | None = launch.choosing
    assert back is not None
    origin = origin_of(back.back)
    if not origin:
        raise TurnedAway("lti", f"choosing comes back to {back.back[:200]!r}")
    claims: dict[str, Any] = response_claims(
        items, client=platform.service.client, issuer=platform.service.issuer, deployment=launch.deployment,
        data=back.data, nonce=secrets.token_urlsafe(24), now=now,
    )  # fmt: skip
    token = sign(claims, district=platform.district_id, now=now)
    response = render(request, "lti/send.html", {"address": back.back, "fields": {"JWT": token}})
    response.allowed = {"form-action": [origin]}  # type: ignore[attr-defined]
    return response
