"""What makes pages an app on the device: manifest, service worker, the page shown without a network."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

SHELL = (
    "css/tokens.css",
    "css/app.css",
    "css/learner.css",
    "js/page.js",
    "js/outbox.js",
    "vendor/fonts/atkinson-latin.woff2",
    "vendor/fonts/bricolage-latin.woff2",
    "icons/icon.svg",
)
"""Static files that the page without a network needs."""


@require_GET
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest."""
    icon = {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    body = {
        "name": "Headway",
        "short_name": "Headway",
        "description": gettext("Practice at the right level, one step at a time."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FBF6EC",
        "theme_color": "#FBF6EC",
        "icons": [icon],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files to keep. It keeps no page with anybody's record in it."""
    files = json.dumps([*(static(name) for name in SHELL), "/offline"])
    return render(request, "sw.js", {"files": files}, content_type="text/javascript")


@require_GET
@cache_control(max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker when the server cannot be reached. It names nobody: it is kept on the device."""
    return render(request, "offline.html", {"viewer": None})
