"""A leader brings a state's standards in and aligns a statement by keyboard, wide and narrow."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from headway.school.people.sign_in import demo_link_token
from tests.browser.conftest import PHONE, WIDE, sideways, violations
from tests.cast import make_cast
from tests.pages.adults.test_frameworks import state


def test_a_leader_brings_standards_in_and_aligns_one_by_keyboard(
    new_context: Callable[..., BrowserContext], database: str, tmp_path: Path
) -> None:
    del database
    cast, page = make_cast(), new_context(WIDE).new_page()
    wide, phone = {"width": WIDE[0], "height": WIDE[1]}, {"width": PHONE[0], "height": PHONE[1]}

    def sound() -> None:
        for size in (phone, wide):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert violations(page) == ""
            assert sideways(page) == 0

    (tmp_path / "state.json").write_text(json.dumps(state(title="Our State: Mathematics")))
    page.goto(f"/demo/sign-in/{demo_link_token(cast['Dana'])}")
    page.goto("/standards")
    expect(page.get_by_role("heading", name="No framework yet")).to_be_visible()
    page.get_by_label("A CASE package (JSON)").set_input_files(tmp_path / "state.json")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="It is new here")).to_be_visible()
    sound()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="Our State: Mathematics")).to_be_visible()
    expect(page.locator("details > summary", has_text="S.6")).to_be_visible()
    sound()
    page.get_by_label("Find a statement").fill("large")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 statement", exact=True)).to_be_visible()
    page.get_by_role("link", name="S.6.1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="These may")).to_be_visible()
    sound()
    page.get_by_role("button", name=re.compile(r"Confirm.*5\.NF\.B\.7")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile(r"Take that back.*5\.NF\.B\.7"))).to_be_visible()
    page.goto("/standards")
    expect(page.get_by_role("heading", name="Our State: Mathematics")).to_be_visible()
    sound()
    page.get_by_role("link", name="What is left to align").click()
    expect(page.get_by_role("heading", name="What is left to align")).to_be_visible()
    sound()
    cast.close()
