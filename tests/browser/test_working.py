"""The teacher sees working, in a browser: every page with axe, on a laptop and on a phone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import enter, sound
from tests.cast import Cast, make_cast
from tests.pages.adults.test_working import KEY, lines, mistaken


@pytest.fixture(scope="module")
def worked(server: str) -> Iterator[Cast]:
    """Ana lost a term in two workings; Chi answered as a misconception would."""
    cast, now = make_cast(), time.time()
    lines(cast, "Ana", ["3x-4=18", "3x=22"], now - 3000)
    lines(cast, "Ana", ["5x+2=30"], now - 2000, problem="5(x+2)=30")
    mistaken(cast, "Chi", now - 1500)
    yield cast
    cast.close()


def test_from_the_board_to_the_reason_of_a_line(worked: Cast, new_context: Callable[..., BrowserContext]) -> None:
    page = enter(new_context(), worked["Okafor"], f"/teach/{worked.a.id}")
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Misconceptions").click()
    expect(page.get_by_role("heading", name="Misconceptions", level=1)).to_be_visible()
    sound(page)
    page.goto(f"/teach/{worked.a.id}/misconceptions/{KEY}")
    expect(page.get_by_role("heading", name="Five minutes")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Ana D.").first.click()
    expect(page.get_by_text("does not follow").first).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Why").first.click()
    expect(page.get_by_role("heading", name="What led there")).to_be_visible()
    sound(page)
