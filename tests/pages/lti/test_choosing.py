"""Deep linking: a teacher chooses a skill, the path or the screening for a course, and the platform gets it signed."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from html import unescape
from typing import Any

from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet

from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.exchange.lti.platforms import change_platform
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import visitor
from tests.pages.lti.platform_peer import CLIENT, DEPLOYMENT, HERE, LTI, Course, PlatformPeer

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"


def asks(course: Course, client: Client, *, several: bool = True, back: str = "") -> Any:
    """A teacher who comes to choose."""
    settings = {"deep_link_return_url": back or f"{course.peer.address}/back?course=1", "accept_types": ["ltiResourceLink"],
                "accept_presentation_document_targets": ["window"], "accept_multiple": several, "data": "kept"}  # fmt: skip
    roles = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
    more: dict[str, Any] = {
        f"{LTI}message_type": "LtiDeepLinkingRequest", f"{DL}deep_linking_settings": settings, f"{LTI}roles": roles,
        f"{LTI}resource_link": {},
    }  # fmt: skip
    return course.launch(client, **more)


def test_a_teacher_chooses_a_skill_and_the_platform_can_read_it(cast: Cast, course: Course, peer: PlatformPeer) -> None:
    install_shipped_curriculum(district=cast.district.id)
    with in_district(cast.district.id):
        change_platform(platform=course.platform, deployments=[DEPLOYMENT], grades=True)
    peer.account = {"sub": "account-3", "email": "okafor@students.maple.example"}
    client = visitor()
    answer = asks(course, client)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Math 6 A" in page and 'value="6.RP.A.1"' in page
    assert client.post(f"{course.base}/choose", {"skill": ""}).status_code == 422, "nothing was chosen"
    sent = client.post(f"{course.base}/choose", {"skill": "6.RP.A.1", "place": ["path", "nowhere"]})
    text = sent.content.decode()
    assert f'action="{peer.address}/back?course=1"' in text
    assert f"form-action 'self' {peer.address};" in sent.headers["Content-Security-Policy"]
    token = unescape(re.findall(r'name="JWT" value="([^"]+)"', text)[0])
    ours = KeySet.import_key_set(visitor().get(f"/lti/{cast.district.id}/keys").json())
    claims = jwt.decode(token, ours, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims[f"{DL}data"]) == (CLIENT, peer.address, "kept")
    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse" and claims[f"{LTI}deployment_id"] == DEPLOYMENT
    path, skill = claims[f"{DL}content_items"]
    assert path["url"] == f"{HERE}/lti/open/path" and skill["url"] == f"{HERE}/lti/open/skill/6.RP.A.1"
    assert skill["lineItem"]["resourceId"] == "6.RP.A.1" and "lineItem" not in path
    assert client.get(f"{course.base}/choose").status_code == 403, "it was sent"
    peer.account = {"sub": "account-1", "email": "ana@students.maple.example"}
    ana = visitor()
    landed = course.launch(ana, **{f"{LTI}target_link_uri": skill["url"]})
    assert ana.get(landed.headers["Location"]).headers["Location"] == "/my-path?at=6.RP.A.1"
    assert ana.get("/my-path?at=6.RP.A.1").status_code == 200


def test_without_a_link_one_at_a_time_and_not_by_learners(course: Course, peer: PlatformPeer) -> None:
    ana = visitor()
    where = asks(course, ana).headers["Location"]
    assert ana.get(where).status_code == 403, "a learner chooses nothing for a course"
    peer.account = {"sub": "account-3", "email": "okafor@students.maple.example"}
    client = visitor()
    asks(course, client, several=False)
    sent = client.post(f"{course.base}/choose", {"place": ["path", "screening"]}).content.decode()
    token = unescape(re.findall(r'name="JWT" value="([^"]+)"', sent)[0])
    assert len(claims_of(token)[f"{DL}content_items"]) == 1
    asks(course, client)
    sent = client.post(f"{course.base}/choose", {"nothing": "1"}).content.decode()
    assert claims_of(unescape(re.findall(r'name="JWT" value="([^"]+)"', sent)[0]))[f"{DL}content_items"] == []
    asks(course, client, back="javascript:alert(1)")
    assert client.post(f"{course.base}/choose", {"nothing": "1"}).status_code == 403
    assert visitor().get(f"{course.base}/choose").status_code == 403


def claims_of(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found
