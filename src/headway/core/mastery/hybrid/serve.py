"""``hybrid-1`` behind the seam of learner models: it predicts for a live learner what the fit would predict on a log.

Mean and variance of every skill come from the Gaussian layer, so that ability stays on the product's one scale; the
chances of items come from core, transfer, corrector and calibration. The memory travels in ``State.memory``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints, stable_key
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.hybrid import layout as at
from headway.core.mastery.hybrid.artefact import Artefact, dump, load, version_of
from headway.core.mastery.hybrid.context import Context
from headway.core.mastery.hybrid.describe import describe_core
from headway.core.mastery.hybrid.memory import slot_of
from headway.core.mastery.hybrid.row import Core, Memory, absorb, blank_memory, describe, score
from headway.core.mastery.hybrid.scorer import Scorer, leaf_sum, scorer_of, strike
from headway.core.mastery.hybrid.transfer import Transfer
from headway.core.mastery.state import NO_MEMORY, Belief, Evidence, State
from headway.core.mastery.tied import TAG, TiedGaussian

_ITEMS_AT, _H_AT = 1 + at.OWN, 1 + at.OWN + at.RECENT_ITEMS * at.RECENT
"""Where recent items and the transfer vector begin in a stored memory; the skills' traces follow the vector."""
_OF_LEARNER = np.array([n for n, name in enumerate(at.NAMES) if name in at.OF_LEARNER], np.int32)
_OF_ITEM = np.array([n for n, name in enumerate(at.NAMES) if name not in at.OF_LEARNER], np.int32)


class Bound(NamedTuple):
    """A model's tables for one curriculum: ``item`` int32 [I] and ``skill`` int32 [S] are the rows of its items and
    skills, ``key`` float64 [I] the items' keys. Items that the model does not know have rows of their own at the end."""

    core: Core
    transfer: Transfer
    context: Context
    item: Ints
    skill: Ints
    key: Floats


@dataclass(frozen=True, slots=True, eq=False)
class HybridBelief(Belief):
    """A belief that also holds what predicting needs: memory (with a blank row at the end) and the moment."""

    memory: Memory
    now: float


