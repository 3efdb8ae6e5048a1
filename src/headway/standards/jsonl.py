"""JSON lines, gzipped or not, with errors that name the line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from headway.standards.errors import ImportProblem

LIMIT = 256 * 1024 * 1024
"""Most bytes that one file may unpack to."""


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a file, with where it stands. The accessors raise :class:`ImportProblem` on another shape."""

    value: Mapping[str, object]
    where: str

    def string(self, key: str) -> str:
        """Return a field that must be a non-empty string."""
        value = self.value.get(key)
        if isinstance(value, str) and value:
            return value
        raise self._wrong(key, "a text")

    def mapping(self, key: str) -> Mapping[str, object]:
        """Return a field that must be an object."""
        value = self.value.get(key)
        if isinstance(value, dict):
            return value
        raise self._wrong(key, "an object")

    def strings(self, key: str) -> list[str]:
        """Return a field that must be a list of strings."""
        value = self.value.get(key)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return value
        raise self._wrong(key, "a list of texts")

    def _wrong(self, key: str, wanted: str) -> ImportProblem:
        return ImportProblem(f"The field {key!r} is not {wanted}.", self.where, "Download the file again.")


def records(name: str, data: bytes) -> Iterator[Record]:
    """Yield the objects of a file, one a line. Raises :class:`ImportProblem` for what is not JSON lines."""
    for number, line in enumerate(unpack(name, data).splitlines(), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ImportProblem(f"It is not JSON ({error}).", where, "Download the file again.") from None
        if not isinstance(value, dict):
            raise ImportProblem("It is not a JSON object.", where, "Give a file with one JSON object on each line.")
        yield Record(value, where)


def unpack(name: str, data: bytes) -> bytes:
    """Return the bytes of a file, unpacked if they are gzip. Raises :class:`ImportProblem` if damaged or too big."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = decompressor.decompress(data, LIMIT + 1)
    except zlib.error as error:
        raise ImportProblem(f"The gzip file is damaged ({error}).", name, "Download it again.") from None
    if len(plain) > LIMIT:
        raise ImportProblem(f"It unpacks to more than {LIMIT >> 20} MB.", name, "Check where this file comes from.")
    if not decompressor.eof:
        raise ImportProblem("The gzip file ends too early.", name, "Download it again.")
    return plain


def pack(value: object) -> bytes:
    """Write JSON as gzip with the same bytes every time: sorted keys, no spaces, no time stamp."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)
