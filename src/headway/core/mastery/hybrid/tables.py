"""A model's tables for one curriculum, and the same packed into four arrays for the loop.

Handing an array to compiled code costs some tenths of a microsecond, and a model has over thirty of them. Packed end to end they
are nine, and compiled code opens them again. They are handed over one by one: a tuple of them takes longer to be recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints, stable_key
from headway.core.mastery.frame import Longs
from headway.core.mastery.hybrid.artefact import Artefact
from headway.core.mastery.hybrid.context import Context
from headway.core.mastery.hybrid.row import Core
from headway.core.mastery.hybrid.scorer import Bits, Scorer
from headway.core.mastery.hybrid.transfer import Transfer


class Bound(NamedTuple):
    """A model's tables for one curriculum: ``item`` int32 [I] and ``skill`` int32 [S] are the rows of its items and
    skills, ``key`` float64 [I] the items' keys. Items that the model does not know have rows of their own at the end."""

    core: Core
    transfer: Transfer
    context: Context
    item: Ints
    skill: Ints
    key: Floats


class Tables(NamedTuple):
    """A :class:`Bound` end to end: its ``floats``, ``ints`` and ``longs``, and in ``at`` where each array begins, then
    how many items and skills the context knows and the row of an unknown item."""

    floats: Floats
    ints: Ints
    longs: Longs
    at: Longs


class PackedScorer(NamedTuple):
    """A :class:`Scorer` end to end; ``at`` says where each array begins, in the order of its fields."""

    singles: NDArray[np.float32]
    ints: Ints
    masks: Bits
    leaves: Floats
    at: Longs


def _packed(parts: Sequence[NDArray[np.generic]]) -> list[int]:
    """Return where each part begins in the row of them all, and where the last one ends."""
    return [0, *np.cumsum([part.size for part in parts]).tolist()]


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


@lru_cache(maxsize=16)
def tables(artefact: Artefact, curriculum: Curriculum) -> Tables:
    """Return the packed tables for a curriculum."""
    bound = bind(artefact, curriculum)
    core, transfer, c = bound.core, bound.transfer, bound.context
    floats = [
        *core, transfer.vectors, transfer.decay, transfer.gain,
        c.seen, c.first, c.again, c.after, c.skill_seen, c.odds, c.pair_value, c.pair_seen, c.skill_pair_value, bound.key,
    ]  # fmt: skip
    ints, longs = [bound.item, bound.skill], [c.pair_key, c.skill_pair_key]
    places = [*_packed(floats), *_packed(ints), *_packed(longs), c.items, c.skills, len(artefact.items)]
    return Tables(
        np.concatenate([np.ravel(part) for part in floats]).astype(np.float64),
        np.concatenate(ints).astype(np.int32),
        np.concatenate(longs).astype(np.int64),
        np.array(places, np.int64),
    )


@compiled
def opened(t: Tables) -> tuple[Core, Transfer]:
    """Return core and transfer of packed tables, as views."""
    f, a = t.floats, t.at
    core = Core(f[a[0] : a[1]], f[a[1] : a[2]], f[a[2] : a[3]], f[a[3] : a[4]], f[a[4] : a[5]])
    wide = a[7] - a[6]
    rows = (a[6] - a[5]) // (3 * wide)
    return core, Transfer(f[a[5] : a[6]].reshape(3, rows, wide), f[a[6] : a[7]], f[a[7] : a[8]])


@compiled
def context_in(t: Tables) -> Context:
    """Return the context of packed tables, as views."""
    f, a, g = t.floats, t.at, t.longs
    return Context(
        f[a[8] : a[9]], f[a[9] : a[10]], f[a[10] : a[11]], f[a[11] : a[12]].reshape((a[12] - a[11]) // 2, 2),
        f[a[12] : a[13]], f[a[13] : a[14]],
        g[a[22] : a[23]], f[a[14] : a[15]], f[a[15] : a[16]],
        g[a[23] : a[24]], f[a[16] : a[17]],
        a[25], a[26],
    )  # fmt: skip


@compiled
def rows_in(t: Tables) -> tuple[Ints, Ints, Floats]:
    """Return the rows of items and of skills, and the items' keys."""
    a = t.at
    return t.ints[a[19] : a[20]], t.ints[a[20] : a[21]], t.floats[a[17] : a[18]]


@compiled
def unknown_in(t: Tables) -> int:
    """Return the row of an item that neither model nor curriculum knows."""
    return int(t.at[27])


def packed_scorer(s: Scorer) -> PackedScorer:
    """Return a forest's served form end to end."""
    singles, masks = [s.above, s.below], [s.above_mask, s.below_mask, s.every]
    ints = [s.above_at, s.above_tree, s.below_at, s.below_tree, s.leaf_at]
    places = [*_packed(singles), *_packed(ints), *_packed(masks)]
    return PackedScorer(
        np.concatenate(singles), np.concatenate(ints), np.concatenate(masks), s.leaves, np.array(places, np.int64)
    )


@compiled
def scorer_in(p: PackedScorer) -> Scorer:
    """Return the served form of a forest again, as views."""
    s, i, m, a = p.singles, p.ints, p.masks, p.at
    return Scorer(
        i[a[3] : a[4]], s[a[0] : a[1]], i[a[4] : a[5]], m[a[9] : a[10]],
        i[a[5] : a[6]], s[a[1] : a[2]], i[a[6] : a[7]], m[a[10] : a[11]],
        m[a[11] : a[12]], i[a[7] : a[8]], p.leaves,
    )  # fmt: skip
