r"""Khan Academy's Markdown as our sentences: formulas between ``$``, pictures, emphasis, and places of widgets."""

from __future__ import annotations

import re
from collections.abc import Callable

from headway.standards.content.desk import Desk

WIDGET = re.compile(r"\[\[\u2603 ?([a-z0-9-]+ \d+)\]\]")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
LINK = re.compile(r"(?<!!)\[([^\]\[]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(\*\*|__|(?<![\w\\])[*_](?=\S))(.+?)\1")
COLOUR = re.compile(
    r"\\(?:ka)?(?:blue|gold|gray|green|grey|maroon|mint|orange|pink|purple|red|teal|Blue|Green)[A-E]?(?=\s*\{)"
)
TABLE_RULE = re.compile(r"(?m)^\s*\|?[\s:|-]*-[\s:|-]*$")
HELD = re.compile("\ue300(\\d+)\ue301")


def sentences(desk: Desk, text: str, widget: Callable[[str], str] = lambda name: "") -> str:
    """The words of a piece of Markdown; ``widget`` gives the text that stands for one by its name."""
    held: list[str] = []

    def hold(kept: str) -> str:
        held.append(kept)
        return f"\ue300{len(held) - 1}\ue301"

    text = text.replace("\\$", hold("$"))
    text = WIDGET.sub(lambda found: hold(widget(found[1])), text)
    text = PICTURE.sub(lambda found: hold(desk.picture(found[2].replace("${\u2623 LOCALPATH}/", ""), found[1])), text)
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["$".join(pieces[-2:])]
    out = "".join(hold(f"$${COLOUR.sub('', piece).strip()}$$") if n % 2 and piece.strip() else piece
                  for n, piece in enumerate(pieces))  # fmt: skip
    out = LINK.sub(r"\1", TABLE_RULE.sub("", out))
    for _ in range(3):
        out = EMPHASIS.sub(r"\2", out)
    out = re.sub(r"(?m)^\s{0,3}(?:#{1,6}|>)\s*", "", out)
    out = re.sub(r"(?m)^\s*[*+-]\s+", "- ", out)
    if "<" in out:
        out = desk.html(out.replace("\n", "<br>"))
    out = HELD.sub(lambda found: held[int(found[1])], out)
    lines = (" ".join(line.split()) for line in out.split("\n"))
    return "\n".join(line for line in lines if line and line != "$$$$")
