"""A learner walks the map, chooses what next and sees the path change and why; a teacher steers. At both sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.people.models import Person
from headway.school.people.sign_in import demo_link_token
from tests.browser.conftest import PHONE, WIDE, sideways, violations
from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    cast = make_cast()
    cast.answers("Ana", "oxooooooooooooo", time.time() - 60)
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


def test_the_map_the_choice_the_story_and_a_teachers_part(
    new_context: Callable[..., BrowserContext], maple: Cast
) -> None:
    page = new_context().new_page()
    enter(page, maple["Ana"])
    page.goto("/my-path")
    stones = page.locator("#lands .stone")
    expect(stones.first).to_be_visible()
    whole(page)
    stones.first.focus()
    page.keyboard.press("ArrowRight")
    expect(stones.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#spot")).to_be_visible()
    whole(page)
    page.get_by_role("button", name="Choose what next").click()
    options = page.locator(".choice")
    expect(options).to_have_count(3)
    whole(page)
    title = options.nth(1).locator("h2").inner_text()
    options.nth(1).get_by_role("button").click()
    expect(page.locator("#ask")).to_be_visible()
    expect(page.locator("main .chip.iris")).to_have_text(title)
    page.locator(".why > summary").click()
    expect(page.locator(".why .said")).to_contain_text("You chose this one.")
    page.goto("/my-story")
    expect(page.get_by_role("heading", name="My story so far")).to_be_visible()
    whole(page)
    teacher = new_context().new_page()
    enter(teacher, maple["Okafor"])
    teacher.goto(f"/profile/{maple['Ana'].id}/steer")
    teacher.get_by_label("Minutes of practice at the screen a day").select_option("20")
    teacher.get_by_role("button", name="Set screen time").click()
    expect(teacher.get_by_text("this one holds")).to_be_visible()
    whole(teacher)
    teacher.goto(f"/teach/{maple.a.id}/list")
    expect(teacher.get_by_role("button", name="Give this list")).to_be_visible()
    whole(teacher)
