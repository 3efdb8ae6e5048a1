"""OneRoster 1.2 as a service, straight on ASGI: 81 operations from one table, one thin door for all of them."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from headway.api.bearer import challenge, headers_of, own_host, program_asking, raw_path, takes_json
from headway.api.native import Receive, Scope, Send, in_thread, read_body
from headway.api.rates import TooMany, take
from headway.api.sending import Header, send_json
from headway.school.exchange.service.changing import delete, post, put
from headway.school.exchange.service.reading import read_list, read_one
from headway.school.loop import Malformed, Unavailable
from headway.school.people.programs import Program
from headway.standards.oneroster.service.asking import links, question
from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.service.operations import VIEWS, Operation, find
from headway.standards.oneroster.service.status import Unanswerable, status_info

PER_SECOND = float(os.environ.get("HEADWAY_PROGRAM_RATE", "100"))
BURST = PER_SECOND * 3
MOST_BYTES = 4 << 20
NOT_THERE = "There is no such operation. OneRoster 1.2 has rostering, gradebook and resources here."
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. ``ids`` are the identifiers in its address; ``host`` is our address up to the path."""

    operation: Operation
    ids: list[str]
    query: Mapping[str, list[str]]
    host: str
    path: str
    headers: Mapping[bytes, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its headers. ``body`` is to be sent as JSON, or it is JSON in UTF-8 already."""

    status: int
    body: Any
    headers: tuple[Header, ...] = ()


async def oneroster(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/ims/oneroster``."""
    silent = scope["method"] == "HEAD"
    try:
        reply = await _answer(scope, receive)
    except Unanswerable as error:
        reply = _refusal(error)
    except TooMany:
        reply = Reply(429, status_info("server_busy", "Too many requests. Wait a moment."), ((b"retry-after", b"1"),))
    except Unavailable:
        said = status_info("internal_server_error", "The database does not answer.")
        reply = Reply(503, said, ((b"retry-after", b"5"),))
    except Malformed as error:
        reply = Reply(413, status_info("invaliddata", str(error.message)))
    except Exception:
        logger.exception("%s %s", scope["method"], scope["path"])
        reply = Reply(500, status_info("internal_server_error", "This went wrong here; it is in the server's log."))
    await send_json(send, reply.status, reply.body, [(b"cache-control", b"no-store"), *reply.headers], silent=silent)


def _refusal(error: Unanswerable) -> Reply:
    return Reply(error.status, status_info(error.code, error.said), challenge(error))


async def _answer(scope: Scope, receive: Receive) -> Reply:
    headers, path = headers_of(scope), raw_path(scope)
    found = find(path)
    if found is None:
        raise Unanswerable("unknownobject", NOT_THERE)
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    operation = found[0].get(method)
    if operation is None:
        allowed = ", ".join(sorted({*found[0], *(("HEAD",) if "GET" in found[0] else ())}))
        said = status_info("invaliddata", f"This address takes {allowed}.")
        return Reply(405, said, ((b"allow", allowed.encode()),))
    program = await program_asking(headers)
    take(program.id, PER_SECOND, BURST)
    if not program.scopes & set(operation.scopes):
        raise Unanswerable("forbidden", f"The token needs the scope {' or '.join(operation.scopes)}.")
    if not takes_json(headers.get(b"accept", "")):
        raise Unanswerable("invaliddata", "Answers are application/json; the request takes something else.", 406)
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    asked = Asked(operation, [_id(each) for each in found[1]], query, own_host(scope, headers), path, headers)
    return await (_read(program, asked) if method == "GET" else _change(program, asked, receive))


async def _read(program: Program, asked: Asked) -> Reply:
    operation = asked.operation
    kind = VIEWS[operation.view].kind
    wanted = question(asked.query, kind, single=operation.single)
    if operation.single:
        one = await in_thread(read_one, program, operation, asked.ids[0], wanted, asked.host)
        return Reply(200, f'{{"{SHAPES[kind].one}":{one}}}'.encode())
    page = await in_thread(read_list, program, operation, asked.ids, wanted, asked.host)
    address = f"{asked.host}{asked.path}"
    headers = (
        (b"x-total-count", str(page.total).encode()),
        (b"link", links(address, asked.query, wanted, page.total).encode("ascii", "replace")),
    )
    return Reply(200, f'{{"{kind}":[{",".join(page.found)}]}}'.encode(), headers)


async def _change(program: Program, asked: Asked, receive: Receive) -> Reply:
    operation, now = asked.operation, time.time()
    if operation.method == "DELETE":
        await in_thread(delete, program, operation, asked.ids[0], now)
        return Reply(204, None)
    if asked.headers.get(b"content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Unanswerable("invaliddata", "Send application/json.", 415)
    body = _json(await read_body(receive, MOST_BYTES))
    if operation.method == "PUT":
        await in_thread(put, program, operation, asked.ids[0], body, now)
        return Reply(201, None)
    pairs = await in_thread(post, program, operation, asked.ids, body, now)
    found = [{"suppliedSourcedId": given, "allocatedSourcedId": made} for given, made in pairs]
    return Reply(201, {"sourcedIdPairs": found})


def _id(word: str) -> str:
    return unquote(word, errors="replace")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unanswerable("invaliddata", "The body is no JSON in UTF-8.") from None
