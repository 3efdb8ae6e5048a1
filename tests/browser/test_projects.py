"""A project, an observation and work away from the screen in a browser: by keys, wide and on a phone, without a barrier."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.measurement.projects.actions import Step, set_groups, start_project
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    cast = make_cast()
    with in_district(cast.district.id):
        today = day_of(cast.district.id, time.time())
        project = start_project(
            section=cast.a,
            title="Is our creek healthy?",
            question="What lives in our creek, and what does that tell us?",
            subjects="Science, mathematics",
            rubric="investigation",
            peers="open",
            by=cast["Okafor"],
            now=time.time(),
            steps=[
                Step("Plan", "One page", today + 2),
                Step("Data", "A table", today + 9),
                Step("Talk", "", today + 16),
            ],
        )
        set_groups(project=project, groups={str(cast[name].id): 1 for name in ("Ana", "Ben")})
    yield cast
    cast.close()


def test_a_project_from_handing_in_to_the_familys_page(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    learner = enter(new_context(PHONE), maple["Chi"], "/projects")
    learner.locator("main a.btn.small").click()
    expect(learner.get_by_role("heading", name="Plan", exact=True)).to_be_visible()
    learner.get_by_label("Write here").press_sequentially("We count mayflies on ten stones.")
    learner.get_by_role("button", name="Hand in", exact=True).click()
    expect(learner.locator("article.piece")).to_contain_text("We count mayflies")
    sound(learner, "project")
    teacher = enter(new_context(WIDE), maple["Okafor"], f"/teach/{maple.a.id}/projects")
    teacher.get_by_role("link", name="Is our creek healthy?").click()
    expect(teacher.locator("#stones")).to_be_visible()
    sound(teacher, "project-board")
    teacher.get_by_role("row", name="Chi").get_by_role("link", name="With the teacher").click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Chi Chson")
    teacher.wait_for_load_state()  # the script hears the keys
    teacher.get_by_role("radio", name="Facts or measurements back").focus()
    teacher.keyboard.press("3")
    expect(teacher.locator("input[name=c-uses-evidence][value='3']")).to_be_checked()
    expect(teacher.locator("fieldset.criterion:has(:focus)")).to_contain_text("Works with numbers")
    teacher.keyboard.press("2")
    teacher.get_by_role("button", name="Write it down", exact=True).click()
    expect(teacher.locator("#scores")).to_be_visible()
    sound(teacher, "project-review")
    learner.goto(learner.url)
    expect(learner.locator("#scores")).to_be_visible()
    learner.goto("/projects")
    expect(learner.get_by_role("link", name="Is our creek healthy?", exact=True)).to_be_visible()
    sound(learner, "projects")
    family = enter(new_context(PHONE), maple["Maria"], f"/profile/{maple['Ana'].id}/projects")
    expect(family.get_by_role("heading", name="Is our creek healthy?")).to_be_visible()
    sound(family, "family-projects")


def test_a_new_project_and_a_rubric_of_ones_own(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(WIDE), maple["Okafor"], f"/teach/{maple.a.id}/projects/new")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a project")
    sound(page, "project-new")
    page.goto("/rubrics")
    expect(page.get_by_role("heading", name="Design and make")).to_be_visible()
    sound(page, "rubrics")
    page.get_by_role("link", name=re.compile("Edit.*Design and make")).click()
    expect(page.get_by_label("Title")).to_have_value("Design and make")
    sound(page, "rubric")


def test_two_taps_and_an_undo_on_a_phone(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(PHONE), maple["Okafor"], f"/teach/{maple.a.id}/observe")
    page.get_by_role("radio", name="Ana D.").check()
    page.get_by_role("button", name="Keeps trying").click()
    expect(page.locator(".said-now")).to_have_text("Ana D.: Keeps trying")
    sound(page, "observe")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".said-now")).to_have_count(0)
    expect(page.locator(".messages")).to_contain_text("Taken back.")
    page.goto(f"/teach/{maple.a.id}/away")
    expect(page.get_by_role("heading", level=1)).to_have_text("Away from the screen")
    sound(page, "section-away")
    leader = enter(new_context(WIDE), maple["Pike"], "/observing")
    expect(leader.get_by_role("heading", level=1)).to_have_text("What teachers can tap")
    sound(leader, "chips")
    learner = enter(new_context(PHONE), maple["Ana"], "/away")
    expect(learner.get_by_role("heading", level=1)).to_have_text("Away from the screen")
    sound(learner, "away")
