"""A leader reads what a refit found, decides by keyboard, takes it back, and starts another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.cli import main
from headway.school.mastery.models import Refit
from headway.school.people.tenancy import in_district
from tests.browser.conftest import WIDE, enter, sound
from tests.school.evidence.planted import Planted, plant


@pytest.fixture(scope="module")
def planted(database: str) -> Planted:
    made = plant()
    assert main(["refit", "--json", "--district", str(made.district)]) == 0
    return made


def test_a_leader_decides_by_keyboard_and_takes_it_back(
    new_context: Callable[..., BrowserContext], planted: Planted
) -> None:
    page = enter(new_context(), planted.leader, "/models")
    expect(page.get_by_text("The new model foresees later answers better")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Let the new model serve").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dana Smith has promoted it.")).to_be_visible()
    page.get_by_text("Roll back", exact=True).click()
    page.get_by_label("Why? It stays on record.").fill("We look at it together first.")
    page.get_by_role("button", name="Let the model before serve again").click()
    expect(page.get_by_role("row", name="Rolled back")).to_be_visible()
    sound(page, sizes=[WIDE])
    page.get_by_role("button", name="Refit on our evidence").focus()
    with page.expect_response(lambda answer: answer.url.endswith("/models/refit")) as begun:
        page.keyboard.press("Enter")
    assert begun.value.status == 302
    with in_district(planted.district):
        assert Refit.objects.count() == 2
