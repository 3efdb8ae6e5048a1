"""Items are spared fairly in time, and items on trial count for nobody: by counts that are right whoever finishes when."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from headway.core.measurement.adaptive.sitting import answer, decode
from headway.school.evidence.queries import replay_district
from headway.school.loop.screening import go_on, laid_out, screening_from_json
from headway.school.measurement.actions import import_bank
from headway.school.measurement.counts import counted, counts_in
from headway.school.measurement.exposure import design_for
from headway.school.measurement.report import on_trial
from headway.school.models import Evidence, ScreeningAnswer, ScreeningCount, ScreeningSitting, ScreeningWindow
from headway.school.people.tenancy import in_district
from headway.standards.errors import ImportProblem
from tests.cast import LEARNERS, NOON, Cast, make_cast
from tests.school.measurement.sitters import opened, sat, sitting_of

BANK = "item,a,b,domain,prompt,answer,trial\n" + "\n".join(
    f"q{n},1.4,{3.6 + (n - 30) / 12:.2f},{'AB'[n % 2]},How much is {n} + 1?,{n + 1},{'yes' if n % 20 == 7 else ''}"
    for n in range(60)
)


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def stored(cast: Cast, window: ScreeningWindow) -> dict[str, int]:
    with in_district(cast.district.id):
        given, takers = counts_in(window.id, "6")
        assert {**given, "": takers} == dict(counted(window.id, "6"))
        return given


def test_counts_are_right_when_a_class_finishes_at_the_same_moment(cast: Cast) -> None:
    window = opened(cast)

    def take(name: str) -> None:
        try:
            sat(cast, name, window, "oxxo" if name < "C" else "ox")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(LEARNERS)) as pool:
        list(pool.map(take, LEARNERS))
    given = stored(cast, window)
    with in_district(cast.district.id):
        assert counts_in(window.id, "6")[1] == len(LEARNERS)
        assert sum(given.values()) == ScreeningAnswer.objects.count()


def test_a_window_that_was_open_before_is_counted_from_its_answers(cast: Cast) -> None:
    window = opened(cast)
    for name in ("Ana", "Ben"):
        sat(cast, name, window)
    with in_district(cast.district.id):
        ScreeningCount.objects.all().delete()
    sat(cast, "Chi", window)
    stored(cast, window)


def test_the_questions_of_a_sitting_follow_from_what_it_began_with(cast: Cast) -> None:
    window = opened(cast)
    for name in ("Ana", "Ben", "Chi"):
        row = sitting_of(cast, name, window)
        with in_district(cast.district.id):
            state = decode(go_on(learner=cast[name], sitting=row.id, now=NOON).state.encode())
        row = sat(cast, name, window, "oxo")
        done = decode(row.state.encode())
        pool, _ = laid_out(row)
        design = design_for(pool, "6", "fall", seconds=0.0)
        assert design.exposure < 1.0
        for score in done.scores:
            state = answer(pool, design, state, score, seconds=20.0)
        assert (state.items, state.withheld, state.pending) == (done.items, done.withheld, -1)
    with in_district(cast.district.id):
        drawn = [decode(row.state.encode()).withheld for row in ScreeningSitting.objects.exclude(state="")]
    assert len(set(drawn)) == 3, "each taker draws what stays closed for them"


def test_items_on_trial_are_given_and_count_for_nobody(cast: Cast) -> None:
    with in_district(cast.district.id):
        bad = BANK.replace(",yes", ",perhaps", 1).encode()
        with pytest.raises(ImportProblem, match="on trial or it is not"):
            import_bank(district=cast.district.id, name="bank.csv", data=bad, by=None, now=NOON)
        bank = import_bank(district=cast.district.id, name="bank.csv", data=BANK.encode(), by=cast["Pike"], now=NOON)
    window = opened(cast, bank=bank.id)
    rows = [sat(cast, name, window, "oxxoo") for name in LEARNERS]
    trial = {"q7", "q27", "q47"}
    with in_district(cast.district.id):
        for row in rows:
            seen = list(ScreeningAnswer.objects.filter(sitting=row).values_list("item", flat=True))
            assert len(trial & set(seen)) == 2 and seen[0] not in trial
            assert row.given == len(seen) - 2
        for event in Evidence.objects.filter(kind="screening"):
            assert not trial & {each.item for each in screening_from_json(event.answer).answers}
        told = on_trial(window)
        shown = [counts_in(window.id, "6")[0].get(item, 0) for item in sorted(trial)]
    assert sum(item.answers for item in told) == 2 * len(LEARNERS) and {item.verdict for item in told} == {"more"}
    assert max(shown) - min(shown) <= 1, "those with the fewest answers come first"
    stored(cast, window)
    assert replay_district(cast.district.id).identical
