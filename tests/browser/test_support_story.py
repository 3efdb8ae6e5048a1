"""A term of support from end to end through the pages: screening, team, plan, sessions, probes, decision, paper."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.core.intervention.plans import Dose
from headway.school.intervention.actions import start_group
from headway.school.models import Person, Role, School
from headway.school.people.tenancy import in_district
from tests.browser.conftest import PHONE, WIDE, enter, sound
from tests.cast import Cast, make_cast

TABLET = (820, 1180)
DAY = 86_400.0
Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def maple(server: str) -> Iterator[Cast]:
    """The cast; Ines has met the Red table for two weeks, and an interventionist of the other school is there too."""
    cast = make_cast()
    now = time.time()
    cast.answers("Ana", "xxox" * 6, now - 60.0)  # who has practised has fewer questions before them
    with in_district(cast.district.id):
        start_group(
            school=cast.school, adult=cast["Ines"], name="Red table", kind="small-group", tier=2,
            dose=Dose(30, (0, 1, 2, 3, 4, 5, 6)), measure="computation-signed", skills=["6.EE.B.7"], now=now - 14 * DAY,
        )  # fmt: skip
        there = School.objects.exclude(id=cast.school.id).get()
        cast.people["Otto"] = Person.objects.create(
            district=cast.district, sourced_id="otto", given_name="Otto", family_name="Olson"
        )
        Role.objects.create(district=cast.district, person=cast["Otto"], school=there, name="interventionist")
    yield cast
    cast.close()


def paper(page: Page, link: str) -> None:
    """The document behind a link is a PDF."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    assert address
    assert page.request.get(address).body().startswith(b"%PDF-")


def does_not_know(page: Page, number: int) -> None:
    """Leave question ``number`` unanswered and wait until it is behind."""
    expect(page.get_by_text(f"Question {number}", exact=True)).to_be_visible()
    page.get_by_role("button", name="I don’t know this yet").click()
    expect(page.get_by_text(f"Question {number}", exact=True)).to_have_count(0)


@pytest.mark.timeout(300)
def test_from_the_screening_to_the_decision(new_context: Contexts, maple: Cast) -> None:
    pike = enter(new_context(), maple["Pike"], "/screenings")
    window = screened(new_context, maple, pike)
    plan = planned(pike)
    worked(enter(new_context(TABLET), maple["Ines"], "/support"), plan)
    ines = enter(new_context(PHONE), maple["Ines"], plan)
    expect(ines.get_by_text("Not enough evidence yet").first).to_be_visible()
    sound(ines, "story-plan-phone", [PHONE])
    paper(ines, "Progress report (PDF)")
    pike.goto("/support/team")
    paper(pike, "Minutes, today (PDF)")
    for path in (plan, "/support/team", window):
        other = enter(new_context(), maple["Otto"], path)
        expect(other.get_by_text("Ana Diaz")).to_have_count(0)
        expect(other.get_by_text("Red table")).to_have_count(0)


