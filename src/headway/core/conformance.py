"""The promises that every learner model and every policy keeps, as functions that anybody can run on their own.

``check_model(model, curriculum)`` and ``check_policy(policy, curriculum)`` raise :class:`Broken` naming the promise
and what was seen; ``check_fitter(fitter)`` does so for fits on logs. The curriculum may be any; a small one with a few
prerequisites is enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.metrics import auc
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.promises import FITTER_PROMISES as FITTER_PROMISES
from headway.core.mastery.promises import Dishonest as Dishonest
from headway.core.mastery.promises import check_fitter as check_fitter
from headway.core.mastery.state import Evidence, State
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.path.policy import Choice, Policy, Situation
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile, new_profile

NOON = 1_800_000_000.0


class Broken(AssertionError):
    """A promise was not kept."""


def _keep(promise: str, kept: bool | np.bool_, seen: str) -> None:
    if not kept:
        raise Broken(f"{promise}: {seen}")


def _evidence(curriculum: Curriculum, count: int, rng: np.random.Generator) -> list[Evidence]:
    """Random responses to random items over some weeks, with all kinds of help."""
    c, at, out = curriculum, NOON, []
    for number in rng.integers(len(c.items), size=count).tolist():
        at += float(rng.choice([20.0, 90.0, 86400.0 * 2]))
        skills = c.item_skills[c.item_skills_at[number] : c.item_skills_at[number + 1]]
        attempt, hints, shown = (
            int(rng.choice([1, 1, 1, 2, 3])),
            int(rng.choice([0, 0, 0, 1])),
            bool(rng.random() < 0.05),
        )
        correct = bool(rng.random() < 0.6)
        out.append(Evidence(skills, float(c.difficulty[number]), correct, at, attempt, hints, shown, 15.0))
    return out


def _bytes(state: State) -> bytes:
    return encode(Profile("x", "5", (), state))


def _all_items(curriculum: Curriculum) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.arange(len(curriculum.items), dtype=np.int32)


def updates_are_pure(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """An update leaves the old state alone, and the same question has the same answer, byte for byte."""
    state = model.initial(5)
    for evidence in _evidence(curriculum, 60, np.random.default_rng(seed)):
        before = _bytes(state)
        once, twice = model.update(state, curriculum, evidence), model.update(state, curriculum, evidence)
        _keep("updates_are_pure", _bytes(state) == before, f"the old state changed on {evidence}")
        _keep("updates_are_pure", _bytes(once) == _bytes(twice), f"two answers to {evidence}")
        state = once


def numbers_make_sense(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """Chances lie strictly between 0 and 1, means are finite, variances positive, however long the history."""
    state, now = model.initial(5), NOON
    for evidence in _evidence(curriculum, 400, np.random.default_rng(seed)):
        state, now = model.update(state, curriculum, evidence), evidence.at
    for later in (now, now + 3600.0, now + 3e8):
        belief = model.belief(state, curriculum, later)
        chances = model.predict(belief, curriculum, _all_items(curriculum))
        _keep(
            "numbers_make_sense", ((chances > 0.0) & (chances < 1.0)).all(), f"chances {chances.min()}, {chances.max()}"
        )
        _keep("numbers_make_sense", np.isfinite(belief.mean).all(), "a mean is not finite")
        _keep("numbers_make_sense", (belief.variance > 0.0).all(), f"variance {belief.variance.min()}")


def a_batch_equals_one_by_one(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """Predicting many items at once gives byte for byte what single predictions give."""
    state = model.initial(4)
    for evidence in _evidence(curriculum, 40, np.random.default_rng(seed)):
        state = model.update(state, curriculum, evidence)
    belief = model.belief(state, curriculum, NOON + 1e7)
    items = _all_items(curriculum)
    many = model.predict(belief, curriculum, items)
    single = np.concatenate([model.predict(belief, curriculum, items[n : n + 1]) for n in items.tolist()])
    _keep("a_batch_equals_one_by_one", many.tobytes() == single.tobytes(), "the bytes differ")


def the_future_changes_nothing(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """Predictions after some responses do not depend on which responses come later."""
    rng = np.random.default_rng(seed)
    past = _evidence(curriculum, 20, rng)
    seen = []
    for _ in range(2):
        state = model.initial(5)
        for evidence in past:
            state = model.update(state, curriculum, evidence)
        seen.append(model.predict(model.belief(state, curriculum, NOON + 1e7), curriculum, _all_items(curriculum)))
        for evidence in _evidence(curriculum, 20, rng):
            state = model.update(state, curriculum, evidence)
    _keep("the_future_changes_nothing", seen[0].tobytes() == seen[1].tobytes(), "predictions moved")


def right_is_never_worse_than_wrong(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """After a right answer no skill of the item, nor the overall ability, is lower than after a wrong one."""
    state = model.initial(5)
    for evidence in _evidence(curriculum, 80, np.random.default_rng(seed)):
        right = model.update(state, curriculum, replace(evidence, correct=True))
        wrong = model.update(state, curriculum, replace(evidence, correct=False))
        up = model.belief(right, curriculum, evidence.at).mean[evidence.skills]
        down = model.belief(wrong, curriculum, evidence.at).mean[evidence.skills]
        _keep("right_is_never_worse_than_wrong", (up >= down).all(), f"{up} after right, {down} after wrong")
        _keep("right_is_never_worse_than_wrong", right.overall_mean >= wrong.overall_mean, "overall ability")
        state = right if evidence.correct else wrong


def states_survive_storage(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """A stored and reloaded state predicts and moves on byte for byte as the original does."""
    state = model.initial(5)
    for evidence in _evidence(curriculum, 30, np.random.default_rng(seed)):
        stored = decode(_bytes(state)).state
        state, other = model.update(state, curriculum, evidence), model.update(stored, curriculum, evidence)
        _keep("states_survive_storage", _bytes(state) == _bytes(other), "the reloaded state went another way")


def nothing_is_learnt_from_noise(model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """On coin flips the AUC is 0.5 (60 learners of 100 responses; the tolerance is four standard errors)."""
    rng = np.random.default_rng(seed)
    labels, chances = [], []
    for _ in range(60):
        state = model.initial(5)
        for evidence in _evidence(curriculum, 100, rng):
            coin = Evidence(evidence.skills, 3.0, bool(rng.random() < 0.5), evidence.at)
            belief = model.belief(state, curriculum, coin.at)
            labels.append(coin.correct)
            chances.append(float(belief.mean[coin.skills].mean()))
            state = model.update(state, curriculum, coin)
    found = auc(np.array(labels, np.int8), np.array(chances))
    _keep("nothing_is_learnt_from_noise", abs(found - 0.5) < 0.03, f"AUC {found:.3f} on coin flips")


def choices_are_pure(policy: Policy, model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """The same situation gives the same choice, and the profile is left alone."""
    for situation in _situations(model, curriculum, seed, 12):
        before = encode(situation.profile)
        _keep("choices_are_pure", policy.choose(situation) == policy.choose(situation), "two answers")
        _keep("choices_are_pure", encode(situation.profile) == before, "the profile changed")


def probabilities_are_whole(policy: Policy, model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """The chosen activity is among the alternatives, their probabilities are positive and sum to 1, the reason is in
    words and the prediction is a chance."""
    for situation in _situations(model, curriculum, seed, 40):
        choice = policy.choose(situation)
        _keep("probabilities_are_whole", choice is not None, "no choice although everything is open")
        assert choice is not None
        odds = [each.probability for each in choice.alternatives]
        _keep("probabilities_are_whole", abs(sum(odds) - 1.0) < 1e-9 and min(odds) > 0.0, f"probabilities {odds}")
        _keep("probabilities_are_whole", 0 <= choice.chosen < len(odds), f"chosen {choice.chosen}")
        _keep("probabilities_are_whole", bool(str(choice.reason) and choice.reason_code), "no reason")
        _keep("probabilities_are_whole", 0.0 < choice.predicted < 1.0, f"predicted {choice.predicted}")


def probabilities_are_honest(policy: Policy, model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """Over many seeds each alternative is taken as often as its probability says (four standard errors)."""
    (situation,) = _situations(model, curriculum, seed, 1)
    counts: dict[str, float] = {}
    wanted: dict[str, float] = {}
    runs = 1500
    for number in range(runs):
        choice = policy.choose(replace(situation, seed=number * 7919))
        assert choice is not None
        names = [_family(choice, n) for n in range(len(choice.alternatives))]
        counts[names[choice.chosen]] = counts.get(names[choice.chosen], 0.0) + 1.0
        wanted = {n: a.probability for n, a in zip(names, choice.alternatives, strict=True)}
    for name, p in wanted.items():
        off = abs(counts.get(name, 0.0) / runs - p)
        _keep(
            "probabilities_are_honest", off <= 4.0 * (p * (1.0 - p) / runs) ** 0.5 + 1e-9, f"{name}: off by {off:.3f}"
        )


def plans_are_obeyed(policy: Policy, model: LearnerModel, curriculum: Curriculum, seed: int) -> None:
    """Blocked skills are never chosen, only allowed ones are, and a pinned skill comes first."""
    usable = [s.id for n, s in enumerate(curriculum.skills) if np.diff(curriculum.skill_activities_at)[n] > 0]
    some = frozenset(usable[::2])
    for base in _situations(model, curriculum, seed, 8):
        for plan, allowed in (
            (EffectivePlan(block_skills=some), set(usable) - some),
            (EffectivePlan(only_skills=some), set(some)),
            (EffectivePlan(pin_skills=(usable[-1],)), {usable[-1]}),
        ):
            choice = policy.choose(replace(base, plan=plan))
            chosen = {a.skill for a in choice.alternatives} if choice else set()
            _keep("plans_are_obeyed", chosen <= allowed, f"{chosen - allowed} against {plan}")
        _keep("plans_are_obeyed", policy.choose(replace(base, plan=_nothing())) is None, "a choice from nothing")


def _nothing() -> EffectivePlan:
    return EffectivePlan(only_skills=frozenset())


def _family(choice: Choice, number: int) -> str:
    """An alternative without its seed: the name by which it can be counted."""
    return (
        choice.alternatives[number].activity.rsplit(":", 1)[0]
        if "gen:" in choice.alternatives[number].activity
        else choice.alternatives[number].activity
    )


def _situations(model: LearnerModel, curriculum: Curriculum, seed: int, count: int) -> list[Situation]:
    """Learners with different histories in front of the policy."""
    rng = np.random.default_rng(seed)
    out = []
    for number in range(count):
        profile = new_profile(f"learner-{number}", grade=str(3 + number % 6), interests=("music",), model=model.name)
        state, now = profile.state, NOON
        for evidence in _evidence(curriculum, int(rng.integers(0, 60)), rng):
            state, now = model.update(state, curriculum, evidence), evidence.at + 30.0
        belief = model.belief(state, curriculum, now)
        out.append(
            Situation(replace(profile, state=state), DEFAULT_PLAN, curriculum, model, belief, number * 31 + seed, now)
        )
    return out


ModelPromise = Callable[[LearnerModel, Curriculum, int], None]
PolicyPromise = Callable[[Policy, LearnerModel, Curriculum, int], None]

MODEL_PROMISES: tuple[ModelPromise, ...] = (
    updates_are_pure,
    numbers_make_sense,
    a_batch_equals_one_by_one,
    the_future_changes_nothing,
    right_is_never_worse_than_wrong,
    states_survive_storage,
    nothing_is_learnt_from_noise,
)
POLICY_PROMISES: tuple[PolicyPromise, ...] = (
    choices_are_pure,
    probabilities_are_whole,
    probabilities_are_honest,
    plans_are_obeyed,
)


def check_model(model: LearnerModel, curriculum: Curriculum, *, seed: int = 0) -> None:
    """Run every promise of a model; raises Broken at the first that is not kept."""
    for promise in MODEL_PROMISES:
        promise(model, curriculum, seed)


def check_policy(policy: Policy, model: LearnerModel, curriculum: Curriculum, *, seed: int = 0) -> None:
    """Run every promise of a policy on the beliefs of ``model``; raises Broken at the first that is not kept."""
    for promise in POLICY_PROMISES:
        promise(policy, model, curriculum, seed)
