"""A pilot as it is drafted: what is asked, of whom, what each arm changes, and when one looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from headway.core.environment.means import fitted
from headway.core.evidence.pilots.arms import Arm, arm_from_json, check_arms
from headway.core.evidence.pilots.costs import CostLine
from headway.core.text import T
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.means.queries import means_of
from headway.school.evidence.pilots.outcomes import Outcome, known_outcome
from headway.school.people.models import Section
from headway.school.people.refusal import Malformed
from headway.standards.instruction import shipped_models

UNITS = ("learner", "class", "school")
LOOKS: dict[str, tuple[float, ...]] = {"1": (1.0,), "2": (0.5, 1.0), "3": (0.3333, 0.6667, 1.0)}
"""How often one looks, as shares of the planned time."""
SUBGROUPS = ("grade", "language")
LONGEST, MOST_LINES, MOST_WEEKS = 300, 12, 52


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something to be done by the end of a ``week`` of the pilot, and who does it."""

    what: str
    who: str
    week: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A pilot before it starts. ``sections`` are the classes that take part; the first of ``arms`` is the control; ``worth``:
    the smallest effect worth its cost, in standard deviations (0: any). ``adaptive``: what works gets more of the learners who
    come later; ``early`` tells how it goes on the way where the outcome itself comes too late (None: the outcome)."""

    question: str
    theory: str
    outcome: Outcome
    unit: str
    arms: tuple[Arm, ...]
    sections: tuple[UUID, ...]
    weeks: int
    looks: tuple[float, ...]
    worth: float
    subgroups: tuple[str, ...]
    owner: str
    milestones: tuple[Milestone, ...] = ()
    costs: tuple[CostLine, ...] = ()
    adaptive: bool = False
    early: Outcome | None = None

    def to_json(self) -> dict[str, Any]:
        """What is kept of it beside the question."""
        return {
            "theory": self.theory, "outcome": asdict(self.outcome), "unit": self.unit,
            "arms": [arm.to_json() for arm in self.arms], "sections": [str(key) for key in self.sections],
            "weeks": self.weeks, "looks": list(self.looks), "worth": self.worth, "subgroups": list(self.subgroups),
            "owner": self.owner, "milestones": [asdict(each) for each in self.milestones],
            "costs": [asdict(each) for each in self.costs], "adaptive": self.adaptive,
            "early": None if self.early is None else asdict(self.early),
        }  # fmt: skip


def draft_from_json(question: str, body: Mapping[str, Any]) -> Draft:
    """Decode what :meth:`Draft.to_json` wrote."""
    return Draft(
        question=question,
        theory=body["theory"],
        outcome=Outcome(**body["outcome"]),
        unit=body["unit"],
        arms=tuple(arm_from_json(arm) for arm in body["arms"]),
        sections=tuple(UUID(key) for key in body["sections"]),
        weeks=body["weeks"],
        looks=tuple(body["looks"]),
        worth=body["worth"],
        subgroups=tuple(body["subgroups"]),
        owner=body["owner"],
        milestones=tuple(Milestone(**each) for each in body["milestones"]),
        costs=tuple(CostLine(**each) for each in body["costs"]),
        adaptive=body.get("adaptive", False),
        early=Outcome(**body["early"]) if body.get("early") else None,
    )


def check_draft(draft: Draft, district: UUID) -> None:
    """Refuse what cannot be kept; whether a pilot may start is asked when it starts. Raises Malformed."""
    if not draft.question.strip():
        raise Malformed(T("Write down the question that the pilot answers."))
    if max(len(draft.question), len(draft.theory), len(draft.owner)) > LONGEST:
        raise Malformed(T("That is too long: {most} characters are the most for one field.", most=LONGEST))
    if draft.unit not in UNITS or tuple(draft.looks) not in LOOKS.values():
        raise Malformed(T("Choose from the lists what gets an arm, and how often you look."))
    if not 1 <= draft.weeks <= MOST_WEEKS:
        raise Malformed(T("A pilot takes 1 to {most} weeks.", most=MOST_WEEKS))
    if not 0.0 <= draft.worth <= 2.0:
        raise Malformed(T("The smallest effect worth its cost lies between 0 and 2 standard deviations."))
    if not set(draft.subgroups) <= set(SUBGROUPS):
        raise Malformed(T("Choose the groups from the list."))
    if len(draft.milestones) > MOST_LINES or len(draft.costs) > MOST_LINES:
        raise Malformed(T("That is too long: {most} lines are the most.", most=MOST_LINES))
    known_outcome(draft.outcome, district)
    _arms(draft, district)
    if draft.adaptive:
        _adaptive(draft, district)


def _adaptive(draft: Draft, district: UUID) -> None:
    if len(draft.arms) < 3:
        raise Malformed(
            T("Two groups get half of the learners each. Choose a third group, or do not let what works get more.")
        )
    if draft.unit != "learner":
        raise Malformed(T("What works can get more learners only where chance decides learner by learner."))
    if draft.subgroups:
        raise Malformed(
            T("Where what works gets more learners, no groups are compared. Leave these out, or let chance stay even.")
        )
    if draft.early is not None:
        known_outcome(draft.early, district)


def _arms(draft: Draft, district: UUID) -> None:
    taught = frozenset(curriculum_of(district).skill_number)
    models = {arm.model for arm in draft.arms if arm.model}
    if models - set(shipped_models()):
        raise Malformed(T("Choose the way of working from the list."))
    if models and draft.unit == "learner":
        raise Malformed(
            T("A class works in one way. For this, deal the arms to classes or to schools, not to learners.")
        )
    schools = Section.objects.filter(id__in=draft.sections).values_list("school_id", flat=True)
    for means in means_of(list(set(schools))).values() if models else ():
        barred = next((way for key in models if not (way := fitted(shipped_models()[key], means)).offered), None)
        if barred is not None:
            raise Malformed(barred.said[0])
    if draft.arms and not draft.arms[0].usual:
        raise Malformed(T("The first group goes on as now: it is what the others are compared with."))
    try:
        check_arms(draft.arms, taught)
    except ValueError as problem:
        raise Malformed(
            T("The groups cannot be compared like this: {why}. Change what they get.", why=str(problem))
        ) from problem
