"""The coach on the hot path, straight on ASGI: read, authorise, judge in a thread, answer.

The same bodies, checks and problems as the documented routes; a test holds them against each other.
"""

from __future__ import annotations

import time
from typing import Any

from headway.api.lines import check_body, not_their_line, note_of, reply_body
from headway.api.native import Receive, Scope, Send, answer, check_part, identify, in_thread, read_body
from headway.api.problem import refusal
from headway.api.rates import allow
from headway.api.submissions import in_language
from headway.school.coaching.actions import write_line
from headway.school.people.principal import Principal
from headway.school.people.refusal import Refused


async def coach(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /api/coach/lines`` and ``POST /api/coach/check``."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    language = "en"
    try:
        found = await identify(headers, unsafe=True)
        if not isinstance(found, Principal):
            return await answer(send, found["status"], found)
        language = found.language
        allow(found)
        body = await read_body(receive)
        if scope["path"] == "/api/coach/check":
            return await answer(send, 200, await in_thread(lambda: check_body(body, language=language)))
        status, said = await in_thread(_write, found, body)
    except Refused as error:
        detail = refusal(error, in_language(language)(error.message))
        return await answer(send, detail["status"], detail)
    return await answer(send, status, said)


def _write(found: Principal, body: bytes) -> tuple[int, dict[str, Any]]:
    note = note_of(body, district=found.district, learner=found.person, now=time.time())
    if refused := not_their_line(found, note):
        return 403, refused
    if note.learner != found.person:
        check_part(found, note.learner, "/api/coach/lines")
    reply = write_line(note=note, now=time.time())
    return 200 if reply.again else 201, reply_body(reply, key=note.event, language=found.language)
