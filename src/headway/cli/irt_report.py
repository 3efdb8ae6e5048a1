"""What ``headway irt fit`` says: the JSON, the words, and the tables of items and persons."""

from __future__ import annotations

from dataclasses import asdict
from math import log
from typing import Any

import numpy as np
import polars as pl

from headway.core.measurement.calibration.calibrate import Calibration
from headway.core.measurement.dif import DifItem
from headway.core.measurement.fit_statistics import MISFIT_RMSD, UNUSUAL, ItemFit
from headway.core.measurement.items import MODELS, Floats
from headway.core.measurement.summed_score_fit import SummedScoreFit
from headway.standards.scores import ScoreTable

SHOWN = 12
FALSE_ALARM = 0.05
"""Chance that S-X2 names any item at all when all of them fit (Bonferroni)."""


def _number(value: float) -> float | None:
    """Six digits after the point; None for what is not a number, which JSON has no word for."""
    return round(float(value), 6) if np.isfinite(value) else None


def data_of(
    found: Calibration,
    items: ItemFit,
    persons: Floats,
    tested: SummedScoreFit | None,
    dif: tuple[DifItem, ...] | None,
    seconds: float,
    table: ScoreTable,
) -> dict[str, Any]:
    """Return the result with the keys that the command documents."""
    count, unusual = len(found.person_ids), int(np.nansum(persons < UNUSUAL))
    data: dict[str, Any] = {
        "model": found.model,
        "layout": table.layout,
        "priors": None if found.priors is None else {k: _number(v) for k, v in asdict(found.priors).items()},
        "persons": count,
        "responses": len(found.data.score),
        "parameters": found.parameters,
        "items": [_item(found, items, row) | _tested(tested, row) for row in range(len(found.bank))],
        "groups": [_group(found, row) for row in range(len(found.groups))],
        "log_likelihood": round(found.log_likelihood, 4),
        "highest_log_likelihood": round(found.highest_log_likelihood, 4),
        "aic": round(2.0 * found.parameters - 2.0 * found.log_likelihood, 4),
        "bic": round(log(count) * found.parameters - 2.0 * found.log_likelihood, 4),
        "nodes": len(found.nodes),
        "cycles": found.cycles,
        "converged": found.converged,
        "whole": found.whole,
        "cpu_seconds": round(seconds, 4),
        "person_fit": {"unusual": unusual, "share": round(unusual / count, 4)},
        "left_out": [{"item": name, "reason": str(reason)} for name, reason in found.left_out],
        "warnings": [str(text) for text in (*table.warnings, *found.warnings)],
    }
    if dif is not None:
        data["dif"] = [
            {k: _number(v) if isinstance(v, float) else str(v) if k == "words" else v for k, v in _plain(row).items()}
            for row in dif
        ]
    return data


def _plain(row: DifItem) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DifItem.__slots__}


def _item(found: Calibration, fit: ItemFit, row: int) -> dict[str, Any]:
    bank = found.bank
    steps = int(bank.steps[row])
    empty = np.full_like(bank.b, np.nan)
    errors = empty if bank.se_b is None else bank.se_b
    out: dict[str, Any] = {
        "item": bank.ids[row],
        "model": MODELS[bank.model[row]],
        "responses": int(found.data.answered[row]),
        "a": _number(bank.a[row]),
        "se_a": None if bank.se_a is None else _number(bank.se_a[row]),
        "b": _number(bank.difficulty[row]),
        "se_b": _number(errors[row, 0]) if steps == 1 else None,
        "c": _number(bank.c[row]),
        "se_c": None if bank.se_c is None else _number(bank.se_c[row]),
        "infit": _number(fit.infit[row]),
        "outfit": _number(fit.outfit[row]),
        "rmsd": _number(fit.rmsd[row]),
    }
    if steps > 1:
        out["thresholds"] = [_number(value) for value in bank.b[row, :steps]]
        out["se_thresholds"] = [_number(value) for value in errors[row, :steps]]
    return out


def _tested(fit: SummedScoreFit | None, row: int) -> dict[str, Any]:
    if fit is None:
        return {"s_x2": None, "s_x2_df": None, "s_x2_p": None}
    return {"s_x2": _number(fit.statistic[row]), "s_x2_df": int(fit.df[row]), "s_x2_p": _number(fit.p[row])}


