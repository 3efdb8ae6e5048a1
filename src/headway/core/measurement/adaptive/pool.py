"""A bank made ready for adaptive tests: response curves and information on a grid, content, enemies, items on trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.items import Floats, ItemBank, category_probabilities, information

Ints = NDArray[np.int32]
Marks = NDArray[np.uint8]

STEP = 0.1
"""Logits between two nodes of the grid: far below any standard error that a test of this kind reaches."""
REACH = 6.0
"""The grid ends this far beyond 0, or beyond the easiest and the hardest item where these are further out."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """J items on a grid of Q abilities in logits.

    ``chances`` float64 [J, K, Q]: the chance of each score; ``information`` float64 [Q, J]; ``order`` int32 [Q, J]: the
    items by information, best first. ``content`` int32 [D, J]: each item's category in each of D dimensions, named by
    ``dimensions`` and ``categories``. ``group`` int32 [J]: items of one group are enemies, -1 is no group. ``trial``
    uint8 [J]: 1 for an item that is given to calibrate it and never scored. ``version`` is a hash of all of it.
    """

    bank: ItemBank
    nodes: Floats
    chances: Floats
    information: Floats
    order: Ints
    dimensions: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    content: Ints
    group: Ints
    trial: Marks
    version: str

    def __len__(self) -> int:
        return len(self.bank)


def pool_of(
    bank: ItemBank,
    *,
    content: Mapping[str, Sequence[str]] | None = None,
    groups: Sequence[str] | None = None,
    trial: Sequence[bool] | None = None,
) -> Pool:
    """Lay a bank out for testing.

    ``content`` gives each item's category in each dimension; ``groups`` names groups of enemies, "" for none: a test
    has at most one item of a group; ``trial`` marks the items on trial. Raises ValueError for a bank without an item
    to score and for lists of another length than the bank.
    """
    size, content = len(bank), content or {}
    named = list(groups) if groups is not None else [""] * size
    marks = np.array(trial if trial is not None else np.zeros(size), np.uint8)
    lists: dict[str, Sequence[object]] = {**content, "groups": named, "trial": marks.tolist()}
    for name, values in lists.items():
        if len(values) != size:
            raise ValueError(f"{name} has {len(values)} values for {size} items: give one for each")
    if size == 0 or bool(marks.all()):
        raise ValueError("the bank has no item to score: an adaptive test needs calibrated items")
    reach = max(REACH, float(np.nanmax(np.abs(bank.b))) + 2.0)
    half = int(np.ceil(reach / STEP))
    nodes = STEP * np.arange(-half, half + 1, dtype=np.float64)
    told = information(bank, nodes)
    numbered = [_numbered(values) for values in content.values()]
    names, numbers = _numbered([name or f"\0{place}" for place, name in enumerate(named)])
    shared = np.bincount(numbers, minlength=len(names)) > 1
    return Pool(
        bank=bank,
        nodes=nodes,
        chances=np.ascontiguousarray(category_probabilities(bank, nodes).transpose(1, 2, 0)),
        information=told,
        order=np.argsort(-told, axis=1, kind="stable").astype(np.int32),
        dimensions=tuple(content),
        categories=tuple(names for names, _ in numbered),
        content=np.array([numbers for _, numbers in numbered], np.int32).reshape(len(content), size),
        group=np.where(shared[numbers], numbers, -1).astype(np.int32),
        trial=marks,
        version=_version(bank, content, named, marks),
    )


def _numbered(values: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    names = tuple(dict.fromkeys(values))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[value] for value in values], np.int32)


def _version(bank: ItemBank, content: Mapping[str, Sequence[str]], groups: Sequence[str], trial: Marks) -> str:
    made = blake2b(digest_size=8)
    for part in (bank.model, bank.a, bank.b, bank.c, trial):
        made.update(np.ascontiguousarray(part).tobytes())
    made.update(repr((bank.ids, [(name, tuple(values)) for name, values in content.items()], tuple(groups))).encode())
    return made.hexdigest()
