"""Requests to other systems: to public addresses by TLS only, soon over, and of a bounded size."""

from __future__ import annotations

import functools
import ipaddress
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

SECONDS = 8
LARGEST = 2_000_000
"""Bytes of an answer that are read."""


class NoAnswer(Exception):
    """The other system could not be reached, or did not answer as it should; the message says how."""


class _Outside(HTTPAdapter):
    """An address in a form must not reach into the server's own network."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if settings.PRODUCTION:
            parts = urlsplit(str(request.url))
            if parts.scheme != "https":
                raise requests.exceptions.InvalidURL("the address is not https")
            for found in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
                if not ipaddress.ip_address(found[4][0]).is_global:
                    raise requests.exceptions.InvalidURL("the address is inside of the server’s own network")
        return super().send(request, *args, **kwargs)


def outside_session() -> requests.Session:
    """A session whose every request, also after being sent on, stays outside of our own network."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Outside())
    session.request = functools.partial(session.request, timeout=SECONDS)  # type: ignore[method-assign]
    return session


def ask(
    method: str,
    address: str,
    *,
    headers: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    body: object = None,
    follow: bool = True,
) -> tuple[Any, dict[str, str]]:
    """What another system answers: its JSON (None for an empty answer) and its headers, by small names. Raises NoAnswer for
    anything but success, and for more than :data:`LARGEST` bytes."""
    data: Any = form if form is not None else json.dumps(body).encode() if body is not None else None
    try:
        with (
            outside_session() as session,
            session.request(method, address, headers=headers, data=data, stream=True, allow_redirects=follow) as answer,
        ):
            raw = answer.raw.read(LARGEST + 1, decode_content=True)
            if not 200 <= answer.status_code < 300:
                raise NoAnswer(f"{method} {address}: {answer.status_code} {raw[:200].decode(errors='replace')}")
            if len(raw) > LARGEST:
                raise NoAnswer(f"{method} {address}: more than {LARGEST} bytes")
            found = json.loads(raw) if raw.strip() else None
            return found, {name.lower(): value for name, value in answer.headers.items()}
    except (requests.RequestException, OSError, ValueError, RecursionError) as error:
        raise NoAnswer(f"{method} {address}: {error!r}"[:500]) from error
    except Exception as error:  # urllib3 lets its own pass while a body is read
        if type(error).__module__.startswith("urllib3"):
            raise NoAnswer(f"{method} {address}: {error!r}"[:500]) from error
        raise
