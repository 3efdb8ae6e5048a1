"""Pulling a roster from another system: page by page into a folder, as a package of CSV that is taken in as any other.

The folder outlives a broken connection: the next try goes on after the last whole page. It holds names of children, so only the
server's own user may look into it, and it goes when the roster is in force.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from headway.school.exchange.models import RosterRecord
from headway.school.exchange.roster.remote import Remote
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.taking import COLLECTIONS, HEADS, cells_of, roles_of
from headway.standards.oneroster.tables import TABLES

OLD = 3600.0
"""Seconds after which what was pulled and not taken in is pulled anew."""
OVERLAP = 300.0
"""Seconds that two pulls of changes have in common: clocks differ."""


@dataclass
class Pull:
    """A folder and how far it is. ``state``: began, clock, since (empty: everything), done (collections), offset, sizes."""

    folder: Path
    state: dict[str, Any]

    @property
    def package(self) -> Path:
        """Where the CSV files are."""
        return self.folder / "package"

    def keep(self) -> None:
        """Write down how far it is; whole or not at all."""
        made = self.folder / "state.new"
        made.write_text(json.dumps(self.state))
        made.replace(self.folder / "state.json")

    def append(self, kind: str, rows: Iterable[list[str]]) -> None:
        """Add rows to a file."""
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        with (self.package / f"{kind}.csv").open("a", encoding="utf-8", newline="") as stream:
            stream.write(out.getvalue())

    def taken(self) -> None:
        """The roster is in force: forget the rows, remember up to when it is known."""
        known = self.state["clock"] or self.state["began"]
        shutil.rmtree(self.package, ignore_errors=True)
        self.state = {"known": known}
        self.keep()


def pull(
    remote: Remote, *, district: UUID, home: Path, changes: bool, now: float | None = None,
    tick: Callable[[str, int], None] = lambda kind, rows: None,
) -> Pull:  # fmt: skip
    """Pull all of a roster, or what changed since it was last taken in. Raises ImportProblem; the next call goes on from there.

    What was pulled within the hour and not taken in is used as it is: what a preview showed is what comes."""
    at = time.time() if now is None else now
    made = _open(remote, district, home, changes, at)
    for collection in COLLECTIONS:
        if collection not in made.state["done"]:
            _collect(made, remote, collection, tick)
    if made.state["since"] and "roles" not in made.state["done"]:
        with in_district(district):
            _old_roles(made)
    return made


def _open(remote: Remote, district: UUID, home: Path, changes: bool, now: float) -> Pull:
    name = sha256(f"{remote.base}\n{remote.client}".encode()).hexdigest()[:16]
    folder = home / "pulls" / f"{district}-{name}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "state.json"
    state: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    made = Pull(folder, state)
    since = _stamp(state["known"] - OVERLAP) if changes and state.get("known") else ""
    going_on = "began" in state and now - state["began"] < OLD and bool(state["since"]) == bool(since)
    if going_on:
        for kind, size in state["sizes"].items():
            os.truncate(made.package / f"{kind}.csv", size)
        return made
    shutil.rmtree(made.package, ignore_errors=True)
    made.package.mkdir(mode=0o700)
    mode = "delta" if since else "bulk"
    lines = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", "1.2")]
    made.append("manifest", [list(line) for line in [*lines, *((f"file.{kind}", mode) for kind in TABLES)]])
    for kind in TABLES:
        made.append(kind, [list(HEADS[kind])])
    made.state = {"known": state.get("known", 0.0), "began": now, "clock": 0.0, "since": since, "done": [], "offset": 0}
    _mark(made)
    return made


def _mark(made: Pull) -> None:
    made.state["sizes"] = {kind: (made.package / f"{kind}.csv").stat().st_size for kind in TABLES}
    made.keep()


def _collect(made: Pull, remote: Remote, collection: str, tick: Callable[[str, int], None]) -> None:
    for page in remote.pages(collection, made.state["offset"], made.state["since"]):
        made.append(collection, [cells_of(collection, each) for each in page.found])
        if collection == "users":
            made.append("roles", [row for each in page.found for row in roles_of(each)])
        made.state["offset"] += len(page.found)
        made.state["clock"] = made.state["clock"] or remote.clock
        _mark(made)
        tick(collection, len(page.found))
    made.state["done"].append(collection)
    made.state["offset"] = 0
    _mark(made)


def _old_roles(made: Pull) -> None:
    """Among changes a user comes with all roles in force: those that are no longer there go."""
    with (made.package / "users.csv").open(encoding="utf-8", newline="") as stream:
        users = [row["sourcedId"] for row in csv.DictReader(stream)]
    with (made.package / "roles.csv").open(encoding="utf-8", newline="") as stream:
        there = {row["sourcedId"] for row in csv.DictReader(stream)}
    known = RosterRecord.objects.filter(kind="roles", status="active", cells__0__in=users)
    gone = sorted(set(known.values_list("sourced_id", flat=True)) - there)
    width = len(HEADS["roles"]) - 2
    made.append("roles", [[key, "tobedeleted", *[""] * width] for key in gone])
    made.state["done"].append("roles")
    _mark(made)


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
