"""One request, one district, one transaction: the tenant is set inside it and ends with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from headway.school.people.principal import principal_of_token
from headway.school.people.shared import end_if_over, idle_seconds
from headway.school.people.tenancy import DISTRICT_KEY, in_district


class TenantMiddleware:
    """Opens the transaction of the session's or token's district around the view.

    A request without a session's district runs without a tenant: row-level security then shows it nothing. A 5xx
    rolls back what the view wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        district = _district_of(request)
        if district is None:
            return self.get_response(request)
        with in_district(district) as transaction:
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.roll_back()
        if idle_seconds(request):  # who comes next on a shared device goes back to nothing
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _district_of(request: HttpRequest) -> UUID | str | None:
    """The district of a bearer token where one is sent to the API, else that of the session."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and request.path.startswith("/api/"):
        principal = principal_of_token(token)
        request.principal = principal  # type: ignore[attr-defined]
        return principal.district if principal else None
    if "\x00" in (request.session.session_key or ""):  # a forged cookie: the database cannot hold it
        request.session = type(request.session)()
    end_if_over(request)
    district: str | None = request.session.get(DISTRICT_KEY)
    return district
