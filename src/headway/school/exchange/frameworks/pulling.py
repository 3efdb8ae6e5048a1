"""Pulling a framework from another system's CASE service: from public addresses, page by page, of a bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from headway.school.exchange.outside import NoAnswer, ask, fetch
from headway.standards.case.reading import MOST_BYTES
from headway.standards.errors import ImportProblem
from headway.standards.plain import made_plain

PAGE, MOST_PAGES = 100, 50
HOW = "Give the address of a CASE service, such as https://case.example.org/ims/case/v1p1, or of one of its CFPackages."
_SERVICE = re.compile(
    r"(?P<base>.*/ims/case/v1p[01])(?:/(?P<kind>CFPackages|CFDocuments)(?:/(?P<key>[^/]+))?)?/?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A framework that a service has; ``address`` is that of its package."""

    identifier: str
    title: str
    creator: str
    version: str
    address: str


@dataclass(frozen=True, slots=True)
class Named:
    """What an address names: a service, and a framework of it (empty: its list)."""

    base: str
    key: str

    @property
    def package(self) -> str:
        """The address of the framework's package."""
        return f"{self.base}/CFPackages/{quote(self.key, safe='')}"


def named(address: str) -> Named:
    """Read an address: of a service, of its list, of a document or a package. A bare host is that of version 1.1. Raises
    ImportProblem."""
    plain = address.strip()
    try:
        parts = urlsplit(plain if re.fullmatch(r"[\x21-\x7e]{1,2000}", plain) else "")
    except ValueError:  # half an address of IPv6
        parts = urlsplit("")
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise ImportProblem("That is no address of a CASE service.", address[:200], HOW)
    found = _SERVICE.fullmatch(plain)
    if found is None:
        if parts.path.strip("/"):
            raise ImportProblem("That is no address of a CASE service.", address[:200], HOW)
        return Named(f"{plain.rstrip('/')}/ims/case/v1p1", "")
    key = found["key"] or ""
    if found["kind"] == "CFPackages" and not key:
        raise ImportProblem("The address names no package.", address[:200], HOW)
    return Named(found["base"], key)


def offers(base: str, token: str = "") -> list[Offer]:
    """What a service has, page by page, each once. Raises ImportProblem."""
    found: dict[str, Offer] = {}
    for row in _rows(base, token):
        offer = _offer(row, base)
        if offer is not None:
            found.setdefault(offer.identifier, offer)
    return sorted(found.values(), key=lambda each: (each.title.casefold(), each.identifier))


def pull(place: Named, token: str = "") -> bytes:
    """The package of a framework, as it comes. Raises ImportProblem."""
    try:
        return fetch("GET", place.package, headers=_headers(token), follow=not token, largest=MOST_BYTES)[0]
    except NoAnswer as problem:
        raise _said(problem, place.package) from None


def _rows(base: str, token: str) -> Iterator[Any]:
    before: list[Any] = []
    for number in range(MOST_PAGES):
        address = f"{base}/CFDocuments?{urlencode({'limit': PAGE, 'offset': number * PAGE})}"
        try:
            body, told = ask("GET", address, headers=_headers(token), follow=not token)
        except NoAnswer as problem:
            if number:
                return  # a service may refuse the page after the last one
            raise _said(problem, address) from None
        rows = body.get("CFDocuments") if isinstance(body, dict) else None
        if not isinstance(rows, list):
            raise ImportProblem("The answer holds no list of CFDocuments.", address, HOW)
        yield from rows
        total = re.fullmatch(r"[0-9]{1,10}", told.get("x-total-count", ""))
        heeded = rows != before
        if not heeded or len(rows) < PAGE or (total and int(total[0]) <= (number + 1) * PAGE):
            return
        before = rows
    raise ImportProblem(f"The list has no end after {MOST_PAGES} pages.", base, "Give the address of one package.")


def _offer(row: Any, base: str) -> Offer | None:
    if not isinstance(row, dict):
        return None
    try:
        key = str(UUID(str(row.get("identifier"))))
    except ValueError:
        return None
    title, creator, version = (made_plain(str(row.get(name) or "")[:300]) for name in ("title", "creator", "version"))
    return Offer(key, title, creator, version, Named(base, key).package)


def _headers(token: str) -> dict[str, str]:
    return {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})


def _said(problem: NoAnswer, address: str) -> ImportProblem:
    how = "Check the address in a browser. Some registries want a key: give it as the token."
    return ImportProblem(f"The service does not answer as it should ({str(problem)[:300]}).", address, how)
