"""Caliper events to a receiver: in the order of the log, each at least once, going on where the last run came to.

How far a receiver has confirmed is kept by its address. An envelope that it may or may not have taken is sent again with the
same identifiers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from headway.school.exchange.out.models import EventsSent
from headway.school.exchange.out.recorded import PAGE, READERS
from headway.school.exchange.outside import NoAnswer, fetch
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.people.tenancy import in_district
from headway.standards.caliper.envelopes import envelope_of, packed
from headway.standards.caliper.events import Json, events_of

WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each new try of an envelope."""
WRITES = 10.0
"""Seconds that are waited for writes that had begun before."""
TABLES: dict[str, type[Evidence] | type[MasteryEntry]] = {"log": Evidence, "ledger": MasteryEntry}


class NotSent(Exception):
    """The receiver did not take an envelope; the message says why and what to do. ``sent`` is what it took before."""

    def __init__(self, words: str, sent: Sent) -> None:
        super().__init__(words)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where events go: an address, its bearer key, and the address of this installation, with a slash at its end."""

    address: str
    key: str
    home: str


@dataclass(slots=True)
class Sent:
    """What a run sent, or would send: envelopes and events. ``waiting`` says that a write would not end, so the newest lines
    are left to the next run."""

    envelopes: int = 0
    events: int = 0
    waiting: bool = False


def fault_of(address: str, key: str | None) -> str:
    """What is wrong with an address or key (None: not asked for), or ""."""
    try:
        parts = urlsplit(address)
        schemes = ("https",) if settings.PRODUCTION else ("http", "https")
        good = parts.scheme in schemes and parts.hostname and not parts.username and not parts.fragment
    except ValueError:
        good = False
    if not good:
        return f"{address!r} is no address to send to: write it as https://events.example.org/caliper, without a name or a #."
    if key is not None and (not key or not key.isascii() or not key.isprintable() or " " in key):
        return "the key is empty, or has signs that no bearer key has. Copy it again from the receiver."
    return ""


def send_events(
    *,
    district: UUID,
    to: Receiver,
    since: float | None,
    dry: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send what was recorded after a time (seconds since 1970) and is not confirmed yet; with ``dry`` only count it. The caller
    is in no transaction. Raises NotSent."""
    sent = Sent()
    with in_district(district):
        until = {name: _newest(name) for name in TABLES}
        sent.waiting = not _written(wait)
        row = EventsSent.objects.filter(address=to.address).first()
        begin = {"log": row.log if row else 0, "ledger": row.ledger if row else 0}
    if sent.waiting:
        return sent
    for name, read in READERS.items():
        after = begin[name]
        while True:
            with in_district(district):
                page = read(after, since, until[name])
            for after, events in packed((number, events_of(said, to.home)) for number, said in page):
                if not dry:
                    _post(to, events, sent, wait)
                    _confirmed(district, to.address, name, after, len(events))
                sent.envelopes, sent.events = sent.envelopes + 1, sent.events + len(events)
            if len(page) < PAGE:
                break
    return sent


def _newest(name: str) -> int:
    return TABLES[name].objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _written(wait: Callable[[float], None]) -> bool:
    """Wait until every transaction is over that may write to the log or the ledger now. A line has its number before it can be
    seen: without this, one with a smaller number could come after the newest was sent, and be passed over."""
    names = [table._meta.db_table for table in TABLES.values()]
    with connection.cursor() as cursor:
        cursor.execute(_WRITING, {"tables": names})
        open_ = [key for (key,) in cursor.fetchall()]
        for _ in range(int(WRITES / 0.1)):
            cursor.execute(_STILL, {"open": open_})
            if cursor.fetchone() is None:
                return True
            wait(0.1)
    return False


_WRITING = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND mode = 'RowExclusiveLock'
  AND relation IN (SELECT to_regclass(each)::oid FROM unnest(%(tables)s::text[]) AS each) AND pid <> pg_backend_pid()
"""
_STILL = "SELECT 1 FROM pg_locks WHERE virtualtransaction = ANY(%(open)s::text[]) LIMIT 1"


def _post(to: Receiver, events: list[Json], sent: Sent, wait: Callable[[float], None]) -> None:
    """One envelope, tried again while the receiver is busy or not to be reached."""
    headers = {"Authorization": f"Bearer {to.key}", "Content-Type": "application/json"}
    for pause in (*WAITS, None):
        try:
            fetch("POST", to.address, headers=headers, body=envelope_of(events, to.home, time.time()), follow=False)
            return
        except NoAnswer as problem:
            if pause is not None and (problem.status in (0, 429) or problem.status >= 500):
                wait(pause)
                continue
            raise NotSent(f"{problem}. {_mend(problem.status)}", sent) from None


def _mend(status: int) -> str:
    if status in (401, 403):
        return "Check the key, and that it may send."
    if 300 <= status < 400:
        return "The receiver is at another address: give that one. A key is not sent on."
    if status in (0, 429) or status >= 500:
        return f"It was tried {len(WAITS) + 1} times. Run it again later: it goes on where it came to."
    return "The receiver refuses this envelope. Check the address, and that it takes Caliper 1.2."


def _confirmed(district: UUID, address: str, name: str, number: int, count: int) -> None:
    """Write down how far the receiver has come, never back: two runs at once only send twice."""
    with in_district(district):
        row, _ = EventsSent.objects.get_or_create(district_id=district, address=address)
        EventsSent.objects.filter(id=row.id).update(
            **{name: Greatest(F(name), number)}, taken=F("taken") + count, at=time.time()
        )
