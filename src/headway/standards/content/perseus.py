"""Perseus, the format of Khan Academy's exercises, also as Kolibri packs it: Markdown with widgets, as JSON."""

from __future__ import annotations

import json
import math
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from headway.core.curriculum.problems import AnswerKind
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, number, order, pairs
from headway.standards.content.markdown import WIDGET, sentences
from headway.standards.content.neutral import Package, Part, Question
from headway.standards.errors import ImportProblem
from headway.standards.latex import plain_typing

SHOWN = frozenset(
    {"image", "explanation", "definition", "video", "passage", "passage-ref", "measurer", "iframe", "molecule"}
)
"""Widgets that only show something."""
DRAWN = "It is answered by drawing or moving things, which cannot be checked here."
Options = Mapping[str, Any]


def read_perseus(files: Mapping[str, bytes], name: str) -> Package:
    """Read an item, lines of items, or an archive of them. Raises ImportProblem where there is none."""
    desk = Desk(files=files)
    for path in sorted(files):
        if not path.lower().endswith((".json", ".jsonl", ".gz")) and len(files) > 1:
            continue
        desk.at = posixpath.dirname(path)
        for key, item in _items(files[path], path):
            content = item["question"]
            for name_, widget in (content.get("widgets") or {}).items():
                desk.ledger.count(f"widget {_type(name_, widget or {})}")
            desk.ledger.count("hints", len(item.get("hints") or ()))
            desk.take(_form(content), f"{path}, {key}", partial(_question, desk, item, key))
    if not desk.ledger.counts["found"]:
        raise ImportProblem(
            "There is no exercise in it.", name, "Give the items themselves (JSON with question and hints)."
        )
    return desk.package("perseus", name.split(".", 1)[0])


