"""A screening from window to profile: rosters, pause, double posts, make-ups, banks, and that replay rebuilds it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headway.core.mastery.refit.calibrated import Calibration, Card, dump, name_of
from headway.core.profile.codec import decode
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.queries import replay_district
from headway.school.loop.screening import NotOpen, go_on, laid_out, take_answer
from headway.school.measurement.actions import (
    NotTaken,
    close_window,
    fill_roster,
    import_bank,
    open_window,
    pause,
    record_measure,
    set_cuts,
    support,
)
from headway.school.measurement.queries import latest_results, measures, results_of
from headway.school.models import Evidence, ModelVersion, PlanRow, Profile, Role, ScreeningAnswer, ScreeningSitting
from headway.school.people.tenancy import in_district
from headway.standards.errors import ImportProblem
from tests.cast import LEARNERS, NOON, Cast, make_cast
from tests.school.measurement.sitters import give, opened, sat, sitting_of

BANK = """item,a,b,domain,prompt,answer,choices
""" + "\n".join(f"q{n},1.4,{3.6 + (n - 15) / 5:.1f},{'AB'[n % 2]},How much is {n} + 1?,{n + 1}," for n in range(30))


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def test_everybody_of_the_grade_is_on_the_roster_and_newcomers_join(cast: Cast) -> None:
    window = opened(cast)
    with in_district(cast.district.id):
        assert ScreeningSitting.objects.filter(window=window).count() == len(LEARNERS)
        assert fill_roster(window=window) == 0
        Role.objects.create(district=cast.district, person=cast["Maria"], school=cast.school, name="learner")
        cast["Maria"].grade = "6"
        cast["Maria"].save()
        assert fill_roster(window=window) == 1
        with pytest.raises(NotTaken, match="open window"):
            open_window(school=cast.school, season="fall", year=2026, grades=["6", "7"], by=cast["Pike"], now=NOON)


def test_a_result_is_evidence_and_replay_rebuilds_the_profile(cast: Cast) -> None:
    window = opened(cast)
    cast.answers("Ana", "oxoo", NOON - 600.0)
    with in_district(cast.district.id):
        before = decode(bytes(Profile.objects.get(learner=cast["Ana"]).state))
    sat(cast, "Ana", window, "x")
    sat(cast, "Dev", window, "o")
    cast.answers("Ana", "xo", NOON + 2000.0)
    with in_district(cast.district.id):
        found = latest_results([cast["Ana"].id, cast["Dev"].id, cast["Ben"].id])
        after = decode(bytes(Profile.objects.get(learner=cast["Ana"]).state))
        assert after.state.overall_mean < before.state.overall_mean
        assert after.current.activity
        assert Evidence.objects.filter(kind="screening").count() == 2
    assert set(found) == {cast["Ana"].id, cast["Dev"].id}
    ana, dev = found[cast["Ana"].id], found[cast["Dev"].id]
    assert (ana.risk, dev.risk) == ("high", "low")
    assert ana.percentile < 15 < 85 < dev.percentile
    report = replay_district(cast.district.id)
    assert report.identical, report.differences


def test_a_screening_uses_the_difficulties_of_the_model_that_serves_as_it_begins(cast: Cast) -> None:
    window = opened(cast)
    ben, chi = (sitting_of(cast, name, window).id for name in ("Ben", "Chi"))
    with in_district(cast.district.id):
        before = go_on(learner=cast["Chi"], sitting=chi, now=NOON)
        items = dict.fromkeys(curriculum_of(cast.district.id).items, 0.8)
        data = dump(Calibration(items=items), Card("a log", (0.0, 1.0), 3, 40, simulated=False))
        name = name_of(data)
        ModelVersion.objects.create(district=cast.district, name=name, data=data, simulated=False, at=NOON)
        for who in ("Ben", "Chi"):
            PlanRow.objects.create(
                district=cast.district, learner=cast[who], source="arm", effect="model", value=name, starts=NOON - 1.0
            )
        after = go_on(learner=cast["Ben"], sitting=ben, now=NOON)
        again = go_on(learner=cast["Chi"], sitting=chi, now=NOON + 60.0)
        pools = [laid_out(row)[0].bank.b for row in (before, after, again)]
    assert (before.model, after.model, again.model) == ("gaussian-2", name, "gaussian-2")
    assert pools[1] == pytest.approx(pools[0] + 0.8)
    assert pools[2] == pytest.approx(pools[0])
    sat(cast, "Ben", window, "ox")
    assert replay_district(cast.district.id).identical


def test_practice_shortens_the_screening(cast: Cast) -> None:
    window = opened(cast)
    cast.answers("Ben", "oxox" * 10, NOON - 60.0)
    assert sat(cast, "Ben", window).given < sat(cast, "Chi", window).given


def test_a_sitting_pauses_and_goes_on_with_the_same_question(cast: Cast) -> None:
    window = opened(cast)
    ana = cast["Ana"]
    row = sitting_of(cast, "Ana", window)
    with in_district(cast.district.id):
        row = go_on(learner=ana, sitting=row.id, now=NOON)
    row = give(cast, "Ana", row, True, NOON + 10.0)
    with in_district(cast.district.id):
        pause(sitting=row.id, now=NOON + 15.0)
        again = go_on(learner=ana, sitting=row.id, now=NOON + 90_000.0)
        assert (again.status, again.activity, again.given) == ("working", row.activity, 1)
    give(cast, "Ana", again, True, NOON + 90_012.0)
    with in_district(cast.district.id):
        assert list(ScreeningAnswer.objects.order_by("place").values_list("seconds", flat=True)) == [10.0, 12.0]


def test_an_answer_that_is_sent_twice_counts_once_and_unreadable_ones_not_at_all(cast: Cast) -> None:
    window, ana = opened(cast), cast["Ana"]
    row = sitting_of(cast, "Ana", window)
    with in_district(cast.district.id):
        go_on(learner=ana, sitting=row.id, now=NOON)
        assert str(take_answer(learner=ana, sitting=row.id, place=0, text="", now=NOON + 5.0).look_again)
        assert ScreeningAnswer.objects.count() == 0
    row = sitting_of(cast, "Ana", window)
    give(cast, "Ana", row, True, NOON + 9.0)
    give(cast, "Ana", row, True, NOON + 9.5)
    with in_district(cast.district.id):
        assert ScreeningAnswer.objects.count() == 1
        with pytest.raises(NotOpen):
            take_answer(learner=cast["Ben"], sitting=row.id, place=1, text="1", now=NOON)


def test_after_the_window_only_a_make_up_goes_on_and_the_excused_never(cast: Cast) -> None:
    window = opened(cast)
    with in_district(cast.district.id):
        close_window(window=window, by=cast["Pike"], now=NOON + 5.0)
        ana, ben = sitting_of(cast, "Ana", window), sitting_of(cast, "Ben", window)
        with pytest.raises(NotOpen):
            go_on(learner=cast["Ana"], sitting=ana.id, now=NOON + 9.0)
        support(sitting=ana.id, make_up=True, extra_time=1.5, read_aloud=True, note="was ill")
        assert go_on(learner=cast["Ana"], sitting=ana.id, now=NOON + 9.0).status == "working"
        support(sitting=ben.id, make_up=True, excused=True)
        with pytest.raises(NotOpen):
            go_on(learner=cast["Ben"], sitting=ben.id, now=NOON + 9.0)
        assert support(sitting=ben.id, excused=False).status == "waiting"
        with pytest.raises(NotTaken, match="factor"):
            support(sitting=ben.id, extra_time=9.0)


def test_working_time_ends_a_sitting_and_extra_time_lengthens_it(cast: Cast) -> None:
    window = opened(cast, seconds=60)
    with in_district(cast.district.id):
        support(sitting=sitting_of(cast, "Ben", window).id, extra_time=2.0)
    assert sat(cast, "Ben", window).given > sat(cast, "Ana", window).given


def test_the_schools_own_cut_scores_decide(cast: Cast) -> None:
    window = opened(cast, cuts={"6": (-9.0, -8.0)})
    sat(cast, "Ana", window, "x")
    with in_district(cast.district.id):
        (result,) = results_of(cast["Ana"].id)
        assert result.risk == "low"
        set_cuts(window=window, cuts={"6": (8.0, 9.0)})
        assert results_of(cast["Ana"].id)[0].risk == "high"
        with pytest.raises(NotTaken, match="below"):
            set_cuts(window=window, cuts={"6": (2.0, 1.0)})


def test_the_next_window_of_a_season_takes_over_what_the_school_set(cast: Cast) -> None:
    first = opened(cast, cuts={"6": (-2.0, -1.0)})
    with in_district(cast.district.id):
        close_window(window=first, by=cast["Pike"], now=NOON)
    assert opened(cast, season="winter").cuts == {}
    assert opened(cast, year=2027).cuts == {"6": [-2.0, -1.0]}
    assert opened(cast, year=2028, cuts={}).cuts == {}


def test_an_imported_bank_screens_too(cast: Cast) -> None:
    with in_district(cast.district.id):
        bank = import_bank(district=cast.district.id, name="bank.csv", data=BANK.encode(), by=cast["Pike"], now=NOON)
        for text, said in (
            (BANK.replace("prompt", "text"), "no column prompt"),
            (BANK.replace("16,", ",", 1), "empty"),
        ):
            with pytest.raises(ImportProblem, match=said):
                import_bank(district=cast.district.id, name="bank.csv", data=text.encode(), by=None, now=NOON)
    window = opened(cast, bank=bank.id)
    row = sat(cast, "Ana", window, "o")
    assert row.status == "finished"
    assert row.score is not None
    assert row.score > 4.0
    assert replay_district(cast.district.id).identical


def test_scores_of_adults_are_kept_and_corrected(cast: Cast) -> None:
    with in_district(cast.district.id):
        for day, score, form in ((20_000, 71.0, "A"), (20_000, 72.0, "A"), (20_000, 80.0, "B"), (20_007, 75.0, "A")):
            record_measure(
                learner=cast["Ana"], measure="orf", day=day, score=score, by=cast["Okafor"], now=NOON, form=form
            )
        series = measures([cast["Ana"].id, cast["Ben"].id])
        assert [score.score for score in series[cast["Ana"].id]["orf"]] == [72.0, 80.0, 75.0]
        assert cast["Ben"].id not in series
        for wrong in ({"score": float("nan")}, {"measure": " "}, {"se": 0.0}, {"day": 99_999}):
            good = {"measure": "orf", "day": 20_000, "score": 70.0}
            with pytest.raises(NotTaken):
                record_measure(learner=cast["Ana"], by=None, now=NOON, **{**good, **wrong})  # type: ignore[arg-type]
