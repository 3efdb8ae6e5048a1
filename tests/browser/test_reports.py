"""A leader reads a report, opens a figure and explores; wide and on a phone, with no barrier that axe can find."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.evidence.reports.actions import close_weeks, monday_of
from headway.school.people.clock import start_of
from headway.school.people.tenancy import in_district
from tests.browser.conftest import enter, sound
from tests.school.evidence.trial import START, Trial, make_trial, practise

WEEKS = 9


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Seventy-two learners in two schools, summed up."""
    made = make_trial(learners=72, classes=2, seed=9)
    with in_district(made.district):
        begin = start_of(made.district, monday_of(made.district, START))
    practise(made, begin, begin + WEEKS * 7 * 86_400.0, each=90, rng=np.random.default_rng(8))
    close_weeks(district=made.district, now=begin + WEEKS * 7 * 86_400.0 + 3600.0)
    return made


def test_a_leader_reads_opens_and_explores(new_context: Callable[..., BrowserContext], trial: Trial) -> None:
    page = enter(new_context(), trial.leader, "/reports")
    expect(page.get_by_role("heading", name="Growth and status")).to_be_visible()
    sound(page, "reports")
    page.get_by_role("link", name="First answers right without help").click()
    expect(page.get_by_role("heading", name="First answers right without help")).to_be_visible()
    expect(page.get_by_text("From what evidence")).to_be_visible()
    sound(page, "report-figure")
    page.get_by_role("link", name="Explore").click()
    expect(page.get_by_role("heading", name="Explore")).to_be_visible()
    page.get_by_label("Measure").select_option("ability")
    page.get_by_label("Groups").select_option("language")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Ability by group: Home language")).to_be_visible()
    expect(page.get_by_role("rowheader", name="español")).to_be_visible()
    sound(page, "report-explore")