@dataclass(frozen=True, slots=True, eq=False)
class ServedHybrid:
    """The model as the loop uses it. Make it with :func:`serve` or :func:`serve_bytes`."""

    artefact: Artefact
    name: str
    tag: float
    gaussian: Gaussian | TiedGaussian
    scorer: Scorer

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level who has shown nothing yet."""
        return self.gaussian.initial(level)

    def belief(self, state: State, curriculum: Curriculum, now: float) -> HybridBelief:
        """Return mean and variance of every skill at ``now``, and the memory that predictions read."""
        belief, memory = self.gaussian.belief(state, curriculum, now), self.unpack(state)
        traces = np.zeros((len(state.skills) + 1, at.TRACE))
        traces[:-1] = memory.traces
        return HybridBelief(belief.mean, belief.variance, belief.row, memory._replace(traces=traces), now)

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right, unaided first answer to each item. Raises TypeError for a belief of another
        model."""
        if not isinstance(belief, HybridBelief):
            raise TypeError(f"{self.name} predicts from beliefs of its own: call its belief() first")
        model, out = self.artefact.model, np.empty(len(items))
        bound = bind(self.artefact, curriculum)
        c = curriculum
        _predict(belief.memory, bound, self.scorer, items, c.item_skills_at, c.item_skills, belief.row, belief.now, out)
        return np.asarray(1.0 / (1.0 + np.exp(-(model.shift + model.slope * out))))

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response. The memory takes in unrevealed first attempts; right after hints counts
        as not solved, as in the criterion."""
        e, moved = evidence, self.gaussian.update(self.ability_layer(state)[1], curriculum, evidence)
        packed = self._room(state, moved)
        if e.attempt == 1 and not e.shown:
            bound, known = bind(self.artefact, curriculum), e.item >= 0
            item = int(bound.item[e.item]) if known else len(self.artefact.items)
            key = float(bound.key[e.item]) if known else -2.0
            places = np.searchsorted(moved.skills["key"], curriculum.keys[e.skills]).astype(np.int32)
            solved = 1.0 if e.correct and e.hints == 0 else 0.0
            helped = 1.0 if e.hints > 0 else 0.0
            memory = self._views(packed, len(moved.skills))
            _absorb(memory, bound, item, key, bound.skill[e.skills], places, solved, e.at, helped, max(e.seconds, 0.0))
        packed.flags.writeable = False
        return State(moved.overall_mean, moved.overall_variance, moved.skills, packed)

    def unpack(self, state: State) -> Memory:
        """Return a copy of the memory in a state. A state of another model, or of another version of this one, gives the
        counts of its skills and nothing else; replaying the learner's log gives all of it."""
        if len(state.memory) == 0 or state.memory[0] != self.tag:
            return _from_counts(state, len(self.artefact.model.layers.transfer.decay))
        return self._views(state.memory.copy(), len(state.skills))

    @property
    def _traces_at(self) -> int:
        return _H_AT + len(self.artefact.model.layers.transfer.decay)

    def _views(self, packed: Floats, rows: int) -> Memory:
        """The parts of a stored memory, in place. The ability layer's own memory stands behind them."""
        begin = self._traces_at
        return Memory(
            packed[1:_ITEMS_AT],
            packed[_ITEMS_AT:_H_AT].reshape(at.RECENT_ITEMS, at.RECENT),
            packed[begin : begin + rows * at.TRACE].reshape(rows, at.TRACE),
            packed[_H_AT:begin],
        )

    def ability_layer(self, state: State) -> tuple[Gaussian | TiedGaussian, State]:
        """Return the model of ability and the state as it knows it."""
        mine, rows = len(state.memory) > 0 and state.memory[0] == self.tag, len(state.skills)
        layers = state.memory[self._traces_at + rows * at.TRACE :] if mine else state.memory
        kept = layers if len(layers) and layers[0] == TAG else NO_MEMORY
        return self.gaussian, State(state.overall_mean, state.overall_variance, state.skills, kept)

    def _room(self, state: State, moved: State) -> Floats:
        """A copy of the stored memory with a blank trace for each skill that is new and the ability layer's memory."""
        flat, begin, rows = state.memory, self._traces_at, len(moved.skills)
        if len(flat) == 0 or flat[0] != self.tag:
            memory = self.unpack(state)
            flat = np.concatenate([[self.tag], memory.own, memory.items.ravel(), memory.h, memory.traces.ravel()])
        end = begin + rows * at.TRACE
        packed = np.zeros(end + len(moved.memory))
        packed[:begin], packed[end:] = flat[:begin], moved.memory
        kept = flat[begin : begin + len(state.skills) * at.TRACE]
        if rows == len(state.skills):
            packed[begin:end] = kept
        else:
            old = np.searchsorted(moved.skills["key"], state.skills["key"])
            packed[begin:end].reshape(rows, at.TRACE)[old] = kept.reshape(-1, at.TRACE)
        return packed


def serve(artefact: Artefact) -> ServedHybrid:
    """Return the model of an artefact, named ``hybrid-1:`` and its version."""
    return _served(artefact, version_of(dump(artefact)))


def serve_bytes(data: bytes) -> ServedHybrid:
    """Return the model of dumped bytes. Raises ValueError if they are something else."""
    return _served(load(data), version_of(data))


def _served(artefact: Artefact, version: str) -> ServedHybrid:
    scorer = scorer_of(artefact.model.forest, len(at.NAMES))
    layer = Gaussian(artefact.gaussian) if artefact.scale == "gaussian-1" else TiedGaussian(artefact.gaussian)
    return ServedHybrid(artefact, f"hybrid-1:{version}", float(int(version, 16)), layer, scorer)


