"""Why a skill keeps failing: the likeliest cause among all that it builds on, near and far."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.loop import Turn, step
from headway.core.mastery.models import MODELS
from headway.core.path.causes import Causes, causes_of, practised_before, signs
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.core.path.terrain import allowed_skills
from headway.core.profile.profile import Profile, new_profile
from headway.core.profile.suspicion import Suspect
from headway.standards.graph import shipped_graph
from tests.core.small import MONDAY, answer, curriculum

EVA = new_profile("eva", grade="6")
LATER = MONDAY + 7200.0


def after(*practised: tuple[int, str], profile: Profile = EVA) -> Profile:
    """First answers to skills of the small curriculum, in order: ``1`` right, ``0`` wrong."""
    answers = [(skill, outcome == "1") for skill, outcomes in practised for outcome in outcomes]
    for number, (skill, right) in enumerate(answers):
        free = replace(profile, current=replace(profile.current, activity=""))
        event = answer(number, f"P{skill}.1", right, learner="eva", at=MONDAY + 60.0 * number)
        profile = step([Turn(free, DEFAULT_PLAN, event, event.at)], curriculum())[0].profile
    return profile


def why(profile: Profile, hard: int = 13, closed: tuple[int, ...] = ()) -> Causes:
    model = MODELS[DEFAULT_PLAN.model]
    belief = model.belief(profile.state, curriculum(), LATER)
    situation = Situation(profile, DEFAULT_PLAN, curriculum(), model, belief, 1, LATER)
    allowed = allowed_skills(situation)
    allowed[list(closed)] = 0
    return causes_of(situation, hard, signs(situation), allowed)


@pytest.mark.parametrize("missing", [9, 12])
def test_of_two_direct_prerequisites_it_is_the_one_that_fails(missing: int) -> None:
    """S13 builds on S9 and S12."""
    other = 21 - missing
    profile = after((5, "111"), (8, "111"), (other, "1111"), (missing, "010"), (13, "000"))
    found = why(profile)
    assert found.likeliest == missing
    assert found.missing > 0.5
    assert found.behind[missing] > 3.0 * found.behind[other]


def test_a_skill_further_back_can_be_the_cause() -> None:
    """S13 builds on S9, S9 on S5: what is one step back looks no better than what it builds on."""
    profile = after((12, "1111"), (8, "1111"), (5, "000"), (13, "000"))
    assert why(profile).likeliest == 5


def test_where_all_that_it_builds_on_is_there_the_skill_itself_is_not_learnt_yet() -> None:
    profile = after((9, "1111111"), (12, "1111111"), (13, "000"))
    assert why(profile).missing < 0.5


def test_failing_longer_speaks_for_a_cause_and_solving_what_builds_on_it_against_it() -> None:
    """S12 and S13 build on S8, through S9."""
    known = ((9, "11"), (12, "11"))
    chances = [why(after(*known, (13, "0" * misses))).missing for misses in (2, 4, 8)]
    assert chances == sorted(chances)
    alone, solved, both = (why(after(*more, (13, "000"))).behind[8] for more in ((), ((12, "11"),), ((12, "000"),)))
    assert solved < alone
    assert solved < both


def test_what_was_just_shown_is_doubted_less() -> None:
    sound = ((5, "111"), (8, "111"), (9, "00"), (13, "000"))
    before, shown = after(*sound), after(*sound, (9, "11"))
    assert why(shown).behind[9] < 0.5 * why(before).behind[9]


def test_a_closed_skill_is_not_gone_back_to_but_what_is_behind_it_can_be() -> None:
    profile = after((12, "1111"), (9, "000"), (13, "000"))
    found = why(profile, closed=(9,))
    assert found.behind[9] == 0.0
    assert found.likeliest in (5, 8)


def test_a_misconception_speaks_for_the_skill_that_it_belongs_to() -> None:
    profile = after((13, "000"))
    odds = [
        why(replace(profile, suspects=(Suspect("own:Adds both", p, "S12", "P12.1.0", LATER - 60.0),) if p else ()))
        for p in (0.0, 0.4, 0.9)
    ]
    assert odds[0].behind[12] < odds[1].behind[12] < odds[2].behind[12]
    assert odds[2].likeliest == 12
    itself = why(replace(profile, suspects=(Suspect("own:Adds both", 0.9, "S13", "P13.1.0", LATER - 60.0),)))
    assert itself.missing < odds[0].missing


@given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from(["0", "1", "00", "11", "011"])), max_size=8))
def test_probabilities_are_whole_and_only_what_a_skill_builds_on_can_be_its_cause(
    practised: list[tuple[int, str]],
) -> None:
    profile = after(*practised)
    few, many = (why(after(*practised, (13, "0" * misses))) for misses in (2, 5))
    for found in (few, many, why(profile)):
        assert 0.0 <= found.missing <= 1.0
        assert float(found.behind.sum()) == pytest.approx(found.missing)
        assert set(np.flatnonzero(found.behind).tolist()) <= {0, 1, 4, 5, 8, 9, 12}


def test_a_skill_without_problems_is_passed_through() -> None:
    c = compile_curriculum(shipped_graph(), generated_activities())
    at, of = practised_before(c)
    has = np.diff(c.skill_activities_at) > 0
    assert has[of].all()
    through = c.skill_number["5.NF.B.7"]  # builds on 4.NF.B.4, of which there are no problems
    assert c.skill_number["4.NF.B.4"] not in of[at[through] : at[through + 1]].tolist()
