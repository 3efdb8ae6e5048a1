"""What django-allauth asks us while it speaks to a provider."""

from __future__ import annotations

import functools
import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest
from requests.adapters import HTTPAdapter

from headway.school.exchange.sign_on.arriving import TurnedAway

SECONDS = 8


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Every failure ends at our own door; every request stays outside of our own network."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Raises ImmediateHttpResponse with the page that says why."""
        from headway.pages.sign_on.door import refuse

        if error == AuthError.CANCELLED:
            why = TurnedAway("cancelled")
        elif exception is not None:
            why = TurnedAway("service", repr(exception))
        elif (extra_context or {}).get("state") is None:
            why = TurnedAway("state", "no sign-in of this browser has this state")
        else:
            why = TurnedAway("service", f"the provider answered {request.GET.get('error', 'without a code')}")
        raise ImmediateHttpResponse(refuse(request, provider.service, why))

    def get_requests_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Outside())
        session.request = functools.partial(session.request, timeout=SECONDS)  # type: ignore[method-assign]
        return session


class _Outside(HTTPAdapter):
    """Requests go to public addresses by TLS only: an address in a form must not reach into the server's own network."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if settings.PRODUCTION:
            parts = urlsplit(str(request.url))
            if parts.scheme != "https":
                raise requests.exceptions.InvalidURL("the address is not https")
            for found in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
                if not ipaddress.ip_address(found[4][0]).is_global:
                    raise requests.exceptions.InvalidURL("the address is inside of the server’s own network")
        return super().send(request, *args, **kwargs)
