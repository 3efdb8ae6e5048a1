"""What holds for every page: no barrier that axe can find, no sideways scroll, light, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import PHONE, WIDE, sideways, violations, weigh

PUBLIC = ("/sign-in", "/nowhere", "/offline", "/sign-out")
HEAVIEST = 300_000
"""Bytes, gzipped, of a page's first load with everything that it brings."""


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_accessible_and_fits(
    new_context: Callable[..., BrowserContext], path: str, size: tuple[int, int]
) -> None:
    page = new_context(size).new_page()
    page.goto(path)
    assert violations(page) == ""
    assert sideways(page) == 0


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_light_and_fetches_from_here_only(new_context: Callable[..., BrowserContext], path: str) -> None:
    weight = weigh(new_context().new_page(), path)
    assert weight < HEAVIEST, f"{path} weighs {weight} bytes gzipped"
