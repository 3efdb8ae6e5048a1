"""Multistage tests: fixed modules instead of single items, chosen by the result so far.

Modules are put together beforehand, so a panel can be looked over, printed on paper, and given where there is no network
(Luecht and Nungester, "Some practical examples of computer-adaptive sequential testing", JEM 35, 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.measurement.adaptive import kernel
from headway.core.measurement.adaptive.design import Design, rules_of
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.scoring import Ability, ability_of
from headway.core.measurement.adaptive.shadow import shadow_items

TYPICAL = ((0.0,), (-0.8, 0.0, 0.8), (-1.2, 0.0, 1.2))
"""Aims in logits of a 1-3-3 panel, for abilities around 0."""


@dataclass(frozen=True, slots=True)
class Module:
    """``items``: places in the bank, easiest first; ``aim``: the ability in logits where the module tells most."""

    aim: float
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Stages of modules by rising aim; the first stage has one."""

    pool: str
    stages: tuple[tuple[Module, ...], ...]


def assemble(pool: Pool, length: int, *, design: Design, aims: Sequence[Sequence[float]] = TYPICAL) -> Panel:
    """Build modules of ``length`` items with the most information at their aims; no item is in two of them.

    Each module keeps the design's ranges by itself. Raises ValueError when the bank has not enough items for that, and
    when the first stage has more than one aim.
    """
    if len(aims) == 0 or len(aims[0]) != 1:
        raise ValueError("the first stage of a panel has one module: give it one aim")
    rules, used = rules_of(design, pool), pool.trial.copy()
    stages: list[tuple[Module, ...]] = []
    for stage in aims:
        made: list[Module] = []
        for aim in sorted(stage):
            value = pool.information[kernel.node_of(pool.nodes, aim)]
            none = np.zeros(len(pool), np.uint8)
            found = shadow_items(pool, rules, value, used, none, np.zeros_like(rules.lower), length)
            if found is None:
                raise ValueError(
                    f"the bank has not enough items for {length} more at {aim:+.1f} logits: make modules shorter"
                )
            used[found] = 1
            items = sorted(found.tolist(), key=lambda item: (float(pool.bank.difficulty[item]), item))
            made.append(Module(aim, tuple(items)))
        stages.append(tuple(made))
    return Panel(pool.version, tuple(stages))


def route(panel: Panel, pool: Pool, stage: int, ability: float) -> Module:
    """Return the module of a stage (from 0) that tells most at an ability in logits."""
    node = kernel.node_of(pool.nodes, ability)
    told = [float(pool.information[node, list(module.items)].sum()) for module in panel.stages[stage]]
    return panel.stages[stage][int(np.argmax(told))]


def next_module(
    panel: Panel, pool: Pool, items: Sequence[int], scores: Sequence[int], *, mean: float = 0.0, variance: float = 1.0
) -> tuple[Module | None, Ability]:
    """Return the module that follows the answers so far (None after the last stage), and the ability by them.

    ``items`` are whole modules in the order given. Raises ValueError for a panel of another bank or a part of a module.
    """
    if panel.pool != pool.version:
        raise ValueError(f"the panel belongs to bank {panel.pool}, this one is {pool.version}: load that one")
    found = ability_of(pool.bank, items, scores, mean=mean, variance=variance)
    left, stage = len(items), 0
    while left > 0 and stage < len(panel.stages):
        left -= len(panel.stages[stage][0].items)
        stage += 1
    if left != 0:
        raise ValueError("a module is not finished: give the scores of all its items")
    return (route(panel, pool, stage, found.theta) if stage < len(panel.stages) else None), found
