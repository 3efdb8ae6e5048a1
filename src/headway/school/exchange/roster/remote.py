"""Speaking to another system's OneRoster service: a token, one page after another, and patience with bounds."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from headway.standards.errors import ImportProblem

PAGE = 1000
PAGE_BYTES = 64 << 20
MOST_PAGES = 50_000
TRIES = 5
LONGEST_WAIT = 120.0
SECONDS = (10, 120)
"""To connect, and between two pieces of an answer."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
READ = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly"
LATER = "Run the same command again: it goes on where it stopped."


@dataclass(frozen=True, slots=True)
class Page:
    """Objects of a list as they came, and how many the server says there are (-1: it does not say)."""

    found: list[dict[str, Any]]
    total: int


@dataclass
class Remote:
    """``base`` is the address of the rostering service, ``token_url`` that of its tokens. ``wait`` sleeps."""

    base: str
    token_url: str
    client: str
    secret: str
    wait: Callable[[float], None] = time.sleep
    clock: float = 0.0
    """What the server's clock said first, in seconds since 1970; 0 until it has said so."""
    _token: str = ""
    _session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        for address in (self.base, self.token_url):
            parts = urlsplit(address)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise ImportProblem("A secret only travels by https.", address, "Write the address with https://.")
        self._session.trust_env = False

    def pages(self, collection: str, offset: int, since: str) -> Iterator[Page]:
        """The pages of a collection from ``offset`` on; with ``since`` only what changed after it. Raises ImportProblem."""
        before: list[Any] = []
        for _ in range(MOST_PAGES):
            page = self._page(collection, offset, since)
            named = [each.get("sourcedId") for each in page.found]
            if named and named == before:
                how = "Ask whoever runs it: it does not heed offset."
                raise ImportProblem("The server gives the same page again and again.", f"{self.base}/{collection}", how)
            yield page
            before, offset = named, offset + len(named)
            if not named or (0 <= page.total <= offset):
                return
        raise ImportProblem(f"The list has no end after {MOST_PAGES:,} pages.", f"{self.base}/{collection}", LATER)

    def _page(self, collection: str, offset: int, since: str) -> Page:
        query = {"limit": str(PAGE), "offset": str(offset), "sort": "sourcedId", "orderBy": "asc"}
        if since:
            query["filter"] = f"dateLastModified>'{since}'"
        headers, body = self._get(f"{self.base}/{collection}", query)
        lists = [value for value in body.values() if isinstance(value, list)] if isinstance(body, dict) else []
        found = body.get(collection) if isinstance(body, dict) else None
        if not isinstance(found, list):
            if len(lists) != 1:
                how = "Check the address: it has to be that of the rostering service, version 1.2."
                raise ImportProblem("The answer holds no list.", f"{self.base}/{collection}", how)
            found = lists[0]
        total = re.fullmatch(r"[0-9]{1,10}", headers.get("X-Total-Count", ""))
        return Page([each for each in found if isinstance(each, dict)], int(total[0]) if total else -1)

    def _get(self, address: str, query: Mapping[str, str]) -> tuple[Mapping[str, str], Any]:
        """One answer in JSON, asked for again while the server is busy or broken. Raises ImportProblem."""
        said, renewed = "", False
        for attempt in range(TRIES):
            token = self._token or self._new_token()
            try:
                status, headers, data = self._once(address, query, token)
                if status == 200:
                    self._look_at_clock(headers)
                    return headers, json.loads(data)
                said = f"status {status}"
                if status == 401 and not renewed:
                    renewed, self._token = True, ""
                    continue
                if status not in (429, 500, 502, 503, 504):
                    raise ImportProblem(f"The server refuses ({said}).", address, _mend(status))
                self.wait(_seconds(headers.get("Retry-After", ""), attempt))
            except (ValueError, RecursionError):
                said = "an answer that is no whole JSON"
                self.wait(_seconds("", attempt))
            except requests.RequestException as error:
                said = type(error).__name__
                self.wait(_seconds("", attempt))
        raise ImportProblem(f"The server does not answer as it should ({said}), {TRIES} times.", address, LATER)

    def _once(self, address: str, query: Mapping[str, str], token: str) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        for _ in range(4):
            answer = self._session.get(
                address, params=dict(query), headers=headers, timeout=SECONDS, allow_redirects=False, stream=True
            )
            with answer:
                where = answer.headers.get("Location", "")
                if answer.status_code not in (301, 302, 303, 307, 308) or not where:
                    return answer.status_code, answer.headers, _bounded(answer, address)
            there = urljoin(address, where)
            if urlsplit(there)[:2] != urlsplit(address)[:2]:
                what = f"The server sends us on to {urlsplit(there).netloc or 'another place'}."
                how = "The token is not shown to another host. Give that address, if it is the right one."
                raise ImportProblem(what, address, how)
            address, query = there, {}
        raise ImportProblem("The server sends us round in a circle.", address, "Check the address.")

    def _new_token(self) -> str:
        form = {"grant_type": "client_credentials", "scope": READ}
        for attempt in range(TRIES):
            try:
                answer = self._session.post(
                    self.token_url, data=form, auth=(self.client, self.secret), timeout=SECONDS, allow_redirects=False,
                    stream=True,
                )  # fmt: skip
                with answer:
                    data = _bounded(answer, self.token_url)
            except requests.RequestException:
                self.wait(_seconds("", attempt))
                continue
            if answer.status_code in (429, 500, 502, 503, 504):
                self.wait(_seconds(answer.headers.get("Retry-After", ""), attempt))
                continue
            try:
                self._token = str(json.loads(data)["access_token"]) if answer.status_code == 200 else ""
            except (ValueError, KeyError, TypeError):
                self._token = ""
            if not self._token or not self._token.isascii():
                how = "Check the client's identifier, its secret and the address for tokens."
                raise ImportProblem(f"No token was given (status {answer.status_code}).", self.token_url, how)
            return self._token
        raise ImportProblem(f"No token was given, {TRIES} times.", self.token_url, LATER)

    def _look_at_clock(self, headers: Mapping[str, str]) -> None:
        if not self.clock:
            try:
                self.clock = parsedate_to_datetime(headers["Date"]).timestamp()
            except (KeyError, ValueError, TypeError):
                self.clock = time.time()


def _bounded(answer: requests.Response, address: str) -> bytes:
    parts, size = [], 0
    for part in answer.iter_content(1 << 18):
        size += len(part)
        if size > PAGE_BYTES:
            raise ImportProblem(
                f"An answer is larger than {PAGE_BYTES >> 20} MB.", address, "Ask whoever runs the server."
            )
        parts.append(part)
    return b"".join(parts)


def _seconds(said: str, attempt: int) -> float:
    return min(LONGEST_WAIT, float(said)) if said.isdigit() else 2.0**attempt


def _mend(status: int) -> str:
    if status in (401, 403):
        return "Check what the client may read: it needs roster.readonly."
    if status == 400:
        return "Leave --changes out if the server knows no filter on dateLastModified."
    return "Check the address: it has to be that of the rostering service, version 1.2."
