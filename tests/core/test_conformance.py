"""Every registered model and policy keeps every promise; a dishonest one is caught."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from headway.core.conformance import (
    MODEL_PROMISES,
    POLICY_PROMISES,
    Broken,
    ModelPromise,
    PolicyPromise,
    check_model,
    check_policy,
)
from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.models import MODELS, LearnerModel
from headway.core.mastery.state import Evidence, State
from headway.core.path.frontier import Frontier
from headway.core.path.policies import POLICIES
from headway.core.path.policy import Choice, Policy, Situation
from tests.core.small import curriculum


@pytest.mark.parametrize("promise", MODEL_PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_models_keep_their_promises(model: LearnerModel, promise: ModelPromise) -> None:
    promise(model, curriculum(), 7)


@pytest.mark.parametrize("promise", POLICY_PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.name)
def test_policies_keep_their_promises(policy: Policy, promise: PolicyPromise) -> None:
    promise(policy, MODELS["gaussian-1"], curriculum(), 7)


def test_names_are_the_registries_keys() -> None:
    assert all(name == model.name for name, model in MODELS.items())
    assert all(name == policy.name for name, policy in POLICIES.items())


class Backwards(Gaussian):
    """Takes right for wrong."""

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        return super().update(state, curriculum, replace(evidence, correct=not evidence.correct))


@dataclass(frozen=True)
class Boastful:
    """Says that its choice was certain although it was drawn."""

    name: str = "boastful-1"

    def choose(self, situation: Situation) -> Choice | None:
        choice = Frontier().choose(situation)
        if choice is None:
            return None
        taken = replace(choice.alternatives[choice.chosen], probability=1.0)
        others = [replace(a, probability=1e-12) for n, a in enumerate(choice.alternatives) if n != choice.chosen]
        return replace(choice, chosen=0, alternatives=(taken, *others))


def test_a_backward_model_is_caught() -> None:
    with pytest.raises(Broken, match="right_is_never_worse_than_wrong"):
        check_model(Backwards(), curriculum())


def test_a_boastful_policy_is_caught() -> None:
    with pytest.raises(Broken, match="probabilities_are_honest"):
        check_policy(Boastful(), MODELS["gaussian-1"], curriculum())
