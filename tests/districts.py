"""Districts of any size for tests, proofs and benchmarks: made up, the same every time, packed as OneRoster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from headway.standards.oneroster.tables import TABLES
from headway.standards.oneroster.writing import Out, write_package

SPACE = UUID("7d3f6f0a-2f5e-4a55-9a10-4f0b6c1f2d11")
GRADES = ("KG", *(f"{n:02}" for n in range(1, 13)))
GIVEN = ("Ana", "Ben", "Chi", "Dev", "Eva", "Finn", "Gia", "Hugo", "Ines", "Joao", "Kaya", "Lena", "Mina", "Noé", "Oya")
FAMILY = ("Alvarez", "Brown", "Chen", "Dubois", "Eze", "Fischer", "García", "Haddad", "Ito", "Jansen", "Kaur", "Lopez")
SUBJECTS = (
    ("Mathematics", "02"),
    ("English Language Arts", "01"),
    ("Science", "03"),
    ("Social Studies", "04"),
    ("Art", "05"),
)
CLASS_SIZE = 26
SCHOOL_SIZE = 700


def key(kind: str, n: object) -> str:
    """A sourcedId as systems make them."""
    return str(uuid5(SPACE, f"{kind}:{n}"))


@dataclass(frozen=True)
class MadeUp:
    """``learners`` with a parent each, in five classes each; ``moved``: every so many-th row of users and enrollments is
    other than before (0: none)."""

    learners: int
    moved: int = 0

    def rows(self, kind: str) -> Iterator[Out]:
        """The rows of one table."""
        for n, (sourced_id, cells) in enumerate(getattr(self, f"_{kind}")()):
            changed = bool(self.moved) and n % self.moved == 1
            if changed and kind == "users":
                place = TABLES[kind].place("email")
                cells = (*cells[:place], f"moved.{n}@district.example", *cells[place + 1 :])
            if changed and kind == "enrollments":
                cells = (*cells[:5], "2026-08-17", *cells[6:])
            yield Out(sourced_id, "active", "", cells)

    def write(self, path: Path, kinds: Iterable[str] = TABLES) -> dict[str, int]:
        """Write the package; return kind -> rows."""
        with path.open("wb") as stream:
            return write_package(stream, {kind: self.rows(kind) for kind in kinds})

    @property
    def schools(self) -> int:
        """How many schools it has."""
        return max(1, self.learners // SCHOOL_SIZE)

    def school_of(self, learner: int) -> int:
        """The school of a learner: the same for all of a class."""
        return (learner // CLASS_SIZE) % self.schools

    def _orgs(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield key("district", 0), ("Made-up Unified", "district", "1", "")
        for n in range(self.schools):
            yield key("school", n), (f"School {n}", "school", str(n), key("district", 0))

    def _academicSessions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield key("year", 0), ("2026-27", "schoolYear", "2026-08-17", "2027-06-11", "", "2027")

    def _courses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, code in SUBJECTS:
            yield key("course", code), (key("year", 0), name, code, "", key("district", 0), name, f"{code}001")

    def _groups(self) -> int:
        return -(-self.learners // CLASS_SIZE)

    def _classes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for group in range(self._groups()):
            school, grade = key("school", self.school_of(group * CLASS_SIZE)), GRADES[group % len(GRADES)]
            for period, (name, code) in enumerate(SUBJECTS, start=1):
                cells = (f"{name} {grade}", grade, key("course", code), f"{group}-{code}", "scheduled", f"Room {group}",
                         school, key("year", 0), name, f"{code}001", str(period))  # fmt: skip
                yield key("class", f"{group}-{code}"), cells

    def _users(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for group in range(self._groups()):
            yield key("teacher", group), self._user(group, "t", "", "", self.school_of(group * CLASS_SIZE))
        for n in range(self.learners):
            school, grade = self.school_of(n), GRADES[(n // CLASS_SIZE) % len(GRADES)]
            yield key("learner", n), self._user(n, "s", grade, key("parent", n), school)
            yield key("parent", n), self._user(n, "p", "", "", school)

    def _user(self, n: int, letter: str, grade: str, agents: str, school: int) -> tuple[str, ...]:
        name = f"{letter}{n:07}"
        return ("true", name, f"{{LDAP:{name}}}", GIVEN[n % len(GIVEN)], FAMILY[n % len(FAMILY)], "", f"{n}",
                f"{name}@district.example", "", "", agents, grade, "", "", "", "", key("school", school), "", "", "")  # fmt: skip

    def _roles(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        who = [("teacher", n, self.school_of(n * CLASS_SIZE), "teacher") for n in range(self._groups())]
        for kind, role in (("learner", "student"), ("parent", "parent")):
            who += [(kind, n, self.school_of(n), role) for n in range(self.learners)]
        for kind, n, school, role in who:
            cells = (key(kind, n), "primary", role, "", "", key("school", school), "")
            yield key("role", f"{kind}-{n}"), cells

    def _enrollments(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for group in range(self._groups()):
            school = key("school", self.school_of(group * CLASS_SIZE))
            for _, code in SUBJECTS:
                cells = (key("class", f"{group}-{code}"), school, key("teacher", group), "teacher", "true", "", "")
                yield key("seat", f"t-{group}-{code}"), cells
        for n in range(self.learners):
            school = key("school", self.school_of(n))
            for _, code in SUBJECTS:
                cells = (key("class", f"{n // CLASS_SIZE}-{code}"), school, key("learner", n), "student", "", "", "")
                yield key("seat", f"s-{n}-{code}"), cells
