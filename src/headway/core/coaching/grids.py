"""Column arithmetic as a grid of digits: each cell is judged on what the learner wrote before it.

A grid is read from the ones upwards. In a sum or difference there is one row; a product by several digits has a row
for each of them and the total; a long division has the quotient and then, step by step, a product and what is left
with the next digit brought down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text

Operation = Literal["+", "-", "*", "/"]
MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """``first operation second`` in whole numbers, the larger one first where it is subtracted, and the rows as written.

    Rows hold digits; spaces at the right of a shifted row count as empty places, spaces at the left do not matter.
    Division: ``rows[0]`` is the quotient, then product and rest in turn ("12", "24", "24", "0").
    """

    operation: Operation
    first: int
    second: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a grid: ``row`` from above, ``column`` from the right, both from 0. ``written`` is empty where a digit
    is missing, ``expected`` where there should be none."""

    row: int
    column: int
    written: str
    expected: str


@dataclass(frozen=True, slots=True)
class GridVerdict:
    """``wrong`` are the cells that do not follow, in the order in which they are worked; empty when all do."""

    wrong: tuple[Cell, ...]
    message: Text

    @property
    def first(self) -> Cell | None:
        return self.wrong[0] if self.wrong else None


def judge_grid(grid: Grid) -> GridVerdict:
    """Judge every cell. Raises ValueError for numbers that are negative or longer than 12 digits, for a divisor 0, a
    difference below 0, and rows that are no digits."""
    _check(grid)
    wrong = tuple(_wrong_cells(grid))
    if not wrong:
        return GridVerdict((), T("Every digit follows."))
    return GridVerdict(wrong, _message(grid, wrong[0]))


def answer_of(grid: Grid) -> str:
    """The row that holds the learner's answer, for the diagnosis of the whole."""
    row = grid.rows[0] if grid.operation == "/" else grid.rows[-1]
    return row.replace(" ", "")


def _check(grid: Grid) -> None:
    for value in (grid.first, grid.second):
        if value < 0 or len(str(value)) > MAX_DIGITS:
            raise ValueError(f"a grid takes whole numbers of up to {MAX_DIGITS} digits, not {value}")
    if grid.operation == "/" and grid.second == 0:
        raise ValueError("a division grid needs a divisor that is not 0")
    if grid.operation == "-" and grid.second > grid.first:
        raise ValueError("a subtraction grid needs the larger number first")
    if not grid.rows:
        raise ValueError("a grid needs at least one row")
    for row in grid.rows:
        if not row.strip() or not set(row) <= set("0123456789 ") or len(row) > 3 * MAX_DIGITS:
            raise ValueError(f"a row of a grid holds digits and spaces, not {row!r}")


def _wrong_cells(grid: Grid) -> Iterator[Cell]:
    match grid.operation:
        case "+":
            yield from _row(0, grid.rows[0], grid.first + grid.second)
        case "-":
            yield from _row(0, grid.rows[0], grid.first - grid.second)
        case "*":
            yield from _product(grid)
        case "/":
            yield from _division(grid)


def _row(index: int, written: str, expected: int) -> Iterator[Cell]:
    """Compare digit by digit from the right; a missing or extra leading digit is a cell too."""
    digits = written.lstrip(" ").replace(" ", "0")
    right = str(expected)
    width = max(len(digits), len(right))
    for column in range(width):
        have = digits[-1 - column] if column < len(digits) else ""
        want = right[-1 - column] if column < len(right) else ""
        if have != want and not (want == "" and have == "0" and set(digits[: len(digits) - column]) == {"0"}):
            yield Cell(index, column, have, want)


def _product(grid: Grid) -> Iterator[Cell]:
    """Rows of partial products with their shift, then the total of the rows as they were written."""
    digits = [int(d) for d in str(grid.second)[::-1]]
    if len(grid.rows) == 1 or len(digits) == 1:
        yield from _row(0, grid.rows[0], grid.first * grid.second)
        return
    partial = [(place, digit) for place, digit in enumerate(digits) if digit or len(grid.rows) > len(digits)]
    for index, (row, (place, digit)) in enumerate(zip(grid.rows[:-1], partial, strict=False)):
        yield from _row(index, row, grid.first * digit * 10**place)
    total = sum(int(row.strip(" ").replace(" ", "0") + "0" * _empty(row)) for row in grid.rows[:-1])
    yield from _row(len(grid.rows) - 1, grid.rows[-1], total)


def _empty(row: str) -> int:
    return len(row) - len(row.rstrip(" "))


def _division(grid: Grid) -> Iterator[Cell]:
    """Each digit of the quotient, its product, and what is left, from what stands there by then."""
    quotient, digits = grid.rows[0].strip().lstrip("0") or "0", str(grid.first)
    right = str(grid.first // grid.second)
    at = len(digits) - len(right) + 1
    current, row = int(digits[:at]), 1
    for step in range(max(len(right), len(quotient))):
        fits = current // grid.second
        if step >= len(quotient) or step >= len(right):
            yield Cell(
                0, len(right) - 1 - step if step < len(right) else 0, quotient[step : step + 1], right[step : step + 1]
            )
            return
        written = int(quotient[step])
        if written != min(fits, 9):
            yield Cell(0, len(quotient) - 1 - step, quotient[step], str(min(fits, 9)))
        shown = written != 0 or (row + 1 < len(grid.rows) and int(grid.rows[row].replace(" ", "")) == 0)
        product = written * grid.second
        if shown and row < len(grid.rows):
            yield from _row(row, grid.rows[row].strip(), product)
            product = int(grid.rows[row].replace(" ", ""))
            row += 1
        rest = current - product
        last = at + step >= len(digits)
        following = rest if last else rest * 10 + int(digits[at + step])
        if shown and row < len(grid.rows):
            if following >= 0:
                yield from _row(row, grid.rows[row].strip(), following)
            following = int(grid.rows[row].replace(" ", ""))
            row += 1
        if following < 0:
            return
        current = following


def _message(grid: Grid, cell: Cell) -> Text:
    """Where to look, without the digit."""
    place = _PLACES[cell.column] if cell.column < len(_PLACES) else T("the marked place")
    if cell.expected == "":
        return T("There is a digit too many in {place}.", place=place)
    if cell.written == "":
        return T("A digit is missing in {place}.", place=place)
    if grid.operation == "*" and len(grid.rows) > 1 and cell.row == len(grid.rows) - 1:
        return T("Add your rows again: look at {place} of the total.", place=place)
    if grid.operation == "/" and cell.row > 0:
        return T("Look at this step again: something in {place} does not fit.", place=place)
    return T("Look at {place} again.", place=place)


_PLACES: tuple[Text, ...] = (
    T("the ones place"), T("the tens place"), T("the hundreds place"), T("the thousands place"),
)  # fmt: skip
