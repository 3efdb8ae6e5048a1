"""A teacher writes a question with numbers that change and shares it: the preview keeps up, by keyboard, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import WIDE, enter, sound
from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    del database
    cast = make_cast()
    yield cast
    cast.close()


def test_a_question_is_written_tried_and_shared(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(WIDE), maple["Okafor"], "/questions/own")
    page.get_by_role("link", name="Write a question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write a question")
    page.wait_for_load_state()
    page.get_by_label("Numbers that change").fill("a = 2 to 9\nb = 2 to 9")
    page.get_by_label("Right answer").fill("@(a*b)")
    shown = page.locator("#shown")
    expect(shown).to_contain_text("Write what is asked.")
    page.get_by_label("What is asked").press_sequentially("Work out $$@a \\times @b$$.")
    expect(shown.locator("math").first).to_be_visible()
    expect(shown).to_contain_text("12 variants")
    page.get_by_label("Your answer").fill("1")
    page.get_by_label("Your answer").press("Enter")
    expect(shown.locator(".note.clay")).to_be_visible()
    page.get_by_role("button", name="Other numbers").click()
    expect(page.locator("input[name=number]")).to_have_value("1")
    page.get_by_label("Skill", exact=True).select_option("3.OA.C.7")
    page.get_by_label("Title").fill("Times")
    sound(page, "write")
    page.get_by_role("button", name="Share it", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Shared.")
    page.get_by_role("link", name="Write questions").click()
    expect(page.get_by_role("link", name="Times")).to_be_visible()
    sound(page, "written")
