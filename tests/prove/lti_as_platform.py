"""Headway opens a tool by ltijs, which registers itself, answers a choice, reads members, keeps columns and posts a score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from tests.prove.lti import Scene, browser, entered, form_in, peer
from tests.running import free_port

LTI, ROLE = "https://purl.imsglobal.org/spec/lti/claim/", "http://purl.imsglobal.org/vocab/lis/v2/membership#"
SKILL, NAME, TITLE = "6.G.A.1", "A tool by ltijs", "Areas of shapes"
BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"


class Tool:
    """The tool as browsers see it, and Headway's pages about it."""

    def __init__(self, scene: Scene, port: int) -> None:
        self.scene, self.address = scene, f"http://127.0.0.1:{port}"
        self.section = f"{scene.headway}/teach/{scene.cast.a.id}/tools"
        self.launched: dict[str, Any] = {}
        self.agreed: dict[str, Any] = {"may": ["scores", "members"], "hears": []}

    def asked(self, opened: httpx.Client, address: str) -> httpx.Response:
        """From a page of Headway to the tool, and with the tool's request back to Headway: its answer to that."""
        begun = opened.get(address)
        assert begun.status_code == 302 and begun.headers["Location"].startswith(f"{self.address}/login?"), begun.text
        asks = opened.get(begun.headers["Location"])
        where = f"{self.scene.headway}/lti/{self.scene.cast.district.id}/authorize?"
        assert asks.status_code == 302 and asks.headers["Location"].startswith(where), asks.text
        return opened.get(asks.headers["Location"])

    def launch(self, opened: httpx.Client, address: str) -> dict[str, Any]:
        """Open something; what ltijs made of it."""
        where, fields = form_in(self.asked(opened, address), "id_token")
        came = opened.post(where, data=fields)
        assert came.status_code == 302, came.text
        found: dict[str, Any] = opened.get(urljoin(where, came.headers["Location"])).json()
        return found

    def call(self, opened: httpx.Client, path: str, **query: Any) -> Any:
        """Let ltijs call a service of Headway for the launch that was taken last."""
        answer = opened.get(f"{self.address}{path}", params={"ltik": self.launched["ltik"], **query})
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return answer.json()


def played(scene: Scene) -> Iterator[str]:
    """Registration, choosing, launches true and false, members, columns, a score and what becomes of it."""
    port = free_port()
    with peer("ltijs_tool.cjs", str(port), scene.socket, "ltijs", scene.owner):
        tool = Tool(scene, port)
        yield _registered(tool)
        yield _chosen(tool)
        ana = entered(scene, "Ana")
        yield _launched(tool, ana)
        yield _refused_there(tool, ana)
        yield _refused_here(tool, ana)
        yield _listed(tool, ana)
        yield _scored(tool, ana)
        yield _columns(tool, ana)
        yield _told_more(tool, ana)
        yield _closed(tool, ana)


def sent(opened: httpx.Client, page: str, to: str = "", **fields: Any) -> httpx.Response:
    """Send a form of a page of Headway."""
    form = opened.get(page)
    word = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    assert form.status_code == 200 and word, f"{form.status_code} {page}: {form.text[-500:]}"
    return opened.post(to or page, data={"csrfmiddlewaretoken": word[-1], **fields}, headers={"Referer": page})


def _registered(tool: Tool) -> str:
    dana, page = entered(tool.scene, "Dana"), f"{tool.scene.headway}/lti/tools"
    made = sent(dana, page, f"{page}/change", what="invite", address=f"{tool.address}/register", **tool.agreed)
    link = unescape(re.findall(r'<code class="address">([^<]+)</code>', made.text)[0])
    done = dana.get(link)
    assert done.status_code == 200 and "org.imsglobal.lti.close" in done.text, done.text
    assert dana.get(link).status_code == 500, "ltijs says what Headway refuses: the link is good once"
    standing = dana.get(page).text
    assert standing.count(NAME) and "waits for your yes" in standing
    assert NAME not in entered(tool.scene, "Okafor").get(tool.section).text
    decided(tool, "agree", **tool.agreed)
    return "ltijs registers itself by a link that is good once, and works when Headway's administrator has said yes"


