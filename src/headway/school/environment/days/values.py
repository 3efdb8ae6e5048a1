"""A planned day as pages read it, and as its row keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from headway.core.environment.instruction.model import Block, Model
from headway.core.environment.instruction.sessions import Seat, Session
from headway.core.text import Text, text_from_json
from headway.school.environment.models import DayPlan
from headway.standards.instruction import model_of


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's seat: the skill's identifier ("" for none), the expected gain in logits of ability, the best other way of
    working or skill that is not in their day ("" for none), and the share of the gain by which that is less. ``placed`` names the
    adult who put them there by hand, "" for the planner. ``chance`` is the probability with which a coin gave this seat and not
    the other one that is named; 1 without a coin."""

    learner: UUID
    skill: str
    gain: float
    best_modality: str
    best_skill: str
    lost: float
    placed: str = ""
    chance: float = 1.0
    other_modality: str = ""
    other_skill: str = ""


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
    and what no plan can pass; ``elsewhere`` names the class that a learner was in, by block, when the plan was made."""

    row: DayPlan
    model: Model
    groups: tuple[Group, ...]
    clashes: tuple[Text, ...]
    value: float
    bound: float
    elsewhere: Mapping[tuple[UUID, int], str] = field(default_factory=dict)

    def blocks(self) -> tuple[Block, ...]:
        """The blocks that were planned."""
        return self.model.planned()

    def of(self, learner: UUID) -> dict[int, tuple[Group, Place]]:
        """One learner's day, by planned block."""
        return {
            group.block: (group, place) for group in self.groups for place in group.places if place.learner == learner
        }


def kept_of(
    sessions: Sequence[Session], learners: Sequence[UUID], skills: Sequence[str], before: Planned | None = None
) -> list[dict[str, Any]]:
    """Sessions as JSON: learners and skills by identifier, figures to four places. A seat that is as it was ``before`` keeps
    who put it there, and its coin."""
    was = {
        (group.block, place.learner, group.modality, place.skill): place
        for group in (before.groups if before is not None else ())
        for place in group.places
    }

    def name(skill: int) -> str:
        return skills[skill] if skill >= 0 else ""

    def row(each: Session, seat: Seat) -> list[str | float]:
        learner, skill = learners[seat.learner], name(seat.skill)
        marks = _marks(seat, was.get((each.block, learner, each.modality, skill)), name)
        return [str(learner), skill, round(seat.gain, 4), *_best(seat.best, name), round(seat.lost, 4), *marks]

    return [
        {
            "block": each.block, "modality": each.modality, "skill": name(each.skill), "adult": each.adult, "space": each.space,
            "seats": [row(each, seat) for seat in each.seats],
        }
        for each in sessions
    ]  # fmt: skip


def _marks(seat: Seat, was: Place | None, name: Callable[[int], str]) -> list[str | float]:
    """Who placed a seat by hand, and its coin; nothing where there is neither."""
    if was is not None:
        return marks_of(was)
    return ["", seat.chance, *_best(seat.other, name)] if seat.chance < 1.0 else []


def marks_of(place: Place) -> list[str | float]:
    """As :class:`Place` reads them back: who placed it by hand, chance and what else it could have been."""
    if place.chance < 1.0:
        return [place.placed, place.chance, place.other_modality, place.other_skill]
    return [place.placed] if place.placed else []


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
    elsewhere = {(UUID(key), block): title for key, block, title in body.get("elsewhere", [])}
    return Planned(row, model_of(body["model"], "plan"), groups, clashes, body["value"], body["bound"], elsewhere)
