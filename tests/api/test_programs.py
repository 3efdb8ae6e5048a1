"""Tokens for programs: RFC 6749's client credentials, and every way in which they are not given."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from headway.school.models import Person, Role
from headway.school.people import programs
from headway.school.people.programs import Registered, end_program, register_program, take_charge
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.operations import BASES, SCOPES
from tests.api.programs import Answer, Program, call
from tests.cast import Cast, make_cast

USERS = f"{BASES['rostering']}/users"
READ = next(each for each in SCOPES if each.endswith("roster.readonly"))


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast(curriculum=False)
    programs._remembered.clear()
    yield made
    made.close()


def registered(cast: Cast, *scopes: str) -> Registered:
    with in_district(cast.district.id):
        return register_program(by=cast["Dana"], name="SIS", scopes=scopes or (READ,), now=time.time())


def ask(made: Registered, *, secret: str = "", basic: bool = False, **form: str) -> Answer:
    given = {"grant_type": "client_credentials", **form}
    headers = {"host": "localhost", "content-type": "application/x-www-form-urlencoded"}
    if basic:
        headers["authorization"] = f"Basic {b64encode(f'{made.client}:{secret or made.secret}'.encode()).decode()}"
    else:
        given |= {"client_id": made.client, "client_secret": secret or made.secret}
    return call("POST", "/oauth2/token", "", headers, urlencode(given).encode())


def test_a_token_is_given_and_taken(cast: Cast) -> None:
    made = registered(cast)
    for basic in (False, True):
        answer = ask(made, basic=basic)
        body = answer.json()
        assert (answer.status, body["token_type"], body["expires_in"], body["scope"]) == (200, "Bearer", 3600, READ)
        assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
        assert Program(body["access_token"]).get(USERS).status == 200


@pytest.mark.parametrize(
    ("given", "status", "error"),
    [
        ({"secret": "wrong"}, 401, "invalid_client"),
        ({"secret": "wrong", "basic": True}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": f"{READ} everything"}, 400, "invalid_scope"),
    ],
)
def test_a_token_is_refused(cast: Cast, given: dict[str, str], status: int, error: str) -> None:
    answer = ask(registered(cast), **given)  # type: ignore[arg-type]
    assert (answer.status, answer.json()["error"]) == (status, error)
    assert (status == 401) == ("www-authenticate" in answer.headers)


@pytest.mark.parametrize(
    ("method", "kind", "body", "status"),
    [
        ("GET", "application/x-www-form-urlencoded", b"", 405),
        ("POST", "application/json", b"{}", 400),
        (
            "POST",
            "application/x-www-form-urlencoded",
            b"grant_type=client_credentials&client_id=hwc.%00&client_secret=\xff",
            401,
        ),
        ("POST", "application/x-www-form-urlencoded", b"a=1&" * 30, 400),
        ("POST", "application/x-www-form-urlencoded", b"a" * 70_000, 400),
    ],
)
def test_what_is_no_request_for_a_token(cast: Cast, method: str, kind: str, body: bytes, status: int) -> None:
    answer = call(method, "/oauth2/token", "", {"host": "localhost", "content-type": kind}, body)
    assert (answer.status, "error" in answer.json()) == (status, True)


def test_a_program_asks_for_less_than_it_may(cast: Cast) -> None:
    made = registered(cast, *SCOPES)
    core = next(each for each in SCOPES if each.endswith("roster-core.readonly"))
    token = Program(ask(made, scope=core).json()["access_token"])
    assert (token.get(USERS).status, token.get(f"{BASES['gradebook']}/results").status) == (200, 403)


def test_a_program_ends_with_its_person_its_hour_or_by_hand(cast: Cast) -> None:
    made = registered(cast)
    token = ask(made).json()["access_token"]
    assert programs.program_of_token(token, time.time() + 3599) is not None
    programs._remembered.clear()
    assert programs.program_of_token(token, time.time() + 3601) is None
    with in_district(cast.district.id):
        Person.objects.filter(id=cast["Dana"].id).update(is_active=False)
    assert (Program(token).get(USERS).status, ask(made).status) == (401, 401)
    with in_district(cast.district.id):
        assert take_charge(program=made.id, by=cast["Stone"])  # teaches in one school: no part in the whole district
    assert ask(made).status == 401
    with in_district(cast.district.id):
        Role.objects.create(district=cast.district, person=cast["Stone"], name="leader")
    assert (Program(token).get(USERS).status, ask(made).status) == (200, 200)
    with in_district(cast.district.id):
        assert end_program(program=made.id, now=time.time())
        assert not end_program(program=made.id, now=time.time())
    programs._remembered.clear()
    assert (Program(token).get(USERS).status, ask(made).status) == (401, 401)


def test_tokens_are_not_handed_out_without_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = registered(cast)
    monkeypatch.setattr("headway.api.programs.BURST", 2.0)
    answers = [ask(made, secret="guess") for _ in range(3)]
    assert [each.status for each in answers] == [401, 401, 429]
