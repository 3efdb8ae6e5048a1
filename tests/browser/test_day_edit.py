"""Changing a planned day in a browser: by dragging and by keyboard, each cost before the change; the morning with two taps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast
from tests.pages.adults.planned import hand_made


@pytest.fixture
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", time.time() - 60.0)
    yield cast
    cast.close()


def middle(page: Page, selector: str) -> tuple[float, float]:
    """Where to press: the middle of what is on the screen."""
    found = page.locator(selector).first
    expect(found).to_be_visible()
    found.scroll_into_view_if_needed()
    x, y, width, height = found.evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height] }"
    )
    return x + width / 2, y + height / 2


def test_a_teacher_changes_the_plan_and_takes_it_back(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    row, name = hand_made(maple), maple["Ana"].short_name
    day = (date(1970, 1, 1) + timedelta(days=row.day)).isoformat()
    page = enter(new_context(WIDE), maple["Okafor"], f"/teach/{maple.a.id}/day?date={day}")
    first = page.locator("[data-block='0']")
    with_teacher, device = first.locator("[data-to='0']"), first.locator("[data-to='1']")
    expect(with_teacher.get_by_text(name, exact=True)).to_be_visible()
    x, y = middle(page, f"[data-block='0'] summary:text-is('{name}')")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 20, steps=2)
    expect(device.locator(".cost")).to_contain_text("of every 100")  # the cost stands there before it is let go
    x, y = middle(page, "[data-block='0'] [data-to='1'] h3")
    page.mouse.move(x, y, steps=3)
    expect(device).to_have_class("over")
    page.mouse.up()
    expect(page.locator(".messages")).to_contain_text(f"Moved: {name}")
    expect(device.get_by_text(name, exact=True)).to_be_visible()
    page.get_by_role("button", name="Take the last change back").click()
    expect(page.locator(".messages")).to_contain_text("The last change is taken back")
    expect(with_teacher.get_by_text(name, exact=True)).to_be_visible()
    with_teacher.locator("summary", has_text=name).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog")
    expect(menu.get_by_role("heading", level=1)).to_contain_text(name)
    sound(page, "moves", sizes=(PHONE, WIDE))
    menu.get_by_role("button", name="Move here: On a device").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text(f"Moved: {name}")
    sound(page, "day-edited", sizes=(PHONE, WIDE))
    page.goto(f"/teach/{maple.a.id}/attendance")
    page.get_by_role("button", name="Everybody is here").click()
    expect(page.locator(".tap.here")).to_have_count(4)
    page.get_by_role("button", name=name).click()
    expect(page.locator(".tap.away")).to_contain_text(name)
    expect(page.get_by_role("button", name="Repair today’s plan")).to_be_visible()
    sound(page, "attendance", sizes=(PHONE, WIDE))
