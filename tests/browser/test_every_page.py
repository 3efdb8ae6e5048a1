"""What holds for every page: no barrier that axe can find, no sideways scroll, light, nothing from elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Response

from tests.browser.conftest import PHONE, WIDE, sideways, violations

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
    page = new_context().new_page()
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))  # noqa: PLW0108 (playwright marks the handler)
    page.goto(path, wait_until="networkidle")
    assert {urlsplit(r.url).netloc for r in came} == {urlsplit(page.url).netloc}
    bodies = [r.body() for r in came if not 300 <= r.status < 400]
    weight = sum(min(len(gzip.compress(body)), len(body)) for body in bodies)
    assert weight < HEAVIEST, f"{path} weighs {weight} bytes gzipped"
