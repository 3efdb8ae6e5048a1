"""Probe forms: equal in what they expect, never the same problem twice, and scored as computation is scored."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.curriculum.generators.base import generate
from headway.core.curriculum.problems import AnswerSpec
from headway.core.intervention.probes import (
    BLUEPRINTS,
    TOLERANCE,
    Blueprint,
    digits_correct,
    digits_in,
    expected_score,
    make_form,
)
from headway.standards.graph import shipped_graph


@cache
def difficulty() -> dict[str, float]:
    curriculum = compile_curriculum(shipped_graph(), generated_activities())
    return {item: float(curriculum.difficulty[n]) for item, n in curriculum.item_number.items()}


@pytest.mark.parametrize("probe", BLUEPRINTS.values(), ids=lambda b: b.id)
def test_twelve_forms_are_equal_and_repeat_no_problem(probe: Blueprint) -> None:
    target = expected_score(probe, difficulty())
    assert 0.25 * probe.length < target < 0.75 * probe.length, (
        "a probe at the reference ability is neither hard nor easy"
    )
    used: set[str] = set()
    faces: set[str] = set()
    for seed in range(12):
        form = make_form(probe, difficulty(), seed, used)
        assert len(form.activities) == probe.length
        assert abs(form.expected - target) <= TOLERANCE / 2
        used |= set(form.activities)
        faces |= {f"{generate(a).body}{generate(a).steps[0].prompt}" for a in form.activities}
    assert len(used) == len(faces) == 12 * probe.length


def test_where_the_facts_run_out_a_fact_comes_back_but_no_form_does() -> None:
    probe = BLUEPRINTS["computation-whole"]
    used: set[str] = set()
    forms = []
    for seed in range(40):
        forms.append(make_form(probe, difficulty(), seed, used))
        used |= set(forms[-1].activities)
    assert len({frozenset(form.activities) for form in forms}) == 40


@given(st.integers(0, 2**31))
@settings(max_examples=10)
def test_a_seed_makes_the_same_form_with_the_mix_of_the_blueprint(seed: int) -> None:
    probe = BLUEPRINTS["computation-signed"]
    form = make_form(probe, difficulty(), seed)
    assert make_form(probe, difficulty(), seed) == form
    names = [activity.split(":")[1] for activity in form.activities]
    for count, pool in probe.slots:
        assert sum(name in pool for name in names) == count


def test_every_key_is_right_and_earns_all_its_digits() -> None:
    for blueprint in BLUEPRINTS.values():
        for activity in make_form(blueprint, difficulty(), 7).activities:
            spec = generate(activity).steps[0].answer
            assert check(spec, spec.keys[0]).correct
            assert digits_correct(spec, spec.keys[0]) == digits_in(spec.keys[0])


@pytest.mark.parametrize(
    ("key", "given", "digits"),
    [
        ("142", "142", 3),
        ("142", "132", 2),
        ("142", "42", 2),
        ("-90", "90", 0),
        ("-90", "-80", 1),
        ("142", "", 0),
        ("3/4", "6/8", 2),
    ],
)
def test_digits_are_counted_from_the_right(key: str, given: str, digits: int) -> None:
    assert digits_correct(AnswerSpec("number", (key,)), given) == digits
