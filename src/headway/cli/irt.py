"""``headway irt fit``: calibrate items on a table of scores. Needs no school, no Django and no database."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import polars as pl

from headway.cli import one_core as one_core  # before NumPy is loaded
from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import reading
from headway.cli.irt_plot import draw
from headway.cli.irt_report import bank_table, data_of, person_table, text_of
from headway.core.measurement.calibration.calibrate import Calibration, calibrate
from headway.core.measurement.calibration.preparation import SLOPES
from headway.core.measurement.dif import DifItem, differential_functioning
from headway.core.measurement.fit_statistics import fit_of
from headway.core.measurement.items import ItemBank
from headway.core.measurement.summed_score_fit import SummedScoreFit, summed_score_fit
from headway.standards.item_banks import read_bank
from headway.standards.scores import Columns, read_scores


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Parquet, wide (a column an item) or long")
    parser.add_argument("--model", choices=list(SLOPES), default="2pl", help="default: 2pl")
    parser.add_argument(
        "--priors",
        choices=("auto", "none", "empirical"),
        default="auto",
        help="item priors estimated from the items; auto (default): for 3pl, and when the median item has fewer than "
        "400 responses; none: maximum likelihood",
    )
    parser.add_argument("--person", metavar="COL", help="column of persons (default: found by its name)")
    parser.add_argument("--item", metavar="COL", help="column of items: the table is long")
    parser.add_argument("--score", metavar="COL", help="column of scores: the table is long")
    parser.add_argument("--group", metavar="COL", help="column of groups; each gets its own mean and spread")
    parser.add_argument("--dif", action="store_true", help="test every item for differences between the groups")
    parser.add_argument("--ignore", metavar="COL", action="append", default=[], help="a column that is no item; repeat")
    parser.add_argument("--anchors", type=Path, metavar="BANK", help="items whose parameters stay as they are (a bank)")
    parser.add_argument("--out", type=Path, metavar="BANK", help="write the bank here (.csv or .parquet)")
    parser.add_argument(
        "--persons", type=Path, metavar="FILE", help="write abilities and person fit here (.csv, .parquet)"
    )
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw persons, items and information here")


def _run(arguments: argparse.Namespace) -> Result:
    for path in (arguments.out, arguments.persons, arguments.plot):
        will_write(path)
    if arguments.dif and not arguments.group:
        raise Refused("--dif compares groups: say which column they are in with --group COL.")
    columns = Columns(arguments.person, arguments.item, arguments.score, arguments.group, tuple(arguments.ignore))
    with reading(arguments.file) as source:
        table = read_scores(source, arguments.file.name, columns)
    anchors = _anchors(arguments.anchors)
    before = time.process_time()
    with progress() as bars:
        bar = bars.add_task(f"fitting {arguments.model}", total=None)
        try:
            found = calibrate(
                table.responses,
                model=arguments.model,
                priors=arguments.priors,
                anchors=anchors,
                progress=lambda cycle, value: bars.update(
                    bar, completed=cycle, description=f"fitting, log likelihood {value:,.1f}"
                ),
            )
        except ValueError as error:
            raise Refused(f"{arguments.file}: {error}.{_as_read(table.layout)}") from error
        bars.update(bar, total=found.cycles, completed=found.cycles)
    seconds = time.process_time() - before
    items, persons = fit_of(found)
    dif = _dif(arguments, found)
    data = data_of(found, items, persons, _tested(found), dif, seconds, table)
    if arguments.out is not None:
        _write(bank_table(found), arguments.out)
    if arguments.persons is not None:
        _write(person_table(found, persons), arguments.persons)
    if arguments.plot is not None:
        arguments.plot.write_text(draw(found))
    return Result(data, text_of(data))


def _as_read(layout: str) -> str:
    """A long table whose columns have names of their own looks wide, and what is said of its items then puzzles."""
    if layout == "long":
        return ""
    return (
        " It was read as a wide table, a row a person and a column an item; if a row is a response, say which columns "
        "are which with --person, --item and --score."
    )


def _anchors(path: Path | None) -> ItemBank | None:
    if path is None:
        return None
    with reading(path) as source:
        return read_bank(source.read(), path.name).bank


def _dif(arguments: argparse.Namespace, found: Calibration) -> tuple[DifItem, ...] | None:
    if not arguments.dif:
        return None
    try:
        return differential_functioning(found)
    except ValueError as error:
        raise Refused(f"{arguments.file}: {error}.") from error


def _tested(found: Calibration) -> SummedScoreFit | None:
    """S-X2 where the table allows it: right or wrong, one group, and enough persons who answered everything."""
    if len(found.groups) > 1:
        return None
    try:
        return summed_score_fit(found.bank, found.data, mean=float(found.mean[0]), sd=float(found.sd[0]))
    except ValueError:
        return None


def _write(table: pl.DataFrame, path: Path) -> None:
    if path.suffix.lower() in (".parquet", ".pq"):
        table.write_parquet(path)
    else:
        table.write_csv(path)


_KEYS: dict[str, Any] = {
    "model, priors, layout": "what was fitted; priors has the estimated means and spreads, or is null",
    "persons, responses, parameters": "how many were used, and how many numbers were estimated",
    "items[].item, model, responses": "name, item model, number of responses",
    "items[].a, se_a": "discrimination (D = 1) and its standard error; null where it was not estimated",
    "items[].b, se_b": "difficulty in logits; for items of several points the mean of thresholds (se_b null)",
    "items[].thresholds, se_thresholds": "one a point, for items of several points",
    "items[].c, se_c": "guessing chance",
    "items[].infit, outfit, rmsd": "1 fits; rmsd above 0.10 deserves a look",
    "items[].s_x2, s_x2_df, s_x2_p": "test of fit by summed scores (Orlando and Thissen); null with missing answers, items "
    "of several points, or groups",
    "groups[].group, persons, mean, sd, se_mean, se_sd": "ability by group; no error for what defines the scale",
    "log_likelihood": "marginal, at these estimates",
    "highest_log_likelihood": "marginal, without item priors",
    "aic, bic, nodes, cycles, converged, whole": "whole: the errors hold the uncertainty of the scale",
    "cpu_seconds": "processor time of estimates and standard errors, without reading and writing",
    "person_fit.unusual, share": "persons with lz* below -2.326, and their share (0.01 expected)",
    "dif[]": "with --dif: item, group, difference in logits, se, chi2, df, p, effect, size, words",
    "left_out[].item, reason": "items that could not be estimated",
    "warnings": "sentences",
}

FIT = Command(
    help="Calibrate items (Rasch, 1PL, 2PL, 3PL, graded response, partial credit) by marginal maximum likelihood, with "
    "standard errors, groups, anchors and fit. Scores are whole numbers from 0; empty cells are missing.",
    example="headway irt fit scores.csv --model 2pl --group language --dif --out bank.csv --json",
    configure=_configure,
    run=_run,
    keys=_KEYS,
)
COMMANDS = {"irt fit": FIT}
COMMAND = FIT
