"""Fitting the served model on a district's log: prior means of skills, item difficulties, learning and forgetting.

Everything is shrunk to the values that ship: a skill or an item with no evidence keeps them exactly. Skill and item terms
are moved by damped Newton steps on the streamed residuals, hyper-parameters by Nelder and Mead (1965) on the streamed
log loss with a prior; both one response ahead, so that what is fitted is what will be served.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import numpy as np
from scipy.optimize import minimize

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.refit.calibrated import SHIPPED, Calibration
from headway.core.mastery.refit.log import Chunk, Flags, Log, solved
from headway.core.mastery.refit.stream import Tables, stream, tables_of

SEARCHED = ("spread", "transfer", "forget", "idle", "learn", "drift")
"""Hyper-parameters that are searched. ``overall`` only says how a new learner begins; the weights of helped and later
answers say what an answer is worth as evidence, and stay as people have set them."""
ITEM_SPREAD, SKILL_SPREAD, LOG_SPREAD = 0.7, 0.5, 0.5
"""Prior standard deviations: an item around what ships, a skill's usual ability (logits), a hyper-parameter (e-folds)."""
LARGEST = 3.0
"""Logits by which an item or a skill moves at most."""
SAMPLE = 60_000
"""Rows on which hyper-parameters are searched: beyond that more rows change the third digit and cost minutes."""
ROUNDS, STEPS, SEARCHES = 2, 4, 60
WORK = ROUNDS * STEPS + ROUNDS
"""Steps of progress that :func:`estimate` reports at most; it may end sooner."""
SETTLED = 0.01
"""Logits (e-folds of a hyper-parameter): where nothing moves by more, it is found."""
FAR, NEAR = 0.4, 0.1
"""E-folds by which the search of hyper-parameters looks around, from what ships and from a model that was fitted before."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Sums:
    """Residuals and information of items [I] and skills [S]; one set a pass."""

    item: Floats
    item_known: Floats
    skill: Floats
    skill_known: Floats


def estimate(
    log: Log,
    curriculum: Curriculum,
    *,
    until: float,
    start: Calibration = SHIPPED,
    progress: Progress = lambda done: None,
) -> Calibration:
    """Return the calibration that the counted rows before ``until`` (seconds) speak for, searched from ``start``.

    Items and skills that those rows do not touch are not named in it. The nearer ``start`` is, the sooner it ends.
    """
    found = tables_of(start, curriculum)
    parameters, reach = start.parameters, FAR if start is SHIPPED else NEAR
    touched = np.zeros(len(curriculum.items), bool), np.zeros(len(curriculum.skills), bool)
    for turn in range(ROUNDS):
        before = last = found
        for step in range(STEPS):
            last = last if step % 2 else found
            sums = _sums(log, curriculum, found, until)
            touched = sums.item_known > 0.0, sums.skill_known > 0.0
            found = _skills(found, sums) if step % 2 == 0 else _items(found, sums, curriculum)
            progress(turn * (STEPS + 1) + step + 1)
            if step % 2 == 1 and _moved(last, found) < SETTLED:
                break
        parameters = _search(log, curriculum, found, parameters, until, reach)
        found = found._replace(parameters=np.array(list(asdict(parameters).values())))
        progress((turn + 1) * (STEPS + 1))
        if _moved(before, found) < SETTLED:
            break
    offsets = found.difficulty - curriculum.difficulty
    items = {curriculum.items[n]: round(float(offsets[n]), 4) for n in np.flatnonzero(touched[0]).tolist()}
    skills = {curriculum.skills[n].id: round(float(found.shift[n]), 4) for n in np.flatnonzero(touched[1]).tolist()}
    return Calibration(
        GaussianParameters(**{name: round(value, 5) for name, value in asdict(parameters).items()}), items, skills
    )


def _moved(before: Tables, after: Tables) -> float:
    """By how much the largest mover has moved: items and skills in logits, hyper-parameters in e-folds."""
    terms = [np.abs(after[n] - before[n]).max(initial=0.0) for n in (1, 2)]
    return float(max(*terms, np.abs(np.log(after.parameters / before.parameters)).max()))


def fitted_rows(chunk: Chunk, until: float) -> Flags:
    """Return which rows [N] are predicted when a model is fitted on what came before ``until``."""
    return chunk.counted & (chunk.at < until)


def _sums(log: Log, curriculum: Curriculum, tables: Tables, until: float) -> _Sums:
    items, skills = len(curriculum.items), len(curriculum.skills)
    sums = _Sums(np.zeros(items), np.zeros(items), np.zeros(skills), np.zeros(skills))
    for chunk in log:
        out, rows = stream(chunk, curriculum, tables), fitted_rows(chunk, until)
        scale = 1.0 / np.sqrt(1.0 + np.pi / 8.0 * out.spread)
        residual = np.where(rows, scale * (solved(chunk) - out.predicted), 0.0)
        known = np.where(rows, scale * scale * out.predicted * (1.0 - out.predicted), 0.0)
        named = chunk.item >= 0
        sums.item += np.bincount(chunk.item[named], weights=-residual[named], minlength=items)
        sums.item_known += np.bincount(chunk.item[named], weights=known[named], minlength=items)
        lengths = np.diff(chunk.skills_at)
        residuals, knowns = np.repeat(residual, lengths), np.repeat(known, lengths)
        sums.skill += np.bincount(chunk.skills, weights=residuals * out.pull, minlength=skills)
        sums.skill_known += np.bincount(chunk.skills, weights=knowns * out.pull**2, minlength=skills)
    return sums


def _skills(tables: Tables, sums: _Sums) -> Tables:
    pressure = SKILL_SPREAD**-2
    step = (sums.skill - pressure * tables.shift) / (sums.skill_known + pressure)
    moved = np.where(sums.skill_known > 0.0, tables.shift + step, tables.shift)
    return tables._replace(shift=np.clip(moved, -LARGEST, LARGEST))


def _items(tables: Tables, sums: _Sums, curriculum: Curriculum) -> Tables:
    """Move the items; those of one skill alone are centred on its middle, so that the middle stays where it is."""
    pressure = ITEM_SPREAD**-2
    offset = tables.difficulty - curriculum.difficulty
    offset = np.where(
        sums.item_known > 0.0, offset + (sums.item - pressure * offset) / (sums.item_known + pressure), offset
    )
    alone = (np.diff(curriculum.item_skills_at) == 1) & (sums.item_known > 0.0)
    of = curriculum.item_skills[curriculum.item_skills_at[:-1]]
    count = len(curriculum.skills)
    weight = np.bincount(of[alone], weights=sums.item_known[alone], minlength=count)
    middle = np.bincount(of[alone], weights=(sums.item_known * offset)[alone], minlength=count) / (weight + 1e-12)
    offset[alone] -= middle[of[alone]]
    return tables._replace(difficulty=curriculum.difficulty + np.clip(offset, -LARGEST, LARGEST))


def _search(
    log: Log, curriculum: Curriculum, tables: Tables, parameters: GaussianParameters, until: float, reach: float
) -> GaussianParameters:
    shipped = np.log([asdict(SHIPPED.parameters)[name] for name in SEARCHED])
    sample = _sample(log)

    def made(logs: Floats) -> GaussianParameters:
        values = dict(zip(SEARCHED, np.exp(np.clip(logs, -9.0, 1.5)).tolist(), strict=True))
        return replace(parameters, **(values | {"transfer": min(values["transfer"], 0.95)}))

    def loss(logs: Floats) -> float:
        used, total = tables._replace(parameters=np.array(list(asdict(made(logs)).values()))), 0.0
        for chunk in sample:
            rows = fitted_rows(chunk, until)
            p = np.clip(stream(chunk, curriculum, used).predicted[rows], 1e-9, 1.0 - 1e-9)
            y = solved(chunk)[rows]
            total -= float((y * np.log(p) + (1.0 - y) * np.log1p(-p)).sum())
        return total + float((((logs - shipped) / LOG_SPREAD) ** 2).sum()) / 2.0

    start = np.log([max(asdict(parameters)[name], 1e-5) for name in SEARCHED])
    simplex = np.vstack([start, *(start + reach * axis for axis in np.eye(len(SEARCHED)))])
    options = {"maxfev": SEARCHES, "xatol": 0.1, "fatol": 0.1, "initial_simplex": simplex}
    return made(minimize(loss, start, method="Nelder-Mead", options=options).x)


def _sample(log: Log) -> list[Chunk]:
    """Whole chunks, evenly from the log, until there are rows enough."""
    taken: list[Chunk] = []
    total, rows = len(log), 0
    step = max(1, total // 16)
    for begin in range(step):
        for number in range(begin, total, step):
            if rows >= SAMPLE:
                return taken
            taken.append(log[number])
            rows += len(taken[-1].item)
    return taken
