"""OATutor's keys as answer specifications.

OATutor knows two ways of comparing (arithmetic, and letter by letter) and one notation each. Here the key is read
for what it is: a number, a set of points, an interval, words. Compared as words is the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerKind, AnswerSpec
from headway.core.text import Text
from headway.standards.latex import plain_typing
from headway.standards.oatutor.texts import text_of

NUMBER = re.compile(
    r"[-+−]?\s*(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\s+[0-9]+/[0-9]+|[0-9]*\.?[0-9]+(?:/[0-9]+)?|[0-9]+\.)"
)
UNITS = (
    ("$", re.compile(r"^\$\s*(.*?)\s*\$?$")),
    ("%", re.compile(r"^(.*?)\s*%$")),
    ("°", re.compile(r"^\$?(.*?)\s*°\$?$")),
    *((unit, re.compile(rf"^(.*?)\s*{re.escape(unit)}$")) for unit in ("cm", "mm", "km", "kg", "kJ", "ft", "m/s")),
)
"""Units that a key may carry: the unit, and where the number stands beside it."""

NAMES = r"arcsin|arccos|arctan|sqrt|cbrt|sinh|cosh|sin|cos|tan|sec|csc|cot|log|ln|exp|abs|inf|pi|theta|alpha|beta|rho"
POINTS = re.compile(
    r"coordinate|ordered pair|point|vertex|vertices|intercept|focus|foci|center|\(x,\s*y\)|\(a,\s*b\)", re.I
)
SPANS = re.compile(r"interval|domain|range|separete|confidence|inequalit", re.I)
ORDERED = re.compile(
    r"sequence|terms|format|largest|smallest|larger number|as \w+( \w+)?,\s?\w+|split with|as \$?\$?x|in order", re.I
)


def choice_spec(key: str, choices: tuple[str, ...], values: Mapping[str, str]) -> tuple[AnswerSpec, int]:
    """Make a multiple-choice answer; repeated choices are shown once. Returns it with the number of repetitions.

    Raises ValueError if the key is none of the choices.
    """
    once = tuple(dict.fromkeys(choices))
    index = once.index(key)
    shown: tuple[Text, ...] = tuple(text_of(choice, values) for choice in once)
    return AnswerSpec("choice", (str(index),), choices=shown), len(choices) - len(once)


def typed_spec(key: str, prompt: str, *, algebraic: bool) -> AnswerSpec:
    """Make the specification of a typed answer.

    ``key`` is as the author wrote it, ``prompt`` helps to tell a point from an interval and a list from a set, and
    ``algebraic`` says that OATutor compares it as algebra, so that letters are variables.
    """
    plain = plain_key(key)
    written = key.replace("$$", "").strip()
    for unit, pattern in UNITS:
        found = pattern.match(plain)
        if found and found[1] != plain and NUMBER.fullmatch(found[1].strip()):
            return _as_written(AnswerSpec("number", (found[1].strip().replace(",", ""),), unit=unit), written)
    if NUMBER.fullmatch(plain) and not (re.search(r",", plain) and ORDERED.search(prompt)):
        return _as_written(_in_form(AnswerSpec("number", (plain.replace(",", ""),)), prompt), written)
    kind = "set" if _alternatives(plain) else _kind(plain, prompt, algebraic)
    spec = AnswerSpec(kind, (plain,), variables=_variables(plain))
    if kind != "text" and check(spec, plain).correct:
        return _as_written(_in_form(spec, prompt), written)
    return AnswerSpec("text", tuple(dict.fromkeys(form for form in (plain, written) if form)))


def _as_written(spec: AnswerSpec, written: str) -> AnswerSpec:
    """Accept the author's own writing too, where the checker would not see that it is the same."""
    if not written or written == spec.keys[0] or check(spec, written).correct:
        return spec
    both = replace(spec, keys=(*spec.keys, written))
    return both if check(both, written).correct else spec


FORMS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("factored", re.compile(r"\bfactor\b", re.I), re.compile(r".*\(.*")),
    (
        "expanded",
        re.compile(r"\b(?:multiply|expand|find the product)\b", re.I),
        re.compile(r"[^(/]*[a-z][^(/]*[-+][^(/]*"),
    ),
    (
        "simplest-fraction",
        re.compile(r"\b(?:simplify|reduce)\b.*fraction|lowest terms", re.I),
        re.compile(r"-?\d+/\d+"),
    ),
)
"""Form, the words that ask for it, and what a key in that form looks like."""


def _in_form(spec: AnswerSpec, prompt: str) -> AnswerSpec:
    """Ask for the form that the question asks for, if its own key is in it; else the question could be its answer."""
    for form, asked, looks in FORMS:
        if spec.kind in ("number", "expression") and asked.search(prompt) and looks.fullmatch(spec.keys[0]):
            formed = replace(spec, form=form)
            if check(formed, spec.keys[0]).correct:
                return formed
    return spec


