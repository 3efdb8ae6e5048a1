"""``headway cat simulate``: try an adaptive test on a bank with simulated takers, before a learner meets it."""

from __future__ import annotations

from headway.cli import one_core as one_core  # isort: skip  (before NumPy)

import argparse
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from headway.cli.cat_plot import draw
from headway.cli.command import Command, Refused, Result, progress, will_write
from headway.cli.files import reading
from headway.core.measurement.adaptive.design import CRITERIA, DECISIONS, NO_LIMIT, Design, Range, rules_of
from headway.core.measurement.adaptive.figures import Figures, figures
from headway.core.measurement.adaptive.pool import Pool, pool_of
from headway.core.measurement.adaptive.rehearse import rehearse
from headway.core.measurement.adaptive.simulate import Simulated, simulate, warm
from headway.standards.item_banks import BankTable, read_bank

MOST_TAKERS = 1_000_000


def _configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("bank", type=Path, metavar="BANK", help="CSV or Parquet: columns item, a, b (or b1, b2, …), c, model, others")
    add("--takers", type=int, default=5000, help="how many (default 5000)")
    add("--se", type=float, default=0.30, help="stop at this standard error in logits (default 0.30; 0: never)")
    add("--minimum", type=int, default=5, help="fewest items (default 5)")
    add("--maximum", type=int, default=60, help="most items (default 60)")
    add("--max-exposure", type=float, default=1.0, help="largest share of takers that may see an item (default 1)")
    add("--content", action="append", default=[], metavar="COL:CAT=MIN-MAX,…", help="ranges, may be repeated")
    add("--enemies", metavar="COL", help="column of groups: a test has at most one item of a group")
    add("--criterion", choices=CRITERIA, default="information", help="how the next item is chosen")
    add("--cut", type=float, action="append", default=[], help="a cut score in logits, may be repeated")
    add("--decide", choices=DECISIONS[1:], help="stop when the side of every cut is clear")
    add("--shadow", action="store_true", help="choose by shadow tests (integer programs; thousands of times slower)")
    add("--mean", type=float, default=0.0, help="mean of the takers, and of the prior (default 0)")
    add("--sd", type=float, default=1.0, help="their standard deviation (default 1)")
    add("--seed", type=int, default=0, help="same seed, same takers and answers (default 0)")
    add("--plot", type=Path, help="draw exposure and test length here (SVG)")


def _run(arguments: argparse.Namespace) -> Result:
    _check(arguments)
    will_write(arguments.plot)
    with reading(arguments.bank) as source:
        table = read_bank(source.read(), arguments.bank.name)
    pool, design = _laid_out(table, arguments)
    abilities = arguments.mean + arguments.sd * np.random.default_rng(arguments.seed).standard_normal(arguments.takers)
    prior = {"mean": arguments.mean, "variance": arguments.sd**2}
    simulate(pool, design, abilities[:2], **prior)  # loads the compiled code, which is not to be timed
    begin = time.process_time()
    control = warm(pool, design, **prior)
    warmed = time.process_time()
    if design.shadow:
        with progress() as bars:
            bar = bars.add_task("takers", total=arguments.takers)
            done = rehearse(
                pool, design, abilities, seed=arguments.seed, exposure=control,
                progress=lambda count: bars.update(bar, completed=count), **prior,
            )  # fmt: skip
    else:
        done = simulate(pool, design, abilities, seed=arguments.seed, exposure=control, **prior)
    spent = time.process_time() - warmed
    found = figures(pool, done)
    if arguments.plot is not None:
        arguments.plot.write_text(draw(pool, done, found, design.exposure), encoding="utf-8")
    return Result(_data(found, pool, done, arguments, spent, warmed - begin), _text(found, arguments, spent, len(pool)))


def _check(arguments: argparse.Namespace) -> None:
    if not 2 <= arguments.takers <= MOST_TAKERS:
        raise Refused(f"--takers is {arguments.takers}: give a number from 2 to {MOST_TAKERS:,}.")
    if arguments.seed < 0:
        raise Refused(f"--seed is {arguments.seed}: give a whole number from 0.")
    if not arguments.sd > 0.0:
        raise Refused(f"--sd is {arguments.sd}: give a number above 0.")
    if not np.isfinite([arguments.mean, arguments.sd, *arguments.cut]).all():
        raise Refused("--mean, --sd and --cut must be finite numbers of logits.")
    if arguments.cut and not arguments.decide:
        raise Refused(f"--cut is given without --decide: add --decide {', '.join(DECISIONS[1:])} (one of them).")


