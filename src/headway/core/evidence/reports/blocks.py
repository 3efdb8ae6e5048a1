"""Which groups of a school may be told, so that no figure shows fewer than ``k`` learners, also not by subtraction.

Learners are sorted in two ways (grade and home language). Each sorting is made coarser until every block of it has ``k``
learners. That is not enough: a grade whose learners nearly all speak one language tells, subtracted from the sum of that
language, of the few others. Whoever knows the sums of two sortings can work out exactly the sums that are linear in them. A set
of learners is among these only if it is a union of blocks of one sorting less the blocks of the other that lie wholly inside of
it; :func:`leaks` looks at every one. Where such a rest has 1 to ``k`` - 1 learners, the second sorting is made coarser again;
with one block left it tells nothing that the first does not. (Complementary suppression; the two-way case of Gusfield, SIAM J.
Computing 17, 1988, for sets in place of single cells.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST = 10
"""Learners that every figure stands for, at least."""
MOST = 12
"""Blocks of one sorting: more of them would make the look at every union long."""

Block = frozenset[str]
Table = Mapping[tuple[str, str], int]
"""Learners by their group in the first and in the second sorting."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of both sortings that may be told together."""

    first: tuple[Block, ...]
    second: tuple[Block, ...]


def blocks_of(table: Table, order: Sequence[str], *, k: int = LEAST) -> Blocks | None:
    """Return what may be told of these learners, None where they are fewer than ``k`` altogether.

    ``order`` names the groups of the first sorting as they follow each other: neighbours are put together. Of the second sorting
    the small groups are put into one block.
    """
    if sum(table.values()) < k:
        return None
    first = _neighbours([(name, _size(table, 0, name)) for name in order], k)
    names = sorted({b for (_, b), n in table.items() if n})
    second = _rest([(name, _size(table, 1, name)) for name in names], k)
    while leaks(table, first, second, k):
        sizes = sorted((sum(_size(table, 1, name) for name in block), sorted(block)) for block in second)
        small = frozenset(sizes[0][1]) | frozenset(sizes[1][1])
        second = (*(block for block in second if not block <= small), small)
    return Blocks(first, tuple(sorted(second, key=sorted)))


def leaks(table: Table, first: Sequence[Block], second: Sequence[Block], k: int) -> bool:
    """Whether the sums over these blocks give away the sum over some set of 1 to ``k`` - 1 learners."""
    both = np.zeros((len(first), len(second)), np.int64)
    row = {name: place for place, block in enumerate(first) for name in block}
    column = {name: place for place, block in enumerate(second) for name in block}
    for (a, b), n in table.items():
        if n:
            both[row[a], column[b]] += n
    return _leaks(both, k) or _leaks(both.T, k)


def _leaks(both: np.ndarray[tuple[int, ...], np.dtype[np.int64]], k: int) -> bool:
    """Whether a union of columns less the rows that lie wholly inside of it leaves a few."""
    count = both.shape[1]
    chosen = (np.arange(1, 1 << count)[:, None] >> np.arange(count)) & 1
    inside = chosen @ both.T
    sizes = both.sum(axis=1)
    rest = inside.sum(axis=1) - np.where(inside == sizes, sizes, 0).sum(axis=1)
    return bool(((rest > 0) & (rest < k)).any())


def _size(table: Table, place: int, name: str) -> int:
    return sum(n for groups, n in table.items() if groups[place] == name)


def _neighbours(sizes: Iterable[tuple[str, int]], k: int) -> tuple[Block, ...]:
    """Put the smallest block together with its smaller neighbour, until none is too small."""
    kept = [({name}, n) for name, n in sizes if n]
    while len(kept) > 1 and (min(n for _, n in kept) < k or len(kept) > MOST):
        place = min(range(len(kept)), key=lambda each: kept[each][1])
        beside = [each for each in (place - 1, place + 1) if 0 <= each < len(kept)]
        other = min(beside, key=lambda each: kept[each][1])
        low = min(place, other)
        kept[low : low + 2] = [(kept[low][0] | kept[low + 1][0], kept[low][1] + kept[low + 1][1])]
    return tuple(frozenset(names) for names, _ in kept)


def _rest(sizes: Iterable[tuple[str, int]], k: int) -> tuple[Block, ...]:
    """Put the small groups into one block, with the next larger ones until that has ``k`` learners."""
    kept = sorted(((n, name) for name, n in sizes if n), reverse=True)
    rest: list[str] = []
    together = 0
    while kept and (kept[-1][0] < k or 0 < together < k or len(kept) > MOST - 1):
        n, name = kept.pop()
        rest.append(name)
        together += n
    blocks = [frozenset({name}) for _, name in kept]
    return tuple([*blocks, frozenset(rest)] if rest else blocks)
