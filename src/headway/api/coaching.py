"""The coach: lines of working in, verdicts out. The server answers the two posts natively (:mod:`headway.api.coach`)."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from headway.api.authenticate import Forbidden, viewer
from headway.api.coach_schemas import CheckOut, LineOut, WorkingOut
from headway.api.learners import After, Limit
from headway.api.lines import CheckIn, LineIn, check_body, line_body, not_their_line, note_of, reply_body
from headway.api.native import check_part
from headway.api.schemas import PROBLEMS, Page, Problem
from headway.school.coaching.actions import write_line
from headway.school.coaching.queries import line_page, working_of
from headway.school.people.access import NotAllowed, access_learner

router = Router(tags=["coaching"])
WRITES = {**PROBLEMS, **dict.fromkeys((409, 503), Problem)}


def _body(kind: type[LineIn] | type[CheckIn]) -> dict[str, Any]:
    """The bodies are read as on the native routes, so they are described by hand here."""
    schema = {"schema": kind.model_json_schema()}
    return {"requestBody": {"required": True, "content": {"application/json": schema}}}


@router.post(
    "/coach/lines",
    response={200: WorkingOut, 201: WorkingOut, **WRITES},
    summary="Write a line of working, or ask for a hint",
    openapi_extra=_body(LineIn),
)
def write(request: HttpRequest) -> Status[dict[str, Any]]:
    """Durable when it answers: 201 once written, 200 for a retry of the same. The answer is the working as it stands:
    every line judged on its own premises, the first broken one named, the hint or question that the deed brought."""
    principal = request.auth  # type: ignore[attr-defined]
    note = note_of(request.body, district=principal.district, learner=principal.person, now=time.time())
    if refused := not_their_line(principal, note):
        raise Forbidden(refused["detail"])
    if note.learner != principal.person:
        check_part(principal, note.learner, "/api/coach/lines")
    reply = write_line(note=note, now=time.time())
    body = reply_body(reply, key=note.event, language=principal.language)
    return Status(200 if reply.again else 201, body)


@router.post(
    "/coach/check",
    response={200: CheckOut, **PROBLEMS},
    summary="Judge lines of working; nothing is kept",
    openapi_extra=_body(CheckIn),
)
def check(request: HttpRequest) -> dict[str, Any]:
    """The same as ``headway coach check --json``: verdicts, the misconception that is alleged, a sentence for the
    learner, the next hint."""
    principal = request.auth  # type: ignore[attr-defined]
    return check_body(request.body, language=principal.language)


@router.get("/learners/{uuid:learner}/lines", response={200: Page[LineOut], **PROBLEMS}, summary="Lines of working")
def lines(
    request: HttpRequest, learner: UUID, working: UUID | None = None, limit: Limit = 50, after: After = None
) -> dict[str, Any]:
    """What the learner wrote and what the coach said then, newest first; of one working where it is named."""
    person = access_learner(viewer(request), learner, purpose="working", place=f"api {request.path}"[:200])
    items, following = line_page(person.id, limit=limit, after=after, working=working)
    language = request.auth.language  # type: ignore[attr-defined]
    return {"items": [line_body(item, language) for item in items], "next": following}


@router.get(
    "/learners/{uuid:learner}/workings/{uuid:working}",
    response={200: WorkingOut, **PROBLEMS},
    summary="A working as it stands",
)
def working_(request: HttpRequest, learner: UUID, working: UUID) -> dict[str, Any]:
    """The lines that stand, judged again on the premises that stand now."""
    person = access_learner(viewer(request), learner, purpose="working", place=f"api {request.path}"[:200])
    reply = working_of(learner=person.id, working=working)
    if reply is None:
        raise NotAllowed("There is no such working of this learner.")
    return reply_body(reply, key=None, language=request.auth.language)  # type: ignore[attr-defined]
