"""Cells of CSV that people open in a spreadsheet: a cell that begins like a formula would be run there.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(cell: str) -> str:
    """The same cell, with an apostrophe before what a spreadsheet would take for a formula. Numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell("-2.5"), safe_cell("Ana")
    ("'=1+1", '-2.5', 'Ana')
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(STARTS) and not _is_number(cell) else cell


def safe_rows(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180) in which no cell runs; None is an empty cell."""
    out = StringIO()
    csv.writer(out).writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and cell == cell.strip()
