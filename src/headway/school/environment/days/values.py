"""A planned day as pages read it, and as its row keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from headway.core.environment.instruction.model import Block, Model
from headway.core.environment.instruction.sessions import Session
from headway.core.text import Text, text_from_json
from headway.school.environment.models import DayPlan
from headway.standards.instruction import model_of


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's seat: the skill's identifier ("" for none), the expected gain in logits of ability, the best other way of
    working or skill that is not in their day ("" for none), and the share of the gain by which that is less. ``placed`` names the
    adult who put them there by hand, "" for the planner."""

    learner: UUID
    skill: str
    gain: float
    best_modality: str
    best_skill: str
    lost: float
    placed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Learners who work together in a planned block (from 0); ``modality`` is "" for those without a seat."""

    block: int
    modality: str
    skill: str
    adult: str
    space: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A day's plan: its row, the model that it was made with, groups in order, what clashes, the expected gain of all seats
    and what no plan can pass."""

    row: DayPlan
    model: Model
    groups: tuple[Group, ...]
    clashes: tuple[Text, ...]
    value: float
    bound: float

    def blocks(self) -> tuple[Block, ...]:
        """The blocks that were planned."""
        return self.model.planned()

    def of(self, learner: UUID) -> dict[int, tuple[Group, Place]]:
        """One learner's day, by planned block."""
        return {
            group.block: (group, place) for group in self.groups for place in group.places if place.learner == learner
        }


def kept_of(sessions: Sequence[Session], learners: Sequence[UUID], skills: Sequence[str]) -> list[dict[str, Any]]:
    """Sessions as JSON: learners and skills by identifier, figures to four places."""

    def name(skill: int) -> str:
        return skills[skill] if skill >= 0 else ""

    return [
        {
            "block": each.block, "modality": each.modality, "skill": name(each.skill), "adult": each.adult, "space": each.space,
            "seats": [
                [str(learners[seat.learner]), name(seat.skill), round(seat.gain, 4), *_best(seat.best, name), round(seat.lost, 4)]
                for seat in each.seats
            ],
        }
        for each in sessions
    ]  # fmt: skip


def _best(best: tuple[str, int] | None, name: Callable[[int], str]) -> list[str]:
    return [best[0], name(best[1])] if best is not None else ["", ""]


def planned_of(row: DayPlan) -> Planned:
    """Read a plan that is done."""
    body: Mapping[str, Any] = row.body
    groups = tuple(
        Group(
            each["block"], each["modality"], each["skill"], each["adult"], each["space"],
            tuple(Place(UUID(seat[0]), *seat[1:]) for seat in each["seats"]),
        )
        for each in body["sessions"]
    )  # fmt: skip
    clashes = tuple(text_from_json(each) for each in body["clashes"])
    return Planned(row, model_of(body["model"], "plan"), groups, clashes, body["value"], body["bound"])
