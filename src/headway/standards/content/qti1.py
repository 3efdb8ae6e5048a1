"""QTI 1.2, as Canvas, Blackboard and Common Cartridge write it. An item's own scoring rules are run to find what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, number, order, words
from headway.standards.content.neutral import Part, Question
from headway.standards.content.xml import descendants, inner_text, text_at

Given = Mapping[str, frozenset[str]]
"""Identifier of a response -> what was given: labels, or one text."""
FULL = 100.0
ESSAYS = ("essay", "file_upload", "text_only", "cc.essay")


def read_bank(desk: Desk, root: Element, where: str, group: str) -> None:
    """Lay down every item of a ``questestinterop``."""
    for container in [*root.findall("assessment"), *root.findall("objectbank"), root]:
        title = container.get("title", "") or group
        items = container.findall("item") if container is root else list(descendants(container, "item"))
        for at, item in enumerate(items, 1):
            name = item.get("title") or item.get("ident") or f"item {at}"
            desk.take(_form(item), f"{where}, {name}", partial(_question, desk, item, title))


def _fields(item: Element) -> dict[str, str]:
    return {text_at(each, "fieldlabel"): text_at(each, "fieldentry") for each in descendants(item, "qtimetadatafield")}


def _form(item: Element) -> str:
    fields = _fields(item)
    named = fields.get("question_type") or fields.get("cc_profile") or fields.get("bbmd_questiontype")
    if named:
        return named
    found = next(descendants(item, "response_lid", "response_str", "response_num", "response_grp", "response_xy"), None)
    return f"{found.tag} {found.get('rcardinality', 'Single')}" if found is not None else "text"


def _question(desk: Desk, item: Element, group: str) -> Question:
    form = _form(item)
    if form.startswith(ESSAYS):
        raise NotCarried("An essay or an upload needs a person who reads it.")
    responses = list(descendants(item, "response_lid", "response_str", "response_num", "response_grp", "response_xy"))
    if not responses:
        raise NotCarried("It asks nothing: it is a text to read.")
    body = _body(desk, item.find("presentation"))
    return Question(
        id=item.get("ident", ""), form=form, body=body, parts=_parts(desk, item, responses), title="", group=group
    )


def _body(desk: Desk, presentation: Element | None) -> str:
    """The materials that stand outside of any response, one under the other."""
    if presentation is None:
        return ""
    found: list[str] = []

    def collect(element: Element) -> None:
        for child in element:
            if child.tag == "material":
                found.append(_material(desk, child))
            elif child.tag in ("flow", "flow_mat"):
                collect(child)

    collect(presentation)
    return "\n".join(text for text in found if text)


def _material(desk: Desk, element: Element | None) -> str:
    """The words and pictures of a ``material``."""
    pieces = []
    for each in element if element is not None else ():
        if each.tag == "mattext":
            html = each.get("texttype", "text/plain") == "text/html" or "<" in inner_text(each)
            pieces.append(desk.html(inner_text(each)) if html else inner_text(each))
        elif each.tag == "matimage":
            pieces.append(desk.picture(each.get("uri", ""), each.get("label", "")))
        elif each.tag in ("mataudio", "matvideo", "matapplet", "matapplication"):
            desk.loss("video" if each.tag == "matvideo" else "frame")
    return " ".join(piece for piece in pieces if piece)


def _label(desk: Desk, label: Element) -> str:
    found = label.find(".//material")
    return _material(desk, found) if found is not None else inner_text(label)


def _parts(desk: Desk, item: Element, responses: list[Element]) -> tuple[Part, ...]:
    first = responses[0]
    if any(each.tag in ("response_grp", "response_xy") for each in responses):
        raise NotCarried("Its answer is a place in a picture or a grouping.")
    rules = Rules(item)
    if len(responses) > 1:
        if any(each.tag != "response_lid" for each in responses):
            return tuple(_typed(desk, rules, each, _material(desk, each.find("material"))) for each in responses)
        desk.loss("pairs-as-parts", f"Its {len(responses)} pairs are asked one by one.")
        return tuple(_chosen(desk, rules, each, _material(desk, each.find("material"))) for each in responses)
    if first.tag != "response_lid":
        return (_typed(desk, rules, first, ""),)
    if first.get("rcardinality") == "Ordered":
        return _ordered(desk, rules, first)
    return (_chosen(desk, rules, first, ""),)


def _chosen(desk: Desk, rules: Rules, response: Element, prompt: str) -> Part:
    name = response.get("ident", "")
    labels = [(label.get("ident", ""), _label(desk, label)) for label in descendants(response, "response_label")]
    if response.get("rcardinality") == "Multiple":
        right = rules.wanted(name) & {key for key, _ in labels}
        if not right or not rules.is_best({name: right}):
            raise NotCarried("Its scoring rules name no set of right choices.")
        return choice(desk, [Option(text, float(key in right)) for key, text in labels], several=True, prompt=prompt)
    scores = {key: rules.score({name: frozenset({key})}) for key, _ in labels}
    best = max(scores.values(), default=0.0)
    if best <= 0:
        raise NotCarried("Its scoring rules give no choice any credit.")
    options = [Option(text, scores[key] / best, rules.said(desk, name, key)) for key, text in labels]
    return choice(desk, options, prompt=prompt)


def _ordered(desk: Desk, rules: Rules, response: Element) -> tuple[Part, ...]:
    labels = {label.get("ident", ""): _label(desk, label) for label in descendants(response, "response_label")}
    right = [key for key in rules.sequence(response.get("ident", "")) if key in labels]
    if len(right) != len(labels):
        raise NotCarried("Its scoring rules do not name the whole order.")
    return order(desk, [labels[key] for key in right])


def _typed(desk: Desk, rules: Rules, response: Element, prompt: str) -> Part:
    name = response.get("ident", "")
    fib = next(descendants(response, "render_fib"), None)
    kind = fib.get("fibtype", "String") if fib is not None else "String"
    span = rules.span(name)
    equal = [text for text in rules.texts(name) if text]
    if span is not None:
        low, high = span
        middle = (low + high) / 2
        stated = next(
            (text for text in equal if _float(text) is not None and abs((_float(text) or 0) - middle) < 1e-9), ""
        )
        return number(desk, [(stated or f"{middle:.12g}", (high - low) / 2, 1.0, "")], prompt=prompt)
    if response.tag == "response_num" or kind in ("Decimal", "Integer"):
        return number(desk, [(text, 0.0, 1.0, "") for text in equal], prompt=prompt)
    return words(desk, [Option(text, 1.0) for text in equal], prompt=prompt)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@dataclass(slots=True)
class Rules:
    """The scoring rules of an item."""

    item: Element
    conditions: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conditions = list(descendants(self.item, "respcondition"))

    def score(self, given: Given) -> float:
        """What the rules give for a response, as they are written: in order, until one says that it is the last."""
        total = 0.0
        for condition in self.conditions:
            asked = condition.find("conditionvar")
            if asked is None or not all(_holds(each, given) for each in asked):
                continue
            for each in condition.findall("setvar"):
                value = _float(inner_text(each)) or 0.0
                action = each.get("action", "Set").lower()
                total = {"add": total + value, "subtract": total - value, "multiply": total * value}.get(action, value)
            if (
                condition.get("continue", "No").lower() == "no"
                and condition.find("setvar") is not None
                and total >= FULL
            ):
                break
        return total

    def is_best(self, given: Given) -> bool:
        """Whether a response earns the most that any single rule or all of them together give."""
        values = [_float(inner_text(each)) or 0.0 for c in self.conditions for each in c.findall("setvar")]
        return self.score(given) >= max(values, default=0.0) > 0

    def _rewarding(self) -> list[Element]:
        return [c for c in self.conditions if any((_float(inner_text(s)) or 0) > 0 for s in c.findall("setvar"))]

    def wanted(self, name: str) -> frozenset[str]:
        """The labels that rewarding rules ask for."""
        found: set[str] = set()
        for condition in self._rewarding():
            found |= set(_positive(condition.find("conditionvar"), name, "varequal"))
        return frozenset(found)

    def sequence(self, name: str) -> list[str]:
        """The labels that rewarding rules ask for, in their order."""
        found: list[str] = []
        for condition in self._rewarding():
            found += _positive(condition.find("conditionvar"), name, "varequal")
        return list(dict.fromkeys(found))

    def texts(self, name: str) -> list[str]:
        """Texts that are accepted. Several in one rule can only mean any of them: no text equals two others."""
        return self.sequence(name)

    def span(self, name: str) -> tuple[float, float] | None:
        """The range of numbers that the rules reward, if they name one."""
        low, high = [], []
        for condition in self._rewarding():
            asked = condition.find("conditionvar")
            low += _positive(asked, name, "vargte") + _positive(asked, name, "vargt")
            high += _positive(asked, name, "varlte") + _positive(asked, name, "varlt")
        lows = [value for text in low if (value := _float(text)) is not None]
        highs = [value for text in high if (value := _float(text)) is not None]
        if not lows or not highs:
            return None
        if len(lows) > 1 or len(highs) > 1 or lows[0] > highs[0]:
            raise NotCarried("It accepts several ranges of numbers.")
        return lows[0], highs[0]

    def said(self, desk: Desk, name: str, key: str) -> str:
        """What is said to who chooses a label."""
        for condition in self.conditions:
            asked, shown = condition.find("conditionvar"), condition.find("displayfeedback")
            if shown is None or asked is None or asked.find("other") is not None:
                continue
            if all(_holds(each, {name: frozenset({key})}) for each in asked) and _positive(asked, name, "varequal"):
                for feedback in descendants(self.item, "itemfeedback"):
                    if feedback.get("ident") == shown.get("linkrefid"):
                        return _material(desk, feedback.find(".//material"))
        return ""


def _positive(element: Element | None, name: str, tag: str) -> list[str]:
    """The values of conditions on a response that are not inside a ``not``."""
    found: list[str] = []
    for each in element if element is not None else ():
        if each.tag == tag and each.get("respident") == name:
            found.append(inner_text(each))
        elif each.tag in ("and", "or"):
            found += _positive(each, name, tag)
    return found


def _holds(condition: Element, given: Given) -> bool:
    """Whether a condition holds for a response."""
    if condition.tag == "and":
        return all(_holds(each, given) for each in condition)
    if condition.tag == "or":
        return any(_holds(each, given) for each in condition)
    if condition.tag == "not":
        return not any(_holds(each, given) for each in condition)
    if condition.tag == "other":
        return True
    name, value = condition.get("respident", ""), inner_text(condition)
    mine = given.get(name, frozenset())
    if condition.tag in ("varequal", "varsubset"):
        return value in mine or (
            len(mine) == 1 and condition.get("case") != "Yes" and value.lower() == next(iter(mine)).lower()
        )
    bound, own = _float(value), _float(next(iter(mine), ""))
    if bound is None or own is None:
        return False
    tests = {"vargte": own >= bound, "vargt": own > bound, "varlte": own <= bound, "varlt": own < bound}
    return tests.get(condition.tag, False)
