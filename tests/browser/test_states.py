"""States of the pages that come and go: each is free of barriers and fits, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.school.models import Guardianship
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, open_problem, sideways, violations
from tests.cast import Cast, make_cast
from tests.pages.imported import ACTIVITY, add_two_parts

NewContext = Callable[..., BrowserContext]
POWER = "gen:6.EE.A.1/coefficient:12345"
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])


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


def opened(new_context: NewContext, cast: Cast, who: str, path: str, size: tuple[int, int]) -> Page:
    page = new_context(size).new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(cast[who])}")
    page.goto(path)
    return page


def sound(page: Page) -> None:
    """No barrier that axe can find, no sideways scroll."""
    assert violations(page) == ""
    assert sideways(page) == 0


def typed(page: Page, answer: str) -> None:
    """Answer in plain typing."""
    page.locator("#answer").click()
    mode = page.locator("#mode")
    if mode.is_visible() and mode.inner_text() == "Use plain typing":
        mode.click()
    page.locator("#answer").fill(answer)
    page.get_by_role("button", name="Check").click()


def open_hints(page: Page) -> None:
    """Open every hint of the problem."""
    shown = page.locator(".rungs > li")
    while page.locator("#hint").count():
        before = shown.count()
        page.locator("#hint").click()
        expect(shown).to_have_count(before + 1)


@SIZES
def test_hints_stay_open_over_a_reload_and_the_shown_solution(
    new_context: NewContext, maple: Cast, size: tuple[int, int]
) -> None:
    page = opened(new_context, maple, "Ana", "/practice", size)
    open_problem(page, POWER)
    open_hints(page)
    count = page.locator(".rungs > li").count()
    assert count > 0
    sound(page)
    page.reload()
    expect(page.locator(".rungs > li")).to_have_count(count)
    expect(page.locator("#answer-form [name=hints]")).to_have_value(str(count))
    page.get_by_role("button", name="Show me how").click()
    expect(page.locator("#next")).to_be_focused()
    sound(page)


@SIZES
def test_an_imported_problem(new_context: NewContext, maple: Cast, size: tuple[int, int]) -> None:
    learner = "Ben" if size == WIDE else "Dev"  # to each it is new
    page = opened(new_context, maple, learner, "/practice", size)
    open_problem(page, ACTIVITY)
    expect(page.locator("main")).to_contain_text("A Book of Powers")
    open_hints(page)
    sound(page)
    typed(page, "32")
    expect(page.locator("input[name=answer][value='1']")).to_be_attached()
    sound(page)
    page.locator("input[name=answer][value='1']").check(force=True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#next")).to_be_focused()
    sound(page)


@SIZES
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
def test_lists_full_and_empty(
    new_context: NewContext, maple: Cast, who: str, path: str, says: str, size: tuple[int, int]
) -> None:
    page = opened(new_context, maple, who, path, size)
    expect(page.locator("main")).to_contain_text(says)
    sound(page)


@SIZES
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
def test_before_anything_was_done(
    new_context: NewContext, bare: Cast, who: str, path: str, size: tuple[int, int]
) -> None:
    page = opened(new_context, bare, who, path.format(section=bare.a.id, ana=bare["Ana"].id), size)
    expect(page.locator("h1").first).to_be_visible()
    sound(page)
