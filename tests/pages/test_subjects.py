"""Two subjects for one learner: the choice, the passage beside the question, what is said after an answer, a class's lesson."""

from __future__ import annotations

import uuid
from functools import cache

import pytest

from headway.school.curriculum.queries import curriculum_of
from headway.school.curriculum.subjects import save_subject
from headway.school.models import Enrolment, PlanRow, Section
from headway.school.people.tenancy import in_district
from headway.standards.subject.reading import read_subject
from headway.standards.subject.shipped import shipped_subject
from tests.clients import signed_in
from tests.pages.conftest import Pair, make_district, make_pair
from tests.pages.test_practice import Learner
from tests.standards.subject.tables import tables

MAIN_IDEA = "english:en.3.main-idea.01"


@cache
def school() -> uuid.UUID:
    """A district that teaches English and a little art."""
    key = make_district()
    save_subject(district=key, subject=shipped_subject("english"))
    save_subject(district=key, subject=read_subject(tables()))
    return key


@pytest.fixture
def pair() -> Pair:
    """Alba's class is English; it is not said what she may practise besides."""
    found = make_pair(school())
    with in_district(found.district.id):
        Section.objects.filter(id=found.section.id).update(subject="English")
        found.section.refresh_from_db()
    return found


@pytest.fixture
def both(pair: Pair) -> Pair:
    """Alba has a class in art as well."""
    with in_district(pair.district.id):
        art = Section.objects.create(
            district=pair.district, school=pair.section.school, sourced_id=f"a-{uuid.uuid4().hex[:6]}", title="Art 6",
            subject="art",
        )  # fmt: skip
        Enrolment.objects.create(district=pair.district, section=art, person=pair.alba, role="student")
    return pair


def subject_of(learner: Learner) -> str:
    curriculum = curriculum_of(learner.person.district_id)
    info = curriculum.activity(learner.fields["activity"])
    assert info is not None
    return curriculum.skills[curriculum.skill_number[info.skill]].subject


def chooses(learner: Learner, subject: str) -> str:
    answer = learner.client.post("/practice/subject", {"subject": subject}, follow=True)
    learner.html = answer.content.decode()
    return learner.html


def test_a_learner_chooses_the_subject_and_it_stays(both: Pair) -> None:
    alba = Learner(signed_in(both.alba), both.alba)
    page = alba.opens()
    assert all(f'value="{name}"' in page for name in ("english", "art", "mixed"))
    page = chooses(alba, "art")
    assert subject_of(alba) == "art"
    assert 'value="art" aria-pressed="true"' in page
    alba.client.post("/practice/other")
    alba.opens()
    assert subject_of(alba) == "art"
    chooses(alba, "english")
    assert subject_of(alba) == "english"
    assert "Choose one of the subjects on the page." in chooses(alba, "music")
    chooses(alba, "mixed")
    with in_district(both.district.id):
        last = PlanRow.objects.filter(learner=both.alba, effect="only-subjects", ends=None).get()
    assert (last.value, last.by_id) == ("english,art", both.alba.id)


def test_a_learner_of_one_class_stays_in_its_subject_and_has_nothing_to_choose(pair: Pair) -> None:
    alba = Learner(signed_in(pair.alba), pair.alba)
    assert 'name="subject"' not in alba.opens()
    assert subject_of(alba) == "english"
    with in_district(pair.district.id):
        row = PlanRow.objects.filter(learner=pair.alba, effect="only-subjects").get()
    assert (row.source, row.value, row.by_id) == ("policy", "english", None)
    alba.client.post("/practice/other")
    with in_district(pair.district.id):
        assert PlanRow.objects.filter(learner=pair.alba, effect="only-subjects").count() == 1


def test_the_passage_stands_beside_the_question_and_can_be_read_out(pair: Pair) -> None:
    alba = Learner(signed_in(pair.alba), pair.alba)
    alba.opens()
    page = alba.opens_one(MAIN_IDEA)
    assert "How Bees Tell the Way" in page and "waggle dance" in page
    assert page.index('id="passage"') < page.index('id="ask"') < page.index('class="option"')
    assert 'id="aloud"' in page
    assert "Math keys" not in page
    assert alba.fields["activity"] == MAIN_IDEA


def test_a_wrong_choice_gets_the_authors_question_and_reaches_the_teacher(pair: Pair) -> None:
    alba, okoye = Learner(signed_in(pair.alba), pair.alba), signed_in(pair.okoye)
    alba.opens()
    alba.opens_one(MAIN_IDEA)
    (step,) = alba.problem.steps
    wrong = next(each for each in step.wrong if each.misconception == "own:Detail taken for the main idea")
    page = alba.gives(wrong.answer)
    assert "That is one detail. Which choice covers all of it?" in page
    record = okoye.get(f"/teach/{pair.section.id}/learner/{pair.alba.id}").content.decode()
    assert "The main idea" in record
    overview = okoye.get(f"/teach/{pair.section.id}/misconceptions").content.decode()
    assert "Detail taken for the main idea" in overview
    assert alba.gives(alba.key()).count("That is right.")


def test_a_words_answer_has_a_plain_field(pair: Pair) -> None:
    alba = Learner(signed_in(pair.alba), pair.alba)
    alba.opens()
    page = alba.opens_one("english:en.3.prefixes.09")
    assert 'data-kind="text"' in page and "Work it out line by line" not in page
    assert "That is right." in alba.gives("Reheat.")


def test_the_board_of_a_class_shows_its_own_subject(both: Pair) -> None:
    alba, okoye = Learner(signed_in(both.alba), both.alba), signed_in(both.okoye)
    alba.opens()
    chooses(alba, "art")
    alba.gives("7")
    board = okoye.get(f"/teach/{both.section.id}").content.decode()
    assert "Light and shade" not in board and ">Lines<" not in board
    assert "English for everyone, one hour" in board


def test_a_teacher_sets_the_subject_for_a_lesson_and_it_stands_above_the_learners_choice(both: Pair) -> None:
    alba, okoye = Learner(signed_in(both.alba), both.alba), signed_in(both.okoye)
    alba.opens()
    chooses(alba, "art")
    okoye.post(f"/teach/{both.section.id}/lesson")
    alba.client.post("/practice/other")
    page = alba.opens()
    assert subject_of(alba) == "english"
    assert "Your class is practicing this now: English." in page
    assert 'name="subject"' not in page
    record = okoye.get(f"/teach/{both.section.id}/learner/{both.alba.id}").content.decode()
    assert "Practice only english" in record
