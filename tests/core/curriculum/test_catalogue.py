"""The compiled curriculum: numbers, versions, storage, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.curriculum.catalogue import (
    GRADE_STEP,
    ActivityInfo,
    ItemInfo,
    compile_curriculum,
    curriculum_from_bytes,
    curriculum_to_bytes,
    generated_activities,
    grade_level,
)
from headway.core.curriculum.generators.base import activity_id, templates
from tests.core.small import curriculum, graph

ONE = ActivityInfo("p", "imported", "S1", (ItemInfo("p.1", ("S1",), 0.2),))


def test_bytes_and_back_give_the_same_curriculum() -> None:
    again = curriculum_from_bytes(curriculum_to_bytes(curriculum()))
    assert again.version == curriculum().version
    assert again.activities == curriculum().activities
    assert again.difficulty.tobytes() == curriculum().difficulty.tobytes()
    assert curriculum_to_bytes(again) == curriculum_to_bytes(curriculum())


def test_any_change_of_content_changes_the_version() -> None:
    made = compile_curriculum(graph(), [ONE])
    for other in (replace(ONE, level=3), replace(ONE, items=(ItemInfo("p.1", ("S1",), 0.3),))):
        assert compile_curriculum(graph(), [other]).version != made.version
    assert compile_curriculum(graph(), [ONE]).version == made.version


def test_difficulty_stands_on_one_scale() -> None:
    made = compile_curriculum(graph(), [ONE])
    assert made.difficulty[0] == pytest.approx(3 * GRADE_STEP + 0.2)
    assert np.array_equal(made.base, made.level * GRADE_STEP)


def test_prerequisites_point_both_ways() -> None:
    c = curriculum()
    edges = {(p, s) for s in range(24) for p in c.before[c.before_at[s] : c.before_at[s + 1]].tolist()}
    back = {(s, n) for s in range(24) for n in c.after[c.after_at[s] : c.after_at[s + 1]].tolist()}
    assert edges == back
    assert len(edges) == len(graph().prerequisites)


def test_concrete_activities_are_found() -> None:
    generated = ActivityInfo("S1/t", "generated", "S1", (ItemInfo("S1/t", ("S1",)),))
    made = compile_curriculum(graph(), [generated, ONE])
    assert made.activity(activity_id("S1/t", 77, "music")) == generated
    assert made.activity("p") == ONE
    assert made.activity("q") is None


@pytest.mark.parametrize(
    ("activities", "words"),
    [
        ([ONE, ONE], "appears twice"),
        ([replace(ONE, skill="S99")], "S99"),
        ([replace(ONE, items=())], "no items"),
        ([replace(ONE, items=(ItemInfo("i", ()),))], "no skill"),
        ([ONE, replace(ONE, id="q", items=(ItemInfo("p.1", ("S1",), 9.0),))], "defined twice"),
    ],
)
def test_bad_content_is_refused_by_name(activities: list[ActivityInfo], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compile_curriculum(graph(), activities)


def test_other_bytes_and_grades_are_refused() -> None:
    with pytest.raises(ValueError, match="not an encoded curriculum"):
        curriculum_from_bytes(b"something else")
    with pytest.raises(ValueError, match="use K"):
        grade_level("13")


def test_every_template_is_an_activity() -> None:
    assert [activity.id for activity in generated_activities()] == list(templates())
