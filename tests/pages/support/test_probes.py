"""A probe's score is meant: nothing is kept by a stray tap, and what was kept can be corrected or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from headway.school.intervention.cases import circle_of
from headway.school.intervention.models import ProbeScore, SupportPlan
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.support.conftest import Supported, furnished
from tests.pages.support.test_support import words


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Supported]:
    with furnished() as found:
        yield found


@pytest.fixture
def ines(school: Supported) -> Client:
    return signed_in(school.cast["Ines"])


def opened(client: Client, plan: SupportPlan) -> str:
    return str(client.post(f"/support/plan/{plan.id}/probe").headers["Location"])


def lines(school: Supported, address: str) -> list[tuple[int, bool]]:
    with in_district(school.cast.district.id):
        rows = ProbeScore.objects.filter(form=UUID(address.rsplit("/", 1)[1])).order_by("id")
        return [(row.right, row.taken) for row in rows]


def test_nothing_is_kept_until_somebody_says_how_far_and_that_zero_is_meant(school: Supported, ines: Client) -> None:
    address = opened(ines, school.ben)
    stray = ines.post(f"{address}/score", {"tried": ""})
    assert stray.status_code == 422 and "Nothing is kept yet" in stray.content.decode()
    asked = ines.post(f"{address}/score", {"tried": "7"})
    assert asked.status_code == 422 and "Yes, keep a score of 0" in asked.content.decode()
    assert '<option value="7" selected>' in asked.content.decode()
    blank = ines.post(f"{address}/score", {"answer": [""] * 20})
    assert blank.status_code == 422 and lines(school, address) == []
    assert opened(ines, school.ben) == address, "a form that nobody scored is not used up"
    ines.post(f"{address}/score", {"tried": "7", "zero": "1"})
    assert lines(school, address) == [(0, True)]
    assert opened(ines, school.ben) != address


def test_a_score_is_corrected_for_its_own_day_and_the_history_stays(school: Supported, ines: Client) -> None:
    plan = school.ana
    with in_district(school.cast.district.id):
        first = ProbeScore.objects.filter(plan=plan).order_by("day").first()
        assert first is not None
        before = circle_of(school.group, school.today)
    address = f"/support/probe/{first.form_id}"
    assert "This form has a score: 6 problems right." in words(ines, address)
    ines.post(f"{address}/score", {"right": [str(n) for n in range(9)], "tried": "14"})
    page = words(ines, address)
    assert "9 right of 14 tried" in page and "6 right of 14 tried" in page
    with in_district(school.cast.district.id):
        after = circle_of(school.group, school.today)
    ana = [next(case for case in circle.cases if case.plan.id == plan.id) for circle in (before, after)]
    assert [score.day for score in ana[0].scores] == [score.day for score in ana[1].scores]
    assert (ana[0].scores[0].right, ana[1].scores[0].right) == (6, 9)
    assert "9 right" in words(ines, f"/support/plan/{plan.id}")


def test_a_score_is_taken_back_and_the_form_can_be_scored_again(school: Supported, ines: Client) -> None:
    address = opened(ines, school.ben)
    ines.post(f"{address}/score", {"right": ["0", "1"], "tried": "9"})
    assert "2 of 20" in words(ines, f"/support/plan/{school.ben.id}")
    ines.post(f"{address}/back")
    assert lines(school, address) == [(2, True), (0, False)]
    page = words(ines, f"/support/plan/{school.ben.id}")
    assert "2 of 20" not in page and "Score the open form" in page
    again = ines.post(f"{address}/back", follow=True)
    assert "no score that could be taken back" in again.content.decode()
    ines.post(f"{address}/score", {"right": ["3", "4", "5"], "tried": "9"})
    assert lines(school, address)[-1] == (3, True)


def test_only_the_team_and_the_groups_adult_can_touch_a_score(school: Supported, ines: Client) -> None:
    address = opened(ines, school.ben)
    for name in ("Okafor", "Maria", "Ana", "Stone"):
        for path in (address, f"{address}/score", f"{address}/back"):
            other = signed_in(school.cast[name])
            assert (other.get(path) if path == address else other.post(path)).status_code in (403, 404), (name, path)
    assert lines(school, address) == []
