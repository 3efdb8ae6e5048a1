"""A principal sets a pilot up on one page, starts it, and reads a verdict; all by name and role, as somebody without a manual."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.evidence.pilots.actions import save_draft, start
from headway.school.models import PilotSeat, PlanRow
from headway.school.people.tenancy import in_district
from tests.browser.conftest import enter, sound
from tests.school.evidence.trial import DAY, NEW, Trial, make_trial, practise


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Two classes in each of two schools; the second school's have been in a pilot for four weeks."""
    made = make_trial(learners=96, classes=4, seed=3)
    began = time.time() - 28 * DAY - 3600.0
    practise(made, began - 56 * DAY, time.time() - 3600.0, each=60, rng=np.random.default_rng(4))
    with in_district(made.district):
        theirs = tuple(each.id for each in made.sections[2:])
        row = save_draft(by=made.leader, draft=made.draft(weeks=4, sections=theirs, worth=0.1), now=began)
        frozen = start(pilot=row.id, by=made.leader, now=began, reason="A small one.")
        shift = {seat.learner_id: 1.2 for seat in PilotSeat.objects.filter(pilot=row, arm=NEW.name)}
    practise(made, frozen.ends - 14 * DAY, frozen.ends, each=20, rng=np.random.default_rng(5), shift=shift)
    return made


def test_a_principal_sets_up_starts_and_reads(new_context: Callable[..., BrowserContext], trial: Trial) -> None:
    page = enter(new_context(), trial.leader, "/pilots")
    expect(page.get_by_role("heading", name="Pilots")).to_be_visible()
    sound(page, "pilots")
    page.get_by_role("link", name="Set up a pilot").click()
    expect(page.get_by_role("heading", name="What this pilot can find")).to_be_visible()
    page.get_by_label("Your question, as you would ask a colleague").fill("Do easier problems help?")
    page.get_by_label("Why should it help?").fill("Success encourages.")
    page.get_by_label("What is different for them").first.select_option("target-success:0.85")
    page.get_by_label("A short name for the group").first.fill("Easier")
    panel = page.locator("[data-promised]")
    expect(panel).to_contain_text("about 24 in each group")
    expect(panel).to_contain_text("in another running pilot")
    page.get_by_label("How does chance decide?").select_option("class")
    expect(panel).to_contain_text("There are too few to compare yet")
    page.get_by_label("How does chance decide?").select_option("learner")
    expect(panel).to_contain_text("a learner in the middle moves up")
    sound(page, "pilot-form")
    page.get_by_role("button", name="Save, and look it over").click()
    expect(page.get_by_role("heading", name="Do easier problems help?")).to_be_visible()
    page.get_by_label("Start all the same?").fill("We begin small.")
    page.get_by_role("button", name="Start: let chance deal the groups").click()
    expect(page.get_by_role("heading", name="The groups, and who really gets it")).to_be_visible()
    sound(page, "pilot-running")
    with in_district(trial.district):
        assert PlanRow.objects.filter(source="arm", value="0.85").count() == 24
    page.goto("/pilots?show=running")
    page.get_by_role("link", name="Do harder problems help?").first.click()
    page.get_by_role("button", name="Look at the result: the verdict").click()
    page.get_by_role("link", name="Read the verdict").click()
    expect(page.get_by_text("Did it help?")).to_be_visible()
    sound(page, "pilot-verdict")
