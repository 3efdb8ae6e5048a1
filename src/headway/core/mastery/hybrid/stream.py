"""Running the learners of a log through the model, each from a blank memory, one response ahead."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headway.core.compiled import compiled, copy_into
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.features import Features, Singles
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.hybrid import layout as at
from headway.core.mastery.hybrid.context import Context
from headway.core.mastery.hybrid.describe import describe_core
from headway.core.mastery.hybrid.memory import remember_help, remember_item, remember_own, remember_skill, slot_of
from headway.core.mastery.hybrid.row import Core, Memory, absorb, absorb_core, blank_memory, describe, score
from headway.core.mastery.hybrid.scorer import Scorer, leaf_sum, strike
from headway.core.mastery.hybrid.transfer import Transfer, give_and_take, no_transfer
from headway.core.mastery.metrics import Labels


class Log(NamedTuple):
    """The columns of a frame that the stream reads."""

    starts: Longs
    item: Ints
    skills_at: Longs
    skills: Ints
    correct: Labels
    at: Floats
    helped: Labels
    seconds: Singles
    timed: bool


def log_of(frame: Frame) -> Log:
    """Return the columns of a frame."""
    f = frame
    return Log(f.starts, f.item, f.skills_at, f.skills, f.correct, f.at, f.helped, f.seconds, f.timed)


def core_features(frame: Frame) -> Features:
    """Compute the core's columns for all rows, and each skill's own counts."""
    dense = np.zeros((len(frame.item), at.CORE), np.float32)
    tries, right = np.zeros(len(frame.skills), np.float32), np.zeros(len(frame.skills), np.float32)
    blank = blank_memory(frame.skill_count, 4)
    _core_features(log_of(frame), blank, dense, tries, right)
    return Features(dense, tries, right)


def core_logits(frame: Frame, learners: Longs, core: Core, transfer: Transfer | None = None) -> Floats:
    """Stream the learners (ids) through the core and, if given, the transfer; logits [N], 0 on all other rows."""
    out = np.zeros(len(frame.item))
    chosen = np.flatnonzero(np.isin(frame.students, learners))
    passing = transfer if transfer is not None else no_transfer(frame.skill_count, frame.items)
    blank = blank_memory(frame.skill_count, len(passing.decay))
    _core_stream(chosen, log_of(frame), blank, core, passing, transfer is not None, out)
    return out


def describe_all(frame: Frame, learners: Longs, core: Core, transfer: Transfer, context: Context, out: Singles) -> None:
    """Write the corrector's columns of the learners' rows into ``out`` [N, len(NAMES)]."""
    chosen = np.flatnonzero(np.isin(frame.students, learners))
    blank = blank_memory(frame.skill_count, len(transfer.decay))
    _describe_all(chosen, log_of(frame), blank, core, transfer, context, out)


def predict_all(
    frame: Frame, learners: Longs, core: Core, transfer: Transfer, context: Context, scorer: Scorer
) -> Floats:
    """Stream the learners through the whole model; logits [N] before calibration, 0 on all other rows."""
    out = np.zeros(len(frame.item))
    chosen = np.flatnonzero(np.isin(frame.students, learners))
    blank = blank_memory(frame.skill_count, len(transfer.decay))
    _predict_all(chosen, log_of(frame), blank, core, transfer, context, scorer, out)
    return out


@compiled
def _reset(memory: Memory, blank: Memory) -> None:
    copy_into(memory.own, blank.own)
    for place in range(memory.items.shape[0]):
        for column in range(memory.items.shape[1]):
            memory.items[place, column] = blank.items[place, column]
    memory.traces[:] = 0.0
    memory.h[:] = 0.0


@compiled
def _core_features(log: Log, memory: Memory, dense: Singles, tries: Singles, right: Singles) -> None:
    blank = Memory(memory.own.copy(), memory.items.copy(), memory.traces[:0].copy(), memory.h.copy())
    own, traces = memory.own, memory.traces
    for learner in range(log.starts.shape[0] - 1):
        _reset(memory, blank)
        for r in range(log.starts[learner], log.starts[learner + 1]):
            first, last, y, now = log.skills_at[r], log.skills_at[r + 1], float(log.correct[r]), log.at[r]
            slot, skill = slot_of(memory.items, log.item[r]), log.skills[first]
            describe_core(dense[r], own, traces, log.skills, first, last, memory.items, slot, skill, now, log.timed)
            remember_own(own, y, now)
            remember_help(own, traces, -1, float(log.helped[r]))
            for m in range(first, last):
                place = log.skills[m]
                tries[m], right[m] = np.log1p(traces[place, at.TRIES]), np.log1p(traces[place, at.RIGHT])
                remember_skill(traces, place, y, now)
                remember_help(own, traces, place, float(log.helped[r]))
            remember_item(memory.items, slot, log.item[r], y, own[at.TRIES])
            own[at.SKILL] = skill


@compiled
def _core_stream(
    learners: Longs, log: Log, memory: Memory, core: Core, transfer: Transfer, passing: bool, out: Floats
) -> None:
    blank = Memory(memory.own.copy(), memory.items.copy(), memory.traces[:0].copy(), memory.h.copy())
    x, parts = np.empty(at.CORE, np.float32), np.zeros(4)
    skills, items = log.skills, core.skill.shape[0]
    for learner in learners:
        _reset(memory, blank)
        for r in range(log.starts[learner], log.starts[learner + 1]):
            first, last, key, item = log.skills_at[r], log.skills_at[r + 1], float(log.item[r]), log.item[r]
            slot = slot_of(memory.items, key)
            describe_core(
                x,
                memory.own,
                memory.traces,
                skills,
                first,
                last,
                memory.items,
                slot,
                skills[first],
                log.at[r],
                log.timed,
            )
            logit = score(x, memory.traces, skills, first, last, core, item, skills)
            out[r] = logit
            if passing:
                parts[:] = 0.0
                give_and_take(memory.h, transfer.vectors, items + item, skills, first, last, parts)
                out[r] += parts[0] + parts[1] + parts[2] + parts[3]
            y, chance, helped = float(log.correct[r]), 1.0 / (1.0 + np.exp(-logit)), float(log.helped[r])
            absorb_core(
                memory, core, transfer, item, key, slot, skills, skills, first, last, y, chance, log.at[r], helped
            )


@compiled
def _describe_all(
    learners: Longs, log: Log, memory: Memory, core: Core, transfer: Transfer, context: Context, out: Singles
) -> None:
    blank = Memory(memory.own.copy(), memory.items.copy(), memory.traces[:0].copy(), memory.h.copy())
    parts, skills, timed = np.zeros(4), log.skills, log.timed
    for learner in learners:
        _reset(memory, blank)
        for r in range(log.starts[learner], log.starts[learner + 1]):
            first, last, key, item = log.skills_at[r], log.skills_at[r + 1], float(log.item[r]), log.item[r]
            slot, now, y = slot_of(memory.items, key), log.at[r], float(log.correct[r])
            logit = describe(
                out[r], parts, memory, core, transfer, context, item, slot, skills, skills, first, last, now, timed
            )
            absorb(
                memory, core, transfer, item, key, slot, skills, skills, first, last, y, logit, now, timed,
                float(log.helped[r]), log.seconds[r],
            )  # fmt: skip


@compiled
def _predict_all(
    learners: Longs,
    log: Log,
    memory: Memory,
    core: Core,
    transfer: Transfer,
    context: Context,
    scorer: Scorer,
    out: Floats,
) -> None:
    blank = Memory(memory.own.copy(), memory.items.copy(), memory.traces[:0].copy(), memory.h.copy())
    every, bits = np.arange(len(at.NAMES), dtype=np.int32), scorer.every.copy()
    x, parts, skills, timed = np.empty(len(at.NAMES), np.float32), np.zeros(4), log.skills, log.timed
    for learner in learners:
        _reset(memory, blank)
        for r in range(log.starts[learner], log.starts[learner + 1]):
            first, last, key, item = log.skills_at[r], log.skills_at[r + 1], float(log.item[r]), log.item[r]
            slot, now, y = slot_of(memory.items, key), log.at[r], float(log.correct[r])
            logit = describe(
                x, parts, memory, core, transfer, context, item, slot, skills, skills, first, last, now, timed
            )
            copy_into(bits, scorer.every)
            strike(x, scorer, every, bits)
            out[r] = x[at.CORE + 1] + leaf_sum(scorer, bits)
            absorb(
                memory, core, transfer, item, key, slot, skills, skills, first, last, y, logit, now, timed,
                float(log.helped[r]), log.seconds[r],
            )  # fmt: skip
