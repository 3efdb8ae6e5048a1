"""Scored responses in the form that calibration reads: blocks of persons, sparse or dense.

Persons who met the same items form one pattern, so that what depends on the items alone is computed once a pattern:
once for complete data, once a booklet for booklet data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from headway.core.measurement.items import Floats, Rows

Singles = NDArray[np.float32]
Numbers = NDArray[np.int32]
Scores = NDArray[np.int16]
CHUNK = 1_000_000
"""Responses that are counted at a time, so that counting needs little memory."""
BLOCK = 2048
"""Persons a block: its table of posterior weights stays in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """n scored responses of P persons to J items. ``person`` and ``item`` int32 [n], rows of ``person_ids`` and
    ``item_ids``; sorted by person, then item, each pair at most once. ``score`` int16 [n], from 0. ``group`` int64
    [P], rows of ``groups``; the first group is the reference."""

    person: Numbers
    item: Numbers
    score: Scores
    person_ids: tuple[str, ...]
    item_ids: tuple[str, ...]
    group: Rows
    groups: tuple[str, ...] = ("all",)

    @property
    def highest(self) -> Rows:
        """int64 [J]: the highest score that anybody got on each item; 0 where there is no response."""
        table = self.counts(int(self.score.max())) > 0
        return np.asarray((table * np.arange(table.shape[1])).max(axis=1), dtype=np.int64)

    def counts(self, top: int) -> Floats:
        """float64 [J, top + 1]: responses to each item by score."""
        size = top + 1
        out = np.zeros(len(self.item_ids) * size)
        for start in range(0, len(self.item), CHUNK):
            part = slice(start, start + CHUNK)
            out += np.bincount(self.item[part] * np.int64(size) + self.score[part], minlength=len(out))
        return out.reshape(-1, size)

    @property
    def met(self) -> Rows:
        """int64 [P]: responses of each person."""
        # of the same type as the persons: another one would have all of them copied
        edges = np.searchsorted(self.person, np.arange(len(self.person_ids) + 1, dtype=self.person.dtype))
        return np.asarray(np.diff(edges), dtype=np.int64)

    @property
    def answered(self) -> Rows:
        """int64 [J]: responses to each item."""
        return np.asarray(self.counts(int(self.score.max())).sum(axis=1), dtype=np.int64)

    def keep(self, items: ArrayLike, persons: ArrayLike | None = None) -> Responses:
        """Return the responses to these items (bool [J]) of these persons (bool [P]); persons left without a response
        are dropped, so that every person of the result has one."""
        kept = np.asarray(items, dtype=bool)
        if kept.all() and persons is None and self.met.all():
            return self
        rows = kept[self.item]
        if persons is not None:
            rows &= np.asarray(persons, dtype=bool)[self.person]
        present = np.zeros(len(self.person_ids), bool)
        present[self.person[rows]] = True
        return Responses(
            (np.cumsum(present, dtype=np.int32) - 1)[self.person[rows]],
            (np.cumsum(kept, dtype=np.int32) - 1)[self.item[rows]],
            self.score[rows],
            tuple(np.array(self.person_ids, dtype=object)[present]),
            tuple(np.array(self.item_ids, dtype=object)[kept]),
            self.group[present],
            self.groups,
        )


def responses_of(
    person: ArrayLike,
    item: ArrayLike,
    score: ArrayLike,
    *,
    person_ids: Sequence[str] | None = None,
    item_ids: Sequence[str] | None = None,
    group: ArrayLike | None = None,
    groups: Sequence[str] = ("all",),
) -> Responses:
    """Make responses from triples.

    ``person`` and ``item`` int [n] count from 0; without ids their numbers are the names. ``score`` int [n] from 0.
    ``group`` int [P] gives each person's row of ``groups``. Raises ValueError for triples of unequal length, negative
    numbers, scores that are not whole, and a person who has two scores on one item.
    """
    people, tasks, points = _checked(person, item, score)
    size = int(people.max()) + 1 if person_ids is None else len(person_ids)
    items = int(tasks.max()) + 1 if item_ids is None else len(item_ids)
    if people.max() >= size or tasks.max() >= items:
        raise ValueError("a person or an item has no name: its number is beyond the list of ids")
    ordered = (people[1:] > people[:-1]) | ((people[1:] == people[:-1]) & (tasks[1:] > tasks[:-1]))
    if not ordered.all():
        order = np.lexsort((tasks, people))
        people, tasks, points = people[order], tasks[order], points[order]
        twice = (people[1:] == people[:-1]) & (tasks[1:] == tasks[:-1])
        if twice.any():
            at = int(np.argmax(twice))
            raise ValueError(f"person {people[at]} has two scores on item {tasks[at]}")
    member = np.zeros(size, np.int64) if group is None else np.asarray(group, dtype=np.int64)
    if len(member) != size or member.min() < 0 or member.max() >= len(groups):
        raise ValueError(f"every person needs a group from 0 to {len(groups) - 1}")
    return Responses(
        people,
        tasks,
        points,
        tuple(map(str, range(size))) if person_ids is None else tuple(person_ids),
        tuple(map(str, range(items))) if item_ids is None else tuple(item_ids),
        member,
        tuple(groups),
    )


