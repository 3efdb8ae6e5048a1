"""``hybrid-1`` behind the seam of learner models: it predicts for a live learner what the fit would predict on a log.

Mean and variance of every skill come from the Gaussian layer, so that ability stays on the product's one scale; the
chances of items come from core, transfer, corrector and calibration. The memory travels in ``State.memory``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled, copy_into
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.frame import Longs
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.hybrid import layout as at
from headway.core.mastery.hybrid.artefact import Artefact, dump, load, version_of
from headway.core.mastery.hybrid.describe import describe_core
from headway.core.mastery.hybrid.memory import slot_of
from headway.core.mastery.hybrid.row import Memory, absorb, blank_memory, describe, score
from headway.core.mastery.hybrid.scorer import Bits, leaf_sum, scorer_of, strike
from headway.core.mastery.hybrid.tables import (
    PackedScorer,
    Tables,
    context_in,
    opened,
    packed_scorer,
    rows_in,
    scorer_in,
    tables,
    unknown_in,
)
from headway.core.mastery.kernels import Keys, find
from headway.core.mastery.state import NO_MEMORY, Belief, Evidence, SkillStates, State
from headway.core.mastery.tied import TAG, TiedGaussian

_ITEMS_AT, _H_AT = 1 + at.OWN, 1 + at.OWN + at.RECENT_ITEMS * at.RECENT
"""Where recent items and the transfer vector begin in a stored memory; the skills' traces follow the vector."""
_OF_LEARNER = np.array([n for n, name in enumerate(at.NAMES) if name in at.OF_LEARNER], np.int32)
_OF_ITEM = np.array([n for n, name in enumerate(at.NAMES) if name not in at.OF_LEARNER], np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class HybridBelief(Belief):
    """A belief that also holds what predicting needs: the stored memory with a blank trace at its end (``packed``), where
    traces begin in it, and the moment."""

    packed: Floats
    traces_at: int
    now: float

    @property
    def memory(self) -> Memory:
        """The memory, its last trace that of a skill never practised."""
        return _views(self.packed, self.traces_at)


@dataclass(frozen=True, slots=True, eq=False)
class ServedHybrid:
    """The model as the loop uses it. Make it with :func:`serve` or :func:`serve_bytes`."""

    artefact: Artefact
    name: str
    tag: float
    gaussian: Gaussian | TiedGaussian
    scorer: PackedScorer
    traces_at: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "traces_at", _H_AT + len(self.artefact.model.layers.transfer.decay))

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level who has shown nothing yet."""
        return self.gaussian.initial(level)

    def belief(self, state: State, curriculum: Curriculum, now: float) -> HybridBelief:
        """Return mean and variance of every skill at ``now``, and the memory that predictions read."""
        belief, flat = self.gaussian.belief(state, curriculum, now), self._flat(state)
        end = self.traces_at + len(state.skills) * at.TRACE
        packed = np.zeros(end + at.TRACE)
        packed[:end] = flat[:end]
        return HybridBelief(belief.mean, belief.variance, belief.row, packed, self.traces_at, now)

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right, unaided first answer to each item. Raises TypeError for a belief of another
        model."""
        if not isinstance(belief, HybridBelief):
            raise TypeError(f"{self.name} predicts from beliefs of its own: call its belief() first")
        c, model, s = curriculum, self.artefact.model, self.scorer
        less = _predict(
            belief.packed, belief.traces_at, *tables(self.artefact, c), s.singles, s.ints, s.masks, s.leaves, s.at,
            items, c.item_skills_at, c.item_skills, belief.row, belief.now, model.shift, model.slope,
        )  # fmt: skip
        np.exp(less, out=less)
        less += 1.0
        np.divide(1.0, less, out=less)
        return less

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response. The memory takes in unrevealed first attempts; right after hints counts
        as not solved, as in the criterion."""
        e, c = evidence, curriculum
        moved = self.gaussian.update(self.ability_layer(state)[1], c, e)
        packed = _updated(
            self._flat(state), self.traces_at, state.skills, moved.skills, moved.memory, *tables(self.artefact, c), c.keys,
            e.skills, e.item, e.attempt == 1 and not e.shown, e.correct and e.hints == 0, e.at, e.hints > 0,
            max(e.seconds, 0.0),
        )  # fmt: skip
        packed.flags.writeable = False
        return State(moved.overall_mean, moved.overall_variance, moved.skills, packed)

    def unpack(self, state: State) -> Memory:
        """Return a copy of the memory in a state. A state of another model, or of another version of this one, gives the
        counts of its skills and nothing else; replaying the learner's log gives all of it."""
        return _views(self._flat(state)[: self.traces_at + len(state.skills) * at.TRACE].copy(), self.traces_at)

    def _flat(self, state: State) -> Floats:
        """The stored memory; the ability layer's own may stand behind it."""
        if len(state.memory) and state.memory[0] == self.tag:
            return state.memory
        memory = _from_counts(state, self.traces_at - _H_AT)
        return np.concatenate([[self.tag], memory.own, memory.items.ravel(), memory.h, memory.traces.ravel()])

    def ability_layer(self, state: State) -> tuple[Gaussian | TiedGaussian, State]:
        """Return the model of ability and the state as it knows it."""
        mine, rows = len(state.memory) > 0 and state.memory[0] == self.tag, len(state.skills)
        layers = state.memory[self.traces_at + rows * at.TRACE :] if mine else state.memory
        kept = layers if len(layers) and layers[0] == TAG else NO_MEMORY
        return self.gaussian, State(state.overall_mean, state.overall_variance, state.skills, kept)


