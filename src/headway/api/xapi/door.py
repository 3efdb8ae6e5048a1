"""One request of the record store: which resource, in which version, who asks, what they may."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from headway.api.native import Receive, Scope, Send, in_thread
from headway.api.submissions import in_language
from headway.api.xapi import documents, statements
from headway.api.xapi.exchange import OLDEST, Answer, Request, read, readable, refused, send_answer
from headway.school.exchange.xapi.credentials import Caller, caller_of, remembered_caller
from headway.school.exchange.xapi.writer import Taken
from headway.school.people.refusal import Refused
from headway.standards.xapi.shapes import Invalid

Handler = Callable[[Request, Caller], Awaitable[Answer]]
_DOCUMENTS: dict[str, Handler] = {
    "GET": documents.get_document,
    "PUT": documents.write,
    "POST": documents.write,
    "DELETE": documents.delete,
}
RESOURCES: dict[str, dict[str, Handler]] = {
    "statements": {
        "GET": statements.get_statements,
        "PUT": statements.put_statement,
        "POST": statements.post_statements,
    },
    "activities": {"GET": documents.get_activity},
    "activities/state": _DOCUMENTS,
    "activities/profile": _DOCUMENTS,
    "agents": {"GET": documents.get_agent},
    "agents/profile": _DOCUMENTS,
}
_READERS = ("statements/read", "statements/read/mine", "all/read")
SCOPES: dict[str, dict[str, tuple[str, ...]]] = {
    "statements": {"GET": _READERS, "PUT": ("statements/write",), "POST": ("statements/write",)},
    "activities": {"GET": (*_READERS, "state", "profile")},
    "agents": {"GET": (*_READERS, "state", "profile")},
    "activities/state": {"GET": ("state", "all/read")},
    "activities/profile": {"GET": ("profile", "all/read")},
    "agents/profile": {"GET": ("profile", "all/read")},
}
"""Which scopes open a resource, each of them alone; documents are written with state or profile."""
_WRITES = {"activities/state": ("state",), "activities/profile": ("profile",), "agents/profile": ("profile",)}

_log = logging.getLogger(__name__)


async def xapi(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/xapi/``."""
    version = OLDEST
    try:
        request = await read(scope, receive)
        version = request.told
        answer = _early(request)
        if answer is None:
            version = request.version
            answer = await _authorised(request)
    except Invalid as error:
        answer = refused(error)
    except Taken as error:
        answer = refused(Invalid("id", in_language("en")(error.message), 409))
    except Refused as error:
        answer = refused(Invalid("", in_language("en")(error.message), 503))
        answer.headers["retry-after"] = "2"
    except Exception:  # noqa: BLE001 (whoever asks hears of it in the protocol's form; the log has the rest)
        _log.exception("xAPI request failed")
        answer = refused(Invalid("", "Something went wrong here. It is noted; send it again later.", 500))
    if scope["path"] == "/xapi/statements":
        with suppress(Refused):  # without the database nobody knows
            await statements.tell_consistent(answer)
    accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
    await send_answer(send, readable(answer, accept), version=version, head=scope["method"] == "HEAD")


def _early(request: Request) -> Answer | None:
    """The answers that ask nobody who they are: unknown resources and methods, and *about*."""
    if request.resource == "about":
        return documents.about(request) if request.method == "GET" else _not_allowed(["GET"])
    methods = RESOURCES.get(request.resource)
    if methods is None:
        return refused(Invalid("", f"There is no resource {request.resource[:100]!r} here.", 404))
    return None if request.method in methods else _not_allowed(list(methods))


def _not_allowed(methods: list[str]) -> Answer:
    answer = refused(Invalid("", "This resource does not have this method.", 405))
    return replace(answer, headers={"allow": ", ".join([*methods, "HEAD"])})


async def _authorised(request: Request) -> Answer:
    header = request.headers.get("authorization", "")
    caller = remembered_caller(header) or await in_thread(caller_of, header)
    if caller is None:
        answer = refused(Invalid("Authorization", "Send the user name and secret of a credential (HTTP Basic).", 401))
        return replace(answer, headers={"www-authenticate": 'Basic realm="Headway xAPI", charset="UTF-8"'})
    scopes = SCOPES[request.resource].get(request.method) or _WRITES[request.resource]
    if not caller.may(*scopes):
        return refused(Invalid("Authorization", f"This credential lacks the scope {scopes[0]}.", 403))
    return await RESOURCES[request.resource][request.method](request, caller)
