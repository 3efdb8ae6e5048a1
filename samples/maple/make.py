"""Writes the files of Maple Middle School: ``python samples/maple/make.py [FOLDER]``. The same files every time.

The files have the shape of a OneRoster 1.2 CSV exchange (manifest, orgs, academicSessions, courses, classes, users,
roles, enrollments). Two ``metadata`` columns of users carry the home language and the interests. ``learners.csv`` is
ours: how each invented learner really is, which the simulation uses and Headway itself never reads. ``scopes.csv`` says
what each grade works on, which becomes a row of each learner's plan.
All people are invented. The named cast is in :data:`CAST`; the others are drawn from :mod:`names`.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
TARGET = Path(sys.argv[1]) if sys.argv[1:] else HERE
sys.path.insert(0, str(HERE))

from names import HOMES, POOLS  # noqa: E402 (beside this file, which is run as a script)

SEED = 20_260_901
SECTION_SIZE = 25
INTERESTS = ("soccer", "basketball", "music", "animals", "space", "cooking", "art", "games", "nature", "fashion",
             "trains", "comics")  # fmt: skip
CHANGED = "2026-08-15T12:00:00Z"
STAFF = (
    ("t-okafor", "Adaeze", "Okafor", "teacher", "en"),
    ("t-whitehorse", "Daniel", "Whitehorse", "teacher", "en"),
    ("t-lindqvist", "Karin", "Lindqvist", "teacher", "en"),
    ("t-villanueva", "Ramón", "Villanueva", "teacher", "es"),
    ("t-tran", "Hoa", "Tran", "teacher", "vi"),
    ("t-bellamy", "Josephine", "Bellamy", "teacher", "en"),
    ("t-castellano", "Iris", "Castellano", "teacher", "es"),
    ("t-oyelaran", "Tunde", "Oyelaran", "teacher", "en"),
    ("i-marchetti", "Lucia", "Marchetti", "counselor", "en"),
    ("l-delacroix", "Simon", "Delacroix", "principal", "en"),
    ("d-winslow", "Priscilla", "Winslow", "districtAdministrator", "en"),
)
SECTIONS = (
    ("c-6-1", "6", "1", ("t-whitehorse", "t-castellano")),
    ("c-6-2", "6", "1", ("t-lindqvist",)),
    ("c-7-1", "7", "3", ("t-okafor",)),
    ("c-7-2", "7", "3", ("t-tran", "t-oyelaran")),
    ("c-8-1", "8", "5", ("t-villanueva",)),
    ("c-8-2", "8", "5", ("t-bellamy", "t-oyelaran")),
)
"""Section, grade, period, teachers. Castellano and Oyelaran are co-teachers (English learners, special education)."""

ENGLISH = ("c-7-1e", "7", "4", "t-castellano", "c-7-1")
"""A section in English: its identifier, grade, period and teacher, and the section whose learners it has."""

CAST = (
    ("mina", "Mina", "Reyes", "en", "soccer;art", 0.1, "steady"),
    ("aisha", "Aisha", "Bello", "en", "space;comics", 2.4, "ahead"),
    ("marcus", "Marcus", "Odom", "en", "basketball;music", -1.1, "stuck"),
    ("quinn", "Quinn", "Parker", "en", "games", -0.6, "guesses"),
    ("ivan", "Ivan", "Jovanović", "en", "trains;games", -0.3, "silent"),
    ("yusuf", "Yusuf", "Kaya", "tr", "soccer;cooking", 0.0, "new"),
    ("farah", "Farah", "Hashemi", "fa", "animals;art", -0.7, "asks"),
    ("chloe", "Chloe", "Dubois", "en", "fashion;music", 0.2, "steady"),
    ("leo", "Leo", "Castro", "es", "soccer;games", 1.1, "steady"),
    ("priya", "Priya", "Nair", "hi", "music;space", 1.0, "steady"),
    ("tomas", "Tomás", "Vega", "es", "comics;cooking", 1.2, "steady"),
    ("grace", "Grace", "Wong", "zh", "nature;art", 0.8, "steady"),
    ("noah", "Noah", "Young", "en", "trains;nature", 0.7, "steady"),
    ("ben", "Ben", "Abrams", "en", "basketball", 0.0, "steady"),
    ("elena", "Elena", "Guzmán", "es", "animals;music", 0.2, "steady"),
    ("hana", "Hana", "Ito", "ja", "art;cooking", 0.3, "steady"),
    ("jada", "Jada", "Knox", "en", "fashion;comics", 0.1, "steady"),
    ("kofi", "Kofi", "Lamptey", "en", "soccer;space", 0.2, "steady"),
    ("owen", "Owen", "Sutter", "en", "games;nature", 0.5, "steady"),
    ("dev", "Dev", "Edara", "hi", "games;space", -0.9, "steady"),
    ("lucia", "Lucía", "Morales", "es", "animals;fashion", -0.8, "asks"),
    ("sam", "Sam", "Tallchief", "en", "nature;trains", -1.0, "steady"),
    ("zuri", "Zuri", "Umar", "en", "art;basketball", -0.6, "asks"),
    ("mei", "Mei-Lin", "Fong", "zh", "cooking;nature", 0.4, "silent"),
    ("rico", "Rico", "Benítez", "es", "music;soccer", -0.4, "guesses"),
)
"""Ms. Okafor's section: id, names, language, interests, standing, temperament. Mina reads English at school; her
mother Carmen reads Spanish."""


@dataclass
class Learner:
    """One invented learner. ``standing`` is in logits from the middle of the grade."""

    id: str
    given: str
    family: str
    language: str
    interests: str
    standing: float
    temperament: str
    section: str
    grade: str
    guardians: list[str] = field(default_factory=list)


def draw_learners(rng: np.random.Generator) -> list[Learner]:
    """The cast in its section, and the other five sections from the pools; at least half speak English at home."""
    given = {language: list(rng.permutation(names.split())) for language, (names, _) in POOLS.items()}
    family = {language: names.split() for language, (_, names) in POOLS.items()}
    taken = {row[1] for row in CAST}
    weights = np.array(list(HOMES.values())) / sum(HOMES.values())
    out: list[Learner] = []
    for section, grade, _, _ in SECTIONS:
        if section == "c-7-1":
            out += [Learner(f"s-{row[0]}", *row[1:], section=section, grade=grade) for row in CAST]
            continue
        for place in range(1, SECTION_SIZE + 1):
            language = str(rng.choice(list(HOMES), p=weights))
            if not set(given[language]) - taken:
                language = next(other for other in given if set(given[other]) - taken)
            name = next(n for n in given[language] if n not in taken)
            taken.add(name)
            kinds = ("steady", "asks", "silent", "guesses", "ahead", "stuck")
            temperament = str(rng.choice(kinds, p=(0.62, 0.14, 0.12, 0.05, 0.04, 0.03)))
            standing = float(rng.normal(0, 0.85)) + {"ahead": 1.5, "stuck": -0.7}.get(temperament, 0.0)
            likes = ";".join(rng.choice(INTERESTS, size=2, replace=False))
            last = str(rng.choice(family[language]))
            key = f"s-{section[2:]}-{place:02}"
            out.append(Learner(key, name, last, language, likes, round(standing, 2), temperament, section, grade))
    return out


def draw_guardians(rng: np.random.Generator, learners: list[Learner]) -> list[tuple[str, str, str, str]]:
    """One or two adults a learner: (id, given name, family name, language). Some brothers and sisters share theirs."""
    out, homes = [], {}
    taken = {(learner.given, learner.family) for learner in learners}
    for learner in learners:
        known = homes.get((learner.family, learner.language))
        if known and known[0] != learner.grade and rng.random() < 0.7:
            learner.guardians = known[1]
            continue
        pools = [POOLS.get(learner.language, POOLS["en"])[0].split(), POOLS["en"][0].split()]
        names = [str(n) for pool in pools for n in rng.permutation(pool) if (n, learner.family) not in taken]
        if learner.id == "s-mina":
            names = ["Carmen"]
        for number, name in enumerate(names[: 1 if rng.random() < 0.35 else 2], 1):
            taken.add((name, learner.family))
            learner.guardians.append(f"g-{learner.id[2:]}-{number}")
            language = "es" if learner.id == "s-mina" else learner.language
            out.append((learner.guardians[-1], name, learner.family, language))
        homes[learner.family, learner.language] = (learner.grade, learner.guardians)
    return out


def write(name: str, header: str, rows: list[tuple[object, ...]]) -> None:
    """Write one file with Unix line ends."""
    with (TARGET / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows(rows)


def write_school() -> None:
    """Everything but people."""
    base = "sourcedId,status,dateLastModified"
    parts = ("academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users")
    write("manifest", "propertyName,value", [("manifest.version", "1.0"), ("oneroster.version", "1.2"),
          *((f"file.{part}", "bulk") for part in parts), ("source.systemName", "Maple Valley")])  # fmt: skip
    write("orgs", f"{base},name,type,identifier,parentSourcedId", [
        ("maple-valley", "active", CHANGED, "Maple Valley", "district", "MV", ""),
        ("maple-middle", "active", CHANGED, "Maple Middle School", "school", "MMS", "maple-valley"),
    ])  # fmt: skip
    write("academicSessions", f"{base},title,type,startDate,endDate,parentSourcedId,schoolYear",
          [("y-2027", "active", CHANGED, "2026-27", "schoolYear", "2026-08-24", "2027-06-11", "", "2027")])  # fmt: skip
    write("courses", f"{base},schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes", [
        (f"math-{g}", "active", CHANGED, "y-2027", f"Grade {g} Mathematics", f"M{g}", f"0{g}", "maple-middle",
         "mathematics", "") for g in (6, 7, 8)
    ] + [("english-7", "active", CHANGED, "y-2027", "Grade 7 English", "E7", "07", "maple-middle", "english", "")])  # fmt: skip
    write("classes", f"{base},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
          "termSourcedIds,subjects,subjectCodes,periods", [
        (key, "active", CHANGED, f"Grade {grade} Mathematics", f"0{grade}", f"math-{grade}", key[2:], "scheduled",
         f"Room {key[2]}0{key[4]}", "maple-middle", "y-2027", "mathematics", "", period)
        for key, grade, period, _ in SECTIONS
    ] + [
        (ENGLISH[0], "active", CHANGED, f"Grade {ENGLISH[1]} English", f"0{ENGLISH[1]}", "english-7", "7-1e", "scheduled",
         "Room 705", "maple-middle", "y-2027", "english", "", ENGLISH[2])
    ])  # fmt: skip


ALGEBRA = "The number system;Ratios and proportions;Expressions and equations"
SCOPES = (
    ("6", "4;5;6;7", f"Fractions;Operations and algebraic thinking;{ALGEBRA}"),
    ("7", "5;6;7;8", f"Fractions;{ALGEBRA};Vocabulary;Conventions;Reading"),
    ("8", "6;7;8;A1", f"{ALGEBRA};Functions;Solving equations;Linear and exponential models"),
)
"""Grade, grades of the skills and their domains: what each grade works on this autumn."""


def main() -> None:
    """Write every file."""
    rng = np.random.default_rng(SEED)
    learners = draw_learners(rng)
    guardians = draw_guardians(rng, learners)
    write_school()
    base = "sourcedId,status,dateLastModified"
    users, roles = [], []

    def add(key: str, given: str, family: str, role: str, language: str, *rest: str) -> None:
        agents, grade, likes = rest or ("", "", "")
        org = "maple-valley" if role == "districtAdministrator" else "maple-middle"
        mail = f"{key}@maple.example"
        users.append((key, "active", CHANGED, "true", mail, given, family, mail, agents, grade, org, language, likes))
        roles.append((f"r-{key}", "active", CHANGED, key, "primary", role, org))

    for staff in STAFF:
        add(*staff)
    for one in learners:
        add(one.id, one.given, one.family, "student", one.language, ";".join(one.guardians), f"0{one.grade}",
            one.interests)  # fmt: skip
    for key, given, family, language in guardians:
        add(key, given, family, "parent", language)
    write("users", f"{base},enabledUser,username,givenName,familyName,email,agentSourcedIds,grades,primaryOrgSourcedId,"
          "metadata.headway.language,metadata.headway.interests", users)  # fmt: skip
    write("roles", f"{base},userSourcedId,roleType,role,orgSourcedId", roles)
    places = [(key, person, "teacher") for key, _, _, teachers in SECTIONS for person in teachers]
    places += [(one.section, one.id, "student") for one in learners]
    places += [(ENGLISH[0], ENGLISH[3], "teacher")]
    places += [(ENGLISH[0], one.id, "student") for one in learners if one.section == ENGLISH[4]]
    write("enrollments", f"{base},classSourcedId,schoolSourcedId,userSourcedId,role,primary", [
        (f"e-{key[2:]}-{person}", "active", CHANGED, key, "maple-middle", person, role, str(role == "teacher").lower())
        for key, person, role in places
    ])  # fmt: skip
    write("scopes", "grade,grades,domains", [*SCOPES])
    write("learners", "sourcedId,standing,temperament",
          [(one.id, one.standing, one.temperament) for one in learners])  # fmt: skip


if __name__ == "__main__":
    main()
