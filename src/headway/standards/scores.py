"""Scored responses as a table, CSV or Parquet: wide (a row a person, a column an item) or long (a row a response).

A long table has a column of items and one of scores; a wide one has scores only, besides columns that are named as
persons, as a group or to be ignored. Empty cells, NA, NaN, ``.`` and ``-`` are missing; so are numbers below 0 in a
wide table, which says so in a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl

from headway.core.measurement.calibration.responses import Responses, responses_of
from headway.core.text import T, Text
from headway.standards.errors import ImportProblem
from headway.standards.tables import read_frame

PERSON = ("person", "student", "learner", "id", "user", "student_id", "person_id", "learner_id", "user_id", "idstud")
ITEM = ("item", "item_id", "question", "problem", "task")
SCORE = ("score", "correct", "response", "result", "resp", "points")
MISSING = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", ".", "-"]
MOST_NAMED = 8
MOST_POINTS = 1_000
"""More points than any item gives; a larger number is a mark, a name or a slip."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns that were given by hand; None is found by its usual name. ``ignore`` columns are not read."""

    person: str | None = None
    item: str | None = None
    score: str | None = None
    group: str | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """``responses`` as read; ``layout`` is ``wide`` or ``long``; ``warnings`` say what was taken how."""

    responses: Responses
    layout: str
    warnings: tuple[Text, ...]


def read_scores(source: BinaryIO, name: str, columns: Columns | None = None) -> ScoreTable:
    """Read a file; ``name`` is what messages call it. Raises ImportProblem naming column and row (from 1, without the
    header) for what cannot be scores."""
    columns = columns or Columns()
    table = read_frame(source, name, missing=MISSING)
    asked = [c for c in (columns.person, columns.item, columns.score, columns.group, *columns.ignore) if c]
    for column in asked:
        if column not in table.columns:
            raise ImportProblem(
                f"There is no column {column}.", name, f"It has {_few(table.columns)}; name one of these."
            )
    table = table.drop(columns.ignore)
    item = columns.item or _usual(table, ITEM)
    score = columns.score or _usual(table, SCORE)
    if columns.item or columns.score or (item and score):
        if not item or not score:
            lacking = "item" if not item else "score"
            raise ImportProblem(
                f"A long table needs a column of {lacking}s.", name,
                f"It has {_few(table.columns)}; say which with --{lacking}.",
            )  # fmt: skip
        return _long(table, name, columns, item, score)
    return _wide(table, name, columns)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _usual(table: pl.DataFrame, names: Sequence[str]) -> str | None:
    plain = {column.strip().lower(): column for column in table.columns}
    return next((plain[name] for name in names if name in plain), None)


HOW = "Scores are 0, 1, 2 …; a column that is no item is named with --person, --group or --ignore."


def _numbers(table: pl.DataFrame, column: str, name: str) -> pl.Series:
    """A column as float64, null where missing; ImportProblem for the first value that is not a whole number."""
    series = table[column]
    if series.dtype == pl.String:
        text = series.str.strip_chars()
        series = text.set(text.is_in(MISSING), None).replace({"true": "1", "TRUE": "1", "false": "0", "FALSE": "0"})
    out = series.cast(pl.Float64, strict=False).fill_nan(None)
    wrong = (out.is_null() & series.is_not_null() & (series.cast(pl.String, strict=False) != "NaN")) | (out % 1 != 0)
    wrong = wrong.fill_null(value=False)
    if wrong.any():
        row = int(wrong.arg_max() or 0)
        raise ImportProblem(
            f"The value in row {row + 1} is {table[column][row]!r}, not a whole number.", f"{name}, column {column}",
            HOW,
        )  # fmt: skip
    if float(out.max() or 0.0) > MOST_POINTS:  # type: ignore[arg-type]
        row = int(out.arg_max() or 0)
        raise ImportProblem(
            f"The value in row {row + 1} is {out[row]:g}, more than {MOST_POINTS:,} points.",
            f"{name}, column {column}",
            HOW,
        )
    return out


def _labels(series: pl.Series) -> tuple[np.ndarray, list[str]]:
    """Number the distinct values in the order of their first appearance."""
    text = series.cast(pl.String)
    distinct = text.unique(maintain_order=True)
    number = text.replace_strict(distinct, pl.Series(np.arange(len(distinct)), dtype=pl.Int32))
    return number.to_numpy(), distinct.to_list()


def _groups(member: pl.Series, warnings: list[Text], column: str) -> tuple[np.ndarray, list[str]]:
    """Each person's group, the largest first: it is the reference."""
    empty = int(member.is_null().sum())
    if empty:
        warnings.append(T("{count} persons have no {column}; they form the group (none).", count=empty, column=column))
    text = member.cast(pl.String).fill_null("(none)")
    counts = text.value_counts(sort=True)
    order = counts.sort(["count", counts.columns[0]], descending=[True, False])[counts.columns[0]].to_list()
    return text.replace_strict(order, list(range(len(order))), return_dtype=pl.Int64).to_numpy(), order


