"""A calculation in columns: boxes for digits that work by keyboard, touch and screen reader, and without a script."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from headway.core.coaching.grids import Grid, judge_grid
from headway.core.coaching.tasks import Task
from headway.pages.render import render
from headway.school.coaching.columns import numbers_of
from headway.school.coaching.values import Said

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True, slots=True)
class Box:
    """One digit: ``name`` of its field, ``label`` for screen readers, ``wrong`` that it does not follow."""

    name: str
    label: str
    value: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of boxes; ``rule`` draws a line above it, ``sign`` stands before it."""

    title: str
    boxes: tuple[Box, ...]
    rule: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The grid: ``first`` and ``second`` as rows of digits over the strips (in a division beside each other). ``notes`` are
    boxes for carried and traded digits: they stay in the page, nobody judges them."""

    operation: str
    sign: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    width: int
    strips: tuple[Strip, ...]
    notes: tuple[Box, ...]
    says: SafeString
    mark: str
    divided: str


def columns_of(task: Task, line: Said | None) -> Columns | None:
    """The grid of a problem that is worked in columns, with what was last sent; None for another problem."""
    found = numbers_of(task)
    if found is None:
        return None
    operation, first, second = found
    rows = line.written.split("\n") if line is not None else []
    wrong = _wrong(Grid(operation, first, second, tuple(rows))) if line is not None else set()
    widths = _widths(operation, first, second)
    width = max(*widths, len(str(first)), len(str(second)) + 1)
    strips = tuple(
        _strip(operation, n, len(widths), width if operation == "*" else size, rows, wrong, second)
        for n, size in enumerate(widths)
    )
    return Columns(
        operation=operation,
        sign=SIGNS[operation],
        first=_digits(first, width),
        second=_digits(second, width),
        width=width,
        strips=strips,
        notes=_notes(width if operation == "*" else max(len(str(first)), len(str(second)))),
        says=render(line.message) if line is not None else SafeString(""),
        mark=line.mark if line is not None else "",
        divided=f"{first} ÷ {second}",
    )


def rows_sent(operation: str, count: int, width: int, sent: dict[str, str]) -> str:
    """The rows of a grid from the fields of its form, on lines of their own; rows left empty are left out."""
    rows = []
    for row in range(count):
        digits = "".join((sent.get(f"d{row}_{column}", "").strip() or " ")[:1] for column in range(width - 1, -1, -1))
        if digits.strip():
            rows.append(digits if operation in "*/" and row < count - 1 else digits.rstrip())
    return "\n".join(rows)


def _widths(operation: str, first: int, second: int) -> list[int]:
    """How many boxes each row has: one row for a sum, one for each digit of the factor and the total for a product,
    the quotient and then products and rests in turn for a division."""
    if operation == "/":
        quotient = len(str(first // second))
        return [quotient, *[len(str(first))] * (2 * quotient)]
    if operation == "*":
        parts = len(str(second)) if second >= 10 else 0
        return [len(str(first * second))] * (parts + 1)
    return [len(str(first + second)) if operation == "+" else len(str(first))]


def _strip(
    operation: str, row: int, count: int, size: int, rows: list[str], wrong: set[tuple[int, int]], second: int
) -> Strip:
    title = _title(operation, row, count, second)
    text = rows[row] if row < len(rows) else ""
    places = text.rjust(size)
    boxes = tuple(
        Box(
            name=f"d{row}_{column}",
            label=_("{row}, {place}").format(row=title, place=_place(column)),
            value=places[len(places) - 1 - column].strip() if column < len(places) else "",
            wrong=(row, column) in wrong,
        )
        for column in range(size - 1, -1, -1)
    )
    last = operation == "*" and row == count - 1
    return Strip(title, boxes, rule=(operation != "/" and row == 0) or (last and count > 1) or _is_rest(operation, row))


def _notes(size: int) -> tuple[Box, ...]:
    """A small box over each column; the names are not those of the digits that are judged."""
    return tuple(
        Box(f"note{column}", _("Carried or traded, {place}").format(place=_place(column)), "", wrong=False)
        for column in range(size - 1, -1, -1)
    )


def _is_rest(operation: str, row: int) -> bool:
    return operation == "/" and row > 0 and row % 2 == 0


def _title(operation: str, row: int, count: int, second: int) -> str:
    if operation == "/":
        if row == 0:
            return _("Quotient")
        return _("Take away") if row % 2 else _("What is left")
    if operation == "*" and count > 1 and row < count - 1:
        return _("Times {digit}").format(digit=int(str(second)[::-1][row]) * 10**row)
    return _("Result")


def _place(column: int) -> str:
    names = (_("ones"), _("tens"), _("hundreds"), _("thousands"))
    return names[column] if column < len(names) else _("place {number}").format(number=column + 1)


def _wrong(grid: Grid) -> set[tuple[int, int]]:
    """The place of the first digit that does not follow; the later ones may follow from it. Boxes left empty at the
    right of a row of a division move its digits to the left."""
    first = judge_grid(grid).first
    if first is None:
        return set()
    row = grid.rows[first.row] if first.row < len(grid.rows) else ""
    moved = len(row) - len(row.rstrip()) if grid.operation == "/" else 0
    return {(first.row, first.column + moved)}


def _digits(value: int, width: int) -> tuple[str, ...]:
    return tuple(str(value).rjust(width).replace(" ", "\u2007"))
