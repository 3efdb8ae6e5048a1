"""Data for research without names: only of those who agreed, and nobody alone in a group.

What could point at somebody together (school, grade, language) is made coarser until at least ``k`` people share it
(Sweeney, k-anonymity, 2002); whoever is still in a smaller group is left out. Pseudonyms are drawn anew for each export and
kept nowhere; days count from each learner's first.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from headway.school.exchange.out.district import REAL, TEXT, WHOLE, YES, Column, Part, write_dictionary, write_part
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.people.models import Person, RoleName
from headway.school.people.tenancy import in_district

LEAST = 10
"""The smallest ``k`` that is taken."""
DAY = 86_400.0
CHUNK = 400
ALL = "*"
BANDS = {"K": "K-2", "1": "K-2", "2": "K-2", "3": "3-5", "4": "3-5", "5": "3-5", "6": "6-8", "7": "6-8", "8": "6-8"}
Group = tuple[str, str, str]
"""School, grade, language."""
COARSER: tuple[Callable[[Group], Group], ...] = (
    lambda g: g,
    lambda g: (ALL, g[1], g[2]),
    lambda g: (ALL, BANDS.get(g[1], "9-12"), g[2]),
    lambda g: (ALL, BANDS.get(g[1], "9-12"), ALL),
    lambda g: (ALL, ALL, ALL),
)
"""From the finest to the coarsest: without the school, a band of grades, without the language, without anything."""

WHO = Column("learner", TEXT, "", "pseudonym, drawn for this export only")
ON = Column("day", WHOLE, "", "days since the learner's first answer")
PARTS = (
    Part("learners", None, (
        WHO,
        Column("school", TEXT, "", "pseudonym of the school; * where too few share it"),
        Column("grade", TEXT, "", "grade or band of grades; * where too few share it"),
        Column("language", TEXT, "", "ISO 639-1 code; * where too few share it"),
        Column("simulated", YES, "", "whether this is an invented learner"),
    )),
    Part("answers", None, (
        WHO,
        Column("order", WHOLE, "", "place among the learner's answers, from 0"),
        ON,
        Column("activity", TEXT, "", "what was worked on"),
        Column("step", WHOLE, "", "step of it, from 0"),
        Column("skill", TEXT, "", "first skill of the step"),
        Column("correct", YES, "", "whether the answer was right"),
        Column("attempt", WHOLE, "", "which try at this step, from 1"),
        Column("hints", WHOLE, "", "hints seen before the answer"),
        Column("seconds", WHOLE, "", "time on the step, in whole seconds"),
    )),
    Part("mastery", None, (
        WHO,
        ON,
        Column("skill", TEXT, "", "identifier of the skill"),
        Column("kind", TEXT, "", "reached, confirmed or lost"),
        Column("probability", REAL, "", "probability of mastery then, 0 to 1"),
    )),
)  # fmt: skip


class TooFew(ValueError):
    """Fewer people agreed than may be told together."""


@dataclass(frozen=True, slots=True)
class Research:
    """What was written: learners in it, those who agreed but stand in too small a group, identifiers that nobody here has, and
    rows of each table."""

    learners: int
    left_out: int
    unknown: int
    rows: dict[str, int]


def export_research(*, district: UUID, folder: Path, consented: Sequence[str], k: int = LEAST) -> Research:
    """Write the tables and ``dictionary.csv`` into an empty folder. ``consented``: sourcedIds of the learners who agreed, or
    whose families did; nobody else is in it. Raises ValueError for a ``k`` below :data:`LEAST`, TooFew where nobody is left."""
    if k < LEAST:
        raise ValueError(f"k is {k}; at least {LEAST} people have to share what could point at them")
    with in_district(district):
        rows = (
            Person.objects.filter(roles__name=RoleName.LEARNER, sourced_id__in=set(consented)).distinct().order_by("id")
        )
        people = list(rows)
        groups = coarsen({p.id: _group(p) for p in people}, k)
        kept = [p for p in people if p.id in groups]
        if not kept:
            raise TooFew(
                f"{len(people)} of the district's learners agreed; that is fewer than {k} who could be told together"
            )
        drawn = _drawn(p.id for p in kept)
        schools = _drawn(sorted({g[0] for g in groups.values() if g[0] != ALL}))
        first = [(drawn[p.id], schools.get(groups[p.id][0], ALL), *groups[p.id][1:], p.simulated) for p in kept]
        shuffled = sorted(first)  # by pseudonym: the order tells nothing
        tables = {"learners": iter([shuffled]), "answers": _answers(drawn), "mastery": _mastery(drawn)}
        counts = {part.name: write_part(folder, part, tables[part.name]) for part in PARTS}
    write_dictionary(folder, PARTS)
    return Research(len(kept), len(people) - len(kept), len(set(consented)) - len(people), counts)


def coarsen(groups: dict[UUID, Group], k: int) -> dict[UUID, Group]:
    """Each person's group, made coarser step by step until at least ``k`` are in it; who never is, is left out.

    A step takes along everybody in a group that is still too small. Every group of the result has at least ``k`` people.
    """
    settled: dict[UUID, Group] = {}
    left = dict(groups)
    for coarser in COARSER:
        named = {key: coarser(group) for key, group in left.items()}
        sizes = Counter(named.values())
        settled |= {key: group for key, group in named.items() if sizes[group] >= k}
        left = {key: group for key, group in left.items() if key not in settled}
    return settled


def _group(person: Person) -> Group:
    school = person.roles.filter(name=RoleName.LEARNER).order_by("id").values_list("school_id", flat=True).first()
    return (str(school), person.grade, person.language)


def _drawn(keys: Any) -> dict[Any, str]:
    return {key: secrets.token_hex(8) for key in keys}


def _answers(drawn: dict[UUID, str]) -> Iterator[list[tuple[Any, ...]]]:
    fields = ("learner_id", "at", "activity", "step", "skills", "correct", "attempt", "hints", "seconds")
    for some in _by_pseudonym(drawn):
        rows = Evidence.objects.filter(learner_id__in=some, kind="response").order_by("learner_id", "id")
        begun: dict[UUID, tuple[float, int]] = {}
        page: list[tuple[Any, ...]] = []
        for learner, at, activity, step, skills, correct, attempt, hints, seconds in rows.values_list(*fields):
            first, n = begun.get(learner, (at, 0))
            begun[learner] = (first, n + 1)
            day = int((at - first) // DAY)
            skill = skills[0] if skills else ""
            page.append((drawn[learner], n, day, activity, step, skill, correct, attempt, hints, round(seconds)))
        yield sorted(page, key=lambda row: (row[0], row[1]))


def _mastery(drawn: dict[UUID, str]) -> Iterator[list[tuple[Any, ...]]]:
    for some in _by_pseudonym(drawn):
        rows = (
            Evidence.objects.filter(learner_id__in=some, kind="response")
            .order_by("learner_id", "id")
            .distinct("learner_id")
        )
        first = dict(rows.values_list("learner_id", "at"))
        lines = MasteryEntry.objects.filter(learner_id__in=some).order_by("learner_id", "id")
        page = [
            (drawn[learner], int((at - first.get(learner, at)) // DAY), skill, kind, probability)
            for learner, at, skill, kind, probability in lines.values_list(
                "learner_id", "at", "skill", "kind", "probability"
            )
        ]
        yield sorted(page, key=lambda row: (row[0], row[1]))


def _by_pseudonym(drawn: dict[UUID, str]) -> Iterator[list[UUID]]:
    keys = sorted(drawn, key=lambda key: drawn[key])
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
