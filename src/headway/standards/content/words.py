r"""HTML and XHTML as the plain sentences that a page here can show: words, lists, pictures, and mathematics as LaTeX.

Nothing of the markup goes through. What is known becomes our notation (line breaks, ``- `` before a list's lines, ``$$…$$``,
``##picture##``); everything else leaves its words, or nothing where it is a script, a drawing or a frame, and is written down as
a loss. So there is no list of forbidden things that a clever page could get round.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from headway.standards.content.mathml import latex_of

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tfoot", "tr", "ul",
})  # fmt: skip
LEFT_OUT = {
    "script": "script", "style": "style", "iframe": "frame", "frame": "frame", "object": "frame", "embed": "frame",
    "svg": "drawing", "canvas": "script", "video": "video", "audio": "audio", "head": "style", "template": "script",
    "applet": "frame", "select": "", "textarea": "", "title": "", "noscript": "",
}  # fmt: skip
"""Elements that leave nothing -> what is written down as lost."""
NEEDED = frozenset({"script", "drawing", "frame", "video", "audio"})
"""Losses after which a question may not be whole any more."""
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
HIGH = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
INLINE = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
DISPLAY = re.compile(r"\\\[(.+?)\\\]", re.DOTALL)
LONGEST = 200_000

Picture = Callable[[str, str], str]
"""(address, words for it) -> the text that stands for the picture, "" if it did not come."""
Loss = Callable[[str], None]


class Words(HTMLParser):
    """Collects sentences; fed with HTML, or walked over a tree of XHTML."""

    def __init__(self, picture: Picture, loss: Loss) -> None:
        super().__init__(convert_charrefs=True)
        self._picture, self._loss = picture, loss
        self._out: list[str] = []
        self._silent: list[str] = []
        self._small: list[tuple[str, int]] = []
        self._math: TreeBuilder | None = None
        self._cells, self._cell = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rsplit(":", 1)[-1].lower()
        if self._math is not None:
            self._math.start(tag, {})
        elif self._silent:
            if tag not in VOID:
                self._silent.append(tag)
        elif tag == "math":
            self._math = TreeBuilder()
            self._math.start("math", {})
        else:
            self._begin(tag, {key: value or "" for key, value in attrs})

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag in LEFT_OUT:
            if LEFT_OUT[tag]:
                self._loss(LEFT_OUT[tag])
            if tag not in VOID:
                self._silent.append(tag)
        elif tag in BLOCKS:
            rows = tag in ("tr", "table", "tbody", "thead", "tfoot")
            self._cell = self._cell and not rows
            self._cells = 0 if rows else self._cells
            self._out.append(" " if self._cell else "\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self._out.append(" | " if self._cells else "")
            self._cells, self._cell = self._cells + 1, True
            if self._cells == 2:
                self._loss("table")
        elif tag in ("img", "image"):
            self._out.append(self._picture(given.get("src") or given.get("href", ""), given.get("alt", "")))
        elif tag in ("sub", "sup"):
            self._small.append((tag, len(self._out)))

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rsplit(":", 1)[-1].lower()
        if self._math is not None:
            if tag not in VOID:
                self._close_math(tag)
        elif self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
        elif tag in ("td", "th"):
            self._cell = False
        elif tag in BLOCKS and tag != "br":
            self._out.append(" " if self._cell else "\n")
        elif tag in ("sub", "sup") and self._small:
            _, at = self._small.pop()
            inner = "".join(self._out[at:])
            self._out[at:] = [raised(inner, low=tag == "sub")]

    def _close_math(self, tag: str) -> None:
        assert self._math is not None
        try:
            self._math.end(tag)
            if tag == "math":
                self._out.append(f" $${latex_of(self._math.close())}$$ ")
                self._math = None
        except (AssertionError, IndexError):
            self._loss("formula")
            self._math = None

    def handle_data(self, data: str) -> None:
        if self._math is not None:
            self._math.data(data)
        elif not self._silent:
            self._out.append(re.sub(r"\s+", " ", data))

    def walk(self, element: Element, stop: Callable[[Element], str | None] = lambda element: None) -> None:
        """Read a tree; where ``stop`` gives a text for an element, that text stands for all of it."""
        instead = stop(element)
        if instead is not None:
            self._out.append(instead)
            return
        tag = str(element.tag)
        self.handle_starttag(tag, list(element.attrib.items()))
        self.handle_data(element.text or "")
        for child in element:
            self.walk(child, stop)
            self.handle_data(child.tail or "")
        if tag.lower() not in VOID:
            self.handle_endtag(tag)

    def sentences(self) -> str:
        """What was collected, without empty lines."""
        text = "".join(self._out)
        text = DISPLAY.sub(lambda found: f"$${found[1].strip()}$$", INLINE.sub(r"$$\1$$", text))
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return "\n".join(line for line in lines if line and line != "-")[:LONGEST]


def raised(text: str, *, low: bool) -> str:
    """Words set low or high: in signs of their own where there are some, else with a mark in front."""
    text = text.strip()
    table = LOW if low else HIGH
    if text and all(ord(sign) in table for sign in text):
        return text.translate(table)
    mark = "_" if low else "^"
    return f"{mark}{text}" if len(text) <= 1 else f"{mark}({text})" if text else ""


def html_words(html: str, picture: Picture, loss: Loss) -> str:
    """Sentences of a piece of HTML."""
    reader = Words(picture, loss)
    reader.feed(html[:LONGEST])
    reader.close()
    return reader.sentences()


def tree_words(
    element: Element, picture: Picture, loss: Loss, stop: Callable[[Element], str | None] = lambda element: None
) -> str:
    """Sentences of a tree of XHTML."""
    reader = Words(picture, loss)
    reader.walk(element, stop)
    return reader.sentences()
