"""Writing in a browser: handed in on a phone, judged by keys and by thumb, finished and given back; free of barriers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.pages.documents import Document, Words, pdf
from headway.pages.sheets import sheets_of
from headway.school.measurement.judgement.models import Judgement, Piece
from headway.school.measurement.judgement.tasks import (
    begin_judging,
    close_task,
    hand_in,
    invite,
    name_levels,
    release,
)
from headway.school.models import Person
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.school.measurement.writers import NOON, Class, by_quality, handed_in, judge, make_class

Contexts = Callable[..., BrowserContext]
PDF = pdf(Document("Bees", "en", "", "", [Words("Wax and honey.")]), at=0.0)


@pytest.fixture(scope="module")
def room(server: str) -> Class:
    """Ten learners, four teachers."""
    return make_class(10)


def opened(new_context: Contexts, who: Person, path: str, size: tuple[int, int] = WIDE) -> Page:
    return enter(new_context(size), who, path)


def test_judging_by_arrow_keys_alone(new_context: Contexts, room: Class) -> None:
    with in_district(room.district.id):
        task = handed_in(room).id
    page = opened(new_context, room.teachers[0], f"/writing/{task}/compare")
    for count in range(6):
        noun = "pair" if count == 1 else "pairs"
        expect(page.get_by_text(f"You have decided {count} {noun}.")).to_be_visible()
        page.wait_for_load_state()  # the script hears the keys
        page.keyboard.press("ArrowLeft" if count % 2 else "ArrowRight")
    expect(page.get_by_text("You have decided 6 pairs.")).to_be_visible()
    with in_district(room.district.id):
        assert (
            sorted(Judgement.objects.filter(task=task).values_list("left_won", flat=True)) == [False] * 3 + [True] * 3
        )
    # Arrows belong to the words while somebody writes to a writer.
    page.get_by_text("Say something to the writer: Text A").click()
    page.get_by_label("To the writer of text A").fill("I could see it")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("You have decided 6 pairs.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_judging_by_thumb(new_context: Contexts, room: Class, script: bool) -> None:
    with in_district(room.district.id):
        task = handed_in(room).id
    page = enter(new_context(PHONE, script=script), room.teachers[0], f"/writing/{task}/compare")
    first = page.get_by_role("heading", name="Text A")
    expect(first).to_be_in_viewport()
    page.get_by_role("link", name="Text B").tap()
    expect(page.get_by_role("heading", name="Text B")).to_be_in_viewport()
    if script:
        expect(page.get_by_role("link", name="Text B")).to_have_attribute("aria-current", "true")
        sound(page, sizes=[PHONE])
    for side in ("A", "B", "A"):
        page.get_by_role("button", name=f"{side} is better").tap()
    expect(page.get_by_text("You have decided 3 pairs.")).to_be_visible()


def test_a_page_that_was_handed_in_is_read_in_large_by_fingers_and_by_keys(new_context: Contexts, room: Class) -> None:
    sheets = sheets_of(PDF)
    with in_district(room.district.id):
        task = handed_in(room, begin=False)
        for learner in room.learners[:9]:  # all but one, so that the first pair has one
            hand_in(task=task, learner=learner, by=learner, now=NOON, file=PDF, sheets=sheets)
        begin_judging(task=task, by=room.teachers[0], now=NOON + 100)
    page = opened(new_context, room.teachers[0], f"/writing/{task.id}/compare", PHONE)
    page.locator("[data-enlarge] img:visible").first.tap()
    large, size = page.get_by_role("region", name="Text; arrow keys move it"), page.locator("#enlarge output")
    expect(large).to_be_focused()
    sound(page)
    page.get_by_role("button", name="Larger").tap()
    expect(size).to_have_text("150 %")
    fingers = page.context.new_cdp_session(page)
    for kind, half in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80), ("touchEnd", 0)):
        points = [{"x": 195 - half, "y": 400}, {"x": 195 + half, "y": 400}] if half else []
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(size).to_have_text("300 %")
    large.focus()
    page.keyboard.press("-")
    expect(size).to_have_text("200 %")
    page.keyboard.press("ArrowRight")  # moves the text and decides nothing
    page.keyboard.press("0")
    expect(size).to_have_text("100 %")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(page.get_by_text("You have decided 0 pairs.")).to_be_visible()


def test_a_text_that_is_not_handed_in_outlives_a_closed_page(new_context: Contexts, room: Class) -> None:
    with in_district(room.district.id):
        task = handed_in(room, begin=False).id
        Piece.objects.filter(task=task, learner=room.learners[4]).delete()
    page = opened(new_context, room.learners[4], f"/writing/{task}", PHONE)
    sound(page)
    page.get_by_label("Your text").press_sequentially("The hive was warm.")
    page.goto("/writing")
    sound(page)
    page.goto(f"/writing/{task}")
    expect(page.get_by_label("Your text")).to_have_value("The hive was warm.")
    page.get_by_role("button", name="Hand in").tap()
    expect(page.get_by_text("Your text is in.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('writing:')).length") == 0


def test_every_state_of_a_task_is_accessible(new_context: Contexts, room: Class) -> None:
    teacher, learner = room.teachers[0], room.learners[0]
    with in_district(room.district.id):
        task = handed_in(room)
    page = opened(new_context, teacher, "/judging/new")
    sound(page)
    page.goto("/judging")
    sound(page)
    page.goto(f"/writing/{task.id}/compare")
    sound(page)
    with in_district(room.district.id):
        invite(task=task, people=room.teachers[:3], by=teacher, now=NOON)
        for k, who in enumerate(room.teachers[:3]):
            judge(task, who, 12, by_quality(room, np.random.default_rng(k)), NOON + 1000 * (k + 1))
    page.goto(f"/judging/{task.id}")
    page.locator("summary", has_text="Read").first.click()
    page.get_by_text("Ask more people to judge").click()
    sound(page)
    with in_district(room.district.id):
        shown = Piece.objects.filter(task=task).exclude(learner=learner)[:3]
        name_levels(task=task, levels={piece.id: level for level, piece in enumerate(shown)}, now=NOON)
        close_task(task=task, by=teacher, now=NOON + 9000)
        release(task=task, now=NOON + 9001)
    for path in ("", "/class", "/lesson"):
        page.goto(f"/judging/{task.id}{path}")
        sound(page)
    back = opened(new_context, learner, f"/writing/{task.id}")
    expect(back.get_by_role("heading", name="Texts that show each place")).to_be_visible()
    sound(back)
    folded = back.locator("details .text").first
    expect(folded).to_be_hidden()
    back.emulate_media(media="print")
    expect(folded).to_be_visible()
