"""A roster as values: what a file of OneRoster, a demo or a test says about who is in a district.

People and sections are named by the identifiers that their source gave them (``sourced_id``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid5


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """An org of type school."""

    sourced_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A user. ``grade`` is ``K``, ``1`` … ``12`` or empty, ``language`` an ISO 639-1 code."""

    sourced_id: str
    given_name: str
    family_name: str
    email: str = ""
    grade: str = ""
    language: str = "en"
    interests: tuple[str, ...] = ()
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class RosterRole:
    """What somebody is (a :class:`~headway.school.people.models.RoleName`); an empty school is the whole district."""

    person: str
    name: str
    school: str = ""


@dataclass(frozen=True, slots=True)
class RosterSection:
    """A class."""

    sourced_id: str
    school: str
    title: str
    subject: str = "mathematics"
    grade: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class RosterEnrolment:
    """Somebody in a section."""

    section: str
    person: str
    role: Literal["student", "teacher"]


@dataclass(frozen=True, slots=True)
class RosterGuardian:
    """An adult of a learner's family."""

    guardian: str
    learner: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that one source says."""

    schools: tuple[RosterSchool, ...] = ()
    people: tuple[RosterPerson, ...] = ()
    roles: tuple[RosterRole, ...] = ()
    sections: tuple[RosterSection, ...] = ()
    enrolments: tuple[RosterEnrolment, ...] = ()
    guardians: tuple[RosterGuardian, ...] = ()


def identifier(district: UUID, kind: str, sourced_id: str) -> UUID:
    """The identifier of a school, person or section that a roster names: the same one each time it is loaded."""
    return uuid5(district, f"{kind}:{sourced_id}")
