"""A device that several people use: sessions on it end by themselves, and nothing of whoever was there stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from headway.school.people.principal import principal_of_session
from headway.school.people.sign_in import demo_link_token
from tests.cast import Cast, make_cast
from tests.clients import visitor


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    yield found
    found.close()


def on_shared(cast: Cast, name: str, minutes: str = "5") -> Client:
    """Somebody who has come in on a device that was made shared."""
    client = visitor()
    client.post("/sign-in/device", {"minutes": minutes})
    client.get(f"/demo/sign-in/{demo_link_token(cast[name])}")
    return client


def left_for(client: Client, seconds: float) -> None:
    """Nobody touches the device for so long."""
    session = client.session
    session["seen_at"] -= seconds
    session.save()


def test_a_session_on_a_shared_device_ends_with_the_browser_or_when_it_is_left(cast: Cast) -> None:
    client = on_shared(cast, "Ana")
    assert not client.cookies["headway_session"]["max-age"], "the browser forgets it when it closes"
    page = client.get("/who-read")
    assert 'data-idle="300"' in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    left_for(client, 200)
    assert client.get("/sign-in/here").status_code == 204, "a sign of life counts"
    left_for(client, 200)
    assert client.get("/who-read").status_code == 200
    left_for(client, 301)
    key = str(client.session.session_key)
    assert principal_of_session(key) is None, "nor by the API"
    assert client.get("/who-read").headers["Location"].startswith("/sign-in")
    assert client.get("/sign-in/here").status_code == 401
    door = client.get("/sign-in", {"at": str(cast.district.id)}).content.decode()
    assert "signed out after 5 minutes" in door and "You are Ana" not in door


def test_answers_keep_a_shared_session_alive(cast: Cast) -> None:
    client = on_shared(cast, "Ana")
    left_for(client, 200)
    assert principal_of_session(str(client.session.session_key)) is not None
    left_for(client, 200)
    assert client.get("/who-read").status_code == 200


def test_a_device_of_ones_own_is_as_before(cast: Cast) -> None:
    client = on_shared(cast, "Ana", minutes="0")
    assert client.cookies["headway_session"]["max-age"] == 36_000
    assert "data-idle" not in client.get("/who-read").content.decode()
    client.cookies["headway_shared"] = "a million"
    client.get("/sign-out")
    client.post("/sign-out")
    client.get(f"/demo/sign-in/{demo_link_token(cast['Ana'])}")
    assert 'data-idle="600"' in client.get("/who-read").content.decode(), (
        "a cookie that was written by hand is the usual one"
    )


def test_on_a_shared_device_everybody_signs_out_with_one_tap(cast: Cast) -> None:
    shared, own = on_shared(cast, "Ana"), on_shared(cast, "Ana", minutes="0")
    for client, one_tap in ((shared, True), (own, False)):
        page = client.get("/who-read").content.decode()
        assert page.count('action="/sign-out"') == 1
        assert ('<form method="post" action="/sign-out" class="out">' in page) == one_tap
