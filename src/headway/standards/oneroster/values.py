"""The cell of a column as it should be, and how it is mended where it is clear what was meant."""

from __future__ import annotations

import re
from datetime import date

from headway.core.text import T, Text
from headway.standards.oneroster.tables import Field

GRADES = (
    "IT", "PR", "PK", "TK", "KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "PS",
    "UG", "AB", "Other",
)  # fmt: skip
"""Grade levels of CEDS, as OneRoster uses them."""
_GRADE_WORDS = {"k": "KG", "kindergarten": "KG", "prek": "PK", "pre-k": "PK", "other": "Other"}
_YES, _NO = frozenset({"true", "1", "yes", "y", "t"}), frozenset({"false", "0", "no", "n", "f"})
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_YEARS = re.compile(r"\d{4}[-/](\d{2}|\d{4})")
FORMULA = re.compile(r"[=@]|[+-](?![\d. (])")
"""How a cell begins that a spreadsheet would run; a telephone number or a negative number does not."""

Settled = tuple[str, bool]
"""The cell, and whether it can be taken (False: nobody can tell what was meant)."""


def settle(field: Field, cell: str) -> Settled:
    """A cell in the form of its column. An empty cell stays empty: whether it is needed is another question."""
    if not cell:
        return field.default, True
    if field.form == "word":
        plain = _plain(cell)
        found = next((word for word in field.words if _plain(word) == plain), None)
        return (found, True) if found else (cell, False)
    if field.form == "yes-no":
        low = cell.casefold()
        return ("true", True) if low in _YES else ("false", True) if low in _NO else (cell, False)
    if field.form == "date":
        return settle_date(cell)
    if field.form == "year":
        return _year(cell)
    if field.form == "grades":
        return _grades(cell)
    return cell, True


def settle_date(cell: str) -> Settled:
    """A day as ``YYYY-MM-DD``, from an ISO date or time, ``20260817``, or ``8/17/2026`` as American systems write it."""
    parts = _AMERICAN.fullmatch(cell)
    text = f"{parts[3]}-{int(parts[1]):02}-{int(parts[2]):02}" if parts else cell[:10] if "-" in cell else cell
    try:
        return date.fromisoformat(text).isoformat(), True
    except ValueError:
        return cell, False


def expected(field: Field) -> Text:
    """What a cell of this column should hold, as a sentence that says how to mend it."""
    if field.form == "word":
        return T("Write one of: {words}.", words=", ".join(field.words))
    if field.form == "yes-no":
        return T("Write true or false.")
    if field.form == "date":
        return T("Write a date as 2026-08-17.")
    if field.form == "year":
        return T("Write the year in which the school year ends, as 2027.")
    if field.form == "grades":
        return T("Write grades as KG, 01 to 12, or PK, with commas between them.")
    return T("Fill it in where the file is made.")


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def _year(cell: str) -> Settled:
    span = _YEARS.fullmatch(cell)
    if span:
        return cell[:2] + span[1][-2:], True
    return cell, len(cell) == 4 and cell.isdigit()


def _grades(cell: str) -> Settled:
    found = [_grade(part.strip()) for part in cell.replace(";", ",").split(",") if part.strip()]
    return (cell, False) if None in found else (",".join(str(each) for each in found), True)


def _grade(word: str) -> str | None:
    if word in GRADES:
        return word
    if word.isascii() and word.isdigit() and len(word) <= 2 and f"{int(word):02}" in GRADES:
        return f"{int(word):02}"
    return _GRADE_WORDS.get(word.casefold(), word.upper() if word.upper() in GRADES else None)
