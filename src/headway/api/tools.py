"""The services for other providers' tools, straight on ASGI: line items, scores, results, members, and registering themselves
(LTI Advantage; LTI Dynamic Registration)."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from headway.api.native import Receive, Scope, Send, in_thread, read_body
from headway.api.rates import TooMany, take
from headway.api.sending import Header, send_json
from headway.school.exchange.tools import book, members
from headway.school.exchange.tools.book import Conflict, Listed, NotThere
from headway.school.exchange.tools.granting import Caller, caller_of, calling
from headway.school.exchange.tools.register import NoTool, take_registration
from headway.school.exchange.tools.visiting import items_address, members_address
from headway.school.loop import Malformed, Unavailable
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from headway.standards.lti.gradebook import BadBody
from headway.standards.lti.registration import BadRegistration
from headway.standards.plain import all_plain

PER_SECOND, BURST = 50.0, 200.0
MOST_BYTES = 200_000
MOST_LINES = 200
REALM = b'Bearer realm="Headway"'
UUIDS = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
READS = (words.LINE_ITEM, words.LINE_ITEM_READ)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its headers."""

    status: int
    body: Any = None
    headers: tuple[Header, ...] = ()


class Stop(Exception):
    """The request ends here with this answer."""

    def __init__(self, status: int, said: str, *headers: Header) -> None:
        super().__init__(said)
        self.reply = Reply(status, {"error": said}, headers)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a tool: the section and the line item of its address, its query and its body."""

    caller: Caller
    section: UUID
    item: UUID | None
    query: Mapping[str, str]
    body: Any
    now: float

    @property
    def first(self) -> int:
        """The number of the first line of the page that is asked for."""
        return min(_whole(self.query.get("from", ""), 0), 10_000_000)

    @property
    def limit(self) -> int:
        """How many lines the page may have."""
        return min(max(_whole(self.query.get("limit", ""), book.PAGE), 1), MOST_LINES)


Work = Callable[[Asked], Reply]


async def tools(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/lti/services``."""
    try:
        reply = await _answer(scope, receive)
    except Stop as stop:
        reply = stop.reply
    except NotThere:
        reply = Reply(404, {"error": "There is no such thing for this tool."})
    except (BadBody, BadRegistration) as error:
        reply = Reply(400, {"error": str(error)})
    except NoTool as refusal:
        reply = Reply(400, {"error": "invalid_client_metadata", "error_description": str(refusal.message)})
    except Conflict as error:
        reply = Reply(409, {"error": str(error)})
    except TooMany:
        reply = Reply(429, {"error": "Too many requests. Wait a moment."}, ((b"retry-after", b"1"),))
    except Unavailable:
        reply = Reply(503, {"error": "The database does not answer."}, ((b"retry-after", b"5"),))
    except Malformed as error:
        reply = Reply(413, {"error": str(error.message)})
    except Exception:
        logger.exception("%s %s", scope["method"], scope["path"])
        reply = Reply(500, {"error": "This went wrong here; it is in the server's log."})
    headers = [(b"cache-control", b"no-store"), *reply.headers]
    await send_json(send, reply.status, reply.body, headers)


async def _answer(scope: Scope, receive: Receive) -> Reply:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme, _, bearer = headers.get(b"authorization", "").partition(" ")
    token = bearer.strip() if scheme.lower() == "bearer" else ""
    path, method, now = scope["path"].removeprefix("/lti/services/"), scope["method"], time.time()
    if path == "register":
        return await _register(method, token, receive, now)
    for pattern, deeds in ROUTES:  # noqa: B007 (read after the loop)
        found = pattern.fullmatch(path)
        if found is not None:
            break
    else:
        raise NotThere
    if method not in deeds:
        raise Stop(405, f"This address takes {', '.join(deeds)}.", (b"allow", ", ".join(deeds).encode()))
    scopes, work = deeds[method]
    said = caller_of(token, now=now)
    if said is None:
        raise Stop(401, "Send a token of /oauth2/token.", (b"www-authenticate", REALM + b', error="invalid_token"'))
    take(("tool", said[1]), PER_SECOND, BURST)
    body = _json(await read_body(receive, MOST_BYTES)) if method in ("POST", "PUT") else None
    query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))[:20])
    if not all_plain(query):
        raise Stop(400, "The query holds a sign that cannot be kept.")
    ids = [UUID(each) for each in found.groups()]
    return await in_thread(_work, said, scopes, work, (ids[0], ids[1] if ids[1:] else None, query, body, now))


def _work(
    said: tuple[UUID, UUID, frozenset[str]], scopes: tuple[str, ...], work: Work, asked: tuple[Any, ...]
) -> Reply:
    district, tool, held = said
    with in_district(district):
        caller = calling(tool, held)
        if caller is None:
            raise Stop(401, "The tool is closed.", (b"www-authenticate", REALM + b', error="invalid_token"'))
        if not caller.scopes & set(scopes):
            need = (b"www-authenticate", REALM + b', error="insufficient_scope"')
            raise Stop(403, f"The token needs the scope {' or '.join(scopes)}.", need)
        return work(Asked(caller, *asked))


