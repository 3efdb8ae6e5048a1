"""Learners who come to a running pilot: an arm by chance at their first moment, and who of them counts."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from headway.core.evidence.pilots.arms import Arm, Wish
from headway.school.evidence.pilots.actions import end, save_draft, start
from headway.school.evidence.pilots.looks import look
from headway.school.evidence.pilots.newcomers import join, seat_newcomers, strayed
from headway.school.evidence.pilots.outcomes import Outcome
from headway.school.evidence.queries import replay_district
from headway.school.models import Decision, Enrolment, Person, Pilot, PilotPlan, PilotSeat, PilotWeek, PlanRow
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.school.evidence.trial import DAY, NEW, START, USUAL, Trial, make_trial, practise

WEEK = 7 * DAY
EASY = Arm("Easier", (Wish("target-success", "0.85"),))
THREE = (USUAL, NEW, EASY)


@pytest.fixture
def trial(database: str) -> Trial:
    """90 learners in three classes of one school; those of the last 30 people are enrolled when a test lets them come."""
    made = make_trial(learners=120, classes=4, sites=1, seed=5)
    with in_district(made.district):
        Enrolment.objects.filter(person__in=made.people[90:]).delete()
    practise(made, START - 28 * DAY, START, each=10, rng=np.random.default_rng(1))
    return made


def begun(trial: Trial, now: float, **other: object) -> tuple[Pilot, PilotPlan]:
    with in_district(trial.district):
        draft = trial.draft(**{"subgroups": (), "sections": tuple(s.id for s in trial.sections[:3]), **other})
        row = save_draft(by=trial.leader, draft=draft, now=now)
        return row, start(pilot=row.id, by=trial.leader, now=now, reason="Small, but a beginning.")


def come(trial: Trial, people: list[Person], section: int = 0) -> None:
    """Enrol people, as a roster does."""
    Enrolment.objects.bulk_create(
        Enrolment(district_id=trial.district, section=trial.sections[section], person=each, role="student")
        for each in people
    )


def over(trial: Trial, row: Pilot, now: float) -> None:
    end(pilot=row.id, by=trial.leader, now=now, reason="The test is over.")
    Enrolment.objects.filter(person__in=trial.people[90:]).delete()


def test_fixed_shares_go_on_in_blocks_and_count_after_half_the_pilot(trial: Trial) -> None:
    row, frozen = begun(trial, START, weeks=4)
    with in_district(trial.district):
        assert seat_newcomers(district=trial.district, now=START + DAY) == 0
        come(trial, trial.people[90:99], 0)
        come(trial, trial.people[97:103], 1)
        assert seat_newcomers(district=trial.district, now=START + DAY) == 13
        assert seat_newcomers(district=trial.district, now=START + DAY) == 0, "who has an arm keeps it"
        come(trial, trial.people[103:106], 1)
        assert not join(trial.people[110], START + 20 * DAY), "in no class of the pilot"
        assert join(trial.people[103], START + 20 * DAY)
        assert seat_newcomers(district=trial.district, now=START + 20 * DAY) == 2
        seats = list(PilotSeat.objects.filter(pilot=row).order_by("id"))
        late = [seat for seat in seats if seat.week]
        by_class = {key: Counter(s.arm for s in late if s.section == key) for key in {s.section for s in late}}
        assert all(abs(found[USUAL.name] - found[NEW.name]) <= 1 for found in by_class.values()), by_class
        assert Counter(seat.week for seat in late) == {1: 13, 3: 3}
        assert {seat.chance for seat in seats} == {0.5}
        rows = {r.learner_id: r for r in PlanRow.objects.filter(source="arm", learner__in=trial.people[90:], ends=None)}
        assert set(rows) == {seat.learner_id for seat in late if seat.arm == NEW.name}
        assert all(rows[s.learner_id].starts == s.since for s in late if s.arm == NEW.name)
        assert strayed(row, frozen, seats) == 0
        late[0].arm = NEW.name if late[0].arm == USUAL.name else USUAL.name
        assert strayed(row, frozen, [*seats[:90], *late]) == 1, "another arm than chance gave"
    practise(trial, frozen.ends - 12 * DAY, frozen.ends, each=10, rng=np.random.default_rng(2))
    with in_district(trial.district):
        body = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0).body
        assert body["newcomers"] == {"came": 16, "counted": 13}
        assert (body["learners"], body["plan"]["allocation"], body["plan"]["changes"]) == (103, "kept", [])
        over(trial, row, frozen.ends + 2.0)
        assert not PlanRow.objects.filter(source="arm", ends=None).exists()


def test_what_works_gets_more_of_who_comes_later(trial: Trial) -> None:
    now = START + 100 * DAY
    with in_district(trial.district):
        for wrong, why in (
            ({"arms": (USUAL, NEW)}, "third group"),
            ({"arms": THREE, "unit": "class"}, "learner by learner"),
            ({"arms": THREE, "subgroups": ("grade",)}, "no groups are compared"),
            ({"arms": THREE, "early": Outcome("measure", name="None such")}, "Choose a test"),
        ):
            with pytest.raises(Malformed, match=why):
                save_draft(by=trial.leader, draft=trial.draft(adaptive=True, **{"subgroups": (), **wrong}), now=now)
    row, frozen = begun(trial, now, arms=THREE, adaptive=True, weeks=6)
    with in_district(trial.district):
        come(trial, trial.people[90:96])
        assert seat_newcomers(district=trial.district, now=now + DAY) == 6
        first = PilotWeek.objects.get(pilot=row)
        assert (first.found, set(first.shares.values())) == ({}, {1 / 3}), "nothing is known yet"
        shift = dict.fromkeys(
            PilotSeat.objects.filter(pilot=row, arm=EASY.name).values_list("learner_id", flat=True), 1.5
        )
    practise(trial, frozen.starts, now + 20 * DAY, each=15, rng=np.random.default_rng(3), shift=shift)
    with in_district(trial.district):
        come(trial, trial.people[96:120], 2)
        assert seat_newcomers(district=trial.district, now=now + 21 * DAY) == 24
        first, week = PilotWeek.objects.filter(pilot=row).order_by("number")
        assert week.shares[EASY.name] > 0.6
        assert min(week.shares.values()) >= 0.1
        assert sum(week.shares.values()) == pytest.approx(1.0)
        seats = list(PilotSeat.objects.filter(pilot=row).order_by("id"))
        assert all(seat.chance == week.shares[seat.arm] for seat in seats if seat.week == week.number)
        assert strayed(row, frozen, seats) == 0
        shift |= {seat.learner_id: 1.5 for seat in seats if seat.arm == EASY.name}
    practise(trial, frozen.ends - 14 * DAY, frozen.ends, each=15, rng=np.random.default_rng(4), shift=shift)
    with in_district(trial.district):
        seen = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0)
        assert seen.body["newcomers"] == {"came": 30, "counted": 30}
        best = next(each for each in seen.body["results"] if each["arm"] == EASY.name)
        assert best["significant"] and best["low"] < 1.5 < best["high"]
        assert best["randomisation"] is None
        assert best["usage"]["fidelity"] == 0.0, "nobody practised through the loop"
        assert "gave later ones more often what had helped" in best["verdict"]
        assert len(best["verdict"].split()) <= 120
        assert seen.body["plan"]["changes"] == []
        over(trial, row, frozen.ends + 2.0)


def test_newcomers_of_a_class_follow_it_and_are_not_counted(trial: Trial) -> None:
    now = START + 200 * DAY
    row, frozen = begun(trial, now, unit="class", weeks=2, sections=tuple(s.id for s in trial.sections))
    with in_district(trial.district):
        come(trial, trial.people[90:92], 0)
        come(trial, trial.people[92:95], 3)
        assert seat_newcomers(district=trial.district, now=now + DAY) == 5
        arm = dict(PilotSeat.objects.filter(pilot=row).values_list("learner_id", "arm"))
        own = {seat.section: seat.arm for seat in PilotSeat.objects.filter(pilot=row, week=0)}
        assert {arm[each.id] for each in trial.people[90:92]} == {own[trial.sections[0].id]}
        assert len({arm[each.id] for each in trial.people[92:95]}) == 1, "an empty class is dealt one arm"
        assert set(PilotSeat.objects.filter(pilot=row, week__gt=0).values_list("chance", flat=True)) == {None}
    practise(trial, frozen.starts, frozen.ends, each=8, rng=np.random.default_rng(5))
    with in_district(trial.district):
        with pytest.raises(Malformed, match="one class"):
            look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0)
        over(trial, row, frozen.ends + 2.0)


def test_a_newcomers_first_problem_is_chosen_under_the_arm_and_replay_agrees(database: str) -> None:
    small, now = make_trial(learners=24, classes=1, sites=1, seed=9), time.time()
    newcomers = small.people[20:]
    with in_district(small.district):
        Enrolment.objects.filter(person__in=newcomers).delete()
        row = save_draft(by=small.leader, draft=small.draft(subgroups=()), now=now - DAY)
        start(pilot=row.id, by=small.leader, now=now - DAY, reason="A small one.")
        come(small, newcomers)
    for each in newcomers:
        page = signed_in(each).get("/practice", follow=True)
        assert (page.status_code, len(page.redirect_chain)) == (200, 1)
    with in_district(small.district):
        since = dict(PilotSeat.objects.filter(pilot=row, week=1).values_list("learner_id", "since"))
        assert set(since) == {each.id for each in newcomers}
        made = list(Decision.objects.all())
        assert {each.learner_id for each in made} == set(since)
        assert all((since[each.learner_id] or each.at + 1.0) <= each.at for each in made)
    assert replay_district(small.district).identical
