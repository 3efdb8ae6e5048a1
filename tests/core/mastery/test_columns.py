"""A researcher's own table: what can be read is read the same, what cannot is named with column, row and how to mend it."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.core.mastery.frame import Frame, frame_of

CLEAN: dict[str, Any] = {
    "student": [1, 1, 1, 2, 2],
    "item": [10, 11, 10, 10, 12],
    "skill": [3, 4, 3, 3, 4],
    "correct": [1, 0, 1, 1, 0],
    "order": [0, 1, 2, 0, 1],
    "timestamp_ms": [1000, 5000, 9000, 2000, 3000],
    "hints": [0, 1, 0, 0, 2],
    "seconds": [4.0, 9.5, 3.0, 2.0, 1.0],
}


def same(one: Frame, other: Frame, *but: str) -> bool:
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in Frame.__slots__ if n not in but)


def test_tables_of_other_tools_and_other_types_are_read_the_same() -> None:
    clean = frame_of(CLEAN)
    assert same(frame_of(pl.DataFrame(CLEAN)), clean)
    assert same(frame_of(pl.DataFrame(CLEAN | {"note": list("abcde")})), clean)
    floats = {name: np.array(values, np.float64) for name, values in CLEAN.items()}
    assert same(frame_of(floats), clean)
    objects = {name: np.array(values, object) for name, values in CLEAN.items()}
    assert same(frame_of(objects), clean)
    assert same(frame_of(CLEAN | {"correct": [True, False, True, True, False]}), clean)
    times = np.array(CLEAN["timestamp_ms"], "datetime64[ms]")
    assert same(frame_of(CLEAN | {"timestamp_ms": times}), clean)
    assert same(frame_of(pl.DataFrame(CLEAN | {"timestamp_ms": times})), clean)
    lists = [[skill] for skill in CLEAN["skill"]]
    assert same(frame_of(pl.DataFrame(CLEAN).with_columns(skills=pl.Series(lists))), clean)


def test_ids_may_be_text() -> None:
    named = CLEAN | {
        "student": ["ada", "ada", "ada", "bo", "bo"],
        "item": ["p10", "p11", "p10", "p10", "p12"],
        "skill": ["add", "take", "add", "add", "take"],
    }
    found, clean = frame_of(named), frame_of(CLEAN)
    assert same(found, clean, "students", "item_ids", "skill_ids")
    assert found.students.tolist() == [0, 1]
    assert found.item_ids.tolist() == ["p10", "p11", "p12"]
    assert frame_of(pl.DataFrame(named)).skill_ids.tolist() == ["add", "take"]
    both = frame_of(CLEAN | {"skills": [["add"], ["take", "add"], ["add"], ["add"], ["take"]]})
    assert both.skill_ids.tolist() == ["add", "take"]
    assert np.diff(both.skills_at).tolist() == [1, 2, 1, 1, 1]


def test_rows_are_sorted_by_order_or_else_by_time() -> None:
    mixed = np.random.default_rng(0).permutation(5)
    shuffled = {name: np.array(values)[mixed] for name, values in CLEAN.items()}
    assert same(frame_of(shuffled), frame_of(CLEAN))
    del shuffled["order"]
    assert same(frame_of(shuffled), frame_of(CLEAN))
    skills = [[3], [4, 3], [3], [3], [4]]
    whole = {name: values for name, values in CLEAN.items() if name not in ("item", "skill")} | {"skills": skills}
    turned = {name: values[::-1] for name, values in whole.items()}
    assert frame_of(turned).item.tolist() == frame_of(whole).item.tolist() == [0, 1, 0, 0, 1]


def test_what_is_not_known_of_help_and_time_taken_is_nought() -> None:
    found = frame_of(CLEAN | {"hints": [None, 1, np.nan, 0, 2], "seconds": [4.0, np.nan, 3.0, 2.0, 1.0]})
    assert found.helped.tolist() == [0, 1, 0, 0, 1]
    assert found.seconds.tolist() == [4.0, 0.0, 3.0, 2.0, 1.0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"student": None, "user_id": [1, 1, 1, 2, 2]},
            r"no column 'student' \(whose.*if 'user_id' is that, rename it",
        ),
        ({"correct": None, "is_right": [1, 0, 1, 1, 0]}, r"no column 'correct'.*'is_right' is that"),
        ({"skill": None, "kc_name": list("abaab")}, r"'skill' \(the skill\) or 'skills'.*'kc_name' is that"),
        ({"student": [1, 1, None, 2, 2]}, r"column 'student', row 3 is empty: fill it in"),
        ({"student": np.array([1, 1, 1, np.nan, 2])}, r"column 'student', row 4 is empty"),
        ({"student": np.array([1, 1.5, 1, 2, 2.5])}, r"'student', row 2 \(1.5\) is not a whole number, as in 1 more"),
        ({"student": np.array([1, "bo", 1, 2, 2], object)}, r"row 2 \(bo\) is text while other rows hold numbers"),
        ({"item": ["a", " ", "a", "a", "b"]}, r"column 'item', row 2 is empty"),
        ({"skill": np.array([3, None, 3, 3, 4], object)}, r"column 'skill', row 2 is empty"),
        ({"skills": [[3], [], [3], [3], [4]]}, r"column 'skills', row 2 has no skill"),
        ({"skills": [[3], [4, None], [3], [3], [4]]}, r"column 'skills', row 2 is empty"),
        ({"correct": [1, 0, 2, 1, 0]}, r"column 'correct', row 3 \(2.0\) is something other than 0 and 1: 1 is right"),
        ({"correct": [1, 0, 0.5, 1, 0]}, r"column 'correct', row 3 \(0.5\)"),
        ({"correct": [1, 0, None, 1, 0]}, r"column 'correct', row 3 is empty"),
        ({"correct": ["yes", "no", "yes", "yes", "no"]}, r"column 'correct' holds text: turn it into 1"),
        ({"order": [0, 1, 1, 0, 1]}, r"rows 2 and 3 have the same student and order.*list in 'skills'"),
        ({"order": [0, 1, None, 0, 1]}, r"column 'order', row 3 is empty"),
        ({"timestamp_ms": [1000, 9000, 5000, 2000, 3000]}, r"'timestamp_ms', row 3 lies before the one before it"),
        ({"timestamp_ms": ["2026-01-01"] * 5}, r"'timestamp_ms' holds text; numbers are wanted.*datetimes"),
        ({"timestamp_ms": np.array([1, 2, "nat", 4, 5], "datetime64[s]")}, r"'timestamp_ms', row 3 is empty"),
        ({"seconds": ["4 s"] * 5}, r"'seconds' holds text; numbers are wanted"),
        ({"item": [10, 11]}, r"column 'item' has another length \(2\) than student \(5\)"),
    ],
)
def test_what_is_wrong_is_named_with_column_row_and_how_to_mend_it(change: dict[str, Any], said: str) -> None:
    columns = {name: values for name, values in (CLEAN | change).items() if values is not None}
    with pytest.raises(ValueError, match=said):
        frame_of(columns)


def test_a_log_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        frame_of({name: [] for name in CLEAN})