def _group(found: Calibration, row: int) -> dict[str, Any]:
    return {
        "group": found.groups[row],
        "persons": int((found.data.group == row).sum()),
        "mean": _number(found.mean[row]),
        "sd": _number(found.sd[row]),
        "se_mean": _number(found.se_mean[row]),
        "se_sd": _number(found.se_sd[row]),
    }


def bank_table(found: Calibration) -> pl.DataFrame:
    """The bank as a table that ``--anchors`` and ``headway cat simulate`` read."""
    bank = found.bank
    width = bank.b.shape[1]
    names = ["b"] if width == 1 else [f"b{k + 1}" for k in range(width)]
    columns: dict[str, Any] = {"item": bank.ids, "model": [MODELS[code] for code in bank.model], "a": bank.a}
    columns |= {name: bank.b[:, k] for k, name in enumerate(names)}
    columns["c"] = bank.c
    if bank.se_a is not None and bank.se_b is not None and bank.se_c is not None:
        columns |= {"se_a": bank.se_a} | {f"se_{name}": bank.se_b[:, k] for k, name in enumerate(names)}
        columns["se_c"] = bank.se_c
    return pl.DataFrame(columns).with_columns(pl.selectors.float().fill_nan(None))


def person_table(found: Calibration, fit: Floats) -> pl.DataFrame:
    """Posterior mean and standard deviation of every person in logits, with lz*."""
    columns: dict[str, Any] = {
        "person": found.person_ids,
        "group": [found.groups[row] for row in found.data.group],
        "ability": found.ability,
        "sd": found.ability_sd,
        "lz": fit,
    }
    return pl.DataFrame(columns).with_columns(pl.selectors.float().fill_nan(None))


def text_of(data: dict[str, Any]) -> str:
    """The result in words and a short table."""
    priors = "item priors from the items" if data["priors"] else "no item priors"
    lines = [
        (
            f"{data['model']} ({priors}): {len(data['items']):,} items, {data['persons']:,} persons, "
            f"{data['responses']:,} responses ({data['layout']} table)"
        ),
        (
            f"log likelihood {data['log_likelihood']:,.3f}, {data['parameters']:,} parameters, AIC {data['aic']:,.1f}, "
            f"{data['cycles']} cycles, {data['cpu_seconds']:.2f} s of processor time"
        ),
        "",
        f"{'item':<20}{'n':>8}{'a':>9}{'se':>8}{'b':>9}{'se':>8}{'infit':>8}{'rmsd':>8}",
    ]
    for item in data["items"][:SHOWN]:
        numbers = [item["a"], item["se_a"], item["b"], item["se_b"], item["infit"], item["rmsd"]]
        shown = [" -" if value is None else f"{value:.3f}" for value in numbers]
        widths = (9, 8, 9, 8, 8, 8)
        lines.append(
            f"{item['item'][:19]:<20}{item['responses']:>8,}"
            + "".join(f"{text:>{width}}" for text, width in zip(shown, widths, strict=True))
        )
    if len(data["items"]) > SHOWN:
        lines.append(f"… and {len(data['items']) - SHOWN:,} more (--out FILE, --json)")
    lines += ["", *_closing(data)]
    return "\n".join(lines)


def _closing(data: dict[str, Any]) -> list[str]:
    lines = []
    if len(data["groups"]) > 1:
        lines += [
            f"{g['group']}: {g['persons']:,} persons, mean {g['mean']:.3f}, sd {g['sd']:.3f}" for g in data["groups"]
        ]
    odd = [item["item"] for item in data["items"] if (item["rmsd"] or 0.0) > MISFIT_RMSD]
    if odd:
        lines.append(f"misfit (rmsd above {MISFIT_RMSD}): {', '.join(odd[:SHOWN])}")
    ranked = sorted((item["s_x2_p"], item["item"]) for item in data["items"] if item["s_x2_p"] is not None)
    sure = [name for p, name in ranked if p < FALSE_ALARM / len(ranked)]
    if ranked:
        lines.append(f"S-X2 test of fit: {', '.join(sure[:SHOWN]) or 'no item'} beyond chance ({len(ranked)} tested)")
    unusual = data["person_fit"]
    lines.append(f"{unusual['unusual']:,} persons answer unusually ({100 * unusual['share']:.1f} %; 1 % expected)")
    lines += [f"{row['item']}: {row['words']}" for row in data.get("dif", []) if row["size"] in ("moderate", "large")]
    lines += [f"left out: {row['item']} ({row['reason']})" for row in data["left_out"]]
    lines += [f"warning: {text}" for text in data["warnings"]]
    return lines
