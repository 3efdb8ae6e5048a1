"""Text that the database can hold: a form or an address with a NUL character loses it before any page reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, QueryDict

NUL = "\x00"


class PlainText:
    """Puts U+FFFD in the place of NUL in the query and in forms. Bodies of the API are checked where they are read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _plain(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and any(NUL in value for _key, values in request.POST.lists() for value in values):
            request.POST = _plain(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _plain(given: QueryDict) -> QueryDict:
    out = given.copy()
    for key, values in given.lists():
        out.setlist(key, [value.replace(NUL, "\ufffd") for value in values])
    out._mutable = False
    return out
