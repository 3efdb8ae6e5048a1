"""A leader reads what helps later, and looks back at what runs already; both by keyboard, on a laptop and on a phone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from playwright.sync_api import BrowserContext, expect

from headway.school.evidence.efficacy.working import begin, run
from tests.browser.conftest import enter, sound
from tests.school.evidence.drawn import make_drawn
from tests.school.evidence.trial import DAY, make_trial, practise


def test_what_helps_is_found_and_read(new_context: Callable[..., BrowserContext], database: str) -> None:
    now = time.time()
    trial = make_drawn(now - 40 * DAY)
    run(district=trial.district, report=begin(district=trial.district, by=trial.leader.id, now=now))
    page = enter(new_context(), trial.leader, "/pilots")
    expect(page.get_by_role("heading", name="Pilots")).to_be_visible()
    menu = page.get_by_role("navigation", name="Main").locator("summary")
    menu.press("Enter")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="What helps").press("Enter")
    expect(page.get_by_role("heading", name="What helps later")).to_be_visible()
    expect(page.get_by_role("button", name="Work it out anew")).to_be_visible()
    row = page.locator("#kind-problem ~ .scroll tbody tr").first
    expect(row).to_contain_text("Of the next 100 problems")
    expect(row.locator(".tag")).to_be_visible()
    sound(page, "what-helps")


def test_somebody_looks_back(new_context: Callable[..., BrowserContext], database: str) -> None:
    now = time.time()
    trial, began = make_trial(learners=120, classes=12, seed=11), now - 63 * DAY
    helped = {person.id: 0.9 for person in trial.people[:50]}
    practise(trial, began - 112 * DAY, began, each=32, rng=np.random.default_rng(12))
    practise(trial, began, now - 3600.0, each=24, rng=np.random.default_rng(13), shift=helped)
    page = enter(new_context(), trial.leader, "/pilots/looking-back")
    expect(page.get_by_text("Nobody has looked back yet.")).to_be_visible()
    page.get_by_role("link", name="Look back at something").press("Enter")
    expect(page.get_by_role("heading", name="2. Which classes have it?")).to_be_visible()
    sound(page, "looking-back-form")
    page.get_by_label("Your question, as you would ask a colleague").press_sequentially("Does tutoring help?")
    page.get_by_label("What these classes have, in a few words").press_sequentially("tutoring")
    page.get_by_label("Since when").fill(datetime.fromtimestamp(began, UTC).date().isoformat())
    for number in range(5):
        page.get_by_role("checkbox", name=f"Math {number}", exact=True).press("Space")
    page.get_by_label("After how many weeks").fill("8")
    page.get_by_role("button", name="Compare, and keep the result").press("Enter")
    expect(page.get_by_role("heading", name="Does tutoring help?")).to_be_visible()
    expect(page.get_by_text("Lower label: chance did not decide who got it.")).to_be_visible()
    expect(page.get_by_role("heading", name="How far it can be trusted")).to_be_visible()
    sound(page, "looking-back")
