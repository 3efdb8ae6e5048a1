"""Who takes part in a pilot, in which class and school, and how the arms are dealt to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from headway.core.evidence.pilots.allocation import Allocation, Unit, allocate, shared_by
from headway.core.evidence.pilots.foreseen import Foreseen, foreseen
from headway.core.evidence.pilots.power import Design, detectable, power
from headway.core.mastery.kernels import DAY
from headway.core.text import T
from headway.school.evidence.pilots.draft import Draft
from headway.school.evidence.pilots.models import PilotSeat
from headway.school.evidence.pilots.outcomes import Outcome, measured, pretest
from headway.school.people.models import Enrolment
from headway.school.people.refusal import Malformed

FEWEST = 10
"""Learners that every arm needs; of fewer no figure is shown."""
TRIALS = 10
SAMPLE = 800
"""Learners whose past is read to foresee what a study can find; more would say the same, later."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A learner of the cohort with the class and school that count for the pilot, and all their classes in it."""

    learner: UUID
    section: UUID
    school: UUID
    classes: tuple[UUID, ...]
    schools: tuple[UUID, ...]

    def unit(self, kind: str) -> str:
        """What gets this learner's arm."""
        return str({"learner": self.learner, "class": self.section, "school": self.school}[kind])

    def stratum(self, kind: str) -> str:
        """Where this learner's unit is balanced: learners in their class, classes in their school."""
        return str({"learner": self.section, "class": self.school}.get(kind, ""))


@dataclass(frozen=True, slots=True)
class Cohort:
    """``pupils`` by id; ``busy``: how many of the classes' learners are in another running pilot and so in none of this."""

    pupils: tuple[Pupil, ...]
    busy: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What a pilot can find before it starts. ``learners`` and ``units`` take part; ``smallest``: effect in standard deviations
    found four times out of five, None where there are too few units; ``chance``: probability to find the smallest effect
    worth its cost, None without one; ``past``: what it rests on."""

    learners: int
    units: int
    each: int
    busy: int
    smallest: float | None
    chance: float | None
    past: Foreseen


def cohort_of(sections: Sequence[UUID], only: UUID | None = None) -> Cohort:
    """The learners of some classes, or one learner of them. Two queries."""
    found = Enrolment.objects.filter(section_id__in=sections, role="student", person__is_active=True)
    rows = (
        (found if only is None else found.filter(person_id=only))
        .order_by("person_id", "section__title", "section_id")
        .values_list("person_id", "section_id", "section__school_id")
    )
    classes: dict[UUID, list[tuple[UUID, UUID]]] = {}
    for learner, section, school in rows:
        classes.setdefault(learner, []).append((section, school))
    taken = set(
        PilotSeat.objects.filter(pilot__state="running", learner_id__in=list(classes)).values_list(
            "learner_id", flat=True
        )
    )
    pupils = [
        Pupil(key, *own[0], tuple(section for section, _ in own), tuple(school for _, school in own))
        for key, own in classes.items()
        if key not in taken
    ]
    return Cohort(tuple(pupils), len(taken))


def promise(draft: Draft, *, district: UUID, now: float) -> Promise:
    """Work out what the pilot can find, from the same outcome in the district's own past: the four weeks before now beside the
    time before them (screenings and tests: the newest beside the one a term before)."""
    cohort = cohort_of(draft.sections)
    pupils = cohort.pupils
    past = _past(draft.outcome, pupils[:: max(len(pupils) // SAMPLE, 1)], draft, district, now)
    units = len({each.unit(draft.unit) for each in pupils})
    each = round(len(pupils) / _groups(draft))
    smallest = chance = None
    try:
        design = _design(draft, pupils, units, past)
        smallest = detectable(design)
        chance = power(design, draft.worth) if draft.worth > 0.0 else None
    except (ValueError, ZeroDivisionError):
        smallest = None
    return Promise(len(pupils), units, each, cohort.busy, smallest, chance, past)


def _groups(draft: Draft) -> int:
    """The arms; two while the second one is not chosen yet, since a pilot compares."""
    return max(len(draft.arms), 2)


def _past(outcome: Outcome, pupils: Sequence[Pupil], draft: Draft, district: UUID, now: float) -> Foreseen:
    keys = [each.learner for each in pupils]
    back = 28 * DAY if outcome.kind in ("ability", "mastered", "attendance") else 120 * DAY
    early = pretest(outcome, keys, district=district, start=now - back, weeks=4)
    late = measured(outcome, keys, district=district, begin=now - back, end=now)
    x, y = (np.array([found.get(key, np.nan) for key in keys], np.float64) for found in (early, late))
    names = [str(each.school if draft.unit == "school" else each.section) for each in pupils]
    code = np.unique(np.array(names or [""]), return_inverse=True)[1][: len(names)]
    return foreseen(x, y, code.astype(np.int64))


def _design(draft: Draft, pupils: Sequence[Pupil], units: int, past: Foreseen) -> Design:
    """The comparison of one arm with the control. Raises ValueError where there are too few units."""
    if not pupils:
        raise ValueError("nobody takes part")
    compared = int(units * 2 / _groups(draft))
    strata = len({each.stratum(draft.unit) for each in pupils})
    if draft.unit == "learner":
        inside = past.icc if strata > 1 else 0.0
        return Design(compared, icc_block=inside, explained_learner=past.explained, blocks=max(strata, 1))
    sizes = np.unique([each.unit(draft.unit) for each in pupils], return_counts=True)[1]
    return Design(
        compared,
        size=max(float(sizes.mean()), 1.0),
        icc=past.icc,
        explained_unit=past.explained_unit,
        explained_learner=past.explained,
        blocks=max(strata, 1),
        spread=float(sizes.std() / sizes.mean()),
    )


def deal(draft: Draft, pupils: Sequence[Pupil], before: dict[UUID, float], seed: int) -> Allocation:
    """Deal the arms to the units within their strata; classes and schools that share a learner get the same one. The same seed
    deals the same. Raises Malformed where an arm would have too few learners."""
    members: dict[str, list[Pupil]] = {}
    for each in pupils:
        members.setdefault(each.unit(draft.unit), []).append(each)
    together: dict[str, tuple[str, ...]] = {}
    if draft.unit != "learner":
        together = shared_by(
            (str(each.learner), str(key))
            for each in pupils
            for key in (each.classes if draft.unit == "class" else each.schools)
        )
    units = []
    for name, own in sorted(members.items()):
        known = [before[each.learner] for each in own if each.learner in before]
        values = {"pretest": float(np.mean(known))} if known else {}
        units.append(Unit(name, own[0].stratum(draft.unit), together.get(name, ()), values))
    try:
        dealt = allocate(units, {arm.name: 1.0 for arm in draft.arms}, seed=seed, trials=TRIALS)
    except ValueError as problem:
        raise Malformed(T("There are too few to deal the arms to: choose more classes.")) from problem
    counts = {arm.name: 0 for arm in draft.arms}
    for name, own in members.items():
        counts[dealt.arm[name]] += len(own)
    if min(counts.values()) < FEWEST:
        raise Malformed(
            T("Every group needs {least} learners or more; one would have {count}. Choose more classes.",
              least=FEWEST, count=min(counts.values()))
        )  # fmt: skip
    return dealt
