"""Sums of closed weeks are what the log says, tell of nobody alone, and stay as they were told."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.evidence.pilots.shown import abilities
from headway.core.evidence.reports.measures import MEASURES
from headway.school.evidence.reports.actions import check_weeks, close_weeks, monday_of
from headway.school.evidence.reports.queries import closed_weeks, held, scope_of, weeks_in
from headway.school.mastery.models import Evidence
from headway.school.models import Person, ReportCell, Role
from headway.school.people.access import NotAllowed, viewer_of
from headway.school.people.clock import start_of
from headway.school.people.tenancy import in_district
from tests.school.evidence.trial import DAY, START, Trial, make_trial, practise

WEEKS = 10
BEGAN = START - START % DAY


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Eighty learners in two schools, a third of them with Spanish at home, who practised for ten weeks; all of it summed up."""
    del database
    made = make_trial(learners=80, classes=4, seed=5)
    monday = monday_of(made.district, BEGAN)
    with in_district(made.district):
        begin = start_of(made.district, monday)
    practise(made, begin, begin + WEEKS * 7 * DAY, each=120, rng=np.random.default_rng(6))
    closed = close_weeks(district=made.district, now=begin + WEEKS * 7 * DAY + 3600.0)
    assert len(closed.weeks) == WEEKS
    return made


def blocks(week: int, population: str, sorting: str) -> dict[tuple[UUID, str], tuple[int, dict[str, float]]]:
    rows = ReportCell.objects.filter(week=week, population=population, sorting=sorting)
    return {(r.school_id, "+".join(b["groups"])): (b["n"], b["sums"]) for r in rows for b in r.blocks}


def test_the_sums_are_those_of_the_events_one_by_one(trial: Trial) -> None:
    with in_district(trial.district):
        week = closed_weeks()[8].week
        begin, end = start_of(trial.district, week), start_of(trial.district, week + 7)
        school = dict(Role.objects.filter(name="learner").values_list("person_id", "school_id"))
        tongue = dict(Person.objects.values_list("id", "language"))
        rows = defaultdict[UUID, list[float]](lambda: [0.0, 0.0, 0.0])
        for event in Evidence.objects.filter(kind="response", now__gte=begin, now__lt=end):
            row = rows[event.learner_id]
            row[0] += min(event.seconds, 600.0) / 60.0
            row[1] += event.attempt == 1
            row[2] += event.attempt == 1 and event.correct and not event.hints and not event.shown
        told = blocks(week, "active", "language")
        assert {group for _, group in told} == {"en", "es"}
        for (own, group), (n, sums) in told.items():
            mine = [row for key, row in rows.items() if school[key] == own and tongue[key] == group]
            assert n == len(mine) >= 10
            for place, name in enumerate(("minutes", "first", "right")):
                values = [row[place] for row in mine]
                assert sums[name] == pytest.approx(sum(values), rel=1e-8)
                assert sums[f"{name}*{name}"] == pytest.approx(sum(v * v for v in values), rel=1e-8)
            assert sums["right*first"] == pytest.approx(sum(row[1] * row[2] for row in mine), rel=1e-8)


