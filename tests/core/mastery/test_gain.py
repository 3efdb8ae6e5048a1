"""``expected_gain``: at once what one activity after the other gives, more where practice pays, and within its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.gain import expected_gain
from headway.core.mastery.models import MODELS, LearnerModel
from headway.core.mastery.state import Belief, Evidence, State
from tests.core.small import DAY, MONDAY, curriculum


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A model that is not known as a Gaussian one, so that outcomes are followed through the seam one by one."""

    model: LearnerModel
    name: str = "wrapped"

    def initial(self, level: float) -> State:
        return self.model.initial(level)

    def belief(self, state: State, curriculum: Curriculum, now: float) -> Belief:
        return self.model.belief(state, curriculum, now)

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        return self.model.predict(belief, curriculum, items)

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        return self.model.update(state, curriculum, evidence)


def practised(model: LearnerModel, count: int = 40) -> State:
    rng, c, state = np.random.default_rng(1), curriculum(), model.initial(5)
    for n in range(count):
        item = int(rng.integers(len(c.items)))
        skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
        right = bool(rng.random() < 0.6)
        seen = Evidence(skills, float(c.difficulty[item]), right, MONDAY + 3600.0 * n, item=item)
        state = model.update(state, c, seen)
    return state


EVERY = np.arange(len(curriculum().activities), dtype=np.int32)


@pytest.mark.parametrize("name", ["gaussian-1", "gaussian-2"])
@pytest.mark.parametrize("horizon", [0.0, 28.0])
def test_all_at_once_is_one_after_the_other(name: str, horizon: float) -> None:
    state = practised(MODELS[name])
    one = expected_gain(MODELS[name], state, curriculum(), EVERY, MONDAY + 5 * DAY, horizon)
    other = expected_gain(Wrapped(MODELS[name]), state, curriculum(), EVERY, MONDAY + 5 * DAY, horizon)
    for field in ("mean", "variance", "chance"):
        assert np.allclose(getattr(one, field), getattr(other, field), atol=1e-12), field


def test_practice_gains_and_what_is_forgotten_gains_less() -> None:
    model = MODELS["gaussian-2"]
    state = practised(model)
    soon, late = (expected_gain(model, state, curriculum(), EVERY, MONDAY + 5 * DAY, h) for h in (0.0, 60.0))
    assert soon.mean.mean() > 0.03
    assert (soon.variance > 0.0).all()
    assert np.isfinite(late.mean).all()
    assert ((late.chance > 0.0) & (late.chance < 1.0)).all()


def test_no_activity_is_no_gain_and_the_past_is_refused() -> None:
    model = MODELS["gaussian-2"]
    none = np.zeros(0, np.int32)
    assert len(expected_gain(model, model.initial(5), curriculum(), none, MONDAY).mean) == 0
    assert len(expected_gain(MODELS["elo-1"], MODELS["elo-1"].initial(5), curriculum(), none, MONDAY).mean) == 0
    with pytest.raises(ValueError, match="past"):
        expected_gain(model, model.initial(5), curriculum(), EVERY, MONDAY, -1.0)
