"""Two subjects in a browser: the choice, a text beside its question, a wrong answer's question, and bringing a subject in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from headway.school.curriculum.subjects import save_subject
from headway.school.models import Enrolment, Section
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district
from headway.standards.subject.reading import read_subject
from headway.standards.subject.shipped import shipped_subject
from tests.browser.conftest import PHONE, WIDE, open_problem, sideways, violations
from tests.pages.conftest import Pair, make_district, make_pair
from tests.standards.subject.tables import tables

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "water-cycle"


@pytest.fixture(scope="module")
def pair(server: str) -> Pair:
    """Alba has a class in English and one in art."""
    del server
    key = make_district()
    save_subject(district=key, subject=shipped_subject("english"))
    save_subject(district=key, subject=read_subject(tables()))
    found = make_pair(key)
    with in_district(key):
        Section.objects.filter(id=found.section.id).update(subject="english")
        art = Section.objects.create(
            district=found.district, school=found.section.school, sourced_id=f"a-{uuid.uuid4().hex[:6]}", title="Art 6",
            subject="art",
        )  # fmt: skip
        Enrolment.objects.create(district=found.district, section=art, person=found.alba, role="student")
    return found


def test_a_learner_practises_english_with_a_text_beside_the_question(
    new_context: Callable[..., BrowserContext], pair: Pair
) -> None:
    page = new_context(WIDE).new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(pair.alba)}")
    page.goto("/practice")
    page.get_by_role("button", name="Art").click()
    expect(page.get_by_role("button", name="Art", pressed=True)).to_be_visible()
    expect(page.locator(".chip.iris")).to_have_text(re.compile("^(Lines|Light and shade)$"))  # the subject's two skills
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="English", pressed=True)).to_be_visible()
    open_problem(page, "english:en.3.main-idea.01")
    expect(page.get_by_text("She dances!")).to_be_visible()
    beside, asked = page.locator(".reading").bounding_box(), page.locator("#ask").bounding_box()
    assert beside is not None
    assert asked is not None
    assert beside["x"] + beside["width"] <= asked["x"]
    assert violations(page) == ""
    page.get_by_text("how flowers make their smell for bees").click()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("p.said").filter(has_text="That is one detail. Which choice covers all of it?")).to_be_visible()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(page.get_by_text("She dances!")).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == ""
    page.locator(".reading summary").click()
    expect(page.get_by_text("She dances!")).to_be_hidden()


def test_a_teacher_brings_a_subject_in(new_context: Callable[..., BrowserContext], pair: Pair) -> None:
    page = new_context(PHONE).new_page()
    page.goto(f"/demo/sign-in/{demo_link_token(pair.okoye)}")
    page.goto("/subjects")
    for name in ("skills.csv", "items.csv", "passages.csv", "misconceptions.csv"):
        page.get_by_label(name).set_input_files(SAMPLE / name)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="Science: everything is in order")).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == ""
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Science is in force: 3 skills and 12 questions.")).to_be_visible()
    assert violations(page) == ""
