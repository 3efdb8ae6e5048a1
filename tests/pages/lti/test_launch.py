"""A learning management system opens Headway: who comes in, where they land, and in which window."""

from __future__ import annotations

import time

from headway.school.exchange.lti.keys import PAUSE
from headway.school.exchange.sign_on.services import arrivals
from headway.school.models import LtiLink, LtiPlatform, LtiSeat, SignOnAccount
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.pages.lti.conftest import register
from tests.pages.lti.platform_peer import CLIENT, HERE, LTI, Course, PlatformPeer, new_key

INSTRUCTOR = {f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]}


def outcomes(cast: Cast) -> list[str]:
    with in_district(cast.district.id):
        return [each.outcome for each in arrivals()]


def test_a_learner_comes_in_and_the_link_is_kept(cast: Cast, course: Course) -> None:
    client = visitor()
    answer = course.launch(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/lti/open/path")
    assert client.get("/lti/open/path").headers["Location"] == "/my-path"
    assert "Ana" in client.get("/me").content.decode()
    assert not [name for name, value in client.cookies.items() if name.startswith("headway_lti_") and value.value]
    course.launch(client)
    assert outcomes(cast) == ["in", "in"]
    with in_district(cast.district.id):
        link, seat = LtiLink.objects.get(), LtiSeat.objects.get()
        assert (link.resource, link.context_title, link.kind) == ("link-1", "Math 6 A", "path")
        assert (seat.person_id, seat.subject) == (cast["Ana"].id, "account-1")
        assert SignOnAccount.objects.get().subject == "account-1"


def test_the_rule_may_compare_what_the_roster_calls_people(cast: Cast, peer: PlatformPeer) -> None:
    by_number = register(cast, peer, claim="lis.person_sourcedid", field="sourced_id", domains=())
    peer.account = {"sub": "x", f"{LTI}lis": {"person_sourcedid": "Ben"}}
    client = visitor()
    assert by_number.launch(client).status_code == 302
    assert "Ben" in client.get("/me").content.decode()


def test_roles_of_the_platform_give_nothing(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    admin = "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin"
    client = visitor()
    assert course.launch(client, **{f"{LTI}roles": [admin]}).status_code == 302
    assert client.get("/teach").status_code == 404 and client.get("/lti").status_code == 404, "Ana stays a learner"
    peer.account = {"sub": "account-2", "email": "dana@students.maple.example"}
    stolen = course.launch(visitor())
    assert stolen.status_code == 403 and "you are a learner there" in stolen.content.decode()
    assert course.launch(visitor(), **INSTRUCTOR).status_code == 302
    with in_district(cast.district.id):
        assert SignOnAccount.objects.filter(subject="account-2").count() == 1


def test_a_teacher_lands_among_their_classes(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    peer.account = {"sub": "account-3", "email": "okafor@students.maple.example"}
    client = visitor()
    course.launch(client, **INSTRUCTOR)
    assert client.get("/lti/open/path").headers["Location"] == "/"
    with in_district(cast.district.id):
        assert not LtiSeat.objects.exists(), "only learners have grades"
    del cast


def test_in_a_frame_it_says_so_and_only_the_platform_may_frame_it(course: Course, peer: PlatformPeer) -> None:
    asked = {"iss": peer.address, "login_hint": "u 1", "target_link_uri": f"{HERE}/lti/open/path"}
    page = visitor().get(f"{course.base}/begin", asked, headers={"Sec-Fetch-Dest": "iframe"})
    text = page.content.decode()
    assert page.status_code == 200 and "in a window of its own" in text and 'target="_blank"' in text
    assert "login_hint=u+1" in text and not page.cookies
    policy = page.headers["Content-Security-Policy"]
    assert f"frame-ancestors {peer.address};" in f"{policy};" and "X-Frame-Options" not in page.headers
    other = visitor().get("/sign-in")
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"


def test_without_cookies_it_offers_a_new_window(course: Course, peer: PlatformPeer) -> None:
    client = visitor()
    query = course.begin(client)
    client.cookies.clear()
    answer = course.land(client, peer.signed(peer.claims(query)), query["state"])
    text = answer.content.decode()
    assert answer.status_code == 403 and "Try in a new window" in text and f"{course.base}/begin?" in text


def test_somebody_of_another_district_begins_anew(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    from tests.cast import make_cast

    other = make_cast(curriculum=False)
    client = signed_in(other["Ana"])
    call = {"iss": peer.address, "client_id": CLIENT, "login_hint": "u1"}
    first = client.post(f"{course.base}/begin", call)
    assert (first.status_code, first.headers["Location"]) == (307, f"{course.base}/begin")
    assert course.launch(client).status_code == 302
    other.close()
    assert outcomes(cast) == ["in"]


def test_keys_are_read_once_and_anew_when_they_changed(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    for _ in range(2):
        assert course.launch(visitor()).status_code == 302
    assert peer.asked.count("GET /keys") == 1
    peer.keys = [*peer.keys, new_key()]
    assert course.launch(visitor()).status_code == 403, "read a moment ago: not again for a key that may be made up"
    with in_district(cast.district.id):
        LtiPlatform.objects.update(keys_at=time.time() - PAUSE - 1)
    assert course.launch(visitor()).status_code == 302
    assert peer.asked.count("GET /keys") == 2
    with in_district(cast.district.id):
        row = LtiPlatform.objects.get()
        assert len(row.keys["keys"]) == 2 and "d" not in row.keys["keys"][0]


def test_a_platform_that_is_down_or_sends_nonsense(cast: Cast, peer: PlatformPeer) -> None:
    for place in ("/nothing-here", "/text"):
        peer.answers["GET /text"] = lambda *_: (200, {}, ["no keys"])
        broken = register(cast, peer, keys_url=f"{peer.address}{place}", client=f"client{place}")
        client = visitor()
        query = broken.begin(client, client_id=f"client{place}")
        assert broken.land(client, peer.signed(peer.claims(query)), query["state"]).status_code == 403
    assert outcomes(cast) == ["token", "token"]


def test_our_keys_are_published(course: Course) -> None:
    found = visitor().get(f"/lti/{course.district}/keys").json()["keys"]
    assert [sorted(key) for key in found] == [["alg", "e", "kid", "kty", "n", "use"]]
    assert visitor().get(f"/lti/{course.platform}/keys").status_code == 404, "no such district"


def test_addresses_that_open_nothing(cast: Cast) -> None:
    ana = signed_in(cast["Ana"])
    assert ana.get("/lti/open/nowhere").status_code == 404
    assert ana.get("/lti/open/skill/6.NO.SUCH").headers["Location"] == "/my-path", "a skill that is not taught any more"
    assert visitor().get("/lti/open/path").headers["Location"] == "/sign-in?next=%2Flti%2Fopen%2Fpath"
