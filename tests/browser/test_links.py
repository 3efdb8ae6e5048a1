"""A teacher adds a video and puts it on a class's list; a learner opens it, says done and shows it; wide and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast

TITLE = "Ratios in a kitchen"


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    del database
    cast = make_cast()
    cast.begin("Ana")
    yield cast
    cast.close()


def test_a_video_from_its_teacher_to_its_learner(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(WIDE), maple["Okafor"], "/links/new")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Address").fill("https://commons.wikimedia.org/wiki/File:Big_Buck_Bunny.webm")
    page.get_by_label("It is", exact=True).select_option("video")
    page.get_by_label("Minutes it takes").fill("6")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".linkcard")).to_contain_text(TITLE)
    page.get_by_label("Skill", exact=True).select_option("6.RP.A.1")
    sound(page, "link")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".messages")).to_contain_text("Kept.")
    sound(page, "links")
    page.goto(f"/teach/{maple.a.id}/links")
    page.get_by_label("What you say about it").fill("Look how the bowl is filled.")
    page.get_by_role("button", name="Put it on the list").click()
    expect(page.locator(".messages")).to_contain_text("It is on the list of the class now.")

    phone = new_context(PHONE)
    phone.route(re.compile("^https://"), lambda route: route.fulfill(body="<p>A film</p>", content_type="text/html"))
    ana = enter(phone, maple["Ana"], "/my-path")
    expect(ana.get_by_role("heading", name="Chosen for you")).to_be_visible()
    sound(ana, "chosen")
    ana.get_by_role("link", name=TITLE).click()
    expect(ana.get_by_role("heading", level=1)).to_have_text(TITLE)
    sound(ana, "elsewhere")
    ana.get_by_role("button", name="Show the video").click()
    film = "https://commons.wikimedia.org/wiki/File:Big_Buck_Bunny.webm?embedplayer=yes"
    expect(ana.locator("iframe.film")).to_have_attribute("src", film)
    expect(ana.frame_locator("iframe.film").get_by_text("A film")).to_be_visible()
    ana.get_by_role("button", name="I’ve done it").click()
    expect(ana.get_by_text("You did this today.", exact=True)).to_be_visible()
    sound(ana, "done")
    ana.get_by_role("button", name="Show it here").click()
    expect(ana.locator("#ask")).to_be_visible()

    page.reload()
    expect(page.locator(".became").first).to_contain_text("Ana")
    sound(page, "section-links")
