"""The named cast, ready for a test: Maple Middle School in a district of its own.

``make_maple()`` gives every person of ``samples/maple`` with the same names and relations in each test. Mina Reyes is
a learner of Ms. Okafor's section and Carmen Reyes is her mother; Aisha is far ahead, Marcus quietly stuck, Quinn guesses,
Ivan never asks for help, Farah asks often, and Yusuf has just arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from headway.cli.maple import TIME_ZONE, Maple, read_maple
from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.people.actions import make_district, take_roster
from headway.school.people.models import Person
from headway.school.people.roster import identifier
from headway.school.people.tenancy import in_district

MINA, OKAFOR, CARMEN = "s-mina", "t-okafor", "g-mina-1"
AISHA, MARCUS, QUINN, IVAN, FARAH, YUSUF = "s-aisha", "s-marcus", "s-quinn", "s-ivan", "s-farah", "s-yusuf"
INTERVENTIONIST, PRINCIPAL, DATA_LEAD = "i-marchetti", "l-delacroix", "d-winslow"
ANOTHER_TEACHER, ANOTHER_LEARNER = "t-bellamy", "s-8-2-01"
SECTION, ANOTHER_SECTION = "c-7-1", "c-8-2"


@dataclass(frozen=True, slots=True)
class MapleCast:
    """Maple in one district; ``id_of`` and ``person`` take the identifiers above."""

    district: UUID

    def id_of(self, sourced_id: str) -> UUID:
        """The identifier of a person."""
        return identifier(self.district, "person", sourced_id)

    def section(self, sourced_id: str = SECTION) -> UUID:
        """The identifier of a section."""
        return identifier(self.district, "section", sourced_id)

    def person(self, sourced_id: str) -> Person:
        """A person, from the database."""
        with in_district(self.district):
            return Person.objects.get(id=self.id_of(sourced_id))


@cache
def maple_files() -> Maple:
    """What the files say, read once."""
    return read_maple()


def make_maple(*, curriculum: bool = True) -> MapleCast:
    """Put the cast into a new district; the database must be running."""
    district = make_district(name="Maple Valley", time_zone=TIME_ZONE, id=uuid4()).id
    take_roster(district=district, roster=maple_files().roster)
    if curriculum:
        install_shipped_curriculum(district=district)
    return MapleCast(district)
