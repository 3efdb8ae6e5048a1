"""A leader reads what the answers say of the problems and holds one back, by keyboard, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from headway.cli import main
from headway.school.people.sign_in import demo_link_token
from tests.browser.conftest import PHONE, WIDE, sideways, violations
from tests.school.evidence.planted import plant


def test_a_leader_holds_a_problem_back_by_keyboard(new_context: Callable[..., BrowserContext], database: str) -> None:
    planted = plant(learners=72, keys=(4,))
    assert main(["refit", "--json", "--district", str(planted.district)]) == 0
    page = new_context(WIDE).new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(planted.leader)}")
    page.goto("/models/content")
    expect(page.get_by_role("heading", name="The key may be wrong")).to_be_visible()
    assert violations(page) == ""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert sideways(page) == 0
    page.get_by_role("link", name="Look at it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The problem, as learners see it")).to_be_visible()
    assert violations(page) == ""
    assert sideways(page) == 0
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.get_by_label("What have you seen? It stays on record.").fill("The key says 7, and it is 3/4.")
    page.get_by_role("button", name="Hold it back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Held back: no path chooses this problem.")).to_be_visible()
    expect(page.get_by_role("button", name="Mended: it may be chosen again")).to_be_visible()
    assert violations(page) == ""
