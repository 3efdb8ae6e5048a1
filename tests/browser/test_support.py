"""Support as its users hold it: the interventionist's tablet and phone, the team's and the leader's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import make_cast
from tests.pages.support.conftest import Supported, furnish

TABLET = (820, 1180)


@pytest.fixture(scope="module")
def supported(server: str) -> Iterator[Supported]:
    """A school with a group, its plans, sessions and probes."""
    cast = make_cast()
    with in_district(cast.district.id):
        found = furnish(cast)
    yield found
    cast.close()


def test_every_page_of_support_is_accessible_and_fits(
    supported: Supported, new_context: Callable[..., BrowserContext]
) -> None:
    page = enter(new_context(), supported.cast["Ines"], "/support")
    ana = supported.cast["Ana"].id
    for path in (
        "/support",
        f"/support/group/{supported.group.id}",
        f"/support/plan/{supported.ana.id}",
        "/support/team",
        f"/support/team/{ana}",
        f"/support/team/{ana}/plan",
        "/support/rules",
        "/support/overview",
    ):
        page.goto(path)
        sound(page, sizes=(WIDE, TABLET, PHONE))


def test_a_session_is_logged_with_the_keyboard_alone(
    supported: Supported, new_context: Callable[..., BrowserContext]
) -> None:
    page = enter(new_context(TABLET), supported.cast["Ines"], "/support")
    page.get_by_label("Ben").focus()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Held", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Red table, today: held.")).to_be_visible()
    page.get_by_role("link", name="Red table").click()
    expect(page.get_by_text("Not there: Ben")).to_be_visible()


def test_a_probe_is_marked_on_a_phone(supported: Supported, new_context: Callable[..., BrowserContext]) -> None:
    page = enter(new_context(PHONE), supported.cast["Ines"], f"/support/plan/{supported.ben.id}")
    page.get_by_role("button", name="Take the next probe").tap()
    expect(page.get_by_role("button", name="Keep the score")).to_be_visible()
    sound(page, sizes=[PHONE])
    for box in page.get_by_role("checkbox").all()[:5]:
        box.check()
    page.get_by_label("How far did they get?").select_option("9")
    page.get_by_role("button", name="Keep the score").tap()
    expect(page.get_by_text("Ben: 5 problems right.")).to_be_visible()


def test_the_rules_show_who_would_move_and_work_without_script(
    supported: Supported, new_context: Callable[..., BrowserContext]
) -> None:
    page = enter(new_context(WIDE, script=False), supported.cast["Pike"], "/support/rules")
    expect(page.get_by_role("button", name="Save and put in force")).to_have_count(0)
    page.get_by_role("button", name="Show who would move").first.click()
    expect(page.get_by_role("heading", name="Who would move")).to_be_visible()
    expect(page.get_by_role("button", name="Save and put in force").first).to_be_visible()