def screened(contexts: Contexts, maple: Cast, pike: Page) -> str:
    """The leader opens a window and closes it while Ana works; she makes it up on a phone. Returns the window's results."""
    pike.get_by_label("6", exact=True).check()
    pike.get_by_role("button", name="Open the screening").click()
    expect(pike.get_by_role("heading", level=1)).to_contain_text("Screening board")
    window = urlsplit(pike.url).path
    ana = enter(contexts(), maple["Ana"], "/screening")
    ana.get_by_role("button", name="Start").click()
    does_not_know(ana, 1)
    expect(ana.get_by_text("Question 2", exact=True)).to_be_visible()
    pike.get_by_role("link", name="Results").click()
    pike.get_by_role("button", name="Close the screening").click()
    expect(pike.get_by_text("The screening is closed.")).to_be_visible()
    ana.get_by_role("button", name="I don’t know this yet").click()
    expect(ana.get_by_text("What you have answered is kept.")).to_be_visible()
    teacher = enter(contexts(), maple["Okafor"], window)
    row = teacher.get_by_role("row").filter(has_text="Ana")
    row.locator("summary").click()
    row.get_by_label("Make-up").check()
    row.get_by_label("Text", exact=True).select_option("1.25")
    row.get_by_role("button", name="Save").click()
    expect(teacher.get_by_text("Saved for Ana Diaz.")).to_be_visible()
    phone = enter(contexts(PHONE), maple["Ana"], "/screening")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("Question 2", exact=True)).to_be_visible()
    sound(phone, "story-question-large", [PHONE])
    for number in range(2, 27):
        does_not_know(phone, number)
        done = phone.get_by_role("heading", name="You are done. Thank you!")
        expect(done.or_(phone.get_by_text(f"Question {number + 1}", exact=True))).to_be_visible()
        if done.count():  # one of the two is there: the page is whole
            break
    expect(done).to_be_visible()
    results = f"{window}/results"
    pike.goto(results)
    expect(pike.get_by_role("row").filter(has_text="Ana")).to_contain_text("High risk")
    sound(pike, "story-results", [WIDE])
    return results


def planned(pike: Page) -> str:
    """The team reads the proposal, a named person decides, and writes the plan. Returns the plan's page."""
    pike.goto("/support/team")
    pike.get_by_label("Who is here").fill("Pat Pike, Ines")
    pike.get_by_role("button", name="Open the minutes of today").click()
    proposal = pike.get_by_role("listitem").filter(has_text="Ana Diaz").first
    expect(proposal).to_contain_text("tier 1 to 2")
    sound(pike, "story-team", [WIDE])
    proposal.get_by_role("link").click()
    pike.get_by_role("button", name="Put on record").click()
    expect(pike.get_by_text("from tier 1 to tier 2, as proposed")).to_be_visible()
    paper(pike, "Letter to the family, English (PDF)")
    pike.get_by_role("link", name="Write a plan").click()
    pike.get_by_label("Why (the family can read it)").fill("Signed numbers slow Ana down.")
    pike.get_by_label("Problems right now").fill("4")
    pike.get_by_label("Goal: problems right").fill("12")
    first = pike.get_by_label("The support begins")
    first.fill(time.strftime("%Y-%m-%d", time.localtime(time.time() - 2 * DAY)))  # at the earliest today
    pike.get_by_label("Group", exact=True).select_option(label="Red table · Ines Inson")
    pike.get_by_role("button", name="Start the plan").click()
    expect(pike.get_by_role("heading", name="Ana Diaz")).to_be_visible()
    return urlsplit(pike.url).path


def worked(ines: Page, plan: str) -> None:
    """The interventionist logs three sessions and takes two probes on her tablet; a tap too many keeps nothing."""
    said = ines.locator(".messages")
    for expected in (re.compile("today: held"), re.compile("yesterday: held"), re.compile("[A-Z][a-z]+day: held")):
        ines.get_by_role("button", name="Held", exact=True).first.click()
        expect(said).to_contain_text(expected)
    ines.get_by_role("link", name="Red table").click()
    expect(ines.get_by_text("3 held of")).to_be_visible()
    sound(ines, "story-group", [TABLET])
    for right in (3, 5):
        ines.goto(plan)
        ines.get_by_role("button", name="Take the next probe").click()
        paper(ines, "Print the sheet")
        ines.get_by_label("How far did they get?").select_option("9")
        ines.get_by_role("button", name="Keep the score").click()
        expect(ines.get_by_role("button", name="Yes, keep a score of 0")).to_be_visible()
        for box in ines.get_by_role("checkbox").all()[:right]:
            box.check()
        ines.get_by_role("button", name="Keep the score").click()
        expect(ines.get_by_text(f"Ana: {right} problems right.")).to_be_visible()
    sound(ines, "story-plan", [TABLET])
