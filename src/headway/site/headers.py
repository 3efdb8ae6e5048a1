"""Response headers that keep a learner's page to itself: nothing is fetched from, or sent to, another host."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "  # MathLive writes style attributes; scripts stay strict
    "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Adds the policy to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_with(getattr(response, "allowed", {})))
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def policy_with(allowed: Mapping[str, Sequence[str]]) -> str:
    """The policy of an answer whose view allows more to named origins: ``frame-ancestors`` (a registered platform that opens a
    launch in its page), ``form-action`` (the address that a form goes to), ``frame-src`` (a known host of videos, when somebody
    has asked to see one)."""
    policy = POLICY
    for directive, origins in allowed.items():
        now = next(part.strip() for part in POLICY.split(";") if part.split()[0] == directive)
        policy = policy.replace(now, " ".join([now.replace(" 'none'", ""), *origins])) if origins else policy
    return policy