def decided(tool: Tool, what: str, **fields: Any) -> None:
    """Headway's administrator says yes, changes what was agreed, or closes the tool."""
    dana, page = entered(tool.scene, "Dana"), f"{tool.scene.headway}/lti/tools"
    (key,) = set(re.findall(r'name="tool" value="([0-9a-f-]{36})"', dana.get(page).text))
    assert sent(dana, page, f"{page}/change", what=what, tool=key, **fields).status_code == 302


def _chosen(tool: Tool) -> str:
    okafor = entered(tool.scene, "Okafor")
    (path,) = re.findall(rf'href="({urlsplit(tool.section).path}/[0-9a-f-]+)"', okafor.get(tool.section).text)
    found = tool.launch(okafor, f"{tool.scene.headway}{path}")
    context = found["token"]["platformContext"]
    assert context["messageType"] == "LtiDeepLinkingRequest" and f"{ROLE}Instructor" in context["roles"]
    message = found["message"]
    changed = message[:-6] + ("AAAAAA" if not message.endswith("AAAAAA") else "BBBBBB")
    assert browser().post(found["back"], data={"JWT": changed}).status_code == 403
    came = browser().post(found["back"], data={"JWT": message})  # from another site, so without Headway's cookie
    onward = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', came.text)
    assert came.status_code == 200 and onward, came.text[-500:]
    assert browser().post(found["back"], data={"JWT": message}).status_code == 403, "said twice"
    page = urljoin(tool.scene.headway, unescape(onward[1]))
    assert TITLE in okafor.get(page).text and "One thing was chosen" in okafor.get(page).text
    assert entered(tool.scene, "Lee").get(page).status_code == 404, "another teacher"
    done = sent(okafor, page, take="0", **{"title-0": TITLE, "skill-0": SKILL})
    assert done.status_code == 302 and TITLE in okafor.get(tool.section).text
    return "a teacher chooses in ltijs: Headway believes its signed answer once, and not when it was changed"


def _launched(tool: Tool, ana: httpx.Client) -> str:
    found = tool.launched = tool.launch(ana, f"{tool.scene.headway}{_way(tool)}")
    token, context = found["token"], found["token"]["platformContext"]
    assert f"{ROLE}Learner" in context["roles"] and context["version"] == "1.3.0"
    assert context["custom"] == {"color": "green", "level": "2"} and context["resource"]["title"] == TITLE
    assert context["targetLinkUri"] == f"{tool.address}/?activity=7"
    assert "Ana" not in str(found) and "Diaz" not in str(found), "what the district has not ticked is not said"
    assert token["user"] != str(tool.scene.cast["Ana"].id)
    return "a learner opens it: ltijs knows the launch, and of her an identifier of its own, a role and a language"


def _way(tool: Tool) -> str:
    teacher = entered(tool.scene, "Okafor")
    (found,) = set(re.findall(r'href="(/lti/go/[0-9a-f-]{36})"', teacher.get(tool.section).text))
    return str(found)


def _refused_there(tool: Tool, ana: httpx.Client) -> str:
    way = f"{tool.scene.headway}{_way(tool)}"
    where, fields = form_in(tool.asked(ana, way), "id_token")
    head, body, mark = fields["id_token"].split(".")
    forged = f"{head}.{body}.{mark[:-6]}{'AAAAAA' if not mark.endswith('AAAAAA') else 'BBBBBB'}"
    assert ana.post(where, data={**fields, "id_token": forged}).status_code == 401
    where, fields = form_in(tool.asked(ana, way), "id_token")
    assert browser().post(where, data=fields).status_code == 401, "a browser that did not begin"
    where, fields = form_in(tool.asked(ana, way), "id_token")
    assert [ana.post(where, data=fields).status_code for _ in range(2)] == [302, 401]
    return "ltijs refuses Headway's launch when it was changed, in another browser, and the second time"


