"""The second step of adults: codes of RFC 6238, codes on paper, who is asked, who is not asked twice, and the reset."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator

import httpx
import pytest
from django.test import Client

from headway.school.exchange.sign_on import second
from headway.school.exchange.sign_on.second import HALF_MINUTE, MISSES, WINDOW, CodeRefused, code_at
from headway.school.exchange.sign_on.services import Draft, add_service
from headway.school.models import RecoveryCode, SecondStep, SecondStepTry
from headway.school.people.access import viewer_of
from headway.school.people.models import Person
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor
from tests.pages.sign_on.openid_peer import CLIENT, SECRET, openid_peer

NOON = 1_790_000_000.0


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    yield found
    found.close()


def code_of(secret: str, now: float) -> str:
    return code_at(secret, int(now // HALF_MINUTE))


def with_app(cast: Cast, name: str, now: float) -> tuple[str, list[str]]:
    """Somebody who has set up an app: its secret, and the codes on paper."""
    secret = second.new_secret()
    with in_district(cast.district.id):
        return secret, second.begin(person=cast[name], secret=secret, code=code_of(secret, now), now=now)


def tried(cast: Cast, name: str, code: str, now: float) -> str:
    """What a code brings."""
    with in_district(cast.district.id):
        try:
            return second.check(person=cast[name], code=code, now=now)
        except CodeRefused as why:
            return why.outcome


def came(person: Person, **query: str) -> tuple[Client, str]:
    """A browser after the first step, and where it was sent."""
    client = visitor()
    return client, client.get(f"/demo/sign-in/{demo_link_token(person)}", query).headers["Location"]


@pytest.mark.parametrize(
    ("seconds", "eight"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"), (2000000000, "69279037"),
     (20000000000, "65353130")],
)  # fmt: skip
def test_the_codes_are_those_of_rfc_6238(seconds: int, eight: str) -> None:
    """Appendix B gives eight digits; six digits are their last six (RFC 4226, section 5.3)."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert code_at(secret, seconds // HALF_MINUTE) == eight[2:]


def test_a_code_is_good_once_and_near_its_time(cast: Cast) -> None:
    secret, _ = with_app(cast, "Okafor", NOON)
    assert tried(cast, "Okafor", code_of(secret, NOON), NOON) == "used", "it was spent on the setting up"
    later = NOON + 10 * HALF_MINUTE
    assert tried(cast, "Okafor", code_of(secret, later - 2 * HALF_MINUTE), later) == "wrong"
    assert tried(cast, "Okafor", code_of(secret, later + 2 * HALF_MINUTE), later) == "wrong"
    assert tried(cast, "Okafor", code_of(secret, later + HALF_MINUTE), later) == "in", "a phone that is ahead"
    assert tried(cast, "Okafor", code_of(secret, later), later) == "used", "older than one that was used"
    assert (
        tried(cast, "Okafor", f" {code_of(secret, later + 60)[:3]} {code_of(secret, later + 60)[3:]}", later + 60)
        == "in"
    )
    for nonsense in ("", "000", "é" * 6, "²²²²²²", "1" * 40):
        assert tried(cast, "Okafor", nonsense, later + 120) in ("wrong", "locked")
    assert tried(cast, "Lee", "123456", later) == "wrong", "who has no app"


def test_wrong_codes_are_counted_and_a_right_one_waits_too(cast: Cast) -> None:
    secret, paper = with_app(cast, "Okafor", NOON)
    at = NOON + 3600
    assert [tried(cast, "Okafor", "000000" if code_of(secret, at) != "000000" else "1", at) for _ in range(MISSES)] == [
        "wrong"
    ] * MISSES
    assert tried(cast, "Okafor", code_of(secret, at), at + 1) == "locked"
    assert tried(cast, "Okafor", paper[0], at + 1) == "locked"
    assert tried(cast, "Okafor", code_of(secret, at + WINDOW + 2), at + WINDOW + 2) == "in"
    with in_district(cast.district.id):
        assert SecondStepTry.objects.count() == MISSES + 3


def test_a_code_on_paper_is_good_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    secret, paper = with_app(cast, "Okafor", NOON)
    assert len(set(paper)) == 10
    assert [tried(cast, "Okafor", paper[3].upper(), NOON + 1), tried(cast, "Okafor", paper[3], NOON + 2)] == [
        "paper",
        "wrong",
    ]
    with in_district(cast.district.id):
        kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
        assert paper[0].replace("-", "").encode() not in kept
        assert secret.encode() not in bytes(SecondStep.objects.get().secret)
        fresh = second.new_paper(person=cast["Okafor"], code=code_of(secret, NOON + 60), now=NOON + 60)
    assert tried(cast, "Okafor", paper[0], NOON + 61) == "wrong"
    assert tried(cast, "Okafor", fresh[0], NOON + 62) == "paper"


