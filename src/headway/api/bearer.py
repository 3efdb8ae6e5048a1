"""What the services for other systems' programs share: who asks, by which token, at which of our addresses."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from headway.api.native import Scope, in_thread
from headway.school.people.programs import Program, program_of_token, remembered_program
from headway.standards.oneroster.service.status import Unanswerable

REALM = b'Bearer realm="Headway"'


def headers_of(scope: Scope) -> dict[bytes, str]:
    """The headers by their small names."""
    return {name: value.decode("latin-1") for name, value in scope["headers"]}


async def program_asking(headers: Mapping[bytes, str]) -> Program:
    """The program of the token. Raises Unanswerable."""
    scheme, _, word = headers.get(b"authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unanswerable("unauthorisedrequest", "Send a token: Authorization: Bearer ... Get one at /oauth2/token.")
    found = remembered_program(word) or await in_thread(program_of_token, word, time.time())
    if found is None:
        raise Unanswerable("unauthorisedrequest", "This token is unknown, too old, or of a program that is closed.")
    return found


def challenge(error: Unanswerable) -> tuple[tuple[bytes, bytes], ...]:
    """The header that belongs to a refusal of a token (RFC 6750)."""
    if error.status == 401:
        return ((b"www-authenticate", REALM + b', error="invalid_token"'),)
    if error.status == 403 and error.code == "forbidden":
        return ((b"www-authenticate", REALM + b', error="insufficient_scope"'),)
    return ()


def raw_path(scope: Scope) -> str:
    """The path with its quotes: an identifier may hold a slash."""
    raw = scope.get("raw_path") or b""
    return raw.decode("latin-1").partition("?")[0] or quote(scope["path"])


def own_host(scope: Scope, headers: Mapping[bytes, str]) -> str:
    """Our own address. Raises Unanswerable for a host that is not served."""
    host = headers.get(b"host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise Unanswerable("invaliddata", "This host is not served here.", 400)
    secure = settings.PRODUCTION and headers.get(b"x-forwarded-proto", "https") == "https"
    return f"{'https' if secure else scope.get('scheme', 'http')}://{host}"


def takes_json(accept: str) -> bool:
    """Whether the one who asks takes JSON."""
    kinds = [each.partition(";") for each in accept.lower().split(",") if each.strip()]
    return not kinds or any(
        kind.strip() in ("*/*", "application/*", "application/json") and "q=0" not in rest.replace(" ", "").split(";")
        for kind, _, rest in kinds
    )
