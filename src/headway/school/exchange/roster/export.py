"""The district as a package of OneRoster: what its source said, as it said it, and whoever came another way beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import IO, Any
from uuid import UUID

from headway.school.exchange.models import RosterRecord
from headway.school.people.models import District, Enrolment, Guardianship, Person, Role, School, Section
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.meaning import BACK
from headway.standards.oneroster.tables import ACTIVE, TABLES
from headway.standards.oneroster.writing import Out, write_package

CHUNK = 20_000
Rows = Iterator[Out]


def export_roster(
    *, district: UUID, stream: IO[bytes], version: str = "1.2", since: float | None = None, today: date
) -> dict[str, int]:
    """Write the package; return kind -> rows. With ``since`` (seconds since 1970): the source's rows that changed after it,
    as a package of changes. ``today`` says which school year people without a source are put into."""
    with in_district(district):
        own = Own(district, today) if since is None else None
        tables = {kind: _rows(kind, since, own) for kind in TABLES}
        mode = "bulk" if since is None else "delta"
        return write_package(stream, tables, version=version, mode=mode, beside=_beside(own))  # type: ignore[arg-type]


def _rows(kind: str, since: float | None, own: Own | None) -> Rows:
    last = ""
    while True:
        found = RosterRecord.objects.filter(kind=kind, sourced_id__gt=last).order_by("sourced_id")
        found = found.filter(status=ACTIVE) if since is None else found.filter(changed_at__gt=since)
        page = list(found.values_list("sourced_id", "status", "changed_at", "cells")[:CHUNK])
        for sourced_id, status, at, cells in page:
            moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            yield Out(sourced_id, status, moment, tuple(cells))
        if len(page) < CHUNK:
            break
        last = page[-1][0]
    if own is not None:
        yield from own.rows(kind)


def _beside(own: Own | None) -> object:
    """User -> role and orgs, for 1.1: the first role counts, with all orgs in which it is held."""
    found: dict[str, tuple[str, list[str]]] = {}
    roles = TABLES["roles"]
    user, role, org = (roles.place(name) for name in ("userSourcedId", "role", "orgSourcedId"))

    def look(sourced_id: str) -> tuple[str, str]:
        if not found:
            for row in _rows("roles", None, own):
                kept = found.setdefault(row.cells[user], (row.cells[role], []))
                if kept[0] == row.cells[role]:
                    kept[1].append(row.cells[org])
        name, orgs = found.get(sourced_id, ("student", []))
        return name, ",".join(orgs)

    return look


class Own:
    """Rows for those of whom no source has spoken: they were made here."""

    def __init__(self, district: UUID, today: date) -> None:
        self.district, self.today = district, today
        known = RosterRecord.objects.filter(kind="orgs", status=ACTIVE, cells__1="district").order_by("sourced_id")
        first = known.values_list("sourced_id", flat=True).first()
        self.top, self.has_top = (first, True) if first else (f"district-{district}", False)
        self.end = today.year + (1 if today.month >= 7 else 0)

    def rows(self, kind: str) -> Rows:
        """The rows of one kind."""
        for sourced_id, cells in getattr(self, f"_{kind.lower()}")():
            yield Out(sourced_id, ACTIVE, "", cells)

    @property
    def year(self) -> str:
        """The sourcedId of the school year that they are in."""
        return f"year-{self.end}"

    def _without(self, kind: str) -> Any:
        return RosterRecord.objects.filter(kind=kind).values("sourced_id")

    def _sections(self) -> list[Section]:
        rows = Section.objects.filter(is_active=True).exclude(sourced_id__in=self._without("classes"))
        return list(rows.select_related("school").order_by("sourced_id"))

    def _orgs(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        if not self.has_top:
            yield self.top, (District.objects.get(id=self.district).name, "district", "", "")
        rows = School.objects.filter(is_active=True).exclude(sourced_id__in=self._without("orgs"))
        for school in rows.order_by("sourced_id"):
            yield school.sourced_id, (school.name, "school", "", self.top)

    def _academicsessions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        if self._sections():
            begin, end = f"{self.end - 1}-07-01", f"{self.end}-06-30"
            yield self.year, (f"{self.end - 1}-{self.end}", "schoolYear", begin, end, "", str(self.end))

    def _courses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for subject in sorted({section.subject for section in self._sections()}):
            yield f"course-{subject}", (self.year, subject.capitalize(), "", "", self.top, subject, "")

    def _classes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for s in self._sections():
            yield s.sourced_id, (
                s.title, _grade(s.grade), f"course-{s.subject}", "", "scheduled", "", s.school.sourced_id, self.year,
                s.subject, "", s.period,
            )  # fmt: skip

    def _users(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        agents: dict[UUID, list[str]] = {}
        for learner, guardian in Guardianship.objects.order_by("id").values_list("learner_id", "guardian__sourced_id"):
            agents.setdefault(learner, []).append(guardian)
        rows = (
            Person.objects.filter(is_active=True).exclude(sourced_id__in=self._without("users")).order_by("sourced_id")
        )
        for p in rows:
            likes = ",".join(str(each) for each in p.interests)
            yield p.sourced_id, (
                "true", p.email or p.sourced_id, "", p.given_name, p.family_name, "", "", p.email, "", "",
                ",".join(agents.get(p.id, ())), _grade(p.grade), "", "", "", "", "", "", p.language, likes,
            )  # fmt: skip

    def _roles(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        rows = Role.objects.filter(person__is_active=True).exclude(person__sourced_id__in=self._without("users"))
        for role in rows.select_related("person", "school").order_by("id"):
            org = role.school.sourced_id if role.school else self.top
            key = f"{role.person.sourced_id}.{role.name}.{org}"
            yield key, (role.person.sourced_id, "primary", BACK[role.name], "", "", org, "")

    def _enrollments(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        rows = Enrolment.objects.filter(section__is_active=True, person__is_active=True)
        rows = rows.exclude(section__sourced_id__in=self._without("classes"))
        for e in rows.select_related("person", "section__school").order_by("id"):
            key = f"{e.section.sourced_id}.{e.person.sourced_id}.{e.role}"
            primary = "true" if e.role == "teacher" else ""
            yield key, (
                e.section.sourced_id, e.section.school.sourced_id, e.person.sourced_id, e.role, primary,
                e.begin.isoformat() if e.begin else "", e.end.isoformat() if e.end else "",
            )  # fmt: skip


def _grade(ours: str) -> str:
    return "KG" if ours == "K" else f"{int(ours):02}" if ours.isdigit() else ""
