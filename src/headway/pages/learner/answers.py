"""A learner's own answer, set as mathematics."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString

from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import Text
from headway.pages.render import mathml, render

SIGNS = (
    ("<=", r"\le "), (">=", r"\ge "), ("!=", r"\ne "), ("*", r"\cdot "), ("×", r"\times "), ("·", r"\cdot "),
    ("÷", r"\div "), ("−", "-"), ("%", r"\%"), ("$", r"\$"), ("#", r"\#"), ("&", r"\&"), ("_", r"\_"),
)  # fmt: skip
FRACTION = re.compile(r"(?<![\w.])(\d+|[a-zA-Z]|\([^()]*\))\s*/\s*(\d+|[a-zA-Z]|\([^()]*\))(?![\w.])")
WORD = re.compile(r"[^\W\d_]{3,}|[^\x00-\x7f]")
COMMAND = re.compile(r"\\[a-zA-Z]+")
LATEX = re.compile(r"\\[a-zA-Z]+|[{}]")


def written(spec: AnswerSpec, answer: str) -> SafeString:
    """What a learner gave to a step, as safe HTML: the text of a choice, mathematics, or words as they stand."""
    if spec.kind in ("choice", "choices"):
        chosen = [spec.choices[int(n)] for n in re.findall(r"\d+", answer)[:20] if int(n) < len(spec.choices)]
        return joined(chosen) if chosen else SafeString(escape(answer))
    if spec.kind == "text":
        return SafeString(escape(answer))
    if LATEX.search(answer):
        return mathml(answer)
    return typed(answer)


def typed(answer: str) -> SafeString:
    """Plain typing set as mathematics: ``3/4``, ``2x+1``, ``x>=-2``, and what a math field emits. Words stay words."""
    if COMMAND.search(answer):
        return mathml(answer)
    if WORD.search(answer.replace("×", "").replace("÷", "").replace("−", "").replace("·", "")):
        return SafeString(escape(answer))
    latex = FRACTION.sub(lambda found: rf"\frac{{{_bare(found[1])}}}{{{_bare(found[2])}}}", answer)
    for sign, command in SIGNS:
        latex = latex.replace(sign, command)
    return mathml(re.sub(r"\^\(([^()]*)\)", r"^{\1}", latex))


def key_of(spec: AnswerSpec) -> SafeString:
    """The answer, as the worked solution shows it."""
    return written(spec, spec.keys[0]) if spec.keys else SafeString("")


def joined(texts: list[Text]) -> SafeString:
    """Choices after one another."""
    return SafeString(", ".join(render(text) for text in texts))


def _bare(part: str) -> str:
    return part[1:-1] if part.startswith("(") else part
