"""QTI 2.0, 2.1, 2.2 and 3.0 items. 3.0 says the same in other words (``qti-choice-interaction``); they are read as one.

Which response is right is what the item declares. Its response processing has to be one that says no more than that: the
templates ``match_correct`` and ``map_response``, or rules made of comparing with the declared answer; others are refused.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.neutral import Part, Question
from headway.standards.content.qti2_interactions import INLINE, READERS, SILENT, Declared, inner
from headway.standards.content.xml import inner_text

ITEMS = ("assessmentItem", "qti-assessment-item")
REFUSED = {
    "extendedTextInteraction": "A long text needs a person who reads it.",
    "uploadInteraction": "A file needs a person who looks at it.",
    "drawingInteraction": "A drawing needs a person who looks at it.",
    "customInteraction": "It needs a program of its own.",
    "portableCustomInteraction": "It needs a program of its own.",
    "mediaInteraction": "It is a recording to play.",
    "endAttemptInteraction": "It has steps that depend on one another.",
    "selectPointInteraction": "Its answer is a place in a picture.",
    "hotspotInteraction": "Its answer is a place in a picture.",
    "graphicOrderInteraction": "Its answer is a place in a picture.",
    "graphicAssociateInteraction": "Its answer is a place in a picture.",
    "graphicGapMatchInteraction": "Its answer is a place in a picture.",
    "positionObjectInteraction": "Its answer is a place in a picture.",
    "positionObjectStage": "Its answer is a place in a picture.",
    "associateInteraction": "Its pairs have no sides, so they cannot be asked one by one.",
}
PLAIN_RULES = frozenset({
    "responseProcessing", "responseCondition", "responseIf", "responseElse", "responseElseIf", "match", "variable", "correct",
    "setOutcomeValue", "baseValue", "equal", "isNull", "not", "and", "or", "mapResponse", "sum", "stringMatch", "exitResponse",
    "equalRounded", "gt", "gte", "multiple", "default",
})  # fmt: skip
"""Rules that compare with what is declared, and set a score or a feedback."""


def plain_names(element: Element) -> Element:
    """Turn QTI 3.0's names into those of 2.x, in place: ``qti-item-body`` is ``itemBody``, ``response-identifier`` likewise."""
    for each in element.iter():
        tag = str(each.tag)
        if tag.startswith("qti-"):
            each.tag = _camel(tag[4:])
            for name in [name for name in each.attrib if "-" in name and not name.startswith(("data-", "aria-"))]:
                each.attrib[_camel(name)] = each.attrib.pop(name)
    return element


def _camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda found: found[1].upper(), name)


def form_of(item: Element) -> str:
    """The item's interactions by name."""
    names = dict.fromkeys(each.tag for each in item.iter() if str(each.tag).endswith(("Interaction", "Stage")))
    return " + ".join(names) or "text"


def question_of(desk: Desk, item: Element, group: str) -> Question:
    """Read an item whose names are those of 2.x. Raises NotCarried."""
    body = item.find("itemBody")
    interactions = [each for each in item.iter() if str(each.tag).endswith(("Interaction", "Stage"))]
    if body is None or not interactions:
        raise NotCarried("It asks nothing: it is a text to read.")
    for each in interactions:
        if each.tag in REFUSED:
            raise NotCarried(REFUSED[each.tag])
        if each.tag not in READERS:
            raise NotCarried(f"Interactions of the kind {each.tag} cannot be checked here.")
    if item.find("templateProcessing") is not None or item.find("templateDeclaration") is not None:
        raise NotCarried("It makes its numbers anew each time; bring in one that states them.")
    if item.get("adaptive") == "true":
        raise NotCarried("It has steps that depend on one another.")
    tolerance = _rules(item)
    several = len(interactions) > 1
    parts: list[Part] = []
    texts: list[str] = []
    for each in interactions:
        prompt = f"({len(parts) + 1})" if several and each.tag in INLINE else ""
        read = READERS[each.tag](desk, each, _declared(item, each), prompt, tolerance)
        asked = _prompt(desk, each)
        if several and asked and len(read) == 1:
            read = (_with(read[0], asked),)
        elif asked:
            texts.append(asked)
        parts += read
    words_ = _body(desk, body, several).removesuffix("\n_____")
    lines = [words_, *(text for text in texts if text not in words_)]
    return Question(
        id=item.get("identifier", ""),
        form=form_of(item),
        body="\n".join(filter(None, lines)),
        parts=tuple(parts),
        group=group,
    )


def _with(part: Part, prompt: str) -> Part:
    return Part(part.answer, f"{part.prompt} {prompt}".strip(), part.hints, part.way, part.wrong)


def _body(desk: Desk, body: Element, several: bool) -> str:
    count = iter(range(1, 1_000))

    def stop(element: Element) -> str | None:
        if element.tag in INLINE:
            return f" _____ ({next(count)}) " if several else " _____ "
        if element.tag == "gapMatchInteraction":
            return "\n" + desk.tree(_without(element, "gapText", "gapImg", "prompt"), gap) + "\n"
        if element.tag == "hottextInteraction":
            return "\n" + desk.tree(_without(element, "prompt")) + "\n"
        if str(element.tag).endswith("Interaction") or element.tag in SILENT:
            return "\n"
        return None

    def gap(element: Element) -> str | None:
        return f" _____ ({next(count)}) " if element.tag == "gap" else None

    return desk.tree(body, stop)


def _without(element: Element, *names: str) -> Element:
    copy = Element("div")
    copy.text = element.text
    copy.extend(child for child in element if child.tag not in names)
    return copy


def _prompt(desk: Desk, interaction: Element) -> str:
    found = interaction.find("prompt")
    return inner(desk, found) if found is not None else ""


def _declared(item: Element, interaction: Element) -> Declared:
    name = interaction.get("responseIdentifier", "RESPONSE")
    for each in item.findall("responseDeclaration"):
        if each.get("identifier") == name:
            mapped, cased = {}, False
            for entry in each.findall("mapping/mapEntry"):
                mapped[entry.get("mapKey", "")] = float(entry.get("mappedValue", "0") or 0)
                cased = cased or entry.get("caseSensitive") == "true"
            values = tuple(inner_text(value) for value in each.findall("correctResponse/value"))
            return Declared(values, each.get("baseType", ""), each.get("cardinality", "single"), mapped, cased)
    raise NotCarried("It declares no response.")


def _rules(item: Element) -> float:
    """How far off a number may be by the item's rules. Raises NotCarried for rules that say more than is declared."""
    found = item.find("responseProcessing")
    tolerance = 0.0
    for each in found.iter() if found is not None else ():
        if each.tag not in PLAIN_RULES:
            raise NotCarried(f"Its scoring rules use {each.tag}, which says more than its declared answer.")
        if each.tag == "equal" and each.get("tolerance"):
            off = [abs(float(value)) for value in each.get("tolerance", "0").split()]
            if each.get("toleranceMode") != "absolute" or len(set(off)) != 1:
                raise NotCarried("Its range of numbers is not the same on both sides.")
            tolerance = off[0]
    return tolerance
