"""The learner models that can serve, by name. A superseded one stays here, so that its decisions can be replayed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.elo import Elo
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.state import Belief, Evidence, State
from headway.core.mastery.tied import TiedGaussian


class LearnerModel(Protocol):
    """State in, state out, on one logit scale. ``name`` carries the version (``gaussian-1``): a change that alters
    any number gets a new name. ``core.conformance`` holds what every model promises."""

    @property
    def name(self) -> str:
        """The name that plans and decisions record."""

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level (K is 0) who has shown nothing yet."""

    def belief(self, state: State, curriculum: Curriculum, now: float) -> Belief:
        """Return mean and variance of every skill at ``now`` (epoch seconds)."""

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right, unaided first answer to each item, strictly between 0 and 1."""

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response; the old one is untouched."""


MODELS: dict[str, LearnerModel] = {model.name: model for model in (Gaussian(), TiedGaussian(), Elo())}
"""Every model that ships. What a district fits itself comes beside them, see ``core.mastery.refit``."""

Models = Mapping[str, LearnerModel]
"""Models by the names that plans give them."""

DEFAULT_MODEL = "gaussian-2"