def test_staff_set_it_up_themselves_and_are_asked_from_then_on(cast: Cast) -> None:
    client = signed_in(cast["Okafor"])
    assert "Second step of your sign-in" in client.get("/teach", follow=True).content.decode()
    page = client.get("/second-step").content.decode()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found and "<svg" in page
    secret = found[1].replace(" ", "")
    assert client.post("/second-step", {"code": "no"}).status_code == 403
    assert found[1] in client.get("/second-step").content.decode(), "the same one until a code fits"
    now = time.time()
    codes = client.post("/second-step", {"code": code_of(secret, now)}).content.decode()
    paper = re.findall(r"<code>([^<]+)</code>", codes)
    assert len(paper) == 10
    assert "It is set up" in client.get("/second-step").content.decode()
    again, onward = came(cast["Okafor"], next="/second-step")
    assert onward == "/sign-in/second"
    assert again.get("/teach").headers["Location"].startswith("/sign-in"), "the first step alone opens nothing"
    assert again.get(f"/api/sections/{cast.a.id}").status_code in (401, 403, 404)
    assert again.post("/sign-in/second", {"code": "1"}).status_code == 403
    assert again.post("/sign-in/second", {"code": paper[0]}).headers["Location"] == "/second-step"
    assert again.post("/second-step/change", {"code": "x", "what": "let-go"}).status_code == 403
    assert (
        len(
            re.findall(
                r"<code>[^<]+</code>",
                again.post("/second-step/change", {"code": paper[1], "what": "paper"}).content.decode(),
            )
        )
        == 10
    )
    assert visitor().get("/sign-in/second").headers["Location"] == "/sign-in"
    assert (
        signed_in(cast["Ana"]).get("/second-step").status_code
        == 404
        == signed_in(cast["Maria"]).get("/second-step").status_code
    )


def test_the_districts_rule_leads_to_the_setting_up_but_not_learners_nor_families(cast: Cast) -> None:
    boss = signed_in(cast["Dana"])
    assert "The staff" not in boss.post("/sign-on/second", {"what": "need"}, follow=True).content.decode()
    assert "Staff need no second step" in boss.get("/sign-on").content.decode()
    client, onward = came(cast["Lee"], next="/teach")
    assert onward == "/sign-in/second/new" and client.get("/sign-in/second").headers["Location"] == "/sign-in"
    page = client.get("/sign-in/second/new").content.decode()
    secret = "".join(re.findall(r'class="secret">([A-Z2-7 ]+)<', page)[0].split())
    assert client.post("/sign-in/second/new", {"code": ""}).status_code == 403
    done = client.post("/sign-in/second/new", {"code": code_of(secret, time.time())}).content.decode()
    assert 'href="/teach"' in done and client.get("/teach").headers["Location"].startswith("/teach/")
    assert [came(cast[name])[1] for name in ("Ana", "Maria", "Pike", "Lee")] == [
        "/",
        "/",
        "/sign-in/second/new",
        "/sign-in/second",
    ]
    boss.post("/sign-on/second", {"what": "need-not"})
    assert [came(cast[name])[1] for name in ("Pike", "Lee")] == ["/", "/sign-in/second"]


def test_a_reset_is_by_somebody_else_of_the_whole_district_and_says_why(cast: Cast) -> None:
    with_app(cast, "Okafor", time.time())
    boss = signed_in(cast["Dana"])
    form = {"what": "reset", "person": "Okafor", "why": "Lost the phone; I know her voice"}
    for wrong in ({"person": "nobody"}, {"person": ""}, {"why": "x"}, {"person": "Dana"}, {"person": "Lee"}):
        page = boss.post("/sign-on/second", {**form, **wrong}, follow=True).content.decode()
        assert 'class="note warning"' in page, wrong
    for name in ("Pike", "Lee", "Ana"):
        assert signed_in(cast[name]).post("/sign-on/second", form).status_code == 404
    assert came(cast["Okafor"])[1] == "/sign-in/second"
    page = boss.post("/sign-on/second", form, follow=True).content.decode()
    assert "is reset" in page and "I know her voice" in page and "reset by Dana" in page
    assert came(cast["Okafor"])[1] == "/"
    other = make_cast(curriculum=False)
    with in_district(other.district.id), pytest.raises(second.NotReset):
        second.reset(
            by=viewer_of(other["Dana"]), who=str(cast["Okafor"].email or "x@y"), why="of another district", now=NOON
        )


def test_who_waits_too_long_between_the_steps_begins_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with_app(cast, "Okafor", time.time())
    client, _ = came(cast["Okafor"])
    monkeypatch.setattr("headway.pages.sign_on.second.PATIENCE", -1.0)
    assert client.get("/sign-in/second", follow=True).redirect_chain[0][0] == "/sign-in"


@pytest.mark.parametrize(("said", "asked"), [(["pwd", "mfa"], False), (["pwd"], True), ("mfa", True), (None, True)])
def test_a_service_that_asked_for_two_factors_is_believed(cast: Cast, said: object, asked: bool) -> None:
    with_app(cast, "Okafor", time.time())
    with openid_peer() as peer:
        draft = Draft("oidc", "Maple", issuer=peer.address, client=CLIENT, secret=SECRET)
        with in_district(cast.district.id):
            cast["Okafor"].email = "okafor@maple.example"
            cast["Okafor"].save()
            service = add_service(by=cast["Dana"], draft=draft, now=time.time())
        peer.account = {"sub": "1", "email": "okafor@maple.example", **({"amr": said} if said else {})}
        client = visitor()
        begun = client.get(f"/sign-in/by/{cast.district.id}/{service}", {"next": "/teach"}).headers["Location"]
        back = httpx.get(begun).headers["Location"].partition("//")[2].partition("/")[2]
        assert client.get(f"/{back}").headers["Location"] == ("/sign-in/second" if asked else "/teach")
