"""What people say of frameworks: which skill stands for which standard, and what profiles are read in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from django.db import transaction

from headway.school.curriculum.frameworks.models import Framework, FrameworkChoice, FrameworkMatch, FrameworkStandard
from headway.school.curriculum.models import Skill
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import Person, RoleName
from headway.school.people.tenancy import in_district

Word = Literal["yes", "no", "back"]
"""A person confirms a pair, refuses it, or takes their word back."""


@transaction.atomic
def confirm_matches(*, district: UUID, framework: str, pairs: Mapping[str, str]) -> int:
    """Write down which skill a standard belongs to (identifier of the standard -> skill), as a person confirmed it; return how
    many are new. Raises ValueError naming what is not there."""
    with in_district(district):
        row = Framework.objects.defer("package").get(identifier=framework)
        check_there(row, set(pairs), set(pairs.values()))
        before = FrameworkMatch.objects.filter(framework=row).count()
        FrameworkMatch.objects.bulk_create(
            (
                FrameworkMatch(district_id=district, framework=row, identifier=key, skill=skill, how="person")
                for key, skill in sorted(pairs.items())
            ),
            ignore_conflicts=True,
        )
        return FrameworkMatch.objects.filter(framework=row).count() - before


def check_there(row: Framework, standards: set[str], skills: set[str]) -> None:
    """Raise ValueError naming the standards and skills that are not there."""
    there = set(FrameworkStandard.objects.filter(framework=row).values_list("identifier", flat=True))
    known = set(Skill.objects.filter(key__in=skills).values_list("key", flat=True))
    for what, missing in (("standard", standards - there), ("skill", skills - known)):
        if missing:
            raise ValueError(f"there is no {what} {', '.join(sorted(missing)[:5])}")


@transaction.atomic
def say_of_match(*, by: Person, framework: str, standard: str, skill: str, word: Word, now: float) -> None:
    """Confirm or refuse that a skill stands for a standard, with one's name; or take that back. Saying it twice says it once.
    Raises ValueError naming what is not there."""
    row = Framework.objects.defer("package").select_for_update(of=("self",)).filter(identifier=framework).first()
    if row is None:
        raise ValueError(f"there is no framework {framework}")
    check_there(row, {standard}, {skill})
    pair = FrameworkMatch.objects.filter(framework=row, identifier=standard, skill=skill)
    if word == "back":
        pair.filter(how="person").delete()
        pair.update(refused=False, by=None, at=0.0)
        return
    said = {"refused": word == "no", "by": by, "at": now}
    if not pair.update(**said):
        FrameworkMatch.objects.create(
            district_id=row.district_id, framework=row, identifier=standard, skill=skill, how="person", **said
        )


def check_may_choose(viewer: Viewer, school: UUID | None) -> None:
    """Raise NotAllowed for somebody who does not lead the school (None: the district)."""
    if not viewer.schools(RoleName.LEADER) & {school, None} and None not in viewer.schools(RoleName.RESEARCHER):
        raise NotAllowed("What a school reads its profiles in is for whoever leads it.")


def choose_framework(
    *, district: UUID, framework: str, now: float, school: UUID | None = None, by: Person | None = None
) -> None:
    """Read profiles in this framework from now on: those of a school, or of every school that has no choice of its own. Empty
    takes the choice back."""
    with in_district(district):
        chosen = (
            FrameworkChoice.objects.filter(school=school) if school else FrameworkChoice.objects.filter(school=None)
        )
        if not framework:
            chosen.delete()
        elif not chosen.update(key=framework, by=by, at=now):
            FrameworkChoice.objects.create(district_id=district, school_id=school, key=framework, by=by, at=now)
