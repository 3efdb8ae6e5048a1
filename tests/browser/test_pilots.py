"""A principal sets a pilot up on one page, starts it, and reads a verdict; all by name and role, as somebody without a manual."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect

from headway.core.evidence.pilots.arms import Arm, Wish
from headway.school.evidence.pilots.actions import save_draft, start
from headway.school.evidence.pilots.newcomers import seat_newcomers
from headway.school.models import Enrolment, PilotSeat, PlanRow
from headway.school.people.tenancy import in_district
from tests.browser.conftest import enter, sound
from tests.school.evidence.trial import DAY, NEW, USUAL, Trial, make_trial, practise

EASY = Arm("Easier", (Wish("target-success", "0.85"),))


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Two classes in each of two schools; the second school's have been in a pilot of three groups for four weeks, and some of
    its learners came later."""
    made = make_trial(learners=96, classes=4, seed=3)
    began = time.time() - 28 * DAY - 3600.0
    practise(made, began - 56 * DAY, time.time() - 3600.0, each=60, rng=np.random.default_rng(4))
    with in_district(made.district):
        theirs = tuple(each.id for each in made.sections[2:])
        late = made.people[84:]
        Enrolment.objects.filter(person__in=late).delete()
        draft = made.draft(weeks=4, sections=theirs, worth=0.1, arms=(USUAL, NEW, EASY), adaptive=True, subgroups=())
        row = save_draft(by=made.leader, draft=draft, now=began)
        frozen = start(pilot=row.id, by=made.leader, now=began, reason="A small one.")
        shift = dict.fromkeys(
            PilotSeat.objects.filter(pilot=row, arm=NEW.name).values_list("learner_id", flat=True), 1.2
        )
    practise(made, began, began + 8 * DAY, each=20, rng=np.random.default_rng(5), shift=shift)
    with in_district(made.district):
        for day, several in ((2, late[:2]), (9, late[2:8]), (16, late[8:])):
            Enrolment.objects.bulk_create(
                Enrolment(district_id=made.district, section=made.sections[3], person=each, role="student")
                for each in several
            )
            seat_newcomers(district=made.district, now=began + day * DAY)
    practise(made, frozen.ends - 14 * DAY, frozen.ends, each=20, rng=np.random.default_rng(6), shift=shift)
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
    page.locator("summary", has_text="A third group").click()
    page.get_by_label("What is different for them").nth(1).select_option("target-success:0.7")
    page.get_by_label("A short name for the group").nth(1).fill("Harder")
    page.get_by_label("Let what works get more of the learners who come later").check()
    expect(panel).to_contain_text("about 16 in each group")
    sound(page, "pilot-form")
    page.get_by_role("button", name="Save, and look it over").click()
    expect(page.get_by_role("heading", name="Do easier problems help?")).to_be_visible()
    page.get_by_label("Start all the same?").fill("We begin small.")
    page.get_by_role("button", name="Start: let chance deal the groups").click()
    expect(page.get_by_role("heading", name="The groups, and who really gets it")).to_be_visible()
    expect(page.get_by_text("Nobody has come into these classes since the start.")).to_be_visible()
    sound(page, "pilot-running")
    with in_district(trial.district):
        mine = PilotSeat.objects.filter(pilot__question="Do easier problems help?")
        assert PlanRow.objects.filter(source="arm", learner__in=mine.values("learner"), value="0.85").count() == 16
    page.goto("/pilots?show=running")
    page.get_by_role("link", name="Do harder problems help?").first.click()
    expect(page.get_by_role("img", name="Harder: 33 % at the start")).to_be_visible()
    page.get_by_text("The weeks as a table").click()
    expect(page.get_by_role("columnheader", name="Who came")).to_be_visible()
    sound(page, "pilot-newcomers")
    page.get_by_role("button", name="Look at the result: the verdict").click()
    page.get_by_role("link", name="Read the verdict").click()
    expect(page.get_by_text("Did it help?").first).to_be_visible()
    expect(page.get_by_text("12 learners came after the start").first).to_be_visible()
    sound(page, "pilot-verdict")
