"""Rows of OneRoster CSV as the JSON objects of its services."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from headway.standards.oneroster.service.objects import SHAPES, USER_ROLE, Part, Shape
from headway.standards.oneroster.service.operations import BASES
from headway.standards.oneroster.tables import TABLES

Json = dict[str, Any]
Extra = Sequence[Sequence[str]]
"""What stands in other rows: the cells of a user's roles, or the sourcedIds below an org or a session, each in a list."""
TOLD = ("metadata.headway.language",)
"""Which of our own columns other systems are told. What a child likes is not for them."""
_USER_ID = re.compile(r"\{([^{}:]*):([^{}]*)\}")
_ROLE = {name: TABLES["roles"].place(name) for name in TABLES["roles"].names}


class Writer:
    """Makes the objects of one answer. ``host`` is our address up to the path, such as ``https://learn.example.org``."""

    def __init__(self, host: str, kind: str, fields: Sequence[str] = ()) -> None:
        self.host, self.shape = host, SHAPES[kind]
        self._only = frozenset(fields)
        table = TABLES.get(kind)
        parts = [part for part in self.shape.parts if not self._only or part.name in self._only]
        self._plan: list[tuple[Part, int]] = []
        for part in parts if table else ():
            if part.form in ("roles", "children"):
                self._plan.append((part, -1))
            elif part.form != "metadata" and part.column in table.names:  # type: ignore[union-attr]
                self._plan.append((part, table.place(part.column)))  # type: ignore[union-attr]
        self._metadata = table is not None and (not self._only or "metadata" in self._only)
        self._extras = [
            (n, name.removeprefix("metadata.")) for n, name in enumerate(table.names) if name in TOLD
        ] if table else []  # fmt: skip

    def row(self, sourced_id: str, status: str, at: float, cells: Sequence[str], extra: Extra) -> Json:
        """One object of a row of CSV."""
        out = self.first(sourced_id, status, at)
        for part, place in self._plan:
            if place < 0:
                self._beside(out, part, extra)
            elif (cell := cells[place]) or part.needed:
                out[part.name] = _FORMS[part.form](self, part, cell)
        if self._metadata:
            found = {name: cells[n] for n, name in self._extras if cells[n]}
            if found:
                out["metadata"] = found
        return out

    def body(self, sourced_id: str, status: str, at: float, body: Json) -> Json:
        """One object that is kept as JSON, its references with our addresses."""
        out = self.first(sourced_id, status, at)
        for part in self.shape.parts:
            if part.name in body and (not self._only or part.name in self._only):
                value = body[part.name]
                out[part.name] = self.reference(part.to, value["sourcedId"]) if part.form == "ref" else value
        return out

    def first(self, sourced_id: str, status: str, at: float) -> Json:
        """The members that every object begins with."""
        found = {"sourcedId": sourced_id, "status": status, "dateLastModified": stamp(at)}
        return {name: value for name, value in found.items() if name in self._only} if self._only else found

    def reference(self, kind: str, sourced_id: str) -> Json:
        """A reference to an object of a kind."""
        to: Shape = SHAPES[kind]
        href = f"{self.host}{BASES[to.service]}/{kind}/{quote(sourced_id, safe='')}"
        return {"href": href, "sourcedId": sourced_id, "type": to.reference}

    def _beside(self, out: Json, part: Part, extra: Extra) -> None:
        if part.form == "roles":
            out["roles"] = [self._role(cells) for cells in extra]
        elif part.to == self.shape.kind and extra:
            out["children"] = [self.reference(part.to, each[0]) for each in extra]

    def _role(self, cells: Sequence[str]) -> Json:
        out: Json = {
            "roleType": cells[_ROLE["roleType"]] or "primary",
            "role": _word(self, USER_ROLE, cells[_ROLE["role"]]),
            "org": self.reference("orgs", cells[_ROLE["orgSourcedId"]]),
        }
        for name in ("beginDate", "endDate"):
            if cells[_ROLE[name]]:
                out[name] = cells[_ROLE[name]]
        return out


def stamp(at: float) -> str:
    """A moment as OneRoster writes it, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(_: Writer, __: Part, cell: str) -> Any:
    return cell


def _list(_: Writer, __: Part, cell: str) -> Any:
    return [word for each in cell.split(",") if (word := each.strip())]


def _word(_: Writer, part: Part, cell: str) -> Any:
    if cell in part.words or not part.open or cell.startswith("ext:"):
        return cell
    return f"ext:{re.sub(r'[^a-zA-Z0-9._-]', '-', cell)}"


def _ref(writer: Writer, part: Part, cell: str) -> Any:
    return writer.reference(part.to, cell)


def _refs(writer: Writer, part: Part, cell: str) -> Any:
    return [writer.reference(part.to, word) for each in cell.split(",") if (word := each.strip())]


def _user_ids(_: Writer, __: Part, cell: str) -> Any:
    return [{"type": found[1], "identifier": found[2]} for found in _USER_ID.finditer(cell)]


_FORMS: dict[str, Callable[[Writer, Part, str], Any]] = {
    "text": _text, "date": _text, "time": _text, "number": _text, "yes-no": _text, "word": _word, "list": _list, "ref": _ref,
    "refs": _refs, "user-ids": _user_ids,
}  # fmt: skip
