"""What a class gets back over HTTP: the page of the teacher, the page of the lesson, everything on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.pages.documents import Document, Slip, Table
from headway.pages.teacher.judgement_papers import class_handout, score_list, slips
from headway.school.measurement.judgement.class_set import class_set_of
from headway.school.measurement.judgement.models import Piece, PieceComment, PieceMark, WritingTask
from headway.school.measurement.judgement.tasks import close_task, name_levels, release
from headway.school.people.access import viewer_of
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.school.measurement.writers import NOON, Class, by_quality, handed_in, judge, make_class

MOST_QUERIES = {"class": 28, "lesson": 28, "scores.pdf": 28, "judges.pdf": 26, "class.pdf": 28, "slips.pdf": 28}
"""Statements of one page, session and savepoints included."""


@dataclass(frozen=True)
class Judged:
    """A judged task: the first text needs order, the second has it; the third got words alone, the fourth nothing."""

    room: Class
    task: UUID
    pieces: list[Piece]


@pytest.fixture(scope="module")
def judged(database: str) -> Judged:
    """Ten texts, two judges."""
    room = make_class(10)
    with in_district(room.district.id):
        task = handed_in(room)
        for k, who in enumerate(room.teachers[:2]):
            judge(task, who, 20, by_quality(room, np.random.default_rng(k)), NOON + 1000 * (k + 1))
        pieces = list(Piece.objects.filter(task=task).order_by("learner__family_name"))
        row = {"district": room.district, "by": room.teachers[0], "at": NOON}
        for piece, aspect, works in ((0, "order", False), (1, "order", True), (1, "words", True), (4, "order", False)):
            PieceMark.objects.create(piece=pieces[piece], aspect=aspect, works=works, **row)
        PieceComment.objects.create(piece=pieces[2], text="I could hear <b>bees</b>.", **row)
    return Judged(room, task.id, pieces)


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_teacher_reads_what_the_class_needs_and_who_needs_it(judged: Judged) -> None:
    page = signed_in(judged.room.teachers[0]).get(f"/judging/{judged.task}/class").content.decode()
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "Order 2 of 10 1 of 10" in said and "Choice of words – 1 of 10" in said
    assert '<option value="order" selected>' in page
    order, _rest, none = said.partition("Each learner’s next step")[2].partition("No next step was named")
    names = [learner.name for learner in judged.room.learners]
    assert names[0] in order and names[4] in order and names[1] in none and names[9] in none
    assert "I could hear &lt;b&gt;bees&lt;/b&gt;." in page


def test_the_lesson_names_nobody_and_keeps_levels_covered(judged: Judged) -> None:
    teacher = signed_in(judged.room.teachers[0])
    page = words(teacher.get(f"/judging/{judged.task}/lesson"))
    assert "What we practise: Order" in page and "Readers asked for this in 2 of 10 texts." in page
    assert not any(part in page for learner in judged.room.learners for part in (learner.family_name, learner.name))
    assert "Here readers found that this works: Order" in page  # the second text, whether or not it is an example
    other = words(teacher.get(f"/judging/{judged.task}/lesson?focus=conventions"))
    assert "What we practise: Spelling and punctuation" in other and "Readers asked" not in other
    assert "What we practise: Order" in words(teacher.get(f"/judging/{judged.task}/lesson?focus=<b>"))


def test_a_teachers_examples_are_shown_instead_of_suggested_ones(judged: Judged) -> None:
    with in_district(judged.room.district.id):
        task, viewer = WritingTask.objects.get(id=judged.task), viewer_of(judged.room.teachers[0])
        name_levels(task=task, levels={judged.pieces[7].id: 1}, now=NOON)
        found = {each.level: each for each in class_set_of(viewer, task, place="here").examples}
        name_levels(task=task, levels={judged.pieces[7].id: None}, now=NOON)
        again = {each.level: each for each in class_set_of(viewer, task, place="here").examples}
    assert found[1].named and found[1].piece.id == judged.pieces[7].id
    assert not any(each.named for each in again.values())


def test_every_paper_is_a_pdf_for_whoever_runs_the_task_and_for_nobody_else(judged: Judged) -> None:
    teacher, stranger, pupil = (signed_in(p) for p in (*judged.room.teachers[:2], judged.room.learners[0]))
    for paper in ("scores.pdf", "judges.pdf", "class.pdf", "slips.pdf"):
        made = teacher.get(f"/judging/{judged.task}/{paper}?order=score&language=es")
        assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF-")
        for other in (stranger, pupil):
            assert other.get(f"/judging/{judged.task}/{paper}").status_code == 404
    for page in ("class", "lesson"):
        for other in (stranger, pupil):
            assert other.get(f"/judging/{judged.task}/{page}").status_code == 404


def papers(judged: Judged) -> tuple[Document, Document, Document]:
    """List, handout and slips in Spanish."""
    with in_district(judged.room.district.id), override("es"):
        task = WritingTask.objects.select_related("school", "by").get(id=judged.task)
        found = class_set_of(viewer_of(judged.room.teachers[0]), task, place="here")
        handout = class_handout(found, found.focus(), "es", NOON)
        return score_list(found, NOON, by_score=True), handout, slips(found, "es", NOON)


def test_papers_say_places_in_their_language_and_the_class_sheet_names_nobody(judged: Judged) -> None:
    scores, handout, given = papers(judged)
    (table,) = (block for block in scores.blocks if isinstance(block, Table))
    places = {row[2] for row in table.rows}
    assert table.dense and len(table.rows) == 10
    assert all(any(level in place for level in ("Empezando", "En camino", "Sólido")) for place in places)
    assert not any(level in " ".join(places) for level in ("Getting started", "On the way", "Strong"))
    assert not any(learner.family_name in repr(handout) for learner in judged.room.learners)
    titles = [block.title for block in given.blocks if isinstance(block, Slip)]
    assert [title.partition(" · ")[0] for title in titles] == [learner.name for learner in judged.room.learners]
    assert handout.language == given.language == "es" and "I could hear <b>bees</b>." in repr(given)


def test_a_learner_gets_the_step_the_comments_and_the_paper_once_it_is_given_back(judged: Judged) -> None:
    room = judged.room
    first, second = signed_in(room.learners[0]), signed_in(room.learners[1])
    assert first.get(f"/writing/{judged.task}/feedback.pdf").status_code == 404
    with in_district(room.district.id):
        task = WritingTask.objects.get(id=judged.task)
        close_task(task=task, by=room.teachers[0], now=NOON + 9000)
        release(task=task, now=NOON + 9001)
    needs, has = words(first.get(f"/writing/{judged.task}")), words(second.get(f"/writing/{judged.task}"))
    assert "Your next step" in needs and str(ASPECTS["order"].step) in needs
    assert str(ASPECTS["order"].works) in has and "Your next step" not in has
    assert first.get(f"/writing/{judged.task}/feedback.pdf").content.startswith(b"%PDF-")
    assert signed_in(room.teachers[0]).get(f"/writing/{judged.task}/feedback.pdf").status_code == 403


def test_judges_tap_what_works_and_nothing_else(judged: Judged) -> None:
    with in_district(judged.room.district.id):
        task = handed_in(judged.room).id
    teacher = signed_in(judged.room.teachers[0])
    page = teacher.get(f"/writing/{task}/compare").content.decode()
    found = re.search(r'name="pair" value="([^"]+)"', page)
    assert found is not None and all(f'name="works_left" value="{key}"' in page for key in ASPECTS)
    body = {"pair": found[1], "better": "left", "works_left": ["order", "words"], "step_right": "ideas"}
    assert teacher.post(f"/writing/{task}/decide", {**body, "step_left": "beauty"}).status_code == 404
    assert teacher.post(f"/writing/{task}/decide", body).status_code == 302
    with in_district(judged.room.district.id):
        kept = PieceMark.objects.filter(piece__task=task).values_list("aspect", "works").order_by("id")
        assert list(kept) == [("order", True), ("words", True), ("ideas", False)]
        offered = set(PieceMark.objects.filter(piece__task=task).values_list("piece", "works"))
    assert len(offered) == 2


def test_a_page_asks_the_database_a_fixed_number_of_times(judged: Judged) -> None:
    teacher, counted = signed_in(judged.room.teachers[0]), {}
    for page in MOST_QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(f"/judging/{judged.task}/{page}").status_code == 200
        counted[page] = len(queries)
    assert all(counted[page] <= most for page, most in MOST_QUERIES.items()), counted