async def _register(method: str, token: str, receive: Receive, now: float) -> Reply:
    if method != "POST":
        raise Stop(405, "This address takes POST.", (b"allow", b"POST"))
    take("registering tools", 2.0, 50.0)
    body = _json(await read_body(receive, MOST_BYTES))
    made = await in_thread(lambda: take_registration(token=token, body=body, now=now))
    if made is None:
        said = "The registration token is unknown, was used, or is over an hour old."
        raise Stop(401, said, (b"www-authenticate", REALM + b', error="invalid_token"'))
    return Reply(201, made)


def _items(asked: Asked) -> Reply:
    tool, section = asked.caller.tool, asked.section
    found = book.items_in(tool, section, wanted=asked.query, first=asked.first, limit=asked.limit)
    return _page(asked, items_address(tool, section), found, found.lines, words.TYPE_ITEMS)


def _add(asked: Asked) -> Reply:
    made = book.add_item(asked.caller.tool, asked.section, asked.body, now=asked.now)
    return Reply(201, made, ((b"content-type", words.TYPE_ITEM.encode()), (b"location", made["id"].encode())))


def _item(asked: Asked) -> Reply:
    assert asked.item is not None
    found = book.item_with_id(asked.caller.tool, asked.section, asked.item)
    return Reply(200, found, ((b"content-type", words.TYPE_ITEM.encode()),))


def _change(asked: Asked) -> Reply:
    assert asked.item is not None
    found = book.change_item(asked.caller.tool, asked.section, asked.item, asked.body)
    return Reply(200, found, ((b"content-type", words.TYPE_ITEM.encode()),))


def _end(asked: Asked) -> Reply:
    assert asked.item is not None
    book.end_item(asked.caller.tool, asked.section, asked.item, now=asked.now)
    return Reply(204)


def _score(asked: Asked) -> Reply:
    assert asked.item is not None
    book.take_score(asked.caller.tool, asked.section, asked.item, asked.body, now=asked.now)
    return Reply(204)


def _results(asked: Asked) -> Reply:
    assert asked.item is not None
    tool, section, item = asked.caller.tool, asked.section, asked.item
    found = book.results_in(
        tool, section, item, subject=asked.query.get("user_id", ""), first=asked.first, limit=asked.limit
    )
    return _page(asked, f"{items_address(tool, section)}/{item}/results", found, found.lines, words.TYPE_RESULTS)


def _members(asked: Asked) -> Reply:
    tool, query = asked.caller.tool, asked.query
    found, course = members.members_in(
        tool,
        asked.section,
        role=query.get("role", ""),
        link=query.get("rlid", ""),
        first=asked.first,
        limit=asked.limit,
    )
    address = members_address(tool, asked.section)
    body = {"id": address, "context": {"id": str(course.id), "label": course.title, "title": course.title}}
    return _page(asked, address, found, {**body, "members": found.lines}, words.TYPE_MEMBERS)


def _page(asked: Asked, address: str, found: Listed, body: Any, kind: str) -> Reply:
    """An answer with the address of the next page, where there is one."""
    headers: tuple[Header, ...] = ((b"content-type", kind.encode()),)
    if found.more:
        onward = {**asked.query, "limit": asked.limit, "from": asked.first + asked.limit}
        headers += ((b"link", f'<{address}?{urlencode(onward)}>; rel="next"'.encode()),)
    return Reply(200, body, headers)


ROUTES: tuple[tuple[re.Pattern[str], dict[str, tuple[tuple[str, ...], Work]]], ...] = (
    (re.compile(f"sections/({UUIDS})/items"), {"GET": (READS, _items), "POST": ((words.LINE_ITEM,), _add)}),
    (
        re.compile(f"sections/({UUIDS})/items/({UUIDS})"),
        {"GET": (READS, _item), "PUT": ((words.LINE_ITEM,), _change), "DELETE": ((words.LINE_ITEM,), _end)},
    ),
    (re.compile(f"sections/({UUIDS})/items/({UUIDS})/scores"), {"POST": ((words.SCORE,), _score)}),
    (re.compile(f"sections/({UUIDS})/items/({UUIDS})/results"), {"GET": ((words.RESULT,), _results)}),
    (re.compile(f"sections/({UUIDS})/members"), {"GET": ((words.MEMBERS_READ,), _members)}),
)
"""Addresses, what may be done there, and which scopes it takes."""


def _json(data: bytes) -> Any:
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Stop(400, "The body is no JSON in UTF-8.") from None
    if not all_plain(found):
        raise Stop(400, "The body holds a sign that cannot be kept.")
    return found


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
