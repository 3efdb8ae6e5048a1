"""Young learners come in with a card, by keyboard and on a phone; a teacher ends it; an adult takes the second step."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.exchange.sign_on import cards, second
from headway.school.people.access import viewer_of
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, enter, sound
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    """Four learners, a teacher, and a district that wants a second step of its staff."""
    del database
    found = make_cast(curriculum=False)
    yield found
    found.close()


def test_a_card_and_pictures_open_and_the_teacher_ends_them(
    cast: Cast, new_context: Callable[..., BrowserContext]
) -> None:
    with in_district(cast.district.id):
        code, (card,) = cards.make_cards(
            by=viewer_of(cast["Okafor"]), section=cast.a.id, learners=[cast["Ana"].id], days=30, seen=time.time(), now=time.time()
        )  # fmt: skip
    page = new_context().new_page()
    page.goto(f"/sign-in/card/{card.token}")
    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    sound(page, "card-ready")
    page.goto("/sign-in/card?")
    page.context.clear_cookies()
    page.goto("/sign-in/card")
    sound(page, "card")
    page.get_by_label("Class code").fill(f"{code[:4]} {code[4:]}")
    page.get_by_label("My number").fill(str(card.number))
    page.get_by_role("button", name="Go on to my pictures").click()
    expect(page.get_by_text("0 of 3 pictures tapped")).to_be_visible()
    sound(page, "pictures")
    for tapped, name in enumerate(card.pictures):
        expect(page.get_by_text(f"{tapped} of 3 pictures tapped")).to_be_visible()
        page.get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.get_by_label("You are Ana Diaz")).to_be_visible()
    page = enter(new_context(PHONE), cast["Okafor"], f"/teach/{cast.a.id}/cards")
    page.wait_for_load_state()
    sound(page, "cards")
    page.get_by_role("link", name="End all cards of this class").click()
    page.get_by_role("dialog").get_by_role("button", name="End all").click()
    expect(page.get_by_text("1 card ended.")).to_be_visible()


def test_an_adult_sets_up_a_second_step(cast: Cast, new_context: Callable[..., BrowserContext]) -> None:
    with in_district(cast.district.id):
        second.set_rule(by=viewer_of(cast["Dana"]), needed=True, now=time.time())
    page = enter(new_context(), cast["Dana"], "/sign-on")
    expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    sound(page, "second-new")
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(second.code_at(secret, int(time.time() // second.HALF_MINUTE)))
    page.get_by_role("button", name="That is it").click()
    expect(page.get_by_role("heading", name="Your codes on paper")).to_be_visible()
    sound(page, "second-paper")
    paper = page.locator(".paper code").first.inner_text()
    page.get_by_role("link", name="I have them, go on").click()
    expect(page.get_by_role("heading", name="Second step for staff")).to_be_visible()
    sound(page, "sign-on")
    page = enter(new_context(PHONE), cast["Dana"], "/sign-on")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    sound(page, "second")
    page.get_by_label("The code that your app shows now").fill(paper)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("heading", name="Sign-on", exact=True)).to_be_visible()


def test_a_shared_device_signs_out_whoever_has_gone(cast: Cast, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.goto("/sign-in")
    page.get_by_text("Do several people use this device?").click()
    page.get_by_label("Minutes without a touch").select_option("5")
    page.get_by_role("button", name="This device is shared").click()
    expect(page.get_by_text("This device is shared: whoever comes in")).to_be_visible()
    page.clock.install()
    page.goto(f"/demo/sign-in/{demo_link_token(cast['Ana'])}?next=/who-read")
    asked = page.locator("#idle[data-watching]")
    expect(asked).to_have_count(1)
    sound(page, "shared")
    page.clock.fast_forward(280_000)
    expect(asked).to_be_visible()
    sound(page, "shared-asks", sizes=[PHONE])
    asked.get_by_role("button", name="I am here").click()
    expect(asked).to_be_hidden()
    page.clock.fast_forward(301_000)
    expect(page).to_have_url(re.compile(r"/sign-in$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fwho-read$"))
    expect(page.get_by_label("You are Ana Diaz")).to_have_count(0)
