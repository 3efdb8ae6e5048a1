"""The district's careers: loaded from its table, read in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from headway.school.profile.models import Career as Row
from headway.standards.careers import CareerRow


@dataclass(frozen=True, slots=True)
class Career:
    """A career: ``asks`` are domains of the curriculum, ``more`` is what else it asks for, in words."""

    code: str
    title: str
    what: str
    asks: tuple[str, ...]
    more: str


def load_careers(*, district: UUID, rows: Iterable[CareerRow]) -> int:
    """Put the district's table in the place of what it had; return the number of rows. Wishes keep their code, so a career that
    comes back is linked again."""
    Row.objects.all().delete()
    made = [
        Row(
            district_id=district,
            code=row.code,
            language=row.language,
            title=row.title,
            what=row.what,
            asks=list(row.asks),
            more=row.more,
        )
        for row in rows
    ]
    return len(Row.objects.bulk_create(made))


def careers_in(language: str) -> dict[str, Career]:
    """Return the district's careers by code, in a language where the table has it and else in English, by title."""
    found: dict[str, Row] = {}
    for row in Row.objects.order_by("id"):
        here = found.get(row.code)
        if here is None or row.language == language or (row.language == "en" and here.language != language):
            found[row.code] = row
    values = [Career(row.code, row.title, row.what, tuple(row.asks), row.more) for row in found.values()]
    return {career.code: career for career in sorted(values, key=lambda career: career.title.lower())}