def _refused_here(tool: Tool, ana: httpx.Client) -> str:
    begun = ana.get(f"{tool.scene.headway}{_way(tool)}")
    request = ana.get(begun.headers["Location"]).headers["Location"]
    ben, nobody = entered(tool.scene, "Ben"), browser()
    for other in (ben, nobody):
        assert form_in(other.get(request), "error")[1]["error"] == "login_required"
    elsewhere = ana.get(request, params={**httpx.URL(request).params, "redirect_uri": "http://127.0.0.1:1/"})
    assert elsewhere.status_code == 403 and "127.0.0.1:1" not in elsewhere.text
    form_in(ana.get(request), "id_token")
    assert form_in(ana.get(request), "error")[1]["error"] == "invalid_request", "asked twice"
    said, codes = tool.call(ana, "/assertion"), []
    for assertion in (said["forged"], said["good"], said["good"]):
        form = {"grant_type": "client_credentials", "client_assertion_type": BEARER, "client_assertion": assertion,
                "scope": f"{AGS}score"}  # fmt: skip
        codes.append(browser().post(f"{tool.scene.headway}/oauth2/token", data=form).status_code)
    assert codes[1] == 200 and {codes[0], codes[2]} <= {400, 401}, codes
    return (
        "Headway refuses a launch that somebody else, nobody, or another address asks for, or that is asked for twice, "
        "and an assertion that is forged or said twice"
    )


def _listed(tool: Tool, ana: httpx.Client) -> str:
    found = tool.call(ana, "/members")
    assert found["context"]["id"] == str(tool.scene.cast.a.id) and len(found["members"]) == 5
    assert "Diaz" not in str(found) and tool.launched["token"]["user"] in [each["user_id"] for each in found["members"]]
    assert len(tool.call(ana, "/learners")["members"]) == 4
    return "ltijs reads the 5 members of the class, two on a page, and the 4 learners alone"


def _scored(tool: Tool, ana: httpx.Client) -> str:
    from headway.school.mastery.outside import outside_of
    from headway.school.people.tenancy import in_district

    (column,) = tool.call(ana, "/columns")["lineItems"]
    assert (column["label"], column["scoreMaximum"], column["resourceId"]) == (TITLE, 10, "areas")
    tool.call(ana, "/score", column=column["id"], given=7, most=10)
    (result,) = tool.call(ana, "/results", column=column["id"])["scores"]
    assert (result["userId"], result["resultScore"], result["resultMaximum"]) == (tool.launched["token"]["user"], 7, 10)
    learner = tool.scene.cast["Ana"].id
    with in_district(tool.scene.cast.district.id):
        (seen,) = outside_of(learner)
    assert (seen.source, seen.title, seen.skill, seen.scaled) == (NAME, TITLE, SKILL, 0.7)
    okafor = entered(tool.scene, "Okafor")
    assert "7 of 10" in okafor.get(tool.section).text
    assert NAME in okafor.get(f"{tool.scene.headway}/profile/{learner}").text
    return (
        "ltijs posts 7 of 10 and reads it back; it stands beside the class, on the learner's profile, "
        "and in the record as a result from elsewhere"
    )


def _columns(tool: Tool, ana: httpx.Client) -> str:
    made = tool.call(ana, "/column")
    assert (made["label"], made["tag"], made["scoreMaximum"]) == ("Second try", "again", 20)
    assert tool.call(ana, "/column/change", column=made["id"])["label"] == "Third try"
    tool.call(ana, "/column/drop", column=made["id"])
    assert [each["label"] for each in tool.call(ana, "/columns")["lineItems"]] == [TITLE]
    return "ltijs makes a column of its own, changes it and takes it away"


def _told_more(tool: Tool, ana: httpx.Client) -> str:
    decided(tool, "agree", **{**tool.agreed, "hears": ["name", "email"]})
    found = tool.launched = tool.launch(ana, f"{tool.scene.headway}{_way(tool)}")
    about = {"given_name": "Ana", "family_name": "Diaz", "name": "Ana Diaz", "email": "ana@students.maple.example"}
    assert found["token"]["userInfo"] == about
    assert "Ben Beson" in [each["name"] for each in tool.call(ana, "/members")["members"]]
    return "when the district ticks names and addresses, ltijs knows them from the next launch on"


def _closed(tool: Tool, ana: httpx.Client) -> str:
    way = f"{tool.scene.headway}{_way(tool)}"
    decided(tool, "close")
    assert ana.get(way).status_code == 404
    answer = ana.get(f"{tool.address}/columns", params={"ltik": tool.launched["ltik"]})
    assert answer.status_code == 502 and answer.json()["status"] in (401, 403), answer.text
    return "a tool that is closed is not opened, and the access token that ltijs still holds is good for nothing"
