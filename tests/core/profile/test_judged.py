"""A judged text as evidence: it moves the skill that its task named, as far as its error allows, and nothing else."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.events import Judged, Response
from headway.core.evidence.replay import Logged, replay
from headway.core.loop import Turn, step
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.profile.codec import encode
from headway.core.profile.judged import TIE
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import MONDAY, curriculum

LEARNER = new_profile("ana", grade="6")
TEXT = Judged("j-1", "ana", "task", "piece", "S13", 1.2, 0.4, MONDAY)
NUMBER = curriculum().skill_number["S13"]


def after(event: Judged, profile: Profile = LEARNER) -> Profile:
    (outcome,) = step([Turn(profile, DEFAULT_PLAN, event, event.at)], curriculum())
    assert (outcome.decision, outcome.entries) == (None, ())
    return outcome.profile


def belief(profile: Profile) -> tuple[float, float]:
    found = MODELS["gaussian-1"].belief(profile.state, curriculum(), MONDAY)
    return float(found.mean[NUMBER]), float(found.variance[NUMBER])


@given(score=st.floats(-6.0, 6.0), se=st.floats(0.05, 5.0))
def test_it_is_the_product_of_two_normal_distributions(score: float, se: float) -> None:
    before, spread = belief(LEARNER)
    mean, variance = belief(after(replace(TEXT, score=score, se=se)))
    seen = float(curriculum().base[NUMBER]) + score
    told = 1.0 / (se * se + TIE * TIE)
    assert variance == pytest.approx(1.0 / (1.0 / spread + told), abs=1e-9)
    assert mean == pytest.approx(variance * (before / spread + told * seen), abs=1e-9)


def test_nothing_else_moves_and_no_mastery_is_granted() -> None:
    found = after(replace(TEXT, score=9.0, se=0.05))
    state = found.state
    assert (state.overall_mean, state.overall_variance) == (LEARNER.state.overall_mean, LEARNER.state.overall_variance)
    (row,) = state.skills
    assert (int(row["n"]), int(row["attempts"]), float(row["mastered_at"])) == (0, 1, 0.0)
    assert (found.current, found.today, found.behaviour) == (LEARNER.current, LEARNER.today, LEARNER.behaviour)


def test_practice_goes_on_from_what_the_text_said() -> None:
    skills = (curriculum().skills[NUMBER].id,)
    answer = Response("r-1", "ana", "", 0, "unknown", skills, "", True, MONDAY + 60.0)
    plain, told = (
        step([Turn(profile, DEFAULT_PLAN, answer, answer.at)], curriculum())[0].profile
        for profile in (LEARNER, after(TEXT))
    )
    assert belief(told)[0] > belief(plain)[0] and belief(told)[1] < belief(plain)[1]


def test_a_skill_that_is_not_taught_changes_nothing_and_no_observation_is_refused() -> None:
    assert encode(after(replace(TEXT, skill="W.7.1"))) == encode(LEARNER)
    for wrong in ({"se": 0.0}, {"se": math.inf}, {"score": math.nan}):
        with pytest.raises(ValueError, match="no observation"):
            after(replace(TEXT, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_model_believes_it_and_replay_gives_the_same(model: str) -> None:
    plan = replace(DEFAULT_PLAN, model=model)
    first = new_profile("ana", grade="6", model=model)
    (outcome,) = step([Turn(first, plan, TEXT, MONDAY)], curriculum())
    before, now = (MODELS[model].belief(p.state, curriculum(), MONDAY).mean[NUMBER] for p in (first, outcome.profile))
    seen = float(curriculum().base[NUMBER]) + TEXT.score
    assert abs(now - seen) < abs(before - seen) and np.isfinite(now)
    log = [Logged(TEXT, MONDAY, curriculum().version, 0.0)]
    again = replay(log, {"ana": LEARNER}, {}, {curriculum().version: curriculum()})
    assert encode(again.profiles["ana"]) == encode(after(TEXT))


@pytest.mark.parametrize("skill", ["S8", "S13"])
def test_what_ties_skills_to_the_whole_learner_is_kept(skill: str) -> None:
    answer = Response("r-1", "ana", "", 0, "P8.1", ("S8",), "", True, MONDAY - 60.0)
    (outcome,) = step([Turn(LEARNER, DEFAULT_PLAN, answer, answer.at)], curriculum())
    practised, told = outcome.profile.state, after(replace(TEXT, skill=skill), outcome.profile).state
    ties = dict(zip(told.skills["key"].tolist(), told.memory[1:].tolist(), strict=True))
    (key,), (tie,) = practised.skills["key"].tolist(), practised.memory[1:].tolist()
    seen = int(curriculum().keys[curriculum().skill_number[skill]])
    assert ties[seen] < (tie if seen == key else 1.0)
    assert seen == key or ties[key] == tie
    own = told.skills["variance"] - told.memory[1:] ** 2 * told.overall_variance
    assert (own > 0.0).all()
