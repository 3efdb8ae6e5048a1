"""Studies as tables: a row a learner, columns of any name; cost lines; arms that units have already.

Numbers become float64 with nan where a cell is empty, yes and no become 1 and 0, everything else becomes words. Empty cells,
NA, NaN, null and ``.`` are missing.
"""

from __future__ import annotations

from typing import BinaryIO, Literal, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headway.core.evidence.pilots.costs import KINDS, PER, CostLine
from headway.standards.errors import ImportProblem
from headway.standards.tables import names, numbers, pick, read_frame, read_table

MISSING = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", ".")

Column = NDArray[np.float64] | list[str | None]


def read_study(source: BinaryIO, name: str) -> dict[str, Column]:
    """Read a table by column. Raises ImportProblem for what is no table, and for two columns of one name."""
    frame = read_frame(source, name, missing=MISSING)
    plain = [column.strip() for column in frame.columns]
    if len(set(plain)) < len(plain):
        raise ImportProblem("Two columns have the same name.", name, "Rename one of them.")
    return {plain[k]: _column(series) for k, series in enumerate(frame.get_columns())}


def _column(series: pl.Series) -> Column:
    if series.dtype.is_numeric() or series.dtype == pl.Boolean:
        return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if series.null_count() == len(series):
        return np.full(len(series), np.nan)
    text = series.cast(pl.String).str.strip_chars()
    return text.set(text.is_in(MISSING), None).to_list()


def read_arms(source: BinaryIO, name: str) -> dict[str, str]:
    """Read arms that units have already: columns unit (or learner, class, school) and arm. Raises ImportProblem."""
    table = pick(read_table(source, name), {"unit": ("learner", "class", "school"), "arm": ()}, {}, name)
    units, arms = names(table, "unit", name).to_list(), names(table, "arm", name).to_list()
    found = dict(zip(units, arms, strict=True))
    if len(found) < len(units):
        twice = next(unit for k, unit in enumerate(units) if unit in units[:k])
        raise ImportProblem(f"Unit {twice} is there twice.", name, "Give each unit one arm.")
    return found


def read_costs(source: BinaryIO, name: str) -> list[CostLine]:
    """Read cost lines: columns item, kind, amount, price, and where wanted per and years. Raises ImportProblem."""
    table = pick(
        read_table(source, name), {"item": (), "kind": (), "amount": ("quantity",), "price": ("unit_price",)},
        {"per": (), "years": ()}, name,
    )  # fmt: skip
    columns = {
        "item": names(table, "item", name).to_list(), "kind": names(table, "kind", name).to_list(),
        "amount": numbers(table, "amount", name).to_list(), "price": numbers(table, "price", name).to_list(),
        "per": names(table, "per", name).to_list() if "per" in table.columns else ["pilot"] * len(table),
        "years": numbers(table, "years", name).to_list() if "years" in table.columns else [1.0] * len(table),
    }  # fmt: skip
    lines = []
    for row in range(len(table)):
        item, kind, amount, price, per, years = (columns[key][row] for key in columns)
        try:
            line = CostLine(str(item), str(kind).lower(), float(amount), float(price),
                            cast("Literal['learner', 'class', 'school', 'pilot']", str(per).lower()), float(years))  # fmt: skip
        except ValueError as error:
            raise ImportProblem(
                f"Row {row + 1}: {error}.", name, f"Kinds are {', '.join(KINDS)}; per is {', '.join(PER)}."
            ) from None
        lines.append(line)
    return lines
