"""The server's entry: the hot path and the live streams natively, everything else through Django."""

from __future__ import annotations

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.site.settings")

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

from headway.cli import one_core as one_core  # a worker has one core; before NumPy is loaded

_django = get_asgi_application()

from headway.api.case import case  # noqa: E402 (models need Django's set-up first)
from headway.api.coach import coach  # noqa: E402
from headway.api.live import section_stream  # noqa: E402
from headway.api.native import Receive, Scope, Send, respond  # noqa: E402
from headway.api.oneroster import oneroster  # noqa: E402
from headway.api.programs import token  # noqa: E402
from headway.api.tools import tools  # noqa: E402
from headway.api.xapi.door import xapi  # noqa: E402
from headway.school.coaching.judging import warm_up as warm_up_coach  # noqa: E402
from headway.school.loop import warm_up  # noqa: E402
from headway.site.limits import Counted, declares_too_much, refuse  # noqa: E402

# WhiteNoise reads its small files synchronously, as it should; Django would say so once a process.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    if declares_too_much(scope):
        return await refuse(send)
    path, method = scope.get("path", ""), scope.get("method", "")
    if path == "/api/responses" and method == "POST":
        return await respond(scope, receive, send)
    if path in ("/api/coach/lines", "/api/coach/check") and method == "POST":
        return await coach(scope, receive, send)
    if path.startswith("/ims/oneroster/"):
        return await oneroster(scope, receive, send)
    if path.startswith(("/ims/case/", "/open/")):
        return await case(scope, receive, send)
    if path == "/oauth2/token":
        return await token(scope, receive, send)
    if path.startswith("/lti/services/"):
        return await tools(scope, receive, send)
    if path.startswith("/live/section/") and method == "GET":
        return await section_stream(scope, receive, send)
    if path.startswith("/xapi/"):
        return await xapi(scope, receive, send)
    body = Counted(receive)
    await _django(scope, body, send)  # type: ignore[arg-type]
    return await refuse(send) if body.over else None


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _ = get_resolver().url_patterns  # every page's module is read before the first visitor comes
            warm_up()
            warm_up_coach()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
