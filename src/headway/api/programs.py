"""The one token issuer: ``POST /oauth2/token`` (RFC 6749, client credentials), straight on ASGI. Programs show a secret, tools of
other providers a statement signed with their key (RFC 7523)."""

from __future__ import annotations

import time
from base64 import b64decode
from binascii import Error as BadBase64
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from headway.api.native import Receive, Scope, Send, in_thread, read_body
from headway.api.rates import TooMany, take
from headway.api.sending import send_json
from headway.school.exchange.tools.choosing import issuer_in
from headway.school.exchange.tools.granting import grant_to_tool
from headway.school.loop import Malformed, Unavailable
from headway.school.people.programs import BadClient, BadScope, Grant, grant_token
from headway.standards.lti.words import JWT_BEARER

FORM = "application/x-www-form-urlencoded"
PER_SECOND, BURST = 2.0, 20.0
"""Tokens that one program may ask for: one an hour is enough."""
NEVER = [(b"cache-control", b"no-store"), (b"pragma", b"no-cache")]


async def token(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a token: with one, or with an error of RFC 6749, section 5.2."""
    if scope["method"] != "POST":
        return await _refuse(send, 405, "invalid_request", "Send a POST.", (b"allow", b"POST"))
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    if headers.get(b"content-type", "").partition(";")[0].strip().lower() != FORM:
        return await _refuse(send, 400, "invalid_request", f"Send the parameters as {FORM}.")
    try:
        form = dict(parse_qsl((await read_body(receive)).decode("ascii", "replace"), max_num_fields=20))
        client, secret = _credentials(headers.get(b"authorization", ""), form)
        take(("token", client or issuer_in(form.get("client_assertion", ""))), PER_SECOND, BURST)
        if form.get("grant_type") != "client_credentials":
            return await _refuse(send, 400, "unsupported_grant_type", "The grant_type is client_credentials.")
        found = await in_thread(_granted, client, secret, form)
    except ValueError:
        return await _refuse(send, 400, "invalid_request", "The form has more than 20 fields.")
    except BadScope:
        return await _refuse(send, 400, "invalid_scope", "The program was not registered for one of these scopes.")
    except BadClient as why:
        said = (
            str(why)
            or "There is no such program, its secret is another one, it was closed, or nobody looks after it any more."
        )
        return await _refuse(send, 401, "invalid_client", said, (b"www-authenticate", b'Basic realm="Headway"'))
    except Malformed as error:
        return await _refuse(send, 400, "invalid_request", str(error.message))
    except TooMany:
        return await _refuse(
            send, 429, "temporarily_unavailable", "Too many tokens. Use one until it ends.", (b"retry-after", b"5")
        )
    except Unavailable:
        return await _refuse(
            send, 503, "temporarily_unavailable", "The database does not answer.", (b"retry-after", b"5")
        )
    scopes = " ".join(found.scopes)
    body = {"access_token": found.token, "token_type": "Bearer", "expires_in": found.seconds, "scope": scopes}
    return await send_json(send, 200, body, NEVER)


def _granted(client: str, secret: str, form: dict[str, str]) -> Grant:
    """A token for whoever shows a secret or a signed statement, never for both at once. Raises BadClient and BadScope."""
    wanted, assertion = form.get("scope", "").split(), form.get("client_assertion", "")
    if "client_assertion_type" not in form and not assertion:
        return grant_token(client=client, secret=secret, wanted=wanted, now=time.time())
    if secret or form.get("client_assertion_type") != JWT_BEARER:
        raise BadClient(f"Send a client_assertion of the type {JWT_BEARER} and no secret.")
    return grant_to_tool(assertion=assertion, client=client, wanted=wanted, now=time.time())


def _credentials(header: str, form: dict[str, str]) -> tuple[str, str]:
    """The identifier and the secret, from the header (form-encoded, as the RFC has it) or the form. Raises BadClient."""
    scheme, _, packed = header.partition(" ")
    if not header:
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client, colon, secret = b64decode(packed, validate=True).decode().partition(":")
    except (BadBase64, ValueError):
        raise BadClient from None
    if scheme.lower() != "basic" or not colon:
        raise BadClient
    return unquote_plus(client), unquote_plus(secret)


async def _refuse(send: Send, status: int, code: str, said: str, *more: tuple[bytes, bytes]) -> None:
    body: dict[str, Any] = {"error": code, "error_description": said}
    return await send_json(send, status, body, [*NEVER, *more])
