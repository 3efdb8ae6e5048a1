"""Questions of another system in a browser: looked at, taken in, and one with a picture answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.standards.content.neutral import key_of
from tests.browser.conftest import PHONE, PICTURES, WIDE, enter, open_problem, sideways, violations
from tests.pages.conftest import Pair, make_pair, maple
from tests.standards.content.files import MOODLE, read

SKILL = "6.NS.A.1"
BANK = MOODLE.replace("<script>alert(1)</script>", "")


@pytest.fixture(scope="module")
def pair(server: str) -> Pair:
    del server
    return make_pair(maple())


def test_a_bank_comes_in_and_its_question_is_answered(new_context: Callable[..., BrowserContext], pair: Pair) -> None:
    page = enter(new_context(PHONE), pair.okoye, "/questions")
    page.wait_for_load_state()
    assert violations(page) == ""
    page.get_by_label("A file of at most 30 MB").set_input_files(
        {"name": "browser-halves.xml", "mimeType": "text/xml", "buffer": BANK.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="10 of 11 questions can be brought in")).to_be_visible()
    expect(page.get_by_role("img", name="half a disc")).to_have_count(0)
    assert (sideways(page), violations(page)) == (0, "")
    _keep(page, "look-phone")
    page.get_by_label("Fractions/Halves").fill(SKILL)
    page.get_by_label("Terms, as learners will see them").fill("Our own work")
    page.get_by_label("I know that these questions may be used").check()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("browser-halves.xml is in force: 10 questions are new")).to_be_visible()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    assert (sideways(page), violations(page)) == (0, "")
    _keep(page, "taken-wide")
    drawn = next(q for q in read(BANK, "browser-halves.xml").questions if q.title == "pic")
    own = enter(new_context(WIDE), pair.alba, "/practice")
    own.wait_for_load_state()
    open_problem(own, key_of(read(BANK, "browser-halves.xml"), drawn))
    expect(own.get_by_role("img", name="half a disc")).to_be_visible()
    assert (
        own.get_by_role("img", name="half a disc").evaluate("each => each.decode().then(() => each.naturalWidth)") == 1
    )
    own.wait_for_load_state()
    own.locator(".option").filter(has_text="half").click()
    own.get_by_role("button", name="Check").click()
    expect(own.locator(".verdict-title")).to_contain_text("That is right.")
    assert violations(own) == ""
    _keep(own, "answered-wide")


def _keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"bring-in-{name}.png", full_page=True)
