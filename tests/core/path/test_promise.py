"""``frontier-4``: it rests what is held, opens what is nearly there, reviews by predicted retention, mixes and goes back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.core.path.promise import Promise, Weights
from headway.core.path.terrain import allowed_skills
from headway.core.profile.profile import Profile
from tests.core.path.test_frontier import ADA, master, walk
from tests.core.small import DAY, MONDAY, curriculum

GAINING = replace(DEFAULT_PLAN, policy="frontier-4")


def worth(profile: Profile, at: float, weights: Weights | None = None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What practising each skill is worth to a learner at a time."""
    model = MODELS["gaussian-1"]
    belief = model.belief(profile.state, curriculum(), at)
    situation = Situation(profile, GAINING, curriculum(), model, belief, 1, at)
    return Promise(weights or Weights())(situation, allowed_skills(situation))


def test_consecutive_activities_differ_in_skill() -> None:
    _, decisions = walk("110110111011101110111011", plan=GAINING)
    changes = [a.skill != b.skill for a, b in pairwise(decisions)]
    assert np.mean(changes) >= 0.6
    assert {decision.policy for decision in decisions} == {"frontier-4"}


def test_a_mastered_skill_rests_and_comes_back_as_it_is_forgotten() -> None:
    profile = master(8)
    now = worth(profile, MONDAY + 60.0)
    assert now[8] / now.max() < worth(ADA, MONDAY)[8] / worth(ADA, MONDAY).max()
    later = [float(worth(profile, MONDAY + days * DAY)[8]) for days in (2, 60)]
    assert later[1] > now[8]
    assert later[1] > later[0]


def test_solving_a_successor_stands_for_a_part_of_the_review() -> None:
    old = master(4)
    fresh = master(8, profile=old, at=MONDAY + 20 * DAY)
    at = MONDAY + 21 * DAY
    credited, plain = (worth(fresh, at, Weights(due=0.0, credit=share))[4] for share in (1.0, 0.0))
    assert credited < plain


def test_a_closed_skill_is_worth_nothing_and_the_best_one_is_worth_one() -> None:
    situation_worth = worth(ADA, MONDAY)
    assert situation_worth.max() == 1.0
    assert (situation_worth > 0.0).all()
    blocked = replace(GAINING, block_skills=frozenset({"S8"}))
    _, decisions = walk("1110111", plan=blocked)
    assert all(a.skill != "S8" for d in decisions for a in d.alternatives)


def test_a_doubtful_prerequisite_holds_its_successor_back() -> None:
    strict, free = (worth(ADA, MONDAY, Weights(gate=gate, unlock=0.0)) for gate in (2.0, 0.0))
    assert strict[12] / strict[8] < free[12] / free[8]


def test_three_misses_in_a_row_lead_to_an_earlier_step_or_an_easier_one() -> None:
    _, decisions = walk("0" * 16, plan=GAINING)
    assert {"drop-back", "easier"} & {decision.reason_code for decision in decisions}
