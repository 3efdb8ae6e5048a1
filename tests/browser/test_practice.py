"""A learner at work in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from headway.core.curriculum.generators.base import generate
from headway.school.models import Evidence
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, open_problem, sound, weigh
from tests.browser.test_every_page import HEAVIEST
from tests.pages.conftest import Pair, make_pair, maple

NewContext = Callable[..., BrowserContext]
POWER = "gen:6.EE.A.1/coefficient:12345"
EXPAND = "gen:6.EE.A.3/expand:12345"
SPACED = {
    "1 1/2": r"1\,\frac12",
    "1 1/2 +2": r"1\,\frac12+2",
    "3/4 + 1/2": r"\frac34+\frac12",
    "2(1 + 3)": r"2\left(1\,+3\right)",
}
"""What the space bar does in the math field: a mixed number stays one, a fraction is left, a bracket is not."""
CHOICE = "gen:3.MD.D.8/same-perimeter:12345"


@pytest.fixture
def cast(server: str) -> Pair:
    return make_pair(maple())


@pytest.fixture
def opens(new_context: NewContext, cast: Pair) -> Callable[..., Page]:
    """Sign Alba in and open a problem: ``opens(POWER, PHONE)``."""

    def open_(activity: str = POWER, size: tuple[int, int] = WIDE, *, script: bool = True, worker: bool = True) -> Page:
        page = enter(new_context(size, script=script, worker=worker), cast.alba, "/my-path")
        open_problem(page, activity)
        return page

    return open_


def key_of(activity: str) -> str:
    return generate(activity).steps[0].answer.keys[0]


def evidence(cast: Pair) -> list[tuple[str, bool]]:
    with in_district(cast.district.id):
        rows = Evidence.objects.filter(learner=cast.alba, kind="response").order_by("id")
        return [(row.answer, row.correct) for row in rows]


def test_right_and_wrong(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens()
    page.get_by_label("Your answer").click()
    field = page.locator("math-field")
    expect(field).to_be_focused()
    for typed, read in SPACED.items():
        page.keyboard.type(typed)
        expect(field).to_have_js_property("value", read)
        page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict-title")).to_have_text("Not yet")
    expect(page.locator(".line.no")).to_have_count(1)
    expect(page.locator("#live")).to_contain_text("Not yet")
    expect(field).to_be_focused()
    page.keyboard.type(key_of(POWER))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-title")).to_contain_text("That is right.")
    expect(page.get_by_role("link", name="Next problem")).to_be_focused()
    assert [correct for _answer, correct in evidence(cast)] == [False, True]


def test_typing_while_the_editor_loads_loses_nothing(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(EXPAND)
    page.get_by_label("Your answer").click()
    page.keyboard.type("21x+49", delay=5)
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-title, .line").first).to_be_visible()
    assert [answer.replace(" ", "") for answer, _correct in evidence(cast)] == ["21x+49"]


def test_what_means_something_else_in_the_editor_stays_as_it_was_written(
    opens: Callable[..., Page], cast: Pair
) -> None:
    page = opens(EXPAND, worker=False)
    with held(page, "**/mathlive.min*.mjs"):
        page.get_by_label("Your answer").click()
        page.keyboard.type("3/4+x<x^10")
    page.evaluate("import(document.getElementById('main').dataset.mathlive)")  # it has come, and run
    expect(page.locator("#answer")).to_have_value("3/4+x<x^10")
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("math-field")).to_have_count(0)


LATE_FOCUS = """void customElements.whenDefined('math-field').then(() => {
  const field = customElements.get('math-field').prototype, focus = field.focus;
  field.focus = function () { setTimeout(() => focus.call(this), 400); };
})"""


def test_what_is_typed_and_pasted_while_the_fields_change_places_is_kept(opens: Callable[..., Page]) -> None:
    page = opens(EXPAND)
    page.evaluate(LATE_FOCUS)
    page.get_by_label("Your answer").click()
    expect(page.locator("#entry math-field")).to_be_attached()
    page.evaluate(
        "const data = new DataTransfer(); data.setData('text/plain', '12');"
        "document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true, composed: true}))"
    )
    page.keyboard.type("x<4")
    expect(page.locator("#entry math-field")).to_have_js_property("value", "12x<4")


def test_what_a_tool_writes_into_the_plain_field_is_the_answer(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(EXPAND)
    page.get_by_label("Your answer").click()
    expect(page.locator("#entry math-field")).to_be_focused()
    page.locator("#answer").evaluate("(field) => { field.value = '21x+49'; field.dispatchEvent(new Event('input')); }")
    expect(page.locator("#answer")).to_be_visible()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict-title, .line").first).to_be_visible()
    assert [answer for answer, _correct in evidence(cast)] == ["21x+49"]


@contextmanager
def held(page: Page, file: str) -> Iterator[None]:
    """Hold a file back until the end of the block."""
    late: list[Route] = []
    page.route(file, lambda route: late.append(route))  # noqa: PLW0108 (playwright marks the handler)
    with page.expect_response(file), page.expect_request(file):
        yield
        while not late:
            page.wait_for_timeout(20)
        late.pop().continue_()


def test_a_tap_before_the_script_has_come_still_opens_the_editor(opens: Callable[..., Page]) -> None:
    page = opens(worker=False)
    with held(page, "**/js/practice*.js"):
        page.goto("/practice", wait_until="commit")
        page.get_by_label("Your answer").click()
        expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#entry math-field")).to_be_focused()


def test_plain_typing_chosen_while_the_editor_loads_stays_plain(opens: Callable[..., Page]) -> None:
    page = opens(worker=False)
    with held(page, "**/mathlive.min*.mjs"):
        page.get_by_label("Your answer").click()
        page.get_by_role("button", name="Use plain typing").click()
        expect(page.locator("#answer")).to_be_focused()
    page.evaluate("import(document.getElementById('main').dataset.mathlive)")  # it has come, and run
    page.locator("#answer").fill("12")
    expect(page.locator("math-field")).to_have_count(0)
    expect(page.locator("#answer")).to_have_value("12")


def test_by_keyboard_alone(opens: Callable[..., Page]) -> None:
    page = opens(CHOICE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        if page.locator(".options input:focus").count():
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):
        if page.locator(".options input:checked").get_attribute("value") == key_of(CHOICE):
            break
        page.keyboard.press("ArrowDown")
    assert page.locator(".options input:checked").get_attribute("value") == key_of(CHOICE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Next problem")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Check")).to_be_visible()


def test_hints_open_one_by_one_and_keep_what_is_typed(opens: Callable[..., Page]) -> None:
    page = opens(worker=False)
    field = page.locator("#entry math-field")
    page.get_by_label("Your answer").click()
    expect(page.locator("math-field")).to_be_focused()
    page.keyboard.type("62")
    page.get_by_role("link", name="Hint").click()
    expect(page.locator(".rungs > li")).to_have_count(1)
    expect(page.locator("#answer")).to_have_value("62")
    with held(page, "**/practice?hints=2"):
        page.get_by_role("link", name="Another hint").click()
        page.get_by_label("Your answer").click()
        expect(field).to_be_focused()
        page.keyboard.type("5")
    expect(page.locator(".rungs > li")).to_have_count(2)
    expect(page.locator("#answer")).to_have_value("625")
    with held(page, "**/practice?hints=2"):
        page.reload()
        page.get_by_label("Your answer").click()
        expect(field).to_be_focused()
        page.keyboard.type("62")
    expect(page.locator(".rungs > li")).to_have_count(2)
    expect(field).to_be_focused()
    expect(field).to_have_js_property("value", "62")


def test_answers_wait_for_the_network(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(CHOICE)
    page.locator(f".options input[value='{key_of(CHOICE)}']").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#sync")).to_have_text("Offline, 1 answer kept")
    expect(page.locator(".line.wait .say")).to_contain_text("Kept on this device")
    assert evidence(cast) == []
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Next problem")).to_be_visible()
    expect(page.locator("#sync")).to_have_text("All work saved")
    assert evidence(cast) == [(key_of(CHOICE), True)]


def test_without_a_network_a_reload_says_so_and_names_nobody(opens: Callable[..., Page]) -> None:
    page = opens()
    assert page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="There is no connection right now")).to_be_visible()
    assert "Alba" not in page.content()


def test_without_a_script(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(script=False)
    page.get_by_label("Your answer").fill(key_of(POWER))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("That is right.")).to_be_visible()
    page.get_by_role("link", name="Next problem").click()
    expect(page.get_by_role("button", name="Check")).to_be_visible()
    assert evidence(cast) == [(key_of(POWER), True)]


def test_our_keypad_on_a_phone(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(EXPAND, PHONE)
    for key in ("2", "1", "x", "plus", "4", "9"):
        page.get_by_role("group", name="Math keys").get_by_role("button", name=key, exact=True).tap()
    page.get_by_role("button", name="Check").tap()
    expect(page.locator(".line, .verdict-title").first).to_be_visible()
    assert len(evidence(cast)) == 1


def test_every_state_is_accessible_and_fits(opens: Callable[..., Page]) -> None:
    page = opens(EXPAND, PHONE)
    page.get_by_label("Your answer").click()
    expect(page.locator("math-field")).to_be_focused()
    page.keyboard.type("7x")
    for _state in range(3):
        sound(page)
        page.keyboard.press("Enter")
        expect(page.locator("#live")).not_to_be_empty()
    for path in ("/practice", "/my-path", "/who-read"):
        page.goto(path)
        sound(page)


def test_practice_is_light(opens: Callable[..., Page], new_context: NewContext) -> None:
    page = opens()
    fresh = new_context().new_page()
    fresh.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what was given is what is asked for
    weight = weigh(fresh, "/practice")
    assert weight < HEAVIEST, f"practice weighs {weight} bytes gzipped"
