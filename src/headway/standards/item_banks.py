"""Banks of calibrated items as a table: CSV or Parquet, one item a row.

| column | type | meaning |
|---|---|---|
| item (or id) | text | the item's name; may be absent, then rows are numbered from 1 |
| b (or difficulty) | number | difficulty in logits, metric D = 1 |
| b1, b2, … | numbers | instead of b: thresholds, one a score point, empty where an item has fewer |
| a (or discrimination) | number, not 0 | 1 where absent |
| c (or guessing) | number from 0 to below 1 | 0 where absent |
| model | 1pl, 2pl, 3pl, grm, pcm | where absent: 2pl, 3pl with a c, pcm with thresholds |

Other columns are kept as text: content, enemies, whatever a test's rules speak of.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import polars as pl

from headway.core.measurement.items import MODELS, Floats, ItemBank, item_bank
from headway.standards.errors import ImportProblem
from headway.standards.tables import read_frame

NAMES = {"id": "item", "difficulty": "b", "discrimination": "a", "guessing": "c"}
"""Other names that are understood -> the column's own name."""
MAX_ITEMS = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class BankTable:
    """A bank, and its other columns as text by name (one value an item, "" for none)."""

    bank: ItemBank
    columns: dict[str, tuple[str, ...]]


FARTHEST = 100.0
"""Logits, and logits a logit; the grid of an adaptive test reaches as far as its bank."""


def read_bank(data: bytes, name: str) -> BankTable:
    """Read a bank; ``name`` is what messages call the file, CSV or Parquet.

    Raises :class:`ImportProblem` naming the column and the row (counted from 1, without the header).
    """
    table = read_frame(BytesIO(data), name, as_text=True)
    table = table.rename({old: new for old, new in NAMES.items() if old in table.columns and new not in table.columns})
    if table.height > MAX_ITEMS:
        raise ImportProblem(f"The table has {table.height:,} rows.", name, f"Give at most {MAX_ITEMS:,} items.")
    steps = [column for column in table.columns if column[:1] == "b" and column[1:].isdecimal()]
    if "b" not in table.columns and not steps:
        raise ImportProblem(
            f"There is no column b (or b1, b2, …) among {', '.join(table.columns[:12])}.",
            name,
            "Name the column of difficulties in logits b.",
        )
    difficulties = np.column_stack([_numbers(table, column, name) for column in steps or ["b"]])
    a, c = _numbers(table, "a", name, 1.0), _numbers(table, "c", name, 0.0)
    ids = tuple(_texts(table, "item")) if "item" in table.columns else tuple(str(n + 1) for n in range(table.height))
    try:
        bank = item_bank(ids, difficulties, model=_models(table, c, bool(steps), name), a=a, c=c)
    except ValueError as error:
        raise ImportProblem(f"{_capital(str(error))}.", name, "Mend that row, or leave the item out.") from error
    known = {"item", "a", "b", "c", "model", *steps}
    return BankTable(bank, {column: tuple(_texts(table, column)) for column in table.columns if column not in known})


def _numbers(table: pl.DataFrame, column: str, name: str, default: float | None = None) -> Floats:
    """One float64 column; NaN where a threshold is empty. ``default`` stands in for a missing column."""
    if column not in table.columns:
        return np.full(table.height, default if default is not None else np.nan)
    texts = table[column].cast(pl.String).str.strip_chars()
    values = texts.cast(pl.Float64, strict=False)
    empty = texts.is_null() | (texts == "")
    wrong = values.is_null() & ~empty
    if default is not None or column == "b":
        wrong = wrong | empty
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise ImportProblem(
            f"“{texts[row] or ''}” is not a number.", f"{name}, row {row + 1}, column {column}", "Give one in logits."
        )
    found = np.asarray(values.fill_null(float("nan")).to_numpy(), dtype=np.float64)
    far = np.abs(found) > FARTHEST
    if far.any():
        row = int(far.argmax())
        raise ImportProblem(
            f"{found[row]:g} is beyond anything that learners show.", f"{name}, row {row + 1}, column {column}",
            f"Give logits from -{FARTHEST:g} to {FARTHEST:g}, or leave the item out.",
        )  # fmt: skip
    return found


def _models(table: pl.DataFrame, c: Floats, thresholds: bool, name: str) -> list[str]:
    if "model" not in table.columns:
        return ["pcm" if thresholds else "3pl" if guess > 0.0 else "2pl" for guess in c.tolist()]
    models = [value.lower() for value in _texts(table, "model")]
    for row, model in enumerate(models):
        if model not in MODELS:
            raise ImportProblem(
                f"“{model}” is no item model.", f"{name}, row {row + 1}, column model", f"Use {', '.join(MODELS)}."
            )
    return models


def _texts(table: pl.DataFrame, column: str) -> list[str]:
    return [(value or "").strip() for value in table[column].cast(pl.String).to_list()]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
