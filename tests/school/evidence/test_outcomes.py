"""What a district wants: saying it, reading it, and where schools and groups stand, on abilities that are known."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest

from headway.core.evidence.outcomes.aims import Aim, Goal
from headway.school.environment.days.attendance import everyone_here, mark
from headway.school.evidence.outcomes.actions import end_aim, known_names, save_aims, take
from headway.school.evidence.outcomes.people import crowd_of
from headway.school.evidence.outcomes.queries import aims_of, groups_of, history_of, lines_of, reads_of, schools_read
from headway.school.evidence.outcomes.reading import Ask, Readings, read
from headway.school.evidence.pilots.outcomes import Outcome, measured
from headway.school.models import Credit, MasteryEntry, Measure, OutcomeTake, Person
from headway.school.people.access import viewer_of
from headway.school.people.clock import day_of
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district
from tests.school.evidence.trial import DAY, START, Trial, make_trial, practise

BAR = 3.6
ABLE = Aim(
    "math", "Solve grade 6 problems", "college", "ability", "mathematics", "higher", BAR, (Goal(19_900, 40.0), Goal(21_000, 90.0))
)  # fmt: skip
CALM = Aim("days", "Practice on two days a week", "engagement", "days", "", "higher", 2.0, (Goal(21_000, 80.0),))


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """96 learners in four classes of two schools; between the two readings the first half came on by a logit."""
    made = make_trial(learners=96, classes=4, seed=3)
    practise(made, START - 27 * DAY, START - 1.0, each=40, rng=np.random.default_rng(1))
    shift = {person.id: 1.0 for person in made.people[:48]}
    practise(made, START + 57 * DAY, START + 84 * DAY, each=40, rng=np.random.default_rng(2), shift=shift)
    with in_district(made.district):
        save_aims(district=made.district, aims=[ABLE, CALM], by=made.leader, now=START)
        first, last = (day_of(made.district, moment) for moment in (START, START + 84 * DAY))
        take(district=made.district, now=START + 84 * DAY, days=[first, last])
    return made


def test_only_who_leads_all_says_what_is_wanted_and_what_was_said_stays(trial: Trial) -> None:
    with in_district(trial.district):
        for other in (trial.principal, trial.researcher):
            with pytest.raises(Malformed, match="leads all of it"):
                save_aims(district=trial.district, aims=[ABLE], by=other, now=START)
        with pytest.raises(Malformed, match="facet: is none of"):
            save_aims(district=trial.district, aims=[CALM, replace(ABLE, facet="joy")], by=trial.leader, now=START)
        assert save_aims(district=trial.district, aims=[ABLE, CALM], by=trial.leader, now=START) == 0, "nothing is new"
        more = replace(CALM, code="more", title="Practice on three days", bar=3.0)
        assert save_aims(district=trial.district, aims=[more], by=trial.leader, now=START) == 1
        assert [aim.code for aim in aims_of()] == ["math", "days", "more"]
        end_aim(code="more", by=trial.leader, now=START + 1.0)
        assert [aim.code for aim in aims_of()] == ["math", "days"]
        assert [(row.gone, row.by) for row in history_of("more")] == [(True, trial.leader), (False, trial.leader)]
        with pytest.raises(Malformed, match="no such outcome"):
            end_aim(code="more", by=trial.leader, now=START)
        many = [replace(CALM, code=f"c{n}") for n in range(39)]
        with pytest.raises(Malformed, match="follow 40"):
            save_aims(district=trial.district, aims=many, by=trial.leader, now=START)
        assert known_names(trial.district)["subjects"]


def test_where_the_district_and_its_schools_stand_and_how_they_grew(trial: Trial) -> None:
    with in_district(trial.district):
        crowd = crowd_of()
        today = day_of(trial.district, START + 84 * DAY)
        whole, days = lines_of(crowd, None, today)
        first, second = (lines_of(crowd, school.id, today)[0] for school in crowd.schools)
    truth = trial.ability + np.repeat([1.0, 0.0], 48)
    assert whole.standing is not None
    assert (whole.standing.learners, whole.standing.measured) == (96, 96)
    assert whole.standing.low <= (truth >= BAR).mean() <= whole.standing.high
    assert whole.goal.share == 90.0
    assert whole.state == "below"
    for line, own in ((first, truth[:48]), (second, truth[48:])):
        assert line.standing is not None
        assert line.standing.low <= (own >= BAR).mean() <= line.standing.high
    assert first.growth is not None
    assert second.growth is not None
    assert first.growth.low > 0.05 > second.growth.low
    assert days.standing is not None
    assert days.day == today


def test_groups_are_compared_and_few_learners_are_never_shown(trial: Trial) -> None:
    with in_district(trial.district):
        crowd = crowd_of()
        late = reads_of(ABLE, crowd)[-1]
        cells = groups_of(late, "language", None)
        assert [(cell.name, cell.standing is not None) for cell in cells] == [("en", True), ("es", True)]
        for person in trial.people[:4]:
            Person.objects.filter(id=person.id).update(language="so")
        crowd = crowd_of()
        late = reads_of(ABLE, crowd)[-1]
        cells = groups_of(late, "language", None)
        assert {cell.name: cell.standing is None for cell in cells} == {"en": False, "es": True, "so": True}
        own = groups_of(late, "language", 0)
        assert {cell.name for cell in own if cell.standing is None} >= {"so"}
        for person in trial.people[:4]:
            Person.objects.filter(id=person.id).update(language="es" if trial.people.index(person) % 3 == 0 else "en")


def test_a_principal_reads_their_own_school_and_nobody_reads_another_district(trial: Trial) -> None:
    with in_district(trial.district):
        schools = crowd_of().schools
        assert schools_read(viewer_of(trial.leader), schools) == list(schools)
        assert schools_read(viewer_of(trial.principal), schools) == [schools[0]]
        assert schools_read(viewer_of(trial.people[0]), schools) == []
    with in_district(make_trial(learners=1, classes=1).district):
        assert aims_of() == []
        assert not OutcomeTake.objects.exists()


def test_every_measure_is_read_from_its_own_evidence(trial: Trial) -> None:
    one, two, three = trial.people[:3]
    section, now = trial.sections[0], START + 300 * DAY
    with in_district(trial.district):
        district = one.district_id
        for n in range(10):
            day = day_of(district, now) - n
            everyone_here(section=section, by=trial.leader, day=day, now=now - n * DAY)
        mark(section=section, by=trial.leader, day=day_of(district, now), learner=one.id, state="away", now=now)
        for number, (who, kind, amount) in enumerate(
            ((one, "granted", 1.0), (two, "granted", 1.0), (two, "taken back", 1.0))
        ):
            Credit.objects.create(
                id=uuid4(), district_id=district, learner=who, kind=kind, code="c", title="Course", amount=amount, shown={},
                by=trial.leader, at=now - 100.0 + number,
            )  # fmt: skip
        for score, day in ((400.0, 19_000), (410.0, 20_000)):
            Measure.objects.create(
                district_id=district, learner=one, measure="State test", day=day_of(district, now) - 20_000 + day, score=score,
                se=9.0, source="file", at=now,
            )  # fmt: skip
        skill = trial.curriculum.skills[0]
        MasteryEntry.objects.create(
            district_id=district, learner=one, skill=skill.id, kind="reached", response=uuid4(), probability=0.97, threshold=0.95,
            evidence_count=8, model="m", at=START + 80 * DAY,
        )  # fmt: skip

        def of(kind: str, name: str = "", end: float = now, days: float = 84.0) -> Readings:
            return read(kind, Ask(district, name, [p.id for p in trial.people], end - days * DAY, end))

        attended = of("attendance")
        assert (attended[one.id][0], attended[two.id][0]) == (90.0, 100.0)
        credit = of("credit")
        assert [credit[who.id][0] for who in (one, two, three)] == [1.0, 0.0, 0.0]
        assert of("test", "State test", days=370) == {one.id: (410.0, 9.0)}
        assert of("mastered", skill.subject, START + 84 * DAY)[one.id][0] == 1.0
        grown = of("growth", "mathematics", START + 84 * DAY, 112)
        assert 0.5 < np.mean([grown[p.id][0] for p in trial.people[:48]]) < 1.5
        assert abs(np.mean([grown[p.id][0] for p in trial.people[48:]])) < 0.5
        shown = measured(
            Outcome("ability", "mathematics"), [one.id], district=district, begin=START, end=START + 84 * DAY
        )
        both = of("ability", "mathematics", START + 84 * DAY, 28)
        assert abs(shown[one.id] - both[one.id][0]) < 0.2, (
            "a pilot reads the same thing; only the prior's centre is its own"
        )
        assert 0.2 < both[one.id][1] < 0.6
