"""Reading archives that strangers made: zip, tar, tar.gz and tar.xz, streamed, bounded, never unpacked to disk.

A name that points outside the archive, a file or a whole that unpacks beyond its limit, a damaged or encrypted
archive: each is refused with an :class:`ImportProblem`. Links and devices in a tar are passed over.
"""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from headway.standards.errors import ImportProblem

MEGABYTE = 1024 * 1024
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold: files, bytes of one file that is read, bytes of everything unpacked."""

    files: int = 1_000_000
    file_bytes: int = 16 * MEGABYTE
    total_bytes: int = 2048 * MEGABYTE


LIMITS = Limits()

Entry = tuple[str, bytes | None]
"""A name with forward slashes, and the content if it was wanted."""


def entries(
    stream: BinaryIO, wanted: Callable[[str], bool], name: str = "archive", limits: Limits = LIMITS
) -> Iterator[Entry]:
    """Yield every file of an archive in its own order, with the content of those that are ``wanted``.

    ``stream`` is read from its start and must be seekable. Raises :class:`ImportProblem`.
    """
    stream.seek(0)
    magic = stream.read(6)
    stream.seek(0)
    found: Iterator[Entry]
    if magic.startswith(b"PK"):
        found = _zip_entries(stream, wanted, name, limits)
    elif magic.startswith(b"\xfd7zXZ"):
        found = _tar_entries(_Pieces(_unpacked_xz(stream)), wanted, name, limits)
    elif magic.startswith(b"\x1f\x8b"):
        found = _tar_entries(_Pieces(_unpacked_gzip(stream)), wanted, name, limits)
    else:
        found = _tar_entries(stream, wanted, name, limits)
    seen = 0
    try:
        for path, data in found:
            seen += 1
            if seen > limits.files:
                raise ImportProblem(f"It holds more than {limits.files} files.", name, "Check where it comes from.")
            yield safe_path(path, name), data
    except (RuntimeError, NotImplementedError) as error:
        how = "Save it again as a plain zip or tar.xz, without a password."
        raise ImportProblem(f"It cannot be opened ({error}).", name, how) from None
    except DAMAGED as error:
        how = "Give a zip, tar, tar.gz or tar.xz; if it is one, download it again."
        raise ImportProblem(f"It is damaged or not an archive ({error}).", name, how) from None


def safe_path(path: str, name: str) -> str:
    """The path of a file in an archive, if it stays inside. Raises :class:`ImportProblem` otherwise."""
    parts = path.split("/")
    if (
        path.startswith("/")
        or ".." in parts
        or "\\" in path
        or "\0" in path
        or (len(parts[0]) == 2 and ":" in parts[0])
    ):
        how = "Do not use this archive: it was made to write where it should not."
        raise ImportProblem(f"It names a place outside itself ({path[:80]!r}).", name, how)
    return path


def _zip_entries(stream: BinaryIO, wanted: Callable[[str], bool], name: str, limits: Limits) -> Iterator[Entry]:
    with zipfile.ZipFile(stream) as archive:
        total = 0
        for info in archive.infolist():
            if info.is_dir():
                continue
            if not wanted(info.filename):
                yield info.filename, None
                continue
            with archive.open(info) as file:
                data = _bounded(file, info.filename, name, limits)
            total += len(data)
            _check_total(total, name, limits)
            yield info.filename, data


def _tar_entries(
    stream: BinaryIO | _Pieces, wanted: Callable[[str], bool], name: str, limits: Limits
) -> Iterator[Entry]:
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
        for member in archive:
            _check_total(archive.offset, name, limits)
            if not member.isreg():
                continue
            _check_total(archive.offset + member.size, name, limits)
            if not wanted(member.name):
                yield member.name.removeprefix("./"), None
                continue
            file = archive.extractfile(member)
            assert file is not None
            yield member.name.removeprefix("./"), _bounded(file, member.name, name, limits)
            archive.members = []  # type: ignore[attr-defined]


def _bounded(file: IO[bytes], path: str, name: str, limits: Limits) -> bytes:
    """Read one file, whatever size its header claims."""
    data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        much = f"{path[:80]} unpacks to more than {limits.file_bytes // MEGABYTE} MB."
        raise ImportProblem(much, name, "Check where it comes from; no real content file is that large.")
    return data


def _check_total(total: int, name: str, limits: Limits) -> None:
    if total > limits.total_bytes:
        much = f"It unpacks to more than {limits.total_bytes // MEGABYTE} MB."
        raise ImportProblem(much, name, "Check where it comes from, or split it.")


class _Pieces:
    """Bytes that come in pieces, readable like a file: all that a streaming tar needs."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int) -> bytes:
        while len(self._rest) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        out, self._rest = self._rest[:size], self._rest[size:]
        return out


def _unpacked_xz(stream: BinaryIO) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=256 * MEGABYTE)
    while not unpacker.eof:
        packed = stream.read(MEGABYTE // 8) if unpacker.needs_input else b""
        if unpacker.needs_input and not packed:
            raise EOFError("it ends too early")
        piece = unpacker.decompress(packed, MEGABYTE // 8)
        if piece:
            yield piece


def _unpacked_gzip(stream: BinaryIO) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or stream.read(MEGABYTE // 8)
        if not packed:
            raise EOFError("it ends too early")
        piece = unpacker.decompress(packed, MEGABYTE // 8)
        if piece:
            yield piece
