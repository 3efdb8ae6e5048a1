"""A learner sets a goal and sees the path change; the family contests; a leader grants. In a real browser, at both sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.mastery.credit.courses import load_courses
from headway.school.people.models import Person
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from headway.standards.courses import CourseTable
from tests.browser.conftest import PHONE, WIDE, sideways, sound, violations
from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    cast = make_cast()
    cast.answers("Ana", "oxooooooo", time.time() - 60)
    with in_district(cast.district.id):
        load_courses(
            district=cast.district.id, rows=[CourseTable("M-1", "Division", 0.5, (("I divide", ("6.NS.B.2",)),))]
        )
    yield cast
    cast.close()


def enter(page: Page, person: Person) -> None:
    page.goto(f"/demo/sign-in/{demo_link_token(person)}")


def whole(page: Page) -> None:
    """No barrier and no sideways scroll, wide and on a phone."""
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert violations(page) == ""
        assert sideways(page) == 0


def test_goal_profile_mastery_and_credit(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = new_context().new_page()
    enter(page, maple["Ana"])
    page.goto("/goals")
    expect(page.get_by_role("heading", name="Choose a goal")).to_be_visible()
    page.get_by_role("radio", name="Grade").first.check()
    page.get_by_label("Why this matters to me (may stay empty)").fill("for my team")
    page.get_by_role("button", name="Set this goal").click()
    expect(page.get_by_text("Your goal is set.")).to_be_visible()
    expect(page.get_by_text("Your path works on it now").first).to_be_visible()
    whole(page)
    page.goto("/me")
    page.get_by_label("In a few words").fill("chess")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    whole(page)
    page.goto("/mastery")
    expect(page.get_by_role("heading", name="Mastery and credit")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="In the words of the standards").click()
    expect(page.get_by_label("Standards")).to_be_visible()
    sound(page, "standards")
    leader = new_context().new_page()
    enter(leader, maple["Pike"])
    leader.goto("/credit")
    expect(leader.get_by_role("heading", name="Division")).to_be_visible()
    whole(leader)
