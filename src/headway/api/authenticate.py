"""Who calls a documented route: a session with its CSRF token, or a bearer token with a scope."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.utils import check_csrf

from headway.api.rates import allow
from headway.school.people.access import Viewer, viewer_with_id
from headway.school.people.principal import Principal, principal_of_session

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Forbidden(Exception):
    """The caller is known but may not do this."""


class Unauthenticated(Exception):
    """Nobody is signed in, or the token is unknown."""


def authenticate(request: HttpRequest) -> Principal:
    """Return the caller, after the rate limit. Raises Unauthenticated, Forbidden or TooMany."""
    found: Principal | None = getattr(request, "principal", None)
    if found is None and "Authorization" not in request.headers:
        found = principal_of_session(request.session.session_key or "")
        if found is not None and request.method not in SAFE and check_csrf(request) is not None:
            raise Forbidden("The request does not come from a page of this site: send the X-CSRFToken header.")
    if found is None:
        raise Unauthenticated("Sign in, or send a token: Authorization: Bearer hw1.…")
    allow(found)
    if request.method in SAFE and not found.may("read"):
        raise Forbidden("This token does not have the scope read.")
    return found


def viewer(request: HttpRequest) -> Viewer:
    """The caller with their roles, for the ``access_*`` doors."""
    principal: Principal = request.auth  # type: ignore[attr-defined]
    return viewer_with_id(principal.person)
