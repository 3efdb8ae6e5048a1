"""The loss report: what an import could not carry over as it was, where, and what was done about it.

A translation that drops things silently cannot be trusted, so every importer writes down each defect it meets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that was not carried over as it was. ``kind`` is a stable word for counting (``dangling-hint``),
    ``where`` names the file or record, ``done`` is the sentence that says what the importer did."""

    kind: str
    where: str
    done: str


@dataclass(frozen=True, slots=True)
class LossReport:
    """What came in (``counts``, by name) and what did not (``defects``, in the order they were met)."""

    counts: tuple[tuple[str, int], ...]
    defects: tuple[Defect, ...]

    def count(self, name: str) -> int:
        """Return one count; 0 if nothing of that name came in."""
        return dict(self.counts).get(name, 0)

    def by_kind(self) -> dict[str, int]:
        """How many defects of each kind, most frequent first, then by name."""
        found = Counter(defect.kind for defect in self.defects)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(slots=True)
class Ledger:
    """Where an importer writes counts and defects down while it streams; :meth:`report` freezes them."""

    counts: Counter[str] = field(default_factory=Counter)
    defects: list[Defect] = field(default_factory=list)

    def defect(self, kind: str, where: str, done: str) -> None:
        """Write one defect down."""
        self.defects.append(Defect(kind, where, done))

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count."""
        self.counts[name] += by

    def report(self) -> LossReport:
        """Freeze what was written so far; counts are in alphabetical order."""
        return LossReport(tuple(sorted(self.counts.items())), tuple(self.defects))
