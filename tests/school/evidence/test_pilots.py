"""A pilot from its draft to what follows from it, on evidence of known truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.evidence.pilots.arms import Arm, Wish
from headway.core.evidence.pilots.plan import fingerprint
from headway.school.evidence.pilots.actions import change, end, next_cycle, save_draft, start
from headway.school.evidence.pilots.cohort import promise
from headway.school.evidence.pilots.looks import decide, look
from headway.school.evidence.pilots.queries import running_of
from headway.school.models import Decision, Pilot, PilotPlan, PilotSeat, PlanRow
from headway.school.path.actions import wish
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from headway.standards.instruction import shipped_models
from tests.cast import Cast
from tests.school.evidence.trial import DAY, NEW, START, USUAL, Trial, make_trial, practise


@pytest.fixture
def trial(database: str) -> Trial:
    """120 learners in six classes of two schools, with eight weeks of practice before the start."""
    made = make_trial(learners=120, classes=6)
    practise(made, START - 56 * DAY, START, each=24, rng=np.random.default_rng(1))
    return made


def begun(trial: Trial, now: float = START, **other: object) -> tuple[Pilot, PilotPlan]:
    """A pilot that has started."""
    with in_district(trial.district):
        row = save_draft(by=trial.leader, draft=trial.draft(**other), now=now)
        return row, start(pilot=row.id, by=trial.leader, now=now, reason="Small, but a beginning.")


def over(trial: Trial, row: Pilot, now: float) -> None:
    with in_district(trial.district):
        end(pilot=row.id, by=trial.leader, now=now, reason="The test is over.")


def test_from_a_draft_to_what_follows(trial: Trial) -> None:
    row, frozen = begun(trial)
    with in_district(trial.district):
        seats = list(PilotSeat.objects.filter(pilot=row))
        treated = {seat.learner_id: 0.9 for seat in seats if seat.arm == NEW.name}
        assert len(treated) == 60
        assert frozen.sha256 == fingerprint(frozen.plan)
        rows = PlanRow.objects.filter(source="arm")
        assert {(r.learner_id, r.effect, r.value) for r in rows} == {(k, "target-success", "0.7") for k in treated}
        with pytest.raises(Malformed, match="moved on"):
            start(pilot=row.id, by=trial.leader, now=START)
        with pytest.raises(Malformed, match="not due"):
            look(pilot=row.id, by=trial.leader, now=frozen.ends - DAY)
        busy = save_draft(by=trial.leader, draft=trial.draft(question="Another one?"), now=START)
        with pytest.raises(Malformed, match=r"find|few"):
            start(pilot=busy.id, by=trial.leader, now=START)
    practise(trial, frozen.ends - 28 * DAY, frozen.ends, each=24, rng=np.random.default_rng(2), shift=treated)
    with in_district(trial.district):
        seen = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0)
        result = seen.body["results"][0]
        assert result["significant"]
        assert result["g_low"] < 0.9 / result["sd"] < result["g_high"]
        assert len(result["verdict"].split()) <= 120
        assert seen.body["plan"]["allocation"] == "kept"
        with pytest.raises(Malformed, match="taken"):
            look(pilot=row.id, by=trial.leader, now=frozen.ends + 2.0)
        end(pilot=row.id, by=trial.leader, now=frozen.ends + 3.0)
        assert not PlanRow.objects.filter(source="arm", ends=None).exists()
        with pytest.raises(Malformed, match="write down why"):
            decide(pilot=row.id, by=trial.leader, what="scale", reason="", now=frozen.ends + 4.0)
        mark = decide(pilot=row.id, by=trial.leader, what="scale", reason="We are sure.", now=frozen.ends + 4.0)
        assert mark.body["missing"]
        again = next_cycle(pilot=row.id, by=trial.leader, now=frozen.ends + 5.0)
        assert (again.before_id, again.state) == (row.id, "draft")


def test_what_was_frozen_can_be_judged_otherwise_only_as_exploratory(trial: Trial) -> None:
    now = START + 100 * DAY
    row, frozen = begun(trial, now, weeks=1)
    practise(trial, now, frozen.ends, each=8, rng=np.random.default_rng(3))
    with in_district(trial.district):
        with pytest.raises(Malformed, match="cannot be changed"):
            change(pilot=row.id, by=trial.leader, field="unit", value="class", reason="x", now=now)
        change(pilot=row.id, by=trial.leader, field="worth", value=0.1, reason="It costs less.", now=now)
        body = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0).body
        assert "exploratory" in body["results"][0]["verdict"]
        assert body["plan"]["changes"]
    over(trial, row, frozen.ends + 2.0)


def test_each_decision_says_whether_the_arm_was_followed(trial: Trial) -> None:
    now = START + 200 * DAY
    row, frozen = begun(trial, now)
    with in_district(trial.district):
        seats = list(PilotSeat.objects.filter(pilot=row).select_related("learner").order_by("id"))
        treated = [seat.learner for seat in seats if seat.arm == NEW.name][:2]
        control = next(seat.learner for seat in seats if seat.arm == USUAL.name)
    section = trial.sections[0]
    cast = Cast(row.district, section.school, section, section)
    for name, person in zip(("follows", "pinned", "control"), (*treated, control), strict=True):
        cast.people[name] = person
    with in_district(trial.district):
        PlanRow.objects.create(
            district_id=trial.district, learner=treated[1], source="accommodation", effect="target-success", value="0.9",
            starts=now,
        )  # fmt: skip
    for name in cast.people:
        cast.answers(name, "oooo", frozen.starts + 3600.0)
    cast.close()
    with in_district(trial.district):
        made = Decision.objects.filter(learner__in=[*treated, control], at__gte=frozen.starts).count()
        assert made >= 9
        shown = running_of(Pilot.objects.get(id=row.id), (), now=frozen.starts + 7200.0)
        arms = {arm.name: arm for arm in shown.arms}
        assert (arms[NEW.name].exposed, arms[USUAL.name].exposed) == (1, 0)
        assert arms[NEW.name].gave_way > 0
        assert arms[NEW.name].decisions + arms[USUAL.name].decisions == made
    over(trial, row, frozen.starts + 7300.0)


def test_a_pilot_needs_the_right_person_something_new_and_enough_learners(trial: Trial) -> None:
    now = START + 300 * DAY
    with in_district(trial.district):
        with pytest.raises(Malformed, match="that you lead"):
            save_draft(by=trial.principal, draft=trial.draft(), now=now)
        with pytest.raises(Malformed, match="that you lead"):
            save_draft(by=trial.researcher, draft=trial.draft(), now=now)
        own = trial.draft(sections=(trial.sections[0].id,))
        row = save_draft(by=trial.principal, draft=replace(own, unit="class"), now=now)
        with pytest.raises(Malformed, match=r"too few|Every group"):
            start(pilot=row.id, by=trial.principal, now=now, reason="So what.")
        with pytest.raises(Malformed, match="write down why"):
            start(pilot=row.id, by=trial.principal, now=now)
        for arms, why in (
            ((USUAL, Arm("New")), "same"),
            ((NEW, USUAL), "goes on as now"),
            ((USUAL, Arm("New", (Wish("policy", "magic"),))), "no policy"),
            ((USUAL, Arm("New", (Wish("pin-skill", "x"),))), "not taught"),
            ((USUAL, Arm("New", (), sorted(shipped_models())[0])), "deal the arms to classes"),
        ):
            with pytest.raises(Malformed, match=why):
                save_draft(by=trial.leader, draft=trial.draft(arms=arms), now=now)
        same = save_draft(
            by=trial.leader, draft=trial.draft(arms=(USUAL, Arm("New", (Wish("target-success", "0.78"),)))), now=now
        )
        with pytest.raises(Malformed, match="everybody gets already"):
            start(pilot=same.id, by=trial.leader, now=now, reason="So what.")


def test_what_it_can_find_comes_from_the_districts_own_past(trial: Trial) -> None:
    with in_district(trial.district):
        known = promise(trial.draft(), district=trial.district, now=START)
        assert not known.past.assumed
        assert 0.3 < known.past.explained < 0.9
        by_class = promise(trial.draft(unit="class"), district=trial.district, now=START)
        assert known.smallest is not None and by_class.smallest is not None
        assert known.smallest < by_class.smallest
        empty = promise(trial.draft(sections=()), district=trial.district, now=START)
        assert (empty.learners, empty.smallest, empty.past.assumed) == (0, None, True)


def test_a_learners_pin_stands_above_the_arm(trial: Trial) -> None:
    now = START + 400 * DAY
    skill = next(s.id for s in trial.curriculum.skills if s.grade == "6" and s.subject == "mathematics")
    row, frozen = begun(trial, now, arms=(USUAL, Arm("Without", (Wish("block-skill", skill),))))
    with in_district(trial.district):
        seat = PilotSeat.objects.filter(pilot=row, arm="Without").select_related("learner")[0]
        wish(
            learner=seat.learner, by=trial.leader, effect="pin-skill", skill=skill, reason="Agreed.", now=frozen.starts
        )
    section = trial.sections[0]
    cast = Cast(row.district, section.school, section, section, {"pinned": seat.learner})
    cast.begin("pinned", frozen.starts + 60.0)
    cast.close()
    with in_district(trial.district):
        made = Decision.objects.filter(learner=seat.learner).order_by("-id")[0]
        assert made.skill == skill
        assert made.overrides[0].startswith("arm ")
    over(trial, row, frozen.starts + 120.0)
