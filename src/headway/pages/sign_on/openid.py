"""OpenID Connect, authorization code flow with PKCE, state and nonce.

django-allauth speaks the protocol; here the identity token is always checked in full (OpenID Connect Core 1.0, section
3.1.3.7), also where the standard would trust the connection alone.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from headway.pages.sign_on.door import back_of, let_in, refuse
from headway.school.exchange.outside import NoAnswer, ask
from headway.school.exchange.sign_on.arriving import Statement, TurnedAway
from headway.school.exchange.sign_on.services import Service
from headway.standards.jose import BadToken, Expected, key_set, verified

NONCE = "sign_on_nonce"
MULTIPLE = "mfa"
"""How a token says that the provider asked for two factors (RFC 8176)."""


def begin(request: HttpRequest, service: Service) -> HttpResponse:
    """Send the browser to the provider."""
    request.session[NONCE] = secrets.token_urlsafe(24)
    try:
        answer: HttpResponse = _Provider(request, service).redirect(request, process="login")
    except (OAuth2Error, RequestException, KeyError, ValueError) as error:
        return refuse(request, service, TurnedAway("service", repr(error)))
    return answer


def come_back(request: HttpRequest, service: Service) -> HttpResponse:
    """The provider sent the browser back, with a code or with an error."""
    view = OAuth2CallbackView.adapter_view(_Adapter(request, service))
    try:
        answer: HttpResponse = view(request)
    except (
        KeyError,
        ValueError,
        TypeError,
    ) as error:  # what a provider sent is not of the form that the standard gives
        return refuse(request, service, TurnedAway("service", repr(error)))
    return answer


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    def __init__(self, request: HttpRequest, service: Service) -> None:
        self.service = service
        settings = {
            "server_url": service.issuer,
            "oauth_pkce_enabled": True,
            "auth_params": {"nonce": request.session.get(NONCE, "")},
        }
        app = SocialApp(
            provider="openid_connect", provider_id=service.id.hex, name=service.name, client_id=service.client,
            secret=service.secret, settings=settings,
        )  # fmt: skip
        super().__init__(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> _Adapter:
        return _Adapter(request, self.service)


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    def __init__(self, request: HttpRequest, service: Service) -> None:
        super().__init__(request, service.id.hex)
        self.service = service

    def get_provider(self) -> _Provider:
        return _Provider(self.request, self.service)

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != self.service.issuer:
            raise OAuth2Error(f"the provider at {self.service.issuer} calls itself {config.get('issuer')}")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        del app
        return request.build_absolute_uri(back_of(self.service))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> None:
        """Raises ImmediateHttpResponse, which is how allauth is told that the end is ours."""
        claims = self._claims(str(kwargs["response"].get("id_token") or ""), app.client_id)
        methods = claims.get("amr")  # of the signed token only
        strong = isinstance(methods, list) and MULTIPLE in methods
        if self.service.claim not in claims and "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise ImmediateHttpResponse(
                    refuse(request, self.service, TurnedAway("token", "userinfo of another account"))
                )
            claims = {**more, **claims}
        raise ImmediateHttpResponse(let_in(request, self.service, Statement(str(claims["sub"]), claims, strong)))

    def _claims(self, token: str, client: str) -> dict[str, Any]:
        """The statements of an identity token that is ours, in date, signed and asked for in this browser."""
        nonce = self.request.session.pop(NONCE, "")
        try:
            found, _headers = ask("GET", str(self.openid_config["jwks_uri"]))
            expected = Expected(str(self.openid_config["issuer"]), client)
            claims = verified(token, key_set(found), expected, now=time.time())
            if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
                raise BadToken("nonce", "the nonce is not the one that was sent")
        except (BadToken, NoAnswer, OAuth2Error, KeyError) as error:
            raise ImmediateHttpResponse(refuse(self.request, self.service, TurnedAway("token", repr(error)))) from error
        return claims
