"""Bringing a framework in, keeping the district's own skills as one, withdrawing one and opening it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.curriculum.skills import SkillGraph
from headway.school.curriculum.frameworks.models import Framework as FrameworkRow
from headway.school.curriculum.frameworks.models import FrameworkMatch, FrameworkPart, FrameworkStandard
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import District, Person, RoleName
from headway.school.people.tenancy import in_district
from headway.standards.case import Framework, Match, framework_of, write_package

BATCH = 1000
OURS = "headway"
"""The source of the district's own skills as a framework."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import changed: standards that are new, those that read otherwise now and those that are gone; ``matched``
    standards have a skill."""

    new: int
    changed: int
    gone: int
    matched: int


def check_may_keep(viewer: Viewer) -> None:
    """Raise NotAllowed for somebody who neither leads the whole district nor looks after its data."""
    if None not in viewer.schools(RoleName.LEADER, RoleName.RESEARCHER):
        raise NotAllowed("Frameworks are the whole district's: only somebody with a part in all of it changes them.")


@transaction.atomic
def save_framework(
    *,
    district: UUID,
    framework: Framework,
    matches: Sequence[Match],
    source: str,
    now: float,
    by: Person | None = None,
    address: str = "",
) -> Saved:
    """Write a framework down, or bring the one of the same identifier up to date. What a person confirmed or refused stays,
    also for a standard that is gone: it may come back. Nothing else of the old version does: no evidence hangs on it."""
    with in_district(district):
        District.objects.select_for_update().get(id=district)
        row, _ = FrameworkRow.objects.update_or_create(
            district_id=district,
            identifier=framework.identifier,
            defaults=_described(framework)
            | {"source": source, "address": address, "at": now, "by": by, "withdrawn_at": None},
        )
        before = {s.identifier: (s.code, s.statement) for s in FrameworkStandard.objects.filter(framework=row)}
        FrameworkStandard.objects.filter(framework=row).delete()
        FrameworkStandard.objects.bulk_create(
            (
                FrameworkStandard(
                    district_id=district, framework=row, number=n, identifier=s.identifier, code=s.code,
                    statement=s.statement, kind=s.kind, grades=list(s.grades), parent=s.parent,
                )
                for n, s in enumerate(framework.standards)
            ),
            batch_size=BATCH,
        )  # fmt: skip
        FrameworkPart.objects.filter(framework=row).delete()
        FrameworkPart.objects.bulk_create(_parts(row, framework), batch_size=BATCH)
        now_there = {s.identifier: (s.code, s.statement) for s in framework.standards}
        _match(row, matches)
        changed = sum(1 for key, words in now_there.items() if key in before and before[key] != words)
        matched = FrameworkMatch.objects.filter(framework=row, refused=False, identifier__in=list(now_there))
        return Saved(
            len(set(now_there) - set(before)),
            changed,
            len(set(before) - set(now_there)),
            matched.values("identifier").distinct().count(),
        )


def _described(framework: Framework) -> dict[str, object]:
    document = framework.document
    return {
        "title": framework.title,
        "creator": document.get("creator", ""),
        "publisher": document.get("publisher", ""),
        "version": document.get("version", ""),
        "changed": document["lastChangeDateTime"],
        "licence": licence_of(framework),
        "package": gzip.compress(json.dumps(write_package(framework)).encode(), mtime=0),
    }


def _parts(row: FrameworkRow, framework: Framework) -> Iterator[FrameworkPart]:
    kinds = {
        "CFDocuments": (framework.document,), "CFItems": framework.items, "CFAssociations": framework.associations,
        "CFRubrics": framework.rubrics,
    }  # fmt: skip
    for kind, parts in (kinds | framework.definitions).items():
        for part in parts:
            ends = [part.get(end, {}).get("identifier", "") for end in ("originNodeURI", "destinationNodeURI")]
            yield FrameworkPart(
                district_id=row.district_id, framework=row, kind=kind, identifier=part["identifier"], origin=ends[0],
                destination=ends[1], body=json.dumps(part),
            )  # fmt: skip


def _match(row: FrameworkRow, matches: Sequence[Match]) -> None:
    FrameworkMatch.objects.filter(framework=row, by=None).exclude(how="person").delete()
    FrameworkMatch.objects.bulk_create(
        (
            FrameworkMatch(
                district_id=row.district_id, framework=row, identifier=m.identifier, skill=m.skill, how=m.how, share=m.share
            )
            for m in matches
        ),
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip


def keep_own(*, by: Person, graph: SkillGraph, now: float) -> Saved:
    """Put the district's own skills beside the others as a framework, or bring that up to date."""
    name = District.objects.get(id=by.district_id).name
    ours = framework_of(graph, district=by.district_id, creator=name, title=f"{name}: skills", at=now)
    matches = [Match(each.identifier, each.code, "identifier") for each in ours.standards]
    return save_framework(district=by.district_id, framework=ours, matches=matches, source=OURS, now=now, by=by)


def withdraw(*, framework: str, now: float) -> bool:
    """Stop reading in a framework and answering for it; its rows stay. True if it was in use."""
    return bool(FrameworkRow.objects.filter(identifier=framework, withdrawn_at=None).update(withdrawn_at=now))


def bring_back(*, framework: str) -> bool:
    """Use a framework again that was withdrawn. True if it was."""
    return bool(FrameworkRow.objects.filter(identifier=framework).exclude(withdrawn_at=None).update(withdrawn_at=None))


def open_to_all(*, framework: str, to_all: bool) -> bool:
    """Let everybody read a framework over CASE, or only programs that may. True if the district has it."""
    return bool(FrameworkRow.objects.filter(identifier=framework).update(open=to_all))


def licence_of(framework: Framework) -> str:
    """The name of the licence that the document names, or of the first one that the package has; empty where it has none."""
    named = framework.document.get("licenseURI", {})
    rows = framework.definitions.get("CFLicenses", ())
    found = [row for row in rows if row["identifier"] == named.get("identifier")] or list(rows)
    return str(found[0].get("title", "")) if found else str(named.get("title", ""))
