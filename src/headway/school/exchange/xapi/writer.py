"""Statements are written by one thread a process: what waits for the same district goes in one short transaction.

A request's statements are kept all or none, and are durable before the answer leaves. Where an identifier is there already, the
requests of a batch are written one by one, and each is held against what is kept.
"""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from headway.core.text import T
from headway.school.exchange.xapi import sql
from headway.school.people.refusal import Refused, Unavailable
from headway.standards.xapi.activities import merged
from headway.standards.xapi.incoming import Incoming
from headway.standards.xapi.sameness import same

MOST = 500
"""Statements of one transaction, unless a single request has more."""
_MOST_SEEN = 50_000


class Taken(Refused):
    """Another statement has this identifier."""

    code = "xapi-taken"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one request wants kept."""

    district: UUID
    credential: UUID
    statements: Sequence[Incoming]
    done: Future[int]


def activity_key(iri: str) -> bytes:
    """The key of an activity's row."""
    return blake2b(iri.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def turned(keys: Sequence[int], district: UUID) -> list[int]:
    """The numbers of keys as the index has them: turned by the district, so that districts do not meet in it."""
    turn = int.from_bytes(district.bytes[:8], signed=True)
    return [key ^ turn for key in keys]


class Writer:
    """The writer of one process."""

    def __init__(self) -> None:
        self.waiting: deque[Batch] = deque()
        self.some = threading.Condition()
        self.connection: psycopg.Connection[Any] | None = None
        self.district: UUID | None = None
        self.seen: dict[tuple[UUID, str], bytes] = {}
        threading.Thread(target=self._work, name="xapi-writer", daemon=True).start()

    def put(self, batch: Batch) -> None:
        """Put a batch in line; its future tells how many were new, or why none was kept."""
        with self.some:
            self.waiting.append(batch)
            self.some.notify()

    def _work(self) -> None:
        while True:
            with self.some:
                while not self.waiting:
                    self.some.wait()
                batches = self._take()
            try:
                self._all(batches)
            except BaseException as error:  # noqa: BLE001 (the thread must outlive any batch; each hears of it)
                for each in batches:
                    if not each.done.done():
                        each.done.set_exception(error)

    def _take(self) -> list[Batch]:
        first = self.waiting.popleft()
        found, count, later = [first], len(first.statements), deque[Batch]()
        while self.waiting and count < MOST:
            each = self.waiting.popleft()
            if each.district == first.district and count + len(each.statements) <= MOST:
                found.append(each)
                count += len(each.statements)
            else:
                later.append(each)
        self.waiting.extendleft(reversed(later))
        return found

    def _all(self, batches: list[Batch]) -> None:
        try:
            self._write(batches)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DataError):
            for each in batches:
                self._one(each)
        except psycopg.OperationalError:
            self._forget()
            for each in batches:
                self._one(each)
        else:
            for each in batches:
                each.done.set_result(len(each.statements))

    def _one(self, batch: Batch) -> None:
        """Write one request by itself, without what is there already in the same words."""
        try:
            new = self._new(batch)
            self._write([Batch(batch.district, batch.credential, new, batch.done)])
        except Refused as error:
            batch.done.set_exception(error)
        except psycopg.errors.UniqueViolation:  # sent twice at the same moment: now the other one is there
            self._one(batch)
        except psycopg.Error:
            self._forget()
            batch.done.set_exception(Unavailable(T("Headway cannot save right now. Send it again in a moment.")))
        else:
            batch.done.set_result(len(new))

    def _new(self, batch: Batch) -> list[Incoming]:
        wanted = [each.id for each in batch.statements]
        rows = self._open(batch.district).execute(sql.EARLIER, [batch.district, wanted]).fetchall()
        kept = {str(key): json.loads(body) for key, body in rows}
        for each in batch.statements:
            if each.id in kept and not same(kept[each.id], each.statement):
                raise Taken(T("There is another statement with the id {id}.", id=each.id))
        return [each for each in batch.statements if each.id not in kept]

    def _write(self, batches: list[Batch]) -> None:
        """Write in one transaction: with one statement where nothing but statements is to be kept."""
        all_of = [(batch, each) for batch in batches for each in batch.statements]
        if not all_of:
            return
        district = batches[0].district
        connection = self._open(district)
        fresh = self._fresh(district, [each for _, each in all_of])
        if not fresh and not any(each.files for _, each in all_of):
            connection.execute(sql.WRITE, _rows(district, all_of))
            return
        with connection.transaction():
            connection.execute(sql.WRITE, _rows(district, all_of))
            self._files(connection, district, [each for _, each in all_of if each.files])
            if fresh:
                self._activities(connection, district, fresh)
        if len(self.seen) > _MOST_SEEN:
            self.seen.clear()
        self.seen.update({(district, iri): _digest(said[-1]) for iri, said in fresh.items()})

    def _fresh(self, district: UUID, statements: Sequence[Incoming]) -> dict[str, list[dict[str, Any]]]:
        """What is said of activities that this process has not just written."""
        found: dict[str, list[dict[str, Any]]] = {}
        for each in statements:
            for iri, said in each.definitions:
                if iri in found or self.seen.get((district, iri)) != _digest(said):
                    found.setdefault(iri, []).append(said)
        return found

    def _activities(
        self, connection: psycopg.Connection[Any], district: UUID, fresh: dict[str, list[dict[str, Any]]]
    ) -> None:
        keys = {activity_key(iri): iri for iri in fresh}
        connection.execute(sql.LOCK_ACTIVITIES, [str(district)])
        rows = connection.execute(sql.ACTIVITIES, [district, list(keys)]).fetchall()
        known = {bytes(key): json.loads(text) for key, text in rows}
        for key, iri in keys.items():
            for said in fresh[iri]:
                known[key] = merged(known.get(key, {}), said)
        texts = [json.dumps(known[key], separators=(",", ":")) for key in keys]
        iris = [json.dumps(iri)[1:-1] for iri in keys.values()]
        connection.execute(sql.KEEP_ACTIVITIES, [district, list(keys), iris, texts])

    def _files(self, connection: psycopg.Connection[Any], district: UUID, statements: Sequence[Incoming]) -> None:
        files = [(each.id, part) for each in statements for part in each.files]
        columns = [[key for key, _ in files], [part.sha2 for _, part in files], [part.kind for _, part in files]]
        connection.execute(sql.FILES, [district, *columns, [part.content for _, part in files]])

    def _open(self, district: UUID) -> psycopg.Connection[Any]:
        if self.connection is None or self.connection.closed:
            self.connection, self.district = (
                psycopg.connect(settings.DATABASE_URL, autocommit=True, prepare_threshold=0, connect_timeout=3),
                None,
            )
        if self.district != district:
            self.district = None
            self.connection.execute(sql.TENANT, [str(district)])
            self.district = district
        return self.connection

    def _forget(self) -> None:
        with suppress(psycopg.Error):
            if self.connection is not None:
                self.connection.close()
        self.connection = None


def _digest(said: dict[str, Any]) -> bytes:
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=16).digest()


def _rows(district: UUID, all_of: Sequence[tuple[Batch, Incoming]]) -> dict[str, Any]:
    said = [each for _, each in all_of]
    return {
        "district": district,
        "statements": [each.id for each in said],
        "heads": [each.body for each in said],
        "stamped": [each.stamped for each in said],
        "keys": ["{" + ",".join(map(str, turned(each.keys, district))) + "}" for each in said],
        "refers": [each.refers or None for each in said],
        "voids": [each.voids or None for each in said],
        "credentials": [batch.credential for batch, _ in all_of],
    }


_writers: dict[int, Writer] = {}
_lock = threading.Lock()


def keep(*, district: UUID, credential: UUID, statements: Sequence[Incoming]) -> Future[int]:
    """Have statements kept; the future tells how many of them were new once they are durable.

    It ends with :class:`Taken` where another statement has an identifier of theirs, and with Unavailable where the database
    does not answer; then none of them is kept.
    """
    done: Future[int] = Future()
    process = os.getpid()
    with _lock:
        writer = _writers.get(process) or _writers.setdefault(process, Writer())
    writer.put(Batch(district, credential, statements, done))
    return done
