"""Requests to other systems: to public addresses by TLS only, soon over, and of a bounded size."""

from __future__ import annotations

import functools
import ipaddress
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

SECONDS = 8
WHOLE_SECONDS = 60.0
"""Until an answer is read to its end, however slowly it comes."""
LARGEST = 2_000_000
"""Bytes of an answer that are read."""
MOST_TRIED = 4
"""Addresses of one name that are tried."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")


class NoAnswer(Exception):
    """The other system could not be reached, or did not answer as it should; the message says how. ``status`` is that of
    HTTP, 0 where no answer came."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


class Inside(requests.exceptions.InvalidURL):
    """The address leads into a network of our own."""


class _Checked(HTTPSConnection):
    """A name is asked for once, and its answer is where the connection goes: one that names a public address to whoever checks
    and an inner one a moment later leads nowhere."""

    def _new_conn(self) -> socket.socket:
        named = self._dns_host
        try:
            found = socket.getaddrinfo(named, self.port or 443, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NewConnectionError(self, f"the name {named!r} is not known: {error}") from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not all(map(is_public, addresses)):
            raise Inside("the address is inside of the server’s own network")
        failure: NewConnectionError | ConnectTimeoutError | None = None
        for address in addresses[:MOST_TRIED]:
            self._dns_host = address
            try:
                return super()._new_conn()
            except (NewConnectionError, ConnectTimeoutError) as error:
                failure = error
            finally:
                self._dns_host = named  # the certificate is the name's
        raise failure or NewConnectionError(self, f"the name {named!r} has no address")


class _CheckedPool(HTTPSConnectionPool):
    ConnectionCls = _Checked


class _Outside(HTTPAdapter):
    """An address in a form must not reach into the server's own network."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if settings.PRODUCTION:
            if urlsplit(str(request.url)).scheme != "https":
                raise requests.exceptions.InvalidURL("the address is not https")
            self.poolmanager.pool_classes_by_scheme = {"https": _CheckedPool}
        return super().send(request, *args, **kwargs)


def is_public(address: str) -> bool:
    """Whether an address belongs to a machine of the public internet; of one that carries another (NAT64, 6to4), whether that
    one does.

    >>> [is_public(each) for each in ("93.184.216.34", "10.0.0.1", "224.0.0.1", "64:ff9b::7f00:1", "2606:4700::1111")]
    [True, False, False, False, True]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if not found.is_global or found.is_multicast or (found.is_reserved and found not in _NAT64):
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return True
    carried = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else found.sixtofour
    if carried is not None:
        return is_public(str(carried))
    return found in _UNICAST


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
    largest: int = LARGEST,
) -> tuple[Any, dict[str, str]]:
    """What another system answers: its JSON (None for an empty answer) and its headers, by small names. Raises NoAnswer for
    anything but success, for more than ``largest`` bytes, and for what comes too slowly."""
    found, told = fetch(method, address, headers=headers, form=form, body=body, follow=follow, largest=largest)
    try:
        return json.loads(found) if found.strip() else None, told
    except (ValueError, RecursionError) as error:
        raise NoAnswer(f"{method} {address}: {error!r}"[:500]) from error


def fetch(
    method: str,
    address: str,
    *,
    headers: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    body: object = None,
    follow: bool = True,
    largest: int = LARGEST,
) -> tuple[bytes, dict[str, str]]:
    """The bytes of an answer, and its headers by small names. Raises NoAnswer as :func:`ask`, which reads them as JSON."""
    data: Any = form if form is not None else json.dumps(body).encode() if body is not None else None
    try:
        with (
            outside_session() as session,
            session.request(method, address, headers=headers, data=data, stream=True, allow_redirects=follow) as answer,
        ):
            raw = _read(answer, largest)
            if not 200 <= answer.status_code < 300:
                words = f"{method} {address}: {answer.status_code} {raw[:200].decode(errors='replace')}"
                raise NoAnswer(words, answer.status_code)
            if len(raw) > largest:
                raise NoAnswer(f"{method} {address}: more than {largest} bytes")
            return raw, {name.lower(): value for name, value in answer.headers.items()}
    except (requests.RequestException, OSError, ValueError) as error:
        raise NoAnswer(f"{method} {address}: {error!r}"[:500]) from error
    except Exception as error:  # urllib3 lets its own pass while a body is read
        if type(error).__module__.startswith("urllib3"):
            raise NoAnswer(f"{method} {address}: {error!r}"[:500]) from error
        raise


def _read(answer: requests.Response, largest: int) -> bytes:
    """The body, at most one piece over ``largest`` of it. Raises TimeoutError where it does not come to an end."""
    parts, size, until = [], 0, time.monotonic() + WHOLE_SECONDS
    for part in answer.raw.stream(1 << 16, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > largest:
            break
        if time.monotonic() > until:
            raise TimeoutError(f"it was not all here after {WHOLE_SECONDS:.0f} seconds")
    return b"".join(parts)
