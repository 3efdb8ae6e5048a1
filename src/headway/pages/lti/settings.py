"""The page of a district's learning management systems, for people with a part in all of the district."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import when
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.lti.door import address_of
from headway.pages.render import said
from headway.school.exchange.lti import platforms
from headway.school.exchange.lti.keys import change_key
from headway.school.exchange.lti.models import LtiLink
from headway.school.exchange.lti.platforms import Form, Standing
from headway.school.exchange.lti.services import compared
from headway.school.exchange.outside import NoAnswer
from headway.school.exchange.sign_on.reasons import REASONS
from headway.school.exchange.sign_on.services import NoService, arrivals, check_may_sign_on, close_service
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of
from headway.school.people.models import RoleName

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
FIELDS = ("name", "issuer", "client", "login_url", "token_url", "keys_url", "claim", "field", "token_audience")
LISTS = ("domains", "deployments", "origins")


@dataclass(frozen=True, slots=True)
class Line:
    """A platform in words; ``addresses`` are what has to be registered there, each with what it is called."""

    standing: Standing
    rule: str
    deployments: str
    addresses: tuple[tuple[str, str], ...]
    arrivals: list[dict[str, str]]
    courses: list[LtiLink]


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The platforms that open Headway, and forms for another one."""
    return page(request, viewer)


@require_POST
@never_cache
@page_for(*WHO)
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Register a platform by hand, or say what to mend and keep what was typed."""
    check_may_sign_on(viewer)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    lists = {name: _words(request.POST.get(name, ""), name) for name in LISTS}
    form = Form(**typed, **lists, grades="grades" in request.POST)  # type: ignore[arg-type]
    try:
        platforms.add_platform(by=viewer.person, form=form, now=time.time())
    except NoService as refusal:
        kept = {**typed, **{name: ", ".join(values) for name, values in lists.items()}, "grades": form.grades}
        return page(request, viewer, form=kept, words=said(refusal.message))
    messages.success(request, _("Registered. Now give the platform our addresses below."))
    return redirect("pages:lti")


@require_POST
@never_cache
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Change what is agreed with a platform, or close it; make a link to register by, or a new key."""
    check_may_sign_on(viewer)
    what, now = request.POST.get("what", ""), time.time()
    if what == "invite":
        return _invite(request, viewer)
    if what == "key":
        change_key(district=viewer.person.district_id, now=now)
        messages.success(request, _("We sign by a new key. The one before stays published for a month."))
        return redirect("pages:lti")
    found = platforms.platform_with_id(uuid_or_404(request.POST.get("platform", "")))
    if found is None:
        raise Http404
    if what == "close":
        close_service(service=found.service_id, now=now)
        messages.success(request, _("Closed. Nobody opens Headway from there any more."))
    elif what == "agree":
        agreed = _words(request.POST.get("deployments", ""), "deployments")
        client, grades = request.POST.get("client", ""), "grades" in request.POST
        try:
            platforms.change_platform(platform=found.service_id, deployments=agreed, grades=grades, client=client)
        except NoService as refusal:
            return page(request, viewer, words=said(refusal.message))
        messages.success(request, _("Saved."))
    else:
        raise Http404
    return redirect("pages:lti")


@require_GET
@never_cache
@page_for(*WHO)
def members(request: HttpRequest, viewer: Viewer, link: UUID) -> HttpResponse:
    """Who is in the course of a link, as the platform lists them, and whom of the roster the rule finds for each."""
    check_may_sign_on(viewer)
    found = platforms.link_with_id(link)
    if found is None:
        raise Http404
    rows: list[tuple[str, str, str]] = []
    words = ""
    try:
        for each in compared(found, now=time.time()):
            why = said(REASONS[each.why].mend) if each.why in REASONS else ""
            rows.append((each.member.name or each.member.email or each.member.subject, each.person, why))
    except NoAnswer as error:
        words = _("The platform did not give its list: {why}").format(why=str(error))
    context = {"link": found, "rows": rows, "words": words, "missing": sum(not person for _name, person, _why in rows)}
    return render(request, "lti/members.html", context, status=502 if words else 200)


def _invite(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a link by which a platform registers itself, and show it this once."""
    claim, field = request.POST.get("claim", "").strip(), request.POST.get("field", "")
    domains = _words(request.POST.get("domains", ""), "domains")
    try:
        secret = platforms.invite(
            by=viewer.person, claim=claim, field=field, domains=domains, grades="grades" in request.POST,
            now=time.time(),
        )  # fmt: skip
    except NoService as refusal:
        return page(request, viewer, words=said(refusal.message))
    path = reverse("pages:lti-register", args=[viewer.person.district_id, secret])
    return page(request, viewer, link=request.build_absolute_uri(path))


def page(
    request: HttpRequest, viewer: Viewer, *, form: dict[str, Any] | None = None, words: str = "", link: str = ""
) -> HttpResponse:
    """The page, with what was typed and what to mend, or with a link that was just made."""
    check_may_sign_on(viewer)
    district = viewer.person.district_id
    context: dict[str, Any] = {
        "lines": [_line(request, each) for each in platforms.standing_platforms()],
        "keys": request.build_absolute_uri(reverse("pages:lti-keys", args=[district])),
        "places": [
            (_("The first page of whoever opens it"), _open(request, "home")),
            (_("The learner’s path"), _open(request, "path")),
            (_("A screening, while there is one to take"), _open(request, "screening")),
            (_("A skill, with its code"), f"{_open(request, 'skill')}/6.RP.A.1"),
        ],
        "form": form or {},
        "words": words,
        "link": link,
    }
    return render(request, "lti/settings.html", context, status=422 if words else 200)


def _open(request: HttpRequest, kind: str) -> str:
    return request.build_absolute_uri(reverse("pages:lti-open", kwargs={"kind": kind}))


def _line(request: HttpRequest, each: Standing) -> Line:
    service, now = each.row.service, time.time()
    fields = {"email": _("the e-mail address"), "sourced_id": _("the identifier (sourcedId)")}
    tz = time_zone_of(each.row.district_id)
    came = [
        {"when": when(a.at, now, tz), "who": a.who, "detail": a.detail,
         "why": said(REASONS[a.outcome].mend) if a.outcome in REASONS else ""}
        for a in arrivals(most=10, service=service.id)
    ]  # fmt: skip
    return Line(
        each,
        _("{claim} with {field}").format(claim=service.claim, field=fields[service.field]),
        "\n".join(each.row.deployments),
        (
            (_("Initiate login URL"), address_of(request, "lti-begin", each.row)),
            (_("Redirect URI"), address_of(request, "lti-launch", each.row)),
            (_("Target link URI"), _open(request, "home")),
        ),
        came,
        platforms.links_of(each.row),
    )


def _words(text: str, name: str) -> tuple[str, ...]:
    """The entries of a list as it was typed: identifiers of deployments may hold commas, so they stand on lines."""
    if name == "deployments":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return tuple(re.findall(r"[^\s,;]+", text.lower()))
