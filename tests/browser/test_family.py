"""A parent reads the week, learns a skill from the child, and asks for the mail. On a phone, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.curriculum.queries import curriculum_of
from headway.school.models import MasteryEntry
from headway.school.path.actions import wish
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, enter, sound
from tests.cast import Cast, make_cast

SKILL = "6.NS.B.2"


@pytest.fixture(scope="module")
def maple(database: str) -> Iterator[Cast]:
    """Ana has just reached long division, in the minutes before: an hour ago it was last week yet, early on a Monday."""
    cast, at = make_cast(), time.time() - 120
    with in_district(cast.district.id):
        wish(learner=cast["Ana"], by=cast["Okafor"], effect="pin-skill", skill=SKILL, reason="first", now=at - 60)
        activities = [a.id for a in curriculum_of(cast.district.id).activities if a.skill == SKILL]
    for n in range(24):
        cast.begin("Ana", at + 5 * n, f"gen:{activities[n % len(activities)]}:{n}")
        cast.answer("Ana", True, at + 5 * n + 3)
        with in_district(cast.district.id):
            if MasteryEntry.objects.filter(learner=cast["Ana"], skill=SKILL, kind="reached").exists():
                break
    yield cast
    cast.close()


def test_the_week_a_teach_back_and_the_mail(new_context: Callable[..., BrowserContext], maple: Cast) -> None:
    page = enter(new_context(PHONE), maple["Maria"], f"/family/{maple['Ana'].id}")
    expect(page.locator(".weekcard")).to_contain_text("Ana can now do this alone:")
    sound(page, "family")
    page.get_by_role("link", name="The week before").click()
    expect(page.get_by_role("link", name="The week after")).to_be_visible()
    sound(page, "family-week")
    page.goto(f"/family/{maple['Ana'].id}")
    page.get_by_role("link", name="Learn something from your child").click()
    expect(page.get_by_role("heading", name="Your two questions")).to_be_visible()
    sound(page, "teach")
    page.get_by_label("Your answer").fill("1")
    page.get_by_role("radio", name="I could follow it well.").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="One way to solve it")).to_be_visible()
    expect(page.locator(".lines")).to_contain_text("Taught to Maria Diaz")
    sound(page, "taught")
    page.goto("/family/mail")
    page.get_by_role("radio", name="Yes, every week").check()
    page.get_by_label("E-mail address").fill("maria@example.org")
    page.get_by_role("button", name="Keep my choice").click()
    expect(page.locator(".lines")).to_contain_text("Yes, to maria@example.org")
    sound(page, "family-mail")
