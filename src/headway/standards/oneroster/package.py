"""A package of OneRoster as somebody sends it: a zip or a folder of CSV, its manifest, and its lines, streamed and bounded."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Literal

from headway.core.text import T, Text
from headway.standards.archives import DAMAGED, MEGABYTE, safe_path
from headway.standards.errors import ImportProblem
from headway.standards.oneroster.findings import Finding, Findings, quoted
from headway.standards.oneroster.tables import OTHERS, TABLES

Mode = Literal["bulk", "delta"]
MAX_FILES = 200
FILE_BYTES = 512 * MEGABYTE
TOTAL_BYTES = 1024 * MEGABYTE
"""Bytes of all files together, unpacked. A district of 100,000 learners has about 170 MB."""
LONGEST_LINE = MEGABYTE
_BLOCK = 1 << 18
_CONTROLS = bytes(n for n in range(32) if n not in (9, 10, 13)) + b"\x7f"
_TO_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
AGAIN = "Export it again from the student information system."

CONTROL = T("It holds control characters; they are read as spaces.")
NOT_UTF_8 = T("This line is not in UTF-8; it is read as Windows-1252.")
NO_ROSTER = T("Headway takes rosters from this package, not this table.")
Opener = Callable[[str], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Package:
    """``modes``: kind -> whether its file holds all rows or only what changed. Kinds without a file are absent."""

    name: str
    version: str
    modes: dict[str, Mode]
    others: tuple[str, ...]
    paths: dict[str, str]
    open: Opener


def open_zip(archive: zipfile.ZipFile, name: str, findings: Findings) -> Package:
    """Look into a zip. Raises ImportProblem for one that is no zip, unsafe, too large, or without tables."""
    infos = archive.infolist()
    if len(infos) > MAX_FILES:
        raise ImportProblem(f"It holds {len(infos):,} files.", name, f"A package of OneRoster has about 25. {AGAIN}")
    for info in infos:
        safe_path(info.filename, name)
        if info.flag_bits & 1:
            raise ImportProblem("It is encrypted.", name, "Save it as a plain zip, without a password.")
    if sum(info.file_size for info in infos) > TOTAL_BYTES:
        raise ImportProblem(f"It unpacks to more than {TOTAL_BYTES // MEGABYTE} MB.", name, AGAIN)
    files = [info.filename for info in infos if not info.is_dir() and not info.filename.startswith("__MACOSX/")]
    return look(files, archive.open, name, findings)


def look(files: list[str], opener: Opener, name: str, findings: Findings) -> Package:
    """Find the tables among files of a zip or folder, and read the manifest. Raises ImportProblem without any table."""
    known = {kind.casefold(): kind for kind in (*TABLES, *OTHERS, "manifest")}
    paths: dict[str, str] = {}
    for path in sorted(files):
        plain = path.rsplit("/", 1)[-1]
        kind = known.get(plain.casefold().removesuffix(".csv")) if plain.casefold().endswith(".csv") else None
        if kind is None:
            _note(findings, plain[:80], "unknown-file", T("It is no table of OneRoster. It is not read."))
        elif kind in paths:
            raise ImportProblem(f"{kind}.csv is there twice.", name, "Send one package, with each table once.")
        else:
            paths[kind] = path
            if plain != f"{kind}.csv":
                findings.add(
                    Finding(
                        plain,
                        0,
                        "",
                        "file-name",
                        "mended",
                        T("It is read as {file}.", file=f"{kind}.csv"),
                        T("Name the file {file}, in just these letters.", file=f"{kind}.csv"),
                    )
                )
    if not set(paths) & set(TABLES):
        raise ImportProblem(
            "It holds no table of a roster.", name, f"Give a zip or a folder with {', '.join(TABLES)} as CSV."
        )
    manifest = _manifest(opener, paths["manifest"], name) if "manifest" in paths else None
    version = _version(manifest, paths, findings)
    modes = {kind: _mode(kind, manifest, findings) for kind in TABLES if kind in paths}
    for kind, path in paths.items():
        if kind in OTHERS:
            _note(findings, path.rsplit("/", 1)[-1], "not-taken", NO_ROSTER)
    _missing(manifest, paths, findings)
    return Package(name, version, modes, tuple(kind for kind in OTHERS if kind in paths), paths, opener)


def lines_of(stream: IO[bytes], file: str, findings: Findings, seen: Callable[[bytes], object]) -> Iterator[str]:
    """The lines of a file as text, each with one line end; ``seen`` is shown every block of bytes as it came.

    Mends what exports do: a byte-order mark, ends of lines of any system, Windows-1252 among UTF-8, control
    characters. Memory stays within a block and a line. Raises ImportProblem for UTF-16, what is no text, and what has
    no end of line or no end.
    """
    rest, total, number = b"", 0, 0
    old_mac = False
    while block := stream.read(_BLOCK):
        seen(block)
        if total == 0:
            _check_start(block, file)
            block = block.removeprefix(b"\xef\xbb\xbf")
            old_mac = b"\r" in block and b"\n" not in block
        total += len(block)
        if total > FILE_BYTES:
            raise ImportProblem(f"It is larger than {FILE_BYTES // MEGABYTE} MB.", file, AGAIN)
        if old_mac:
            block = block.replace(b"\r", b"\n")
        pieces = (rest + _cleaned(block, file, findings)).rpartition(b"\n")
        rest = pieces[2]
        if len(rest) > LONGEST_LINE:
            raise ImportProblem("A line is longer than a megabyte.", file, f"This is no table of OneRoster. {AGAIN}")
        if pieces[1]:
            texts = _decoded(pieces[0], file, number, findings)
            number += len(texts)
            yield from texts
    if rest:
        yield from _decoded(rest, file, number, findings)


def _check_start(block: bytes, file: str) -> None:
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportProblem("It is in UTF-16.", file, "Save it as CSV in UTF-8.")
    if b"\0" in block:
        raise ImportProblem("It is no text.", file, f"Give CSV in UTF-8. {AGAIN}")


def _cleaned(block: bytes, file: str, findings: Findings) -> bytes:
    if len(block.translate(None, _CONTROLS)) == len(block):
        return block
    how = T("Take signs out that are no letters, where the file is made.")
    findings.add(Finding(file, 0, "", "control", "mended", CONTROL, how))
    return block.translate(_TO_SPACES)


def _decoded(data: bytes, file: str, before: int, findings: Findings) -> list[str]:
    try:
        return [f"{line}\n" for line in data.decode().split("\n")]
    except UnicodeDecodeError:
        return [_line(line, file, before + n, findings) for n, line in enumerate(data.split(b"\n"), start=1)]


def _line(line: bytes, file: str, number: int, findings: Findings) -> str:
    try:
        return f"{line.decode()}\n"
    except UnicodeDecodeError:
        how = T("Save the file in UTF-8.")
        findings.add(Finding(file, number, "", "encoding", "mended", NOT_UTF_8, how))
        return f"{line.decode('cp1252', 'replace')}\n"


def _manifest(opener: Opener, path: str, name: str) -> dict[str, str]:
    try:
        with opener(path) as stream:
            text = stream.read(MEGABYTE).decode("utf-8-sig", "replace")
        rows = [row for row in csv.reader(text.splitlines()) if len(row) >= 2]
    except csv.Error as error:
        raise ImportProblem(f"Its manifest.csv cannot be read ({error}).", name, AGAIN) from None
    except DAMAGED as error:
        raise ImportProblem(f"It is damaged ({error}).", name, AGAIN) from None
    return {row[0].strip(): row[1].strip() for row in rows}


def _version(manifest: dict[str, str] | None, paths: dict[str, str], findings: Findings) -> str:
    said = (manifest or {}).get("oneroster.version", "")
    if said in ("1.1", "1.2"):
        return said
    guess = "1.2" if "roles" in paths else "1.1"
    what = T("It does not say its version; it is read as {version}.", version=guess)
    if said:
        what = T("It names version {said}; it is read as {version}.", said=quoted(said), version=guess)
    if manifest is None:
        what = T("The package has no manifest.csv; it is read as {version}, each file as a whole.", version=guess)
    how = T("Give manifest.csv with oneroster.version 1.1 or 1.2 and one line for each file.")
    findings.add(Finding("manifest.csv", 0, "oneroster.version", "manifest", "mended", what, how))
    return guess


def _mode(kind: str, manifest: dict[str, str] | None, findings: Findings) -> Mode:
    said = (manifest or {}).get(f"file.{kind}", "bulk" if manifest is None else "").casefold()
    if said == "delta":
        return "delta"
    if said != "bulk":
        what = T("The manifest calls this file {said}, but it is there; it is read as a whole.", said=quoted(said))
        how = T("Write bulk, delta or absent for each file.")
        findings.add(Finding("manifest.csv", 0, f"file.{kind}", "manifest", "mended", what, how))
    return "bulk"


def _missing(manifest: dict[str, str] | None, paths: dict[str, str], findings: Findings) -> None:
    for kind in TABLES:
        if (manifest or {}).get(f"file.{kind}", "").casefold() in ("bulk", "delta") and kind not in paths:
            what = T("The manifest names this file, but it is not there. What the district has of it stays.")
            how = T("Put the file into the package, or write absent.")
            findings.add(Finding(f"{kind}.csv", 0, "", "missing-file", "kept", what, how))


def _note(findings: Findings, file: str, kind: str, what: Text) -> None:
    findings.add(Finding(file, 0, "", kind, "noted", what, T("Nothing to do.")))
