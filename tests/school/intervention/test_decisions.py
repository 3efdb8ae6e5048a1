"""Who decided what about a tier, and what that does: proposals, refusals that rest, practice that follows and stops."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headway.core.intervention.plans import BadPlan, Dose, GoalLine
from headway.core.intervention.rules import rules_from_json
from headway.core.intervention.tiers import WEEK
from headway.school.intervention.actions import decide_tier, end_plan, start_group, start_plan
from headway.school.intervention.entries import NO_SCHOOL, BadEntry, log_session, new_form, score_probe
from headway.school.intervention.evidence import effects_here, outlook
from headway.school.intervention.models import SupportGroup
from headway.school.intervention.queries import decided_of, tiers_of
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast

DAY = 86_400.0
RULES = rules_from_json(
    {
        "name": "Ten",
        "rules": [
            {
                "id": "down",
                "title": "Ten right",
                "from": [2],
                "to": 1,
                "when": {"measure": "probe", "value": "score", "compare": "at-least", "cut": 10},
            }
        ],
    }
)


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


@pytest.fixture
def district(cast: Cast) -> Iterator[None]:
    """Each test works for the district and leaves nothing behind."""
    with in_district(cast.district.id) as unit:
        yield
        unit.roll_back()


def group_of(cast: Cast, **changes: object) -> SupportGroup:
    fields: dict[str, object] = {
        "school": cast.school, "adult": cast["Ines"], "name": "Red", "kind": "tutoring", "tier": 2,
        "dose": Dose(30, (0, 1, 2, 3, 4, 5, 6)), "measure": "computation-signed", "skills": ["6.EE.B.7"], "now": NOON,
    }  # fmt: skip
    return start_group(**{**fields, **changes})  # type: ignore[arg-type]  # keyword by keyword it is checked above


def line(cast: Cast, after: int = 0, goal: float = 12.0) -> GoalLine:
    today = day_of(cast.district.id, NOON)
    return GoalLine(today + after, 6.0, today + after + 70, goal)


def test_a_proposal_is_accepted_edited_or_refused_by_name(cast: Cast, district: None) -> None:
    ana, ines = cast["Ana"], cast["Ines"]
    decide_tier(learner=ana, by=ines, to_tier=2, reason="Asked for", now=NOON)
    plan = start_plan(group=group_of(cast), learner=ana, by=ines, why="Signs", goal=line(cast), now=NOON)
    form = new_form(plan=plan, by=ines, now=NOON + DAY, seed=1)
    score_probe(form=form, right=range(11), tried=12, by=ines, now=NOON + DAY)
    (proposal,) = outlook(ana.district_id, [ana.id], NOON + 2 * DAY, book=RULES).proposals
    with pytest.raises(BadEntry, match="why you decide otherwise"):
        decide_tier(learner=ana, by=ines, to_tier=2, reason=" ", now=NOON + 2 * DAY, proposal=proposal)
    decide_tier(learner=ana, by=ines, to_tier=2, reason="One good day", now=NOON + 2 * DAY, proposal=proposal)
    assert outlook(ana.district_id, [ana.id], NOON + 3 * DAY, book=RULES).proposals == ()
    (again,) = outlook(ana.district_id, [ana.id], NOON + 4 * WEEK, book=RULES).proposals
    decide_tier(learner=ana, by=ines, to_tier=3, reason="Other reasons", now=NOON + 4 * WEEK, proposal=again)
    kinds = [(each.kind, each.from_tier, each.to_tier, each.by) for each in decided_of(ana.id)]
    assert kinds == [("edit", 2, 3, ines.name), ("refuse", 2, 2, ines.name), ("own", 1, 2, ines.name)]
    assert tiers_of([ana.id, cast["Ben"].id])[ana.id].tier == 3
    assert str(decided_of(ana.id)[0].proposed) == str(again.reason)


def test_practice_follows_a_plan_from_its_first_day_to_its_end(cast: Cast, district: None) -> None:
    ben, ines = cast["Ben"], cast["Ines"]
    plan = start_plan(group=group_of(cast), learner=ben, by=ines, why="Signs", goal=line(cast, after=7), now=NOON)
    assert plans_of([ben.id], NOON, 0.0)[ben.id].pin_skills == ()
    then = plans_of([ben.id], NOON + 8 * DAY, 0.0)[ben.id]
    assert (then.pin_skills, then.target_success) == (("6.EE.B.7",), 0.85)
    end_plan(plan=plan, by=ines, why="Moved away", now=NOON + 9 * DAY)
    assert plans_of([ben.id], NOON + 10 * DAY, 0.0)[ben.id].pin_skills == ()
    with pytest.raises(BadEntry, match="ended already"):
        end_plan(plan=plan, by=ines, why="Again", now=NOON + 9 * DAY)


def test_what_cannot_be_meant_is_refused(cast: Cast, district: None) -> None:
    group, ines = group_of(cast), cast["Ines"]
    for name in ("Ana", "Ben", "Chi"):
        start_plan(group=group, learner=cast[name], by=ines, why="Signs", goal=line(cast), now=NOON)
    with pytest.raises(BadEntry, match="at most 3 learners"):
        start_plan(group=group, learner=cast["Dev"], by=ines, why="Signs", goal=line(cast), now=NOON)
    with pytest.raises(BadEntry, match="in this group already"):
        start_plan(group=group, learner=cast["Ana"], by=ines, why="Signs", goal=line(cast), now=NOON)
    with pytest.raises(BadPlan, match="20 problems"):
        start_plan(group=group_of(cast), learner=cast["Dev"], by=ines, why="Signs", goal=line(cast, goal=21), now=NOON)
    for changes in ({"kind": "magic"}, {"tier": 1}, {"name": ""}, {"skills": ["nonsense"]}, {"measure": "height"}):
        with pytest.raises(BadEntry):
            group_of(cast, **changes)
    with pytest.raises(BadEntry, match="up to today"):
        log_session(group=group, day=day_of(group.district_id, NOON) + 1, held=True, by=ines, now=NOON)


def test_a_day_without_school_is_not_a_missed_session(cast: Cast, district: None) -> None:
    from headway.school.intervention.cases import circle_of

    group, ines = group_of(cast), cast["Ines"]
    start_plan(group=group, learner=cast["Ana"], by=ines, why="Signs", goal=line(cast), now=NOON)
    today = day_of(group.district_id, NOON)
    later = NOON + 10 * DAY
    for n in range(10):
        log_session(group=group, day=today + n, held=n != 4, by=ines, now=later, why_not=NO_SCHOOL if n == 4 else "")
    given = circle_of(group, today + 10).cases[0].given
    assert (given.planned, given.held, given.unlogged) == (9, 9, 0)
    log_session(group=group, day=today + 4, held=False, by=ines, now=later)
    assert circle_of(group, today + 10).cases[0].given.planned == 10


def test_effects_are_counted_over_everybody_who_had_it(cast: Cast, district: None) -> None:
    group, ines = group_of(cast), cast["Ines"]
    for place, name in enumerate(("Ana", "Ben")):
        plan = start_plan(group=group, learner=cast[name], by=ines, why="Signs", goal=line(cast, after=20), now=NOON)
        for week, right in enumerate((5, 6, 5, 9, 9 + place, 10, 11)):
            at = NOON + (1 + 7 * week) * DAY
            score_probe(
                form=new_form(plan=plan, by=ines, now=at, seed=week), right=range(right), tried=15, by=ines, now=at
            )
    found = effects_here()["tutoring"]
    assert (found.learners, found.counted) == (2, 2)
    assert found.pooled is not None and found.pooled.effect > 0
