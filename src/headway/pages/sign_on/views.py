"""The addresses of sign-on: its buttons, the way out to a service, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from headway.pages.entrance import onward_of
from headway.pages.sign_on.door import ONWARD
from headway.school.exchange.sign_on.services import Service, service_with_id
from headway.school.people.sign_in import sign_out
from headway.school.people.tenancy import DISTRICT_KEY, in_district

OfService = Callable[[HttpRequest, Service], HttpResponse]


def of_service(view: OfService) -> Callable[[HttpRequest, UUID, UUID], HttpResponse]:
    """Open the district of the address for the view; somebody who is signed in to another one is signed out first."""

    @wraps(view)
    def opened(request: HttpRequest, district: UUID, service: UUID) -> HttpResponse:
        if request.session.get(DISTRICT_KEY, str(district)) != str(district):
            sign_out(request)  # this request works for that other district: begin anew without it
            return redirect(request.get_full_path())
        with in_district(district):
            found = service_with_id(service)
            if found is None:
                raise Http404
            return view(request, found)

    return opened


def of_slug(view: Callable[[HttpRequest, UUID, UUID], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """The same for the addresses of SAML, in which one word names the district and the service."""

    @wraps(view)
    def opened(request: HttpRequest, organization_slug: str) -> HttpResponse:
        return view(request, *_keys(organization_slug))

    return opened


@require_GET
@never_cache
@of_service
def begin(request: HttpRequest, service: Service) -> HttpResponse:
    """From the button to the service."""
    request.session[ONWARD] = onward_of(request) or request.session.get(ONWARD, "")  # also after a try that failed
    answer: HttpResponse = _protocol(service.kind).begin(request, service)
    return answer


@require_GET
@never_cache
@of_service
def come_back(request: HttpRequest, service: Service) -> HttpResponse:
    """From an OpenID provider, with a code."""
    if service.kind != "oidc":
        raise Http404
    answer: HttpResponse = _protocol("oidc").come_back(request, service)
    return answer


@csrf_exempt  # another site posts it; what proves that it is ours is inside, and is read in the next request
@require_POST
@never_cache
def saml_acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """From a SAML service, with an answer, which is kept for the next request."""
    district, key = _keys(organization_slug)
    with in_district(district):
        _only_saml(service_with_id(key))
    answer: HttpResponse = _protocol("saml").keep(request, organization_slug)
    return answer


@require_GET
@never_cache
@of_slug
@of_service
def saml_finish(request: HttpRequest, service: Service) -> HttpResponse:
    """Read the answer of a SAML service."""
    answer: HttpResponse = _protocol("saml").finish(request, _only_saml(service))
    return answer


@require_GET
@of_slug
@of_service
def saml_metadata(request: HttpRequest, service: Service) -> HttpResponse:
    """What a SAML service has to know of us."""
    answer: HttpResponse = _protocol("saml").metadata(request, _only_saml(service))
    return answer


@require_GET
def saml_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """A service that sends a browser here to sign out gets our own question."""
    del request, organization_slug
    return redirect("pages:sign-out")


def _protocol(kind: str) -> Any:
    """The module that speaks it; loaded when somebody first comes, since its libraries take half a second."""
    return import_module(f"headway.pages.sign_on.{'saml' if kind == 'saml' else 'openid'}")


def _only_saml(service: Service | None) -> Service:
    if service is None or service.kind != "saml":
        raise Http404
    return service


def _keys(slug: str) -> tuple[UUID, UUID]:
    """The district and the service of a word in an address."""
    try:
        return UUID(hex=slug[:32]), UUID(hex=slug[32:])
    except ValueError:
        raise Http404 from None