def _items(data: bytes, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Items with their identifiers; what is no item is passed over."""
    stem = posixpath.basename(path).rsplit(".", 1)[0]
    try:
        found = [(stem, json.loads(data))]
    except (ValueError, RecursionError):
        found = []
        for line in data.splitlines():
            try:
                found.append((stem, json.loads(line)))
            except (ValueError, RecursionError):
                continue
    for at, (key, item) in enumerate(found, 1):
        if isinstance(item, dict) and isinstance(item.get("itemData"), str):
            yield from _items(item["itemData"].encode(), f"{key}.json")
        elif isinstance(item, dict) and isinstance(item.get("question"), dict):
            yield str(item.get("id") or (key if len(found) == 1 else f"{key} {at}")), item


def is_item(item: object) -> bool:
    """Whether a JSON value looks like an exercise."""
    if not isinstance(item, dict):
        return False
    return isinstance(item.get("question"), dict) or isinstance(item.get("itemData"), str)


def _widgets(content: Options) -> dict[str, dict[str, Any]]:
    """The widgets that the text names and that are answered, in the order of the text."""
    written = content.get("content")
    named = dict.fromkeys(WIDGET.findall(written if isinstance(written, str) else ""))
    all_of = content.get("widgets") or {}
    found = {key: all_of.get(key) for key in named}
    return {
        key: widget
        for key, widget in found.items()
        if isinstance(widget, dict) and widget.get("graded") is not False and not widget.get("static")
        and (widget.get("type") or key.split(" ")[0]) not in SHOWN
    }  # fmt: skip


def _type(key: str, widget: Options) -> str:
    return str((widget.get("type") if isinstance(widget, dict) else "") or key.split(" ")[0])


def _form(content: Options) -> str:
    return " + ".join(dict.fromkeys(_type(key, each) for key, each in _widgets(content).items())) or "text"


def _question(desk: Desk, item: dict[str, Any], key: str) -> Question:
    content = item["question"]
    widgets = _widgets(content)
    if not widgets:
        raise NotCarried("It asks nothing that is checked.")
    parts: list[Part] = []
    places: dict[str, str] = {}
    for name, widget in widgets.items():
        read = READERS.get(_type(name, widget))
        if read is None:
            raise NotCarried(f"{DRAWN} ({_type(name, widget)})")
        options = widget.get("options")
        if not isinstance(options, dict):
            raise NotCarried(f"Its {name} has no settings.")
        made = read(desk, options)
        places[name] = f"_____ ({len(parts) + 1})" if _inline(_type(name, widget)) and len(widgets) > 1 else ""
        if _inline(_type(name, widget)) and len(widgets) == 1:
            places[name] = "_____"
        parts += [_numbered(part, len(parts) + n, len(widgets)) for n, part in enumerate(made, 1)]
    hints = [
        sentences(desk, hint["content"])
        for hint in item.get("hints") or ()
        if isinstance(hint, dict) and isinstance(hint.get("content"), str)
    ]
    first = Part(parts[0].answer, parts[0].prompt, tuple(h for h in hints if h), parts[0].way, parts[0].wrong)
    body = sentences(desk, content["content"], lambda name: places.get(name, "")).removesuffix("\n_____")
    return Question(id=key, form=_form(content), body=body, parts=(first, *parts[1:]))


def _inline(kind: str) -> bool:
    return kind in ("numeric-input", "input-number", "expression", "dropdown")


def _numbered(part: Part, place: int, widgets: int) -> Part:
    if widgets == 1 or part.prompt:
        return part
    return Part(part.answer, f"({place})", part.hints, part.way, part.wrong)


def _text(desk: Desk, value: object) -> str:
    return sentences(desk, value) if isinstance(value, str) else ""


def _list(options: Options, name: str) -> list[Any]:
    found = options.get(name)
    if not isinstance(found, list) or not found:
        raise NotCarried(f"Its {name} are missing.")
    return found


def _radio(desk: Desk, options: Options) -> list[Part]:
    made = []
    for each in _list(options, "choices"):
        none = bool(each.get("isNoneOfTheAbove"))
        text = _text(desk, each.get("content")) or ("None of the above" if none else "")
        says = "" if each.get("correct") else _text(desk, each.get("clue") or each.get("rationale"))
        made.append(Option(text, float(bool(each.get("correct"))), says))
    several = bool(options.get("multipleSelect")) or sum(option.worth for option in made) > 1
    return [choice(desk, made, several=several)]


def _dropdown(desk: Desk, options: Options) -> list[Part]:
    choices = _list(options, "choices")
    return [
        choice(desk, [Option(_text(desk, each.get("content")), float(bool(each.get("correct")))) for each in choices])
    ]


def written(value: object) -> str:
    """A number as a learner types it: 0.333… is 1/3."""
    try:
        plain = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise NotCarried("Its answer is no number.") from None
    if not math.isfinite(plain):
        raise NotCarried("Its answer is no number.")
    short = f"{plain:.12g}"
    fraction = Fraction(plain).limit_denominator(1000)
    if len(short) > 9 and abs(float(fraction) - plain) < 1e-9 and fraction.denominator > 1:
        return f"{fraction.numerator}/{fraction.denominator}"
    return short


def _numeric(desk: Desk, options: Options) -> list[Part]:
    rows = [
        (written(each.get("value")), _error(each))
        for each in _list(options, "answers")
        if isinstance(each, dict) and each.get("status") == "correct"
    ]
    if not rows:
        raise NotCarried("No answer of it is right.")
    if any(each.get("simplify") == "enforced" or each.get("answerForms") for each in options["answers"]):
        desk.loss("form", "A certain way of writing the number was asked for; here any right way is right.")
    return [_number(desk, rows)]


def _error(each: Options) -> float:
    off = each.get("maxError")
    return (
        abs(float(off)) if isinstance(off, (int, float)) and not isinstance(off, bool) and math.isfinite(off) else 0.0
    )


def _number(desk: Desk, rows: list[tuple[str, float]]) -> Part:
    if any("/" in text for text, _ in rows):
        off = min(off for _, off in rows)
        part = mathematics("number", [text for text, _ in rows])
        if off:
            desk.loss("tolerance", "How far off is still right was left out: its answer is a fraction.")
        return part
    return number(desk, [(text, off, 1.0, "") for text, off in rows])


def _input_number(desk: Desk, options: Options) -> list[Part]:
    off = _error(options) if options.get("inexact") else 0.0
    return [_number(desk, [(written(options.get("value")), off)])]


def _expression(desk: Desk, options: Options) -> list[Part]:
    del desk
    forms = options.get("answerForms") or [{"value": options.get("value"), "considered": "correct"}]
    keys = []
    for each in forms:
        if (
            isinstance(each, dict)
            and each.get("considered", "correct") == "correct"
            and isinstance(each.get("value"), str)
        ):
            plain = plain_typing(each["value"])
            if not plain:
                raise NotCarried(f"Its answer “{each['value'][:60]}” cannot be read as mathematics.")
            keys.append(plain)
    if not keys:
        raise NotCarried("No answer of it is right.")
    kind: AnswerKind = "expression"
    if re.search("[<>]", keys[0]):
        kind = "inequality"
    elif "=" in keys[0]:
        kind = "equation"
    letters = sorted(set("".join(re.findall(r"(?<![a-zA-Z])[a-zA-Z](?![a-zA-Z])", " ".join(keys)))))
    return [mathematics(kind, keys, variables=letters)]


def _sorter(desk: Desk, options: Options) -> list[Part]:
    return list(order(desk, [_text(desk, each) for each in _list(options, "correct")]))


def _orderer(desk: Desk, options: Options) -> list[Part]:
    right = [_text(desk, each.get("content")) for each in _list(options, "correctOptions")]
    if options.get("otherOptions"):
        raise NotCarried("Some of its things belong nowhere in the order.")
    return list(order(desk, right))


def _matcher(desk: Desk, options: Options) -> list[Part]:
    left, right = ([_text(desk, each) for each in _list(options, side)] for side in ("left", "right"))
    if len(left) != len(right):
        raise NotCarried("Its two sides are not of the same length.")
    return list(pairs(desk, list(zip(left, right, strict=True))))


def _categorizer(desk: Desk, options: Options) -> list[Part]:
    names = [_text(desk, each) for each in _list(options, "categories")]
    items, values = _list(options, "items"), _list(options, "values")
    if len(items) != len(values) or any(not isinstance(v, int) or not 0 <= v < len(names) for v in values):
        raise NotCarried("It does not say where each thing belongs.")
    rows = [(_text(desk, item), names[value]) for item, value in zip(items, values, strict=True)]
    return list(pairs(desk, rows, names))


READERS: dict[str, Callable[[Desk, Options], list[Part]]] = {
    "radio": _radio,
    "dropdown": _dropdown,
    "numeric-input": _numeric,
    "input-number": _input_number,
    "expression": _expression,
    "sorter": _sorter,
    "orderer": _orderer,
    "matcher": _matcher,
    "categorizer": _categorizer,
}
