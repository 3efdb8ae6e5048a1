"""The central loop: where a learner stands after each event, and that a batch equals one by one."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.events import Decision
from headway.core.loop import Outcome, Turn, step
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import MONDAY, answer, curriculum, start

ADA = new_profile("ada", grade="5", interests=("soccer",))


def one(profile: Profile, event: object, now: float = MONDAY, plan: EffectivePlan = DEFAULT_PLAN) -> Outcome:
    return step([Turn(profile, plan, event, now)], curriculum())[0]  # type: ignore[arg-type]


def opened(activity: str) -> Profile:
    return one(ADA, start(0, activity=activity)).profile


def test_start_gives_a_decision_with_reason_alternatives_and_propensity() -> None:
    outcome = one(ADA, start(1))
    decision = outcome.decision
    assert isinstance(decision, Decision)
    assert outcome.activity == decision.activity == outcome.profile.current.activity
    assert outcome.step == 0
    assert str(decision.reason)
    assert sum(a.probability for a in decision.alternatives) == pytest.approx(1.0)
    assert [a.probability for a in decision.alternatives if a.activity == decision.activity] == [decision.propensity]
    assert (decision.model, decision.policy, decision.curriculum) == (
        "gaussian-2",
        "frontier-6",
        curriculum().version,
    )


def test_right_answer_on_the_only_step_leads_to_another_activity() -> None:
    outcome = one(opened("P8.1"), answer(1, "P8.1", True))
    assert outcome.decision is not None
    assert outcome.activity != "P8.1"
    assert outcome.profile.activities == outcome.profile.today.activities == 1


def test_wrong_answer_stays_for_three_attempts() -> None:
    profile = opened("P8.1")
    for attempt in (1, 2):
        outcome = one(profile, answer(attempt, "P8.1", False, attempt=attempt))
        assert (outcome.decision, outcome.activity, outcome.step) == (None, "P8.1", 0)
        assert outcome.profile.current.attempt == attempt + 1
        profile = outcome.profile
    assert one(profile, answer(3, "P8.1", False, attempt=3)).decision is not None


def test_steps_follow_each_other() -> None:
    outcome = one(opened("P9.2"), answer(1, "P9.2", True))
    assert (outcome.decision, outcome.activity, outcome.step) == (None, "P9.2", 1)
    assert outcome.profile.current.attempt == 1
    assert one(outcome.profile, answer(2, "P9.2", True, step=1)).decision is not None


def test_shown_answer_ends_the_step() -> None:
    assert one(opened("P8.1"), answer(1, "P8.1", False, shown=True)).decision is not None


def test_late_answer_to_a_closed_activity_counts_but_moves_nothing() -> None:
    profile = opened("P8.1")
    outcome = one(profile, answer(1, "P4.1", True))
    assert (outcome.decision, outcome.activity) == (None, "P8.1")
    assert outcome.profile.responses == 1
    assert len(outcome.profile.state.skills) == 1


def test_opening_an_activity_decides_nothing() -> None:
    outcome = one(ADA, start(1, activity="P3.2"))
    assert (outcome.decision, outcome.activity, outcome.step) == (None, "P3.2", 0)


def test_unknown_activity_model_policy_or_learner_is_refused_with_words() -> None:
    with pytest.raises(ValueError, match="P99"):
        one(ADA, start(1, activity="P99"))
    with pytest.raises(ValueError, match="gaussian-1"):
        one(ADA, start(1), plan=EffectivePlan(model="wise-9"))
    with pytest.raises(ValueError, match="frontier-1"):
        one(ADA, start(1), plan=EffectivePlan(policy="wise-9"))
    with pytest.raises(ValueError, match="bob"):
        one(ADA, start(1, learner="bob"))


def test_response_to_something_the_curriculum_forgot_still_gets_a_decision() -> None:
    outcome = one(ADA, answer(1, "vanished", True))
    assert outcome.decision is not None
    assert outcome.profile.responses == 1


def test_nothing_allowed_means_no_activity() -> None:
    outcome = one(ADA, start(1), plan=EffectivePlan(only_skills=frozenset()))
    assert (outcome.decision, outcome.activity) == (None, "")


def test_a_batch_gives_byte_for_byte_what_one_by_one_gives() -> None:
    names = [f"learner-{n}" for n in range(16)]
    alone = {name: new_profile(name, grade=str(3 + n % 5)) for n, name in enumerate(names)}
    together = dict(alone)
    rng = np.random.default_rng(5)
    for turn in range(25):
        now = MONDAY + turn * 3000.0
        batch = []
        for name in names:
            current = together[name].current
            event = (
                answer(
                    turn,
                    current.activity,
                    bool(rng.random() < 0.6),
                    learner=name,
                    at=now,
                    step=current.step,
                    attempt=current.attempt,
                )
                if current.activity
                else start(turn, name, now)
            )
            batch.append(Turn(together[name], DEFAULT_PLAN, event, now))
        singles = [
            step([Turn(decode(encode(alone[t.event.learner])), t.plan, t.event, now)], curriculum()) for t in batch
        ]
        for many, (single,) in zip(step(batch, curriculum()), singles, strict=True):
            assert encode(many.profile) == encode(single.profile)
            assert (many.decision, many.entries) == (single.decision, single.entries)
            together[many.profile.learner], alone[many.profile.learner] = many.profile, single.profile