def _long(table: pl.DataFrame, name: str, columns: Columns, item: str, score: str) -> ScoreTable:
    person = columns.person or _usual(table, PERSON)
    if person is None:
        raise ImportProblem(
            "A long table needs a column of persons.", name, f"It has {_few(table.columns)}; say which with --person."
        )
    warnings: list[Text] = []
    value = _numbers(table, score, name)
    if (value < 0).any():
        row = int((value < 0).fill_null(value=False).arg_max() or 0)
        raise ImportProblem(
            f"The score in row {row + 1} is {value[row]:g}.", f"{name}, column {score}",
            "A score is 0 or more; leave the cell empty where there is none.",
        )  # fmt: skip
    for column in (person, item):
        if table[column].null_count():
            row = int(table[column].is_null().arg_max() or 0)
            raise ImportProblem(f"Row {row + 1} is empty.", f"{name}, column {column}", "Every response needs one.")
        if table[column].dtype.is_numeric() and (table[column] < 0).any():
            warnings.append(T("The column {column} holds numbers below 0; they are taken as names.", column=column))
    table = table.with_columns(value.alias(score))
    kept = table.filter(pl.col(score).is_not_null())
    if kept.height == 0:
        raise ImportProblem("There is no score in it.", f"{name}, column {score}", "Give at least one.")
    single = kept.unique([person, item], keep="first", maintain_order=True)
    if single.height < kept.height:
        warnings.append(
            T("{count} rows repeat a person and an item; the first score of each was kept.",
              count=kept.height - single.height)
        )  # fmt: skip
    people, person_ids = _labels(single[person])
    tasks, item_ids = _labels(single[item])
    group, groups = np.zeros(len(person_ids), np.int64), ["all"]
    if columns.group:
        one = single.group_by(person, maintain_order=True).agg(
            pl.col(columns.group).first(), pl.col(columns.group).n_unique().alias("_different")
        )
        if (one["_different"] > 1).any():
            who = one.filter(pl.col("_different") > 1)[person][0]
            raise ImportProblem(f"Person {who} is in two groups.", f"{name}, column {columns.group}", "Give one each.")
        group, groups = _groups(one[columns.group], warnings, columns.group)
    responses = responses_of(
        people, tasks, single[score].to_numpy(),
        person_ids=person_ids, item_ids=item_ids, group=group, groups=groups,
    )  # fmt: skip
    return ScoreTable(responses, "long", tuple(warnings))


def _wide(table: pl.DataFrame, name: str, columns: Columns) -> ScoreTable:
    warnings: list[Text] = []
    person = columns.person or _usual(table, PERSON)
    if person is None:
        person = _names_in(table, columns.group)
    if person is not None and person != columns.person and person.strip().lower() not in PERSON:
        warnings.append(T("The column {column} is taken as the names of persons, not as an item.", column=person))
    items = [column for column in table.columns if column not in (person, columns.group)]
    if not items:
        raise ImportProblem("There is no column of an item.", name, f"It has {_few(table.columns)}.")
    scores = np.empty((table.height, len(items)), np.float32)
    for place, column in enumerate(items):
        scores[:, place] = _numbers(table, column, name).fill_null(-np.inf).to_numpy()
    below = (scores < 0) & np.isfinite(scores)
    if below.any():
        codes = sorted({int(value) for value in np.unique(scores[below])}, reverse=True)
        warnings.append(
            T("{count} scores below 0 are taken as missing ({codes}).",
              count=int(below.sum()), codes=", ".join(map(str, codes[:MOST_NAMED])))
        )  # fmt: skip
    people, tasks = np.nonzero(scores >= 0)
    if len(people) == 0:
        raise ImportProblem(
            "There is no score in it.", name, "Every cell is empty or below 0; give at least one score."
        )
    names = (
        table[person].cast(pl.String).fill_null("").to_list() if person else [str(n + 1) for n in range(table.height)]
    )
    group, groups = np.zeros(table.height, np.int64), ["all"]
    if columns.group:
        group, groups = _groups(table[columns.group], warnings, columns.group)
    responses = responses_of(
        people.astype(np.int32), tasks.astype(np.int32), scores[people, tasks],
        person_ids=names, item_ids=items, group=group, groups=groups,
    )  # fmt: skip
    return ScoreTable(responses, "wide", tuple(warnings))


def _names_in(table: pl.DataFrame, group: str | None) -> str | None:
    """The first column, when it cannot be scores: text, or whole numbers beyond 100 that are all different."""
    column = table.columns[0]
    if column == group or table.height < 2:
        return None
    series = table[column]
    if series.dtype == pl.String:
        text = series.drop_nulls()
        numeric = text.str.strip_chars().str.to_lowercase().is_in([*MISSING, "true", "false"])
        return None if len(text) == 0 or (numeric | text.cast(pl.Float64, strict=False).is_not_null()).any() else column
    if not series.dtype.is_integer() or series.null_count() or series.n_unique() < table.height:
        return None
    return column if int(series.abs().max() or 0) > 100 or table.height > 100 else None  # type: ignore[arg-type]
