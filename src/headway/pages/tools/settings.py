"""The page of other providers' tools, for people with a part in all of the district."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.pages.tools.opening import addresses_of
from headway.school.exchange.lti.platforms import origin_of, secure
from headway.school.exchange.sign_on.services import check_may_sign_on
from headway.school.exchange.tools import register
from headway.school.exchange.tools.register import Form, NoTool, Standing
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName
from headway.standards.lti import words

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
MAY: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "scores": (
        gettext_lazy("Send scores. A score is shown beside a learner’s work here. It never gives credit by itself."),
        (words.LINE_ITEM, words.LINE_ITEM_READ, words.SCORE, words.RESULT),
    ),
    "members": (
        gettext_lazy("Read who is in a class that uses it, by its own identifiers and roles"),
        (words.MEMBERS_READ,),
    ),
}
"""What a tool may do, in words, and the scopes of LTI that it takes."""
HEARS: dict[str, Promise] = {
    "name": gettext_lazy("their name"),
    "email": gettext_lazy("their e-mail address"),
    "sourced_id": gettext_lazy("their identifier in the roster (sourcedId)"),
}
"""What a tool may hear of a person besides an identifier of its own."""
FIELDS = ("name", "login_url", "launch_url", "keys_url", "key", "choose_url")


@dataclass(frozen=True, slots=True)
class Line:
    """A tool in words; ``ours`` are the addresses to copy into it, each with what it is called there."""

    standing: Standing
    client: str
    ours: tuple[tuple[str, str], ...]
    may: list[tuple[str, Promise, bool]]
    hears: list[tuple[str, Promise, bool]]
    sends_to: list[str]


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The tools that Headway opens, and forms for another one."""
    return _page(request, viewer)


@require_POST
@never_cache
@page_for(*WHO)
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Register a tool by hand, or say what to mend and keep what was typed."""
    check_may_sign_on(viewer)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    redirects = request.POST.get("redirects", "")
    custom = dict(line.split("=", 1) for line in request.POST.get("custom", "").splitlines() if "=" in line)
    pairs = tuple((key.strip()[:100], value.strip()[:1000]) for key, value in custom.items() if key.strip())
    form = Form(
        **typed, redirects=tuple(redirects.split()), scopes=_scopes(request), shares=_shares(request), custom=pairs
    )
    try:
        register.add_tool(by=viewer.person, form=form, base=request.build_absolute_uri("/"), now=time.time())
    except NoTool as refusal:
        kept = {**typed, "redirects": redirects, "custom": request.POST.get("custom", "")}
        return _page(request, viewer, form=kept, words=said(refusal.message))
    messages.success(request, _("Registered. Now give the tool our addresses below."))
    return redirect("pages:tools")


@require_POST
@never_cache
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Agree to a tool, change what it may do and hear, close it; or make a link to register by."""
    check_may_sign_on(viewer)
    what, now = request.POST.get("what", ""), time.time()
    if what == "invite":
        return _invite(request, viewer, now)
    key = uuid_or_404(request.POST.get("tool", ""))
    if what == "agree" and register.agree(tool=key, scopes=_scopes(request), shares=_shares(request), now=now):
        messages.success(request, _("Saved. The tool works from now on."))
    elif what == "close" and register.close_tool(tool=key, now=now):
        messages.success(request, _("Closed. Nobody opens it any more, and it can send nothing."))
    else:
        raise Http404
    return redirect("pages:tools")


def _invite(request: HttpRequest, viewer: Viewer, now: float) -> HttpResponse:
    """Make a link for a tool that registers itself, and show it this once."""
    address = request.POST.get("address", "").strip()
    if not secure(address):
        words = _("Copy the registration address of the tool as its provider gives it, with https.")
        return _page(request, viewer, form={"address": address}, words=words)
    here = request.build_absolute_uri("/")
    token = register.invite_tool(by=viewer.person, scopes=_scopes(request), shares=_shares(request), base=here, now=now)
    about = request.build_absolute_uri(reverse("pages:tools-configuration", args=[viewer.person.district_id]))
    joint = "&" if "?" in address else "?"
    link = f"{address}{joint}{urlencode({'openid_configuration': about, 'registration_token': token})}"
    return _page(request, viewer, link=link)


def _page(
    request: HttpRequest, viewer: Viewer, *, form: dict[str, Any] | None = None, words: str = "", link: str = ""
) -> HttpResponse:
    check_may_sign_on(viewer)
    context = {
        "lines": [_line(viewer.person.district_id, each) for each in register.standing_tools()],
        "may": [(key, text, True) for key, (text, _scopes_of) in MAY.items()],
        "hears": [(key, text, False) for key, text in HEARS.items()],
        "form": form or {}, "words": words, "link": link, "host": re.sub(r"^https?://|/.*$", "", link),
    }  # fmt: skip
    return render(request, "tools/settings.html", context, status=422 if words else 200)


def _line(district: UUID, each: Standing) -> Line:
    row = each.row
    ours = addresses_of(row.base, district)
    return Line(
        each, register.client_of(row),
        (
            (_("Issuer (platform identifier)"), ours.issuer),
            (_("Client identifier"), register.client_of(row)),
            (_("Deployment identifier"), str(row.id)),
            (_("Authentication request address (OIDC login)"), ours.login),
            (_("Access token address"), ours.token),
            (_("Public keyset address (JWKS)"), ours.keys),
        ),
        [(key, text, set(scopes) <= set(row.scopes)) for key, (text, scopes) in MAY.items()],
        [(key, text, key in row.shares) for key, text in HEARS.items()],
        sorted({origin_of(address) for address in (row.login_url, *row.redirects)}),
    )  # fmt: skip


def _scopes(request: HttpRequest) -> tuple[str, ...]:
    return tuple(scope for key in request.POST.getlist("may") if key in MAY for scope in MAY[key][1])


def _shares(request: HttpRequest) -> tuple[str, ...]:
    return tuple(key for key in request.POST.getlist("hears") if key in HEARS)
