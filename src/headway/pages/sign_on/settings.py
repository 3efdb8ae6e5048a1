"""The page of a district's sign-on services, for people with a part in all of the district."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import when
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.pages.sign_on import rules
from headway.pages.sign_on.addresses import to_register
from headway.school.exchange.sign_on import services
from headway.school.exchange.sign_on.reasons import REASONS
from headway.school.exchange.sign_on.services import Draft, NoService, Service
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
FIELDS = ("kind", "name", "issuer", "client", "secret", "metadata", "claim", "field")


@dataclass(frozen=True, slots=True)
class Line:
    """A service in words; ``address`` is what has to be registered at the provider, ``asked`` whether to ask now if it closes."""

    service: Service
    kind: str
    rule: str
    domains: str
    register: str
    address: str
    entity: str
    asked: bool


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The services that are open, who came, and a form for another one."""
    return _page(request, viewer, {}, "")


@require_POST
@never_cache
@sensitive_post_parameters("secret")
@page_for(*WHO)
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Open a service, or say what to mend and keep what was typed, but for the secret."""
    services.check_may_sign_on(viewer)
    form = {name: request.POST.get(name, "") for name in FIELDS}
    domains = tuple(re.findall(r"[^\s,;]+", request.POST.get("domains", "").lower()))
    try:
        services.add_service(by=viewer.person, draft=Draft(**form, domains=domains), now=time.time())
    except NoService as refusal:
        return _page(request, viewer, {**form, "domains": ", ".join(domains)}, said(refusal.message))
    messages.success(request, _("The service is open. Register our address below at the provider, then try it."))
    return redirect("pages:sign-on")


@require_POST
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Close a service, or let somebody's old account go."""
    services.check_may_sign_on(viewer)
    key, what = uuid_or_404(request.POST.get("service", "")), request.POST.get("what", "")
    if what == "close":
        services.close_service(service=key, now=time.time())
        messages.success(request, _("The service is closed. Nobody comes in by it any more."))
    elif what == "let-go":
        if services.let_go(service=key, who=request.POST.get("person", "").strip()):
            messages.success(request, _("Let go. The next account that matches is theirs."))
        else:
            messages.warning(request, _("Nobody with an account of this service has that address or identifier."))
    else:
        raise Http404
    return redirect("pages:sign-on")


def _page(request: HttpRequest, viewer: Viewer, form: dict[str, str], words: str) -> HttpResponse:
    services.check_may_sign_on(viewer)
    now, tz = time.time(), time_zone_of(viewer.person.district_id)
    context: dict[str, Any] = {
        "lines": [_line(request, each) for each in services.open_services()],
        "arrivals": [
            {
                "when": when(a.at, now, tz),
                "service": a.service,
                "who": a.who,
                "why": said(REASONS[a.outcome].mend) if a.outcome in REASONS else "",
                "detail": a.detail,
            }
            for a in services.arrivals()
        ],
        "form": form,
        "words": words,
        **rules.shown(viewer, now),
    }
    return render(request, "sign_on.html", context, status=422 if words else 200)


def _line(request: HttpRequest, service: Service) -> Line:
    fields = {"email": _("the e-mail address"), "sourced_id": _("the identifier (sourcedId)")}
    rule = _("{claim} with {field}").format(claim=service.claim, field=fields[service.field])
    address, entity = (request.build_absolute_uri(path) if path else "" for path in to_register(service))
    if service.kind == "saml":
        register = _("Register this address at the provider, for answers by POST:")
    else:
        register = _("Register this address at the provider, to come back to:")
    kind = "SAML 2.0" if service.kind == "saml" else "OpenID Connect"
    asked = request.GET.get("close") == str(service.id)
    return Line(service, kind, rule, ", ".join(service.domains), register, address, entity, asked)
