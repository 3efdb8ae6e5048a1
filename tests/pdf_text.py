"""The words of a PDF in the order in which they were set: what somebody can read who has only the paper.

It reads what our typesetter writes: deflated streams, fonts with a table of their characters (ToUnicode), two bytes each.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_INSIDE = rb"(?:[^()\\]|\\.)*"
for _depth in range(4):  # a bracket that has its partner stands in a string as it is
    _INSIDE = rb"(?:[^()\\]|\\.|\(" + _INSIDE + rb"\))*"
_PIECE = re.compile(rb"\((" + _INSIDE + rb")\)", re.DOTALL)
_SHOWN = re.compile(
    rb"/(\w+) [\d.]+ Tf|\[((?:\(" + _INSIDE + rb"\)|[^\]()])*)\]\s*TJ|(\(" + _INSIDE + rb"\))\s*Tj|\b(ET)\b", re.DOTALL
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Return all words, with single spaces between them."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    pages = [body for _number, body in sorted(objects.items()) if re.search(rb"/Type\s*/Page\b", body)]
    return " ".join(" ".join(_page(page, objects) for page in pages).split())


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {
        name.decode(): _characters(objects[_named(rb"/ToUnicode", objects[int(number)])], objects)
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", objects[_named(rb"/Resources", page)])
    }
    said, font = list[str](), dict[int, str]()
    for name, several, single, end in _SHOWN.findall(_stream(objects[_named(rb"/Contents", page)])):
        if name:
            font = fonts[name.decode()]
        elif end:
            said.append(" ")
        for piece in _PIECE.findall(several or single):
            codes = _ESCAPED.sub(_byte, piece)
            said += [font[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2)]
    return "".join(said)


def _named(key: bytes, body: bytes) -> int:
    found = re.search(key + rb" (\d+) 0 R", body)
    assert found is not None, (key, body)
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None, body[:200]
    return zlib.decompress(found[1]) if b"/FlateDecode" in body[: found.start()] else found[1]


def _byte(escaped: re.Match[bytes]) -> bytes:
    told = escaped[1]
    return bytes([int(told, 8)]) if told.isdigit() else _PLAIN.get(told, told)


def _characters(table: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Codes of a font with what they mean."""
    return {
        int(code, 16): bytes.fromhex(means.decode()).decode("utf-16-be")
        for code, means in re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", _stream(table))
    }