def _laid_out(table: BankTable, arguments: argparse.Namespace) -> tuple[Pool, Design]:
    ranges = tuple(wanted for text in arguments.content for wanted in ranges_of(text))
    for column in [*dict.fromkeys(r.dimension for r in ranges), *([arguments.enemies] if arguments.enemies else [])]:
        if column not in table.columns:
            known = ", ".join(table.columns) or "none"
            raise Refused(f"{arguments.bank} has no column {column!r} besides the item parameters: it has {known}.")
    if len(table.bank) < arguments.minimum:
        raise Refused(
            f"{arguments.bank}: the bank has {len(table.bank)} items, a test at least {arguments.minimum}. Add items, or give a "
            "smaller --minimum."
        )
    try:
        pool = pool_of(
            table.bank,
            content={r.dimension: table.columns[r.dimension] for r in ranges},
            groups=table.columns[arguments.enemies] if arguments.enemies else None,
        )
        design = Design(
            minimum=arguments.minimum, maximum=min(arguments.maximum, len(pool)), se=arguments.se, ranges=ranges,
            criterion=arguments.criterion, cuts=tuple(arguments.cut), decide=arguments.decide or "",
            exposure=arguments.max_exposure, shadow=arguments.shadow,
        )  # fmt: skip
        rules_of(design, pool)
    except ValueError as error:
        raise Refused(f"{arguments.bank}: {error}.") from error
    return pool, design


def ranges_of(text: str) -> list[Range]:
    """Read ``COL:CAT=MIN-MAX,CAT=MIN-MAX``; either end may be left out. Raises Refused showing the form."""
    column, colon, rest = text.partition(":")
    found: list[Range] = []
    for part in rest.split(",") if colon else []:
        category, _, span = part.rpartition("=")
        least, dash, most = span.partition("-")
        if not (column and category and dash and all(end == "" or end.isdecimal() for end in (least, most))):
            found = []
            break
        found.append(Range(column, category.strip(), int(least or 0), int(most or NO_LIMIT)))
    if not found:
        raise Refused(f"--content {text!r} cannot be read: write it like domain:Number=3-8,Geometry=2-6.")
    return found


def _data(
    found: Figures, pool: Pool, done: Simulated, arguments: argparse.Namespace, spent: float, warmed: float
) -> dict[str, object]:
    return {
        **asdict(found),
        "bank_items": len(pool),
        "items_per_second": found.items / max(spent, 1e-9),
        "cpu_seconds": spent,
        "warm_up_cpu_seconds": warmed,
        "seed": arguments.seed,
        "content": _content(pool, done),
    }


def _content(pool: Pool, done: Simulated) -> dict[str, dict[str, list[int]]]:
    """The smallest and the largest number of items of each category in any test."""
    out: dict[str, dict[str, list[int]]] = {}
    for d, name in enumerate(pool.dimensions):
        given = np.where(done.items >= 0, pool.content[d][done.items], -1)
        counts = {label: (given == c).sum(axis=1) for c, label in enumerate(pool.categories[d])}
        out[name] = {label: [int(count.min()), int(count.max())] for label, count in counts.items()}
    return out


def _text(found: Figures, arguments: argparse.Namespace, spent: float, size: int) -> str:
    fifths = ", ".join(f"{length:.1f}" for length in found.length_by_fifth)
    ends = ", ".join(f"{name} {100 * share:.0f} %" for name, share in found.reasons.items())
    return (
        f"{found.takers:,} simulated takers, {size:,} items in the bank, seed {arguments.seed}\n"
        f"length: {found.mean_length:.1f} items on average, 9 in 10 tests have at most {found.length_p90:.0f}; ended: {ends}\n"
        f"error: RMSE {found.rmse:.3f}, bias {found.bias:+.3f}, mean standard error {found.se:.3f} logits; "
        f"{100 * found.coverage:.1f} % of the 95 % intervals hold the truth\n"
        f"exposure: at most {100 * found.max_exposure:.1f} % of the takers saw one item, "
        f"{100 * found.bank_used:.0f} % of the bank was used, overlap {found.overlap:.3f}\n"
        f"fair in time: mean length by fifth of the takers {fifths} (last to first {found.late_to_early:.3f})\n"
        f"{found.items / max(spent, 1e-9):,.0f} items a second of processor time"
    )


COMMAND = Command(
    help="Let simulated takers sit an adaptive test of a bank (logistic metric, D = 1) and say how long, how exact and how "
    "fair it is. No database is needed.",
    example="headway cat simulate bank.csv --se 0.30 --max-exposure 0.2 --content domain:Number=3-8 --json",
    configure=_configure,
    run=_run,
    keys={
        "takers, items, bank_items, seed": "what was run; items is the number of items given in all",
        "mean_length, length_p90": "items a test; the mean, and what nine tests in ten do not exceed",
        "bias, rmse, se": "of the estimates, and their mean standard error, in logits",
        "coverage": "share of 95 % intervals that hold the true ability",
        "max_exposure": "largest share of takers that saw one item",
        "bank_used, overlap": "share of the bank given at all; mean share of items that two takers have in common",
        "length_by_fifth, late_to_early": "mean length by order of taking; the last fifth over the first",
        "reasons": "share of takers by why the test ended: precise, decided, longest, exhausted",
        "content": "fewest and most items of each category in any test",
        "items_per_second, cpu_seconds, warm_up_cpu_seconds": "processor time; compiling is not counted",
    },
)
