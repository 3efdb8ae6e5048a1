"""What a school has to work with, and what follows for the ways of working that it can choose.

Four kinds of things are said of a school, each by somebody on a day: its technology, what it may decide itself, budget lines, and
partners. Nothing follows from what nobody has said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from headway.core.environment.instruction.model import Model
from headway.core.text import T, Text

KINDS: dict[str, Text] = {
    "technology": T("Technology"),
    "autonomy": T("What the school may decide itself"),
    "budget": T("Budget"),
    "partner": T("Partners"),
}
TECHNOLOGY: dict[str, Text] = {
    "devices": T("Devices that work, for learners"),
    "network": T("How many can be online at once"),
    "repair": T("Broken devices are replaced within a day"),
    "home": T("Percent of learners with a device and internet at home"),
}
NETWORK: dict[str, Text] = {"everybody": T("everybody"), "class": T("one class"), "weak": T("fewer than a class")}
AUTONOMY: dict[str, Text] = {
    "schedule": T("Bell times, and mixing classes across the school"),
    "staff": T("Who works with which group"),
    "content": T("Materials"),
    "budget": T("Spending its own money"),
}
YES: dict[str, Text] = {"yes": T("yes"), "no": T("no")}
COSTS = ("licences", "hours", "devices", "training", "other")
PER = ("learner", "class", "school", "pilot")
LONGEST, MOST_NUMBER = 300, 1_000_000_000.0


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that holds of a school. ``kind`` is a key of :data:`KINDS`; ``name`` a key of its list, or the words of a budget
    line or partner. ``value`` is a number or word as its name wants it, for a budget line the money; ``cost``, ``per`` and
    ``years`` belong to a budget line (a device for three years); ``words`` may say more."""

    kind: str
    name: str
    value: str = ""
    cost: str = ""
    per: str = ""
    years: float = 1.0
    words: str = ""

    @property
    def number(self) -> float | None:
        """The value as a number, None for one that is none."""
        try:
            found = float(self.value)
        except ValueError:
            return None
        return found if isfinite(found) and 0.0 <= found <= MOST_NUMBER else None

    def body(self) -> dict[str, Any]:
        """What is kept of it beside kind and name."""
        return {"value": self.value, "cost": self.cost, "per": self.per, "years": self.years, "words": self.words}


def faults(said: Said) -> list[tuple[str, Text]]:
    """What keeps a row from being taken: each fault with its field, and how to mend it."""
    out = [
        (field, T("is longer than {most} characters. Shorten it.", most=LONGEST))
        for field, words in (("name", said.name), ("value", said.value), ("words", said.words))
        if len(words) > LONGEST
    ]
    if said.kind not in KINDS:
        return [("kind", T("is none of {known}. Choose one of them.", known=", ".join(KINDS)))]
    if not said.name.strip():
        return [("name", T("is empty. Write it down."))]
    if said.kind == "budget":
        return out + _budget_faults(said)
    lists: dict[str, Mapping[str, Text]] = {"technology": TECHNOLOGY, "autonomy": AUTONOMY}
    if said.kind not in lists:
        return out
    if said.name not in lists[said.kind]:
        return [("name", T("is none of {known}. Choose one of them.", known=", ".join(lists[said.kind])))]
    return out + _value_faults(said)


def _value_faults(said: Said) -> list[tuple[str, Text]]:
    if said.name in ("devices", "home"):
        number = said.number
        if number is None or number != int(number) or (said.name == "home" and number > 100):
            return [("value", T("is not a whole number that can be. Write how many there are, 0 or more."))]
        return []
    known = NETWORK if said.name == "network" else YES
    return (
        [] if said.value in known else [("value", T("is none of {known}. Choose one of them.", known=", ".join(known)))]
    )


def _budget_faults(said: Said) -> list[tuple[str, Text]]:
    out: list[tuple[str, Text]] = []
    if said.number is None:
        out.append(("value", T("is not an amount of money. Write a number, 0 or more.")))
    if said.cost not in COSTS:
        out.append(("cost", T("is none of {known}. Choose one of them.", known=", ".join(COSTS))))
    if said.per not in PER:
        out.append(("per", T("is none of {known}. Choose one of them.", known=", ".join(PER))))
    if not 0.0 < said.years <= 50.0:
        out.append(("years", T("is not above 0 and at most 50. Write for how many years the money is spread.")))
    return out


@dataclass(frozen=True, slots=True)
class Means:
    """Everything that holds of a school now."""

    rows: tuple[Said, ...] = ()

    def of(self, kind: str) -> tuple[Said, ...]:
        """The rows of a kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    def value(self, kind: str, name: str) -> str:
        """What was said of one thing; "" where nobody has."""
        return next((row.value for row in self.rows if (row.kind, row.name) == (kind, name)), "")

    @property
    def devices(self) -> int | None:
        """Working devices; None where nobody has counted them."""
        value = self.value("technology", "devices")
        return int(float(value)) if value else None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A way of working as a school can have it: ``model`` with no more devices than there are; ``offered`` is False where the
    school may not choose it; ``said``: why, or what was changed."""

    model: Model
    offered: bool
    said: tuple[Text, ...]


def fitted(model: Model, means: Means) -> Fitted:
    """Fit a way of working to what a school has. What is shared by a whole school needs one that may change its schedule; what
    asks for more devices than there are begins with those that there are."""
    out: list[Text] = []
    offered = not (model.shared and means.value("autonomy", "schedule") == "no")
    if not offered:
        out.append(
            T(
                "It moves learners across classes, and this school may not change its schedule itself. Ask the district first."
            )
        )
    there = means.devices
    if there is not None and model.devices > there:
        out.append(
            T(
                "It asks for {asked} devices, and the school has {there}. Plans begin with those.",
                asked=model.devices,
                there=there,
            )
        )
        model = replace(model, devices=there)
    if means.value("technology", "network") == "weak" and any(each.device for each in model.modalities):
        out.append(T("The network is too weak for a class. Plan work on paper beside the devices."))
    return Fitted(model, offered, tuple(out))


def together(several: Sequence[Means]) -> Means:
    """The budget lines of several schools, each name once; what only one school may or has is left out."""
    lines = {row.name: row for means in several for row in means.of("budget")}
    return Means(tuple(lines.values()))
