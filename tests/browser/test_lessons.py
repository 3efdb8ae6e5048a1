"""The pages around a lesson in a browser: regroup now, visits, week and term, the calendar, the wall by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.environment.actions import log_visit
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast
from tests.pages.adults.planned import hand_made


@pytest.fixture
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    for name, signs in (("Ana", "xxxxx"), ("Ben", "xxxxx"), ("Chi", "oooo"), ("Dev", "o")):
        cast.answers(name, signs, time.time() - 60.0, every=20.0)
    yield cast
    cast.close()


def test_the_pages_around_a_lesson(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    hand_made(maple)
    with in_district(maple.district.id):
        log_visit(learner=maple["Ana"], adult=maple["Okafor"], code="stuck", now=time.time())
    page = enter(new_context(WIDE), maple["Okafor"], f"/teach/{maple.a.id}")
    page.get_by_role("link", name="Regroup now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regroup now")
    expect(page.get_by_role("heading", name="Together").first).to_be_visible()
    sound(page, "regroup-now", sizes=(PHONE, WIDE))
    page.goto(f"/teach/{maple.a.id}/visits")
    sound(page, "visits", sizes=(PHONE, WIDE))
    page.get_by_role("button", name="worked an example together").click()
    expect(page.locator(".log")).to_contain_text("worked an example together")
    expect(page.locator(".log form")).to_have_count(0)
    page.goto(f"/teach/{maple.a.id}/week")
    expect(page.get_by_role("heading", name="Learners, minutes")).to_be_visible()
    sound(page, "week", sizes=(PHONE, WIDE))
    page.goto(f"/teach/{maple.a.id}/day/board")
    page.get_by_role("link", name="By name").click()
    expect(page.get_by_role("rowheader", name=maple["Ana"].short_name)).to_be_visible()
    sound(page, "wall-by-name", sizes=(PHONE, WIDE))
    page.goto("/calendar")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_role("heading", name="Your new address")).to_be_visible()
    sound(page, "calendar", sizes=(PHONE, WIDE))
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("You have no address yet.")).to_be_visible()
