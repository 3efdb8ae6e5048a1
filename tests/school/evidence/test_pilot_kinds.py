"""Pilots beyond learners and ability, to the verdict: classes, schools, ways of working, skills reached, attendance."""

from __future__ import annotations

import uuid

import numpy as np
import pytest
from django.db.models import F

from headway.core.evidence.pilots.arms import Arm, Wish
from headway.school.environment.days.queries import model_in_force
from headway.school.evidence.pilots.actions import end, save_draft, start
from headway.school.evidence.pilots.exposure import exposures
from headway.school.evidence.pilots.looks import look
from headway.school.evidence.pilots.outcomes import Outcome, has_it, measured
from headway.school.evidence.pilots.queries import running_of
from headway.school.models import (
    Attendance,
    DayPlan,
    Enrolment,
    MasteryEntry,
    Measure,
    Pilot,
    PilotPlan,
    PilotSeat,
    PlanRow,
    Role,
    ScreeningSitting,
    ScreeningWindow,
)
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from tests.school.evidence.trial import DAY, START, USUAL, Trial, items_of, make_trial, practise

WAY = Arm("Stations", (), "daily-rotation")


@pytest.fixture
def trial(database: str) -> Trial:
    """Twelve classes of ten in four schools; two learners sit in two classes."""
    made = make_trial(learners=120, classes=12, seed=21, sites=4)
    with in_district(made.district):
        Enrolment.objects.bulk_create(
            Enrolment(district_id=made.district, section=made.sections[other], person=made.people[n], role="student")
            for n, other in ((0, 1), (119, 10))
        )
    practise(made, START - 28 * DAY, START, each=8, rng=np.random.default_rng(1))
    return made


def begun(trial: Trial, now: float, **other: object) -> tuple[Pilot, PilotPlan, list[PilotSeat]]:
    with in_district(trial.district):
        row = save_draft(by=trial.leader, draft=trial.draft(subgroups=(), **other), now=now)
        frozen = start(pilot=row.id, by=trial.leader, now=now, reason="Small, but a beginning.")
        return row, frozen, list(PilotSeat.objects.filter(pilot=row).order_by("id"))


def test_a_way_of_working_by_class_is_judged_by_the_skills_that_are_reached(trial: Trial) -> None:
    row, frozen, seats = begun(
        trial, START, unit="class", arms=(USUAL, WAY), outcome=Outcome("mastered", "mathematics"), weeks=4
    )
    arm_of = {seat.section: seat.arm for seat in seats}
    joined = {seat.learner_id: seat.arm for seat in seats}
    sections = trial.sections
    assert arm_of[sections[0].id] == arm_of[sections[1].id], "somebody is in both"
    assert arm_of[sections[10].id] == arm_of[sections[11].id]
    assert joined[trial.people[0].id] == arm_of[sections[0].id]
    practise(trial, frozen.starts, frozen.ends, each=4, rng=np.random.default_rng(2))
    skills = sorted({skill for _item, _hard, skill in items_of(trial)})
    rng = np.random.default_rng(3)
    with in_district(trial.district):
        treated = [section for section in sections if arm_of[section.id] == WAY.name]
        ways = [model_in_force(section.id) for section in treated]
        assert {way.id for way in ways if way is not None} == {"daily-rotation"}
        assert not PlanRow.objects.filter(source="arm").exists(), "a way of working is no wish of a learner"
        MasteryEntry.objects.bulk_create(
            MasteryEntry(
                district_id=trial.district, learner_id=seat.learner_id, skill=skill, kind="reached", response=uuid.uuid4(),
                probability=0.95, threshold=0.9, evidence_count=5, model="gaussian-2", at=frozen.starts + DAY,
            )
            for seat in seats
            for skill in skills[: int(rng.integers(0, 5)) + (3 if seat.arm == WAY.name else 0)]
        )  # fmt: skip
        DayPlan.objects.bulk_create(
            DayPlan(district_id=trial.district, section=section, day=int(frozen.starts // DAY) + n, state="done", by=trial.leader,
                    began_at=START)
            for section in treated
            for n in range(1, 5)
        )  # fmt: skip
        seen = {arm.name: arm for arm in running_of(row, (), now=frozen.ends).arms}
        used = exposures(
            [(seat.learner_id, seat.section, seat.arm) for seat in seats], {arm.name: arm for arm in (USUAL, WAY)},
            starts=frozen.starts, ends=frozen.ends,
        )  # fmt: skip
        assert sum(each.exposed for each in used.values()) == seen[WAY.name].exposed
        assert seen[WAY.name].exposed == seen[WAY.name].assigned
        assert seen[USUAL.name].exposed == 0
        result = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0).body["results"][0]
        assert sum(result["counts"]["units"]) == 12
        assert result["significant"]
        assert "12 classes took part; chance decided by class" in result["verdict"]
        assert result["means"][0] - result["means"][1] == pytest.approx(3.0, abs=0.6)
        end(pilot=row.id, by=trial.leader, now=frozen.ends + 2.0)


