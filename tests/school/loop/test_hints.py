"""Hints opened in one window count for an answer that is given in another; evidence keeps the larger number."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from headway.school.evidence.queries import replay_district
from headway.school.mastery.actions import note_hints
from headway.school.models import Evidence
from headway.school.people.tenancy import in_district
from headway.school.profile.queries import profile_of
from tests.cast import Cast, make_cast
from tests.clients import signed_in


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def opened(cast: Cast, name: str, shown: int, *, since: float | None = None) -> None:
    """Let the server know that somebody has seen hints of what is open before them."""
    at = cast.open[name]
    with in_district(cast.district.id):
        kept = profile_of(cast[name].id)
        assert kept is not None
        moment = kept.profile.current.since if since is None else since
        note_hints(learner=cast[name], activity=at.activity, step=at.step, since=moment, shown=shown)


def hints(cast: Cast, name: str) -> list[int]:
    with in_district(cast.district.id):
        rows = Evidence.objects.filter(learner=cast[name], kind="response").order_by("id")
        return list(rows.values_list("hints", flat=True))


def test_the_larger_of_sent_and_shown_is_kept_and_the_next_problem_begins_anew(cast: Cast) -> None:
    cast.begin("Ana")
    opened(cast, "Ana", 2)
    opened(cast, "Ana", 1)
    cast.answer("Ana", False, hints=0)
    cast.answer("Ana", True, hints=3)
    cast.answer("Ana", True, hints=0)
    assert hints(cast, "Ana") == [2, 3, 0]


def test_hints_of_another_time_at_the_same_problem_do_not_count(cast: Cast) -> None:
    cast.begin("Ben")
    opened(cast, "Ben", 2, since=1.0)
    cast.answer("Ben", True)
    assert hints(cast, "Ben") == [0]


def test_a_window_that_shows_hints_tells_the_server(cast: Cast) -> None:
    now = time.time()
    at = cast.begin("Chi", now)
    client = signed_in(cast["Chi"])
    assert client.get("/practice?hints=1").status_code == 200
    assert client.get("/practice").status_code == 200
    cast.answer("Chi", True, now + 20)
    assert hints(cast, "Chi") == [1], at.activity


def test_replay_gives_the_same_with_hints_of_other_windows(cast: Cast) -> None:
    assert replay_district(cast.district.id).identical
