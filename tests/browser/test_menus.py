"""Everybody's menu stands in one line on a laptop, and its words whole at the foot of a phone; in both languages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import WIDE, enter, sideways, sound
from tests.cast import Cast, make_cast
from tests.school.measurement.sitters import opened

LINES = "[...new Set([...document.querySelectorAll('.top nav li')].map(line => line.offsetTop))].length"
WIDER = (
    "[...document.querySelectorAll('.tabbar, .tabbar > *')].filter(tab => tab.scrollWidth > tab.clientWidth).map("
    "tab => tab.textContent.trim())"
)
NARROW = (320, 640)


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    """A screening is open, so that a learner's menu is as long as it gets."""
    cast = make_cast()
    opened(cast, now=time.time())
    yield cast
    cast.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "path"),
    [("Ben", "/practice"), ("Okafor", "/teach"), ("Ines", "/support"), ("Pike", "/lead"), ("Dana", "/connections")],
)
def test_a_menu_has_room(
    new_context: Callable[..., BrowserContext], maple: Cast, name: str, path: str, language: str
) -> None:
    page = enter(new_context(WIDE), maple[name], path)
    if language == "es":
        page.locator(".me summary").click()
        page.get_by_label("Language", exact=True).select_option("es")
        page.get_by_role("button", name="Change").click()
        page.wait_for_function("document.documentElement.lang === 'es'")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(LINES) == 1
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert page.evaluate(WIDER) == [] and sideways(page) == 0
    if name == "Dana":
        sound(page, f"connections-{language}")
