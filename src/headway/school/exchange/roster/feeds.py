"""Where a roster comes from: a zip or a folder, opened for as long as it is read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from headway.standards.archives import DAMAGED
from headway.standards.errors import ImportProblem
from headway.standards.oneroster.findings import Findings
from headway.standards.oneroster.package import AGAIN, TOTAL_BYTES, Package, lines_of, look, open_zip
from headway.standards.oneroster.reading import Reader, Row
from headway.standards.oneroster.tables import TABLES


class CsvFeed:
    """A package as a feed. Of 1.1 the roles stand beside the users; they are held until their turn."""

    def __init__(self, package: Package, found: Findings) -> None:
        self.package, self._found = package, found
        self.name, self.version = package.name, package.version
        self._sums = {kind: sha256() for kind in package.modes}
        self._known: dict[str, str] = {}
        self._roles: list[Row] = []
        self.modes: Mapping[str, str] = dict(package.modes)
        if package.version == "1.1" and "users" in package.modes:
            self.modes = {**self.modes, "roles": package.modes["users"]}

    def rows(self, kind: str, findings: Findings) -> Iterable[Row]:
        """The rows of one table as they are read. Raises ImportProblem for what is damaged or no table."""
        for each in self._found.listed:
            findings.add(each)
        self._found.listed.clear()
        if kind == "roles" and self.version == "1.1":
            yield from self._roles
            self._roles = []
            return
        file = f"{kind}.csv"
        reader = Reader(TABLES[kind], self.version, self.modes[kind], findings)
        try:
            with self.package.open(self.package.paths[kind]) as stream:
                yield from reader.rows(lines_of(stream, file, findings, self._sums[kind].update))
        except DAMAGED as error:
            raise ImportProblem(f"It is damaged ({error}).", f"{self.name}, {file}", AGAIN) from None
        except (RuntimeError, NotImplementedError) as error:
            raise ImportProblem(f"It cannot be opened ({error}).", f"{self.name}, {file}", AGAIN) from None
        self._roles = reader.roles

    def digests(self) -> dict[str, str]:
        """Kind -> SHA-256 of its file as it came, once it is read."""
        return self._known or {kind: found.hexdigest() for kind, found in self._sums.items()}

    def is_like(self, files: Mapping[str, Sequence[str]]) -> bool:
        """Whether these are the very files, each with all its rows; ``files``: kind -> mode and SHA-256."""
        if {kind: mode for kind, (mode, _) in files.items()} != dict(self.modes) or "delta" in self.modes.values():
            return False
        found: dict[str, str] = {}
        try:
            for kind in self.package.modes:
                total = sha256()
                with self.package.open(self.package.paths[kind]) as stream:
                    while block := stream.read(1 << 18):
                        total.update(block)
                if total.hexdigest() != files[kind][1]:
                    return False
                found[kind] = total.hexdigest()
        except (*DAMAGED, RuntimeError, NotImplementedError):
            return False
        self._known = found
        return True


@contextmanager
def open_feed(path: Path) -> Iterator[CsvFeed]:
    """Open a zip or a folder. Raises ImportProblem for what is neither, unsafe or too large."""
    if path.is_dir():
        files = [each for each in sorted(path.iterdir()) if each.is_file() and not each.is_symlink()]
        if sum(each.stat().st_size for each in files if each.suffix.lower() == ".csv") > TOTAL_BYTES:
            raise ImportProblem(f"It holds more than {TOTAL_BYTES >> 20} MB of CSV.", path.name, AGAIN)
        found = Findings()
        names = [each.name for each in files]
        yield CsvFeed(look(names, lambda name: (path / name).open("rb"), path.name, found), found)
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ImportProblem(f"It cannot be opened ({error.strerror}).", str(path), "Check the path.") from None
    with stream, open_stream(stream, path.name) as feed:
        yield feed


@contextmanager
def open_stream(stream: BinaryIO, name: str) -> Iterator[CsvFeed]:
    """Open a zip that is at hand. Raises ImportProblem."""
    found = Findings()
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise ImportProblem(
            f"It is no zip, or damaged ({error}).", name, f"Give a zip or a folder of CSV. {AGAIN}"
        ) from None
    with archive:
        yield CsvFeed(open_zip(archive, name, found), found)
