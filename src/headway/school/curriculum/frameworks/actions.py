"""Bringing a framework in, and saying which one profiles are read in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.school.curriculum.frameworks.models import Framework as FrameworkRow
from headway.school.curriculum.frameworks.models import FrameworkMatch, FrameworkStandard
from headway.school.curriculum.models import Skill
from headway.school.people.tenancy import in_district
from headway.standards.case import Framework, Match, write_package

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import changed: standards that are new, those that read otherwise now and those that are gone; ``matched``
    standards have a skill."""

    new: int
    changed: int
    gone: int
    matched: int


@transaction.atomic
def save_framework(*, district: UUID, framework: Framework, matches: Sequence[Match], source: str, now: float) -> Saved:
    """Write a framework down, or bring the one of the same identifier up to date. What a person confirmed stays as long as
    the standard is there; nothing else of the old version does: no evidence hangs on it."""
    with in_district(district):
        packed = gzip.compress(json.dumps(write_package(framework)).encode(), mtime=0)
        row, _ = FrameworkRow.objects.update_or_create(
            district_id=district,
            identifier=framework.identifier,
            defaults={
                "title": framework.title, "creator": str(framework.document.get("creator", "")),
                "licence": _licence(framework), "package": packed, "source": source, "at": now,
            },
        )  # fmt: skip
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
        now_there = {s.identifier: (s.code, s.statement) for s in framework.standards}
        _match(row, matches, set(now_there))
        changed = sum(1 for key, words in now_there.items() if key in before and before[key] != words)
        matched = FrameworkMatch.objects.filter(framework=row).values("identifier").distinct().count()
        return Saved(len(set(now_there) - set(before)), changed, len(set(before) - set(now_there)), matched)


def _match(row: FrameworkRow, matches: Sequence[Match], there: set[str]) -> None:
    old = FrameworkMatch.objects.filter(framework=row)
    old.exclude(how="person").delete()
    old.exclude(identifier__in=there).delete()
    FrameworkMatch.objects.bulk_create(
        (
            FrameworkMatch(
                district_id=row.district_id, framework=row, identifier=m.identifier, skill=m.skill, how=m.how, share=m.share
            )
            for m in matches
        ),
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def confirm_matches(*, district: UUID, framework: str, pairs: Mapping[str, str]) -> int:
    """Write down which skill a standard belongs to (identifier of the standard -> skill), as a person confirmed it; return how
    many are new. Raises ValueError naming what is not there."""
    with in_district(district):
        row = FrameworkRow.objects.get(identifier=framework)
        there = set(FrameworkStandard.objects.filter(framework=row).values_list("identifier", flat=True))
        known = set(Skill.objects.filter(key__in=pairs.values()).values_list("key", flat=True))
        for what, missing in (("standard", set(pairs) - there), ("skill", set(pairs.values()) - known)):
            if missing:
                raise ValueError(f"there is no {what} {', '.join(sorted(missing)[:5])}")
        before = FrameworkMatch.objects.filter(framework=row).count()
        FrameworkMatch.objects.bulk_create(
            (
                FrameworkMatch(district_id=district, framework=row, identifier=key, skill=skill, how="person")
                for key, skill in sorted(pairs.items())
            ),
            ignore_conflicts=True,
        )
        return FrameworkMatch.objects.filter(framework=row).count() - before


@transaction.atomic
def choose_framework(*, district: UUID, framework: str) -> None:
    """Read profiles in this framework from now on (an identifier; empty for the skills' own words)."""
    with in_district(district):
        FrameworkRow.objects.filter(chosen=True).update(chosen=False)
        FrameworkRow.objects.filter(identifier=framework).update(chosen=True)


def _licence(framework: Framework) -> str:
    named = framework.document.get("licenseURI", {}).get("identifier")
    rows = framework.definitions.get("CFLicenses", ())
    found = [row for row in rows if row["identifier"] == named] or list(rows)
    return str(found[0].get("title", "")) if found else ""
