"""Rows of a table of OneRoster: each cell in the form of its column, each fault named, nothing held in memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from headway.core.text import T, Text
from headway.standards.errors import ImportProblem
from headway.standards.oneroster.findings import Done, Finding, Findings, quoted
from headway.standards.oneroster.tables import ACTIVE, FIRST, GONE, LEFT_OUT, TABLES, Field, Table
from headway.standards.oneroster.values import FORMULA, expected, settle

SEPARATOR = "\x1f"
CLOSED = ("word", "yes-no", "date", "year", "grades")
_SUSPECTS = ("\x1f=", "\x1f@", "\x1f+", "\x1f-", "\x1f ", " \x1f", ";", "\n", "\r", "\t")
"""What a row has somewhere, cells joined, if one of them may have to be mended. Looking for a few plain strings costs a
third of one expression."""
_MEMORY = 20_000
"""Combinations of closed cells that are remembered as settled."""
LONGEST_CELL = 10_000
FILL = T("Fill it in where the file is made.")


class Row(NamedTuple):
    """A row in the shape of 1.2: the line that it begins on, and its cells in the order of the table's fields."""

    number: int
    sourced_id: str
    status: str
    cells: tuple[str, ...]


class Reader:
    """Reads one file. ``split`` takes the roles that 1.1 writes beside a user, as rows of their own table."""

    def __init__(self, table: Table, version: str, mode: str, findings: Findings) -> None:
        self.table, self.version, self.mode, self.findings = table, version, mode, findings
        self.file = f"{table.kind}.csv"
        self.roles: list[Row] = []
        self._closed = [n for n, each in enumerate(table.fields) if each.form in CLOSED]
        self._needed = [n for n, each in enumerate(table.fields) if each.needed]
        self._pick_closed, self._pick_needed = _picker(self._closed), _picker(self._needed)
        self._settled: dict[tuple[str, ...], tuple[str, ...]] = {}

    def rows(self, lines: Iterable[str]) -> Iterator[Row]:
        """Yield what can be taken. Raises ImportProblem where the file is no table at all."""
        reader = csv.reader(lines)
        try:
            header = next(reader, [])
            places = self._places(header)
            width, number = len(header), 1
            pick = _picker([*places[:2], *places[len(FIRST) :]])
            late = _picker([places[2], *self._old_places(header)])
            for raw in reader:
                number = reader.line_num
                if len(raw) != width:
                    fitted = self._fitted(raw, width, number)
                    if fitted is None:
                        continue
                    raw = fitted
                raw.append("")
                row = self._row(number, pick(raw), late, raw)
                if row is not None:
                    yield row
        except csv.Error as error:
            raise ImportProblem(
                f"It cannot be read as CSV ({error}).", f"{self.file}, row {reader.line_num}", "Mend the quotes there."
            ) from None

    def _row(
        self, number: int, found: tuple[str, ...], late: Callable[[Sequence[str]], tuple[str, ...]], raw: list[str]
    ) -> Row | None:
        sourced_id, status, cells = found[0].strip(), found[1].strip(), found[2:]
        if not sourced_id or FORMULA.match(sourced_id) or len(sourced_id) > 255:
            self._fault(number, "sourcedId", "sourced-id", "left-out", T("This row has no usable sourcedId."), FILL)
            return None
        if status not in ("", ACTIVE, GONE) or self.mode == "delta":
            status = self._status(number, status)
        if status == GONE:
            return Row(number, sourced_id, GONE, (*(("",) * len(cells)),))
        joined = f"\x1f{SEPARATOR.join(cells)}\x1f"
        if len(joined) > LONGEST_CELL or any(map(joined.__contains__, _SUSPECTS)):
            cleaned = self._cleaned(number, cells)
            if cleaned is None:
                return None
            cells = cleaned
        key = self._pick_closed(cells)
        settled = self._settled.get(key)
        if settled is None:
            settled = self._settle(number, key)
            if settled is None:
                return None
        if settled is not key:
            fixed = list(cells)
            for n, cell in zip(self._closed, settled, strict=True):
                fixed[n] = cell
            cells = tuple(fixed)
        if "" in self._pick_needed(cells):
            for n in self._needed:
                if not cells[n] and not self._may_lack(number, self.table.fields[n]):
                    return None
        if self.version == "1.1" and self.table.kind == "users":
            self._split(number, sourced_id, late(raw))
        return Row(number, sourced_id, ACTIVE, cells)

    def _places(self, header: list[str]) -> list[int]:
        """Where each of our columns stands in the file; a column that is not there has the place after the last."""
        names = [name.strip() for name in header]
        plain = {_plain(name): n for n, name in reversed(list(enumerate(names)))}
        if _plain("sourcedId") not in plain:
            raise ImportProblem(
                "It has no column sourcedId.",
                self.file,
                f"Its first line must name the columns: {', '.join(FIRST)}, ...",
            )
        fields = {each.name: each for each in self.table.fields}
        places: list[int] = []
        for name in (*FIRST, *fields):
            place = plain.get(_plain(name), len(header))
            places.append(place)
            if place < len(header) and names[place] != name:
                self._fault(
                    1,
                    name,
                    "column-name",
                    "mended",
                    T("The column {name} is read as {ours}.", name=quoted(names[place]), ours=name),
                    T("Write the name of the column as the standard has it."),
                )
            elif place == len(header) and name in fields and fields[name].needed and self._has(name):
                self._lacks(fields[name])
        self._unknown(names)
        return places

    def _has(self, name: str) -> bool:
        return not (self.version == "1.1" and name in self.table.only_1_2)

    def _lacks(self, each: Field) -> None:
        if each.firm or (each.form in ("name", "word") and not each.default):
            raise ImportProblem(f"It has no column {each.name}.", self.file, "Export the file with all its columns.")
        self._fault(
            1,
            each.name,
            "column-missing",
            "mended" if each.default else "kept",
            T("The column is missing."),
            T("Export the file with all its columns."),
        )

    def _unknown(self, names: list[str]) -> None:
        known = {_plain(name) for name in (*FIRST, *self.table.names, *self.table.only_1_1)}
        for name in names:
            if name in LEFT_OUT.get(self.table.kind, ()):
                self._fault(1, name, "secret", "noted", T("This column is never taken."), T("Leave it empty, or out."))
            elif _plain(name) not in known:
                self._fault(
                    1, name[:80], "column-unknown", "noted", T("This column is not taken."), T("Nothing to do.")
                )

    def _old_places(self, header: list[str]) -> list[int]:
        plain = {_plain(name): n for n, name in enumerate(header)}
        return [plain.get(_plain(name), len(header)) for name in self.table.only_1_1]

    def _fitted(self, raw: list[str], width: int, number: int) -> list[str] | None:
        if not any(cell.strip() for cell in raw):
            return None
        if len(raw) > width and not any(raw[width:]):
            return raw[:width]
        what = T("The row has {n} cells; the first line names {width} columns.", n=len(raw), width=width)
        self._fault(number, "", "ragged", "left-out", what, T("Look for a quote or comma that is missing or too many."))
        return None

    def _status(self, number: int, status: str) -> str:
        plain = _plain(status)
        if plain in ("active", "tobedeleted"):
            ours = ACTIVE if plain == "active" else GONE
            if status != ours:
                self._fault(
                    number,
                    "status",
                    "status",
                    "mended",
                    T("{said} is read as {ours}.", said=quoted(status), ours=ours),
                    T("Write active or tobedeleted."),
                )
            return ours
        if self.mode == "delta" and not status:
            what = T("A file of changes has to say for each row what becomes of it; this one is read as active.")
        else:
            what = T("{said} is no status; it is read as active.", said=quoted(status))
        self._fault(number, "status", "status", "mended", what, T("Write active or tobedeleted."))
        return ACTIVE

    def _cleaned(self, number: int, cells: tuple[str, ...]) -> tuple[str, ...] | None:
        """Spaces around cells go without a word; line ends inside them, semicolons between parts and formulas with one."""
        out: list[str] = []
        for each, cell in zip(self.table.fields, cells, strict=True):
            new = " ".join(cell.split()) if any(c in cell for c in "\n\r\t") else cell.strip()
            if each.form in ("ids", "list") and ";" in new and "," not in new:
                new = ",".join(part.strip() for part in new.split(";"))
                self._fault(
                    number,
                    each.name,
                    "semicolons",
                    "mended",
                    T("Semicolons between parts are read as commas."),
                    T("Put commas between the parts, and quotes around the cell."),
                )
            if len(new) > LONGEST_CELL:
                self._fault(
                    number, each.name, "too-long", "left-out", T("The cell has {n} signs.", n=f"{len(new):,}"), FILL
                )
                return None
            if each.form != "formless" and FORMULA.match(new):
                what = T("{cell} begins as a formula does in a spreadsheet.", cell=quoted(new))
                row_goes = each.form in ("id", "ids")
                self._fault(
                    number,
                    each.name,
                    "formula",
                    "left-out" if row_goes else "mended",
                    what,
                    T("Take the first sign away where the file is made."),
                )
                if row_goes:
                    return None
                new = new.lstrip("=+-@ \t")
            out.append(new)
        return tuple(out)

    def _settle(self, number: int, key: tuple[str, ...]) -> tuple[str, ...] | None:
        """The closed cells of a row as they should be; remembered where nothing had to be said."""
        out, quiet = [], True
        for n, cell in zip(self._closed, key, strict=True):
            each = self.table.fields[n]
            new, well = settle(each, cell)
            if not well:
                goes = each.needed and each.form == "word" and not each.default
                what = T("{cell} is not one of the values of this column.", cell=quoted(cell))
                self._fault(number, each.name, "value", "left-out" if goes else "mended", what, expected(each))
                if goes:
                    return None
                new, quiet = each.default, False
            elif new != cell and cell:
                self._fault(
                    number,
                    each.name,
                    "value",
                    "mended",
                    T("{cell} is read as {ours}.", cell=quoted(cell), ours=new),
                    expected(each),
                )
                quiet = False
            elif new != cell:
                self._fault(
                    number, each.name, "empty", "mended", T("It is empty; {ours} is taken.", ours=new), expected(each)
                )
                quiet = False
            out.append(new)
        settled = key if tuple(out) == key else tuple(out)
        if quiet and len(self._settled) < _MEMORY:
            self._settled[key] = settled
        return settled

    def _may_lack(self, number: int, each: Field) -> bool:
        """Say that a needed cell is empty; True where the row still means something."""
        if not self._has(each.name):
            return True
        goes = each.firm or each.form in ("name", "word")
        self._fault(number, each.name, "empty", "left-out" if goes else "kept", T("It is empty, but needed."), FILL)
        return not goes

    def _split(self, number: int, user: str, late: tuple[str, ...]) -> None:
        """1.1 writes one role and all orgs beside a user; 1.2 has a row for each."""
        orgs, said = late[1], late[2].strip()
        role, well = settle(TABLES["roles"].fields[2], said)
        if not role or not well:
            what = T("{cell} is not one of the values of this column.", cell=quoted(said))
            self._fault(number, "role", "value", "kept", what, expected(TABLES["roles"].fields[2]))
            return
        for org in (part.strip() for part in orgs.replace(";", ",").split(",")):
            if org and not FORMULA.match(org):
                cells = (user, "primary", role, "", "", org, "")
                self.roles.append(Row(number, f"{user}.{role}.{org}", ACTIVE, cells))

    def _fault(self, number: int, column: str, kind: str, done: Done, what: Text, how: Text) -> None:
        self.findings.add(Finding(self.file, number, column, kind, done, what, how))


def _picker(places: list[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Take the cells at these places from a row."""
    return itemgetter(*places) if len(places) > 1 else lambda row: tuple(row[place] for place in places)


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum() or c == ".")