def serve(artefact: Artefact) -> ServedHybrid:
    """Return the model of an artefact, named ``hybrid-1:`` and its version."""
    return _served(artefact, version_of(dump(artefact)))


def serve_bytes(data: bytes) -> ServedHybrid:
    """Return the model of dumped bytes. Raises ValueError if they are something else."""
    return _served(load(data), version_of(data))


def _served(artefact: Artefact, version: str) -> ServedHybrid:
    scorer = packed_scorer(scorer_of(artefact.model.forest, len(at.NAMES)))
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


@compiled
def _views(packed: Floats, traces_at: int) -> Memory:
    """The parts of a stored memory that ends with its traces, in place."""
    rows = (packed.shape[0] - traces_at) // at.TRACE
    return Memory(
        packed[1:_ITEMS_AT],
        packed[_ITEMS_AT:_H_AT].reshape(at.RECENT_ITEMS, at.RECENT),
        packed[traces_at : traces_at + rows * at.TRACE].reshape(rows, at.TRACE),
        packed[_H_AT:traces_at],
    )


@compiled
def _with_room(flat: Floats, begin: int, old: SkillStates, new: SkillStates, layer: Floats) -> Floats:
    """A copy of a stored memory with a blank trace for each skill that is new, and the ability layer's memory behind."""
    wide, row, end = at.TRACE, 0, begin + new.shape[0] * at.TRACE
    packed = np.zeros(end + layer.shape[0])
    packed[:begin], packed[end:] = flat[:begin], layer
    for place in range(new.shape[0]):
        if row < old.shape[0] and old[row].key == new[place].key:
            for n in range(wide):
                packed[begin + place * wide + n] = flat[begin + row * wide + n]
            row += 1
    return packed


@compiled
def _updated(
    flat: Floats,
    traces_at: int,
    old: SkillStates,
    new: SkillStates,
    layer: Floats,
    floats: Floats,
    ints: Ints,
    longs: Longs,
    ends: Longs,
    keys: Keys,
    skills: Ints,
    number: int,
    counts: bool,
    solved: bool,
    now: float,
    helped: bool,
    seconds: float,
) -> Floats:
    """Return the stored memory after a response to item ``number``, which is folded in if it ``counts``."""
    packed = _with_room(flat, traces_at, old, new, layer)
    if not counts:
        return packed
    memory, count = _views(packed[: traces_at + new.shape[0] * at.TRACE], traces_at), skills.shape[0]
    held = Tables(floats, ints, longs, ends)
    core, transfer = opened(held)
    item_rows, skill_rows, item_keys = rows_in(held)
    known = number >= 0
    item, key = (int(item_rows[number]), item_keys[number]) if known else (unknown_in(held), -2.0)
    own, places = np.empty(count, np.int32), np.empty(count, np.int32)
    for n in range(count):
        own[n], places[n] = skill_rows[skills[n]], find(new, keys[skills[n]])
    x, slot = np.empty(at.CORE, np.float32), slot_of(memory.items, key)
    describe_core(x, memory.own, memory.traces, places, 0, count, memory.items, slot, own[0], now, True)
    logit = score(x, memory.traces, places, 0, count, core, item, own)
    absorb(
        memory, core, transfer, item, key, slot, own, places, 0, count, 1.0 if solved else 0.0, logit, now, True,
        1.0 if helped else 0.0, seconds,
    )  # fmt: skip
    return packed


@compiled
def _predict(
    packed: Floats,
    traces_at: int,
    floats: Floats,
    ints: Ints,
    longs: Longs,
    ends: Longs,
    singles: NDArray[np.float32],
    places_in: Ints,
    masks: Bits,
    leaves: Floats,
    begins: Longs,
    items: Ints,
    skills_at: Ints,
    skills: Ints,
    rows: NDArray[np.int64],
    now: float,
    shift: float,
    slope: float,
) -> Floats:
    """Return the calibrated logits of the items with their signs turned."""
    memory, held = _views(packed, traces_at), Tables(floats, ints, longs, ends)
    scorer, context = scorer_in(PackedScorer(singles, places_in, masks, leaves, begins)), context_in(held)
    core, transfer = opened(held)
    item_rows, skill_rows, item_keys = rows_in(held)
    x, parts, out = np.empty(len(at.NAMES), np.float32), np.zeros(4), np.empty(items.shape[0])
    own, blank = np.empty(64, np.int32), memory.traces.shape[0] - 1
    places, shared, bits = np.empty(64, np.int32), scorer.every.copy(), scorer.every.copy()
    for n in range(items.shape[0]):
        number = items[n]
        begin, count = skills_at[number], min(skills_at[number + 1] - skills_at[number], 64)
        for k in range(count):
            skill = skills[begin + k]
            own[k] = skill_rows[skill]
            places[k] = rows[skill] if rows[skill] >= 0 else blank
        slot = slot_of(memory.items, item_keys[number])
        describe(
            x, parts, memory, core, transfer, context, item_rows[number], slot, own, places, 0, count, now, True
        )  # fmt: skip
        if n == 0:
            strike(x, scorer, _OF_LEARNER, shared)
        copy_into(bits, shared)
        strike(x, scorer, _OF_ITEM, bits)
        out[n] = -(shift + slope * (x[at.CORE + 1] + leaf_sum(scorer, bits)))
    return out
