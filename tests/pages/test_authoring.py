"""A teacher writes a question with numbers that change, tries it, shares it; a learner answers it; it is taken back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from headway.school.curriculum.queries import curriculum_of
from headway.school.models import AuthoredQuestion, Evidence, Problem
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair, make_district, make_pair
from tests.pages.test_practice import Learner

FIELDS = {
    "question": "What is @a + @b?", "answers": "@(a + b)", "numbers": "a = 20 to 40\nb = 11 to 19", "kind": "number",
    "hints": "Add the tens first.", "skill": "2.NBT.B.5", "title": "Two numbers", "level": "2",
}  # fmt: skip


@pytest.fixture
def okoye(cast: Pair) -> Client:
    return signed_in(cast.okoye)


def kept(client: Client, what: str, address: str = "/questions/own/new", **more: str) -> tuple[str, str]:
    """Send the form; return where it leads and what the page there says."""
    answer = client.post(address, {**FIELDS, **more, "what": what}, follow=True)
    at = str(answer.redirect_chain[-1][0]) if answer.redirect_chain else address
    return at, answer.content.decode()


def test_from_a_draft_to_a_learner_and_back(cast: Pair, okoye: Client) -> None:
    address, page = kept(okoye, "keep")
    assert "Kept as a draft." in page and "12 variants" in page
    with in_district(cast.district.id):
        assert not Problem.objects.filter(key__startswith="own:").exists()
    _, page = kept(okoye, "share", address)
    assert "Shared. Learners whose path comes to this skill" in page
    prefix = f"own:{address.rsplit('/', 1)[1]}:"
    with in_district(cast.district.id):
        keys = list(Problem.objects.filter(key__startswith=prefix, active=True).values_list("key", flat=True))
    offered = {activity.id for activity in curriculum_of(cast.district.id).activities}
    assert len(keys) == 12 and set(keys) <= offered
    alba = Learner(signed_in(cast.alba), cast.alba)
    alba.opens()
    alba.opens_one(keys[0])
    first, second = map(int, re.findall(r"\d+", str(alba.problem.body)))
    assert "That is right." in alba.gives(str(first + second))
    _, page = kept(okoye, "share", address, numbers="a = 20 to 22\nb = 11")
    with in_district(cast.district.id):
        assert Problem.objects.filter(key__startswith=prefix, active=True).count() == 3
    assert "Nobody" not in page and "No learner gets it any more" in kept(okoye, "back", address)[1]
    assert not set(keys) & {activity.id for activity in curriculum_of(cast.district.id).activities}
    with in_district(cast.district.id):
        assert Evidence.objects.filter(learner=cast.alba, item=keys[0], correct=True).count() == 1
        assert AuthoredQuestion.objects.get(id=address.rsplit("/", 1)[1]).state == "back"


def test_the_preview_is_tried_and_says_what_to_mend(okoye: Client) -> None:
    place = "/questions/own/preview"
    first = okoye.post(place, {**FIELDS, "what": "look"}).content.decode()
    a, b = map(int, re.findall(r"What is (\d+) \+ (\d+)\?", first)[0])
    assert f"<math><mrow><mn>{a + b}</mn></mrow></math>" in first
    right = okoye.post(place, {**FIELDS, "what": "try", "try": str(a + b)}).content.decode()
    assert "That is right." in right
    assert 'class="note clay"' in okoye.post(place, {**FIELDS, "what": "try", "try": "1"}).content.decode()
    other = okoye.post(place, {**FIELDS, "what": "other", "number": "0"}).content.decode()
    assert 'name="number" value="1"' in other and re.findall(r"What is (\d+) \+ (\d+)\?", other) != [(str(a), str(b))]
    assert "No numbers fit" in okoye.post(place, {**FIELDS, "numbers": "a = 2\nb = 2\na > b"}).content.decode()
    evil = okoye.post(
        place, {**FIELDS, "question": "<script>alert(1)</script> @a @b <img src=x onerror=alert(1)>"}
    ).content.decode()
    assert "<script" not in evil and "<img" not in evil
    assert okoye.post(place, {}).status_code == 200


def test_a_question_that_cannot_be_given_is_kept_and_not_shared(cast: Pair, okoye: Client) -> None:
    address, page = kept(okoye, "share", skill="")
    assert "Choose the skill that it practices." in page and address.startswith("/questions/own/")
    assert "Write the right answer." in kept(okoye, "share", address, answers="")[1]
    assert "It asks" not in kept(okoye, "keep", address, answers="")[1]
    with in_district(cast.district.id):
        assert AuthoredQuestion.objects.get(id=address.rsplit("/", 1)[1]).state == "draft"


def test_who_sees_whose(cast: Pair, okoye: Client) -> None:
    draft, _ = kept(okoye, "keep", title="Only mine")
    open_, _ = kept(okoye, "share", title="For all of us")
    with in_district(cast.district.id):
        colleague = make_pair(cast.district.id).okoye
    other, stranger, alba = signed_in(colleague), signed_in(make_pair(make_district()).okoye), signed_in(cast.alba)
    listed = okoye.get("/questions/own").content.decode()
    assert "Only mine" in listed and "For all of us" in listed
    assert all(who.get(draft).status_code == 404 for who in (other, stranger, alba))
    assert stranger.get(open_).status_code == 404 and alba.get(open_).status_code == 404
    assert (
        alba.get("/questions/own").status_code == 404 and alba.post("/questions/own/preview", FIELDS).status_code == 404
    )
    seen = other.get(open_)
    if seen.status_code == 200:
        assert "Make a copy of it" in seen.content.decode()
        assert "Only its author changes a question" in kept(other, "keep", open_)[1]
        assert "@a + @b" in other.get(f"/questions/own/new?copy={open_.rsplit('/', 1)[1]}").content.decode()
