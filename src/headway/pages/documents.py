"""Printed documents: a title and blocks in, a tagged PDF out. With ``sheets`` the only module that knows the typesetter.

Whoever wants a document builds a :class:`Document` of finished sentences in the reader's language and calls :func:`pdf`.
Everything is set as it stands: no character in it is markup. The fonts lie beside the other vendored files and cover
Latin (with Vietnamese), Greek, Cyrillic and Arabic script, and the Chinese characters of names (docs/decisions/0006).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language

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
    """A table with a head; ``widths`` are shares of the line, one a column. A ``tall`` one leaves room to write, a ``dense``
    one has forty rows on a sheet, and the rows of a ``whole`` one are not broken between sheets."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    caption: str = ""
    tall: bool = False
    dense: bool = False
    whole: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG of our own making) as wide as the line, with its words for who cannot see it; a ``caption`` stands above it
    on the same page."""

    svg: str
    alt: str
    caption: str = ""
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, with what stands under each."""

    names: Sequence[str]
    kind: str = "signatures"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a learner under a ``label``: its ``words``, one paragraph a line, or ``sheets``: its pages as PNG pictures."""

    label: str
    words: str = ""
    sheets: Sequence[bytes] = ()
    kind: str = "passage"


@dataclass(frozen=True, slots=True)
class Slip:
    """A part that is cut off and given to one person: it stays on one sheet where it fits on one."""

    title: str
    blocks: Sequence[Heading | Words | Points | Facts]
    kind: str = "slip"


@dataclass(frozen=True, slots=True)
class Card:
    """A card to cut out: a drawing beside a ``title`` with lines under it, then small pictures, each with its word."""

    title: str
    lines: Sequence[str]
    svg: str
    alt: str
    pictures: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards, two in a row, with lines to cut along; none is broken by the end of a sheet."""

    cards: Sequence[Card]
    kind: str = "cards"


Block = Heading | Words | Points | Facts | Table | Picture | Signatures | Passage | Slip | Cards


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one ``language`` (``en``, ``es``). ``school`` and ``date`` stand above the title, ``foot`` on every
    page; ``paper`` is a size that the typesetter knows (``us-letter``, ``a4``). ``one_sheet`` sets it as much
    smaller as one sheet asks for, down to 7.5 points."""

    title: str
    language: str
    school: str
    date: str
    blocks: Sequence[Block]
    lead: str = ""
    foot: str = ""
    author: str = ""
    paper: str = "us-letter"
    one_sheet: bool = False


def language_in(request: HttpRequest) -> str:
    """The language that a document was asked in, if Headway speaks it; the reader's own otherwise."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"


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

    with tempfile.TemporaryDirectory() as folder:
        blocks = [_filed(asdict(block), Path(folder), k) for k, block in enumerate(document.blocks)]
        data = {**{name: getattr(document, name) for name in _PLAIN}, "blocks": blocks}
        made: bytes = typst.compile(
            _template(),
            root=folder,
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            timestamp=datetime.fromtimestamp(int(at), UTC),
        )
    return made


def _filed(block: dict[str, Any], folder: Path, number: int) -> dict[str, Any]:
    """Pictures become files beside the template: its data are words."""
    if "sheets" in block:
        names = [f"/{number}-{k}.png" for k in range(len(block["sheets"]))]
        for name, picture in zip(names, block["sheets"], strict=True):
            (folder / name[1:]).write_bytes(picture)
        block["sheets"] = names
    return block


_PLAIN = ("title", "language", "school", "date", "lead", "foot", "author", "paper", "one_sheet")


def pdf_response(document: Document, *, at: float, name: str = "") -> HttpResponse:
    """Answer a request with the document, to be shown in the browser; ``name`` is the file's name without its ending."""
    response = HttpResponse(pdf(document, at=at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slugify(name or document.title) or "document"}.pdf"'
    response.headers["Content-Language"] = document.language
    response.headers["Cache-Control"] = "private, no-store"
    return response
