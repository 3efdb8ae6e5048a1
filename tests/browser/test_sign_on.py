"""Coming in by the district's own services in a real browser, and the page where they are looked after."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.exchange.sign_on.services import Draft, add_service, arrivals
from headway.school.people.tenancy import in_district
from tests.browser.conftest import enter, sound
from tests.cast import Cast, make_cast
from tests.pages.sign_on.openid_peer import CLIENT, SECRET


@pytest.fixture
def cast(database: str, server: str) -> Iterator[Cast]:
    """Ana has an account at an OpenID provider by Authlib, Ben at a SAML one by pysaml2; both run on loopback."""
    # Imported late: reading the libraries takes a second, in every process that collects tests.
    from tests.pages.sign_on.authlib_provider import openid_provider
    from tests.pages.sign_on.pysaml2_provider import saml_provider

    del database
    found = make_cast(curriculum=False)
    with openid_provider() as openid, saml_provider() as saml:
        openid.account = {"sub": "account-1", "email": "ana@students.maple.example", "email_verified": True}
        saml.attributes = {"mail": "ben@students.maple.example"}
        oidc = Draft("oidc", "Maple sign-in", issuer=openid.address, client=CLIENT, secret=SECRET)
        with in_district(found.district.id):
            for name in ("Ana", "Ben"):
                found[name].email = f"{name}@students.maple.example"
                found[name].save()
            service = add_service(by=found["Dana"], draft=oidc, now=time.time())
            openid.back = f"{server}/sign-in/back/{found.district.id}/{service}"
            adfs = Draft("saml", "Maple ADFS", metadata=saml.metadata())
            add_service(by=found["Dana"], draft=adfs, now=time.time())
        yield found
    found.close()


def test_people_come_in_by_openid_and_by_saml(cast: Cast, page: Page) -> None:
    door = f"/sign-in?at={cast.district.id}&next=/who-read"
    page.goto(door)
    page.get_by_role("link", name="Maple sign-in").click()  # the provider knows the account, and sends the browser back
    expect(page.get_by_label("You are Ana Diaz")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/who-read$"))
    page.goto("/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(door)
    page.get_by_role("link", name="Maple ADFS").click()  # the provider's page posts its answer without our cookie
    expect(page.get_by_label("You are Ben Beson")).to_be_visible()
    with in_district(cast.district.id):
        assert [(each.outcome, each.who) for each in arrivals()] == [("in", "Ben Beson"), ("in", "Ana Diaz")]


def test_closing_a_service_is_asked_first(cast: Cast, new_context: Callable[..., BrowserContext]) -> None:
    page = enter(new_context(), cast["Dana"], "/sign-on")
    page.wait_for_load_state()
    asks = page.locator("a[data-asks]").filter(has_text="Maple ADFS")
    dialog = page.get_by_role("dialog", name="Close “Maple ADFS”?")
    asks.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Leave it open")).to_be_focused()
    sound(page, "sign-on-close")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(asks).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("The service is closed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Maple ADFS")).to_have_count(0)
    expect(page.get_by_role("heading", name="Maple sign-in")).to_be_visible()
