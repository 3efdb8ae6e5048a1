"""What django-allauth asks us while it speaks to a provider."""

from __future__ import annotations

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.http import HttpRequest

from headway.school.exchange.outside import outside_session
from headway.school.exchange.sign_on.arriving import TurnedAway


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
        return outside_session()
