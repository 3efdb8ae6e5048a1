"""``hybrid-1`` in the loop: it keeps every promise, predicts live what it predicts on the log, and says why."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from headway.core.conformance import MODEL_PROMISES, ModelPromise
from headway.core.mastery.frame import Frame, frame_of
from headway.core.mastery.gain import expected_gain
from headway.core.mastery.hybrid.artefact import Artefact, ModelCard, artefact_of, dump, load
from headway.core.mastery.hybrid.explain import explain
from headway.core.mastery.hybrid.fitting import fit_hybrid
from headway.core.mastery.hybrid.serve import ServedHybrid, serve, serve_bytes
from headway.core.mastery.hybrid.trees import ForestOptions
from headway.core.mastery.metrics import Metrics
from headway.core.mastery.state import Evidence, State
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile
from tests.core.small import DAY, MONDAY, curriculum

LEARNERS, EACH = 60, 40


@cache
def fitted() -> tuple[Artefact, Frame]:
    """A small model of the small curriculum, its log one item short."""
    c, rng = curriculum(), np.random.default_rng(3)
    item = rng.integers(1, len(c.items), size=LEARNERS * EACH)
    ability = np.repeat(rng.normal(3.0, 1.5, LEARNERS), EACH)
    chance = 1.0 / (1.0 + np.exp(c.difficulty[item] - ability))
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]].tolist() for n in item.tolist()]
    gaps = rng.choice([30.0, 90.0, 2.0 * DAY], size=(LEARNERS, EACH))
    frame = frame_of(
        {
            "student": np.repeat(np.arange(LEARNERS), EACH),
            "item": item,
            "skills": lists,
            "correct": (rng.random(len(item)) < chance).astype(np.int8),
            "order": np.tile(np.arange(EACH), LEARNERS),
            "timestamp_ms": 1000.0 * (MONDAY + np.cumsum(gaps, axis=1).ravel()),
            "seconds": rng.uniform(5.0, 50.0, len(item)),
        }
    )
    model = fit_hybrid(frame, frame.students, forest=ForestOptions(rounds=30, min_data_in_leaf=20, lambda_l2=1.0))
    card = ModelCard("a test", (MONDAY, MONDAY), 60, len(item), 12, Metrics(0.7, 0.6, 0.4, 0.01, 480))
    names = [c.items[n] for n in frame.item_ids.tolist()]
    return artefact_of(
        model, frame, card, items=names, skills=[c.skills[n].id for n in frame.skill_ids.tolist()]
    ), frame


@cache
def model() -> ServedHybrid:
    return serve(fitted()[0])


def evidence(item: int, correct: bool, at: float = MONDAY, seconds: float = 10.0) -> Evidence:
    c = curriculum()
    skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
    return Evidence(skills, float(c.difficulty[item]), correct, at, seconds=seconds, item=item)


@pytest.mark.parametrize("promise", MODEL_PROMISES, ids=lambda promise: promise.__name__)
def test_it_keeps_every_promise(promise: ModelPromise) -> None:
    promise(model(), curriculum(), 7)


def test_live_it_predicts_what_it_predicts_on_the_log() -> None:
    artefact, frame = fitted()
    c, served = curriculum(), model()
    logits = artefact.model.logits(frame, frame.students)
    for learner in (0, 7):
        state = served.initial(5)
        for row in range(frame.starts[learner], frame.starts[learner + 1]):
            item = np.array([frame.item_ids[frame.item[row]]], np.int32)
            belief = served.belief(state, c, float(frame.at[row]))
            live = float(served.predict(belief, c, item)[0])
            assert live == pytest.approx(1.0 / (1.0 + np.exp(-logits[row])), abs=1e-9)
            seen = evidence(int(item[0]), bool(frame.correct[row]), float(frame.at[row]), float(frame.seconds[row]))
            state = served.update(state, c, seen)


def test_a_thousand_candidates_get_what_each_gets_alone() -> None:
    """What is the same for all candidates is scored once."""
    served, c = model(), curriculum()
    belief = served.belief(practised(served), c, MONDAY + DAY)
    items = np.resize(np.random.default_rng(4).permutation(len(c.items)), 1000).astype(np.int32)
    alone = np.concatenate([served.predict(belief, c, items[n : n + 1]) for n in range(len(c.items))])
    assert served.predict(belief, c, items)[: len(c.items)].tobytes() == alone.tobytes()


def practised(served: ServedHybrid, count: int = 30) -> State:
    rng, state = np.random.default_rng(2), served.initial(5)
    for n in range(count):
        state = served.update(
            state, curriculum(), evidence(int(rng.integers(20)), bool(rng.random() < 0.6), MONDAY + n * 60)
        )
    return state


def test_an_artefact_survives_storage_and_keeps_its_version() -> None:
    data = dump(fitted()[0])
    again = serve_bytes(data)
    assert dump(load(data)) == data
    assert again.name == model().name
    items = np.arange(len(curriculum().items), dtype=np.int32)
    one, two = (
        m.predict(m.belief(practised(m), curriculum(), MONDAY + DAY), curriculum(), items) for m in (model(), again)
    )
    assert one.tobytes() == two.tobytes()
    assert load(data).card == fitted()[0].card


@pytest.mark.parametrize("data", [b"", b"HM1\0", b"HM1\0 and more", b"PAR1"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"hybrid-1|damaged"):
        load(data)


def test_the_memory_of_another_version_is_not_misread() -> None:
    state = practised(model())
    tampered = state.memory.copy()
    tampered[0] += 1.0
    memory = model().unpack(replace(state, memory=tampered))
    assert memory.h.any() == np.False_
    assert memory.traces[:, 0].tolist() == state.skills["n"].tolist()


def test_a_profile_keeps_the_memory() -> None:
    state = practised(model())
    assert decode(encode(Profile("ada", "5", (), state))).state.memory.tobytes() == state.memory.tobytes()


def test_the_terms_sum_to_the_chance_and_are_sentences() -> None:
    served, c = model(), curriculum()
    belief = served.belief(practised(served), c, MONDAY + DAY)
    for item in (0, 5, 40):
        why = explain(served, belief, c, item)
        assert why.chance == pytest.approx(float(served.predict(belief, c, np.array([item], np.int32))[0]), abs=1e-6)
        total = sum(term.logits for term in why.terms)
        assert 1.0 / (1.0 + np.exp(-total)) == pytest.approx(why.chance, abs=1e-9)
        assert all(str(term.sentence).endswith(" points.") and "{" not in str(term.sentence) for term in why.terms)


def test_practice_is_expected_to_help_and_more_when_asked_sooner() -> None:
    served, c = model(), curriculum()
    state, some = practised(served), np.arange(12, dtype=np.int32)
    soon, late = (expected_gain(served, state, c, some, MONDAY + DAY, horizon) for horizon in (0.0, 60.0))
    assert (soon.mean > 0.0).all()
    assert (soon.mean < 0.3).all()
    assert (soon.variance > 0.0).all()
    assert np.isfinite(late.mean).all()
    layer, plain = served.ability_layer(state)
    alone = expected_gain(layer, plain, c, some, MONDAY + DAY, 0.0)
    assert np.allclose(alone.mean, soon.mean)
    with pytest.raises(ValueError, match="past"):
        expected_gain(served, state, c, some, MONDAY, -1.0)
