"""What teachers see and tap: a district's short list of chips, and who reads what was tapped.

An observation is a dated sentence of a named adult. It stands beside what learners say of themselves and moves no estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.core.profile.person import QUESTIONS
from headway.core.text import T, Text

MOST_CHIPS, LONGEST_CHIP, LONGEST_WORDS = 12, 40, 80
"""Ten words are about 80 letters."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something to tap. ``about`` is a key of QUESTIONS (what learners answer about themselves) or a skill of the graph, "" for
    neither."""

    key: str
    said: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chips:
    """A district's list. ``shared``: learners and families read what was seen; ``answered``: they may add words to it
    and contest it."""

    chips: tuple[Chip, ...]
    shared: bool = True
    answered: bool = True

    def chip(self, key: str) -> Chip | None:
        """The chip of that key."""
        return next((each for each in self.chips if each.key == key), None)


SHIPPED: tuple[tuple[str, Text, str], ...] = (
    ("explains", T("Explains to others"), "together"),
    ("persists", T("Keeps trying"), "keep-trying"),
    ("asks", T("Asked for help in time"), "ask"),
    ("checks", T("Checked the work"), "check"),
    ("strategy", T("Used a strategy"), "grow"),
    ("alone", T("Works well alone"), ""),
    ("break", T("Needed a break"), "calm"),
    ("stuck", T("Was stuck for long"), "keep-trying"),
)
"""The list of a district that has none of its own: key, words, what it is about."""


def shipped_chips() -> Chips:
    """The list that ships."""
    return Chips(tuple(Chip(key, str(said), about) for key, said, about in SHIPPED))


def fault(chips: Chips, skills: frozenset[str] | set[str]) -> Text | None:
    """What keeps a list from being used, None if nothing does. ``skills`` are those that the district teaches."""
    if not 1 <= len(chips.chips) <= MOST_CHIPS:
        return T("Give one to {n} things to tap.", n=MOST_CHIPS)
    seen = set[str]()
    for each in chips.chips:
        if not each.key or not each.said.strip() or len(each.said) > LONGEST_CHIP:
            return T("Each thing to tap has one to {n} letters.", n=LONGEST_CHIP)
        if each.key in seen:
            return T("“{said}” is there twice.", said=each.said)
        if each.about and each.about not in QUESTIONS and each.about not in skills:
            return T("The district does not teach the skill {skill}.", skill=each.about)
        seen.add(each.key)
    return None


def to_plain(chips: Chips) -> dict[str, object]:
    """As plain values, for keeping."""
    rows = [{"key": each.key, "said": each.said, "about": each.about} for each in chips.chips]
    return {"chips": rows, "shared": chips.shared, "answered": chips.answered}


def from_plain(body: Mapping[str, object]) -> Chips:
    """The list that :func:`to_plain` wrote."""
    rows = body.get("chips")
    found: Sequence[Mapping[str, object]] = rows if isinstance(rows, list) else []
    chips = tuple(Chip(str(each["key"]), str(each["said"]), str(each["about"])) for each in found)
    return Chips(chips, bool(body.get("shared", True)), bool(body.get("answered", True)))
