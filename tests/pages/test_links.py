"""Links and videos: a teacher chooses, a learner opens, says done and shows it; nothing foreign runs or is fetched."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from headway.school.curriculum.queries import curriculum_of
from headway.school.exchange.out.learner import everything
from headway.school.models import OutsideActivity, OutsideEvent, OutsideGiven
from headway.school.people.tenancy import in_district
from headway.school.profile.queries import profile_of
from headway.standards.content.links import read_links
from tests.clients import signed_in
from tests.pages.conftest import Pair, make_district, make_pair

SKILL = "6.RP.A.1"
FIELDS = {
    "title": "Ratios in a kitchen", "address": "https://youtu.be/aqz-KE-bpKQ", "kind": "video", "good_for": "worked",
    "minutes": "6", "language": "en", "skill": SKILL, "more": "", "licence": "CC BY 4.0", "source": "A school",
    "seen": "2026-03-12", "what": "keep",
}  # fmt: skip
FRAME = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"


@pytest.fixture
def okoye(cast: Pair) -> Client:
    return signed_in(cast.okoye)


def added(client: Client, cast: Pair, **more: str) -> OutsideActivity:
    page = client.post("/links/new", {**FIELDS, "key": str(uuid.uuid4()), **more}, follow=True)
    assert page.status_code == 200, page.content.decode()
    with in_district(cast.district.id):
        return OutsideActivity.objects.filter(by=cast.okoye).latest("at")


def given(client: Client, cast: Pair, row: OutsideActivity, **more: str) -> None:
    sent = {"activity": str(row.id), "whom": "all", "why": "Before Friday.", **more}
    assert client.post(f"/teach/{cast.section.id}/links", sent).status_code == 302


def test_from_the_form_to_the_learner_and_back(cast: Pair, okoye: Client) -> None:
    row = added(okoye, cast)
    given(okoye, cast, row)
    alba, place = signed_in(cast.alba), f"/elsewhere/{row.id}"
    alba.get("/practice")
    path = alba.get("/my-path").content.decode()
    assert (
        "Chosen for you" in path and "Ada Okoye chose it." in path and "Before Friday." in path and "6 minutes" in path
    )
    before = alba.get(place)
    assert (
        "youtube-nocookie" not in before.content.decode()
        and "frame-src 'none'" in before.headers["Content-Security-Policy"]
    )
    key = str(uuid.uuid4())
    for _twice in range(2):
        shown = alba.post(place, {"key": key})
    html, policy = shown.content.decode(), shown.headers["Content-Security-Policy"]
    assert f'src="{FRAME}"' in html and 'sandbox="allow-scripts allow-same-origin allow-presentation"' in html
    assert "frame-src https://www.youtube-nocookie.com;" in policy and "script-src 'self';" in policy
    for _twice in range(2):
        page = alba.post(f"{place}/done", follow=True).content.decode()
    assert "Written down." in page and "Now show it here: one problem of" in page
    with in_district(cast.district.id):
        assert sorted(OutsideEvent.objects.filter(learner=cast.alba).values_list("what", flat=True)) == [
            "done",
            "opened",
        ]
    assert alba.post(f"{place}/here").headers["Location"] == "/practice"
    with in_district(cast.district.id):
        kept = profile_of(cast.alba.id)
        info = curriculum_of(cast.district.id).activity(kept.profile.current.activity) if kept else None
    assert info is not None and info.skill == SKILL
    assert "Learn it another way" in alba.get("/practice").content.decode()
    assert "Learn it another way" in alba.get(f"/my-path?at={SKILL}").content.decode()
    listed = okoye.get(f"/teach/{cast.section.id}/links").content.decode()
    assert re.search(r"<dt>Done</dt><dd>Alba Reyes <span class=\"muted\">just now, 1 minute</span>", listed)
    with in_district(cast.district.id):
        own = dict(everything(cast.alba))
        off = OutsideGiven.objects.get(activity=row).id
    assert {line["title"] for line in own["OutsideEvent"]} == {"Ratios in a kitchen"}
    okoye.post(f"/teach/{cast.section.id}/links", {"off": str(off)})
    assert "Chosen for you" not in alba.get("/my-path").content.decode()
    assert alba.post(f"{place}/done").headers["Location"] == "/my-path"


def test_a_page_opens_by_a_link_that_is_the_learner_s_own(cast: Pair, okoye: Client) -> None:
    row = added(okoye, cast, address="https://example.org/ratios", kind="link", shared="1")
    other = make_pair(cast.district.id)
    alba, stranger = signed_in(cast.alba), signed_in(other.alba)
    page = alba.get(f"/elsewhere/{row.id}").content.decode()
    [link] = re.findall(rf'href="(/elsewhere/{row.id}/go\?by=[^"]+)" target="_blank" rel="noopener noreferrer"', page)
    for _twice in range(2):
        answer = alba.get(link)
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://example.org/ratios")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert alba.get(f"/elsewhere/{row.id}/go").headers["Location"] == f"/elsewhere/{row.id}"
    assert alba.get(link[:-3] + "abc").headers["Location"] == f"/elsewhere/{row.id}"
    for attempt in (stranger.get(link), okoye.get(link)):
        assert attempt.headers.get("Location", "") != "https://example.org/ratios"
    assert stranger.get(f"/elsewhere/{row.id}").headers["Location"] == "/my-path"
    assert stranger.post(f"/elsewhere/{row.id}/done").headers["Location"] == "/my-path"
    assert signed_in(cast.okoye).get(f"/elsewhere/{row.id}").status_code == 403
    with in_district(cast.district.id):
        assert list(OutsideEvent.objects.filter(activity=row).values_list("what", "learner")) == [
            ("opened", cast.alba.id)
        ]


def test_what_may_not_be_kept_says_what_to_mend_and_runs_nowhere(cast: Pair, okoye: Client) -> None:
    evil = {
        "title": "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>",
        "more": "<b>",
        "licence": "<i>",
        "source": "<u>",
    }
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https://localhost/",
        "https://10.0.0.7/a",
        "https://a.example/" + "a" * 3_000,
    ):
        page = okoye.post("/links/new", {**FIELDS, **evil, "address": address, "shared": "1"})
        html = page.content.decode()
        assert page.status_code == 422 and "Give the full address of a public page." in html
        assert not [mark for mark in ("<script>alert", "<img", "<i>", "<u>") if mark in html]
    assert okoye.post("/links/new", {**FIELDS, "kind": "tool", "address": "/practice"}).status_code == 422
    bare = okoye.post("/links/new", {**FIELDS, "licence": "", "source": "", "seen": "", "shared": "1"}).content.decode()
    assert "Say under which terms" in bare and "Say whose it is" in bare and "on which day you looked at it" in bare
    with in_district(cast.district.id):
        assert not OutsideActivity.objects.filter(by=cast.okoye).exists()
    row = added(okoye, cast, **{**evil, "more": ""})
    given(okoye, cast, row, why="<script>alert(2)</script>")
    for client, place in (
        (okoye, "/links"), (okoye, f"/links/{row.id}"), (okoye, f"/teach/{cast.section.id}/links"),
        (signed_in(cast.alba), "/my-path"), (signed_in(cast.alba), f"/elsewhere/{row.id}"),
    ):  # fmt: skip
        html = client.get(place).content.decode()
        assert "&lt;script&gt;alert(1)" in html and "<script>alert" not in html and "<img" not in html, place


def test_looking_writes_nothing_and_offers_skills_by_words(cast: Pair, okoye: Client) -> None:
    sent = {
        **FIELDS,
        "skill": "",
        "title": "Understand ratio concepts",
        "address": "https://vimeo.com/76979871",
        "kind": "",
    }
    page = okoye.post("/links/new", {**sent, "what": "look"}).content.decode()
    assert "It plays here, in a closed frame" in page and f'name="pick" value="{SKILL}"' in page
    picked = okoye.post("/links/new", {**sent, "what": "", "pick": SKILL}).content.decode()
    assert re.search(rf'<option value="{SKILL}" selected>', picked)
    with in_district(cast.district.id):
        assert not OutsideActivity.objects.filter(by=cast.okoye).exists()
    key = str(uuid.uuid4())
    for _twice in range(2):
        okoye.post("/links/new", {**FIELDS, "key": key})
    with in_district(cast.district.id):
        assert OutsideActivity.objects.filter(by=cast.okoye).count() == 1


def test_only_whose_it_is_changes_it_and_a_list_is_its_teacher_s(cast: Pair, okoye: Client) -> None:
    row = added(okoye, cast, shared="1")
    colleague = signed_in(make_pair(cast.district.id).okoye)
    abroad = signed_in(make_pair(make_district()).okoye)
    for client in (colleague, abroad):
        assert client.get(f"/links/{row.id}").status_code == 404
        assert client.get(f"/teach/{cast.section.id}/links").status_code == 404
        assert client.get(f"/teach/{cast.section.id}/links.csv").status_code == 404
        assert client.post(f"/teach/{cast.section.id}/links", {"activity": str(row.id)}).status_code == 404
    for sent in (
        {"activity": "x"},
        {"off": "x"},
        {"activity": str(row.id), "whom": "some", "learner": str(uuid.uuid4())},
    ):
        assert okoye.post(f"/teach/{cast.section.id}/links", sent).status_code == 404
    assert signed_in(cast.alba).get("/links").status_code == 404
    assert "Nobody was ticked" in okoye.post(
        f"/teach/{cast.section.id}/links", {"activity": str(row.id), "whom": "some"}, follow=True
    ).content.decode()  # fmt: skip
    given(okoye, cast, row)
    table = okoye.get(f"/teach/{cast.section.id}/links.csv").content.decode()
    [link] = read_links(table, "list.csv").links
    assert (link.title, link.url, link.kind, link.good_for, link.skill, link.minutes, link.licence) == (
        "Ratios in a kitchen", "https://youtu.be/aqz-KE-bpKQ", "video", "worked", SKILL, 6, "CC BY 4.0",
    )  # fmt: skip
    for place in ("/links", f"/teach/{cast.section.id}/links"):
        assert "Nothing has these words in its title." in okoye.get(f"{place}?q=no+such%00").content.decode()
    assert "Ratios in a kitchen" in okoye.get("/links?q=kitchen+RATIOS").content.decode()
    okoye.post(f"/links/{row.id}", {**FIELDS, "title": "New", "shared": "1"})
    okoye.post(f"/links/{row.id}", {**FIELDS, "what": "retire"})
    assert "No longer offered" in okoye.get("/links").content.decode()
    assert "Chosen for you" not in signed_in(cast.alba).get("/my-path").content.decode()
    okoye.post(f"/links/{row.id}", {**FIELDS, "what": "back"})
    assert "New" in okoye.get(f"/teach/{cast.section.id}/links").content.decode()
