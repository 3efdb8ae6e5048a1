"""What is wrong with a package of OneRoster, one finding at a time: file, row, field, what, how to mend it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Literal

from headway.core.text import T, Text
from headway.standards.spreadsheet import safe_cell

KEPT = 10_000
"""Findings that are kept in full; of the others it is counted how many there are of each kind."""
LONGEST = 60
"""Characters of a cell that a finding quotes."""

Done = Literal["left-out", "mended", "kept", "noted"]
"""What a lenient import does: leaves the row out, mends the cell, keeps it as it is, or only says so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``row`` counts the lines of a file from 1, the column names among them; 0 is the file as a whole."""

    file: str
    row: int
    field: str
    kind: str
    done: Done
    what: Text
    how: Text

    @property
    def where(self) -> str:
        """The place in words that are the same in every language."""
        row = f", row {self.row}" if self.row else ""
        return f"{self.file}{row}{f', {self.field}' if self.field else ''}"


@dataclass(slots=True)
class Findings:
    """Where a reader writes down what it finds; bounded, whatever the file is."""

    listed: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, Done]] = field(default_factory=Counter)

    def add(self, found: Finding) -> None:
        """Write one down."""
        self.counts[found.kind, found.done] += 1
        if len(self.listed) < KEPT:
            self.listed.append(found)

    def count(self, *done: Done) -> int:
        """How many there are of which this was done."""
        return sum(n for (_, what), n in self.counts.items() if what in done)

    @property
    def faults(self) -> int:
        """How many a strict import stops at: all but those that are only noted."""
        return self.count("left-out", "mended", "kept")

    def by_kind(self) -> dict[str, int]:
        """How many of each kind, most frequent first, then by name."""
        total: Counter[str] = Counter()
        for (kind, _), n in self.counts.items():
            total[kind] += n
        return dict(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))


def quoted(cell: str) -> str:
    """A cell as a finding shows it: short, and with nothing in it that moves a cursor."""
    short = cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"
    return repr(short)


def report_csv(findings: Findings) -> Iterator[str]:
    """The findings as lines of CSV in English, safe to open in a spreadsheet."""
    yield "file,row,field,kind,done,what,how\r\n"
    for each in findings.listed:
        out = StringIO()
        cells = (each.file, each.row or "", each.field, each.kind, each.done, str(each.what), str(each.how))
        csv.writer(out).writerow([safe_cell(str(cell)) for cell in cells])
        yield out.getvalue()


def unlisted(findings: Findings) -> Text | None:
    """A sentence that says how many findings are counted but not listed, or None."""
    return unlisted_of(sum(findings.counts.values()) - len(findings.listed))


def unlisted_of(more: int) -> Text | None:
    """The sentence of :func:`unlisted` for so many."""
    return T("{n} more are counted and not listed.", n=f"{more:,}") if more > 0 else None