def _alternatives(plain: str) -> bool:
    """Tell ``x=2 or x=8`` and ``1600 and 960``: several values of one thing."""
    items = split_items(re.sub(r"\s+(?:or|and)\s+", ", ", plain))
    names = {item.split("=")[0].strip() for item in items if re.fullmatch(r"[a-zA-Z]\s*=[^=<>]+", item)}
    equations = sum("=" in item for item in items)
    if len(items) < 2 or re.search(r"[a-zA-Z]{3,}", re.sub(NAMES, "", plain.replace(" and ", " "))):
        return False
    if equations:
        return len(names) == 1 and equations == len(items)
    return re.search(r"\s(?:or|and)\s", plain) is not None


@lru_cache(maxsize=1024)
def plain_key(key: str) -> str:
    """Rewrite a key in plain typing: ``$$`` segments by :func:`plain_typing`, ``**`` as ``^``, ``&`` as a union."""
    parts = key.split("$$")
    if len(parts) % 2 == 0:
        parts = [key.replace("$$", "")]
    text = ""
    for n, part in enumerate(parts):
        formula = part if n % 2 == 0 else (plain_typing(part) or part)
        raised = n % 2 == 1 and re.search(r"(\*\*|\^)\s*$", text) and not re.fullmatch(r"[0-9.]+|[a-z]", formula)
        text += f"({formula})" if raised else formula
    if "\\" in text and len(parts) == 1:
        text = plain_typing(text) or text
    text = re.sub(r"\^\(?°\)?", "°", text.replace("−", "-").replace("**", "^"))
    text = re.sub(r"(?<=[\])])\s*(?:&|U|∪)\s*(?=[\[(])", " U ", text)
    return re.sub(r"\s+", " ", text).strip()


def _kind(plain: str, prompt: str, algebraic: bool) -> AnswerKind:
    if _is_words(plain, algebraic):
        return "text"
    if re.search(r"\binf\b|^\[|\]$| U ", plain) and re.match(r"[\[(]", plain):
        return "interval"
    items = split_items(plain)
    if re.fullmatch(r"\{.*\}", plain):
        return "list" if ORDERED.search(prompt) else "set"
    if len(items) == 1 and re.fullmatch(r"\(.*\)", plain) and len(split_items(plain[1:-1])) > 1:
        pair = len(split_items(plain[1:-1])) == 2
        return "interval" if pair and SPANS.search(prompt) and not POINTS.search(prompt) else "coordinate"
    if len(items) > 1:
        if any(re.search(r"[=<>]", item) for item in items) or " and " in plain:
            return "text"
        return "list" if ORDERED.search(prompt) or len(set(items)) < len(items) else "set"
    if re.search(r"<|>", plain):
        return "inequality"
    return "equation" if plain.count("=") == 1 else "expression"


def split_items(text: str) -> list[str]:
    """Split at commas outside all brackets."""
    items, depth, last = [], 0, 0
    for n, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            items.append(text[last:n].strip())
            last = n + 1
    return [*items, text[last:].strip()]


def _is_words(plain: str, algebraic: bool) -> bool:
    """Tell words, code and chemistry from mathematics."""
    if not re.search(r"[0-9a-zA-Z]", plain) or re.search(r"""[\\"'→⇌±≈?%]""", plain) or plain.count("=") > 1:
        return True
    if _unbalanced(plain) or re.search(r"[a-zA-Z]\.[a-zA-Z]|[a-zA-Z0-9]{2,}_", plain.replace("log_", "")):
        return True
    if re.fullmatch(r"[A-Z][a-zA-Z]+|[A-Z]{2,}.*|[A-Z]/[A-Z]", plain) or (
        not algebraic and re.fullmatch("[A-Z]", plain)
    ):
        return True
    rest = re.sub(NAMES, " ", plain)
    longest = max((len(run) for run in re.findall(r"[A-Za-z]+", rest)), default=0)
    if re.search(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}", rest) or re.search(r"[A-Z][a-z]{2,}", rest):
        return True
    return longest > (4 if algebraic else 2)


def _unbalanced(text: str) -> bool:
    """Half-open intervals may mix brackets; anything else that does not close is not mathematics."""
    return sum(text.count(sign) for sign in "([{") != sum(text.count(sign) for sign in ")]}")


def _variables(plain: str) -> tuple[str, ...]:
    letters = re.findall(r"[a-zA-Z]", re.sub(NAMES, " ", plain.replace(" U ", " ")))
    return tuple(sorted(set(letters) - {"e"}))
