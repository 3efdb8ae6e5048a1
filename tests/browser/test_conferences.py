"""A learner prepares, a teacher runs the conference from the packet, both read what was agreed. In a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, enter, sound
from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    cast = make_cast()
    cast.answers("Ana", "oxooooooo", time.time() - 60)
    yield cast
    cast.close()


def test_a_conference_from_preparing_to_what_was_agreed(
    new_context: Callable[..., BrowserContext], maple: Cast
) -> None:
    ana = enter(new_context(PHONE), maple["Ana"], "/talks")
    ana.get_by_label("What went well?").fill("Long division works now")
    ana.get_by_role("button", name="Keep it for the talk").click()
    expect(ana.locator(".messages .note")).to_contain_text("You will talk about it together.")
    sound(ana, "talks-prepare")
    teacher = enter(new_context(), maple["Okafor"], "/conferences")
    expect(teacher.get_by_role("heading", name="Conferences")).to_be_visible()
    sound(teacher, "conferences")
    teacher.get_by_role("link", name="Ana Diaz").click()
    expect(teacher.get_by_role("heading", name="Choices to offer")).to_be_visible()
    expect(teacher.locator(".side")).to_contain_text("Long division works now")
    sound(teacher, "packet")
    teacher.get_by_role("button", name="Begin the talk").click()
    expect(teacher.get_by_role("heading", name="Talk with Ana")).to_be_visible()
    teacher.get_by_role("button", name="Agree on this").first.click()
    expect(teacher.locator(".messages .note")).to_contain_text("in the plan from now on")
    expect(teacher.locator(".agreed .lines li")).to_have_count(1)
    teacher.get_by_label("What else we agreed (the learner and the family read it)").fill("Ana shows Ben her way")
    teacher.get_by_role("button", name="Write it down").click()
    expect(teacher.locator(".agreed .lines li")).to_have_count(2)
    sound(teacher, "conference")
    teacher.get_by_role("button", name="End the talk").click()
    expect(teacher.get_by_role("link", name="Who is next")).to_be_visible()
    ana.goto("/talks")
    expect(ana.locator(".asks li")).to_have_count(2)
    sound(ana, "talks")
