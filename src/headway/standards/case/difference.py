"""What a framework would change that is there already: statement by statement, by identifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.standards.case.framework import Standard


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that reads otherwise now: its code and words before and after."""

    identifier: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Statements that are new, that read otherwise, that are gone; ``moved`` ones stand elsewhere in the tree, and ``same`` are
    as they were."""

    new: tuple[Standard, ...]
    changed: tuple[Change, ...]
    gone: tuple[Standard, ...]
    moved: int
    same: int

    @property
    def nothing(self) -> bool:
        """Whether every statement is as it was."""
        return not (self.new or self.changed or self.gone or self.moved)


def difference(before: Iterable[Standard], after: Iterable[Standard]) -> Difference:
    """Compare two versions, in the order of the new one; what is gone in the order of the old one."""
    old: Mapping[str, Standard] = {each.identifier: each for each in before}
    there = {each.identifier: each for each in after}
    both = [each for each in there.values() if each.identifier in old]
    changed = tuple(
        Change(each.identifier, _words(old[each.identifier]), _words(each))
        for each in both
        if _words(old[each.identifier]) != _words(each)
    )
    reads = {each.identifier for each in changed}
    moved = sum(each.parent != old[each.identifier].parent for each in both if each.identifier not in reads)
    return Difference(
        tuple(each for each in there.values() if each.identifier not in old),
        changed,
        tuple(each for each in old.values() if each.identifier not in there),
        moved,
        len(both) - len(changed) - moved,
    )


def _words(standard: Standard) -> tuple[str, str]:
    return standard.code, standard.statement
