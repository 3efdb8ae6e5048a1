"""Coming in, going out, and what is said when something is wrong."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import override_settings

from headway.school.people.actions import make_district
from headway.school.people.sign_in import demo_link_token
from headway.school.people.welcome import DISTRICTS
from tests.clients import signed_in, visitor
from tests.pages.conftest import Pair, make_pair


def test_home_asks_to_sign_in() -> None:
    assert visitor().get("/").headers["Location"] == "/sign-in"


def test_a_demo_lists_its_people_and_a_click_signs_in(bare: Pair) -> None:
    page = visitor().get("/sign-in").content.decode()
    assert "Alba Reyes" in page and "Learners" in page
    assert signed_in(bare.alba).get("/").headers["Location"] == "/practice"


def test_the_list_stays_short_however_many_districts_there_are() -> None:
    made = [make_district(name=f"Valley {uuid4().hex}") for _ in range(DISTRICTS + 1)]
    for district in made:
        make_pair(district.id)
    page = visitor().get("/sign-in").content.decode()
    assert made[0].name not in page
    assert all(district.name in page for district in made[1:])


def test_a_link_into_another_district_changes_the_person(cast: Pair, bare: Pair) -> None:
    client = signed_in(cast.alba)
    page = client.get(f"/demo/sign-in/{demo_link_token(bare.okoye)}", follow=True)
    assert page.status_code == 200 and "Ada Okoye" in page.content.decode()


def test_signing_in_leads_on_to_the_page_that_was_asked_for(cast: Pair) -> None:
    asked = visitor().get("/my-path?x=1").headers["Location"]
    assert asked == "/sign-in?next=%2Fmy-path%3Fx%3D1"
    door = f"/demo/sign-in/{demo_link_token(cast.alba)}?next=%2Fmy-path%3Fx%3D1"
    assert "?next=%2Fmy-path%3Fx%3D1" in visitor().get(asked).content.decode()
    assert visitor().get(door).headers["Location"] == "/my-path?x=1"
    assert signed_in(cast.alba).get(asked).headers["Location"] == "/my-path?x=1"
    page = signed_in(cast.okoye).get(door, follow=True)
    assert page.redirect_chain[-1][0] == "/my-path?x=1"


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "my-path"]
)
def test_signing_in_leads_nowhere_else(cast: Pair, onward: str) -> None:
    door = f"/demo/sign-in/{demo_link_token(cast.alba)}"
    assert visitor().get(door, {"next": onward}).headers["Location"] == "/"
    page = visitor().get("/sign-in", {"next": onward}).content.decode()
    assert re.search(r'href="/demo/sign-in/[^"?]+"', page)
    assert not re.search(r'href="/demo/sign-in/[^"]*\?', page)


def test_a_bad_link_says_what_to_do() -> None:
    page = visitor().get("/demo/sign-in/nonsense", follow=True)
    assert "not valid any more" in page.content.decode()


def test_production_has_no_demo_door(cast: Pair) -> None:
    token = demo_link_token(cast.alba)
    with override_settings(PRODUCTION=True):
        client = visitor()
        assert client.get(f"/demo/sign-in/{token}").status_code == 404
        page = client.get("/sign-in").content.decode()
        assert "Alba" not in page and "no sign-on service is set up yet" in page


def test_signing_out_forgets(cast: Pair) -> None:
    client = signed_in(cast.alba)
    assert client.get("/sign-out").status_code == 200
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert client.get("/").headers["Location"] == "/sign-in"


def test_the_language_is_kept_with_the_person(cast: Pair) -> None:
    client = signed_in(cast.alba)
    client.post("/language", {"language": "es", "next": "/sign-out"})
    assert '<html lang="es">' in client.get("/sign-out").content.decode()
    assert '<html lang="es">' in signed_in(cast.alba).get("/sign-out").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(back: str) -> None:
    assert visitor().post("/language", {"language": "es", "next": back}).headers["Location"] == "/"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    page = visitor().post("/language", {"language": "xx", "next": "/sign-in"}, follow=True)
    assert "does not speak" in page.content.decode()


def test_there_is_no_page_here() -> None:
    answer = visitor().get("/nowhere")
    assert answer.status_code == 404 and "There is no page here" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do(cast: Pair) -> None:
    client = visitor(csrf=True)
    answer = client.post("/sign-out")
    assert answer.status_code == 403 and "load the page again" in answer.content.decode()


def test_the_worker_keeps_no_personal_page() -> None:
    answer = visitor().get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert '"/offline"' in answer.content.decode() and "practice" not in answer.content.decode()
