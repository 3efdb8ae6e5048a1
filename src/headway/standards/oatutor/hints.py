"""Hints, scaffolds and sub-hints: one flat ladder with what each rung comes after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from headway.core.coaching.algebra import rational
from headway.core.coaching.parser import parse
from headway.core.coaching.tree import Div, Mixed, Neg, Num, ParseError
from headway.core.curriculum.problems import AnswerSpec, Hint
from headway.standards.oatutor.answers import choice_spec, plain_key, typed_spec
from headway.standards.oatutor.fields import texts, word
from headway.standards.oatutor.texts import filled, text_of
from headway.standards.report import Ledger


def read_hints(entries: list[Any], step: str, key: str, values: Mapping[str, str], ledger: Ledger) -> tuple[Hint, ...]:
    """Translate one pathway. ``key`` is the step's key as written; a hint that contains it is marked as revealing."""
    hints: list[Hint] = []
    names: dict[str, int] = {}
    tops = {word(entry, "id") for entry in entries if isinstance(entry, dict)}
    for entry in entries:
        if not isinstance(entry, dict):
            ledger.defect("broken-hint", step, "Left out: it is not an object.")
            continue
        hint = _hint(entry, step, (key,), values, ledger, tops)
        hint = replace(hint, id=_distinct(hint.id, names, step, ledger))
        hints.append(hint)
        ledger.count("scaffolds" if hint.answer else "hints")
        ledger.count("with_dependencies", int(bool(texts(entry, "dependencies"))))
        own = texts(entry, "hintAnswer")
        inner = [e for e in entry.get("subHints") or () if isinstance(e, dict)]
        siblings = tops | {word(e, "id") for e in inner}
        for sub in inner:
            ledger.count("sub_hints")
            made = _hint(sub, step, (key, *own), values, ledger, siblings)
            hints.append(replace(made, id=_distinct(made.id, names, step, ledger), parent=hint.id))
    return _without_circles(hints, step, ledger)


def _hint(
    entry: Mapping[str, Any],
    step: str,
    keys: tuple[str, ...],
    values: Mapping[str, str],
    ledger: Ledger,
    known: set[str],
) -> Hint:
    own = {**values, **first_values(entry)}
    title, text = word(entry, "title"), word(entry, "text")
    where = f"{step}, {word(entry, 'id')}"
    if not title.strip() and not text.strip():
        ledger.defect("empty-hint", where, "Kept as it is: it has no words.")
    after = []
    for name in texts(entry, "dependencies"):
        if name not in known:
            ledger.defect(
                "dangling-dependency", where, f"It waits for {name}, which is not there; the wait was dropped."
            )
        else:
            after.append(name)
    answer = _answer(entry, own, where, ledger) if entry.get("type") == "scaffold" else None
    said = filled(f"{title}\n{text}", own)
    reveals = any(contains_key(said, filled(key, own)) or equals_key(said, filled(key, own)) for key in keys)
    if not text.strip():
        title, text = "", title
    return Hint(word(entry, "id"), text_of(text, own), text_of(title, own), answer, tuple(after), reveals)


def _answer(entry: Mapping[str, Any], values: Mapping[str, str], where: str, ledger: Ledger) -> AnswerSpec | None:
    keys = texts(entry, "hintAnswer")
    if not keys:
        ledger.defect("scaffold-without-key", where, "It is shown as a hint that asks nothing back.")
        return None
    key = filled(keys[0], values)
    if entry.get("problemType") == "MultipleChoice" and keys[0] in texts(entry, "choices"):
        return choice_spec(keys[0], tuple(texts(entry, "choices")), values)[0]
    return typed_spec(key, word(entry, "text"), algebraic=entry.get("answerType") == "arithmetic")


def first_values(entry: Mapping[str, Any]) -> dict[str, str]:
    """Take the first value of each variable; an imported problem is one problem, not a family."""
    table = entry.get("variabilization")
    if not isinstance(table, dict):
        return {}
    return {str(name): str(listed[0]) for name, listed in table.items() if isinstance(listed, list) and listed}


