"""Which learners of a kind sit in which of its sessions: as before where there was a plan, pairs together, about equally many."""

from __future__ import annotations

from collections.abc import Sequence


def deal(
    learners: Sequence[int],
    count: int,
    before: Sequence[frozenset[int]] = (),
    pairs: Sequence[tuple[int, int]] = (),
    largest: int = 10**6,
) -> list[list[int]]:
    """Deal learners into ``count`` parts of at most ``largest`` each, whose sizes differ by one where nothing else was there
    before.

    Who was in part n of ``before`` stays in it as far as the sizes allow, and pairs of learners are in one part where there is
    room.
    """
    parts: list[list[int]] = [[] for _ in range(count)]
    new = []
    for learner in learners:
        old = next((at for at, part in enumerate(before[:count]) if learner in part), -1)
        if old >= 0:
            parts[old].append(learner)
        else:
            new.append(learner)
    for learner in new:
        min(parts, key=len).append(learner)
    while max(map(len, parts)) - min(map(len, parts)) > 1 and (not before or max(map(len, parts)) > largest):
        min(parts, key=len).append(max(parts, key=len).pop())
    for one, other in pairs:
        _join(parts, one, other, {each for pair in pairs for each in pair}, largest)
    return parts


def _join(parts: list[list[int]], one: int, other: int, bound: set[int], largest: int) -> None:
    """Bring the second of a pair to the first, in exchange for somebody who is in no pair where the part is full."""
    here = next((part for part in parts if one in part), None)
    there = next((part for part in parts if other in part), None)
    if here is None or there is None or here is there:
        return
    free = next((learner for learner in reversed(here) if learner not in bound), None)
    if free is not None:
        here.remove(free)
        there.append(free)
    elif len(here) >= largest:
        return
    there.remove(other)
    here.append(other)
