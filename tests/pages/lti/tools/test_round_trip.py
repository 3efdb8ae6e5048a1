"""A tool of another provider from beginning to end: chosen by a teacher, opened by a learner, members read, a score sent."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from headway.school.exchange.tools.models import LtiPlacement
from headway.school.mastery.outside import outside_of
from headway.school.models import AccessLog, OutsideActivity
from headway.school.path.outside.actions import give
from headway.school.path.outside.queries import for_learner
from headway.school.people.access import viewer_of
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from tests.clients import signed_in, visitor
from tests.pages.lti.platform_peer import HERE
from tests.pages.lti.tools.conftest import seated
from tests.pages.lti.tools.tool_peer import Seat, posted

LEARNER = [f"{words.MEMBERSHIP}Learner", f"{words.INSTITUTION}Student"]
ITEM = {"type": "ltiResourceLink", "title": "Double number lines", "custom": {"level": "2", "who": "$Person.name.full"},
        "lineItem": {"scoreMaximum": 20, "resourceId": "quiz-1"}}  # fmt: skip


def stamp(ahead: float = 0.0) -> str:
    return datetime.fromtimestamp(time.time() + ahead, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def score(subject: str, given: float | None = 15, **more: Any) -> dict[str, Any]:
    found = {"userId": subject, "scoreGiven": given, "scoreMaximum": 20, "timestamp": stamp(),
             "activityProgress": "Completed", "gradingProgress": "FullyGraded", **more}  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def chosen(seat: Seat, items: list[Any]) -> str:
    """A teacher chooses something in the tool; returns the page on which it came back."""
    okafor = signed_in(seat.cast["Okafor"])
    claims = seat.launch(okafor, f"/teach/{seat.cast.a.id}/tools/{seat.tool.id}")
    assert claims[f"{words.LTI}message_type"] == "LtiDeepLinkingRequest"
    assert claims[f"{words.LTI}roles"][0] == f"{words.MEMBERSHIP}Instructor"
    settings = claims[f"{words.DEEP}deep_linking_settings"]
    assert settings["deep_link_return_url"] == f"{seat.issuer}/chosen" and "ltiResourceLink" in settings["accept_types"]
    page = visitor().post(f"/lti/{seat.cast.district.id}/chosen", {"JWT": seat.answer(settings, items)})
    assert page.status_code == 200, "the post from the tool's page carries no cookie of ours"
    return f"/lti/chosen/{settings['data']}"


def test_a_tool_from_choosing_to_a_result(seat: Seat) -> None:
    okafor, back = signed_in(seat.cast["Okafor"]), chosen(seat, [ITEM, {"type": "html", "html": "<b>no</b>"}])
    page = okafor.get(back).content.decode()
    assert "Double number lines" in page and "1 thing of another kind was left out" in page
    assert signed_in(seat.cast["Lee"]).get(back).status_code == 404, "another teacher"
    done = okafor.post(back, {"take": "0", "title-0": "Number lines 2"}, follow=True)
    assert "Number lines 2" in done.content.decode() and "No score has come yet." in done.content.decode()
    again = okafor.post(back, {"take": "0"})
    assert again.status_code == 422 and "already" in again.content.decode(), "once"
    with in_district(seat.cast.district.id):
        placement = LtiPlacement.objects.get()

    claims = seat.launched("Ana", str(placement.id))
    assert claims[f"{words.LTI}roles"] == LEARNER and claims[f"{words.LTI}version"] == "1.3.0"
    assert claims[f"{words.LTI}resource_link"] == {"id": str(placement.id), "title": "Number lines 2"}
    assert claims[f"{words.LTI}context"]["id"] == str(seat.cast.a.id)
    assert claims[f"{words.LTI}deployment_id"] == str(seat.tool.id)
    assert claims[f"{words.LTI}custom"] == {"level": "2", "who": "$Person.name.full"}, "a name that it may not hear"
    assert not {"name", "given_name", "family_name", "email"} & set(claims) and "Ana" not in str(claims)

    members = claims[words.MEMBERS]["context_memberships_url"]
    first = seat.ask("GET", f"{members}?limit=2")
    assert first.headers["content-type"] == words.TYPE_MEMBERS and len(first.json()["members"]) == 2
    onward = first.headers["link"].partition(";")[0].strip("<>")
    people = first.json()["members"] + seat.ask("GET", f"{onward}&x=1").json()["members"]
    people += seat.ask("GET", f"{members}?limit=2&from=4").json()["members"]
    assert len({row["user_id"] for row in people}) == 5 and {"Ana", "Diaz"}.isdisjoint(str(people).split())
    assert set(people[0]) == {"user_id", "roles", "status"}
    only = seat.ask("GET", f"{members}?role=Instructor").json()["members"]
    assert [row["roles"][0] for row in only] == [f"{words.MEMBERSHIP}Instructor"]

    grades = claims[words.GRADES]
    column = seat.ask("GET", grades["lineitem"]).json()
    assert column == {"id": grades["lineitem"], "label": "Number lines 2", "scoreMaximum": 20.0, "resourceId": "quiz-1",
                      "resourceLinkId": str(placement.id)}  # fmt: skip
    ana = claims["sub"]
    assert seat.ask("POST", f"{grades['lineitem']}/scores", score(ana), kind=words.TYPE_SCORE).status == 204
    (result,) = seat.ask("GET", f"{grades['lineitem']}/results").json()
    assert (result["userId"], result["resultScore"], result["resultMaximum"]) == (ana, 15.0, 20.0)
    page = okafor.get(f"/teach/{seat.cast.a.id}/tools").content.decode()
    assert "Ana Diaz" in page and "15 of 20" in page
    with in_district(seat.cast.district.id):
        (seen,) = outside_of(seat.cast["Ana"].id)
        assert (seen.source, seen.title, seen.scaled) == ("Number lines", "Number lines 2", 0.75)
        (listed,) = for_learner(seat.cast["Ana"])
        assert (listed.what.kind, listed.what.address) == ("tool", f"/lti/go/{placement.id}")


def test_a_page_that_is_chosen_in_a_tool_is_a_link_of_the_class(seat: Seat) -> None:
    link = {"type": "link", "url": "https://Pages.example.org/fractions?a=1", "title": "Fractions in pictures"}
    film = {"type": "link", "url": "https://youtu.be/aqz-KE-bpKQ"}
    bad = [
        {"type": "link", "url": url}
        for url in ("http://a.example.org/", "javascript:alert(1)", "https://10.0.0.1/", 7, "")
    ]
    okafor, back = signed_in(seat.cast["Okafor"]), chosen(seat, [link, *bad, film, {"type": "link"}, ITEM])
    page = okafor.get(back).content.decode()
    assert "without scores: https://pages.example.org/fractions?a=1" in page and "6 things of another kind" in page
    with in_district(seat.cast.district.id):
        assert not for_learner(seat.cast["Ana"]), "nothing before the teacher says so"
    done = okafor.post(back, {"take": ["0", "1"], "title-0": "", "title-1": ""}, follow=True)
    assert "2 activities stand before the class now." in done.content.decode()
    assert okafor.post(back, {"take": "2"}).status_code == 422, "once"
    with in_district(seat.cast.district.id):
        found = {each.what.kind: each.what for each in for_learner(seat.cast["Ana"])}
        assert not LtiPlacement.objects.exists() and set(found) == {"link", "video"}
    assert (found["link"].title, found["link"].address) == (link["title"], "https://pages.example.org/fractions?a=1")
    assert (found["video"].title, found["video"].source) == ("youtu.be", "Number lines")


def test_line_items_are_made_changed_and_closed(seat: Seat) -> None:
    placement = seat.place()
    items = seat.launched("Ben", placement)[words.GRADES]["lineitems"]
    body = {"label": "Week 1", "scoreMaximum": 10, "resourceId": "w1", "tag": "week", "resourceLinkId": placement}
    made = seat.ask("POST", items, body, kind=words.TYPE_ITEM)
    assert made.status == 201 and made.headers["location"] == made.json()["id"]
    other = seat.ask("POST", items, {"label": "Week 2", "scoreMaximum": 5}, kind=words.TYPE_ITEM).json()
    for query, count in (("", 2), ("?resource_id=w1", 1), ("?tag=week", 1), (f"?resource_link_id={placement}", 1),
                         ("?resource_link_id=none", 0), ("?limit=1", 1)):  # fmt: skip
        found = seat.ask("GET", f"{items}{query}")
        assert len(found.json()) == count and found.headers["content-type"] == words.TYPE_ITEMS
    assert 'rel="next"' in found.headers["link"]
    changed = seat.ask("PUT", other["id"], {**other, "label": "Week 2b", "scoreMaximum": 8})
    assert changed.json()["label"] == "Week 2b" and seat.ask("GET", other["id"]).json()["scoreMaximum"] == 8
    assert seat.ask("DELETE", other["id"]).status == 204
    assert seat.ask("GET", other["id"]).status == 404 and len(seat.ask("GET", items).json()) == 1


def test_scores_do_not_go_backwards(seat: Seat) -> None:
    placement = seat.place(maximum=10.0)
    claims = seat.launched("Ana", placement)
    scores, ana = f"{claims[words.GRADES]['lineitem']}/scores", claims["sub"]
    begun = score(ana, None, activityProgress="InProgress", gradingProgress="NotReady", timestamp=stamp(-60))
    assert seat.ask("POST", scores, begun).status == 204
    (result,) = seat.ask("GET", scores.replace("/scores", "/results")).json()
    assert "resultScore" not in result
    done = score(ana, 18)
    assert [seat.ask("POST", scores, done).status for _ in range(2)] == [204, 204], "sent twice, kept once"
    assert seat.ask("POST", scores, {**done, "scoreGiven": 3}).status == 409, "the same moment, something else"
    assert seat.ask("POST", scores, begun).status == 409
    (result,) = seat.ask("GET", scores.replace("/scores", f"/results?user_id={ana}")).json()
    assert (result["resultScore"], result["resultMaximum"]) == (9.0, 10.0)


def test_a_district_may_let_a_tool_hear_more(seat: Seat) -> None:
    open_ = seated(seat.cast, seat.peer, name="Open book", shares=("name", "email"), scopes=(words.MEMBERS_READ,))
    claims = open_.launched("Ana", open_.place(custom={"who": "$Person.name.full"}))
    assert (claims["name"], claims["email"]) == ("Ana Diaz", "ana@students.maple.example")
    assert claims[f"{words.LTI}custom"] == {"who": "Ana Diaz"} and words.GRADES not in claims
    assert claims["sub"] != seat.launched("Ana", seat.place())["sub"], "no two tools can put their learners together"
    page = open_.ask(
        "GET", claims[words.MEMBERS]["context_memberships_url"], token=open_.token(words.MEMBERS_READ)
    ).json()
    assert "Ben Beson" in [row["name"] for row in page["members"]]
    with in_district(seat.cast.district.id):
        assert AccessLog.objects.filter(learner=seat.cast["Ben"], purpose="Open book", place="LTI").exists()


def test_a_tool_that_posts_its_request_is_answered(seat: Seat) -> None:
    ana = signed_in(seat.cast["Ana"])
    asked = seat.request(ana.get(f"/lti/go/{seat.place()}").headers["Location"])
    at = f"/lti/{seat.cast.district.id}/authorize"
    again = visitor().post(at, asked)
    assert again.status_code == 303 and again.headers["Location"].startswith(f"{at}?")
    address, fields = posted(ana.get(again.headers["Location"]))  # type: ignore[arg-type]
    assert seat.verified(fields["id_token"])["sub"] == asked["login_hint"] and address.endswith("/launch")


def test_back_from_a_tool(seat: Seat) -> None:
    ana = signed_in(seat.cast["Ana"])
    back = seat.launch(ana, f"/lti/go/{seat.place()}")[f"{words.LTI}launch_presentation"]["return_url"]
    page = ana.get(f"{back.removeprefix(HERE)}?lti_msg=<b>Well</b>+done").content.decode()
    assert "You are back in Headway" in page and "&lt;b&gt;Well&lt;/b&gt; done" in page and "/my-path" in page
    assert signed_in(seat.cast["Ben"]).get(back.removeprefix(HERE)).status_code == 404


def test_a_teacher_takes_a_thing_away(seat: Seat) -> None:
    placement, okafor = seat.place(), signed_in(seat.cast["Okafor"])
    page = okafor.post(f"/teach/{seat.cast.a.id}/tools", {"placement": placement}, follow=True)
    assert "Taken away" in page.content.decode()
    assert signed_in(seat.cast["Ana"]).get(f"/lti/go/{placement}").status_code == 404
    assert okafor.post(f"/teach/{seat.cast.a.id}/tools", {"placement": placement}).status_code == 404


def test_what_is_put_on_another_class_s_list_opens_there(seat: Seat) -> None:
    pike = seat.cast["Pike"]
    placement = seat.place(by=pike, maximum=5.0)
    eva = signed_in(seat.cast["Eva"])
    assert eva.get(f"/lti/go/{placement}").status_code == 404
    with in_district(seat.cast.district.id):
        activity = OutsideActivity.objects.get(key=f"lti:{placement}").id
        give(by=viewer_of(pike), activity=activity, section=seat.cast.b.id, now=time.time())
    first, again = (seat.launch(eva, f"/lti/go/{placement}") for _ in range(2))
    assert first[f"{words.LTI}context"]["id"] == str(seat.cast.b.id) and first[words.GRADES]["lineitem"]
    link = f"{words.LTI}resource_link"
    assert first[link] == again[link] and first[link]["id"] != placement
    assert seat.ask("POST", f"{first[words.GRADES]['lineitem']}/scores", score(first["sub"])).status == 204
    signed_in(pike).post(f"/teach/{seat.cast.a.id}/tools", {"placement": placement})
    with in_district(seat.cast.district.id):
        assert not for_learner(seat.cast["Eva"])
