"""The map shows every skill of a grade once, with what is missing before it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.path.plan import EffectivePlan, PlanRow, resolve
from headway.core.path.walk import lands, levels_of, stone
from tests.core.path.test_frontier import ADA, master, walk
from tests.core.path.test_leaning import situation
from tests.core.small import DAY, MONDAY, curriculum

C = curriculum()


@given(st.text("01", max_size=8), st.sampled_from(levels_of(C)))
@settings(deadline=None, max_examples=12)
def test_every_skill_of_a_grade_stands_there_once_and_only_later_ones_miss_something(pattern: str, level: int) -> None:
    profile, _ = walk(pattern)
    found = [
        stone for land in lands(situation(profile, EffectivePlan(), MONDAY + 3600), level) for stone in land.stones
    ]
    assert [each.skill for each in found] == [n for n in range(len(C.skills)) if C.level[n] == level]
    for each in found:
        before = C.before[C.before_at[each.skill] : C.before_at[each.skill + 1]].tolist()
        assert set(each.missing) <= set(before)
        assert (each.state == "later") <= bool(each.missing)
        assert not (each.state == "ready" and each.missing)


def test_solid_due_here_and_closed() -> None:
    profile = master(8)
    assert stone(situation(profile, EffectivePlan()), 8).state == "solid"
    assert stone(situation(profile, EffectivePlan(), MONDAY + 60 * DAY), 8).state == "due"
    blocked = EffectivePlan(block_skills=frozenset({"S9"}))
    assert stone(situation(ADA, blocked), 9).state == "closed"
    here = replace(ADA, current=replace(ADA.current, activity="P10.1"))
    assert stone(situation(here, EffectivePlan()), 10).state == "here"
    assert stone(situation(ADA, resolve([PlanRow("l", "policy", "choose-skill", "S9")], MONDAY)), 9).leaned
