"""A school's way of working as data, the day that follows from it, and the people and places of a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.environment.instruction.carrying import plan_before
from headway.core.environment.instruction.dealing import deal
from headway.core.environment.instruction.drawing import draw_ties
from headway.core.environment.instruction.fair import Fair, solve_fairly
from headway.core.environment.instruction.model import Crew, Modality, Space
from headway.core.environment.instruction.ready import ready_for
from headway.core.environment.instruction.sessions import SPARE, Arranged, Carried, arrange_sessions
from headway.core.environment.instruction.sound import faults
from headway.core.environment.instruction.today import OWED_DAYS, Ready, Sitter, outlook
from headway.core.environment.schedule.again import Again, solve_again
from headway.core.environment.schedule.checking import check
from headway.core.environment.schedule.rules import Absent, Apart, Most, Rule
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.core.profile.profile import new_profile
from headway.standards.graph import shipped_graph
from headway.standards.instruction import shipped_models

STATIONS = shipped_models()["station-rotation"]


def class_of(learners: int, seed: int = 1) -> list[Sitter]:
    """Learners who are ready for four of eight skills each."""
    rng = np.random.default_rng(seed)
    skills = [rng.choice(8, 4, replace=False) for _ in range(learners)]
    return [Sitter(tuple(Ready(int(s), float(rng.gamma(2.0, 0.02)), 0.1) for s in own)) for own in skills]


def planned(sitters: list[Sitter], rules: tuple[Rule, ...] = (), model: object = STATIONS) -> Arranged:
    assert isinstance(model, type(STATIONS))
    layout = outlook(model, sitters)
    found = solve(layout.day, (*layout.rules, *rules))
    assert isinstance(found, Schedule)
    assert check(layout.day, found.plan, (*layout.rules, *rules)).broken == ()
    return arrange_sessions(model, layout, found.plan)


@pytest.mark.timeout(300)  # the first plan of a machine compiles
def test_everybody_has_one_place_in_every_block_and_groups_keep_their_sizes() -> None:
    sitters = class_of(24)
    arranged = planned(sitters)
    assert arranged.clashes == ()
    for block in range(3):
        seats = Counter(s.learner for each in arranged.sessions if each.block == block for s in each.seats)
        assert seats == Counter(range(24))
    ways = {each.id: each for each in STATIONS.modalities}
    for each in arranged.sessions:
        if each.modality != SPARE and not ways[each.modality].device:
            assert ways[each.modality].smallest <= len(each.seats) <= ways[each.modality].largest
            assert {seat.skill for seat in each.seats} == {each.skill}
            assert each.space == "Classroom"
        assert bool(each.adult) == (each.modality == "teacher")
        assert all(
            seat.skill in {r.skill for r in sitters[seat.learner].ready} for seat in each.seats if seat.skill >= 0
        )
    with_teacher = Counter(s.learner for each in arranged.sessions if each.modality == "teacher" for s in each.seats)
    assert max(with_teacher.values()) == 1  # the model's own limit


@pytest.mark.timeout(300)
def test_who_was_long_without_an_adult_comes_before_others_with_the_same_gain() -> None:
    same = tuple(Ready(skill, 0.04, 0.1) for skill in range(4))
    sitters = [Sitter(same, OWED_DAYS if learner >= 6 else 0) for learner in range(12)]
    model = replace(STATIONS, blocks=STATIONS.blocks[:1])
    arranged = planned(sitters, model=model)
    chosen = {seat.learner for each in arranged.sessions if each.modality == "teacher" for seat in each.seats}
    assert {6, 7, 8, 9, 10, 11} <= chosen


@pytest.mark.timeout(300)
def test_two_who_are_kept_apart_share_no_group_and_an_absent_teacher_runs_none() -> None:
    sitters = class_of(16, seed=3)
    free = planned(sitters)
    group = next(each for each in free.sessions if each.modality == "teacher")
    one, other = group.seats[0].learner, group.seats[1].learner
    kept = planned(sitters, (Apart(one, other),))
    for each in kept.sessions:
        if each.skill >= 0:
            assert not {one, other} <= {seat.learner for seat in each.seats}
    away = {block.id: frozenset(["Teacher"]) for block in STATIONS.blocks}
    layout = outlook(STATIONS, sitters, away)
    found = solve(layout.day, layout.rules)
    assert isinstance(found, Schedule)
    assert all(each.modality != "teacher" for each in arrange_sessions(STATIONS, layout, found.plan, away).sessions)


@pytest.mark.timeout(300)
def test_a_group_without_a_space_is_named_and_nobody_gets_a_space_twice() -> None:
    narrow = replace(STATIONS, spaces=(Space("room", "Classroom", 36, 1),))
    arranged = planned(class_of(24), model=narrow)
    assert arranged.clashes == ()  # one zone, so one group a block
    for block in range(3):
        assert len([each for each in arranged.sessions if each.block == block and each.skill >= 0]) == 1
    arranged = planned(class_of(24), model=replace(STATIONS, spaces=(Space("room", "Classroom", 1, 6),)))
    assert not any(each.space for each in arranged.sessions if each.skill >= 0)
    assert "no space is free" in str(arranged.clashes[0])


@pytest.mark.timeout(300)
def test_minutes_that_are_owed_and_strangers_count_for_more() -> None:
    same = tuple(Ready(skill, 0.04, 0.1) for skill in range(4))
    model = replace(STATIONS, blocks=STATIONS.blocks[:1])
    arranged = planned([Sitter(same, owed=60.0 if learner >= 6 else 0.0) for learner in range(12)], model=model)
    chosen = {seat.learner for each in arranged.sessions if each.modality == "teacher" for seat in each.seats}
    assert {6, 7, 8, 9, 10, 11} <= chosen
    friends = outlook(model, [Sitter(same, company=dict.fromkeys(range(12), 1.0))] + [Sitter(same)] * 11)
    groups = friends.day.kind >= 0
    assert ((friends.day.gain < friends.rates)[groups] == (friends.day.learner == 0)[groups]).all()
    spent = [Sitter(same, spent={"teacher": 2}), Sitter(same)]
    weekly = tuple(replace(each, most_week=2) if each.id == "teacher" else each for each in STATIONS.modalities)
    rules = outlook(replace(STATIONS, modalities=weekly), spent * 3).rules
    limits = {(rule.learner, rule.modality): rule.seats for rule in rules if isinstance(rule, Most)}
    assert limits[0, "teacher"] == 0
    assert limits[1, "teacher"] == 1


@pytest.mark.timeout(300)
def test_coins_fall_both_ways_and_keep_every_rule() -> None:
    layout = outlook(STATIONS, [Sitter(tuple(Ready(skill, 0.04, 0.1) for skill in range(6)))] * 18)
    found = solve(layout.day, (*layout.rules, Apart(0, 1)))
    assert isinstance(found, Schedule)
    rules = (*layout.rules, Apart(0, 1))
    seen = set()
    for seed in range(8):
        drawn = draw_ties(layout.day, found.plan, rules, np.random.default_rng(seed))
        assert check(layout.day, drawn.plan, rules).broken == ()
        assert drawn.other
        for (block, learner), other in drawn.other.items():
            assert layout.day.learner[other] == learner not in {0, 1}
            assert other != drawn.plan.seats[block, learner]
            seen.add(bool(drawn.plan.seats[block, learner] == found.plan.seats[block, learner]))
        assert len({learner for _, learner in drawn.other}) == len(drawn.other)
        drawn_value = layout.day.gain[drawn.plan.seats[drawn.plan.seats >= 0]].sum()
        assert drawn_value >= 0.99 * found.value
    assert seen == {True, False}
    unequal = outlook(STATIONS, class_of(6, seed=9))
    plan = solve(unequal.day, unequal.rules)
    assert isinstance(plan, Schedule)
    drawn = draw_ties(unequal.day, plan.plan, unequal.rules, np.random.default_rng(1))
    gains = unequal.day.gain
    assert gains[drawn.plan.seats[drawn.plan.seats >= 0]].sum() >= 0.98 * plan.value


@pytest.mark.timeout(300)
def test_a_floor_lifts_those_who_gain_least() -> None:
    rng = np.random.default_rng(5)
    scale = [0.2 if learner < 3 else 1.0 for learner in range(16)]
    sitters = [
        Sitter(tuple(Ready(int(s), float(k * rng.gamma(2.0, 0.02)), 0.1) for s in rng.choice(8, 4, replace=False)))
        for k in scale
    ]
    layout = outlook(replace(STATIONS, devices=3), sitters)
    free, fair = solve_fairly(layout, layout.rules, 0.0), solve_fairly(layout, layout.rules, 1.0)
    assert isinstance(free, Fair)
    assert isinstance(fair, Fair)
    assert fair.fifth >= free.fifth
    assert fair.fifth > 0.0
    assert fair.schedule.value <= fair.schedule.bound + 1e-9
    assert check(layout.day, fair.schedule.plan, layout.rules).broken == ()


@pytest.mark.timeout(300)
def test_sessions_read_back_are_the_plan_and_a_repair_keeps_people_and_places() -> None:
    model = replace(STATIONS, crews=(Crew("teacher", "Teacher", ("Ms. A", "Mr. B")),))
    layout = outlook(model, class_of(30))
    found = solve(layout.day, layout.rules)
    assert isinstance(found, Schedule)
    arranged = arrange_sessions(model, layout, found.plan)
    read = plan_before(model, layout, arranged.sessions)
    seated = layout.day.kind[found.plan.seats] != -2
    assert (read.seats[seated] == found.plan.seats[seated]).all()
    assert read.sessions.sum() == found.plan.sessions.sum()
    again = solve_again(layout.day, (*layout.rules, Absent(3)), read)
    assert isinstance(again, Again)
    kept = arrange_sessions(model, layout, again.plan, carried=Carried(before=arranged.sessions))
    where = [
        {
            (each.block, seat.learner): (each.modality, each.skill, each.adult, each.space)
            for each in plan.sessions
            for seat in each.seats
        }
        for plan in (arranged, kept)
    ]
    moved = {learner for (block, learner), at in where[0].items() if where[1][block, learner] != at}
    assert moved <= {3, *again.moved}


def test_pairs_are_dealt_into_one_part() -> None:
    assert deal([1, 2, 3, 4, 5], 2) == [[1, 3, 5], [2, 4]]
    assert deal([1, 2, 3, 4], 2, pairs=[(1, 2)]) in ([[1, 2], [4, 3]], [[1, 2], [3, 4]])
    assert deal([1, 2, 3, 4], 2, before=[frozenset({1, 4}), frozenset({2})])[0] == [1, 4]
    assert [len(part) for part in deal([1, 2, 3, 4], 2, before=[frozenset({1, 2, 3, 4})], largest=3)] in (
        [3, 1],
        [2, 2],
    )


@pytest.mark.parametrize("name", ["gaussian-1", "gaussian-2"])  # Elo has no learning in it
def test_a_skill_that_was_never_practised_promises_something(name: str) -> None:
    curriculum, model = compile_curriculum(shipped_graph(), generated_activities()), MODELS[name]
    profile, plan = new_profile("new", grade="6", model=name), replace(DEFAULT_PLAN, model=name)
    now = 1_790_000_000.0
    found = ready_for(Situation(profile, plan, curriculum, model, model.belief(profile.state, curriculum, now), 0, now))
    assert len(found) == 8
    assert sum(each.rate > 0.0 for each in found) >= 4
    assert list(found) == sorted(found, key=lambda each: -each.rate)


def test_a_learner_without_anything_ready_and_an_empty_class_are_days_too() -> None:
    layout = outlook(STATIONS, [Sitter(()), Sitter(())])
    assert layout.day.kind.tolist() == [-2, -2]
    assert outlook(STATIONS, []).day.learners == 0


@pytest.mark.parametrize("key", sorted(shipped_models()))
def test_every_shipped_model_is_sound_and_has_a_day(key: str) -> None:
    model = shipped_models()[key]
    assert faults(model) == ()
    layout = outlook(model, class_of(30))
    assert layout.day.blocks == len(model.planned())
    assert len(layout.kinds) > 0


def test_faults_name_what_is_wrong() -> None:
    def said(**changes: object) -> str:
        return " ".join(str(each) for each in faults(replace(STATIONS, **changes)))  # type: ignore[arg-type]

    blocks = STATIONS.blocks
    assert "overlap" in said(blocks=(blocks[0], replace(blocks[1], begin=blocks[0].begin + 5)))
    assert "1 to 12 blocks" in said(blocks=())
    assert "no modality here" in said(blocks=(replace(blocks[0], all="dance"),))
    assert "Nobody runs “Circle”" in said(modalities=(Modality("circle", "Circle"),))
    assert "run by a crew that is not in the list" in said(modalities=(Modality("c", "Circle", run_by=("nobody",)),))
    assert "stands twice" in said(crews=(Crew("a", "A", ("x",)), Crew("a", "B", ("y",))))
    assert "0 or more" in said(devices=-1)
