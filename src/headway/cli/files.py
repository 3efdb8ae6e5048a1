"""Files that somebody names on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from headway.cli.command import Refused
from headway.standards.errors import ImportProblem


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what a reader cannot read into a refusal with its what, where and how."""
    try:
        yield
    except ImportProblem as problem:
        raise Refused(str(problem)) from None


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read. Raises Refused when it cannot be opened, or when its reader refuses it."""
    if path.is_dir():
        raise Refused(f"{path} is a folder. Give the file itself.")
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Refused(f"{path} cannot be opened ({error.strerror}). Check the path.") from None
    with stream, refusing():
        yield stream
