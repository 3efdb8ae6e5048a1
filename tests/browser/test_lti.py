"""A teacher puts a skill of Headway into another site's course; a learner opens it, practises, and the grade goes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from playwright.sync_api import BrowserContext, Page, expect

from headway.cli import main
from headway.school.curriculum.queries import problem_of
from headway.school.exchange.sign_on.services import arrivals
from headway.school.mastery.queries import held
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, enter, plain, sound, violations
from tests.cast import Cast, make_cast
from tests.pages.lti.conftest import register
from tests.pages.lti.gradebook import Answer, Gradebook
from tests.pages.lti.platform_peer import CLIENT, LTI, Course, platform_peer
from tests.pages.lti.test_choosing import DL

SKILL, TITLE = "5.NF.B.6", "Multiply fractions in word problems"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


class Site:
    """The other site in a browser: a course, an address that signs, one that takes what was chosen. It is called by a number,
    so that to the browser it is another site than ours, not only another port."""

    def __init__(self, course: Course, server: str) -> None:
        self.course, self.server = course, server
        self.keys: Any = httpx.get(f"{server}/lti/{course.district}/keys", timeout=60).json()
        self.book = Gradebook(course, self.keys)
        self.address = course.peer.address.replace("localhost", "127.0.0.1")
        self.chosen: list[dict[str, Any]] = []
        pages = {"GET /add": self.add, "GET /course": self.show, "GET /auth": self.sign, "POST /back": self.take}
        course.peer.answers.update(pages)

    def begin(self, hint: str, target: str) -> str:
        """The address that begins a launch."""
        call = {
            "iss": self.course.peer.address,
            "login_hint": "u1",
            "lti_message_hint": hint,
            "target_link_uri": target,
        }
        return f"{self.server}{self.course.base}/begin?{urlencode(call)}"

    def add(self, _path: str, _body: bytes, _head: Any) -> Answer:
        """The page on which a teacher looks for something to put into the course."""
        return 200, {}, f'<h1>Add</h1><a href="{self.begin("choose", f"{self.server}/lti/open/home")}">From Headway</a>'

    def show(self, _path: str, _body: bytes, _head: Any) -> Answer:
        """The course: what was chosen last opens inside of a frame."""
        where = self.begin("open", self.chosen[-1]["url"])
        return 200, {}, f'<h1>My course</h1><iframe title="Headway" width="900" height="600" src="{where}"></iframe>'

    def sign(self, path: str, _body: bytes, _head: Any) -> Answer:
        """Post a token for whoever is signed in here."""
        query = dict(parse_qsl(urlsplit(path).query))
        if query["lti_message_hint"] == "choose":
            more = {
                f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}roles": [f"{ROLE}Instructor"],
                f"{LTI}target_link_uri": f"{self.server}/lti/open/home",
                f"{DL}deep_linking_settings": {
                    "deep_link_return_url": f"{self.address}/back", "accept_types": ["ltiResourceLink"], "data": "kept",
                    "accept_presentation_document_targets": ["window"],
                },
            }  # fmt: skip
        else:
            more = self.book.services(self.chosen[-1]["url"])
        token = self.course.peer.signed(self.course.peer.claims(query, **more))
        sent = {"id_token": token, "state": query["state"]}.items()
        fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in sent)
        form = f'<form method="post" action="{query["redirect_uri"]}">{fields}</form>'
        return 200, {}, f"{form}<script>document.forms[0].submit()</script>"

    def take(self, _path: str, body: bytes, _head: Any) -> Answer:
        """Believe what was chosen if our key has signed it."""
        ours = KeySet.import_key_set(self.keys)
        claims = jwt.decode(parse_qs(body.decode())["JWT"][0], ours, algorithms=["RS256"]).claims
        assert (claims["iss"], claims["aud"], claims[f"{DL}data"]) == (CLIENT, self.course.peer.address, "kept")
        self.chosen = claims[f"{DL}content_items"]
        return 200, {}, f"<h1>In the course now: {', '.join(each['title'] for each in self.chosen)}</h1>"


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast()
    found.answers("Ana", "o", time.time() - 3600)
    with in_district(found.district.id):
        for name in ("Ana", "Okafor"):
            found[name].email = f"{name}@students.maple.example".lower()
            found[name].save()
    yield found
    found.close()


@pytest.fixture
def site(cast: Cast, server: str) -> Iterator[Site]:
    """The other site, registered in Maple, which lets grades go to it."""
    with platform_peer() as peer:
        login = f"{peer.address.replace('localhost', '127.0.0.1')}/auth"
        yield Site(register(cast, peer, login_url=login, grades=True), server)


def test_from_a_course_to_practice_and_back_with_a_grade(
    cast: Cast, site: Site, new_context: Callable[..., BrowserContext], capsys: pytest.CaptureFixture[str]
) -> None:
    put_into_the_course(site, new_context().new_page())
    assert [(each["url"], each["lineItem"]["resourceId"]) for each in site.chosen] == [
        (f"{site.server}/lti/open/skill/{SKILL}", SKILL)
    ]
    practise(cast, site, plain(new_context(PHONE)))
    for n in range(24):  # what is left to do until the skill is held, without the browser
        with in_district(cast.district.id):
            if held([cast["Ana"].id], [SKILL]):
                break
        cast.begin("Ana", time.time(), f"gen:{SKILL}/mixed-times:{n}")
        cast.answer("Ana", True, time.time())
    assert main(["lti", "grades", "--district", str(cast.district.id)]) == 0
    assert "Sent: 1" in capsys.readouterr().out
    (score,) = site.book.scores
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("account-1", 1.0, 1.0)
    assert site.book.columns[0]["resourceId"] == SKILL
    page = enter(new_context(), cast["Dana"], "/lti")
    came = page.locator("details", has_text="Who came lately")
    came.locator("summary").click()
    expect(came).to_contain_text("Ana Diaz")
    expect(came).to_contain_text("Okafor Okson")
    sound(page, "lti")
    with in_district(cast.district.id):
        assert [(each.outcome, each.who) for each in arrivals()] == [("in", "Ana Diaz"), ("in", "Okafor Okson")]


def put_into_the_course(site: Site, page: Page) -> None:
    """Ms. Okafor chooses a skill."""
    site.course.peer.account = {"sub": "account-3", "email": "okafor@students.maple.example"}
    page.goto(f"{site.address}/add")
    page.get_by_role("link", name="From Headway").click()
    expect(page.get_by_role("heading", name="Choose for your course")).to_be_visible()
    sound(page, "lti-choose")
    page.get_by_label("Or a skill").select_option(SKILL)
    page.get_by_role("button", name="Put it into the course").click()
    expect(page.get_by_role("heading", name=f"In the course now: {TITLE}")).to_be_visible()


def practise(cast: Cast, site: Site, context: BrowserContext) -> None:
    """Ana opens what was chosen, in a window of its own, walks there and answers a problem."""
    site.course.peer.account = {"sub": "account-1", "email": "ana@students.maple.example"}
    course = context.new_page()
    course.goto(f"{site.address}/course")
    link = course.frame_locator("iframe").get_by_role("link", name="Open Headway")
    expect(link).to_be_visible()
    assert violations(course.frames[-1]) == "", "the page inside of the frame"
    with context.expect_page() as opened:
        link.click()
    page = opened.value
    expect(page.get_by_label("You are Ana Diaz")).to_be_visible()
    expect(page.locator("#spot")).to_contain_text(TITLE)
    page.get_by_role("button", name="Walk here today").click()
    expect(page.locator("main .chip.iris")).to_have_text(TITLE)
    page.wait_for_load_state()
    activity = page.locator("input[name=activity]").first.input_value()
    assert activity.startswith(f"gen:{SKILL}/")
    page.locator("#answer").fill(problem_of(cast.district.id, activity).steps[0].answer.keys[0])
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict-title")).to_contain_text("right", ignore_case=True)
