"""The subjects that come with Headway as tables, beside the mathematics that is generated."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from headway.core.curriculum.problems import OURS
from headway.standards.subject.reading import TABLES, Subject, read_subject

SHIPPED: tuple[str, ...] = ("english",)
"""Names of the folders of ``standards/data`` that hold a subject."""


@cache
def shipped_subject(name: str) -> Subject:
    """A subject of :data:`SHIPPED`, written for Headway. Raises KeyError for another name."""
    if name not in SHIPPED:
        raise KeyError(name)
    folder = files("headway.standards").joinpath("data", name)
    return read_subject({table: folder.joinpath(table).read_bytes() for table in TABLES}, OURS)
