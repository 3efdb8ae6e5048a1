"""Which format a file is, and its reader. A new format is a reader, and a line in :data:`READERS`.

A file is told by what is in it, not by its name. An archive is never unpacked to disk; what it holds is bounded in number, size
and ratio before anything is made of it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from headway.standards.archives import MEGABYTE, Limits, entries
from headway.standards.content.gift import read_aiken, read_gift
from headway.standards.content.h5p import INDEX, read_h5p
from headway.standards.content.imscp import MANIFEST, read_package
from headway.standards.content.links import is_table_of_links, read_links
from headway.standards.content.moodle import is_link_file, read_moodle
from headway.standards.content.neutral import Package
from headway.standards.content.olx import is_olx_file, read_olx
from headway.standards.content.oppia import read_oppia, states_of
from headway.standards.content.perseus import is_item, read_perseus
from headway.standards.content.table import read_table
from headway.standards.errors import ImportProblem

LARGEST = 256 * MEGABYTE
"""Bytes of a file that is handed in."""
LIMITS = Limits(files=60_000, file_bytes=64 * MEGABYTE, total_bytes=768 * MEGABYTE)
RATIO = 200
"""As many times its own size an archive may unpack to, beyond the first :data:`FREE` bytes."""
FREE = 32 * MEGABYTE


@dataclass(frozen=True, slots=True)
class File:
    """What was handed in: one file (``files`` has one entry), or everything in an archive by its path."""

    name: str
    files: Mapping[str, bytes]
    packed: bool

    def first(self) -> bytes:
        """The content of the only file."""
        return next(iter(self.files.values()))

    def under(self, *endings: str) -> dict[str, bytes]:
        """The files with one of these endings."""
        return {path: data for path, data in self.files.items() if path.lower().endswith(endings)}

    def text(self) -> str:
        """The only file as text. Raises ImportProblem where it is none."""
        return text_of(self.first(), self.name)


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` as people say it; ``is_it`` looks at a file without reading it whole; ``read`` may raise ImportProblem."""

    name: str
    is_it: Callable[[File], bool]
    read: Callable[[File], Package]


def _head(file: File) -> str:
    data = b"" if file.packed else file.first()[:4000]
    return data.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")


def _root(data: bytes) -> str:
    """The name of the first element of a piece of XML, without its prefix."""
    found = re.search(
        rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]", re.sub(rb"<!--.*?-->", b"", data[:20_000], flags=re.DOTALL)
    )
    return found[1].decode() if found else ""


def _moodle(file: File) -> bool:
    pages = file.under(".xml")
    if file.packed:
        return any(is_link_file(path) or _root(data) == "quiz" for path, data in pages.items())
    return _root(file.first()) == "quiz"


def _quizzes(file: File) -> dict[str, bytes]:
    return {
        path: data
        for path, data in file.files.items()
        if not file.packed or is_link_file(path) or _root(data) == "quiz"
    }


ROOTS = ("questestinterop", "assessmentItem", "qti-assessment-item")


def _package(file: File) -> bool:
    if not file.packed:
        return _root(file.first()) in ROOTS
    named = any(path == MANIFEST or path.endswith(f"/{MANIFEST}") for path in file.files)
    return named or any(_root(data) in ROOTS for data in file.under(".xml").values())


def _olx(file: File) -> bool:
    if not file.packed:
        return _root(file.first()) in ("problem", "video")
    return any(is_olx_file(path) for path in file.files)


def _json(file: File, is_it: Callable[[object], bool]) -> bool:
    """Whether one of the JSON files is what is looked for. Of lines of JSON the first counts."""
    pages = file.under(".json") if file.packed else file.files
    for data in pages.values():
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            continue
        for piece in (data, data.split(b"\n", 1)[0]):
            try:
                if is_it(json.loads(piece)):
                    return True
            except (ValueError, RecursionError):
                continue
    return False


def _aiken(file: File) -> bool:
    return not file.packed and re.search(r"(?m)^\s*ANSWER:\s*[A-Z]\s*$", _head(file), re.IGNORECASE) is not None


def _gift(file: File) -> bool:
    return (
        not file.packed
        and not _head(file).startswith(("<", '{"', "[{", "{\n"))
        and re.search(r"(?<!\\)\{[^{}]*\}", _head(file)) is not None
    )


