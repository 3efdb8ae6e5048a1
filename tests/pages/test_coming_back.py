"""What was said of an answer and of a line stands when the learner comes back, and in the teacher's replay."""

from __future__ import annotations

import re
import uuid

import pytest

from headway.core.curriculum.problems import AnswerSpec, Problem, Source, Step
from headway.core.text import NOTHING, T, verbatim
from headway.school.curriculum.actions import publish_curriculum, save_problems
from headway.school.models import CoachLine, Evidence
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.adults.test_board import words
from tests.pages.conftest import Pair
from tests.pages.imported import ACTIVITY as TWO_PARTS
from tests.pages.imported import add_two_parts
from tests.pages.test_practice import Learner

ACTIVITY, SKILL = "book:bags", "6.RP.A.3"
STORY = "4 bags hold 26 apples. How many apples do 6 bags hold at the same rate?"
BENCH = re.compile(r'<section class="bench".*?</section>', re.DOTALL)


@pytest.fixture
def alba(cast: Pair) -> Learner:
    step = Step("a", "book:bags-a", verbatim(STORY), AnswerSpec("number", ("39",)), (SKILL,))
    book = Problem(ACTIVITY, T("Bags"), NOTHING, (step,), Source("A Book", "CC BY 4.0", "", "A Book by Ana Diaz"))
    save_problems(district=cast.district.id, problems=[book])
    publish_curriculum(district=cast.district.id)
    learner = Learner(signed_in(cast.alba), cast.alba)
    learner.opens_one(ACTIVITY)
    return learner


def bench(html: str) -> str:
    """The words of the working on a page."""
    found = BENCH.search(html)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def writes(learner: Learner, *lines: str) -> None:
    """Write lines by the page's own form."""
    for line in lines:
        form = learner.html.split('id="next-line"')[1].split("</form>")[0]
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        learner.html = learner.client.post("/coach/line", {**sent, "line": line}, follow=True).content.decode()


def test_the_line_where_a_wrong_answer_began_stands_after_a_reload_and_in_another_tab(
    alba: Learner, cast: Pair
) -> None:
    writes(alba, "6-4=2", "26+2=28")
    assert "multiplying" not in bench(alba.html)
    page = alba.gives("28")
    assert "multiplying" in bench(page) and "Not yet" in page
    told = bench(page)
    for again in (alba, Learner(signed_in(cast.alba), cast.alba)):
        page = again.opens("/practice")
        assert (bench(page), "Not yet" in page) == (told, True)
    writes(alba, "26*6/4=")
    assert "multiplying" not in bench(alba.html)


def test_a_line_that_ends_in_the_value_gives_it_as_the_answer(alba: Learner, cast: Pair) -> None:
    writes(alba, "26+2=28")
    assert 'data-last="28"' in alba.html and 'data-answer=""' in alba.html
    writes(alba, r"\frac{26\cdot6}{4}=39")
    assert 'data-answer="39"' in alba.html and "That answers the problem." in bench(alba.html)
    page = signed_in(cast.okoye).get(f"/teach/{cast.section.id}/learner/{cast.alba.id}/working").content.decode()
    assert "<mfrac>" in page and ">\\frac" not in page


def test_the_teacher_reads_at_which_line_the_answer_began(alba: Learner, cast: Pair) -> None:
    writes(alba, "6-4=2", "26+2=28")
    alba.gives("28")
    page = words(signed_in(cast.okoye), f"/teach/{cast.section.id}/learner/{cast.alba.id}/working")
    assert re.search(r"Answer 28 not right .{0,40}It began on line 2\. .{0,120}multiplying", page)


def test_a_scaffold_keeps_its_word_beside_a_wrong_answer(cast: Pair) -> None:
    add_two_parts(cast.district.id)
    alba = Learner(signed_in(cast.alba), cast.alba)
    alba.opens_one(TWO_PARTS)
    alba.gives("10")
    page = alba.client.post("/practice/hint", {"hints": "2", "rung": "1", "answer": "4"}).content.decode()
    assert "Yes." in page.split('id="hint-1"')[1]


def test_a_first_case_speaks_against_nobody_once_the_second_is_there(cast: Pair) -> None:
    alba, problem, working = signed_in(cast.alba), "x^2-5x+6=0", str(uuid.uuid4())
    teacher, replay = signed_in(cast.okoye), f"/teach/{cast.section.id}/learner/{cast.alba.id}/working"
    page = ""
    for number, line in enumerate(("(x-2)(x-3)=0", "x=2", "x=3")):
        sent = {"event": str(uuid.uuid4()), "working": working, "problem": problem, "number": number, "line": line}
        page = bench(alba.post("/coach/line", sent, follow=True).content.decode())
        if number == 1:
            assert "Line 2 is not all of it." in page and "Write what is missing on the next line." in page
            assert "does not follow" not in page.lower()
            assert "a solution got lost" in words(teacher, replay)
    assert "That answers the problem." in page and "mended" not in page
    seen = words(teacher, replay)
    assert "one of the solutions, the others follow" in seen and "got lost" not in seen
    with in_district(cast.district.id):
        row = CoachLine.objects.get(learner=cast.alba, written="x=2")
        assert row.verdict == "loses" and row.probability > 0.5
        assert not Evidence.objects.filter(learner=cast.alba).exists()
    board = words(teacher, f"/teach/{cast.section.id}/misconceptions")
    assert "Alba" not in board
    assert "Alba" not in words(teacher, f"/teach/{cast.section.id}/misconceptions/{row.misconception}")
