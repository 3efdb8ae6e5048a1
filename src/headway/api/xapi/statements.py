"""The statements resource: PUT, POST and GET."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from datetime import datetime
from typing import Any

from headway.api.native import in_thread
from headway.api.xapi.exchange import Answer, Request, as_json, http_date, refused
from headway.school.exchange.xapi.credentials import Caller
from headway.school.exchange.xapi.own import ours_among
from headway.school.exchange.xapi.reading import (
    Found,
    Reader,
    consistent_through,
    definitions_of,
    files_of,
    find,
    of_others,
)
from headway.school.exchange.xapi.soon import soon
from headway.school.exchange.xapi.writer import keep
from headway.school.people.tenancy import in_district
from headway.standards.xapi.formats import as_canonical, as_ids, wanted
from headway.standards.xapi.incoming import Incoming, statements_of
from headway.standards.xapi.keys import activities_in
from headway.standards.xapi.multipart import WRITTEN_BOUNDARY, Part, write_parts
from headway.standards.xapi.requests import Query, known, more_of, query_of
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.values import iso
from headway.standards.xapi.values import uuid as uuid_rule

CONSISTENT = "x-experience-api-consistent-through"
RECENT = 1.0
"""Seconds for which a writer is told the same time again: what it says stays true, and a write need not wait for a question."""
OURS = "names a statement of Headway's own record, which no other system takes back. Contest it on the learner's page."
THEIRS = "names a statement of another system. A system takes back what it sent itself."
_known: list[tuple[float, str]] = [(float("-inf"), "")]
LARGE = 200_000
"""Bytes of a body that are checked in a thread, so that others need not wait for it."""


async def put_statement(request: Request, caller: Caller) -> Answer:
    """``PUT /xapi/statements?statementId=…``."""
    known(request.parameters, ("statementId",))
    if "statementId" not in request.parameters:
        raise Invalid("statementId", "is missing.")
    uuid_rule(request.parameters["statementId"], "statementId")
    await _keep(request, caller, request.parameters["statementId"])
    return Answer(204)


async def post_statements(request: Request, caller: Caller) -> Answer:
    """``POST /xapi/statements``: one, or several at once, all or none."""
    known(request.parameters, ())
    found = await _keep(request, caller, None)
    return as_json([each.statement["id"] for each in found])


async def _keep(request: Request, caller: Caller, only: str | None) -> list[Incoming]:
    version, authority, kind = request.version, caller.authority(), request.headers.get("content-type", "")

    def check() -> list[Incoming]:
        return statements_of(
            kind, request.body, version=version, authority=authority, key=lambda: str(uuid.uuid4()), only=only
        )

    found = await asyncio.to_thread(check) if len(request.body) > LARGE else check()
    voided = [uuid.UUID(each.voids) for each in found if each.voids]
    fault = await in_thread(_not_to_void, caller, voided) if voided else ""
    if fault:
        raise Invalid("object", fault, 403)
    done = keep(district=caller.district, credential=caller.credential, statements=found)
    await asyncio.shield(asyncio.wrap_future(done))  # a client that goes away does not stop the write
    if caller.trusted:
        soon(caller.district)
    return found


def _not_to_void(caller: Caller, statements: list[uuid.UUID]) -> str:
    """Why these may not be voided, "" where they may (1.0.3, part two, 2.3.2: 403 for who is not authorized to)."""
    with in_district(caller.district):
        if ours_among(statements):
            return OURS
        return THEIRS if of_others(statements, caller.credential) else ""


async def get_statements(request: Request, caller: Caller) -> Answer:
    """``GET /xapi/statements``: one, or a page. Every answer says up to when nothing can be missing."""
    only = None if caller.may("statements/read", "all/read") else caller.credential
    answer, consistent = await in_thread(_read, request, caller, query_of(request.parameters), only)
    answer.headers[CONSISTENT] = iso(consistent)
    return answer


async def tell_consistent(answer: Answer) -> None:
    """Give an answer that does not say so yet the time up to when nothing can be missing; it is asked for once a second."""
    if CONSISTENT in answer.headers:
        return
    at, known = _known[-1]
    if time.monotonic() > at + RECENT:
        at, known = time.monotonic(), iso(await in_thread(consistent_through))
        _known[:] = [(at, known)]
    answer.headers[CONSISTENT] = known


def _read(request: Request, caller: Caller, query: Query, only: uuid.UUID | None) -> tuple[Answer, datetime]:
    with in_district(caller.district):
        reader = Reader(caller.person, caller.name) if only is None and caller.person is not None else None
        found = find(district=caller.district, query=query, only=only, reader=reader)
        if not found.rows and (query.statement or query.voided):
            return refused(Invalid("", "There is no such statement.", 404)), found.consistent
        bodies = _shown(found, query, request.headers.get("accept-language", ""))
        files = files_of([row.statement for row in found.rows]) if query.attachments else []
    if query.statement or query.voided:
        text = bodies[0]
    else:
        more = ""
        if found.after is not None:
            more = f"/xapi/statements?more={more_of(request.parameters, found.after)}"
        text = f'{{"statements":[{",".join(bodies)}],"more":{json.dumps(more)}}}'
    headers = {"last-modified": http_date(max(row.stored for row in found.rows))} if found.rows else {}
    if query.attachments:
        body = write_parts([Part("application/json", "", text.encode()), *files])
        return Answer(200, body, f"multipart/mixed; boundary={WRITTEN_BOUNDARY}", headers), found.consistent
    return Answer(200, text.encode(), headers=headers), found.consistent


def _shown(found: Found, query: Query, languages: str) -> list[str]:
    if query.format == "exact":
        return [row.body for row in found.rows]
    statements: list[dict[str, Any]] = [json.loads(row.body) for row in found.rows]
    if query.format == "ids":
        return [json.dumps(as_ids(each), separators=(",", ":")) for each in statements]
    known_of = definitions_of([each["id"] for statement in statements for each in activities_in(statement)])
    dear = wanted(languages)
    return [json.dumps(as_canonical(each, known_of, dear), separators=(",", ":")) for each in statements]
