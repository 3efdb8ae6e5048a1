"""A platform in Node opens Headway; jose signs for it and checks what Headway signs."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import httpx

from tests.prove.lti import Scene, browser, entered, form_in, peer
from tests.running import free_port

SKILL = "5.NF.B.6"
LIES = {
    "forged": "token", "unsigned": "token", "audience": "token", "issuer": "token", "late": "late", "replayed": "launch",
    "another browser": "launch",
}  # fmt: skip
"""How the platform lies, and the outcome that stands in the list of arrivals."""


class Platform:
    """The platform as its own administrator and a browser see it."""

    def __init__(self, scene: Scene, port: int) -> None:
        self.scene, self.address, self.control = scene, f"http://localhost:{port}", httpx.Client(timeout=60)

    def seen(self) -> dict[str, Any]:
        """What came to it."""
        found: dict[str, Any] = self.control.get(f"{self.address}/proof/seen").json()
        return found

    def sign_in(self, name: str, lie: str = "") -> None:
        """Somebody is signed in there; their next launches lie."""
        user = {"sub": f"account-{name}", "email": f"{name}@students.maple.example", "name": name.title()}
        self.control.post(f"{self.address}/proof/set", json={"user": user, "lie": lie}).raise_for_status()

    def signed(self, opened: httpx.Client, name: str, hint: str = "open") -> tuple[str, dict[str, str]]:
        """Begin a launch in a browser; the form that the platform would post to Headway."""
        tool = self.seen()["tool"]
        call = {"iss": self.address, "login_hint": f"account-{name}", "lti_message_hint": hint, "client_id": tool["client"],
                "target_link_uri": f"{self.scene.headway}/lti/open/home"}  # fmt: skip
        begun = opened.get(tool["begin"], params=call)
        assert begun.status_code == 302 and begun.headers["Location"].startswith(f"{self.address}/auth?"), begun.text
        form = opened.get(begun.headers["Location"]).json()
        assert "fields" in form, form
        return form["address"], form["fields"]

    def land(self, opened: httpx.Client, form: tuple[str, dict[str, str]]) -> httpx.Response:
        """Post it, and go on as Headway's page does."""
        answer = opened.post(form[0], data=form[1])
        onward = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.text)
        return opened.get(unescape(onward[1])) if onward else answer


def played(scene: Scene) -> Iterator[str]:
    """Registration, choosing, launches true and false, members, a grade."""
    port = free_port()
    with peer("lti_platform.mjs", str(port)):
        platform = Platform(scene, port)
        yield _registered(platform)
        yield _chosen(platform)
        yield _opened(platform)
        yield _refused(platform)
        yield _listed(platform)
        yield _graded(platform)


def _registered(platform: Platform) -> str:
    from headway.school.exchange.lti.platforms import invite
    from headway.school.people.tenancy import in_district

    district, by = platform.scene.cast.district.id, platform.scene.cast["Dana"]
    rule: dict[str, Any] = {"claim": "email", "field": "email", "domains": ("students.maple.example",), "grades": True}
    with in_district(district):
        link = f"{platform.scene.headway}/lti/{district}/register/{invite(by=by, now=time.time(), **rule)}"
    asked = {
        "openid_configuration": f"{platform.address}/.well-known/openid-configuration",
        "registration_token": platform.seen()["invitation"],
    }
    answer = browser().get(link, params=asked)
    assert answer.status_code == 200 and "data-lti-close" in answer.text, answer.text[-800:]
    assert browser().get(link, params=asked).status_code == 403, "the link is good once"
    assert platform.seen()["registration"]["token_endpoint_auth_method"] == "private_key_jwt"
    return "Headway registers itself, once"


def _chosen(platform: Platform) -> str:
    platform.sign_in("okafor")
    teacher = browser()
    came = platform.land(teacher, platform.signed(teacher, "okafor", "choose"))
    page = teacher.get(urljoin(platform.scene.headway, came.headers["Location"]))
    fields = {
        "skill": SKILL,
        "csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[-1],
    }
    address, answer = form_in(teacher.post(str(page.url), data=fields, headers={"Referer": str(page.url)}), "JWT")
    assert address == f"{platform.address}/chosen"
    changed = answer["JWT"][:-6] + ("AAAAAA" if not answer["JWT"].endswith("AAAAAA") else "BBBBBB")
    assert teacher.post(address, data={"JWT": changed}).status_code == 401
    (item,) = teacher.post(address, data=answer).json()
    assert item["url"] == f"{platform.scene.headway}/lti/open/skill/{SKILL}" and item["lineItem"]["resourceId"] == SKILL
    assert teacher.post(address, data=answer).status_code == 401, "said twice"
    return "a teacher chooses a skill: jose believes Headway's signed answer once, and not when it was changed"


def _opened(platform: Platform) -> str:
    platform.scene.cast.answers("Ana", "o", time.time() - 3600)
    platform.sign_in("ana")
    ana = browser()
    came = platform.land(ana, platform.signed(ana, "ana"))
    where = ana.get(urljoin(platform.scene.headway, came.headers["Location"])).headers["Location"]
    assert where == f"/my-path?at={SKILL}"
    page = ana.get(urljoin(platform.scene.headway, where))
    assert page.status_code == 200 and 'id="spot"' in page.text and "You are Ana Diaz" in page.text
    return "a learner lands on the skill"


def _refused(platform: Platform) -> str:
    from headway.school.exchange.sign_on.services import arrivals
    from headway.school.people.tenancy import in_district

    for lie in LIES:
        platform.sign_in("ana", lie)
        ana = browser()
        form = platform.signed(ana, "ana")
        if lie == "replayed":
            assert platform.land(ana, form).status_code == 302
        answer = platform.land(browser() if lie == "another browser" else ana, form)
        assert answer.status_code == 403 and "Headway was not opened" in answer.text, f"{lie}: {answer.text[-500:]}"
    with in_district(platform.scene.cast.district.id):
        outcomes = [each.outcome for each in arrivals() if each.outcome != "in"]
    assert outcomes == list(LIES.values())[::-1], outcomes
    return f"refused, and in the list of arrivals: {', '.join(LIES)}"


def _listed(platform: Platform) -> str:
    page = entered(platform.scene, "Dana").get(f"{platform.scene.headway}/lti/members/{_link(platform)}")
    assert page.status_code == 200 and "3 people" in page.text and "not in the roster: 1" in page.text, page.text[-800:]
    return "the course's members, two pages of them, stand beside the roster"


def _link(platform: Platform) -> UUID:
    from headway.school.models import LtiLink
    from headway.school.people.tenancy import in_district

    with in_district(platform.scene.cast.district.id):
        return LtiLink.objects.get().id


def _graded(platform: Platform) -> str:
    from headway.cli import main
    from headway.school.mastery.queries import held
    from headway.school.people.tenancy import in_district

    cast = platform.scene.cast
    for n in range(24):
        with in_district(cast.district.id):
            if held([cast["Ana"].id], [SKILL]):
                break
        cast.begin("Ana", time.time(), f"gen:{SKILL}/mixed-times:{n}")
        cast.answer("Ana", True, time.time())
    said = StringIO()
    with redirect_stdout(said):
        for _again in range(2):
            assert main(["lti", "grades", "--district", str(cast.district.id)]) == 0
    assert "Sent: 1" in said.getvalue() and "Sent: 0" in said.getvalue(), said.getvalue()
    seen = platform.seen()
    (score,), (column,) = seen["scores"], seen["columns"]
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("account-ana", 1, 1)
    assert (column["resourceId"], column["resourceLinkId"]) == (SKILL, "link-1")
    return "what she has mastered is one score in a column that Headway made"
