"""Large practice logs: made by the minds of the simulation, whoever makes them and in whatever pieces."""

from __future__ import annotations

import numpy as np

from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.evidence.learners import draw, practise
from headway.core.evidence.logs import GRADES, VARIANTS, met, practice_log, variant_shift
from headway.core.evidence.simulate import CERTAINTY
from headway.core.mastery.frame import frame_of
from headway.standards.graph import shipped_graph

CURRICULUM = compile_curriculum(shipped_graph(), generated_activities())


def test_a_log_may_be_made_in_pieces() -> None:
    whole = practice_log(CURRICULUM, learners=8, first=0, seed=3, longest=30)
    pieces = [practice_log(CURRICULUM, learners=4, first=first, seed=3, longest=30) for first in (0, 4)]
    for name, column in whole.items():
        assert np.array_equal(column, np.concatenate([piece[name] for piece in pieces])), name
    frame = frame_of(whole)
    assert list(frame.students) == list(range(8))
    assert 0.2 < whole["correct"].mean() < 0.9
    assert len(CURRICULUM.items) * VARIANTS > whole["item"].max() >= 0
    other = practice_log(CURRICULUM, learners=8, first=0, seed=4, longest=30)
    assert len(other["student"]) != len(whole["student"]) or (other["item"] != whole["item"]).any()


def test_its_learners_answer_and_learn_as_in_the_simulation() -> None:
    number, seed = 0, 1
    found = practice_log(CURRICULUM, learners=1, first=number, seed=seed, longest=400)
    rng = np.random.default_rng([seed, number])
    mind = draw(str(number), GRADES[number % len(GRADES)], CURRICULUM, rng)
    count = int(rng.integers(1, 401))
    item, skill, at = met(CURRICULUM, mind, count, rng)
    variant = rng.integers(VARIANTS, size=count)
    drawn = rng.random((count, 3))
    right = []
    for r in range(count):
        hard = CURRICULUM.difficulty[item[r]] - CURRICULUM.base[skill[r]] + float(variant_shift(item[r], variant[r]))
        chance = 1.0 / (1.0 + np.exp(-CERTAINTY * (mind.strength(int(skill[r]), at[r]) - hard)))
        if drawn[r, 0] < mind.rapid:
            right.append(0)
            continue
        knows = drawn[r, 1] < chance
        right.append(int(drawn[r, 2] >= mind.slip if knows else drawn[r, 2] < 0.02))
        practise(mind, CURRICULUM, skill[r : r + 1].astype(np.int32), chance, at[r])
    assert count > 100
    assert found["correct"].tolist() == right
