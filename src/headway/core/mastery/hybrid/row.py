"""One response ahead: describe it, score it, absorb it. The live model and the fit on logs run these very functions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.additive import Additive
from headway.core.mastery.hybrid import layout as at
from headway.core.mastery.hybrid.context import Context, pair_place
from headway.core.mastery.hybrid.describe import (
    Row,
    describe_core,
    describe_learner,
    describe_pace,
    describe_traces,
)
from headway.core.mastery.hybrid.memory import (
    blank_items,
    blank_own,
    remember_context,
    remember_help,
    remember_item,
    remember_own,
    remember_pace,
    remember_skill,
    remember_skill_surprise,
    remember_surprise,
)
from headway.core.mastery.hybrid.transfer import Transfer, give_and_take, push


class Core(NamedTuple):
    """The additive core's weights (see ``core.mastery.additive``), each list ended by the unknown one's zero."""

    dense: Floats
    item: Floats
    skill: Floats
    tries: Floats
    right: Floats


class Memory(NamedTuple):
    """What is remembered of one learner: ``own`` [OWN], ``items`` [RECENT_ITEMS, RECENT], ``traces`` [rows, TRACE] and
    the transfer vector ``h``; see ``layout``."""

    own: Floats
    items: NDArray[np.float64]
    traces: NDArray[np.float64]
    h: Floats


def core_of(fitted: Additive) -> Core:
    """Return a fitted core with an unknown item and an unknown skill at the end of its lists."""
    ended = [np.append(part, 0.0) for part in (fitted.item, fitted.skill, fitted.tries, fitted.right)]
    return Core(fitted.dense, *ended)


def blank_memory(rows: int, width: int) -> Memory:
    """Return the memory of a new learner with ``rows`` skills and a transfer vector of ``width``."""
    return Memory(blank_own(), blank_items(), np.zeros((rows, at.TRACE)), np.zeros(width))


@compiled
def score(x: Row, traces: Floats, places: Ints, first: int, last: int, core: Core, item: int, skills: Ints) -> float:
    """Return the core's logit of an item, whose columns are in ``x``."""
    total = core.item[item]
    for n in range(at.CORE):
        total += core.dense[n] * x[n]
    for m in range(first, last):
        skill, place = skills[m], places[m]
        total += (
            core.skill[skill]
            + core.tries[skill] * np.log1p(traces[place, at.TRIES])
            + core.right[skill] * np.log1p(traces[place, at.RIGHT])
        )
    return float(total)


@compiled
def describe(
    x: Row,
    parts: Floats,
    memory: Memory,
    core: Core,
    transfer: Transfer,
    context: Context,
    item: int,
    slot: int,
    skills: Ints,
    places: Ints,
    first: int,
    last: int,
    now: float,
    timed: bool,
) -> float:
    """Write all columns into ``x`` and return the core's logit. ``item`` and ``skills`` are rows of the tables."""
    own, skill = memory.own, skills[first]
    describe_core(x, own, memory.traces, places, first, last, memory.items, slot, skill, now, timed)
    logit = score(x, memory.traces, places, first, last, core, item, skills)
    parts[:] = 0.0
    give_and_take(memory.h, transfer.vectors, core.skill.shape[0] + item, skills, first, last, parts)
    n = at.CORE
    x[n], x[n + 1] = logit, logit + parts[0] + parts[1] + parts[2] + parts[3]
    for k in range(4):
        x[n + 2 + k] = parts[k]
    _describe_context(x, own, core, context, item, skills, first, last)
    describe_learner(x, own, memory.items, slot, skill, last - first)
    describe_traces(x, own, memory.traces, places, first, last)
    describe_pace(x, own)
    return logit


@compiled
def _describe_context(
    x: Row, own: Floats, core: Core, context: Context, item: int, skills: Ints, first: int, last: int
) -> None:
    n, share, items = at.CORE + 6, 1.0 / (last - first), context.items
    ease, odds, rarest = 0.0, 0.0, np.inf
    for m in range(first, last):
        ease += share * core.skill[skills[m]]
        odds += share * context.odds[skills[m]]
        rarest = min(rarest, context.skill_seen[skills[m]])
    x[n], x[n + 1] = core.item[item], context.seen[item]
    x[n + 2], x[n + 3] = odds + context.first[item], odds + context.again[item]
    x[n + 4], x[n + 5] = ease, rarest
    for k in range(6, 11):
        x[n + k] = 0.0
    if own[at.TRIES] == 0.0:
        return
    outcome, before = (1 if own[at.LAST] > 0.0 else 0), int(own[at.ITEM])
    x[n + 6] = context.after[item, outcome]
    place = pair_place(context.pair_key, before, outcome, item, items)
    if place >= 0:
        x[n + 7], x[n + 8] = context.pair_value[place], context.pair_seen[place]
    place = pair_place(context.pair_key, int(own[at.ITEM_BEFORE]), int(own[at.OUTCOME_BEFORE]), item, items)
    if place >= 0:
        x[n + 9] = context.pair_value[place]
    place = pair_place(context.skill_pair_key, int(own[at.SKILL]), outcome, skills[first], context.skills)
    if place >= 0:
        x[n + 10] = context.skill_pair_value[place]


@compiled
def absorb_core(
    memory: Memory,
    core: Core,
    transfer: Transfer,
    item: int,
    key: float,
    slot: int,
    skills: Ints,
    places: Ints,
    first: int,
    last: int,
    y: float,
    chance: float,
    now: float,
    helped: float,
) -> None:
    """Fold a response into what the core and the transfer read."""
    push(
        memory.h,
        transfer.vectors,
        transfer.decay,
        transfer.gain,
        core.skill.shape[0] + item,
        skills,
        first,
        last,
        y - chance,
    )
    remember_own(memory.own, y, now)
    remember_help(memory.own, memory.traces, -1, helped)
    for m in range(first, last):
        remember_skill(memory.traces, places[m], y, now)
        remember_help(memory.own, memory.traces, places[m], helped)
    remember_item(memory.items, slot, key, y, memory.own[at.TRIES])
    memory.own[at.SKILL] = skills[first]


@compiled
def absorb(
    memory: Memory,
    core: Core,
    transfer: Transfer,
    item: int,
    key: float,
    slot: int,
    skills: Ints,
    places: Ints,
    first: int,
    last: int,
    y: float,
    logit: float,
    now: float,
    timed: bool,
    helped: float,
    seconds: float,
) -> None:
    """Fold a response into the whole memory, in place; ``logit`` is what the core had said of it."""
    own, chance = memory.own, 1.0 / (1.0 + np.exp(-logit))
    stays = own[at.TRIES] > 0.0 and own[at.SKILL] == skills[first] and own[at.SKILLS] == last - first
    remember_pace(own, now - own[at.AT] if timed else 0.0, seconds)
    remember_surprise(own, y, chance, slot >= 0)
    absorb_core(memory, core, transfer, item, key, slot, skills, places, first, last, y, chance, now, helped)
    for m in range(first, last):
        remember_skill_surprise(memory.traces, places[m], y, chance, own[at.TRIES])
    remember_context(own, item, skills[first], last - first, logit, core.item[item], stays, y)
