"""Column arithmetic: the right grid passes, one wrong digit is found where it stands, later cells keep their premises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.coaching.grids import Cell, Grid, Operation, answer_of, judge_grid

NUMBERS = st.integers(min_value=10, max_value=9_999)


@given(NUMBERS, NUMBERS)
def test_right_sums_differences_and_products_pass(a: int, b: int) -> None:
    a, b = max(a, b), min(a, b)
    assert judge_grid(Grid("+", a, b, (str(a + b),))).wrong == ()
    assert judge_grid(Grid("-", a, b, (str(a - b),))).wrong == ()
    rows = [str(a * int(d)) + " " * place for place, d in enumerate(str(b)[::-1]) if d != "0"]
    assert judge_grid(Grid("*", a, b, (*rows, str(a * b)))).wrong == () or len(rows) == 1


@given(NUMBERS, NUMBERS, st.integers(min_value=0, max_value=3), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_found_in_its_column(a: int, b: int, column: int, change: int) -> None:
    right = str(a + b)
    column = min(column, len(right) - 1)
    spot = len(right) - 1 - column
    wrong = right[:spot] + str((int(right[spot]) + change) % 10) + right[spot + 1 :]
    found = judge_grid(Grid("+", a, b, (wrong,))).wrong
    assert found == (Cell(0, column, wrong[spot], right[spot]),)


def _long_division(a: int, b: int) -> tuple[str, ...]:
    quotient, rows = str(a // b), []
    digits, at = str(a), len(str(a)) - len(str(a // b)) + 1
    current = int(digits[:at])
    for step, digit in enumerate(quotient):
        rest = current - int(digit) * b
        last = at + step >= len(digits)
        following = rest if last else rest * 10 + int(digits[at + step])
        if digit != "0":
            rows += [str(int(digit) * b), str(following)]
        current = following
    return (quotient, *rows)


@given(st.integers(min_value=20, max_value=99_999), st.integers(min_value=2, max_value=19))
def test_right_long_divisions_pass_and_a_wrong_product_is_found(a: int, b: int) -> None:
    rows = _long_division(a, b)
    assert judge_grid(Grid("/", a, b, rows)).wrong == ()
    wrong = (rows[0], str(int(rows[1]) + 1), *rows[2:])
    first = judge_grid(Grid("/", a, b, wrong)).first
    assert first is not None and first.row == 1


def test_the_total_is_judged_on_the_rows_as_they_stand() -> None:
    found = judge_grid(Grid("*", 46, 23, ("138", "82 ", "958")))
    assert {cell.row for cell in found.wrong} == {1}
    assert "ones" not in str(found.message) and answer_of(Grid("/", 84, 4, ("21",))) == "21"


@pytest.mark.parametrize(
    ("operation", "first", "second", "row"),
    [("-", 3, 5, "2"), ("/", 3, 0, "1"), ("+", 3, 5, "a"), ("+", -3, 5, "2"), ("+", 3, 5, " ")],
)
def test_what_is_no_grid_is_refused(operation: Operation, first: int, second: int, row: str) -> None:
    with pytest.raises(ValueError, match="grid"):
        judge_grid(Grid(operation, first, second, (row,)))
