"""Links and videos that a package of another system names: taken in, updated when it comes again, laid aside once gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from headway.core.curriculum.outside import LONGEST_WORDS, Outside, described, faults
from headway.core.text import T
from headway.school.path.outside.actions import note, write
from headway.school.path.outside.models import OutsideActivity, OutsideChange
from headway.school.path.outside.reach import CHOOSERS
from headway.school.people.clock import day_of
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.standards.content.neutral import Link, Package, prefix_of, short

USUAL = 5
"""Minutes of a link whose source does not say how long it takes."""
LAID = "laid-aside"


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing links in changes."""

    new: int = 0
    changed: int = 0
    same: int = 0
    laid_aside: int = 0


NO_LINKS = Brought()


def bring(
    *, district: UUID, package: Package, skills: Mapping[str, str], licence: str, by: Person | None, now: float
) -> Brought:
    """Write the links of a package down, shared with the school of who brings them (the district, for the command line).
    ``skills``: a link's ``place`` -> the skill that a person confirmed. What somebody changed or retired here since stays as
    they left it, as long as the source says the same as before."""
    school = by.roles.filter(name__in=CHOOSERS).exclude(school=None).order_by("id").first() if by else None
    prefix, today = prefix_of(package.format, package.source), day_of(district, now)
    rows = {row.key: row for row in OutsideActivity.objects.filter(key__startswith=prefix)}
    last: dict[UUID, str] = {}
    said: dict[UUID, object] = {}
    for line in OutsideChange.objects.filter(activity__in=rows.values()).order_by("id"):
        last[line.activity_id] = line.what
        said[line.activity_id] = line.body if line.what in ("added", "imported") else said.get(line.activity_id)
    counts = {"new": 0, "changed": 0, "same": 0}
    wanted: set[str] = set()
    for link in package.links:
        key = prefix + short(link.id)
        wanted.add(key)
        what = outside_of(package, link, skill=skills.get(link.place, ""), licence=licence, today=today)
        row = rows.get(key)
        if row is None:
            row = OutsideActivity(
                district_id=district, key=key, school_id=school.school_id if school else None, by=by, at=now
            )
            write(row, what, "added", by, now)
            counts["new"] += 1
            continue
        if last.get(row.id) == LAID:
            row.retired_at = None
            row.save(update_fields=["retired_at"])
        if _apart_from_day(asdict(what)) == _apart_from_day(said.get(row.id)):
            counts["same"] += 1
            if last.get(row.id) == LAID:
                note(row, "back", by, now)
        else:
            write(row, what, "imported", by, now)
            counts["changed"] += 1
    gone = [row for key, row in rows.items() if key not in wanted and row.retired_at is None]
    for row in gone:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
        note(row, LAID, by, now)
    return Brought(**counts, laid_aside=len(gone))


def outside_of(package: Package, link: Link, *, skill: str, licence: str, today: int) -> Outside:
    """A link as an activity; ``licence`` are the terms that the package or a person states. Raises Refused for one that cannot
    be kept, by its name."""
    what = described(
        Outside(
            link.kind, link.title, link.url, link.good_for, link.minutes or USUAL, (skill,) if skill else (),
            link.language or "en", (link.licence or licence)[:LONGEST_WORDS],
            (link.source or package.author or package.title or package.source)[:LONGEST_WORDS],
            min(link.seen, today) or today, True,
        )
    )  # fmt: skip
    found = faults(what, today)
    if found:
        raise Refused(T("{name}: {fault}", name=link.title, fault=next(iter(found.values()))))
    return what


def _apart_from_day(body: object) -> object:
    """A description without the day on which it came in, and in the shape of JSON."""
    if not isinstance(body, dict):
        return None
    return {name: list(v) if isinstance(v, tuple) else v for name, v in body.items() if name != "seen"}
