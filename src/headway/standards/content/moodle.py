"""Moodle XML: question banks with categories, pictures and feedback; and the links of a course's backup. STACK questions have a
package of their own."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element

from headway.standards.content.cloze import cloze, gaps
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, number, order, pairs, true_false, words
from headway.standards.content.neutral import Link, Package, Part, Question
from headway.standards.content.stack import stack_parts
from headway.standards.content.xml import inner_text, read_xml, text_at

Reader = Callable[[Desk, Element], "tuple[str, tuple[Part, ...]]"]
"""A question's element -> its body and its parts."""


def read_moodle(files: dict[str, bytes], name: str) -> Package:
    """Read one file of Moodle XML, or every one of an archive; of a backup its links. Raises ImportProblem."""
    desk = Desk()
    for path in sorted(files):
        group = ""
        if is_link_file(path):
            desk.lead(path, partial(_link, read_xml(files[path], path), path))
            continue
        for at, element in enumerate(read_xml(files[path], path).iter("question"), 1):
            form = element.get("type", "")
            if form == "category":
                group = group_of(text_at(element, "category/text"))
                continue
            desk.files = _pictures(element)
            if form == "stack":
                desk.ledger.count("stack tests", len(element.findall("qtest")))
            where = f"{path}, {text_at(element, 'name/text') or f'question {at}'}"
            desk.take(form, where, partial(_question, desk, element, group))
    return desk.package("moodle", name.rsplit(".", 1)[0])


def is_link_file(path: str) -> bool:
    """Whether a path in a backup of a course is that of a link (the activity «URL»)."""
    return re.search(r"(?:^|/)activities/url_\d+/url\.xml$", path) is not None


def _link(root: Element, path: str) -> Link:
    key = root.get("moduleid", "") or path
    return Link(f"url {key}", text_at(root, "url/name"), text_at(root, "url/externalurl"))


def group_of(category: str) -> str:
    """``$course$/top/Default for X/Fractions`` as ``Default for X/Fractions``."""
    kept = [part for part in category.split("/") if part and not part.startswith("$") and part != "top"]
    return "/".join(kept)


def _pictures(element: Element) -> dict[str, bytes]:
    found = {}
    for file in element.iter("file"):
        path = f"{file.get('path', '/').strip('/')}/{file.get('name', '')}".lstrip("/")
        try:
            found[path] = base64.b64decode("".join((file.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            continue
    return found


def _question(desk: Desk, element: Element, group: str) -> Question:
    form = element.get("type", "")
    read = READERS.get(form)
    if read is None:
        raise NotCarried(REFUSED.get(form, "Questions of this kind cannot be checked here."))
    body, parts = read(desk, element)
    title = text_at(element, "name/text")
    key = text_at(element, "idnumber") or title
    return Question(id=f"{group}/{key}" if group else key, form=form, body=body, parts=parts, title=title, group=group)


REFUSED = {
    "description": "It asks nothing: it is a text to read.",
    "essay": "An essay needs a person who reads it.",
    "calculated": "It draws its numbers from a table; bring in one that states them.",
    "calculatedsimple": "It draws its numbers from a table; bring in one that states them.",
    "calculatedmulti": "It draws its numbers from a table; bring in one that states them.",
    "ddmarker": "Its answer is a place in a picture.",
    "ddimageortext": "Its answer is a place in a picture.",
    "coderunner": "Its answer is a program.",
    "random": "It only points to other questions.",
    "randomsamatch": "It only points to other questions.",
}


def _asked(desk: Desk, element: Element) -> str:
    return _html(desk, element, "questiontext")


def _html(desk: Desk, element: Element | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    if found is None:
        return ""
    text = text_at(found, "text") or (found.text or "").strip()
    return text if found.get("format") == "plain_text" else desk.html(text)


def _worth(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0")) / 100
    except ValueError:
        raise NotCarried(f"Its credit “{answer.get('fraction', '')[:20]}” is no number.") from None


def _options(desk: Desk, element: Element) -> list[Option]:
    return [
        Option(desk.html(text_at(answer, "text")), _worth(answer), _html(desk, answer, "feedback"))
        for answer in element.findall("answer")
    ]


def _way(desk: Desk, element: Element) -> tuple[str, ...]:
    text = _html(desk, element, "generalfeedback")
    return (text,) if text else ()


def _hints(desk: Desk, element: Element) -> tuple[str, ...]:
    found = (desk.html(text_at(hint, "text")) for hint in element.findall("hint"))
    return tuple(text for text in found if text)


def _multichoice(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    several = text_at(element, "single").lower() in ("false", "0")
    part = choice(desk, _options(desk, element), several=several, hints=_hints(desk, element), way=_way(desk, element))
    return _asked(desk, element), (part,)


def _truefalse(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    answers = {text_at(answer, "text").lower(): answer for answer in element.findall("answer")}
    right = [name for name, answer in answers.items() if _worth(answer) > 0]
    if len(right) != 1 or right[0] not in ("true", "false"):
        raise NotCarried("It does not say which of true and false is right.")
    other = answers.get("false" if right[0] == "true" else "true")
    part = true_false(desk, right[0] == "true", wrong=_html(desk, other, "feedback"), way=_way(desk, element))
    return _asked(desk, element), (part,)


def _shortanswer(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    cased = text_at(element, "usecase") == "1"
    part = words(desk, _options(desk, element), cased=cased, hints=_hints(desk, element), way=_way(desk, element))
    return _asked(desk, element), (part,)


def _numerical(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    answers = []
    for answer in element.findall("answer"):
        text = text_at(answer, "text")
        try:
            off = float(text_at(answer, "tolerance") or 0)
        except ValueError:
            raise NotCarried("Its tolerance is no number.") from None
        answers.append((text, off, _worth(answer), _html(desk, answer, "feedback")))
    units = [
        text_at(unit, "unit_name")
        for unit in element.findall("units/unit")
        if text_at(unit, "multiplier") in ("1", "1.0")
    ]
    if len(element.findall("units/unit")) > 1:
        desk.loss("units", f"Only the unit {units[0] if units else ''} of the answer is known here.")
    unit = units[0] if units else ""
    return _asked(desk, element), (
        number(desk, answers, unit=unit, hints=_hints(desk, element), way=_way(desk, element)),
    )


def _matching(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    rows, others = [], []
    for sub in element.findall("subquestion"):
        asked, answer = _html_of(desk, sub), inner_text(sub.find("answer/text"))
        if asked:
            rows.append((asked, answer))
        elif answer:
            others.append(answer)
    if not rows:
        raise NotCarried("It has no pairs.")
    return _asked(desk, element), pairs(desk, rows, others)


def _html_of(desk: Desk, element: Element) -> str:
    return desk.html(text_at(element, "text"))


def _ordering(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    answers = sorted(element.findall("answer"), key=_worth)
    return _asked(desk, element), order(desk, [_html_of(desk, answer) for answer in answers])


def _gapselect(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    tag = "dragbox" if element.get("type") == "ddwtos" else "selectoption"
    offered = [(text_at(option, "text"), text_at(option, "group") or "1") for option in element.findall(tag)]
    return gaps(desk, _asked(desk, element), offered)


def _cloze(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    return cloze(desk, text_at(element, "questiontext/text"))


READERS: dict[str, Reader] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "gapselect": _gapselect,
    "ddwtos": _gapselect,
    "cloze": _cloze,
    "multianswer": _cloze,
    "stack": stack_parts,
}