def contains_key(text: str, key: str) -> bool:
    """Tell whether a hint's words give a key away: the key stands in them, not as a part of something longer.

    Both are read in plain typing without spaces. Case counts only for keys of one or two signs, so that the
    choice ``A`` is not found in every sentence.
    """
    needle, hay = _closed_up(plain_key(key)), _flat(plain_key(_plain_formulas(text)))
    if not needle:
        return False
    if len(needle) > 2:
        needle, hay = needle.lower(), hay.lower()
    if needle not in hay:
        return False
    before = r"(?<![0-9A-Za-z./^_])" if needle[0].isalnum() else r"(?<![0-9A-Za-z)])" if needle[0] in "-+" else ""
    behind = r"(?![0-9A-Za-z/^_]|\.[0-9])" if needle[-1].isalnum() else ""
    return re.search(before + re.escape(needle) + behind, hay) is not None


_NUMBER = re.compile(r"(?<![\w.,/$])-?\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?(?![\w/])")


_SIMPLE = re.compile(r"\s*-?(?:[\d.,/ ]|\\d?frac|[{}])+\s*")
"""A side of a formula that may be a plain number."""


def equals_key(text: str, key: str) -> bool:
    """Tell whether a number in a hint, by itself or as a side of an equation, is the key in another writing: ``0.5`` for
    ``1/2``. A calculation that is still to be done gives nothing away."""
    wanted = _worth(key)
    if wanted is None:
        return False
    parts = text.split("$$")
    sides = [side for part in parts[1::2] for side in part.split("=") if _SIMPLE.fullmatch(side)]
    pieces = [plain_key(f"$${side}$$") for side in sides]
    pieces += [number for part in parts[::2] for number in _NUMBER.findall(part)]
    return any(_number(piece) == wanted for piece in pieces)


@lru_cache(maxsize=512)
def _worth(key: str) -> Fraction | None:
    """The number that a key is, also as ``x = 3``."""
    return _number(plain_key(key).split("=")[-1])


def _number(text: str) -> Fraction | None:
    """The value of a number as an answer is written, None for anything that has an operation left in it."""
    tree = parse(text) if text.strip() else None
    core = tree.arg if isinstance(tree, Neg) else tree
    fraction = isinstance(core, Div) and isinstance(core.top, Num) and isinstance(core.bottom, Num)
    if core is None or isinstance(core, ParseError) or not (fraction or isinstance(core, (Num, Mixed))):
        return None
    value = rational(core)
    return value if value is None or core is tree else -value


def _plain_formulas(text: str) -> str:
    """Rewrite each formula in a text by itself, with marks that keep its neighbours apart."""
    parts = text.split("$$")
    return " ".join(_closed_up(plain_key(f"$${part}$$")) if n % 2 else part for n, part in enumerate(parts))


def _closed_up(formula: str) -> str:
    return re.sub(r"\s+([-+])\s*|\s*([-+])\s+", r"\1\2", _flat(formula))


def _flat(text: str) -> str:
    """Close up what can only be mathematics; ``is -2`` stays apart, ``5 - 2`` does not."""
    text = re.sub(r"\s*([*/^=<>,()\[\]{}])\s*", r"\1", re.sub(r"\s+", " ", text))
    return re.sub(r"\s+([-+])\s+", r"\1", text).strip()


def _distinct(name: str, names: dict[str, int], step: str, ledger: Ledger) -> str:
    names[name] = names.get(name, 0) + 1
    if names[name] == 1:
        return name
    renamed = f"{name}~{names[name]}"
    ledger.defect("repeated-hint-id", f"{step}, {name}", f"The later one is now {renamed}.")
    return renamed


def _without_circles(hints: list[Hint], step: str, ledger: Ledger) -> tuple[Hint, ...]:
    """Drop waits that could never end: a hint that waits for itself, or for one that waits for it."""
    waits = {hint.id: set(hint.after) for hint in hints}
    out = []
    for hint in hints:
        kept = []
        for name in hint.after:
            if _reaches(name, hint.id, waits):
                ledger.defect("circular-dependency", f"{step}, {hint.id}", f"The wait for {name} was dropped.")
                waits[hint.id].discard(name)
            else:
                kept.append(name)
        out.append(replace(hint, after=tuple(dict.fromkeys(kept))))
    return tuple(out)


def _reaches(start: str, goal: str, waits: Mapping[str, set[str]]) -> bool:
    seen, stack = set(), [start]
    while stack:
        here = stack.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            stack += waits.get(here, ())
    return False
