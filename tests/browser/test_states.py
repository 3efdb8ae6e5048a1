"""States of the pages that come and go: each is free of barriers and fits, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.models import Guardianship
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, enter, open_problem, plain, sound
from tests.cast import Cast, make_cast
from tests.pages.imported import ACTIVITY, add_two_parts

NewContext = Callable[..., BrowserContext]
POWER = "gen:6.EE.A.1/coefficient:12345"


@pytest.fixture(scope="module")
def maple(server: str) -> Iterator[Cast]:
    """Ana's mother is Ben's guardian too; one problem was imported."""
    cast = make_cast()
    add_two_parts(cast.district.id)
    with in_district(cast.district.id):
        Guardianship.objects.create(district=cast.district, guardian=cast["Maria"], learner=cast["Ben"])
    yield cast
    cast.close()


@pytest.fixture(scope="module")
def bare(server: str) -> Iterator[Cast]:
    """A district without a curriculum, where nobody did anything yet."""
    cast = make_cast(curriculum=False)
    yield cast
    cast.close()


def open_hints(page: Page) -> int:
    """Open every hint of the problem; returns how many there are. A card is drawn with its hints and its button in one."""
    shown, opened = page.locator(".rungs > li"), 0
    while page.locator("#hint").count():
        page.locator("#hint").click()
        opened += 1
        expect(shown).to_have_count(opened)
    return opened


def test_hints_stay_open_over_a_reload_and_the_shown_solution(new_context: NewContext, maple: Cast) -> None:
    page = enter(new_context(PHONE), maple["Ana"], "/practice")
    open_problem(page, POWER)
    count = open_hints(page)
    assert count > 0
    sound(page)
    page.reload()
    expect(page.locator(".rungs > li")).to_have_count(count)
    expect(page.locator("#answer-form [name=hints]")).to_have_value(str(count))
    page.get_by_role("button", name="Show me how").click()
    expect(page.locator("#next")).to_be_focused()
    sound(page)


def test_an_imported_problem(new_context: NewContext, maple: Cast) -> None:
    page = enter(plain(new_context(PHONE)), maple["Ben"], "/practice")
    open_problem(page, ACTIVITY)
    expect(page.locator("main")).to_contain_text("A Book of Powers")
    open_hints(page)
    sound(page)
    page.locator("#answer").fill("32")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("input[name=answer][value='1']")).to_be_attached()
    sound(page)
    page.locator("input[name=answer][value='1']").check(force=True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#next")).to_be_focused()
    sound(page)


@pytest.mark.parametrize(
    ("who", "path", "says"),
    [
        ("Maria", "/family", "Ben"),
        ("Okafor", f"/problems/{ACTIVITY}", "Powers"),
        ("Okafor", "/problems", "Exponents"),
        ("Okafor", "/problems?skill=6.EE.A.1", "Powers"),
        ("Okafor", "/problems?q=nonsense", "Problems"),
        ("Stone", "/teach", ""),
        ("Chi", "/my-path", "My path"),
        ("Chi", "/who-read", "Who read my record"),
    ],
)
def test_lists_full_and_empty(new_context: NewContext, maple: Cast, who: str, path: str, says: str) -> None:
    page = enter(new_context(), maple[who], path)
    expect(page.locator("main")).to_contain_text(says)
    sound(page)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("Ana", "/practice"),
        ("Ana", "/my-path"),
        ("Okafor", "/teach/{section}"),
        ("Okafor", "/teach/{section}/learner/{ana}"),
        ("Okafor", "/problems"),
        ("Maria", "/family/{ana}"),
        ("Pike", "/lead"),
    ],
)
def test_before_anything_was_done(new_context: NewContext, bare: Cast, who: str, path: str) -> None:
    page = enter(new_context(), bare[who], path.format(section=bare.a.id, ana=bare["Ana"].id))
    expect(page.locator("h1").first).to_be_visible()
    sound(page)