def _checked(person: ArrayLike, item: ArrayLike, score: ArrayLike) -> tuple[Numbers, Numbers, Scores]:
    people, tasks, points = (np.asarray(part) for part in (person, item, score))
    if not (people.ndim == tasks.ndim == points.ndim == 1 and len(people) == len(tasks) == len(points)):
        raise ValueError("person, item and score must be three lists of one length")
    if len(people) == 0:
        raise ValueError("there is no response")
    for name, part in (("person", people), ("item", tasks), ("score", points)):
        whole = np.issubdtype(part.dtype, np.integer) or (
            np.issubdtype(part.dtype, np.number) and not np.any(part % 1 != 0)
        )
        if not whole or part.min() < 0 or part.max() >= 2**31:
            raise ValueError(f"every {name} must be a whole number from 0")
    if points.max() >= 1000:
        raise ValueError(f"a score of {points.max()} is beyond what these models are for (at most 999)")
    return people.astype(np.int32, copy=False), tasks.astype(np.int32, copy=False), points.astype(np.int16, copy=False)


def responses_from_table(table: ArrayLike) -> Responses:
    """Make responses from a table [P, J] of scores; NaN or a negative number where a person met no item."""
    wide = np.asarray(table)
    total = sum(int((wide[start : start + BLOCK] >= 0).sum()) for start in range(0, len(wide), BLOCK))
    people, tasks = np.empty(total, np.int32), np.empty(total, np.int32)
    points = np.empty(total, np.int16 if wide.dtype.kind in "iu" else np.float64)
    done = 0
    for start in range(0, len(wide), BLOCK):
        part = wide[start : start + BLOCK]
        person, item = np.nonzero(part >= 0)
        here = slice(done, done + len(person))
        people[here], tasks[here], points[here] = person + start, item, part[person, item]
        done += len(person)
    return responses_of(
        people,
        tasks,
        points,
        person_ids=[str(n) for n in range(wide.shape[0])],
        item_ids=[str(n) for n in range(wide.shape[1])],
    )


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """B persons. ``mask`` [patterns, J], 1 where a pattern holds an item; ``pattern`` [B] rows of it, None when every
    person is a pattern; ``at[k - 1]`` [B, J], 1 where the score is k (dense or sparse); ``rows`` their place among
    all persons; ``group`` [B]; ``met`` and ``got`` are ``mask`` and ``at`` turned round, over the same memory."""

    rows: slice
    mask: Any
    pattern: Rows | None
    at: tuple[Any, ...]
    group: Rows
    met: Any
    got: tuple[Any, ...]

    def expand(self, table: NDArray[Any]) -> NDArray[Any]:
        """Return a row a person from a row a pattern."""
        return table if self.pattern is None else table[self.pattern]

    def gather(self, table: Singles) -> NDArray[Any]:
        """Sum rows of persons into rows of patterns."""
        if self.pattern is None:
            return table
        if self.mask.shape[0] == 1:
            return np.asarray(table.sum(axis=0, dtype=np.float64)[None], dtype=np.float64)
        size = len(self.pattern)
        member = csr_array((np.ones(size, np.float32), self.pattern, np.arange(size + 1)), (size, self.mask.shape[0]))
        return np.asarray(member.T @ table)


def blocks_of(data: Responses, size: int = BLOCK, top: int | None = None) -> list[Block]:
    """Cut the persons into blocks of ``size``; ``top`` is the highest score, that of the data where left out."""
    persons, items = len(data.person_ids), len(data.item_ids)
    top = int(data.score.max()) if top is None else top
    edges = np.searchsorted(data.person, np.arange(0, persons + size, size, dtype=data.person.dtype))
    marks = np.random.default_rng(7).integers(1, 2**63, items, dtype=np.uint64)
    return [
        _block(data, start, slice(edges[n], edges[n + 1]), min(size, persons - start), top, marks)
        for n, start in enumerate(range(0, persons, size))
    ]


def _block(data: Responses, start: int, part: slice, size: int, top: int, marks: NDArray[np.uint64]) -> Block:
    items = len(data.item_ids)
    item, score = data.item[part].astype(np.int32), data.score[part]
    count = np.bincount(data.person[part] - start, minlength=size)
    starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    # a pattern is known by the sum of its items' random marks: two patterns agree with a chance of 2^-63
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(marks[item], dtype=np.uint64)])
    _, first, pattern = np.unique(sums[starts[1:]] - sums[starts[:-1]], return_index=True, return_inverse=True)
    mask = csr_array((np.ones(len(item), np.float32), item, starts), (size, items))
    own = len(first) > 0.7 * size and size > 1
    dense = len(item) > 0.4 * size * items
    at = []
    for k in range(1, top + 1):
        hit = score == k
        ends = np.concatenate([[0], np.cumsum(hit)])[starts].astype(np.int32)
        found = csr_array((np.ones(int(hit.sum()), np.float32), item[hit], ends), (size, items))
        at.append(found.toarray() if dense else found)
    mask = mask if own else mask[first]
    return Block(
        slice(start, start + size),
        mask,
        None if own else pattern.astype(np.int64),
        tuple(at),
        data.group[start : start + size],
        mask.T,
        tuple(table.T for table in at),
    )
