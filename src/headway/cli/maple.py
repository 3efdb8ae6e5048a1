"""Reading ``samples/maple``: the cast of the demo, of the tutorials and of the tests."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import headway
from headway.cli.command import Refused
from headway.core.curriculum.catalogue import Curriculum
from headway.school.people.roster import (
    Roster,
    RosterEnrolment,
    RosterGuardian,
    RosterPerson,
    RosterRole,
    RosterSchool,
    RosterSection,
    identifier,
)
from headway.standards.oneroster.meaning import ROLES

PLACE = Path(headway.__file__).resolve().parents[2] / "samples" / "maple"
DISTRICT = uuid5(UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "maple-valley.example")
"""The demo's district has the same identifier on every machine, and so has everybody in it."""
DISTRICT_NAME = "Maple Valley"
TIME_ZONE = "America/New_York"

DOORS = (
    ("learner", "s-mina"),
    ("teacher", "t-okafor"),
    ("family", "g-mina-1"),
    ("interventionist", "i-marchetti"),
    ("leader", "l-delacroix"),
    ("researcher", "d-winslow"),
)
"""Role -> the member of the cast whose sign-in link the demo prints."""


@dataclass(frozen=True, slots=True)
class Mind:
    """How an invented learner really is; Headway itself never reads it. ``standing`` is in logits from the grade's
    middle; ``temperament`` is one of ``steady``, ``asks``, ``silent``, ``guesses``, ``stuck``, ``ahead``, ``new``."""

    learner: str
    standing: float
    temperament: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a grade works on: the skills of some grades and domains."""

    grade: str
    grades: tuple[str, ...]
    domains: tuple[str, ...]

    def skills(self, curriculum: Curriculum, subjects: frozenset[str]) -> list[str]:
        """The skills of the scope that belong to these subjects, in the curriculum's order."""
        return [
            s.id
            for s in curriculum.skills
            if s.grade in self.grades and s.domain in self.domains and s.subject in subjects
        ]


@dataclass(frozen=True, slots=True)
class Maple:
    """The school: its roster, the minds of its learners, and what each grade works on."""

    roster: Roster
    minds: tuple[Mind, ...]
    scopes: tuple[Scope, ...]

    def subjects(self) -> dict[str, frozenset[str]]:
        """Learner -> the subjects of their sections."""
        of = {section.sourced_id: section.subject for section in self.roster.sections}
        found: dict[str, frozenset[str]] = {}
        for each in self.roster.enrolments:
            if each.role == "student":
                found[each.person] = found.get(each.person, frozenset()) | {of[each.section]}
        return found


def person_id(sourced_id: str, district: UUID = DISTRICT) -> UUID:
    """The identifier of somebody of the cast: ``person_id("s-mina")``."""
    return identifier(district, "person", sourced_id)


def read_maple(folder: Path = PLACE) -> Maple:
    """Read the files. Raises Refused when one is missing or broken, naming it."""
    users = [row for row in _rows(folder, "users") if row["status"] == "active"]
    try:
        return Maple(_roster(folder, users), tuple(_minds(folder)), tuple(_scopes(folder)))
    except (KeyError, ValueError) as problem:
        raise Refused(
            f"the files in {folder} do not fit together ({problem}). Take them from a fresh checkout."
        ) from None


def _roster(folder: Path, users: list[dict[str, str]]) -> Roster:
    districts = {row["sourcedId"] for row in _rows(folder, "orgs") if row["type"] == "district"}
    return Roster(
        schools=tuple(
            RosterSchool(row["sourcedId"], row["name"]) for row in _rows(folder, "orgs") if row["type"] == "school"
        ),
        people=tuple(_person(row) for row in users),
        roles=tuple(
            RosterRole(
                row["userSourcedId"],
                ROLES[row["role"]],
                "" if row["orgSourcedId"] in districts else row["orgSourcedId"],
            )
            for row in _rows(folder, "roles")
        ),
        sections=tuple(
            RosterSection(
                row["sourcedId"],
                row["schoolSourcedId"],
                row["title"],
                row["subjects"],
                _grade(row["grades"]),
                row["periods"],
            )
            for row in _rows(folder, "classes")
        ),
        enrolments=tuple(
            RosterEnrolment(
                row["classSourcedId"], row["userSourcedId"], "teacher" if row["role"] == "teacher" else "student"
            )
            for row in _rows(folder, "enrollments")
        ),
        guardians=tuple(
            RosterGuardian(guardian, row["sourcedId"], "parent")
            for row in users
            for guardian in row["agentSourcedIds"].split(";")
            if guardian
        ),
    )


def _person(row: dict[str, str]) -> RosterPerson:
    likes = row["metadata.headway.interests"]
    return RosterPerson(
        sourced_id=row["sourcedId"],
        given_name=row["givenName"],
        family_name=row["familyName"],
        email=row["email"],
        grade=_grade(row["grades"]),
        language=row["metadata.headway.language"],
        interests=tuple(likes.split(";")) if likes else (),
        simulated=True,
    )


def _minds(folder: Path) -> list[Mind]:
    return [Mind(r["sourcedId"], float(r["standing"]), r["temperament"]) for r in _rows(folder, "learners")]


def _scopes(folder: Path) -> list[Scope]:
    rows = _rows(folder, "scopes")
    return [Scope(r["grade"], tuple(r["grades"].split(";")), tuple(r["domains"].split(";"))) for r in rows]


def plan_scopes(maple: Maple, curriculum: Curriculum, *, now: float, district: UUID = DISTRICT) -> None:
    """Write into each learner's plan what their grade works on."""
    from headway.school.path.actions import set_scope

    classes = maple.subjects()
    for scope in maple.scopes:
        for subjects in sorted(set(classes.values()), key=sorted):
            learners = [p.sourced_id for p in maple.roster.people if p.grade == scope.grade]
            learners = [learner for learner in learners if classes.get(learner) == subjects]
            skills = scope.skills(curriculum, subjects)
            if learners and skills:
                domains = dict.fromkeys(s.domain for s in curriculum.skills if s.id in set(skills))
                set_scope(
                    district=district,
                    learners=[person_id(learner, district) for learner in learners],
                    skills=skills,
                    reason=f"What grade {scope.grade} works on this autumn: {', '.join(domains).lower()}.",
                    now=now,
                )


def _grade(value: str) -> str:
    """``07`` is grade 7."""
    return value.lstrip("0")


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / f"{name}.csv"
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except OSError:
        raise Refused(
            f"{path} is not there: the demo's school ships in samples/maple of a checkout. Run the demo from one."
        ) from None
