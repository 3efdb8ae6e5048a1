"""What holds for every page: no barrier that axe can find, no sideways scroll, light, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import sound, weigh

PUBLIC = ("/sign-in", "/nowhere", "/offline", "/sign-out")
HEAVIEST = 300_000
"""Bytes, gzipped, of a page's first load with everything that it brings."""


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_accessible_fits_is_light_and_fetches_from_here_only(
    new_context: Callable[..., BrowserContext], path: str
) -> None:
    page = new_context().new_page()
    weight = weigh(page, path)
    assert weight < HEAVIEST, f"{path} weighs {weight} bytes gzipped"
    sound(page)