def _heads(file: File) -> set[str]:
    """The names of the columns of a table."""
    return {head.strip().strip('"').lower() for head in re.split("[,;\t]", _head(file).split("\n", 1)[0])}


def _table(file: File) -> bool:
    return not file.packed and {"question", "answer"} <= _heads(file)


def _links(file: File) -> bool:
    return not file.packed and is_table_of_links(_heads(file))


READERS: dict[str, Format] = {
    "qti": Format("QTI, Common Cartridge", _package, lambda file: read_package(file.files, file.name)),
    "moodle": Format(
        "Moodle XML, links of a Moodle backup", _moodle, lambda file: read_moodle(_quizzes(file), file.name)
    ),
    "h5p": Format("H5P", lambda file: INDEX in file.files, lambda file: read_h5p(file.files, file.name)),
    "olx": Format("Open edX (OLX)", _olx, lambda file: read_olx(file.files, file.name)),
    "oppia": Format(
        "Oppia",
        lambda file: _json(file, lambda value: bool(states_of(value))),
        lambda file: read_oppia(file.files, file.name),
    ),
    "perseus": Format(
        "Perseus, Kolibri", lambda file: _json(file, is_item), lambda file: read_perseus(file.files, file.name)
    ),
    "csv": Format("CSV", _table, lambda file: read_table(file.text(), file.name)),
    "links": Format("CSV of links", _links, lambda file: read_links(file.text(), file.name)),
    "aiken": Format("Aiken", _aiken, lambda file: read_aiken(file.text(), file.name)),
    "gift": Format("GIFT", _gift, lambda file: read_gift(file.text(), file.name)),
}
"""Format -> how it is told and read; the first that says yes reads."""


def read_content(stream: BinaryIO, name: str, form: str = "") -> Package:
    """Read a file of any known format, or of the one that is named. Raises :class:`ImportProblem`."""
    file = open_file(stream, name)
    if form:
        return READERS[form].read(file)
    for each in READERS.values():
        if each.is_it(file):
            return each.read(file)
    known = ", ".join(each.name for each in READERS.values())
    raise ImportProblem("It is in no format that is known here.", name, f"Known are {known}; name one with --format.")


def open_file(stream: BinaryIO, name: str) -> File:
    """Take a file in, bounded; an archive with everything in it. Raises :class:`ImportProblem`."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    if size > LARGEST:
        raise ImportProblem(f"It is larger than {LARGEST // MEGABYTE} MB.", name, "Export it in several parts.")
    if not size:
        raise ImportProblem("It is empty.", name, "Export it again.")
    if not is_archive(stream):
        data = stream.read()
        return File(name, {name: _unpacked(data, name)}, packed=False)
    files: dict[str, bytes] = {}
    total = 0
    for path, found in entries(stream, lambda path: True, name, LIMITS):
        total += len(found or b"")
        if total > FREE + RATIO * size:
            how = "Do not use this archive: it was made to fill a disk."
            raise ImportProblem(f"It unpacks to more than {RATIO} times its size.", name, how)
        if path in files:
            raise ImportProblem(f"It holds {path[:80]} twice.", name, "Pack it again.")
        files[path] = found or b""
    if not files:
        raise ImportProblem("There is nothing in it.", name, "Export it again.")
    return File(name, files, packed=True)


def _unpacked(data: bytes, name: str) -> bytes:
    """One file, unpacked if it is a packed one (gzip). Raises ImportProblem for more than a file may be."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, min(LIMITS.file_bytes, FREE + RATIO * len(data)) + 1)
    except zlib.error as error:
        raise ImportProblem(f"It is damaged ({error}).", name, "Download it again.") from None
    if unpacker.unconsumed_tail:
        raise ImportProblem(
            f"It unpacks to more than {LIMITS.file_bytes // MEGABYTE} MB.", name, "Give it in several parts."
        )
    return plain


def is_archive(stream: BinaryIO) -> bool:
    """Whether it begins like a zip or a packed or plain tar."""
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 512)
        except zlib.error:
            return False
        return head[257:262] == b"ustar"
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xfd7zXZ")) or head[257:262] == b"ustar"


def text_of(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8 or UTF-16 by its mark, else Windows' western letters. Raises ImportProblem for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:MEGABYTE]:
        raise ImportProblem("It is no text.", name, "Export it again, or name its format.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
