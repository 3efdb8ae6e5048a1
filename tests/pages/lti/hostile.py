"""Launches that open nothing: what each sends, and how the refusal is called in the list of arrivals (with the fault of
a token after a colon).

``docs/explanation/launches.md`` lists them by these names.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from headway.school.models import LtiLaunch
from headway.school.people.tenancy import in_district
from tests.pages.lti.platform_peer import CLIENT, HERE, Claims, Course, new_key

OTHER, WEAK, ENCRYPTING = new_key(), new_key(1024), new_key(1024)
DEEP = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
Try = Callable[[Course, Client], HttpResponse]
Sign = Callable[[Course, Claims], str]


def says(**changed: Any) -> Try:
    """A launch that is signed as it should be, with these claims changed; ``None`` leaves one out."""

    def attempt(course: Course, client: Client) -> HttpResponse:
        query = course.begin(client)
        claims = course.peer.claims(query)
        for name, value in changed.items():
            full = next((key for key in claims if key.rpartition("/")[2] == name), name)
            claims[full] = value(claims.get(full)) if callable(value) else value
        kept = {name: value for name, value in claims.items() if value is not None}
        return course.land(client, course.peer.signed(kept), query["state"])

    return attempt


def signs(sign: Sign) -> Try:
    """A launch that says what it should, in a token that is made another way."""

    def attempt(course: Course, client: Client) -> HttpResponse:
        query = course.begin(client)
        return course.land(client, sign(course, course.peer.claims(query)), query["state"])

    return attempt


def calls(**asked: str) -> Try:
    """A first call with other fields; an empty one is left out."""

    def attempt(course: Course, client: Client) -> HttpResponse:
        call = {"iss": course.peer.address, "client_id": CLIENT, "login_hint": "u1", **asked}
        return client.post(f"{course.base}/begin", {k: v for k, v in call.items() if v})  # type: ignore[return-value]

    return attempt


def swapped(course: Course, claims: Claims) -> str:
    head, _body, signature = course.peer.signed(claims).split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "somebody-else"}).encode()).decode().rstrip("=")
    return f"{head}.{forged}.{signature}"


def by_key(key: Any, **public: Any) -> Sign:
    """Signed by a key that the platform publishes, though it may not."""

    def sign(course: Course, claims: Claims) -> str:
        listed = {"keys": [{**key.as_dict(private=False), **public}]}
        course.peer.answers["GET /keys"] = lambda *_: (200, {}, listed)
        with in_district(course.district):
            course.forget_keys()
        return course.peer.signed(claims, key, kid=key.kid, typ="JWT", x=1)

    return sign


def forged_state(course: Course, client: Client) -> HttpResponse:
    query = course.begin(client)
    return course.land(client, course.peer.signed(course.peer.claims(query)), "11111111-2222-4333-8444-555555555555")


def no_state(course: Course, client: Client) -> HttpResponse:
    query = course.begin(client)
    return course.land(client, course.peer.signed(course.peer.claims(query)), "")


def used_state(course: Course, client: Client) -> HttpResponse:
    query = course.begin(client)
    token = course.peer.signed(course.peer.claims(query))
    client.post(f"{course.base}/launch", {"id_token": token, "state": query["state"]})
    return course.land(client, token, query["state"])


def replayed_token(course: Course, client: Client) -> HttpResponse:
    first, second = course.begin(client), course.begin(client)
    token = course.peer.signed(course.peer.claims(first))
    return course.land(client, token, second["state"])


def old_state(course: Course, client: Client) -> HttpResponse:
    query = course.begin(client)
    with in_district(course.district):
        LtiLaunch.objects.filter(id=query["state"]).update(at=time.time() - 601)
    return course.land(client, course.peer.signed(course.peer.claims(query)), query["state"])


def other_browser(course: Course, client: Client) -> HttpResponse:
    query = course.begin(client)
    client.cookies.clear()
    return course.land(client, course.peer.signed(course.peer.claims(query)), query["state"])


def not_arrived(course: Course, client: Client) -> HttpResponse:
    return course.go_on(client, f"{course.base}/enter?state={course.begin(client)['state']}")


def stopped(course: Course, client: Client) -> HttpResponse:
    state = course.begin(client)["state"]
    return client.post(f"{course.base}/launch", {"state": state, "error": "login_required"})  # type: ignore[return-value]


def shortly(seconds: float) -> Callable[[Any], Any]:
    return lambda value: value + seconds


STAFF_AS_LEARNER = {"sub": "account-9", "email": "dana@students.maple.example"}
HOSTILE: dict[str, tuple[str, Try]] = {
    "unsigned (alg none)": ("token:algorithm", signs(lambda c, claims: c.peer.unsigned(claims))),
    "HS256 with the public key as the secret": ("token:algorithm", signs(lambda c, claims: c.peer.by_shared_secret(claims))),
    "signed by another key of the same name": ("token:signature", signs(lambda c, claims: c.peer.signed(claims, OTHER))),
    "a key that is not published (kid)": ("token:key", signs(lambda c, claims: c.peer.signed(claims, OTHER, kid=OTHER.kid))),
    "no name of a key (kid)": ("token:header", signs(lambda c, claims: c.peer.signed(claims, kid=None))),
    "a header that brings its key (jwk)": (
        "token:header", signs(lambda c, claims: c.peer.signed(claims, OTHER, jwk=OTHER.as_dict(private=False)))),
    "a header that says where its key is (jku)": (
        "token:header", signs(lambda c, claims: c.peer.signed(claims, OTHER, jku="https://evil.example/keys"))),
    "a header with an address of a certificate (x5u)": (
        "token:header", signs(lambda c, claims: c.peer.signed(claims, x5u="https://evil.example/cert"))),
    "a header with a certificate (x5c)": ("token:header", signs(lambda c, claims: c.peer.signed(claims, x5c=["AAAA"]))),
    "a header that asks for rules of its own (crit)": (
        "token:form", signs(lambda c, claims: c.peer.signed(claims, crit=["x"]))),
    "a published key of 1,024 bits": ("token:key", signs(by_key(WEAK))),
    "a published key for encryption": ("token:key", signs(by_key(ENCRYPTING, use="enc"))),
    "changed after signing": ("token:signature", signs(swapped)),
    "without its signature": ("token:signature", signs(lambda c, claims: c.peer.signed(claims).rpartition(".")[0] + ".")),
    "longer than 32,768 characters": ("token:size", says(padding="x" * 40_000)),
    "no token": ("token:form", signs(lambda *_: "")),
    "nonsense for a token": ("token:form", signs(lambda *_: "a.b.c")),
    "another client (aud)": ("token:audience", says(aud="somebody-else")),
    "two clients, made for the other (azp)": ("token:party", says(aud=[CLIENT, "other"], azp="other")),
    "two clients, made for nobody (no azp)": ("token:party", says(aud=[CLIENT, "other"])),
    "our client, made for another (azp)": ("token:party", says(azp="other")),
    "another issuer (iss)": ("token:issuer", says(iss="https://elsewhere.example")),
    "nearly our issuer (iss with a slash)": ("token:issuer", says(iss=lambda iss: f"{iss}/")),
    "out of date (exp)": ("late", says(iat=shortly(-900), exp=shortly(-900))),
    "no end (exp)": ("token:missing", says(exp=None)),
    "an end that is text": ("token:missing", says(exp="tomorrow")),
    "from the future (iat)": ("token:future", says(iat=shortly(900), exp=shortly(900))),
    "no beginning (iat)": ("token:missing", says(iat=None)),
    "good from later on (nbf)": ("token:future", says(nbf=lambda _: time.time() + 900)),
    "made hours ago, good for days": ("late", says(iat=shortly(-90_000), exp=shortly(90_000))),
    "another nonce": ("token:nonce", says(nonce="of another launch")),
    "no nonce": ("token:missing", says(nonce=None)),
    "a token of another launch (replayed nonce)": ("token:nonce", replayed_token),
    "no deployment": ("deployment", says(deployment_id=None)),
    "a deployment that nobody agreed to": ("deployment", says(deployment_id="deployment-2")),
    "another version": ("lti", says(version="1.1.0")),
    "no version": ("lti", says(version=None)),
    "another kind of message": ("lti", says(message_type="LtiSubmissionReviewRequest")),
    "no kind of message": ("lti", says(message_type=None)),
    "no resource link": ("lti", says(resource_link=None)),
    "a resource link without an id": ("lti", says(resource_link={"title": "x"})),
    "no roles": ("lti", says(roles=None)),
    "choosing without an address to come back to": (
        "lti", says(message_type="LtiDeepLinkingRequest", **{DEEP: {"accept_types": ["ltiResourceLink"]}})),
    "nobody (no sub)": ("anonymous", says(sub=None)),
    "an account of 256 letters (sub)": ("anonymous", says(sub="x" * 256)),
    "the platform's test user": (
        "test-user", says(roles=["http://purl.imsglobal.org/vocab/lti/system/person#TestUser"])),
    "a leader who is called a learner": ("roles", says(**STAFF_AS_LEARNER)),
    "an address of another school's domain": ("domain", says(sub="account-8", email="ana@evil.example")),
    "somebody who is not in the roster": ("unknown", says(sub="account-7", email="no@students.maple.example")),
    "a target on another site": ("target", says(target_link_uri="https://evil.example/lti/open/path")),
    "a target whose host begins like ours": ("target", says(target_link_uri=f"{HERE}.evil.example/lti/open/path")),
    "a target with our host as a user's name": ("target", says(target_link_uri=f"{HERE}@evil.example/lti/open/path")),
    "a target that is a script": ("target", says(target_link_uri="javascript:alert(1)//lti/open/path")),
    "a target that is another page of ours": ("target", says(target_link_uri=f"{HERE}/sign-out")),
    "no target": ("target", says(target_link_uri=None)),
    "a state that was made up": ("launch", forged_state),
    "no state": ("launch", no_state),
    "a state that was used": ("launch", used_state),
    "a state that is ten minutes old": ("launch", old_state),
    "a state of another browser": ("launch", other_browser),
    "going on before a token has come": ("launch", not_arrived),
    "an error of the platform": ("cancelled", stopped),
    "a first call of another issuer": ("state", calls(iss="https://elsewhere.example")),
    "a first call for another client": ("state", calls(client_id="somebody-else")),
    "a first call without a hint of who it is": ("lti", calls(login_hint="")),
    "a first call with 20,000 letters": ("lti", calls(lti_message_hint="x" * 20_000)),
    "a first call with a target on another site": ("target", calls(target_link_uri="https://evil.example/")),
}  # fmt: skip
