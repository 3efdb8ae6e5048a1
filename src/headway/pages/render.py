"""Sentences to HTML: translated, escaped, their mathematics as MathML.

Sentences of our own and of imported problems share one notation: LaTeX between ``$$``, line breaks, ``- `` before the
lines of a list, ``##name##`` where a picture stood, ``##digest.png|words##`` where it is kept. Everything else is words
and is escaped; a price such as $5 stays a price.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from latex2mathml.converter import convert_to_element

from headway.core.text import Text

MATH = re.compile(r"\$\$(?!\$)((?:\\.|[^\\])+?)\$\$", re.DOTALL)
PICTURE = re.compile(r"##\s*([\w.\-]{1,80}\.(?:gif|png|jpe?g|svg))\s*(?:##)?", re.IGNORECASE)
STORED = re.compile(r"##([0-9a-f]{64}\.(?:png|jpg|gif|webp))(?:\|([^#\n]{0,300}))?##")
"""A picture that came with its question: its name, and the words for those who do not see it."""
BREAK = re.compile(r"\r?\n|\\n(?![a-zA-Z])|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"</?(?:p|b|i|em|strong|sub|sup|span|div|u)\s*/?>", re.IGNORECASE)
HELD = re.compile("\ue000(\\d+)\ue001")
LONGEST = 2_000
"""A formula longer than this (in characters) is shown as words: no school problem needs it."""


def said(text: Text | str) -> str:
    """The sentence in the reader's language, mathematics still as LaTeX between ``$$``."""
    return text.translate(gettext) if isinstance(text, Text) else text


def render(text: Text | str) -> SafeString:
    """Safe HTML for a sentence, on one line: for headings, buttons, choices and table cells."""
    held, words = _hold(said(text))
    lines = [line.strip() for line in BREAK.split(words)]
    return _finish(" ".join(line for line in lines if line), held)


def render_block(text: Text | str) -> SafeString:
    """Safe HTML for a passage: paragraphs and lists. Empty when there is nothing to say."""
    held, words = _hold(said(text))
    out: list[str] = []
    items: list[str] = []
    for line in [*(line.strip() for line in BREAK.split(words)), ""]:
        if line.startswith(("- ", "• ")):
            items.append(f"<li>{_finish(line[2:], held)}</li>")
            continue
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line:
            out.append(f"<p>{_finish(line, held)}</p>")
    return mark_safe("".join(out))  # noqa: S308 (built from escaped words and our own MathML)


def plain(text: Text | str) -> str:
    """The sentence in words only, for titles and attributes: ``$$\\frac{3}{4}$$`` becomes ``3/4``."""
    string = MATH.sub(lambda found: readable(found[1]), said(text))
    string = PICTURE.sub("", TAG.sub("", STORED.sub(lambda found: found[2] or "", string)))
    return " ".join(BREAK.sub(" ", string).split())


@lru_cache(maxsize=8192)
def mathml(latex: str) -> SafeString:
    """MathML for LaTeX; what cannot be set as mathematics is shown as readable text."""
    latex = latex.strip()
    if not latex:
        return SafeString("")
    try:
        if len(latex) > LONGEST:
            raise ValueError("too long")
        tree = convert_to_element(GROUPED.sub(r"\\text{\g<0>}", latex.replace("**", "^")))
        return mark_safe(_markup(tree))  # noqa: S308 (only known elements, everything else escaped)
    except Exception:  # noqa: BLE001 (the converter raises many kinds on bad LaTeX; a page must still be shown)
        return mark_safe(f'<span class="tex">{escape(readable(latex))}</span>')  # noqa: S308


GROUPED = re.compile(r"(?<![\d.,(\[{])\d{1,3}(?:,\d{3})+(?![\d,)\]}])")
"""5,600 as one number: set as it stands, without the space that a list's comma gets."""
ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "menclose", "mpadded", "mphantom",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "stretchy", "fence", "separator", "accent", "accentunder", "linethickness", "mathvariant", "columnalign",
    "rowspacing", "columnspacing", "columnlines", "rowlines", "notation", "minsize", "maxsize", "lspace",
    "rspace", "form", "displaystyle", "scriptlevel", "width",
})  # fmt: skip


def _mark_signs(row: Element) -> None:
    """Set the minus of −6 close to its number also after another operator, where MathML takes it for a subtraction: only
    the first of a row is a sign by itself (MathML Core, section 3.2.4.2, "form of an operator")."""
    bars, before = 0, None
    for child in row:
        word = unescape(child.text or "") if child.tag == "mo" else ""
        after_open = before is not None and before not in CLOSES and not (before == "|" and bars % 2 == 0)
        if word in ("−", "-", "+", "±") and after_open:
            child.set("form", "prefix")
        bars += word == "|"
        before = word or None


CLOSES = frozenset(")]}⟩⌋⌉!%°′″…‰")
"""Operators after which another one is between two numbers."""


def _markup(element: Element) -> str:
    """Markup of the known elements and attributes of a tree; an unknown element leaves its children."""
    _mark_signs(element)
    inner = escape(unescape(element.text or "")) + "".join(_markup(child) for child in element)
    if element.tag not in ELEMENTS:
        return inner
    attributes = "".join(f' {k}="{escape(v)}"' for k, v in element.attrib.items() if k in ATTRIBUTES)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


SPOKEN = (
    (re.compile(r"(?<=\d)\s*(?=\\[dt]?frac)"), " "),
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"\1/\2"),
    (re.compile(r"\\sqrt\s*\{([^{}]*)\}"), r"√(\1)"),
    (re.compile(r"\\(?:text|mathrm|operatorname|mathbf)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?:left|right|,|;|!|quad|displaystyle)\s?"), ""),
)
SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "pi": "π", "pm": "±", "infty": "∞", "approx": "≈", "circ": "°", "angle": "∠", "degree": "°", "lt": "<", "gt": ">",
}  # fmt: skip


def readable(latex: str) -> str:
    """LaTeX as plain typing, as far as that goes: for titles, attributes and formulas that cannot be set."""
    for pattern, replacement in SPOKEN:
        latex = pattern.sub(replacement, latex)
    latex = re.sub(r"\\([a-zA-Z]+)\s?", lambda found: SIGNS.get(found[1], found[1]), latex)
    latex = re.sub(r"\(([\w.]+)\)/\(([\w.]+)\)", r"\1/\2", latex)
    return " ".join(re.sub(r"[{}\\]", "", latex).split())


def _hold(string: str) -> tuple[list[str], str]:
    """Set formulas and pictures aside, so that breaking and escaping the words cannot touch them."""
    held: list[str] = []

    def keep(markup: str) -> str:
        held.append(markup)
        return f"\ue000{len(held) - 1}\ue001"

    string = string.replace("\ue000", "").replace("\ue001", "")
    string = MATH.sub(lambda found: keep(mathml(found[1])), string)
    string = STORED.sub(lambda found: keep(_figure(found[1], found[2] or "")), string)
    missing = escape(gettext("A picture that did not come with this problem"))
    string = PICTURE.sub(lambda _found: keep(f'<span class="picture">{missing}</span>'), string)
    return held, unescape(TAG.sub("", string))


def _figure(name: str, words: str) -> str:
    alt = escape(words or gettext("A picture that belongs to the question"))
    return f'<img class="figure" src="{reverse("pages:picture", args=[name])}" alt="{alt}" loading="lazy">'


def _finish(words: str, held: list[str]) -> SafeString:
    return mark_safe(HELD.sub(lambda found: held[int(found[1])], escape(words)))  # noqa: S308
