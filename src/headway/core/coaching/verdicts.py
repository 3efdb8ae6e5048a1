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
    """``message`` is for the learner; ``move`` says what a sound line did; ``tree`` is the line as it was read."""

    kind: Kind
    message: Text
    move: Text = NOTHING
    tree: Expr | None = None

    @property
    def sound(self) -> bool:
        return self.kind in SOUND


MESSAGES: dict[Kind, Text] = {
    "equivalent": T("This line follows."),
    "same-solutions": T("This line has the same solutions."),
    "gains": T("This follows, but it is true for more values than the line before. Test your solutions at the end."),
    "loses": T("Something got lost here: the line before has a solution that this line does not have."),
    "side": T("This calculation is right."),
    "no-progress": T("This is true, but you wrote the same thing before."),
    "broken": T("This line does not follow from the one before."),
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
