"""Links and videos as a plain table: what a school keeps in a spreadsheet, and what a section's list is written to.

| column | meaning |
|---|---|
| title, address | what it is called, and its https address; both needed |
| kind | link or video; empty: a video where its host is known to show videos |
| good_for | learn, worked or try: to learn it, to see it worked, to try it |
| skill | the code of the skill that it goes with |
| minutes | about how long it takes, 1 to 180 |
| language, licence, source | its language as a code; its terms; whose it is |
| seen | the day (2026-03-12) on which somebody looked at it last |
| group | its heading |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO

from headway.core.curriculum.outside import GOOD_FOR, LANGUAGE, LONGEST_MINUTES, Outside
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.neutral import Link, Package
from headway.standards.errors import ImportProblem
from headway.standards.plain import plain
from headway.standards.spreadsheet import STARTS, safe_rows

NEEDED = ("title", "address")
COLUMNS = (
    "title", "address", "kind", "good_for", "skill", "minutes", "language", "licence", "source", "seen", "group",
)  # fmt: skip
MOST = 2_000
"""Rows that one table may have."""
EPOCH = date(1970, 1, 1).toordinal()


def is_table_of_links(heads: Iterable[str]) -> bool:
    """Whether the names of columns are those of such a table."""
    return set(NEEDED) <= set(heads)


def read_links(text: str, name: str) -> Package:
    """Read a table with commas, semicolons or tabs. Raises ImportProblem where it lacks a column that is needed."""
    desk, licences, sources = Desk(), set[str](), set[str]()
    text = text.lstrip("\ufeff")
    if not plain(text):
        raise ImportProblem("It holds signs that are no text.", name, "Save it as CSV in UTF-8.")
    first = text.split("\n", 1)[0]
    try:
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    except csv.Error as error:
        raise ImportProblem(f"It is no table ({error}).", name, "Save it as CSV in UTF-8.") from None
    heads = {str(head or "").strip().lower() for head in (rows[0] if rows else ())}
    for column in NEEDED:
        if column not in heads:
            raise ImportProblem(
                f"There is no column {column}.", name, "The first row names the columns: title and address at least."
            )
    if len(rows) > MOST:
        raise ImportProblem(f"It has more than {MOST:,} rows.", name, "Bring it in in several parts.")
    for at, raw in enumerate(rows, 2):
        row = {str(head).strip().lower(): _plain(cell) for head, cell in raw.items() if isinstance(cell, str)}
        if not any(row.values()):
            continue
        licences.add(row.get("licence", "") or row.get("license", ""))
        sources.add(row.get("source", ""))
        desk.lead(f"{name}, row {at}", lambda row=row: _link(row))  # type: ignore[misc]
    licence = " / ".join(sorted(licences - {""})) if "" not in licences else ""
    return desk.package(
        "links", name.rsplit(".", 1)[0], licence=licence, author=", ".join(sorted(sources - {""}))[:200]
    )


def write_links(rows: Iterable[Outside]) -> str:
    """Activities as such a table; a tool of another provider, which opens only here, is not in it."""
    lines: list[Iterable[object]] = [COLUMNS]
    for each in rows:
        if each.kind != "tool":
            seen = date.fromordinal(each.seen + EPOCH).isoformat() if each.seen else ""
            lines.append(
                (
                    each.title, each.address, each.kind, each.good_for, each.skills[0] if each.skills else "", each.minutes,
                    each.language, each.licence, each.source, seen, "",
                )
            )  # fmt: skip
    return safe_rows(lines)


def day_of_text(text: str) -> int:
    """A date as 2026-03-12, in days since 1 January 1970; 0 for none. Raises NotCarried for anything else."""
    try:
        return date.fromisoformat(text).toordinal() - EPOCH if text else 0
    except ValueError:
        raise NotCarried(f"“{text[:20]}” is no day: write it as 2026-03-12.") from None


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(STARTS) else cell


def _link(row: Mapping[str, str]) -> Link:
    kind, good_for = row.get("kind", "").lower(), row.get("good_for", "").lower() or "learn"
    if kind not in ("", "link", "video"):
        raise NotCarried(f"“{kind[:30]}” is neither link nor video.")
    if good_for not in GOOD_FOR:
        raise NotCarried(f"“{good_for[:30]}” is not one of {', '.join(GOOD_FOR)}.")
    language = row.get("language", "")
    if language and not LANGUAGE.match(language):
        raise NotCarried(f"“{language[:20]}” is no code of a language, such as en or es.")
    minutes = row.get("minutes", "")
    if minutes and not (re.fullmatch(r"[0-9]{1,6}", minutes) and 1 <= int(minutes) <= LONGEST_MINUTES):
        raise NotCarried(f"Its minutes “{minutes[:20]}” are no number from 1 to {LONGEST_MINUTES}.")
    return Link(
        row["address"], row["title"], row["address"], kind=kind, good_for=good_for, minutes=int(minutes or 0),
        skill=row.get("skill", ""), language=language, licence=row.get("licence", "") or row.get("license", ""),
        source=row.get("source", ""), seen=day_of_text(row.get("seen", "")), group=row.get("group", ""),
    )  # fmt: skip