def test_support_by_school_is_judged_by_attendance_and_four_schools_are_too_few(trial: Trial) -> None:
    now = START + 60 * DAY
    skill = items_of(trial)[0][2]
    support = Arm("Support", (Wish("pin-skill", skill), Wish("target-success", "0.85")))
    row, frozen, seats = begun(trial, now, unit="school", arms=(USUAL, support), outcome=Outcome("attendance"), weeks=4)
    by_school = {(seat.school, seat.arm) for seat in seats}
    assert len(by_school) == 4, "a school has one arm"
    rng = np.random.default_rng(4)
    first = int(frozen.starts // DAY) + 1
    with in_district(trial.district):
        got = PlanRow.objects.filter(source="arm", starts=frozen.starts).values_list("learner_id", "effect")
        treated = {seat.learner_id for seat in seats if seat.arm == support.name}
        assert set(got) == {(key, effect) for key in treated for effect in ("pin-skill", "target-success")}
        Attendance.objects.bulk_create(
            Attendance(
                district_id=trial.district, section_id=seat.section, learner_id=seat.learner_id, day=first + day,
                state="away" if rng.random() < (0.05 if seat.arm == support.name else 0.3) else "here",
                by=trial.leader, at=frozen.starts + day * DAY,
            )
            for seat in seats
            for day in range(12)
        )  # fmt: skip
        result = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0).body["results"][0]
        assert result["advice"] == "too few units"
        assert (result["p"], result["significant"], result["tier"]) == (None, False, 4)
        assert result["means"][0] > result["means"][1] + 10.0
        assert "too few" in result["verdict"]
        end(pilot=row.id, by=trial.leader, now=frozen.ends + 2.0)
        assert not PlanRow.objects.filter(source="arm", ends=None).exists()


@pytest.mark.parametrize("kind", ["ability", "mastered", "screening", "attendance", "measure"])
def test_who_is_counted_as_measured_is_who_a_look_reads(trial: Trial, kind: str) -> None:
    """On a stretch in which some learners have enough and some have not."""
    begin, end = START - 28 * DAY, START - 14 * DAY
    keys = [each.id for each in trial.people]
    outcome = Outcome(
        kind, "mathematics" if kind in ("ability", "mastered") else "", "Spring test" if kind == "measure" else ""
    )
    with in_district(trial.district) as unit:
        some(trial, keys, end - DAY)
        seen = set(Role.objects.annotate(learner_id=F("person_id")).filter(
            has_it(outcome, district=trial.district, begin=begin, end=end), person_id__in=keys
        ).values_list("person_id", flat=True))  # fmt: skip
        read = set(measured(outcome, keys, district=trial.district, begin=begin, end=end))
        unit.roll_back()
    assert seen == read
    assert 0 < len(read) < len(keys) or kind == "mastered"


def some(trial: Trial, keys: list[uuid.UUID], at: float) -> None:
    """Screenings, scores and marks of attendance of some of the learners; too few marks of others."""
    day, who = int(at // DAY), {"district_id": trial.district}
    window = ScreeningWindow.objects.create(
        **who,
        school=trial.sections[0].school,
        season="fall",
        year=2026,
        grades=["6"],
        opened_by=trial.leader,
        opened_at=at,
    )
    for n, key in enumerate(keys[:24]):
        ScreeningSitting.objects.create(
            **who,
            window=window,
            learner_id=key,
            grade="6",
            status="finished",
            finished_at=at,
            score=1.0 if n % 2 else None,
        )
    Measure.objects.bulk_create(
        Measure(**who, learner_id=key, measure="Spring test", day=day, score=1.0, source="file", at=at)
        for key in keys[:9]
    )
    Attendance.objects.bulk_create(
        Attendance(
            **who, section=trial.sections[n // 10], learner_id=key, day=day - back, state="here", by=trial.leader, at=at
        )
        for n, key in enumerate(keys[:20])
        for back in range(11 if n < 12 else 9)
    )


def test_one_school_an_arm_is_never_judged(trial: Trial) -> None:
    now = START + 120 * DAY
    sections = tuple(each.id for each in trial.sections[:6])
    row, frozen, _seats = begun(trial, now, unit="school", sections=sections, weeks=4)
    practise(trial, frozen.starts, frozen.ends, each=8, rng=np.random.default_rng(5))
    with in_district(trial.district), pytest.raises(Malformed, match="one school"):
        look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0)
