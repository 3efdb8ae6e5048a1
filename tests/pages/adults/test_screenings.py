"""Screening and measure pages over HTTP: who may see and do what, and how often the database is asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.intervention.screening import default_cuts
from headway.school.models import AccessLog, Measure, ScreeningSitting, ScreeningWindow
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor
from tests.school.measurement.sitters import opened, sat

MOST_QUERIES = {
    "windows": 16, "board": 18, "seats": 17, "results": 17, "settings": 12, "measures": 14, "measure": 15,
    "learner": 18, "begin": 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    window = opened(made, now=time.time())
    sat(made, "Ana", window, "x", time.time() - 900.0)
    yield made
    made.close()


def window_of(cast: Cast) -> ScreeningWindow:
    with in_district(cast.district.id):
        return ScreeningWindow.objects.get(season="fall")


def sitting(cast: Cast, name: str) -> ScreeningSitting:
    with in_district(cast.district.id):
        return ScreeningSitting.objects.get(learner=cast[name], window__season="fall")


STAFF = {"Okafor", "Lee", "Pike", "Ines", "Dana"}


@pytest.mark.parametrize("name", ["Ana", "Maria", "Stone", *sorted(STAFF)])
def test_pages_open_for_those_who_work_in_the_school(cast: Cast, name: str) -> None:
    window, client = window_of(cast), signed_in(cast[name])
    for path in (f"/screenings/{window.id}", f"/screenings/{window.id}/results"):
        assert client.get(path).status_code == (200 if name in STAFF else 404), path
    assert client.get(f"/screenings/{window.id}/settings").status_code == (200 if name in ("Pike", "Dana") else 404)
    assert client.get("/screenings").status_code == (404 if name in ("Ana", "Maria") else 200)
    assert client.get(f"/measures/{cast['Ana'].id}").status_code == (200 if name in STAFF - {"Lee"} else 404)


def test_a_teacher_sees_the_own_classes_only_and_reads_are_logged(cast: Cast) -> None:
    window = window_of(cast)
    mine, others = (
        signed_in(cast[name]).get(f"/screenings/{window.id}").content.decode() for name in ("Okafor", "Lee")
    )
    assert "Ana Diaz" in mine
    assert "Eva Evson" not in mine
    assert "Eva Evson" in others
    assert "Ana Diaz" not in others
    with in_district(cast.district.id):
        assert AccessLog.objects.filter(reader=cast["Okafor"], learner=cast["Ana"], place="proctor").exists()


@pytest.mark.parametrize("name", ["Lee", "Ana", "Maria", "Stone"])
def test_only_those_who_see_a_sitting_may_change_it(cast: Cast, name: str) -> None:
    path = f"/screenings/{window_of(cast).id}/{sitting(cast, 'Ben').id}"
    assert signed_in(cast[name]).post(path, {"do": "save", "read_aloud": "1"}).status_code == 404
    assert not sitting(cast, "Ben").read_aloud


def test_only_leaders_open_close_and_set_cuts(cast: Cast) -> None:
    window = window_of(cast)
    asked = {"school": str(cast.school.id), "season": "spring", "year": "2026", "grades": ["6"], "minutes": "30"}
    for name in ("Okafor", "Ines"):
        assert signed_in(cast[name]).post("/screenings", asked).status_code == 404
        assert signed_in(cast[name]).post(f"/screenings/{window.id}/close").status_code == 404
    pike = signed_in(cast["Pike"])
    assert (
        "Choose at least one grade." in pike.post("/screenings", {**asked, "grades": []}, follow=True).content.decode()
    )
    assert "open window" in pike.post("/screenings", {**asked, "season": "fall"}, follow=True).content.decode()
    assert "The screening is open." in pike.post("/screenings", asked, follow=True).content.decode()
    with in_district(cast.district.id):
        spring = ScreeningWindow.objects.get(season="spring")
    start = default_cuts("6", "spring")
    pike.post(f"/screenings/{spring.id}/settings", {"high-6": f"{start.high:.2f}", "some-6": f"{start.some:.2f}"})
    page = pike.get("/screenings").content.decode()
    assert "is assumed, not measured" in page and "takes over" not in page  # what was left as it began is nobody's own
    path = f"/screenings/{spring.id}/settings"
    assert "lies below" in pike.post(path, {"high-6": "2", "some-6": "1"}, follow=True).content.decode()
    assert "are saved" in pike.post(path, {"high-6": "1.5", "some-6": "2"}, follow=True).content.decode()
    assert "is closed" in pike.post(f"/screenings/{spring.id}/close", follow=True).content.decode()
    with in_district(cast.district.id):
        spring.refresh_from_db()
        assert "Spring: grades 6" in pike.get("/screenings").content.decode()
        assert (spring.cuts, spring.seconds, spring.closed_by_id) == ({"6": [1.5, 2.0]}, 1800, cast["Pike"].id)


def test_a_learner_never_hears_what_was_right(cast: Cast) -> None:
    ben = signed_in(cast["Ben"])
    assert "A check of what you know" in ben.get("/screening").content.decode()
    assert "Question 1" in ben.post("/screening/go", follow=True).content.decode()
    page = ben.post("/screening/answer", {"place": "0", "answer": "", "skip": "1"}, follow=True).content.decode()
    assert "Question 2" in page
    assert "Not yet" not in page
    again = ben.post("/screening/answer", {"place": "0", "answer": "1"}, follow=True).content.decode()
    assert "Question 2" in again
    assert "Please write it another way" in ben.post("/screening/answer", {"place": "1", "answer": ""}).content.decode()
    assert "You are taking a break" in ben.post("/screening/pause", follow=True).content.decode()
    assert ben.post("/screening/answer", {"place": "x"}).status_code == 302
    assert "You are done." in signed_in(cast["Ana"]).get("/screening").content.decode()
    assert signed_in(cast["Okafor"]).get("/screening").status_code == 403
    assert visitor().get("/screening").status_code == 302


def test_scores_are_taken_and_nonsense_is_not(cast: Cast) -> None:
    okafor, path = signed_in(cast["Okafor"]), f"/measures/{cast['Dev'].id}"
    orf = {"kind": "orf", "read": "80", "seconds": "30", "wrong": "3,5,200", "self": "7", "form": "Pond"}
    assert "156 words right" in okafor.post(path, orf, follow=True).content.decode()
    for wrong in ({"read": ""}, {"seconds": "2"}, {"seconds": "nan"}, {"read": "9999"}):
        assert "Start the clock" in okafor.post(path, {**orf, **wrong}, follow=True).content.decode()
    score = {"kind": "score", "measure": "Maze", "day": "2026-09-30", "score": "12.5", "unit": "right"}
    assert "Saved: Maze 12.5." in okafor.post(path, score, follow=True).content.decode()
    for wrong in ({"day": "soon"}, {"score": "many"}, {"measure": " "}, {"day": "2099-01-01"}, {"day": "0026-11-20"}):
        assert "Saved" not in okafor.post(path, {**score, **wrong}, follow=True).content.decode()
    with in_district(cast.district.id):
        rows = list(Measure.objects.filter(learner=cast["Dev"]).order_by("id"))
    assert [(row.measure, row.score) for row in rows] == [("orf", 156.0), ("Maze", 12.5)]
    assert rows[0].detail == {"read": 80, "wrong": [3, 5], "self_corrected": [7], "seconds": 30.0}
    assert signed_in(cast["Lee"]).post(path, score).status_code == 404
    assert okafor.get(f"/measures/{uuid4()}").status_code == 404


def test_a_page_asks_the_database_a_fixed_number_of_times(cast: Cast) -> None:
    window = window_of(cast)
    signed_in(cast["Chi"]).post("/screening/go")
    paths = {
        "windows": ("Pike", "/screenings"),
        "board": ("Okafor", f"/screenings/{window.id}"),
        "seats": ("Okafor", f"/screenings/{window.id}?part=seats"),
        "results": ("Pike", f"/screenings/{window.id}/results"),
        "settings": ("Pike", f"/screenings/{window.id}/settings"),
        "measures": ("Okafor", "/measures"),
        "measure": ("Okafor", f"/measures/{cast['Ana'].id}"),
        "learner": ("Chi", "/screening"),
        "begin": ("Dev", "/screening"),
    }
    counts = {}
    for page, (name, path) in paths.items():
        client = signed_in(cast[name])
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts[page] = len(queries)
    assert {page: n for page, n in counts.items() if n > MOST_QUERIES[page]} == {}, counts
