"""What a result may be called, and that breaking a study never raises it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.evidence.pilots.analyse import analyse
from headway.core.evidence.pilots.compare import Settings
from headway.core.evidence.pilots.costs import CostLine, cost_of
from headway.core.evidence.pilots.effects import Effect
from headway.core.evidence.pilots.gates import scale, seed, spread
from headway.core.evidence.pilots.plan import check, fingerprint, freeze
from headway.core.evidence.pilots.study import Roles, study_of
from tests.core.evidence.pilots.made import SCHOOL_ROLES, district, frozen, judge


def words(judged: Any) -> str:
    return " ".join(str(sentence) for sentence in judged.verdict.sentences)


def test_a_sound_study_is_a_candidate_for_the_first_tier() -> None:
    table = district(seed=2)
    good = judge(table, frozen(table, "school"), **SCHOOL_ROLES)
    assert good.tier.candidate == 1 and good.verdict.advice == "spread" and good.holds
    assert good.compared.found is not None and good.compared.found.low < 0.4 < good.compared.found.high
    assert "chance decided by school" in words(good) and "tier 1 candidate" in words(good)


@settings(max_examples=6)
@given(st.integers(0, 10_000), st.sampled_from(["attrition", "baseline", "allocation", "hash", "small", "one site"]))
def test_breaking_a_study_never_leaves_it_in_the_first_tier(seed_: int, broken: str) -> None:
    table = district(effect=0.6, seed=seed_, unit="learner", schools=13)
    roles: dict[str, Any] = {"site": "school", "pretest": "pre"}
    whole = judge(table, frozen(table, "learner"), **roles)
    plan, new = frozen(table, "learner"), np.array(table["arm"]) == "new"
    highest = 3
    if broken == "attrition":
        # The weaker half of the treatment group leaves: many, in one arm only, and not by chance.
        low = new & (table["pre"] < np.median(table["pre"][new]))
        table["post"] = np.where(low, np.nan, table["post"])
    elif broken == "baseline":
        table["pre"] = table["pre"] + 0.5 * new
    elif broken == "allocation":
        table["arm"][:40] = ["old" if arm == "new" else "new" for arm in table["arm"][:40]]
    elif broken == "hash":
        plan["allocation"] = {**plan["allocation"], "L0": "new", "L1": "new", "L2": "new"}
    elif broken == "small":
        table = {
            name: list(values[:300]) if isinstance(values, list) else values[:300] for name, values in table.items()
        }
    else:
        roles.pop("site")
    judged = judge(table, plan, **roles)
    assert whole.tier.candidate == 1
    assert judged.tier.candidate is None or judged.tier.candidate >= highest
    assert judged.verdict.advice != "spread" or broken in ("small", "one site")
    assert len(judged.tier.reasons) >= 1 and len(words(judged).split()) <= 120


def test_high_attrition_with_groups_still_alike_is_the_second_tier() -> None:
    table = district(effect=0.6, unit="learner")
    new, rng = np.array(table["arm"]) == "new", np.random.default_rng(3)
    table["post"] = np.where(new & (rng.random(len(new)) < 0.3), np.nan, table["post"])
    judged = judge(table, frozen(table, "learner"), site="school", pretest="pre")
    assert judged.tier.candidate == 2 and not judged.compared.attrition.low_optimistic


def test_a_wrong_unit_is_refused() -> None:
    table = district()
    with pytest.raises(ValueError, match="wrong unit: every school has one arm only"):
        judge(table, cluster="school", pretest="pre")
    table["arm"][0] = "new" if table["arm"][0] == "old" else "old"
    with pytest.raises(ValueError, match="wrong unit: school S00 has learners of several arms"):
        judge(table, **SCHOOL_ROLES)


def test_too_few_schools_give_no_p_and_no_verdict() -> None:
    few = judge(district(schools=8, size=60, effect=1.0), **SCHOOL_ROLES)
    assert few.compared.found is not None and few.compared.found.p is None and not few.holds
    assert few.verdict.advice == "too few units" and "too few were assigned" in words(few)
    assert few.tier.candidate == 4


def test_harm_and_nothing() -> None:
    harm = judge(district(effect=-0.6), **SCHOOL_ROLES)
    assert harm.verdict.advice == "stop" and harm.tier.candidate is None and "did worse" in words(harm)
    nothing = judge(district(effect=0.0, schools=60, size=60, seed=4), **SCHOOL_ROLES)
    assert nothing.verdict.advice in ("stop", "cannot tell yet", "keep testing") and not nothing.holds
    assert "no difference beyond chance" in words(nothing)


def test_many_questions_raise_the_bar_and_looks_do_too() -> None:
    table = district(effect=0.0, seed=5, unit="learner")
    rng = np.random.default_rng(5)
    noise = {f"noise{k}": rng.normal(size=720) for k in range(9)}
    t = np.array(table["arm"]) == "new"
    table["post"] = table["post"] + 0.24 * t
    one = analyse(study_of({**table, **noise}, Roles(("post",), "arm", "old", pretest="pre")), Settings()).judged[0]
    ten = analyse(
        study_of({**table, **noise}, Roles(("post", *noise), "arm", "old", pretest="pre")), Settings()
    ).judged[0]
    assert one.p_adjusted is not None and ten.p_adjusted is not None and ten.p_adjusted > one.p_adjusted
    early = analyse(
        study_of(table, Roles(("post",), "arm", "old", pretest="pre")), Settings(looks=(0.25, 1.0), look=1)
    ).judged[0]
    assert early.compared.found is not None and early.compared.found.bar == pytest.approx(4.3326, abs=1e-3)
    with pytest.raises(ValueError, match="say which this is, 1 to 2"):
        Settings(looks=(0.5, 1.0), look=3)


def test_subgroups_are_tested_together_and_small_ones_hidden() -> None:
    table = district(effect=0.0, schools=30, unit="learner")
    t, girl = np.array(table["arm"]) == "new", np.array(table["sex"]) == "f"
    table["post"] = table["post"] + 0.8 * (t & girl)
    table["home"] = ["rare" if k < 12 else "usual" for k in range(len(t))]
    judged = judge(table, pretest="pre", subgroups=("sex", "home"))
    sex, home = judged.compared.subgroups
    assert sex.p is not None and sex.p < 0.001
    assert [level.effect is not None for level in sex.levels] == [True, True]
    assert home.p is None and all(level.effect is None and level.learners is None for level in home.levels)


def test_use_contamination_and_compliers() -> None:
    table = district(effect=0.0, schools=40, unit="learner", seed=8)
    t, rng = np.array(table["arm"]) == "new", np.random.default_rng(80)
    used = np.where(t, rng.random(len(t)) < 0.6, rng.random(len(t)) < 0.1)
    table["post"], table["used"] = table["post"] + 0.6 * used, used.astype(float)
    judged = judge(table, pretest="pre", exposed="used")
    usage = judged.compared.usage
    assert usage is not None and usage.compliers is not None and judged.compared.found is not None
    assert (round(usage.fidelity, 1), round(usage.contamination, 1)) == (0.6, 0.1)
    assert usage.compliers.low < 0.6 / judged.compared.sd < usage.compliers.high
    assert usage.compliers.g > 1.5 * judged.compared.found.effect.g


def test_a_frozen_plan_tells_every_change() -> None:
    plan = freeze({"outcomes": ["post"], "control": "old", "worth": 0.1, "allocation": {"a": "old", "b": "new"}})
    assert plan["sha256"] == fingerprint(plan)
    kept = check(plan, {"outcomes": ("post",), "control": "old", "worth": 0.1}, {"a": "old", "b": "new"})
    assert kept.intact and kept.allocation == "kept" and kept.changes == ()
    other = check(plan, {"outcomes": ("post", "other"), "worth": 0.0}, {"a": "new", "c": "new"})
    assert other.allocation == "broken" and other.moved == 2
    said = " ".join(str(text) for text in other.changes)
    assert "outcomes was planned as post but is post, other" in said and "2 units have another arm" in said
    assert not check({**plan, "worth": 0.0}, {}, {}).intact


def test_gates_say_what_is_missing() -> None:
    assert seed(question="Do hints help?", outcome="post", frozen=True, detectable=0.1, worth=0.2).open
    shut = seed(question="", outcome="", frozen=False, detectable=None, worth=None)
    assert not shut.open and len(shut.missing) == 4
    assert "0.30 standard deviations up" in str(
        seed(question="q", outcome="o", frozen=True, detectable=0.3, worth=0.1).missing[0]
    )
    assert spread(low=0.02, worthwhile=None, harmed=()).open and spread(low=-0.1, worthwhile=0.85, harmed=()).open
    assert (
        not spread(low=-0.1, worthwhile=0.7, harmed=()).open
        and not spread(low=0.1, worthwhile=None, harmed=("girls",)).open
    )
    assert scale(sites=2, learners=350, low=0.01, cost=80.0, replicated=True).open
    assert len(scale(sites=1, learners=349, low=None, cost=None, replicated=False).missing) == 5


def test_costs_by_learner_and_by_tenth() -> None:
    lines = [
        CostLine("licence", "licences", 1, 12, "learner"), CostLine("tablets", "devices", 10, 300, "class", 3),
        CostLine("training", "training", 2, 400, "school"), CostLine("rooms", "other", 1, 500),
    ]  # fmt: skip
    cost = cost_of(lines, learners=100, classes=4, schools=2, effect=Effect(0.2, 0.1, 0.3, 0.05))
    assert cost.learner == pytest.approx(12 + 40 + 16 + 5) and cost.tenth == pytest.approx(36.5)
    assert cost.tenth_low == pytest.approx(73 / 3) and cost.tenth_high == pytest.approx(73)
    assert cost_of(lines, learners=100, classes=4, schools=2, effect=Effect(-0.2, -0.3, -0.1, 0.05)).tenth is None
    with pytest.raises(ValueError, match="per class, but the table names none"):
        cost_of(lines, learners=100, classes=0, schools=2, effect=None)
    with pytest.raises(ValueError, match="kind 'snacks'"):
        CostLine("bars", "snacks", 1, 1)
