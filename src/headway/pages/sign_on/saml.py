"""SAML 2.0, web browser sign-on begun here (HTTP-Redirect out, HTTP-POST back); answers that nobody asked for are refused.

The answer arrives without our cookie (another site posts it), so django-allauth keeps it for the next request of the same
browser; there it has to fit a sign-in that the browser began.
"""

from __future__ import annotations

import binascii
from typing import Any

from allauth.core.internal import httpkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.utils import build_auth, build_saml_config
from allauth.socialaccount.providers.saml.views import acs
from allauth.socialaccount.sessions import LoginSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from lxml.etree import LxmlError
from onelogin.saml2.auth import OneLogin_Saml2_Settings
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from headway.pages.sign_on.door import let_in, refuse, slug_of
from headway.school.exchange.sign_on.arriving import Statement, TurnedAway
from headway.school.exchange.sign_on.services import Service

EMAIL_NAMES = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
"""How services call an address."""
MULTIPLE = frozenset({"https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn"})
"""How a signed assertion says that the service asked for two factors: the profile of REFEDS, and Microsoft's."""
METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences"
ADDRESS_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


def begin(request: HttpRequest, service: Service) -> HttpResponse:
    """Send the browser to the service."""
    _with_host(request)
    try:
        answer: HttpResponse = _provider(request, service).redirect(request, process="login")
    except (OneLogin_Saml2_Error, KeyError, ValueError) as error:
        return refuse(request, service, TurnedAway("service", repr(error)))
    return answer


def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep an answer for the next request of this browser, which comes with our cookie."""
    _with_host(request)
    kept: HttpResponse = acs(request, organization_slug=slug)
    return kept


def finish(request: HttpRequest, service: Service) -> HttpResponse:
    """Read the answer that the request before this one kept."""
    kept = LoginSession(request, "saml_acs_session", "saml-acs-session")
    raw = kept.store.get("request")
    kept.delete()
    if not raw:
        return refuse(request, service, TurnedAway("state", "no answer of the service was kept in this browser"))
    provider = _provider(request, service)
    auth = build_auth(httpkit.deserialize_request(raw, HttpRequest()), provider)
    try:
        auth.process_response(request_id=None)  # which request it answers is checked below, against this browser's own
        errors = auth.get_errors()
    except (binascii.Error, OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, LxmlError, ValueError) as error:
        return refuse(request, service, TurnedAway("token", repr(error)))
    if errors or not auth.is_authenticated():
        return refuse(request, service, TurnedAway("token", f"{', '.join(errors)}: {auth.get_last_error_reason()}"))
    try:
        provider.unstash_redirect_state(request, auth.get_last_response_in_response_to() or "")
    except PermissionDenied:
        return refuse(request, service, TurnedAway("state", "it answers no sign-in that was begun in this browser"))
    return let_in(request, service, _statement(auth, service))


def metadata(request: HttpRequest, service: Service) -> HttpResponse:
    """What the service has to know of us, as XML."""
    _with_host(request)
    config = build_saml_config(request, _settings(service), slug_of(service))
    del config["sp"]["singleLogoutService"]
    return HttpResponse(
        OneLogin_Saml2_Settings(settings=config, sp_validation_only=True).get_sp_metadata(), content_type="text/xml"
    )


def _statement(auth: Any, service: Service) -> Statement:
    claims: dict[str, object] = dict(auth.get_attributes())
    name, form = auth.get_nameid() or "", auth.get_nameid_format()
    address = next((claims[each] for each in EMAIL_NAMES if claims.get(each)), name if form == ADDRESS_FORMAT else "")
    claims.setdefault("email", address)
    claims.setdefault("NameID", name)
    # A transient name is another one each time: then what the rule compares stands for the account.
    subject = claims.get(service.claim, "") if form == TRANSIENT else name
    found = subject[0] if isinstance(subject, list) and subject else subject
    told = {*(auth.get_last_authn_contexts() or []), *(auth.get_attributes().get(METHODS) or [])}
    return Statement(str(found or ""), claims, not MULTIPLE.isdisjoint(told))


def _with_host(request: HttpRequest) -> None:
    """The library looks for the host among the headers only."""
    request.META.setdefault("HTTP_HOST", request.get_host())


def _provider(request: HttpRequest, service: Service) -> Any:
    app = SocialApp(
        provider="saml",
        provider_id=service.issuer,
        name=service.name,
        client_id=slug_of(service),
        settings=_settings(service),
    )
    return SAMLProvider(request, app=app)


def _settings(service: Service) -> dict[str, Any]:
    found = OneLogin_Saml2_IdPMetadataParser.parse(service.metadata)["idp"]
    keys = found.get("x509cert") or found["x509certMulti"]["signing"][0]
    return {
        "idp": {"entity_id": found["entityId"], "sso_url": found["singleSignOnService"]["url"], "x509cert": keys},
        "advanced": {
            "want_assertion_signed": True,
            "reject_idp_initiated_sso": True,
            "want_attribute_statement": False,
            "allow_single_label_domains": True,
        },
    }
