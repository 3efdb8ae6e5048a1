"""The loop, live: a learner answers problems of ours and of OATutor, right and wrong; the teacher's board follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.core.curriculum.skills import SkillGraph
from headway.school.curriculum.actions import publish_curriculum, save_graph, save_problems
from headway.school.curriculum.queries import problem_of
from headway.school.models import Decision, Evidence
from headway.school.people.tenancy import in_district
from headway.standards.oatutor import open_book
from headway.standards.report import Ledger
from tests.browser.conftest import enter, open_problem, plain
from tests.cast import WRONG, Cast, make_cast

ARCHIVE = "content/oatutor/oatutor-k12-subset.zip"


@pytest.fixture
def maple(server: str) -> Iterator[Cast]:
    cast = make_cast()
    yield cast
    cast.close()


def bring_in(cast: Cast, archive: Path) -> list[str]:
    """Import five usable problems of OATutor that ask for a number; return their activities."""
    with archive.open("rb") as stream:
        book = open_book(stream, archive.name)
        usable = (
            p
            for p in book.problems(Ledger())
            if book.usable(p) and len(p.steps) == 1 and p.steps[0].answer.kind == "number"
        )
        problems = list(islice(usable, 5))
        save_graph(district=cast.district.id, graph=SkillGraph(book.skills, ()), source="OATutor")
    save_problems(district=cast.district.id, problems=problems)
    publish_curriculum(district=cast.district.id)
    return [problem.id for problem in problems]


class Desk:
    """The learner's page, used as a learner uses it."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page, self.cast = page, cast

    @property
    def activity(self) -> str:
        return self.page.locator("input[name=activity]").first.input_value()

    def answer(self, right: bool) -> None:
        """Type or choose an answer and send it."""
        step = problem_of(self.cast.district.id, self.activity).steps[0]
        if step.answer.kind in ("choice", "choices"):
            wrong = next(str(n) for n in range(len(step.answer.choices)) if str(n) not in step.answer.keys)
            for value in (step.answer.keys[0] if right else wrong).split(","):
                self.page.locator(f"input[name=answer][value='{value}']").check(force=True)
        else:
            self.page.locator("#answer").fill(step.answer.keys[0] if right else WRONG)
        self.page.get_by_role("button", name="Check").click()

    def work_through(self, wrong_first: bool, noticed: Callable[[], None]) -> None:
        """Solve the open problem; perhaps with a wrong answer first."""
        title = self.page.locator(".verdict-title")
        if wrong_first:
            self.answer(False)
            expect(title).to_contain_text("Not yet")
            noticed()
        self.answer(True)
        expect(title).to_contain_text("right", ignore_case=True)
        noticed()


def watch(board: Page, took: list[float]) -> Callable[[], None]:
    """Return a check that the board comes to say something else from now on."""
    live = board.locator("live-board")
    seen = [live.inner_text()]

    def noticed() -> None:
        answered = time.perf_counter()
        expect(live).not_to_have_text(seen[-1], use_inner_text=True)
        took.append(time.perf_counter() - answered)
        seen.append(live.inner_text())

    return noticed


@pytest.mark.shared
@pytest.mark.timeout(240)
def test_ten_of_ours_and_five_of_oatutor(new_context: Callable[..., BrowserContext], maple: Cast, shared: Path) -> None:
    imported = bring_in(maple, shared / ARCHIVE)
    board = enter(new_context(), maple["Okafor"], f"/teach/{maple.a.id}")
    expect(board.locator(".live")).to_have_text("Live, updates as students answer")
    board.evaluate("window.sameDocument = true")
    page = enter(plain(new_context()), maple["Ana"], "/practice")
    desk, took = Desk(page, maple), list[float]()
    noticed = watch(board, took)
    for n in range(10):
        page.goto("/practice")
        assert desk.activity.startswith("gen:")
        desk.work_through(n % 3 == 1, noticed)
        expect(page.locator(".next-why")).not_to_be_empty()
    for n, activity in enumerate(imported):
        open_problem(page, activity)
        assert desk.activity == activity
        expect(page.locator(".source")).to_contain_text("CC BY 4.0")
        desk.work_through(n % 3 == 1, noticed)
        expect(page.locator(".next-why")).not_to_be_empty()
    assert sorted(took)[len(took) // 2] < 1.0, f"seconds until the board said it: {took}"
    assert board.evaluate("window.sameDocument") is True
    with in_district(maple.district.id):
        answers = Evidence.objects.filter(learner=maple["Ana"], kind="response")
        assert answers.count() == 20
        assert answers.filter(correct=True).count() == 15
        assert all(row.reason for row in Decision.objects.filter(learner=maple["Ana"]))
