"""The page that a platform opens, with a link of an administrator, to register itself."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.text import T
from headway.pages.lti.door import address_of, framed, of_district
from headway.pages.render import said
from headway.school.exchange.lti.models import LtiInvitation, LtiPlatform
from headway.school.exchange.lti.platforms import invitation_of
from headway.school.exchange.lti.registering import Call, NotRegistered, complete, look, prepare
from headway.standards.lti.registration import Ours

LOG = logging.getLogger("headway.lti")
CLAIMS = ("iss", "sub", "email", "given_name", "family_name", "name")


@require_GET
@never_cache
@of_district
def register(request: HttpRequest, district: UUID, secret: str) -> HttpResponse:
    """Opened by the platform, the link registers it; opened by anybody else, it says where to paste it."""
    now = time.time()
    invitation = invitation_of(secret, now=now)
    if invitation is None:
        words = said(T("This link was used, or is over an hour old. Make another one on the page Launches."))
        LOG.warning("a link for registering that is not good was opened in district %s", district)
        return render(request, "lti/registered.html", {"words": words}, status=HTTPStatus.FORBIDDEN)
    call = Call(request.GET.get("openid_configuration", ""), request.GET.get("registration_token", ""))
    if not call.configuration:
        return render(request, "lti/registered.html", {"waits": True})
    try:
        with transaction.atomic():
            platform = _register(request, invitation, call, now)
    except NotRegistered as refusal:
        LOG.warning("a platform could not be registered in district %s: %s", district, refusal)
        context = {"words": said(refusal.message)}
        return render(request, "lti/registered.html", context, status=HTTPStatus.BAD_REQUEST)
    return framed(render(request, "lti/registered.html", {"platform": platform}), platform)


def _register(request: HttpRequest, invitation: LtiInvitation, call: Call, now: float) -> LtiPlatform:
    found = look(call)
    platform = prepare(invitation=invitation, found=found, now=now)
    keys = reverse("pages:lti-keys", args=[platform.district_id])
    target = reverse("pages:lti-open", kwargs={"kind": "home"})
    ours = Ours(
        "Headway", address_of(request, "lti-begin", platform), address_of(request, "lti-launch", platform),
        request.build_absolute_uri(keys), request.build_absolute_uri(target), CLAIMS,
    )  # fmt: skip
    return complete(
        invitation=invitation, platform=platform.service_id, found=found, call=call, ours=ours, now=now
    )  # fmt: skip
