"""CASE 1.1 as a service, straight on ASGI: frameworks that a district opened for everybody, all of them for programs that may.

Without a token the address names the district, ``/open/{district}/ims/case/v1p1``; the plain one is that of the only district.
"""

from __future__ import annotations

import logging
import os
import re
from typing import Any
from urllib.parse import parse_qs, unquote
from uuid import UUID

from headway.api.bearer import challenge, headers_of, own_host, program_asking, raw_path, takes_json
from headway.api.native import Receive, Scope, Send, in_thread
from headway.api.rates import TooMany, take
from headway.api.sending import Header, send_json
from headway.school.curriculum.frameworks.service import read_documents, read_one, the_district
from headway.school.loop import Unavailable
from headway.standards.case.service.answers import Answers
from headway.standards.case.service.asking import question
from headway.standards.case.service.description import description
from headway.standards.case.service.operations import DESCRIPTION, ROOT, SCOPE, find
from headway.standards.case.service.status import status_info
from headway.standards.oneroster.service.asking import links
from headway.standards.oneroster.service.status import Unanswerable

PER_SECOND = float(os.environ.get("HEADWAY_PROGRAM_RATE", "100"))
BURST = PER_SECOND * 3
NOT_THERE = "There is no such operation. CASE 1.1 is described at {root}/" + DESCRIPTION
_ADDRESS = re.compile(rf"(?:/open/([0-9A-Fa-f-]{{32,36}}))?{ROOT}/(.+)")
logger = logging.getLogger(__name__)


async def case(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/ims/case`` or ``/open``."""
    del receive
    silent = scope["method"] == "HEAD"
    more: tuple[Header, ...] = ()
    try:
        status, body, more = await _answer(scope)
    except Unanswerable as error:
        status, body, more = error.status, status_info(error.code, error.said), challenge(error)
    except TooMany:
        status, body = 429, status_info("server_busy", "Too many requests. Wait a moment.")
        more = ((b"retry-after", b"1"),)
    except Unavailable:
        status, body = 503, status_info("internal_server_error", "The database does not answer.")
        more = ((b"retry-after", b"5"),)
    except Exception:
        logger.exception("%s %s", scope["method"], scope["path"])
        status, body = 500, status_info("internal_server_error", "This went wrong here; it is in the server's log.")
    await send_json(send, status, body, [(b"cache-control", b"no-store"), *more], silent=silent)


async def _answer(scope: Scope) -> tuple[int, Any, tuple[Header, ...]]:
    headers, path = headers_of(scope), raw_path(scope)
    parts = _ADDRESS.fullmatch(path)
    if parts is None:
        raise Unanswerable("unknownobject", NOT_THERE.format(root=ROOT))
    if scope["method"] not in ("GET", "HEAD"):
        said = status_info("forbidden", "CASE is read here, and not written.")
        return 405, said, ((b"allow", b"GET, HEAD"),)
    base = f"{own_host(scope, headers)}{path.removesuffix(parts[2]).rstrip('/')}"
    if parts[2] == DESCRIPTION:
        take(("case", _client(scope)), PER_SECOND, BURST)
        return 200, description(base), ()
    found = find(parts[2])
    if found is None:
        raise Unanswerable("unknownobject", NOT_THERE.format(root=ROOT))
    district, everything = await _whose(scope, headers, parts[1] or "")
    if not takes_json(headers.get(b"accept", "")):
        raise Unanswerable("invaliddata", "Answers are application/json; the request takes something else.", 406)
    operation, key = found
    answers = Answers(base)
    if operation.form != "list":
        body = await in_thread(
            lambda: read_one(
                district=district, everything=everything, operation=operation, identifier=unquote(key), answers=answers
            )
        )
        return 200, body, ()
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    asked = question(query)
    page, total = await in_thread(
        lambda: read_documents(district=district, everything=everything, asked=asked, answers=answers)
    )
    named = links(f"{base}/{parts[2]}", query, asked.paged, total).encode("ascii", "replace")
    return 200, {"CFDocuments": page}, ((b"x-total-count", str(total).encode()), (b"link", named))


async def _whose(scope: Scope, headers: dict[bytes, str], named: str) -> tuple[UUID, bool]:
    """The district that is asked, and whether all of its frameworks may be read. Raises Unanswerable."""
    if b"authorization" not in headers:
        take(("case", _client(scope)), PER_SECOND, BURST)
        return await in_thread(the_district, named), False
    program = await program_asking(headers)
    take(program.id, PER_SECOND, BURST)
    if SCOPE not in program.scopes:
        raise Unanswerable("forbidden", f"The token needs the scope {SCOPE}.")
    if named and UUID(named) != program.district:
        raise Unanswerable("forbidden", "The token is another district's.")
    return program.district, True


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])
