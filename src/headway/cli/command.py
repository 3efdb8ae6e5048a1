"""What a command is: how it is called, what it prints, and how it refuses."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Refused(Exception):
    """The command will not go on: the message says what is wrong, where, and how to mend it. Exit code 1.

    ``data`` is what ``--json`` prints besides ``error``, where a refusal has findings.
    """

    def __init__(self, message: str, *, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.data = data or {}


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did: ``data`` for ``--json`` (stable keys), ``text`` for people."""

    data: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """``configure`` adds the arguments, ``run`` does the work; ``keys`` documents the JSON result.

    ``run`` returns None when it has printed its result already, as a server does when it is ready.
    """

    help: str
    example: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Result | None]
    keys: Mapping[str, str] = field(default_factory=dict)


def progress() -> Progress:
    """Bars on standard error, so that standard output stays clean for ``--json`` and pipes."""
    return Progress(
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(file=sys.stderr),
    )


def will_write(path: Path | None) -> None:
    """Raise Refused before the work is done, not after it, when its result could not be written to this file."""
    if path is None:
        return
    if path.is_dir():
        raise Refused(f"{path} is a folder. Name a file in it.")
    if not path.parent.is_dir():
        raise Refused(f"{path} cannot be written: there is no folder {path.parent}. Make it, or name another file.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise Refused(f"{path} cannot be written by you. Name another file.")
