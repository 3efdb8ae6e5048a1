"""The group commit of a process: many threads, several districts, locks that are held and a database that is away."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from headway.school.loop import Unavailable, prepare, submit, writer
from headway.school.loop.wire import connect
from tests.school.loop.conftest import Class, rows


def test_submit_is_durable_and_works_from_threads(maple: Class) -> None:
    with ThreadPoolExecutor(3) as pool:
        receipts = list(pool.map(submit, [maple.start(n) for n in range(3)]))
    assert all(receipt.activity for receipt in receipts)
    assert rows(maple.district) == (3, 3)


def test_a_lock_that_is_never_let_go_stops_only_who_needs_it(maple: Class, database: str) -> None:
    for n in range(3):
        submit(maple.start(n))
    with connect(database) as holder, ThreadPoolExecutor(3) as pool, holder.transaction():
        holder.execute("SELECT set_config('headway.district', %s, true)", [str(maple.district)])
        holder.execute("SELECT 1 FROM school_profile WHERE learner_id = %s FOR UPDATE", [maple.learners[0]])
        pending = [pool.submit(submit, maple.start(n)) for n in range(3)]
        with pytest.raises(Unavailable, match="sent again"):
            pending[0].result(timeout=12)
        assert all(each.result(timeout=12).activity for each in pending[1:])
    assert submit(maple.start(0)).activity


def test_a_district_that_waits_for_a_lock_stops_no_other(
    maple: Class, classes: Callable[[], Class], database: str
) -> None:
    oak = classes()
    for of in (maple, oak):
        submit(of.start())
    with connect(database) as holder, ThreadPoolExecutor(1) as pool, holder.transaction():
        holder.execute("SELECT set_config('headway.district', %s, true)", [str(maple.district)])
        holder.execute("SELECT 1 FROM school_profile WHERE learner_id = %s FOR UPDATE", [maple.learners[0]])
        pending = pool.submit(submit, maple.start())
        for n in range(3):
            assert submit(oak.start(n)).activity
        assert not pending.done()
        with pytest.raises(Unavailable, match="sent again"):
            pending.result(timeout=12)


def test_a_database_that_is_away_is_said_each_time(maple: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    away = writer.Writer("postgresql://headway_app@127.0.0.1:1/headway")
    for n in range(3):
        promise: Future[Any] = Future()
        away.put(prepare(maple.start(n)), promise)
        assert isinstance(promise.result(timeout=10), Unavailable)
