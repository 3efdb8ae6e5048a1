"""Response logs: the real ones are accepted, each kind of damage is named."""

import io
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.standards.errors import ImportProblem
from headway.standards.responses import COLUMNS, read_responses, summarize
from tests.standards.shared import SHARED, needs_shared

REAL = {
    "assist2009": (278_336, 3_114, 17_708, 149, 0.6586),
    "assist2009_updated": (325_637, 4_151, 0, 110, 0.6585),
    "assist2015": (682_797, 19_093, 0, 100, 0.7325),
    "assist2017": (941_502, 1_705, 3_162, 102, 0.3726),
    "assist2017_ts_shard": (90_586, 342, 2_625, 400, 0.4221),
}


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_logs_are_read_with_the_published_counts(name: str) -> None:
    with (SHARED / "data" / "kt" / f"{name}.parquet").open("rb") as file:
        found = summarize(read_responses(file, name))
    assert (found.responses, found.students, found.items, found.skills, round(found.mean_correct, 4)) == REAL[name]
    assert found.timed == (name == "assist2017_ts_shard")


GOOD = {"student": [1, 1, 2], "item": [5, 6, 5], "skill": [0, 1, 0], "correct": [1, 0, 1], "order": [0, 1, 0]}


def parquet(**columns: Any) -> io.BytesIO:
    out = io.BytesIO()
    pl.DataFrame({**GOOD, **columns}).write_parquet(out)
    out.seek(0)
    return out


def without(column: str) -> io.BytesIO:
    out = io.BytesIO()
    pl.DataFrame({key: value for key, value in GOOD.items() if key != column}).write_parquet(out)
    return out


def test_types_are_settled_and_strange_columns_left_out() -> None:
    frame = read_responses(parquet(correct=[True, False, True], skills=[[1], [1, 2], []], note=["a", "b", "c"]))
    assert frame.columns == ["student", "item", "skill", "skills", "correct", "order"]
    assert [frame.schema[column] for column in frame.columns] == [COLUMNS[column] for column in frame.columns]
    assert frame["correct"].to_list() == [1, 0, 1]


def test_help_and_time_taken_may_be_unknown() -> None:
    frame = read_responses(parquet(hints=[0, None, 2], seconds=[4.0, 9.5, None]))
    assert frame["hints"].to_list() == [0, None, 2]
    assert frame["seconds"].to_list() == [4.0, 9.5, None]
    assert [frame.schema[column] for column in ("hints", "seconds")] == [COLUMNS["hints"], COLUMNS["seconds"]]


def test_a_log_without_items_is_fine() -> None:
    assert summarize(read_responses(without("item"))).items == 0


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: io.BytesIO(b"not parquet at all"), "not a readable Parquet file"),
        (lambda: io.BytesIO(b""), "not a readable Parquet file"),
        (lambda: io.BytesIO(parquet().getvalue()[:-20]), "not a readable Parquet file"),
        (lambda: without("correct"), "The column correct is missing. It has: student, item, skill, order."),
        (lambda: parquet(student=["a", "b", "c"]), "column student: Its type is String; integers are wanted"),
        (lambda: parquet(skill=[0.5, 1.0, 2.0]), "column skill: Its type is Float64"),
        (lambda: parquet(skills=[1, 2, 3]), "column skills: Its type is Int64; a list of integers"),
        (lambda: parquet(order=[0, None, 0]), "column order: The value in row 2 is empty"),
        (lambda: parquet(seconds=["4 s", "9 s", "1 s"]), "column seconds: Its type is String; numbers are wanted"),
        (lambda: parquet(hints=[0, None, -1]), "row 3 is -1, below 0"),
        (lambda: parquet(item=[5, -6, -7]), "row 2 is -6, below 0 (2 rows are like that)"),
        (lambda: parquet(correct=[1, 0, 2]), "row 3 is 2, not 0 or 1"),
        (lambda: parquet(student=[2, 1, 1]), "row 2 belongs to an earlier student"),
        (lambda: parquet(order=[1, 1, 0]), "row 2 does not come after the row before it"),
        (lambda: parquet(skill=[0, 2**40, 0]), "A value is too large"),
        (lambda: parquet(skills=[[0], [-1], []]), "row 2 holds an empty or negative skill"),
        (lambda: parquet(student=[], item=[], skill=[], correct=[], order=[]), "no rows"),
    ],
)
def test_each_kind_of_damage_is_named(make: Callable[[], io.BytesIO], says: str) -> None:
    with pytest.raises(ImportProblem, match=re.escape(says)) as caught:
        read_responses(make(), "log.parquet")
    assert caught.value.where.startswith("log.parquet")
    assert caught.value.how.endswith(".")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(noise: bytes) -> None:
    with pytest.raises(ImportProblem):
        read_responses(io.BytesIO(b"PAR1" + noise + b"PAR1"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.booleans()), min_size=1, max_size=20))
def test_a_good_log_comes_back_as_it_was(rows: list[tuple[int, int, bool]]) -> None:
    rows = sorted(rows)
    order = [sum(1 for other in rows[:n] if other[0] == row[0]) for n, row in enumerate(rows)]
    written = {"student": [r[0] for r in rows], "skill": [r[1] for r in rows], "correct": [int(r[2]) for r in rows]}
    out = io.BytesIO()
    pl.DataFrame({**written, "order": order}).write_parquet(out)
    frame = read_responses(out)
    assert {column: frame[column].to_list() for column in written} == written
