"""Somebody with nothing but the page works an equation: errs, is told which line and why, mends it, and finishes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.core.coaching.items import task_of_step
from headway.core.coaching.render import to_latex
from headway.core.coaching.steps import way
from headway.core.curriculum.generators.base import generate
from headway.school.models import CoachLine, Evidence
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, open_problem, sound, weigh
from tests.browser.test_every_page import HEAVIEST
from tests.pages.conftest import Pair, make_pair, maple

NewContext = Callable[..., BrowserContext]
PROBLEM = "2(3x-5)-(x-1)=11"


@pytest.fixture
def cast(server: str) -> Pair:
    return make_pair(maple())


@pytest.fixture
def opens(new_context: NewContext, cast: Pair) -> Callable[..., Page]:
    """Sign Alba in and open a page: ``opens("/coach", PHONE)``."""

    def open_(path: str, size: tuple[int, int] = WIDE, *, script: bool = True) -> Page:
        context = new_context(size, script=script)
        if not path.startswith("gen:"):
            return enter(context, cast.alba, path)
        page = enter(context, cast.alba, "/my-path")
        open_problem(page, path)
        return page

    return open_


def writes(page: Page, line: str) -> None:
    """Type a line where the focus is and press Enter."""
    page.keyboard.type(line)
    page.keyboard.press("Enter")


def test_an_own_equation_from_the_error_to_the_end(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens("/coach")
    sound(page, "coach-empty")
    page.get_by_label("Your problem").fill(PROBLEM)
    page.get_by_role("button", name="Work on it").click()
    page.get_by_label("First line").click()
    expect(page.locator("#next-line math-field")).to_be_focused()
    writes(page, "6x-10-x-1=11")
    first = page.locator(".step.first")
    expect(first).to_contain_text("Line 1 does not follow.")
    expect(first).to_contain_text("minus")
    expect(page.locator("#live")).to_contain_text("Line 1 does not follow.")
    expect(first.locator("math-field")).to_be_focused()
    sound(page, "coach-broken")
    page.keyboard.press("Control+a")
    writes(page, "6x-10-x+1=11")
    expect(page.locator(".step.ok")).to_have_count(1)
    expect(page.locator(".step.first")).to_have_count(0)
    expect(page.locator("#next-line math-field")).to_be_focused()
    for number, line in enumerate(("5x-9=11", "5x=20")):
        writes(page, line)
        expect(page.locator(".step.ok")).to_have_count(number + 2)
        expect(page.locator("#next-line math-field")).to_be_focused()
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator(".rungs > li")).to_have_count(1)
    sound(page, "coach-hint")
    expect(page.locator("#next-line math-field")).to_be_focused()
    writes(page, "x=4")
    expect(page.get_by_text("That answers the problem.").last).to_be_visible()
    expect(page.locator(".finished")).to_contain_text("mended it yourself")
    sound(page, "coach-done")
    with in_district(cast.district.id):
        rows = CoachLine.objects.filter(learner=cast.alba).order_by("id")
        assert [row.verdict for row in rows if row.kind == "line"][:2] == ["broken", "equivalent"]
        assert rows[0].misconception == "sign-lost-distributing"


EQUATION = "gen:7.EE.B.4.a/parentheses:12345"


def way_of(activity: str) -> list[str]:
    """The lines of the canonical way, as typed."""
    task = task_of_step(generate(activity).steps[0])
    return [to_latex(step.result).replace(" ", "") for step in way(task.worked)]


def test_practice_takes_the_answer_from_the_last_line(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(EQUATION)
    page.get_by_text("Work it out line by line").click()
    page.get_by_label("First line").click()
    expect(page.locator("#next-line math-field")).to_be_focused()
    sound(page, "practice-open")
    lines = way_of(EQUATION)
    for number, line in enumerate(lines):
        writes(page, line)
        if number + 1 < len(lines):
            expect(page.locator(".step.ok")).to_have_count(number + 1)
            expect(page.locator("#next-line math-field")).to_be_focused()
    expect(page.locator(".verdict-title")).to_contain_text("That is right.")
    expect(page.get_by_role("link", name="Next problem")).to_be_focused()
    expect(page.locator(".moved")).to_contain_text("What moved")
    sound(page, "practice-done")
    with in_district(cast.district.id):
        row = Evidence.objects.get(learner=cast.alba, kind="response")
        assert (row.correct, row.hints) == (True, 0)


def test_several_lines_are_pasted_at_once(opens: Callable[..., Page]) -> None:
    page = opens(f"/coach?problem={quote(PROBLEM)}")
    page.evaluate("localStorage.setItem('headway-plain', '1')")
    page.reload()
    page.get_by_label("First line").click()
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text); document.activeElement"
        ".dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
        "6x-10-x+1=11\n5x-9=11\n\n5x=21",
    )
    expect(page.locator(".step")).to_have_count(3)
    expect(page.locator(".step.first")).to_contain_text("Line 3 does not follow.")


def test_lines_wait_for_the_network(opens: Callable[..., Page], cast: Pair) -> None:
    page = opens(f"/coach?problem={quote(PROBLEM)}")
    page.evaluate("localStorage.setItem('headway-plain', '1')")
    page.reload()
    page.context.set_offline(True)
    page.get_by_label("First line").fill("6x-10-x+1=11")
    page.keyboard.press("Enter")
    expect(page.locator(".step.wait")).to_contain_text("Kept on this device")
    expect(page.locator("#sync")).to_have_text("Offline, 1 answer kept")
    page.context.set_offline(False)
    expect(page.locator(".step.ok")).to_have_count(1)
    with in_district(cast.district.id):
        assert CoachLine.objects.filter(learner=cast.alba).count() == 1


def test_a_grid_of_digits_by_keyboard(opens: Callable[..., Page]) -> None:
    page = opens(f"/coach?problem={quote('503-178')}")
    page.get_by_label("Carried or traded, tens").fill("9")
    page.get_by_label("Carried or traded, ones").click()
    page.keyboard.type("13")
    expect(page.get_by_label("Carried or traded, ones")).to_be_focused()
    page.get_by_label("Result, ones").click()
    page.keyboard.type("534")  # from the ones on: each digit leads on to the box at its left
    sound(page, "grid")
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.locator(".columns .say")).to_contain_text("tens place")
    expect(page.get_by_label("Result, tens")).to_be_focused()
    expect(page.get_by_label("Carried or traded, ones")).to_have_value("13")
    sound(page, "grid-wrong")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.locator(".columns .say")).to_contain_text("hundreds place")
    page.get_by_label("Result, hundreds").fill("3")
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.get_by_text("That answers the problem.").last).to_be_visible()


def fills(page: Page, rows: dict[str, str]) -> None:
    """Write each row of a grid, the ones at the right; a space leaves a box empty."""
    for title, digits in rows.items():
        boxes = page.get_by_role("group", name=title, exact=True)
        for place, digit in enumerate(reversed(digits)):
            if digit != " ":
                boxes.get_by_role("textbox").nth(-1 - place).fill(digit)


def test_a_product_in_columns(opens: Callable[..., Page]) -> None:
    page = opens(f"/coach?problem={quote('23*47')}", PHONE)
    fills(page, {"Times 7": "161", "Times 40": "92", "Result": "253"})  # the second row is not shifted
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.locator(".columns .say")).to_be_visible()
    expect(page.locator(".columns input.wrong")).to_have_count(1)
    sound(page, "product-wrong")
    fills(page, {"Times 40": "920", "Result": "1081"})
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.get_by_text("That answers the problem.").last).to_be_visible()


def test_a_long_division_in_columns(opens: Callable[..., Page]) -> None:
    page = opens(f"/coach?problem={quote('156/12')}", PHONE)
    fills(page, {"Quotient": "12"})
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.locator(".columns .say")).to_contain_text("ones place")
    expect(page.get_by_label("Quotient, ones")).to_be_focused()
    sound(page, "division-wrong")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    takes = page.get_by_role("group", name="Take away", exact=True)
    lefts = page.get_by_role("group", name="What is left", exact=True)
    for strip, digits in ((takes.first, "12 "), (lefts.first, "36"), (takes.last, "36"), (lefts.last, "0")):
        for place, digit in enumerate(reversed(digits)):
            if digit != " ":
                strip.get_by_role("textbox").nth(-1 - place).fill(digit)
    page.get_by_role("button", name="Look at my columns").click()
    expect(page.get_by_text("That answers the problem.").last).to_be_visible()


def test_without_a_script_lines_are_judged_too(opens: Callable[..., Page]) -> None:
    page = opens(f"/coach?problem={quote(PROBLEM)}", script=False)
    page.get_by_label("First line").fill("6x-10-x-1=11")
    page.get_by_role("button", name="Add line").click()
    expect(page.locator(".step.first")).to_contain_text("Line 1 does not follow.")
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator(".rungs > li")).to_have_count(1)


def test_the_coach_is_light(opens: Callable[..., Page], new_context: NewContext) -> None:
    page = opens(f"/coach?problem={quote(PROBLEM)}")
    fresh = new_context().new_page()
    fresh.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what was given is what is asked for
    weight = weigh(fresh, f"/coach?problem={quote(PROBLEM)}")
    assert weight < HEAVIEST, f"the coach weighs {weight} bytes gzipped"


def test_help_in_practice_fits_and_a_hurried_hint_asks_back(opens: Callable[..., Page]) -> None:
    page = opens(EQUATION, PHONE)
    page.get_by_text("Work it out line by line").click()
    page.get_by_text("See one like it, with other numbers").click()
    expect(page.locator(".likeness li")).to_have_count(4)
    expect(page.locator("#hint")).to_be_hidden()
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator(".rungs > li")).to_have_count(1)
    page.get_by_role("button", name="Give me more help").click()
    expect(page.locator(".ask button")).to_have_count(3)
    sound(page, "practice-help")
    page.locator(".ask button").first.click()
    expect(page.locator(".rungs .leaf")).to_be_visible()
    expect(page.get_by_label("Your answer").first).to_be_attached()
