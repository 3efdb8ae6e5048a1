"""The interactions of a QTI 2 item as parts with one answer each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, number, order, words
from headway.standards.content.neutral import Part
from headway.standards.content.xml import descendants, inner_text

SILENT = (
    "rubricBlock",
    "modalFeedback",
    "feedbackInline",
    "feedbackBlock",
    "stylesheet",
    "templateInline",
    "templateBlock",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What an item says is right: ``values`` in order, ``kind`` the base type, ``mapped`` value -> credit."""

    values: tuple[str, ...]
    kind: str
    cardinality: str
    mapped: dict[str, float]
    cased: bool


def inner(desk: Desk, element: Element) -> str:
    """The sentences of an element; of HTML that was written as text too, as Blackboard does."""
    plain = Element("div")
    plain.text, plain[:] = element.text, list(element)
    written = inner_text(element)
    if not list(element) and "<" in written:
        return desk.html(written)
    return desk.tree(plain, lambda each: "" if each.tag in SILENT else None)


def _right(declared: Declared) -> list[str]:
    """The values that earn everything: those declared, or mapped to the most."""
    if declared.values:
        return list(declared.values)
    best = max(declared.mapped.values(), default=0.0)
    if best <= 0:
        raise NotCarried("It does not say what is right.")
    return [
        value
        for value, worth in declared.mapped.items()
        if worth == best or (declared.cardinality != "single" and worth > 0)
    ]


def _choice(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    del off
    right = set(_right(declared))
    tag = {"hottextInteraction": "hottext", "inlineChoiceInteraction": "inlineChoice"}.get(each.tag, "simpleChoice")
    offered = list(descendants(each, tag))
    several = declared.cardinality != "single"
    if not right & {one.get("identifier", "") for one in offered}:
        right = _mended(desk, right, [one.get("identifier", "") for one in offered])
    options = [Option(inner(desk, one), float(one.get("identifier", "") in right)) for one in offered]
    return (choice(desk, options, several=several, prompt=prompt),)


def _mended(desk: Desk, right: set[str], offered: list[str]) -> set[str]:
    """Answers that are no identifier of a choice, but would be one if it were not for zeros before a number: some exports write
    ``answer_001`` in one place and ``answer_1`` in the other."""
    plain = {re.sub(r"(?<!\d)0+(?=\d)", "", name) for name in right}
    found = {name for name in offered if re.sub(r"(?<!\d)0+(?=\d)", "", name) in plain}
    if len(found) == len(right):
        desk.loss("identifier", f"Its answer {', '.join(sorted(right))} was read as {', '.join(sorted(found))}.")
    return found if len(found) == len(right) else set()


def _typed(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    del each
    best = max(declared.mapped.values(), default=0.0)
    mapped = [value for value, worth in declared.mapped.items() if worth == best and best > 0]
    right = list(dict.fromkeys([*declared.values, *mapped]))
    if declared.kind in ("float", "integer"):
        return (number(desk, [(value, off, 1.0, "") for value in right], prompt=prompt),)
    return (words(desk, [Option(value, 1.0) for value in right], prompt=prompt, cased=declared.cased),)


def _slider(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    return (number(desk, [(value, off, 1.0, "") for value in _right(declared)], prompt=prompt),)


def _match(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    del prompt, off
    sets = each.findall("simpleMatchSet")
    if len(sets) != 2:
        raise NotCarried("It has not two sets to match.")
    left, right = (
        {one.get("identifier", ""): inner(desk, one) for one in group.findall("simpleAssociableChoice")}
        for group in sets
    )
    wanted: dict[str, set[str]] = {}
    for pair in _right(declared):
        one, _, other = pair.partition(" ")
        if one not in left or other not in right:
            raise NotCarried("A pair that is right names what is not there.")
        wanted.setdefault(one, set()).add(other)
    if not wanted:
        raise NotCarried("It does not say what is right.")
    desk.loss("pairs-as-parts", f"Its {len(wanted)} pairs are asked one by one.")
    parts = []
    for one, those in ((key, wanted[key]) for key in left if key in wanted):
        options = [Option(text, float(other in those)) for other, text in right.items()]
        parts.append(choice(desk, options, several=len(those) > 1, prompt=left[one]))
    return tuple(parts)


def _gap_match(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    del prompt, off
    offered = {one.get("identifier", ""): inner(desk, one) for one in each if one.tag in ("gapText", "gapImg")}
    right = {gap: text for text, _, gap in (pair.partition(" ") for pair in _right(declared))}
    gaps = [gap.get("identifier", "") for gap in descendants(each, "gap")]
    if not gaps or any(right.get(gap) not in offered for gap in gaps):
        raise NotCarried("A gap has no answer.")
    desk.loss("gaps-as-parts", f"Its {len(gaps)} gaps are asked one by one.")
    return tuple(
        choice(desk, [Option(text, float(key == right[gap])) for key, text in offered.items()], prompt=f"({place})")
        for place, gap in enumerate(gaps, 1)
    )


def _order(desk: Desk, each: Element, declared: Declared, prompt: str, off: float) -> tuple[Part, ...]:
    del prompt, off
    offered = {one.get("identifier", ""): inner(desk, one) for one in each.findall("simpleChoice")}
    if set(declared.values) != set(offered):
        raise NotCarried("It does not say the whole order.")
    return order(desk, [offered[key] for key in declared.values])


Reader = Callable[[Desk, Element, Declared, str, float], tuple[Part, ...]]
READERS: dict[str, Reader] = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _choice,
    "hottextInteraction": _choice,
    "textEntryInteraction": _typed,
    "matchInteraction": _match,
    "gapMatchInteraction": _gap_match,
    "orderInteraction": _order,
    "sliderInteraction": _slider,
}
INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
