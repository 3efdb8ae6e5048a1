"""The Gaussian models with parameters of a district's own: what a refit finds, as a versioned artefact, and as it serves.

A refit makes models of the family ``gaussian-2``; those that were made of ``gaussian-1`` are read and serve as they did.

Item difficulties are moved around their skill's middle, which stays where the curriculum says: what "mastered" asks of a
learner is the same before and after. A skill that is harder here than its grade says moves the prior of its learners.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.gaussian import Gaussian, GaussianParameters
from headway.core.mastery.tied import TiedGaussian

FAMILY = "gaussian-2"
"""What a refit makes."""
FORMATS = {"gaussian-1": "headway gaussian 1", "gaussian-2": "headway gaussian 2"}
"""What the artefacts of each family say they are."""


class Damaged(ValueError):
    """The bytes are not the artefact that their name says."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was fitted on: ``data`` names the log, ``period`` its first and last second, ``learners`` and
    ``responses`` count it, ``simulated`` says that no child gave them; ``limits`` are sentences."""

    data: str
    period: tuple[float, float]
    learners: int
    responses: int
    simulated: bool
    limits: tuple[str, ...] = (
        "It predicts the next unaided first answer; it does not say what would happen under other teaching.",
        "Items and skills with little evidence keep the values that ship with Headway.",
        "Which items a learner meets was chosen by the path, from what the model then believed.",
        "Answers of a screening move what is believed, but nobody foresees them for a path.",
        "Judged texts are left out: they say nothing of how hard a problem is, nor of how memory fades.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Parameters of a Gaussian model in logits: ``items`` by how much an item is harder than the curriculum says,
    ``skills`` by how much learners usually lie above their overall ability in a skill; both by identifier, 0 where
    nothing is named."""

    parameters: GaussianParameters = field(default_factory=GaussianParameters)
    items: dict[str, float] = field(default_factory=dict)
    skills: dict[str, float] = field(default_factory=dict)

    def shifts(self, curriculum: Curriculum) -> Floats:
        """Return ``skills`` as an array [S] of the curriculum."""
        return np.array([self.skills.get(skill.id, 0.0) for skill in curriculum.skills])

    def offsets(self, curriculum: Curriculum) -> Floats:
        """Return ``items`` as an array [I] of the curriculum."""
        return np.array([self.items.get(item, 0.0) for item in curriculum.items])


SHIPPED = Calibration()
"""What serves before any refit."""


@dataclass(frozen=True, slots=True, eq=False)
class CalibratedGaussian(Gaussian):
    """``gaussian-1`` with a calibration; its name carries the artefact's version, so that decisions can be replayed."""

    calibration: Calibration = SHIPPED

    def shift(self, curriculum: Curriculum) -> Floats:
        """Return by how much learners usually lie above their overall ability in each skill [S]."""
        return _shift(self.calibration, curriculum)


@dataclass(frozen=True, slots=True, eq=False)
class CalibratedTied(TiedGaussian):
    """``gaussian-2`` with a calibration; see :class:`CalibratedGaussian`."""

    calibration: Calibration = SHIPPED

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", CalibratedGaussian(self.parameters, self.name, self.calibration))


Fitted = CalibratedGaussian | CalibratedTied
"""A model that a refit has made."""


def family_of(name: str) -> str:
    """Return the family of a model by its name, fitted or as it ships."""
    return name.partition(":")[0]


@lru_cache(maxsize=64)
def _shift(calibration: Calibration, curriculum: Curriculum) -> Floats:
    return calibration.shifts(curriculum)


@lru_cache(maxsize=64)
def _calibrated(calibration: Calibration, curriculum: Curriculum) -> Curriculum:
    difficulty = curriculum.difficulty + calibration.offsets(curriculum)
    difficulty.flags.writeable = False
    return replace(curriculum, difficulty=difficulty)


def calibrated(model: object, curriculum: Curriculum) -> Curriculum:
    """Return the curriculum with item difficulties as the model has them; the very same where it has none of its own."""
    return _calibrated(model.calibration, curriculum) if isinstance(model, Fitted) else curriculum


def dump(calibration: Calibration, card: Card) -> bytes:
    """Return the artefact as bytes (JSON); equal values give equal bytes."""
    body = {
        "format": FORMATS[FAMILY],
        "parameters": asdict(calibration.parameters),
        "items": calibration.items,
        "skills": calibration.skills,
        "card": asdict(card),
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def name_of(data: bytes, family: str = FAMILY) -> str:
    """Return the name under which an artefact serves: the family and twelve digits of its content's hash."""
    return f"{family}:{blake2b(data, digest_size=6).hexdigest()}"


def load(data: bytes, name: str) -> tuple[Fitted, Card]:
    """Return the model of an artefact, and its card. Raises Damaged if the bytes are not those that the name was given
    to."""
    family = family_of(name)
    if name_of(data, family) != name:
        raise Damaged(f"the artefact of {name} is damaged: its content's hash is {name_of(data, family)}")
    try:
        body: dict[str, Any] = json.loads(data)
        if body["format"] != FORMATS.get(family):
            raise Damaged(f"{name} has the unknown format {body['format']!r}: a newer Headway made it")
        parameters = GaussianParameters(**body["parameters"])
        card = body["card"]
        told = Card(**card | {"period": tuple(card["period"]), "limits": tuple(card["limits"])})
        calibration = Calibration(parameters, body["items"], body["skills"])
    except (ValueError, KeyError, TypeError) as error:
        raise error if isinstance(error, Damaged) else Damaged(f"{name} cannot be read: {error}") from error
    made = CalibratedTied if family == FAMILY else CalibratedGaussian
    return made(parameters, name, calibration), told
