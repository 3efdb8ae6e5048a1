"""An imported problem is practised like ours: opened, answered right and wrong, step by step."""

from collections.abc import Iterator
from itertools import islice

import pytest

from headway.core.curriculum.problems import Problem
from headway.core.curriculum.skills import SkillGraph
from headway.school.curriculum.actions import align_skills, publish_curriculum, save_graph, save_problems
from headway.school.curriculum.queries import problem_of
from headway.standards.oatutor import open_book
from headway.standards.report import Ledger
from tests.cast import NOON, Cast, make_cast
from tests.standards.oatutor.trees import tree, zipped
from tests.standards.shared import SHARED, needs_shared


@pytest.fixture
def cast() -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


@pytest.mark.shared
@needs_shared
def test_real_problems_are_opened_and_answered(cast: Cast) -> None:
    with (SHARED / "content" / "oatutor" / "oatutor-k12-subset.zip").open("rb") as stream:
        book = open_book(stream)
        usable = [problem for problem in islice(book.problems(Ledger()), 400) if book.usable(problem)]
    chosen: dict[str, Problem] = {problem.steps[0].answer.kind: problem for problem in usable}
    chosen["two steps"] = next(problem for problem in usable if len(problem.steps) > 1)
    save_graph(district=cast.district.id, graph=SkillGraph(book.skills, ()), source="OATutor")
    save_problems(district=cast.district.id, problems=usable)
    publish_curriculum(district=cast.district.id)
    now = NOON
    assert len(chosen) >= 4
    for problem in chosen.values():
        now += 60
        assert cast.begin("Ana", now, problem.id).activity == problem.id
        assert not cast.answer("Ana", False, now + 20).correct
        for n, step in enumerate(problem.steps):
            assert problem_of(cast.district.id, problem.id).steps[n] == step
            assert cast.answer("Ana", True, now + 30 + n).correct
        now += 60


def place(cast: Cast) -> str:
    """Publish, and say under which skill the problem is offered."""
    activity = publish_curriculum(district=cast.district.id).activity("oatutor:p1")
    return activity.skill if activity else ""


def test_an_alignment_moves_a_problem_under_its_standard(cast: Cast) -> None:
    book = open_book(zipped(tree()))
    key = cast.district.id
    save_graph(district=key, graph=SkillGraph(book.skills, ()), source="OATutor")
    problems = list(book.problems(Ledger()))
    assert save_problems(district=key, problems=problems).new == 1
    assert place(cast) == "oatutor:expand"
    align_skills(district=key, pairs={"oatutor:expand": "7.EE.A.1"})
    assert save_problems(district=key, problems=problems).changed == 1
    assert place(cast) == "7.EE.A.1"
    align_skills(district=key, pairs={"oatutor:expand": "6.EE.A.3"})
    assert save_problems(district=key, problems=problems).changed == 1
    assert place(cast) == "6.EE.A.3"
    with pytest.raises(ValueError, match="no skill 9"):
        align_skills(district=key, pairs={"oatutor:expand": "9.ZZ.1"})


def test_a_failing_stream_leaves_nothing(cast: Cast) -> None:
    (problem,) = open_book(zipped(tree())).problems(Ledger())

    def broken() -> Iterator[object]:
        yield problem
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        save_problems(district=cast.district.id, problems=broken())  # type: ignore[arg-type]
    assert save_problems(district=cast.district.id, problems=[problem]).new == 1
