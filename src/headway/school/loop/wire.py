"""The loop's statements on the wire: prepared once a connection, sent together, answered together.

The driver's own pipeline waits for the database once a statement; a batch waits twice in all. Who asks is a generator that
yields while the database works, so that one thread can keep several transactions of different districts going.
"""

from __future__ import annotations

import selectors
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from headway.school.loop import sql

Connection = psycopg.Connection[Any]
Result = TypeVar("Result")
Talk = Generator[int, None, Result]
"""Yields the selectors' event to wait for on the connection's socket; ends with its result."""
Question = tuple[bytes, Sequence[str], bool]
"""A prepared statement's name, its parameters as text, and whether its rows shall come in binary."""

BEGIN: Question = (b"begin", (), False)
COMMIT: Question = (b"commit", (), False)
ROLLBACK: Question = (b"rollback", (), False)
_STATEMENTS = {
    b"begin": "BEGIN",
    b"commit": "COMMIT",
    b"rollback": "ROLLBACK",
    b"tenant": sql.TENANT,
    b"lock": sql.LOCK_PROFILES,
    b"known": sql.KNOWN,
    b"write": sql.WRITE,
}


def connect(url: str) -> Connection:
    """Open a connection for :func:`record`. Its few statements are planned once, not anew for each batch.

    All of them are look-ups by an index. A plan made while the tables were still empty would read them from end to end,
    and would stay when they had grown: so reading from end to end is ruled out here, and the tables have one index only
    for each of these look-ups (an index that begins with the district would serve an empty table just as well).
    """
    connection: Connection = psycopg.connect(url, autocommit=True, prepare_threshold=0, connect_timeout=3)
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.execute("SET enable_seqscan = off")
    for name, statement in _STATEMENTS.items():
        _raise_for(connection.pgconn.prepare(name, statement.encode()))
    return connection


def ask(connection: Connection, *questions: Question) -> Talk[list[PGresult]]:
    """Send prepared statements in one go; the result of each. Raises the psycopg error of the first that failed."""
    wire = connection.pgconn
    wire.enter_pipeline_mode()
    wire.nonblocking = 1
    try:
        for name, parameters, binary in questions:
            wire.send_query_prepared(name, [each.encode() for each in parameters], result_format=int(binary))
        wire.pipeline_sync()
        while wire.flush():
            yield selectors.EVENT_READ | selectors.EVENT_WRITE
            wire.consume_input()
        return (yield from _answers(wire))
    finally:
        try:
            wire.nonblocking = 0
            wire.exit_pipeline_mode()
        except psycopg.Error:  # given up in the middle: what is still under way belongs to nobody
            connection.close()


def _answers(wire: PGconn) -> Talk[list[PGresult]]:
    found: list[PGresult] = []
    failed: PGresult | None = None
    while True:
        while wire.is_busy():
            yield selectors.EVENT_READ
            wire.consume_input()
        result = wire.get_result()
        if result is None:
            if wire.status != ConnStatus.OK:
                raise psycopg.OperationalError("the connection to the database is lost")
        elif result.status == ExecStatus.PIPELINE_SYNC:
            break
        elif result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            found.append(result)
        elif failed is None:
            failed = result
    if failed is not None:
        _raise_for(failed)
    return found


def _raise_for(result: PGresult) -> None:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return
    state = result.error_field(DiagnosticField.SQLSTATE)
    kind: type[psycopg.Error] = psycopg.OperationalError
    if state is not None:
        with suppress(KeyError):
            kind = psycopg.errors.lookup(state.decode())
    raise kind(result.error_message.decode(errors="replace").strip())


def settle(connection: Connection, talk: Talk[Result]) -> Result:
    """Run a talk to its end, waiting for the database in between."""
    with selectors.DefaultSelector() as selector:
        try:
            while True:
                events = next(talk)
                key = selector.register(connection.fileno(), events)
                selector.select()
                selector.unregister(key.fd)
        except StopIteration as end:
            result: Result = end.value
            return result