def _from_counts(state: State, width: int) -> Memory:
    memory = blank_memory(len(state.skills), width)
    tries, right = state.skills["n"].astype(np.float64), state.skills["right"].astype(np.float64)
    memory.traces[:, at.TRIES], memory.traces[:, at.RIGHT] = tries, right
    memory.traces[:, at.AT] = state.skills["last_at"]
    memory.own[at.TRIES], memory.own[at.RIGHT] = tries.sum(), right.sum()
    memory.own[at.AT] = state.skills["last_at"].max(initial=0.0)
    return memory


@lru_cache(maxsize=16)
def bind(artefact: Artefact, curriculum: Curriculum) -> Bound:
    """Return the tables for a curriculum. An item that the model does not know is as hard as the curriculum says."""
    layers, c = artefact.model.layers, curriculum
    rows = {name: n for n, name in enumerate(artefact.items)}
    skills = {name: n for n, name in enumerate(artefact.skills)}
    blank, extra = len(rows), [name for name in c.items if name not in rows]
    rows |= {name: blank + 1 + n for n, name in enumerate(extra)}
    numbers = [c.item_number[name] for name in extra]
    usual = [float(c.base[c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]]].mean()) for n in numbers]
    ease = np.array(usual) - c.difficulty[numbers] if numbers else np.zeros(0)
    more = np.zeros(len(extra))
    core = layers.core._replace(item=np.concatenate([layers.core.item, ease]))
    vectors = np.concatenate(
        [layers.transfer.vectors, np.zeros((3, len(extra), layers.transfer.vectors.shape[2]))], axis=1
    )
    context = layers.context._replace(
        seen=np.concatenate([layers.context.seen, more]),
        first=np.concatenate([layers.context.first, ease]),
        again=np.concatenate([layers.context.again, more]),
        after=np.concatenate([layers.context.after, np.zeros((len(extra), 2))]),
    )
    return Bound(
        core,
        layers.transfer._replace(vectors=vectors),
        context,
        np.array([rows[name] for name in c.items], np.int32),
        np.array([skills.get(skill.id, len(skills)) for skill in c.skills], np.int32),
        np.array([float(stable_key(name) >> 12) for name in c.items]),
    )


@compiled
def _absorb(
    memory: Memory,
    bound: Bound,
    item: int,
    key: float,
    skills: Ints,
    places: Ints,
    y: float,
    now: float,
    helped: float,
    seconds: float,
) -> None:
    x, count, slot = np.empty(at.CORE, np.float32), skills.shape[0], slot_of(memory.items, key)
    own, traces = memory.own, memory.traces
    describe_core(x, own, traces, places, 0, count, memory.items, slot, skills[0], now, True)
    logit = score(x, traces, places, 0, count, bound.core, item, skills)
    absorb(
        memory, bound.core, bound.transfer, item, key, slot, skills, places, 0, count, y, logit, now, True, helped,
        seconds,
    )  # fmt: skip


@compiled
def _predict(
    memory: Memory,
    bound: Bound,
    scorer: Scorer,
    items: Ints,
    skills_at: Ints,
    skills: Ints,
    rows: NDArray[np.int64],
    now: float,
    out: Floats,
) -> None:
    x, parts = np.empty(len(at.NAMES), np.float32), np.zeros(4)
    own, blank = np.empty(64, np.int32), memory.traces.shape[0] - 1
    places, shared, bits = np.empty(64, np.int32), scorer.every.copy(), scorer.every.copy()
    for n in range(items.shape[0]):
        number = items[n]
        begin, count = skills_at[number], min(skills_at[number + 1] - skills_at[number], 64)
        for k in range(count):
            skill = skills[begin + k]
            own[k] = bound.skill[skill]
            places[k] = rows[skill] if rows[skill] >= 0 else blank
        slot = slot_of(memory.items, bound.key[number])
        describe(
            x, parts, memory, bound.core, bound.transfer, bound.context, bound.item[number], slot, own, places, 0,
            count, now, True,
        )  # fmt: skip
        if n == 0:
            strike(x, scorer, _OF_LEARNER, shared)
        bits[:] = shared
        strike(x, scorer, _OF_ITEM, bits)
        out[n] = x[at.CORE + 1] + leaf_sum(scorer, bits)
