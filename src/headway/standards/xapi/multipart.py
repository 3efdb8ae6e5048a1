"""Statements with attachments: bodies of ``multipart/mixed`` (RFC 2046), read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from headway.standards.xapi.shapes import Invalid

_BOUNDARY = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))\s*(?:;|$)", re.IGNORECASE)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
MOST_PARTS = 1_000
WRITTEN_BOUNDARY = "headway-b6c7f5e7d0f74d1b8a6f"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its media type, the SHA-2 sum that it is for ("" where it names none), and its bytes."""

    kind: str
    sha2: str
    content: bytes


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body. Raises Invalid where it is not built as its header says."""
    named = _BOUNDARY.search(content_type)
    if named is None:
        raise Invalid("Content-Type", "multipart/mixed needs a boundary.")
    line = b"--" + (named[1] or named[2]).encode("latin-1", "replace")
    pieces = re.split(rb"(?:^|\r?\n)" + re.escape(line) + rb"(?=--|[ \t]*\r?\n)", body, maxsplit=MOST_PARTS + 1)
    if len(pieces) < 3 or len(pieces) > MOST_PARTS + 1 or pieces[0].strip() or not pieces[-1].startswith(b"--"):
        raise Invalid("", "The body is not built of parts between the boundaries that its Content-Type names.")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    halves = _EMPTY_LINE.split(re.sub(rb"^[ \t]*\r?\n", b"", piece, count=1), maxsplit=1)
    if len(halves) < 2:
        raise Invalid("", "A part has no empty line between its headers and its content.")
    head, content = halves
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name):
            raise Invalid("", "A part's headers are not of the form Name: value.")
        headers[name.lower()] = value.strip()
    if headers.get("content-transfer-encoding", "binary").lower() != "binary":
        raise Invalid("Content-Transfer-Encoding", "must be binary.")
    return Part(headers.get("content-type", ""), headers.get("x-experience-api-hash", ""), content)


def write_parts(parts: Iterable[Part]) -> bytes:
    """A body of parts between :data:`WRITTEN_BOUNDARY`."""
    line = f"--{WRITTEN_BOUNDARY}".encode()
    out: list[bytes] = []
    for part in parts:
        kind = part.kind.replace("\r", "").replace("\n", "")
        headers = f"Content-Type: {kind}\r\n"
        if part.sha2:
            headers += f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {part.sha2}\r\n"
        out += [line, b"\r\n", headers.encode("latin-1", "replace"), b"\r\n", part.content, b"\r\n"]
    return b"".join([*out, line, b"--\r\n"])
