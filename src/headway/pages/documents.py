"""Printed documents: a title and blocks in, a tagged PDF out. With ``sheets`` the only module that knows the typesetter.

Whoever wants a document builds a :class:`Document` of finished sentences in the reader's language and calls :func:`pdf`.
Everything is set as it stands: no character in it is markup. The fonts lie beside the other vendored files and cover
Latin (with Vietnamese), Greek, Cyrillic and Arabic script, and the Chinese characters of names (docs/decisions/0006).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

PLACE = Path(__file__).parent
FONTS, TEMPLATE = PLACE / "static" / "vendor" / "print", PLACE / "print" / "document.typ"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part."""

    words: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs, one a line; ``kind`` ``quiet`` sets them small."""

    words: str
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """A list with a point before each item."""

    items: Sequence[str]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is."""

    rows: Sequence[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; ``widths`` are shares of the line, one a column. A ``tall`` one leaves room to write."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    caption: str = ""
    tall: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG of our own making) as wide as the line, with its words for who cannot see it."""

    svg: str
    alt: str
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, with what stands under each."""

    names: Sequence[str]
    kind: str = "signatures"


Block = Heading | Words | Points | Facts | Table | Picture | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one ``language`` (``en``, ``es``). ``school`` and ``date`` stand above the title, ``foot`` on every
    page; ``paper`` is a size that the typesetter knows (``us-letter``, ``a4``)."""

    title: str
    language: str
    school: str
    date: str
    blocks: Sequence[Block]
    lead: str = ""
    foot: str = ""
    author: str = ""
    paper: str = "us-letter"


@cache
def _fonts() -> Any:
    """The vendored fonts first, then what the machine has for scripts that they do not cover."""
    import typst  # here and below: 15 MB that only whoever prints has to load

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def pdf(document: Document, *, at: float) -> bytes:
    """Set a document; ``at`` (seconds since 1970) is its date of making. The same document gives the same bytes.

    Raises RuntimeError where the typesetter refuses it, which would be a fault of ours.
    """
    import typst

    blocks = [asdict(block) for block in document.blocks]
    data = {**{name: getattr(document, name) for name in _PLAIN}, "blocks": blocks}
    made: bytes = typst.compile(
        _template(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        timestamp=datetime.fromtimestamp(int(at), UTC),
    )
    return made


_PLAIN = ("title", "language", "school", "date", "lead", "foot", "author", "paper")


def pdf_response(document: Document, *, at: float, name: str = "") -> HttpResponse:
    """Answer a request with the document, to be shown in the browser; ``name`` is the file's name without its ending."""
    response = HttpResponse(pdf(document, at=at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slugify(name or document.title) or "document"}.pdf"'
    response.headers["Content-Language"] = document.language
    response.headers["Cache-Control"] = "private, no-store"
    return response
