"""The day of a class in a browser: the teacher chooses, plans and reads it; the wall, the learner, wide and on a phone."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.environment.days.actions import begin
from headway.school.environment.days.planning import plan_day
from headway.school.people.clock import date_of, day_of
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, sideways, violations
from tests.cast import Cast, make_cast

PICTURES = os.environ.get("HEADWAY_PICTURES", "")
"""A folder for screenshots of each page, to be looked at."""


@pytest.fixture
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", time.time() - 60.0)
    yield cast
    cast.close()


def sound(page: Page, name: str) -> None:
    """The page has no barrier and fits both windows."""
    for size in (PHONE, WIDE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{size[0]}.png"), full_page=True)
        assert violations(page) == ""
        assert sideways(page) == 0


@pytest.mark.timeout(300)  # the first plan of a machine compiles
def test_a_teacher_plans_the_day_and_everybody_sees_it(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = new_context(WIDE).new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(maple['Okafor'])}")
    page.goto(f"/teach/{maple.a.id}")
    page.get_by_role("link", name="Plan the day").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How does this class work?")
    sound(page, "choose")
    page.get_by_role("button", name=re.compile("Stations in one room")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How this class works")
    sound(page, "model")
    page.get_by_label("Who, with commas between").first.fill("Ms. Okafor")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("This day has no plan yet.")).to_be_visible()
    with in_district(maple.district.id):
        day = day_of(maple.district.id, time.time()) + 1
        row = begin(section=maple.a, by=maple["Okafor"], day=day, now=time.time())
    date = date_of(day).isoformat()
    page.goto(f"/teach/{maple.a.id}/day?date={date}")
    expect(page.get_by_role("heading", name="The day is being planned")).to_be_visible()
    plan_day(district=maple.district.id, plan=row.id)
    expect(page.get_by_role("heading", name="First round")).to_be_visible()  # the page has looked by itself
    page.get_by_text(maple["Ana"].short_name, exact=True).first.click()
    sound(page, "day")
    page.get_by_role("link", name="Board for the wall").click()
    expect(page.get_by_role("heading", name="First round")).to_be_visible()
    sound(page, "wall")
    mine = new_context(PHONE).new_page()
    mine.goto(f"/demo/sign-in/{demo_link_token(maple['Ana'])}")
    mine.goto("/my-path")
    mine.get_by_role("link", name="My day").click()
    mine.get_by_role("link", name="Tomorrow").click()
    expect(mine.get_by_text("You work on").first).to_be_visible()
    sound(mine, "mine")
