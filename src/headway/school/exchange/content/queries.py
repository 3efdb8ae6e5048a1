"""What was handed in, the pictures of what was taken in, and which skills a package's groups may belong to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from headway.core.curriculum.skills import Skill, SkillGraph
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.exchange.content.models import ContentImport, ContentPicture
from headway.school.path.outside.queries import suggested
from headway.school.people.access import NotAllowed
from headway.standards.alignment import Evidence, Suggestion, stems, suggest
from headway.standards.content.neutral import Package
from headway.standards.spreadsheet import safe_rows

KEPT_SECONDS = 7 * 86_400.0
READ = 60
"""Questions of a group that are read to suggest a skill for it."""


@dataclass(frozen=True, slots=True)
class Came:
    """One line of the history. ``body`` as it was kept; ``by`` empty for the command line."""

    id: UUID
    at: float
    by: str
    confirmed_by: str
    name: str
    format: str
    state: str
    licence: str
    body: dict[str, object]


def history(*, most: int = 30) -> list[Came]:
    """The latest files, newest first."""
    rows = ContentImport.objects.select_related("by", "confirmed_by").defer("content").order_by("-at")[:most]
    return [
        Came(
            row.id, row.at, row.by.name if row.by else "", row.confirmed_by.name if row.confirmed_by else "", row.name,
            row.format, row.state, row.licence, row.body,
        )
        for row in rows
    ]  # fmt: skip


def waiting(key: UUID, *, now: float) -> ContentImport:
    """A file that was looked at and waits. Raises NotAllowed where it is not there (any more)."""
    row = ContentImport.objects.filter(id=key, state="looked", at__gt=now - KEPT_SECONDS).defer("content").first()
    if row is None:
        raise NotAllowed("This file is not here any more. Hand it in again.")
    return row


def losses_csv(key: UUID) -> str:
    """What a file lost, as CSV that are safe in a spreadsheet. Raises NotAllowed for one that is not there."""
    row = ContentImport.objects.filter(id=key).defer("content").first()
    if row is None:
        raise NotAllowed("There is no such import.")
    rows = [["kind", "where", "what was done"], *row.body.get("losses", ())]
    return safe_rows(rows)


def picture_of(name: str) -> bytes | None:
    """The bytes of a picture of this district."""
    data = ContentPicture.objects.filter(name=name).values_list("data", flat=True).first()
    return None if data is None else bytes(data)


def earlier_skills(form: str, source: str) -> dict[str, str]:
    """Group -> skill, as somebody confirmed when this source was taken in last."""
    rows = ContentImport.objects.filter(format=form, source=source, state="taken").order_by("-at")
    body = rows.values_list("body", flat=True).first()
    return dict(body.get("skills", {})) if body else {}


def suggestions(district: UUID, package: Package) -> dict[str, tuple[Suggestion, ...]]:
    """Group -> up to three skills of the district whose words it shares most. A person confirms."""
    try:
        curriculum = curriculum_of(district)
    except NoCurriculum:
        return {}
    evidence, foreign = Evidence(), []
    for group, questions in package.groups().items():
        words: Counter[str] = Counter()
        for question in questions[:READ]:
            words.update(set(stems(f"{question.title} {question.body}")))
        evidence.words[group] = words
        title = group.replace("/", " ") or package.title
        foreign.append(Skill(group, title, "", "", "", ""))
    found: dict[str, tuple[Suggestion, ...]] = {}
    graph = SkillGraph(curriculum.skills, ())
    for one in suggest(foreign, graph, evidence.words):
        found[one.skill] = (*found.get(one.skill, ()), one)
    return found | suggested(district, {link.place: f"{link.title} {link.group}" for link in package.links})
