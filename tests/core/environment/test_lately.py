"""Groups of the moment: everybody in exactly one, by what they have just answered and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.lately import Answered, Circle, regroup
from headway.core.environment.regrouping import TABLE


def answers(signs: str, skill: str = "a") -> list[Answered]:
    """``o`` right, ``x`` wrong, ``h`` right with a hint, ``m`` wrong by the misconception m, ``r`` a second try that is right."""
    return [Answered(skill, sign in "ohr", sign != "r", int(sign == "h"), "m" if sign == "m" else "") for sign in signs]


def kinds(**signs: str) -> dict[str, str]:
    return {
        each: circle.kind for circle in regroup([(k, answers(v)) for k, v in signs.items()]) for each in circle.learners
    }


def test_each_kind_is_told_from_the_others() -> None:
    found = kinds(ana="xox", ben="oooo", chi="ooo", dev="", eva="hooo", fay="xoooo", gus="xrx")
    assert found == {
        "ana": "step",
        "ben": "ready",
        "chi": "going",
        "dev": "silent",
        "eva": "going",
        "fay": "ready",
        "gus": "step",
    }


def test_a_misconception_needs_two_who_have_not_left_it_behind() -> None:
    assert kinds(ana="m", ben="oom") == {"ana": "misconception", "ben": "misconception"}
    assert kinds(ana="m", ben="ooo") == {"ana": "going", "ben": "going"}
    assert kinds(ana="m", ben="mo") == {"ana": "going", "ben": "going"}
    assert kinds(ana="x", ben="xxr", chi="xro") == {"ana": "going", "ben": "step", "chi": "going"}
    assert kinds(ana="m", ben="mr") == {"ana": "misconception", "ben": "misconception"}  # a second try is no proof


def test_of_several_steps_the_shared_one_counts() -> None:
    rows = [("ana", [*answers("xxx", "a"), *answers("xxx", "b")]), ("ben", answers("xxx", "a"))]
    assert [(circle.skill, circle.learners) for circle in regroup(rows)] == [("a", ("ana", "ben"))]


def test_groups_are_of_one_step_and_tables_of_five() -> None:
    found = regroup([(f"{n:02}", answers("xxx", "ab"[n % 2])) for n in range(13)])
    assert [(circle.skill, len(circle.learners), len(circle.tables)) for circle in found] == [("a", 7, 2), ("b", 6, 2)]
    assert [(circle.tried, circle.right) for circle in found] == [(21, 0), (18, 0)]


LATELY = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2),
    st.lists(st.tuples(st.sampled_from("oxhmr"), st.sampled_from("ab")), max_size=8), max_size=12,
)  # fmt: skip


@given(LATELY)
def test_everybody_is_in_one_group_whatever_the_order_of_the_roster(lately: dict[str, list[tuple[str, str]]]) -> None:
    rows = [(learner, [answers(sign, skill)[0] for sign, skill in given_]) for learner, given_ in lately.items()]
    found = regroup(rows)
    assert sorted(each for circle in found for each in circle.learners) == sorted(lately)
    for circle in found:
        assert all(len(table) <= TABLE for table in circle.tables)
        if circle.tables:
            assert sorted(each for table in circle.tables for each in table) == sorted(circle.learners)
        assert circle.kind != "misconception" or len(circle.learners) > 0
    assert _without_order(found) == _without_order(regroup(rows[::-1]))


def _without_order(found: tuple[Circle, ...]) -> set[tuple[str, str, str, frozenset[str]]]:
    return {(c.kind, c.skill, c.misconception, frozenset(c.learners)) for c in found}
