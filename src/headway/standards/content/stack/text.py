"""The texts of a STACK question with its numbers filled in: ``{@p@}`` set as mathematics, ``{#p#}`` as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.stack.evaluate import Session
from headway.standards.content.stack.maxima import NotMaxima
from headway.standards.content.stack.shown import latex, written

FILLED = re.compile(r"\{@(.*?)@\}|\{#(.*?)#\}", re.DOTALL)
MATH = re.compile(r"(\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$)", re.DOTALL)
INPUT = re.compile(r"\[\[input:(\w+)\]\]")
QUIET = re.compile(
    r"\[\[(?:validation|feedback):\w+\]\]|\[\[facts:[^\]]*\]\]|\[\[comment\]\].*?\[\[/comment\]\]", re.DOTALL
)
BLOCK = re.compile(r"\[\[\s*/?\s*(\w+)")


def words_of(desk: Desk, session: Session, html: str, blank: Callable[[str], str] = lambda name: "") -> str:
    """A text as our sentences. Raises NotCarried for what would have to be drawn or decided anew."""
    html = QUIET.sub(" ", html)
    html = INPUT.sub(lambda found: blank(found[1]), html)
    block = BLOCK.search(html)
    if block:
        raise NotCarried(f"Its text has a part that STACK makes anew each time ({block[1]}).")
    pieces = MATH.split(html)
    return desk.html("".join(_filled(session, piece, inside=n % 2 == 1) for n, piece in enumerate(pieces)))


def _filled(session: Session, piece: str, *, inside: bool) -> str:
    def fill(found: re.Match[str]) -> str:
        try:
            node = session.text(found[1] or found[2])
        except NotMaxima as unknown:
            raise NotCarried(f"Its text needs {unknown}, which is not known here.") from None
        if found[1] is None:
            return written(node)
        shown = str(node[1]) if node[0] == "str" else latex(node).replace("<", r"\lt ").replace(">", r"\gt ")
        if inside:
            return f"{{{shown}}}"
        return shown if node[0] == "str" else rf"\({shown}\)"

    return FILLED.sub(fill, piece)
