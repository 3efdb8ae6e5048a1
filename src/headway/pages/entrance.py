"""The way in and out: home by role, sign-in, sign-out, language."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.context import sections, viewer_in
from headway.pages.sign_on.admit import admit, with_language
from headway.school.exchange.sign_on.services import entries
from headway.school.people.models import Person
from headway.school.people.shared import COOKIE, MINUTES, minutes_of
from headway.school.people.sign_in import person_of_demo_token, sign_out
from headway.school.people.tenancy import DISTRICT_KEY, in_district
from headway.school.people.welcome import choose_language, demo_doors


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page of somebody's role; without a session, the sign-in."""
    viewer = viewer_in(request)
    if viewer is None:
        return redirect("pages:sign-in")
    lines = sections(viewer, "/")
    if lines:
        return redirect(lines[0].url)
    return render(request, "nothing_here.html")


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The people of a demo school; in production, how to come in or how to set up sign-on."""
    onward = onward_of(request)
    if viewer_in(request) is not None:
        return redirect(onward or "pages:home")
    if DISTRICT_KEY in request.session:  # of somebody who is not in the district any more: begin anew without it
        sign_out(request)
        return redirect(request.get_full_path())
    demo = not settings.PRODUCTION
    context = {
        "doors": demo_doors() if demo else [],
        "demo": demo,
        "query": f"?{urlencode({'next': onward})}" if onward else "",
        "shared": minutes_of(request),
        "minutes": MINUTES,
        "entries": entries(_key(request.GET.get("at", ""))),
    }
    return render(request, "sign_in.html", context)


@require_GET
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link of the demo; elsewhere the address does not exist."""
    if settings.PRODUCTION:
        raise Http404
    if viewer_in(request) is not None:  # this request works for that person's district: begin anew without one
        sign_out(request)
        return redirect(request.get_full_path())
    person = person_of_demo_token(token)
    if person is None:
        messages.warning(
            request, gettext("That sign-in link is not valid any more. Choose a person below, or start the demo again.")
        )
        return redirect("pages:sign-in")
    with in_district(person.district_id):
        return admit(request, person, onward_of(request))


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out. The browser forgets its cached pages; answers that wait to be sent stay, under their owner's name."""
    if request.method != "POST":
        return render(request, "sign_out.html")
    sign_out(request)
    response = redirect("pages:sign-in")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
def device(request: HttpRequest) -> HttpResponse:
    """Say whether several people use this device, and after how many minutes without a touch a session on it ends."""
    response, word = redirect("pages:sign-in"), request.POST.get("minutes", "")
    if word in [str(each) for each in MINUTES]:
        response.set_cookie(
            COOKIE, word, max_age=60 * 60 * 24 * 365, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )  # fmt: skip
        messages.success(request, gettext("This device is shared now. Sessions on it end by themselves."))
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
        messages.success(request, gettext("This device belongs to one person now."))
    return response


@require_GET
@never_cache
def here(request: HttpRequest) -> HttpResponse:
    """A sign of life from a page on a shared device."""
    return HttpResponse(status=204 if viewer_in(request) is not None else 401)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, here and for the next time."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("pages:home")
    response = HttpResponseRedirect(back)
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        messages.warning(request, gettext("Headway does not speak that language yet."))
        return response
    if isinstance(request.user, Person):
        choose_language(person=request.user, language=code)
    with override(code):
        messages.success(request, gettext("Headway speaks English now."))
    return with_language(response, code)


def onward_of(request: HttpRequest) -> str:
    """The page that was asked for before the sign-in: a path of this site, or ""."""
    path = request.GET.get("next", "")
    local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if local else ""


def _key(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
