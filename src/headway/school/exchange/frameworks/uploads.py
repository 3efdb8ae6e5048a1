"""A package that somebody hands in or pulls: kept, compared with what is there, and taken in when they say so."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from headway.core.curriculum.skills import SkillGraph
from headway.core.text import T
from headway.school.curriculum.frameworks.actions import Saved, licence_of, save_framework
from headway.school.curriculum.frameworks.models import Framework as FrameworkRow
from headway.school.curriculum.frameworks.models import FrameworkMatch, FrameworkStandard, FrameworkUpload
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.standards.case import Difference, Framework, Standard, difference, match, read_package
from headway.standards.graph import shipped_crosswalk
from headway.standards.report import LossReport

KEPT_SECONDS = 7 * 86_400.0
LISTED = 200
"""Changes and losses that are kept to be shown."""
WORDS = 600
"""Letters of a statement that are shown where it changes."""
HISTORY = 20


class NotTaken(Refused):
    """A package cannot be taken in."""

    code = "not-taken"


def hand_in(*, by: Person, name: str, data: bytes, graph: SkillGraph, now: float, address: str = "") -> FrameworkUpload:
    """Keep a package, compared with what is there; one that waited before goes. Raises ImportProblem for what is no package."""
    framework, report = read_package(data, name)
    FrameworkUpload.objects.filter(state="looked").update(state="aside", content=b"")
    return FrameworkUpload.objects.create(
        district_id=by.district_id, by=by, at=now, name=name[-200:], address=address, state="looked",
        content=gzip.compress(data, 6, mtime=0), body=_body(framework, report, graph),
    )  # fmt: skip


def waiting(upload: UUID, *, now: float, lock: bool = False) -> FrameworkUpload:
    """A package that nobody has decided on. Raises NotTaken where it is not there (any more)."""
    rows = FrameworkUpload.objects.select_for_update() if lock else FrameworkUpload.objects.defer("content")
    row = rows.filter(id=upload, state="looked", at__gt=now - KEPT_SECONDS).first()
    if row is None:
        raise NotTaken(T("This package is not here any more. Hand it in again."))
    return row


def standing(*, now: float) -> FrameworkUpload | None:
    """The package that waits for somebody, if there is one."""
    rows = FrameworkUpload.objects.defer("content").filter(state="looked", at__gt=now - KEPT_SECONDS)
    return rows.select_related("by").order_by("-at").first()


@transaction.atomic
def take(*, by: Person, upload: UUID, graph: SkillGraph, now: float) -> Saved:
    """Take a package in that was looked at: whole, or not at all. Raises NotTaken."""
    row = waiting(upload, now=now, lock=True)
    framework, _report = read_package(gzip.decompress(bytes(row.content)), row.name)
    matches = match(framework, graph, shipped_crosswalk())
    saved = save_framework(
        district=by.district_id,
        framework=framework,
        matches=matches,
        source=row.name,
        now=now,
        by=by,
        address=row.address,
    )
    row.state, row.content, row.by, row.at = "taken", b"", by, now
    row.save(update_fields=["state", "content", "by", "at"])
    return saved


def lay_aside(*, upload: UUID) -> None:
    """Forget a package without taking it in."""
    FrameworkUpload.objects.filter(id=upload, state="looked").update(state="aside", content=b"")


def history() -> list[FrameworkUpload]:
    """The packages that were taken in on the page, the newest first."""
    rows = FrameworkUpload.objects.defer("content").filter(state="taken").select_related("by")
    return list(rows.order_by("-at")[:HISTORY])


def _body(framework: Framework, report: LossReport, graph: SkillGraph) -> dict[str, Any]:
    row = FrameworkRow.objects.defer("package").filter(identifier=framework.identifier).first()
    before = _standards(row) if row is not None else ()
    change = difference(before, framework.standards)
    gone = [each.identifier for each in change.gone]
    said = FrameworkMatch.objects.filter(framework=row, identifier__in=gone, refused=False)
    kept = said.filter(Q(how="person") | Q(by__isnull=False))
    document = framework.document
    return {
        "identifier": framework.identifier,
        "title": framework.title,
        "publisher": document.get("publisher") or document.get("creator", ""),
        "version": document.get("version", ""),
        "changed": document["lastChangeDateTime"],
        "licence": licence_of(framework),
        "had": row is not None,
        "older": row is not None and _moment(document["lastChangeDateTime"]) < _moment(row.changed),
        "statements": len(framework.standards),
        "associations": len(framework.associations),
        "rubrics": len(framework.rubrics),
        "matched": len({each.identifier for each in match(framework, graph, shipped_crosswalk())}),
        "same": change.same,
        "moved": change.moved,
        "new": len(change.new),
        "changed_words": len(change.changed),
        "gone": len(change.gone),
        "aligned_gone": kept.values("identifier").distinct().count(),
        "listed": _listed(change),
        "by_kind": report.by_kind(),
        "losses": [[each.where, each.done] for each in report.defects[:LISTED]],
    }


def _listed(change: Difference) -> list[list[str]]:
    """The first changes: what happened, code, words before, words after."""
    out = [["gone", each.code, each.statement[:WORDS], ""] for each in change.gone[:LISTED]]
    for each in change.changed[:LISTED]:
        code = each.after[0] if each.before[0] == each.after[0] else f"{each.before[0]} → {each.after[0]}"
        out.append(["changed", code, each.before[1][:WORDS], each.after[1][:WORDS]])
    return out + [["new", each.code, "", each.statement[:WORDS]] for each in change.new[:LISTED]]


def _standards(row: FrameworkRow) -> list[Standard]:
    rows = FrameworkStandard.objects.filter(framework=row).order_by("number")
    return [Standard(s.identifier, s.code, s.statement, s.kind, tuple(s.grades), s.parent) for s in rows]


def _moment(written: str) -> float:
    return datetime.fromisoformat(written).timestamp() if written else 0.0