def test_ability_and_growth_are_those_of_the_first_answers_of_four_weeks(trial: Trial) -> None:
    with in_district(trial.district):
        week = closed_weeks()[9].week
        hard = dict(zip(trial.curriculum.items, trial.curriculum.difficulty.tolist(), strict=True))
        number = {person.id: n for n, person in enumerate(trial.people)}

        def shown(last: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
            begin, end = start_of(trial.district, last - 21), start_of(trial.district, last + 7)
            rows = Evidence.objects.filter(kind="response", attempt=1, now__gte=begin, now__lt=end)
            got = [(number[r.learner_id], hard[r.item], float(r.correct and not r.hints)) for r in rows]
            who, difficulty, right = (np.array(column) for column in zip(*got, strict=True))
            return abilities(who, difficulty, right, len(number))[0]

        now, before = shown(week), shown(week - 28)
        (measured, growing) = (blocks(week, name, "all") for name in ("measured", "growing"))
        assert sum(n for n, _ in measured.values()) == int(np.isfinite(now).sum()) == 80
        assert sum(sums["ability"] for _, sums in measured.values()) == pytest.approx(float(now.sum()), rel=1e-6)
        assert sum(sums["growth"] for _, sums in growing.values()) == pytest.approx(
            float((now - before).sum()), rel=1e-6
        )
        figure = held(scope_of(viewer_of(trial.leader)), [week], [], [MEASURES["ability"]]).total(
            MEASURES["ability"], [week]
        )
        assert figure is not None and figure.low < trial.ability.mean() < figure.high


def test_no_block_is_small_and_all_sortings_have_the_same_learners(trial: Trial) -> None:
    with in_district(trial.district):
        counts = defaultdict[tuple[object, ...], dict[str, int]](dict)
        for row in ReportCell.objects.all():
            assert all(block["n"] >= 10 for block in row.blocks)
            counts[row.week, row.school_id, row.population][row.sorting] = sum(block["n"] for block in row.blocks)
        assert counts and all(len(each) == 3 and len(set(each.values())) == 1 for each in counts.values())


def test_closing_again_does_nothing_and_the_log_gives_the_same(trial: Trial) -> None:
    with in_district(trial.district):
        end = start_of(trial.district, closed_weeks()[-1].week + 7)
    assert close_weeks(district=trial.district, now=end + 3600.0).weeks == ()
    looked = check_weeks(district=trial.district, last=3)
    assert len(looked.weeks) == 3 and looked.difference == ""


def test_a_sum_that_is_not_the_log_s_is_named(trial: Trial) -> None:
    with in_district(trial.district) as unit:
        row = ReportCell.objects.filter(population="active", sorting="all").order_by("-week").first()
        assert row is not None
        row.blocks[0]["sums"]["minutes"] += 1.0
        row.save()
        assert "active learners" in check_weeks(district=trial.district, last=1).difference
        unit.roll_back()


def test_what_was_told_stays_when_a_child_changes_group(trial: Trial) -> None:
    with in_district(trial.district) as unit:
        before = list(ReportCell.objects.order_by("id").values_list("blocks", flat=True))
        Person.objects.filter(id=trial.people[1].id).update(language="vi", grade="7")
        end = start_of(trial.district, closed_weeks()[-1].week + 7)
        assert close_weeks(district=trial.district, now=end + 7200.0).weeks == ()
        assert list(ReportCell.objects.order_by("id").values_list("blocks", flat=True)) == before
        assert check_weeks(district=trial.district, last=1).difference
        unit.roll_back()


def test_only_whole_weeks_are_closed(trial: Trial) -> None:
    with in_district(trial.district):
        last = closed_weeks()[-1].week
        assert start_of(trial.district, last + 7) <= BEGAN + (WEEKS + 1) * 7 * DAY
    assert close_weeks(district=trial.district, now=start_of(trial.district, last + 14) - 60.0).weeks == ()


def test_who_sees_which_schools(trial: Trial) -> None:
    with in_district(trial.district):
        assert len(scope_of(viewer_of(trial.leader)).schools) == 2
        own = scope_of(viewer_of(trial.principal))
        assert [name for _, name in own.schools] == ["School 0"] and not own.whole
        other = trial.sections[-1].school_id
        assert scope_of(viewer_of(trial.leader), str(other)).chosen == other
        with pytest.raises(NotAllowed):
            scope_of(viewer_of(trial.principal), str(other))
        with pytest.raises(NotAllowed):
            scope_of(viewer_of(trial.people[0]))


def test_reading_a_report_is_three_queries_at_any_length(trial: Trial) -> None:
    with in_district(trial.district), CaptureQueriesContext(connection) as asked:
        scope = scope_of(viewer_of(trial.leader))
        weeks = [each.week for each in closed_weeks()]
        for span in ("month", "year"):
            read = held(scope, weeks, weeks_in(span, weeks), MEASURES.values())
            for sorting in ("grade", "language", "school"):
                assert read.groups(MEASURES["minutes"], sorting, weeks[-4:], weeks[:4])
    reads = [query for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    assert len([query for query in reads if "report" in query["sql"] or "school_school" in query["sql"]]) == 4


def test_gaps_are_those_that_were_planted(trial: Trial) -> None:
    with in_district(trial.district):
        scope, weeks = scope_of(viewer_of(trial.leader)), [each.week for each in closed_weeks()]
        read = held(scope, weeks, weeks, [MEASURES["ability"]])
        es = next(
            each for each in read.groups(MEASURES["ability"], "language", weeks[-1:], weeks[4:5]) if each.group == "es"
        )
        spoke = np.array([person.language == "es" for person in trial.people])
        true = trial.ability[spoke].mean() - trial.ability[~spoke].mean()
        assert es.gap is not None and es.gap.low < true < es.gap.high
        assert es.changed is not None and es.changed.low < 0.0 < es.changed.high
