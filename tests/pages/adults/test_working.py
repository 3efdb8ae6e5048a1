"""The teacher sees working: misconceptions of a section, the task, a learner's replay; who may, and at what cost."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.coaching.checking import check
from headway.school.coaching.actions import write_line
from headway.school.coaching.values import Note
from headway.school.curriculum.queries import problem_of
from headway.school.loop import Submission
from headway.school.models import AccessLog
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.adults.test_board import words

KEY = "distributes-to-first-only"
MOST = 20
"""Queries of a page, session, roles and access log included, whatever stands on it."""


def lines(cast: Cast, name: str, written: list[str], at: float, **about: str) -> uuid.UUID:
    """Let somebody write lines, ten seconds apart, and ask for a hint at the end; returns the working."""
    working = uuid.uuid4()
    for number, text in enumerate([*written, ""]):
        note = Note(
            cast.district.id, cast[name].id, uuid.uuid4(), working, "line" if text else "hint",
            problem=about.get("problem", "3(x-4)=18"), number=number, written=text, seconds=10.0, at=at + 10 * number,
        )  # fmt: skip
        write_line(note=note, now=at + 10 * number)
    return working


def mistaken(cast: Cast, name: str, at: float) -> None:
    """Let somebody answer a problem as one of its author's misconceptions would."""
    receipt = cast.begin(name, at)
    for _ in range(20):
        step = problem_of(cast.district.id, receipt.activity).steps[receipt.step]
        wrong = next((w for w in step.wrong if not check(step.answer, w.answer).correct), None)
        if wrong is not None:
            break
        receipt = cast.answer(name, True, at)
    assert wrong is not None
    sent = Submission(
        cast.district.id, cast[name].id, uuid.uuid4(), "response", receipt.activity, receipt.step, wrong.answer, 1,
        False, 25.0, at + 30,
    )  # fmt: skip
    cast._do(name, sent, at + 30)


@pytest.fixture(scope="module")
def worked(database: str) -> Iterator[Cast]:
    """Ana and Ben lose a term when they multiply out, in lines; Chi answers as a misconception would; Dev did nothing."""
    cast, now = make_cast(), time.time()
    lines(cast, "Ana", ["3x-4=18", "3x=22"], now - 3000)
    lines(cast, "Ana", ["5x+2=30"], now - 2000, problem="5(x+2)=30")
    lines(cast, "Ben", ["3x-12=18", "3x=30", "x=10"], now - 3000)
    lines(cast, "Ben", ["2x-5+1=9"], now - 2500, problem="2(x-5)+1=9")
    mistaken(cast, "Chi", now - 1500)
    yield cast
    cast.close()


def test_the_section_shows_who_how_sure_and_what_they_wrote(worked: Cast) -> None:
    page = words(signed_in(worked["Okafor"]), f"/teach/{worked.a.id}/misconceptions")
    assert "Multiplies the first term only" in page
    assert re.search(r"Likely: Ana D\. 2 workings", page)
    assert re.search(r"Perhaps: Ben B\. 1 working", page)
    assert "this line broke" in page
    assert "Week of" in page
    assert "Eva" not in page


def test_wrong_answers_without_lines_count_and_say_so(worked: Cast) -> None:
    page = words(signed_in(worked["Okafor"]), f"/teach/{worked.a.id}/misconceptions")
    assert "From wrong answers only: nobody wrote lines here." in page
    assert re.search(r"Chi C\. 1 answer", page)


def test_the_task_seats_them_and_prints(worked: Cast) -> None:
    client = signed_in(worked["Okafor"])
    page = words(client, f"/teach/{worked.a.id}/misconceptions/{KEY}")
    assert "Who sits together Ana D., Ben B." in page
    for part in (
        "On the board, 1 minute",
        "A question to ask",
        "Try together, 3 minutes",
        "Alone, before they go back",
    ):
        assert part in page
    for query in ("", "?for=table"):
        paper = client.get(f"/teach/{worked.a.id}/misconceptions/{KEY}/paper{query}")
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
    assert client.get(f"/teach/{worked.a.id}/misconceptions/no-such-thing").status_code == 404


def test_a_replay_has_every_line_with_verdict_hint_time_and_reason(worked: Cast) -> None:
    client, path = signed_in(worked["Okafor"]), f"/teach/{worked.a.id}/learner/{worked['Ana'].id}/working"
    page = words(client, path)
    assert re.search(r"Line 1 .{0,80}does not follow 10 s", page)
    assert "Line 2" in page
    assert "Hint 1" in page
    assert "Multiplies the first term only" in page
    html = client.get(path).content.decode()
    why = words(client, re.findall(rf"{path}/line/\d+", html)[-1])
    assert "out of 100" in why
    assert "Somebody who holds it writes" in why


def test_an_answer_without_lines_is_replayed_with_its_hints(worked: Cast) -> None:
    client, path = signed_in(worked["Okafor"]), f"/teach/{worked.a.id}/learner/{worked['Chi'].id}/working"
    page = words(client, path)
    assert "not right" in page
    assert "1 hint" in page
    assert "No lines were written, only answers." in page
    number = re.findall(rf"{path}/answer/(\d+)", client.get(path).content.decode())[0]
    assert "The maker of this problem expects just this answer" in words(client, f"{path}/answer/{number}")
    other = f"/teach/{worked.a.id}/learner/{worked['Ana'].id}/working/answer/{number}"
    assert client.get(other).status_code == 404


def test_only_the_class_and_its_school_may_look_and_it_is_logged(worked: Cast) -> None:
    ana = worked["Ana"].id
    paths = [
        f"/teach/{worked.a.id}/misconceptions",
        f"/teach/{worked.a.id}/misconceptions/{KEY}",
        f"/teach/{worked.a.id}/misconceptions/{KEY}/paper",
        f"/teach/{worked.a.id}/learner/{ana}/working",
    ]
    for path in paths:
        for name, status in (
            ("Okafor", 200),
            ("Pike", 200),
            ("Lee", 404),
            ("Maria", 404),
            ("Ana", 404),
            ("Stone", 404),
        ):
            assert signed_in(worked[name]).get(path).status_code == status, (name, path)
    with in_district(worked.district.id):
        places = AccessLog.objects.filter(learner_id=ana, reader=worked["Okafor"]).values_list("place", flat=True)
        assert {"misconceptions", "working"} <= set(places)


def test_a_page_costs_as_many_queries_for_more_evidence(worked: Cast) -> None:
    client = signed_in(worked["Okafor"])
    for path in (
        f"/teach/{worked.a.id}/misconceptions",
        f"/teach/{worked.a.id}/misconceptions/{KEY}",
        f"/teach/{worked.a.id}/learner/{worked['Ana'].id}/working",
        f"/teach/{worked.a.id}/learner/{worked['Ana'].id}/working?of={KEY}",
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            client.get(path)
        assert len(counted) <= MOST, (path, [q["sql"][:90] for q in counted.captured_queries])


def test_the_board_and_the_learners_card_lead_there(worked: Cast) -> None:
    client = signed_in(worked["Okafor"])
    assert f"/teach/{worked.a.id}/misconceptions" in client.get(f"/teach/{worked.a.id}").content.decode()
    path = f"/teach/{worked.a.id}/learner/{worked['Chi'].id}"
    assert f"{path}/working" in client.get(path).content.decode()


def test_a_learner_who_did_nothing_has_an_empty_page(worked: Cast) -> None:
    page = words(signed_in(worked["Okafor"]), f"/teach/{worked.a.id}/learner/{worked['Dev'].id}/working")
    assert "Dev has not worked on a problem yet." in page
