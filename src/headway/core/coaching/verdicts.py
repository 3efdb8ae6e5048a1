"""The verdict on one line of working: its kind, and what is said to the learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from headway.core.coaching.solutions import Link
from headway.core.coaching.tree import Expr
from headway.core.text import NOTHING, T, Text

Kind = Literal[
    "equivalent", "same-solutions", "gains", "loses", "side", "no-progress", "broken", "unreadable", "unsure"
]
"""``side``: a true calculation beside the main line; ``gains`` and ``loses``: follows, but solutions came or went."""

SOUND: frozenset[Kind] = frozenset(("equivalent", "same-solutions", "side", "no-progress"))


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """``message`` is for the learner; ``move`` says what a sound line did; ``tree`` is the line as it was read;
    ``main`` is what the next line is held against where that is not the line itself; ``completes`` is the index of the
    line that began the cases which this one completes, else -1."""

    kind: Kind
    message: Text
    move: Text = NOTHING
    tree: Expr | None = None
    main: Expr | None = None
    completes: int = -1

    @property
    def sound(self) -> bool:
        return self.kind in SOUND


MESSAGES: dict[Kind, Text] = {
    "equivalent": T("This line follows."),
    "same-solutions": T("This line has the same solutions."),
    "gains": T("This follows, but it is true for more values than the line before. Test your solutions at the end."),
    "loses": T("The line before has a solution that this line does not have. Which one?"),
    "side": T("This calculation is right."),
    "no-progress": T("This says the same as what you had."),
    "broken": T("Something changed that should not have. Go over this step once more."),
    "unsure": T("I cannot judge this line. It does not count."),
}


def of_link(link: Link | None) -> Kind:
    """The kind of a line from what it says compared with what was there."""
    match link:
        case "same":
            return "equivalent"
        case "same-set":
            return "same-solutions"
        case "gains" | "loses":
            return link
        case "differs":
            return "broken"
        case _:
            return "unsure"
