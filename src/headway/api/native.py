"""Answers on the hot path, straight on ASGI: read, authorise, join the group commit, answer. No middleware, no ORM.

The same bodies, checks and problems as the documented route; a test holds the two against each other.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connections
from django.http.request import split_domain_port, validate_host
from django.middleware.csrf import _does_token_match  # type: ignore[attr-defined]

from headway.api.problem import CONTENT_TYPE, problem, refusal
from headway.api.rates import allow
from headway.api.submissions import in_language, receipt_body, submission_of
from headway.core.text import T
from headway.school.loop import Malformed, Receipt, Refused, Submission, Unavailable, UnknownLearner, submit_soon
from headway.school.people.access import NotAllowed, access_learner, viewer_with_id
from headway.school.people.principal import Principal, principal_of_session, principal_of_token, remembered
from headway.school.people.tenancy import in_district

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

Result = TypeVar("Result")

MOST_BYTES = 64 * 1024
WRITTEN = frozenset({"right", "wrong", "shown", "started"})
"""Outcomes that leave a line in the log."""


async def respond(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /api/responses``."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    language = "en"
    try:
        found = await identify(headers, unsafe=True)
        if not isinstance(found, Principal):
            return await answer(send, found["status"], found)
        language = found.language
        allow(found)
        body = await read_body(receive)
        now = time.time()
        submission = submission_of(body, district=found.district, learner=found.person, now=now)
        if refused := not_theirs(found, submission.learner):
            return await answer(send, 403, refused)
        if submission.learner != found.person:
            await in_thread(check_part, found, submission.learner)
        receipt = await written(submission)
    except Refused as error:
        detail = refusal(error, in_language(language)(error.message))
        return await answer(send, detail["status"], detail)
    status = 201 if receipt.outcome in WRITTEN and not receipt.again else 200
    return await answer(send, status, receipt_body(receipt, key=submission.event, language=found.language))


def not_theirs(principal: Principal, learner: UUID) -> dict[str, Any] | None:
    """Return a problem if this principal may not answer for that learner."""
    if learner == principal.person and "learner" in principal.roles and principal.may("respond"):
        return None
    if principal.scopes is not None and "respond:any" in principal.scopes and "leader" in principal.roles:
        return None
    return problem("forbidden", 403, "You can send your own answers only. A token needs the scope respond.")


def check_part(principal: Principal, learner: UUID, place: str = "/api/responses") -> None:
    """Raise UnknownLearner unless the person behind a respond:any token has a part in this learner's education."""
    with in_district(principal.district):
        try:
            viewer = viewer_with_id(principal.person)
            access_learner(viewer, learner, purpose="answers sent by a token", place=place)
        except NotAllowed:
            raise UnknownLearner(T("There is no such learner among those that you work with.")) from None


async def written(submission: Submission) -> Receipt:
    """Submit from an event loop; the future may be cancelled by a client that went away, the write is not."""
    done: asyncio.Future[Receipt | Refused] = asyncio.get_running_loop().create_future()
    if submission.activity and not submission.activity.startswith("gen:"):
        await in_thread(submit_soon, submission, done)  # may read the problem's row
    else:
        submit_soon(submission, done)
    result = await done
    if isinstance(result, Refused):
        raise result
    return result


async def in_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """Run database work in a thread and give its connection back to the pool, as Django does after a request."""

    def run() -> Result:
        try:
            return work(*arguments)
        except DatabaseError as error:
            raise Unavailable(
                T("Headway cannot save right now. Your answer is kept; it will be sent again.")
            ) from error
        finally:
            connections.close_all()

    return await sync_to_async(run, thread_sensitive=False)()


async def identify(headers: dict[bytes, str], *, unsafe: bool) -> Principal | dict[str, Any]:
    """Return who is asking, or the problem: a bearer token, or a session with its CSRF token on unsafe requests."""
    scheme, _, token = headers.get(b"authorization", "").partition(" ")
    if scheme:
        found = remembered(token) or await in_thread(principal_of_token, token)
        if scheme.lower() == "bearer" and found is not None:
            return found
        return problem("unauthenticated", 401, "This token is unknown or was revoked. Ask your district for a new one.")
    cookies = _cookies(headers.get(b"cookie", ""))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    found = remembered(key) or await in_thread(principal_of_session, key)
    if found is None:
        return problem("unauthenticated", 401, "You are signed out. Sign in again; your answers are kept.")
    if unsafe and not _same_site(headers, cookies):
        return problem("forbidden", 403, "The request does not come from a page of this site. Reload the page.")
    return found


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    with suppress(CookieError):
        jar.load(header)
    return {name: morsel.value for name, morsel in jar.items()}


def _same_site(headers: dict[bytes, str], cookies: dict[str, str]) -> bool:
    """The double-submitted token must match, and the page must be of a host that is served (as Django's middleware
    asks)."""
    origin, host = headers.get(b"origin", ""), headers.get(b"host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    if origin and origin.partition("://")[2] != host:
        return False
    cookie, sent = cookies.get(settings.CSRF_COOKIE_NAME, ""), headers.get(b"x-csrftoken", "")
    if len(cookie) != 32 or len(sent) not in (32, 64) or not (cookie + sent).isascii() or not (cookie + sent).isalnum():
        return False
    return hmac.compare_digest(cookie.encode(), sent.encode()) or bool(_does_token_match(sent, cookie))


async def read_body(receive: Receive, most: int = MOST_BYTES) -> bytes:
    """Read a body of at most so many bytes. Raises Malformed."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Malformed(T("The request ended before it was complete."))
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise Malformed(T("The body is larger than {most} kB.", most=most >> 10))
        if not message.get("more_body", False):
            return b"".join(parts)


async def answer(send: Send, status: int, body: dict[str, Any]) -> None:
    """Send JSON, or a problem where the status says so."""
    kind = CONTENT_TYPE if status >= 400 else "application/json"
    payload = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(payload)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status in (429, 503):
        headers.append((b"retry-after", b"2"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": payload})


def uuid_in(path: str, prefix: str) -> UUID | None:
    """Return the UUID that follows ``prefix`` in a path, or None."""
    try:
        return UUID(path.removeprefix(prefix))
    except ValueError:
        return None
