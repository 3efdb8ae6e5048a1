"""A screening in a browser: a leader opens it, learners take it, the proctor watches, results follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from headway.school.measurement.actions import record_measure
from headway.school.measurement.banks import screening_problem
from headway.school.models import ScreeningSitting, ScreeningWindow
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, enter, sound
from tests.cast import LEARNERS, Cast, make_cast
from tests.school.measurement.sitters import sat


@pytest.fixture(scope="module")
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    cast.answers("Ana", "oxox" * 12, time.time() - 60.0)  # who has practised has fewer questions before them
    yield cast
    cast.close()


def window_of(cast: Cast) -> ScreeningWindow:
    with in_district(cast.district.id):
        return ScreeningWindow.objects.get()


@pytest.fixture(scope="module")
def window(new_module_page: Page, maple: Cast) -> ScreeningWindow:
    """The window, opened by the leader on her page."""
    page = new_module_page
    page.goto(f"/demo/sign-in/{demo_link_token(maple['Pike'])}")
    page.goto("/screenings")
    page.get_by_label("6", exact=True).check()
    page.get_by_role("button", name="Open the screening").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Screening board")
    return window_of(maple)


@pytest.fixture(scope="module")
def new_module_page(browser: object, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 800})  # type: ignore[attr-defined]
    yield context.new_page()
    context.close()


@pytest.mark.timeout(300)
def test_a_learner_takes_the_screening(
    new_context: Callable[..., BrowserContext], maple: Cast, window: ScreeningWindow
) -> None:
    page = enter(new_context(), maple["Ana"], "/screening")
    sound(page, "begin")
    page.get_by_role("button", name="Start").click()
    sound(page, "question")
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are taking a break")
    sound(page, "break")
    page.get_by_role("button", name="Go on").click()
    for number in range(1, 25):
        expect(page.get_by_text(f"Question {number}", exact=True)).to_be_visible()
        answer(page, maple, "Ana", number)
        done = page.get_by_role("heading", name="You are done. Thank you!")
        expect(done.or_(page.get_by_text(f"Question {number + 1}", exact=True))).to_be_visible()
        if done.count():
            break
    expect(done).to_be_visible()
    assert page.get_by_text("That is right").count() == 0
    sound(page, "done")


def editor(page: Page) -> Locator:
    """The math editor, once it has taken the plain field's place for good: with a mouse the page asks for it by itself."""
    field = page.locator("#entry math-field")
    expect(field).to_be_focused()
    return field


def answer(page: Page, cast: Cast, who: str, number: int) -> None:
    """Answer what is asked: every third question is not known."""
    if number % 3 == 0:
        page.get_by_role("button", name="I don’t know this yet").click()
        return
    with in_district(cast.district.id):
        row = ScreeningSitting.objects.get(learner=cast[who])
        spec = screening_problem(cast.district.id, row.activity).steps[0].answer
    if spec.kind in ("choice", "choices"):
        for key in spec.keys[0].split(","):
            page.locator(f"input[name=answer][value='{key}']").check()
    elif page.locator("#answer-form").get_attribute("data-kind") != "math":
        page.locator("#answer").fill(spec.keys[0])
    else:
        editor(page).evaluate("(field, value) => { field.value = value; }", spec.keys[0])
    page.get_by_role("button", name="Next").click()


def test_the_board_follows_and_gives_what_is_needed(
    new_context: Callable[..., BrowserContext], maple: Cast, window: ScreeningWindow
) -> None:
    page = enter(new_context(PHONE), maple["Okafor"], f"/screenings/{window.id}")
    expect(page.get_by_role("row").filter(has_text="Dev")).to_contain_text("Not started")
    sound(page, "board")
    page.get_by_role("row").filter(has_text="Dev").locator("summary").click()
    page.get_by_label("Read aloud").locator("visible=true").check()
    sound(page, "board-tools")
    page.get_by_role("button", name="Save").locator("visible=true").click()
    expect(page.get_by_text("Saved for Dev Deson.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Dev")).to_contain_text("read aloud")


def test_the_board_is_live(new_context: Callable[..., BrowserContext], maple: Cast, window: ScreeningWindow) -> None:
    page = enter(new_context(), maple["Okafor"], f"/screenings/{window.id}")
    sat(maple, "Chi", window, "x", time.time() - 300.0)
    expect(page.get_by_role("row").filter(has_text="Chi")).to_contain_text("Finished")


def test_results_risk_and_accuracy(
    new_context: Callable[..., BrowserContext], maple: Cast, window: ScreeningWindow
) -> None:
    now = time.time()
    for name, right in (("Eva", "ox"), ("Ben", "x")):
        sat(maple, name, window, right, now - 600.0)
    with in_district(maple.district.id):
        for n, name in enumerate(LEARNERS):
            record_measure(
                learner=maple[name],
                measure="State test",
                day=int(now // 86_400),
                score=200.0 + 10 * n,
                by=None,
                now=now,
            )
    page = enter(new_context(), maple["Pike"], f"/screenings/{window.id}/results")
    expect(page.get_by_role("row").filter(has_text="Ben")).to_contain_text("High risk")
    page.get_by_label("A poor outcome is below").fill("225")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("sensitivity")).to_be_visible()
    sound(page, "results")
    page.get_by_role("link", name="Cut scores").click()
    sound(page, "cuts")
    page.goto("/screenings")
    sound(page, "windows")


def test_a_minute_of_reading_aloud_by_tapping(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(PHONE), maple["Okafor"], "/measures")
    sound(page, "measures")
    page.get_by_role("link", name="Score Dev Deson").click()
    page.clock.install()
    page.get_by_label("Passage", exact=True).select_option("The pond behind the school")
    sound(page, "reading-ready")
    page.get_by_role("button", name="Start").click()
    words = page.locator(".word")
    words.nth(3).click()
    words.nth(5).click()
    words.nth(5).click()
    page.clock.run_for(61_000)
    expect(page.get_by_text("Time. Tap the last word that was read.")).to_be_visible()
    words.nth(49).click()
    expect(page.get_by_text("49 words right in a minute")).to_be_visible()
    expect(words.nth(5)).to_have_accessible_name("a, put right by the reader")
    sound(page, "reading-done")
    page.locator("#reading").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: 49 words right in a minute, 49 of 50 read.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Reading aloud").first).to_contain_text("49 words a minute")
    page.get_by_label("Measure").fill("Maze")
    page.get_by_label("Score", exact=True).fill("17")
    page.locator("section", has=page.locator("#value")).get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Maze 17.")).to_be_visible()
    sound(page, "measure")
