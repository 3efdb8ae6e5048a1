"""``gaussian-2``: its star is exact, its intervals hold what they promise, and it takes over from other models."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.accuracy.coverage import anchored, covered
from benchmarks.speed.step import curriculum as shipped

from headway.core.conformance import MODEL_PROMISES, ModelPromise
from headway.core.curriculum.catalogue import compile_curriculum
from headway.core.curriculum.skills import SkillGraph
from headway.core.mastery.frame import frame_of
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.gaussian_fit import stream
from headway.core.mastery.models import MODELS
from headway.core.mastery.state import SKILL_STATE, Evidence, State
from headway.core.mastery.tied import TAG, TiedGaussian, observe_tied
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile
from tests.core.small import MONDAY, curriculum

MODEL = TiedGaussian()


def test_ties_and_variances_are_the_whole_covariance() -> None:
    """Against the full matrix of overall ability and six skills, as a Kalman filter keeps it."""
    rng, p = np.random.default_rng(0), MODEL.plain.values
    count, overall, variance = 6, 0.4, float(p[0])
    out, ties = np.zeros(count, SKILL_STATE), np.ones(count)
    out["mean"], out["variance"] = overall, p[0] + p[1]
    mean = np.full(count + 1, overall)
    matrix = p[0] + np.diag([0.0] + [p[1]] * count)
    for _ in range(60):
        row, right, difficulty = int(rng.integers(count)), bool(rng.random() < 0.5), float(rng.normal())
        scale = 1.0 / np.sqrt(1.0 + np.pi / 8.0 * matrix[row + 1, row + 1])
        chance = 1.0 / (1.0 + np.exp(-scale * (mean[row + 1] - difficulty)))
        told = scale**2 * chance * (1.0 - chance)
        gain = matrix[:, row + 1].copy()
        mean += gain * scale * (right - chance)
        matrix -= np.outer(gain, matrix[row + 1]) * told
        mean[row + 1] += p[5]
        matrix[row + 1, row + 1] += p[6]
        rows = np.array([row])
        overall, variance = observe_tied(out, ties, rows, overall, variance, difficulty, right, 1.0, 1.0, p)
        assert [overall, *out["mean"]] == pytest.approx(mean.tolist(), abs=1e-9)
        assert [variance, *out["variance"]] == pytest.approx(np.diag(matrix).tolist(), abs=1e-9)
        assert ties * variance == pytest.approx(matrix[0, 1:], abs=1e-9)


def test_nine_intervals_in_ten_hold_the_truth() -> None:
    """``python -m benchmarks coverage`` shows more skills, more responses and what ``gaussian-1`` does."""
    for found in covered(MODEL, shipped(), learners=400, practised=12, ends=(12, 60)):
        assert 0.88 <= found.overall <= 0.92, found
        assert 0.88 <= found.skill <= 0.92, found


def test_practice_and_an_adaptive_test_agree_within_their_errors() -> None:
    """Bounds are three standard errors of 40 learners; ``python -m benchmarks coverage`` shows 400 and the slope."""
    found = anchored(shipped(), learners=40)
    assert abs(found.apart) < 0.3, found
    assert 0.7 < found.spread < 1.35, found


@pytest.mark.parametrize("promise", MODEL_PROMISES, ids=lambda promise: promise.__name__)
def test_it_keeps_every_promise(promise: ModelPromise) -> None:
    promise(MODELS["gaussian-2"], curriculum(), 7)


def practised(model: Gaussian | TiedGaussian, state: State, count: int = 30) -> State:
    rng, c = np.random.default_rng(2), curriculum()
    for n in range(count):
        item = int(rng.integers(20))
        skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
        seen = Evidence(skills, float(c.difficulty[item]), bool(rng.random() < 0.6), MONDAY + 60.0 * n, item=item)
        state = model.update(state, c, seen)
    return state


def test_it_goes_on_from_a_state_of_gaussian_1() -> None:
    old = practised(Gaussian(), Gaussian().initial(5))
    new = practised(MODEL, old, 1)
    assert new.memory[0] == TAG
    assert len(new.memory) == 1 + len(new.skills)
    assert ((new.memory[1:] > 0.0) & (new.memory[1:] <= 1.0)).all()
    assert new.overall_variance <= old.overall_variance
    odd = practised(MODEL, replace(old, memory=np.full(7, 3.0)), 1)
    assert odd.memory.tobytes() == new.memory.tobytes()


@pytest.mark.parametrize("model", [Gaussian(), MODEL], ids=lambda model: model.name)
def test_a_fit_on_a_log_runs_the_model_that_serves(model: Gaussian | TiedGaussian) -> None:
    """A log knows no graph, so the curriculum has none here."""
    rng, known = np.random.default_rng(4), curriculum()
    c = compile_curriculum(SkillGraph(known.skills, ()), known.activities)
    items = rng.integers(len(c.items), size=120)
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]] for n in items]
    at, right = MONDAY + np.cumsum(rng.choice([30.0, 86_400.0], 120)), (rng.random(120) < 0.6).astype(np.int8)
    columns = {"student": np.zeros(120, np.int64), "item": items, "skills": [each.tolist() for each in lists]}
    frame = frame_of({**columns, "correct": right, "timestamp_ms": 1000.0 * at})
    found = stream(frame, c.difficulty[frame.item_ids], model.parameters, tied=isinstance(model, TiedGaussian))
    state, said = State(0.0, model.parameters.overall), []
    for n, number in enumerate(items.tolist()):
        belief = model.belief(state, c, float(at[n]))
        said.append(float(model.predict(belief, c, np.array([number], np.int32))[0]))
        seen = Evidence(lists[n], float(c.difficulty[number]), bool(right[n]), float(at[n]), item=number)
        state = model.update(state, c, seen)
    assert found.tolist() == said


def test_a_profile_keeps_the_ties() -> None:
    state = practised(MODEL, MODEL.initial(5))
    assert decode(encode(Profile("ada", "5", (), state))).state.memory.tobytes() == state.memory.tobytes()


def test_many_responses_to_one_skill_are_no_news_of_the_whole_learner() -> None:
    c = curriculum()
    states = {model.name: model.initial(5) for model in (Gaussian(), MODEL)}
    skills = c.item_skills[c.item_skills_at[0] : c.item_skills_at[1]]
    for n in range(100):
        seen = Evidence(skills, float(c.difficulty[0]), n % 2 == 0, MONDAY + 60.0 * n, item=0)
        states = {name: MODELS[name].update(state, c, seen) for name, state in states.items()}
    assert states["gaussian-2"].overall_variance > 0.35
    assert states["gaussian-1"].overall_variance < 0.2
