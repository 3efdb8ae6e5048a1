"""Writing over HTTP: a teacher sets it, learners hand in, judges choose, learners read what came back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.pages.documents import Document, Words, pdf
from headway.school.measurement.judgement.judging import Offer
from headway.school.measurement.judgement.models import Judgement, Piece, TaskScale, WritingTask
from headway.school.measurement.judgement.tasks import invite
from headway.school.models import AccessLog, Enrolment, Section
from headway.school.people.tenancy import in_district
from tests.clients import signed_in, visitor
from tests.school.measurement.writers import NOON, Class, handed_in, judge, make_class

MOST_QUERIES = {"list": 16, "new": 12, "task": 26, "compare": 24, "mine": 14, "write": 14}
"""Statements of one page, session and savepoints included."""
PDF = pdf(Document("Bees", "en", "", "", [Words("Wax and honey.")], author="Ana Anson"), at=0.0)


@pytest.fixture(scope="module")
def room(database: str) -> Class:
    """Ten learners in the class of T0; T3 works at another school."""
    return make_class(10)


def words(response: Any) -> str:
    """The page without its markup."""
    assert response.status_code in (200, 422)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def open_one(room: Class, *, begin: bool = True) -> UUID:
    with in_district(room.district.id):
        return handed_in(room, begin=begin).id


def compare(client: Client, task: UUID, times: int, better: str = "left") -> None:
    for _ in range(times):
        page = client.get(f"/writing/{task}/compare").content.decode()
        found = re.search(r'name="pair" value="([^"]+)"', page)
        assert found is not None
        answer = client.post(f"/writing/{task}/decide", {"pair": found[1], "better": better, "to_left": "Clear."})
        assert answer.status_code == 302


def test_from_setting_it_to_giving_it_back(room: Class) -> None:
    teacher, learner, guest = signed_in(room.teachers[0]), signed_in(room.learners[0]), room.teachers[3]
    assert "Nothing to write now" in words(signed_in(make_class(1).learners[0]).get("/writing"))
    made = teacher.post(
        "/judging/new", {"title": "Bees", "prompt": "Tell.", "section": str(room.section.id), "peers": "on"}
    )
    assert made.status_code == 302
    with in_district(room.district.id):
        task = WritingTask.objects.get(title="Bees").id
    assert "Bees To write" in words(learner.get("/writing"))
    assert learner.post(f"/writing/{task}", {"text": "A hive hums."}).status_code == 302
    assert "handed in" in words(learner.get(f"/writing/{task}")) and "1 of 10 texts" in words(teacher.get("/judging"))
    act = f"/judging/{task}/act"
    assert "at least three texts" in words(teacher.post(act, {"do": "begin"}, follow=True))
    for pupil, body in ((room.learners[1], {"text": "Wax and honey."}), (room.learners[2], {"file": _file(PDF)})):
        said = words(teacher.post(act, {"do": "hand-in", "learner": str(pupil.id), **body}, follow=True))
        assert f"The text of {pupil.name} is in." in said
    assert "Judging has begun" in words(teacher.post(act, {"do": "begin"}, follow=True))
    assert "1 more can judge now" in words(teacher.post(act, {"do": "invite", "person": str(guest.id)}, follow=True))
    compare(signed_in(guest), task, 3)
    compare(teacher, task, 3)
    compare(learner, task, 1, "right")  # of the pairs of the two others
    assert "You have seen every pair" in words(learner.get(f"/writing/{task}/compare"))
    page = words(teacher.get(f"/judging/{task}"))
    assert "7 decisions" in page and "Precision" in page and "Other school" in page
    assert "The judging is finished" in words(teacher.post(act, {"do": "close"}, follow=True))
    assert "It is being read" in words(learner.get(f"/writing/{task}"))
    assert "Learners can see" in words(teacher.post(act, {"do": "release"}, follow=True))
    back = words(learner.get(f"/writing/{task}"))
    assert "What readers say" in back and "The place of your text" in back
    assert room.learners[1].family_name not in back and room.teachers[0].family_name not in back


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("essay.html", data, content_type="text/html")


def test_a_file_is_shown_as_what_it_is_and_never_as_a_page(room: Class) -> None:
    task, learner = open_one(room, begin=False), signed_in(room.learners[0])
    assert learner.post(f"/writing/{task}", {"file": _file(PDF)}).status_code == 302
    with in_district(room.district.id):
        piece = Piece.objects.get(task=task, learner=room.learners[0]).id
    shown = learner.get(f"/writing/text/{piece}")
    assert (shown["Content-Type"], shown.content) == ("application/pdf", PDF)
    assert "sandbox" in shown["Content-Security-Policy"] and shown["X-Content-Type-Options"] == "nosniff"
    assert signed_in(room.teachers[0]).get(f"/writing/text/{piece}").status_code == 200
    for other in (room.learners[1], room.teachers[1]):
        assert signed_in(other).get(f"/writing/text/{piece}").status_code == 404
    refused = learner.post(f"/writing/{task}", {"text": "Kept words.", "file": _file(b"<script>alert(1)</script>")})
    assert refused.status_code == 422 and "neither a PDF nor a photo" in words(refused)
    assert "Kept words." in refused.content.decode()


def test_judges_read_a_pdf_as_pictures_and_never_get_the_file_that_may_name_its_author(room: Class) -> None:
    task, learner = open_one(room, begin=False), signed_in(room.learners[5])
    long = pdf(Document("Bees", "en", "", "", [Words("\n".join(["Wax."] * 700))]), at=0.0)
    for data, said in ((b"%PDF-1.7\nwords\n%%EOF\n", "cannot be read"), (long, "more than 10 pages")):
        refused = learner.post(f"/writing/{task}", {"file": _file(data)})
        assert refused.status_code == 422 and said in words(refused)
    assert learner.post(f"/writing/{task}", {"file": _file(PDF)}).status_code == 302
    with in_district(room.district.id):
        piece = Piece.objects.get(task=task, learner=room.learners[5])
        invite(task=WritingTask.objects.get(id=task), people=[room.teachers[3]], by=room.teachers[0], now=NOON)
    assert f"/writing/text/{piece.id}/1" in learner.get(f"/writing/{task}").content.decode()
    guest = signed_in(room.teachers[3])
    shown = guest.get(f"/writing/text/{piece.id}/1")
    assert (
        shown["Content-Type"] == "image/png" and shown.content.startswith(b"\x89PNG") and b"Anson" not in shown.content
    )
    assert (
        guest.get(f"/writing/text/{piece.id}").status_code
        == 404
        == guest.get(f"/writing/text/{piece.id}/2").status_code
    )
    assert signed_in(room.learners[1]).get(f"/writing/text/{piece.id}/1").status_code == 404


def test_words_of_learners_are_never_markup(room: Class) -> None:
    task, learner = open_one(room, begin=False), signed_in(room.learners[3])
    learner.post(f"/writing/{task}", {"text": "<script>alert(1)</script>"})
    for page in (learner.get(f"/writing/{task}"), signed_in(room.teachers[0]).get(f"/judging/{task}")):
        assert "<script>alert" not in page.content.decode()


def test_judges_see_no_names(room: Class) -> None:
    task = open_one(room)
    page = words(signed_in(room.teachers[0]).get(f"/writing/{task}/compare"))
    assert "Which text is better?" in page and "Text A" in page and "Text B" in page
    assert not any(name in page for pupil in room.learners for name in (pupil.family_name, pupil.given_name + " "))


def test_judges_read_how_far_all_of_them_have_come_and_peers_do_not(room: Class) -> None:
    with in_district(room.district.id):
        task = handed_in(room, peers=True).id
    teacher, peer = signed_in(room.teachers[0]), signed_in(room.learners[0])
    assert "is wanted" not in words(teacher.get(f"/writing/{task}/compare"))  # nobody has decided anything yet
    compare(teacher, task, 3)
    with in_district(room.district.id):
        kept = TaskScale.objects.get(task=task).reliability
    assert f"Precision {kept:.2f}; 0.80 is wanted." in words(teacher.get(f"/writing/{task}/compare"))
    assert "is wanted" not in words(peer.get(f"/writing/{task}/compare"))


def _better(room: Class, offer: Offer) -> str:
    return "left" if room.quality[offer.left.id] > room.quality[offer.right.id] else "right"


def test_texts_stand_by_name_or_the_strongest_first(room: Class) -> None:
    teacher = signed_in(room.teachers[0])
    with in_district(room.district.id):
        made = handed_in(room)
        Piece.objects.filter(task=made, learner=room.learners[0]).delete()
        for who in room.teachers[:2]:  # every pair twice, without noise: the scale has to tell them apart
            judge(made, who, 36, lambda offer: _better(room, offer))
    task = made.id
    by_name, by_score = (
        words(teacher.get(f"/judging/{task}{order}")).partition("Judges")[0] for order in ("", "?order=score")
    )
    assert "Strongest text first" in by_name and "Order by name" in by_score
    scores = [int(score) for score in re.findall(r"(-?\d+) ± \d+", by_score)]
    assert len(scores) > 3 and scores == sorted(scores, reverse=True) and scores[0] > scores[-1]
    assert sorted(scores) == sorted(int(score) for score in re.findall(r"(-?\d+) ± \d+", by_name))
    assert "Nothing was handed in." in by_score and "Nothing handed in yet" not in by_score
    names = [by_name.index(pupil.name) for pupil in room.learners]
    assert names == sorted(names)


def test_classes_of_one_name_are_told_apart_by_period_and_teacher() -> None:
    room = make_class(1)
    with in_district(room.district.id):
        Section.objects.filter(id=room.other.id).update(title=room.section.title)
        Enrolment.objects.create(district=room.district, section=room.other, person=room.teachers[0], role="teacher")
    page = words(signed_in(room.teachers[0]).get("/judging/new"))
    first, second = room.teachers[0].name, room.teachers[1].name
    assert f"{room.section.title} period 1 · {first} · Cedar Hill" in page
    assert f"{room.section.title} period 1 · {first} · {second} · Cedar Hill" in page


def test_strangers_find_nothing(room: Class) -> None:
    task, elsewhere = open_one(room), make_class(1)
    stranger, colleague, pupil = (signed_in(p) for p in (elsewhere.teachers[0], room.teachers[1], room.learners[0]))
    for client in (stranger, colleague):
        assert client.get(f"/judging/{task}").status_code == 404
        assert client.get(f"/writing/{task}/compare").status_code == 404
        assert client.post(f"/judging/{task}/act", {"do": "close"}).status_code == 404
    assert pupil.get(f"/judging/{task}").status_code == 404 == pupil.get(f"/writing/{task}/compare").status_code
    assert signed_in(elsewhere.learners[0]).get(f"/writing/{task}").status_code == 404
    assert visitor().get(f"/judging/{task}").status_code == 302


@pytest.mark.parametrize(
    "body", [{}, {"better": "left"}, {"better": "up", "pair": str(UUID(int=1))}, {"better": "left", "pair": "x"}]
)
def test_nonsense_is_no_decision(room: Class, body: dict[str, str]) -> None:
    task = open_one(room)
    assert signed_in(room.teachers[0]).post(f"/writing/{task}/decide", body).status_code == 404
    with in_district(room.district.id):
        assert not Judgement.objects.filter(task=task).exists()


def test_a_task_that_cannot_be_set_says_why_and_keeps_the_words(room: Class) -> None:
    teacher = signed_in(room.teachers[0])
    refused = teacher.post("/judging/new", {"title": "Bees again", "prompt": "Tell."})
    assert refused.status_code == 422 and "Choose at least one class." in words(refused)
    assert "Bees again" in refused.content.decode()
    assert signed_in(room.teachers[2]).get("/judging/new").status_code == 404  # teaches nobody
    assert teacher.post(f"/judging/{open_one(room)}/act", {"do": "eat"}).status_code == 404


def test_examples_are_set_on_the_page(room: Class) -> None:
    task, teacher = open_one(room), signed_in(room.teachers[0])
    compare(teacher, task, 6)
    with in_district(room.district.id):
        pieces = list(Piece.objects.filter(task=task).values_list("id", flat=True)[:3])
    body = {f"level-{piece}": str(k) for k, piece in enumerate(pieces)}
    assert "The examples are set" in words(teacher.post(f"/judging/{task}/act", {"do": "levels", **body}, follow=True))
    with in_district(room.district.id):
        assert Piece.objects.get(id=pieces[2]).level == 2
    odd = teacher.post(f"/judging/{task}/act", {"do": "levels", f"level-{pieces[0]}": "9"}, follow=True)
    assert "There is no such level." in words(odd)


def test_reading_the_texts_of_a_class_is_on_record(room: Class) -> None:
    task = open_one(room)
    signed_in(room.teachers[0]).get(f"/judging/{task}")
    with in_district(room.district.id):
        found = AccessLog.objects.filter(reader=room.teachers[0], purpose="writing", place=f"/judging/{task}")
        assert found.count() == len(room.learners)


def test_a_page_asks_the_database_a_fixed_number_of_times(room: Class) -> None:
    task, teacher, learner = open_one(room), signed_in(room.teachers[0]), signed_in(room.learners[0])
    compare(teacher, task, int(np.ceil(len(room.learners) / 2)))
    paths = {
        "list": (teacher, "/judging"), "new": (teacher, "/judging/new"), "task": (teacher, f"/judging/{task}"),
        "compare": (teacher, f"/writing/{task}/compare"), "mine": (learner, "/writing"), "write": (learner, f"/writing/{task}"),
    }  # fmt: skip
    counted = {}
    for name, (client, path) in paths.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counted[name] = len(queries)
    assert all(counted[name] <= most for name, most in MOST_QUERIES.items()), counted
