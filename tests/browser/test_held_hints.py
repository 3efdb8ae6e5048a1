"""A learner waits on a hint that is held back; the teacher opens it, and it is there without a reload."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, enter, open_problem, sound
from tests.pages.conftest import Pair, make_pair, maple
from tests.pages.imported import ACTIVITY, add_two_parts


@pytest.fixture
def cast(server: str) -> Pair:
    pair = make_pair(maple())
    add_two_parts(pair.district.id)
    return pair


def test_a_hint_comes_while_the_learner_waits(new_context: Callable[..., BrowserContext], cast: Pair) -> None:
    alba = enter(new_context(PHONE), cast.alba, "/my-path")
    open_problem(alba, ACTIVITY)
    for number in range(2):
        alba.locator("#hint").click()
        expect(alba.locator(f"#hint-{number}")).to_be_visible()
    expect(alba.locator("#held")).to_contain_text("It opens after 2 more tries.")
    sound(alba, "held-learner")
    teacher = enter(new_context(), cast.okoye, f"/problems/{ACTIVITY}")
    teacher.locator("summary", has_text="3 hints").click()
    teacher.get_by_label("Open it for").select_option(f"learner:{cast.alba.id}")
    sound(teacher, "held-library")
    teacher.get_by_role("button", name="Open", exact=True).click()
    expect(teacher.get_by_text("Open for Alba Reyes")).to_be_visible()
    sound(teacher, "held-library-open")
    expect(alba.locator("#gift")).to_be_visible(timeout=60_000)
    sound(alba, "held-gift")
    alba.locator("#hint").click()
    expect(alba.locator("#hint-2")).to_contain_text("The answer is")
    teacher.goto(f"/teach/{cast.section.id}/learner/{cast.alba.id}/working")
    expect(teacher.get_by_role("heading", name="Alba is on this now")).to_be_visible()
    sound(teacher, "held-replay")
    teacher.get_by_role("button", name="Take back").click()
    expect(teacher.get_by_role("button", name="Open it for Alba")).to_be_visible()
    sound(teacher, "held-replay-back")
