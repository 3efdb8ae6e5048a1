"""A day in a browser from the evening before to the lesson: three learners moved by mouse, by keyboard and on a phone, a group
kept, the paper, the morning without the teacher, the board during class, and the week of whoever leads the school."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from headway.school.models import DayPlan, DayWish
from headway.school.people.clock import date_of
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast
from tests.pages.adults.planned import hand_made

PLANNER = 240_000
"""Milliseconds that the planner's process may take: on a new machine it compiles first."""


@pytest.fixture
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    with in_district(cast.district.id):
        cast["Okafor"].family_name = "Okafor"
        cast["Okafor"].save()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", time.time() - 60.0)
    yield cast
    cast.close()


def middle(page: Page, selector: str) -> tuple[float, float]:
    """Where to press: the middle of what is on the screen."""
    found = page.locator(selector).first
    expect(found).to_be_visible()
    found.scroll_into_view_if_needed()
    x, y, width, height = found.evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height] }"
    )
    return x + width / 2, y + height / 2


def drag(page: Page, name: str, to: str) -> None:
    """Drag a name of the first block to a group of it; the cost stands there before it is let go."""
    page.wait_for_load_state()  # the script hears the mouse
    group = page.locator(f"[data-block='0'] [data-to='{to}']")
    x, y = middle(page, f"[data-block='0'] summary:text-is('{name}')")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 20, steps=2)
    expect(group.locator(".cost")).to_contain_text("of every 100")
    x, y = middle(page, f"[data-block='0'] [data-to='{to}'] h3")
    page.mouse.move(x, y, steps=3)
    expect(group).to_have_class("over")
    page.mouse.up()
    expect(page.locator(".messages")).to_contain_text(f"Moved: {name}")


def by_keyboard(page: Page, group: Locator, name: str) -> Locator:
    """The menu of a name."""
    page.wait_for_load_state()
    group.locator("summary", has_text=name).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog")
    expect(menu.get_by_role("heading", level=1)).to_contain_text(name)
    return menu


def evening(page: Page, maple: Cast) -> None:
    """Three learners are moved, one move is taken back, a group is kept, and it is printed."""
    first = page.locator("[data-block='0']")
    with_teacher, device = first.locator("[data-to='0']"), first.locator("[data-to='1']")
    ana, ben, dev = (maple[name].short_name for name in ("Ana", "Ben", "Dev"))
    drag(page, ana, "1")
    expect(device.get_by_text(ana, exact=True)).to_be_visible()
    page.get_by_role("button", name="Take the last change back").click()
    expect(page.locator(".messages")).to_contain_text("The last change is taken back")
    drag(page, ben, "1")
    menu = by_keyboard(page, device, dev)
    sound(page, "moves", sizes=(PHONE, WIDE))
    menu.get_by_role("button", name="Move here: With the teacher").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text(f"Moved: {dev}")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    menu = by_keyboard(page, with_teacher, ana)
    menu.get_by_role("button", name="Move here: On a device").click()
    expect(page.locator(".messages")).to_contain_text(f"Moved: {ana}")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    with_teacher.get_by_role("link", name="Change this group").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Keep here, also in a new plan").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Kept there, also when the day is planned again")
    expect(with_teacher.get_by_role("img", name="kept here")).to_have_count(2)
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="How this class works")).to_be_visible()
    sound(page, "day-edited", sizes=(PHONE, WIDE))
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="How this class works")).to_have_count(0)
    paper = page.get_by_role("link", name="Run sheet (PDF)").get_attribute("href")
    assert paper is not None
    assert page.request.get(paper).body().startswith(b"%PDF")


def morning(page: Page, maple: Cast, row: DayPlan) -> None:
    """The night passes; the teacher is away, and the plan is repaired by the planner in its own process. Then she can come."""
    today = row.day - 1
    with in_district(maple.district.id):
        DayPlan.objects.update(day=today)
        DayWish.objects.update(day=today)
    chi = maple["Chi"].short_name
    page.goto(f"/teach/{maple.a.id}/attendance")
    page.get_by_role("button", name="Everybody is here").click()
    expect(page.locator(".tap.here")).to_have_count(4)
    page.get_by_role("button", name=chi).click()
    expect(page.locator(".tap.away")).to_contain_text(chi)
    page.get_by_role("checkbox", name="Ms. Okafor (you)").check()
    expect(page.get_by_role("button", name="Repair today’s plan")).to_be_enabled()
    sound(page, "attendance", sizes=(PHONE, WIDE))
    with in_district(maple.district.id):
        kept = DayPlan.objects.filter(day=today, state="done").latest("began_at")
    page.get_by_role("button", name="Repair today’s plan").click()
    away = page.locator(
        "input[name='away'][value='Ms. Okafor']"
    )  # the plan in force knows of it once the process is done
    expect(away).to_be_checked(timeout=PLANNER)
    expect(page.locator(".groups h3 small", has_text="Ms. Okafor")).to_have_count(0)
    expect(page.locator(".who .away", has_text=chi).first).to_be_visible()
    for name in ("Ana", "Ben", "Dev"):
        expect(page.locator(".slot").first.locator("summary", has_text=maple[name].short_name)).to_be_visible()
    with in_district(maple.district.id):  # she can come after all: what that would change is looked at first
        DayPlan.objects.create(
            district_id=kept.district_id, section_id=kept.section_id, day=today, state="draft", by=kept.by, body=kept.body,
            asked={"away": [], "preview": True}, began_at=time.time(), ended_at=time.time(),
        )  # fmt: skip
    page.goto(f"/teach/{maple.a.id}/day?date={date_of(today).isoformat()}")
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    sound(page, "draft", sizes=(PHONE, WIDE))
    page.get_by_role("button", name="Take this plan").click()
    expect(page.locator(".messages")).to_contain_text("Taken.")
    expect(page.locator("[data-block='0'] [data-to='0'] h3")).to_contain_text("Ms. Okafor")


@pytest.mark.timeout(300)  # the first plan of a machine compiles
def test_a_day_from_the_evening_before_to_the_lesson(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    row = hand_made(maple, 1)
    page = enter(new_context(WIDE), maple["Okafor"], f"/teach/{maple.a.id}")
    page.get_by_role("link", name="Plan the day").click()
    expect(page.locator("[data-to='0'] summary", has_text=maple["Ana"].short_name)).to_be_visible()
    evening(page, maple)
    morning(page, maple, row)
    page.goto(f"/teach/{maple.a.id}")
    expect(page.locator(".live")).to_have_text("Live, updates as students answer")
    page.evaluate("window.sameDocument = true")
    maple.answers("Ben", "xxxx", time.time())
    expect(page.locator(".need").first).to_contain_text(maple["Ben"].short_name)
    maple.answers("Dev", "xxxxxxx", time.time())  # more wrong answers: first from now on
    expect(page.locator(".need").first).to_contain_text(maple["Dev"].short_name)
    expect(page.locator(".need").nth(1)).to_contain_text(maple["Ben"].short_name)
    assert page.evaluate("window.sameDocument") is True
    leader = enter(new_context(WIDE), maple["Pike"], "/lead")
    leader.get_by_role("link", name="Week and term: Maple Middle").click()
    expect(leader.get_by_role("heading", name="Support owed and held")).to_be_visible()
    sound(leader, "school-week", sizes=(PHONE, WIDE))
