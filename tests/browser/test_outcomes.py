"""A leader says what is wanted, measures, writes down what a school has, and begins a strand; all by name and role."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect

from headway.core.evidence.outcomes.aims import Aim, Goal
from headway.school.evidence.outcomes.actions import save_aims, take
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.browser.conftest import enter, sound
from tests.school.evidence.trial import DAY, Trial, make_trial, practise


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Two classes in two schools, measured twice."""
    made, now = make_trial(learners=60, classes=2, seed=3), time.time()
    practise(made, now - 112 * DAY, now, each=90, rng=np.random.default_rng(4))
    aim = Aim(
        "math",
        "Solve the problems of grade 6",
        "college",
        "ability",
        "mathematics",
        "higher",
        3.6,
        (Goal(40_000, 80.0),),
    )
    with in_district(made.district):
        save_aims(district=made.district, aims=[aim], by=made.leader, now=now)
        today = day_of(made.district, now)
        take(district=made.district, now=now, days=[today - 84, today - 42, today])
    return made


def test_what_is_wanted_what_there_is_and_what_is_tried(
    new_context: Callable[..., BrowserContext], trial: Trial
) -> None:
    page = enter(new_context(), trial.leader, "/outcomes")
    expect(page.get_by_role("heading", name="Outcomes", exact=True)).to_be_visible()
    sound(page, "outcomes")
    page.get_by_role("link", name="Solve the problems of grade 6").click()
    expect(page.get_by_role("heading", name="Where we stand")).to_be_visible()
    sound(page, "outcome")
    page.goto(f"/outcomes/{trial.people[0].id}")
    expect(page.get_by_text("Of ten problems as hard as the goal")).to_be_visible()
    sound(page, "own-outcomes")
    page.goto("/outcomes/edit")
    page.get_by_label("What do you want? In plain words").fill("Practice on two days")
    page.get_by_label("How is it measured?").select_option("days:")
    page.get_by_label("From where on is a learner there?").fill("2")
    page.get_by_label("Percent of learners 1").fill("60")
    page.get_by_label("are there by 1").fill("2027-06-11")
    sound(page, "outcome-form")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="Practice on two days")).to_be_visible()
    page.goto("/readiness")
    page.get_by_role("link", name="School 0").click()
    expect(page.get_by_role("heading", name="School 0")).to_be_visible()
    page.locator("summary").filter(has_text="Technology, or what").click()
    page.get_by_label("How many (for devices and homes)").fill("9")
    page.get_by_role("button", name="Write it down", exact=True).click()
    expect(page.get_by_text("the school has 9. Plans begin with those.").first).to_be_visible()
    sound(page, "readiness")
    page.goto("/vision")
    page.get_by_label("The gap in plain words").fill("Spanish speakers are behind")
    page.get_by_label("More are there in this group").select_option("language:en")
    page.get_by_label("than in this one").select_option("language:es")
    page.get_by_role("button", name="Begin the strand").click()
    expect(page.get_by_role("heading", name="Spanish speakers are behind")).to_be_visible()
    sound(page, "vision")
