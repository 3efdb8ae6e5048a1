"""Rows of OneRoster CSV as the JSON objects of its services, written as text at once: a list of 100 has thousands of members."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any
from urllib.parse import quote

from headway.standards.oneroster.service.objects import FIRST, SHAPES, USER_ROLE, Part
from headway.standards.oneroster.service.operations import BASES
from headway.standards.oneroster.tables import TABLES

Json = dict[str, Any]
Extra = Sequence[Sequence[str]]
"""What stands in other rows: of a user's roles the cells of :data:`ROLE`, of what is below an org or a session its sourcedId,
each in a list."""
ROLE = ("roleType", "role", "orgSourcedId", "beginDate", "endDate")
TOLD = ("metadata.headway.language",)
"""Which of our own columns other systems are told. What a child likes is not for them."""
_USER_ID = re.compile(r"\{([^{}:]*):([^{}]*)\}")
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
"""An identifier that is the same in an address and in JSON."""
_Value = Callable[[str], str]
"""A cell -> its JSON."""
_Member = Callable[[Sequence[str], Extra], str]
"""The cells of a row and what stands in other rows -> a member of its object with the comma before it, or nothing."""


class Writer:
    """Makes the objects of one kind. ``host`` is our address up to the path, such as ``https://learn.example.org``. Get one from
    :func:`writer_for`: to make it takes longer than to write an object."""

    def __init__(self, host: str, kind: str, fields: Sequence[str] = ()) -> None:
        self.host, self.shape = host, SHAPES[kind]
        self._first = [name in fields or not fields for name in FIRST]
        self._parts = [part for part in self.shape.parts if part.name in fields or not fields]
        self._references: dict[str, _Value] = {}
        self._members = [each for part in self._parts if (each := self._member(part)) is not None]

    def row(self, sourced_id: str, status: str, at: float, cells: Sequence[str], extra: Extra) -> str:
        """One object of a row of CSV."""
        told = "".join([member(cells, extra) for member in self._members])
        return f"{{{f'{self._begin(sourced_id, status, at)}{told}'[1:]}}}"

    def body(self, sourced_id: str, status: str, at: float, body: Json) -> str:
        """One object that is kept as JSON, its references with our addresses."""
        out = [self._begin(sourced_id, status, at)]
        for part in self._parts:
            if part.name in body:
                value = body[part.name]
                made = self._reference(part.to)(value["sourcedId"]) if part.form == "ref" else dumped(value)
                out.append(f',"{part.name}":{made}')
        return f"{{{''.join(out)[1:]}}}"

    def _begin(self, sourced_id: str, status: str, at: float) -> str:
        """The members that every object begins with, a comma before each."""
        key, state, moment = self._first
        out = f',"sourcedId":{quoted(sourced_id)}' if key else ""
        out += f',"status":{quoted(status)}' if state else ""
        return f'{out},"dateLastModified":"{stamp(at)}"' if moment else out

    def _reference(self, kind: str) -> _Value:
        """What makes the references to objects of a kind."""
        if kind not in self._references:
            to = SHAPES[kind]
            head = f'{{"href":{quoted(f"{self.host}{BASES[to.service]}/{kind}/")[:-1]}'
            tail = f',"type":{quoted(to.reference)}}}'

            def reference(sourced_id: str) -> str:
                if _PLAIN(sourced_id):
                    return f'{head}{sourced_id}","sourcedId":"{sourced_id}"{tail}'
                return f'{head}{quote(sourced_id, safe="")}","sourcedId":{quoted(sourced_id)}{tail}'

            self._references[kind] = reference
        return self._references[kind]

    def _member(self, part: Part) -> _Member | None:
        """What writes a part of the object; None for one that rows of CSV do not have."""
        table, head = TABLES.get(self.shape.kind), f',"{part.name}":'
        if table is None:
            return None
        if part.form == "roles":
            role = self._role()
            return lambda _, extra: f"{head}[{','.join([role(each) for each in extra])}]"
        if part.form == "children":
            if part.to != self.shape.kind:
                return None
            below = self._reference(part.to)
            return lambda _, extra: f"{head}[{','.join([below(each[0]) for each in extra])}]" if extra else ""
        if part.form == "metadata":
            return _metadata(head, [(table.place(name), name) for name in TOLD if name in table.names])
        if part.column not in table.names:
            return None
        return _cell(head, table.place(part.column), self._value(part), needed=part.needed)

    def _value(self, part: Part) -> _Value:
        if part.form in ("ref", "refs"):
            reference = self._reference(part.to)
            return reference if part.form == "ref" else lambda cell: _listed(map(reference, words(cell)))
        if part.form == "list":
            return lambda cell: _listed(map(quoted, words(cell)))
        if part.form == "user-ids":
            return _user_ids
        return _word(part) if part.form == "word" else quoted

    def _role(self) -> Callable[[Sequence[str]], str]:
        word, org = _word(USER_ROLE), self._reference("orgs")

        def role(cells: Sequence[str]) -> str:
            kind, name, at, begin, end = cells
            out = f'{{"roleType":{quoted(kind or "primary")},"role":{word(name)},"org":{org(at)}'
            out += f',"beginDate":{quoted(begin)}' if begin else ""
            return f'{out},"endDate":{quoted(end)}}}' if end else f"{out}}}"

        return role


@lru_cache(maxsize=256)
def writer_for(host: str, kind: str, fields: tuple[str, ...] = ()) -> Writer:
    """The writer of a kind's objects, all of them or some of their members."""
    return Writer(host, kind, fields)


@lru_cache(maxsize=1024)
def stamp(at: float) -> str:
    """A moment as OneRoster writes it, to the millisecond. Rows that came in together share theirs."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def words(cell: str) -> list[str]:
    """The words of a cell that lists several."""
    return [word for each in cell.split(",") if (word := each.strip())]


def dumped(value: Any) -> str:
    """Any value as our services write it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cell(head: str, place: int, value: _Value, *, needed: bool) -> _Member:
    """A member from one cell; an empty one is left out unless it is needed."""
    if needed:
        return lambda cells, _: f"{head}{value(cells[place])}"
    return lambda cells, _: f"{head}{value(cell)}" if (cell := cells[place]) else ""


def _metadata(head: str, told: list[tuple[int, str]]) -> _Member | None:
    if not told:
        return None
    names = [(place, f"{quoted(name.removeprefix('metadata.'))}:") for place, name in told]

    def metadata(cells: Sequence[str], _: Extra) -> str:
        found = ",".join([f"{name}{quoted(cells[place])}" for place, name in names if cells[place]])
        return f"{head}{{{found}}}" if found else ""

    return metadata


def _listed(found: Any) -> str:
    return f"[{','.join(found)}]"


def _word(part: Part) -> _Value:
    known = {word: quoted(word) for word in part.words}

    def word(cell: str) -> str:
        if cell in known or not part.open or cell.startswith("ext:"):
            return known.get(cell) or quoted(cell)
        return quoted(f"ext:{re.sub(r'[^a-zA-Z0-9._-]', '-', cell)}")

    return word


def _user_ids(cell: str) -> str:
    found = _USER_ID.findall(cell)
    return _listed(f'{{"type":{quoted(kind)},"identifier":{quoted(name)}}}' for kind, name in found)
