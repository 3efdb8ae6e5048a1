r"""OATutor's strings as sentences of ours.

``$$`` LaTeX is our own notation already. A line break is written as the two signs ``\n``; a figure as
``##figure1.gif##``; a variable as ``@{name}``, with its values beside the problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headway.core.text import NOTHING, T, Text, verbatim

FIGURE = re.compile(r"##([\w ./-]+\.(?:gif|png|jpe?g|svg|webp|bmp))##", re.I)
VARIABLE = re.compile(r"@\{(\w+)\}")


def figures(text: str) -> list[str]:
    """Name the figures that a string refers to, in order."""
    return [name.strip() for name in FIGURE.findall(text)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in for variables; an unknown variable stays as it is."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_variables(text: str) -> list[str]:
    """Name the variables that are still in a filled string."""
    return VARIABLE.findall(text)


def plain_text(text: str, values: Mapping[str, str]) -> str:
    """Fill variables in, take figure marks out, and break lines: what a reader sees as text."""
    parts = FIGURE.sub("", filled(text, values)).split("$$")
    out = [part.replace("\\n", "\n") if n % 2 == 0 else part for n, part in enumerate(parts)]
    shown = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", "$$".join(out))
    return re.sub(r"[ \t]*\n\s*", "\n", shown).strip()


def text_of(text: str, values: Mapping[str, str]) -> Text:
    """Make a sentence of an imported string; a figure is named where it would have stood."""
    shown, named = plain_text(text, values), figures(text)
    if not named:
        return verbatim(shown)
    names = ", ".join(dict.fromkeys(named))
    if not shown:
        return T("Figure that did not come with the problem: {name}", name=names)
    return T("{text}\nFigure that did not come with the problem: {name}", text=verbatim(shown), name=names)


def joined(first: Text, second: Text) -> Text:
    """Set two sentences one under the other; an empty one is left out."""
    if first == NOTHING:
        return second
    if second == NOTHING:
        return first
    return Text("{first}\n{second}", (("first", first), ("second", second)))
