"""Pages for what goes wrong: what happened, and what to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, says: str, badge: str = "i-map") -> HttpResponse:
    context = {"error_title": title, "says": says, "status": status, "badge": badge}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    del exception
    return _page(request, 400, _("That did not reach us whole"), _("Go back, load the page again and try once more."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    says = _("This page belongs to somebody with another role. If you think you should see it, ask your school.")
    return _page(request, 403, _("This page is not open to you"), says, "i-door")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    says = _("The address may have a slip in it, or the page has moved. Everything you have done is safe.")
    return _page(request, 404, _("There is no page here"), says)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    says = _("Something broke on our side, not on yours. Answers that were saved are safe. Try again in a minute.")
    return _page(request, 500, _("Something broke"), says, "i-again")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: usually a page left open overnight, or cookies turned off."""
    del reason
    says = _(
        "This page was open for a long time, or cookies are turned off. Go back, load the page again and send it once "
        "more."
    )
    return _page(request, 403, _("Please send that again"), says, "i-again")
