"""A real browser on a real server. One browser for the run, a fresh context (cookies, storage) for each test."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Response, expect, sync_playwright

from headway.school.models import Person
from headway.school.people.sign_in import demo_link_token
from tests.browsers import ADVICE, find_browser
from tests.running import running

PICTURES = os.environ.get("HEADWAY_PICTURES", "")
"""A folder for screenshots of each page, to be looked at."""
PATIENCE = 10_000
"""Milliseconds that a page may take to come to a state, on a loaded machine; how fast it has to be is measured elsewhere."""
WIDE, PHONE = (1280, 800), (390, 844)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(database: str) -> Iterator[str]:
    """The address of a running Headway: the real server in a process of its own."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def browser(server: str) -> Iterator[Browser]:
    """Chromium; after the database, which sets itself up without an event loop."""
    path = find_browser()
    if path is None:
        pytest.skip(ADVICE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; Django would refuse the tests' own queries beside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE)
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser: Browser, server: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open contexts of a given size: ``new_context(PHONE)``; closed at the end.

    Without the service ``worker`` every file is fetched by the page itself, so that a test can hold it back.
    """
    opened: list[BrowserContext] = []

    def open_(size: tuple[int, int] = WIDE, *, script: bool = True, worker: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=server,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            java_script_enabled=script,
            reduced_motion="reduce",
            service_workers="allow" if worker else "block",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A wide page without a session."""
    return new_context().new_page()


def enter(context: BrowserContext, who: Person, path: str) -> Page:
    """Sign somebody in by a link of the demo, straight to a page."""
    page = context.new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(who)}?{urlencode({'next': path})}")
    return page


def plain(context: BrowserContext) -> BrowserContext:
    """A device on which plain typing was chosen before: no math editor takes a field's place."""
    context.add_init_script("try { localStorage.setItem('headway-plain', '1'); } catch { /* not a page */ }")
    return context


def open_problem(page: Page, activity: str) -> None:
    """Go to a particular problem; where another one is open, say that it shall be this one."""
    page.goto(f"/practice?activity={quote(activity, safe='')}")
    if page.locator("#open").count():
        page.locator("#open").click()
        page.wait_for_url("**/practice")


STYLED = """() => Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(
    link => link.sheet || new Promise(come => { link.onload = link.onerror = come }))).then(() => true)"""
"""What a test found by its words may stand there while its style sheets are under way: links have no size then."""


def violations(page: Page | Frame) -> str:
    """What axe finds against WCAG 2.2 AA on the open page, in words; empty when there is nothing."""
    page.evaluate(STYLED)
    # On a phone the bar of tabs lies over what one has not scrolled to; axe takes the covered part for too small a target.
    page.evaluate("document.querySelectorAll('.tabbar').forEach(bar => { bar.style.position = 'static' })")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What passes stays in the page: to bring it over takes longer than the search.
    found = page.evaluate(
        "options => axe.run(options).then(found => found.violations)", {"runOnly": {"type": "tag", "values": WCAG}}
    )
    page.evaluate("document.querySelectorAll('.tabbar').forEach(bar => { bar.style.position = '' })")
    return "\n".join(
        f"{v['id']}: {v['help']}: " + "; ".join(str(node["html"])[:200] for node in v["nodes"]) for v in found
    )


def sound(page: Page, name: str = "", sizes: Sequence[tuple[int, int]] = (WIDE, PHONE)) -> None:
    """The open page has no barrier and fits its window, on a laptop and on a phone; a ``name`` is that of its pictures."""
    before = page.viewport_size
    assert before is not None
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(STYLED)
        page.evaluate("document.fonts.ready.then(() => true)")  # a font that comes late moves what axe measures
        if name and PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        assert violations(page) == "", f"{page.url}, {width} pixels wide"
        assert sideways(page) == 0, f"{page.url}, {width} pixels wide"
    page.set_viewport_size(before)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def weigh(page: Page, path: str) -> int:
    """Bytes, gzipped, of everything that opening a page brings; all of it has to come from here."""
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))  # noqa: PLW0108 (playwright marks the handler)
    page.goto(
        path, wait_until="networkidle", timeout=60_000
    )  # what counts is the weight: this may be a browser's first page
    assert {urlsplit(r.url).netloc for r in came} == {urlsplit(page.url).netloc}
    bodies = [r.body() for r in came if not 300 <= r.status < 400]
    return sum(min(len(gzip.compress(body)), len(body)) for body in bodies)
