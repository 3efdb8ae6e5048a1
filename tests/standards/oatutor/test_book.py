"""OATutor's archive, from front to back."""

import io
import json
import re
import tarfile
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.curriculum.codec import problem_from_json, problem_to_json
from headway.standards.archives import Limits, entries
from headway.standards.errors import ImportProblem
from headway.standards.oatutor import open_book
from headway.standards.report import Ledger
from tests.standards.oatutor.trees import HEAD, STEP, hint, read, scaffold, tarred, tree, zipped
from tests.standards.shared import SHARED, needs_shared

FOLDER = SHARED / "content" / "oatutor"
SUBSET = {
    "problems": 3356,
    "steps": 4324,
    "skills": 453,
    "courses": 4,
    "hints": 11548,
    "scaffolds": 5283,
    "sub_hints": 515,
}
FULL = {
    "problems": 12814,
    "steps": 16362,
    "one_step": 10898,
    "two_step": 1103,
    "skills": 1233,
    "courses": 18,
    "lessons": 569,
    "text_box": 9787,
    "multiple_choice": 6575,
    "arithmetic": 8910,
    "string": 7452,
    "hints": 41806,
    "scaffolds": 19894,
    "sub_hints": 1634,
    "with_dependencies": 44924,
    "steps_without_hints": 359,
    "variabilized": 15,
}
KNOWN_DEFECTS = {"dangling-dependency": 204, "empty-question": 46, "compared-as-string": 877, "no-hints": 359}
FULL_DEFECTS = {**KNOWN_DEFECTS, "uniform-bkt": 1, "uniform-threshold": 1}


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("name", "counts", "defects"),
    [
        ("oatutor-k12-subset.zip", SUBSET, {"uniform-bkt": 1, "uniform-threshold": 1}),
        pytest.param("oatutor-content-full.tar.xz", FULL, FULL_DEFECTS, marks=pytest.mark.whole),
    ],
)
def test_the_real_archives_give_the_measured_counts(name: str, counts: dict[str, int], defects: dict[str, int]) -> None:
    ledger = Ledger()
    ids, skills, hints, named, media = set(), set(), 0, 0, 0
    with (FOLDER / name).open("rb") as stream:
        book = open_book(stream, name)
        assert book.total == counts["problems"]
        for problem in book.problems(ledger):
            ids.add(problem.id)
            skills |= {skill for step in problem.steps for skill in step.skills}
            hints += sum(len(step.hints) for step in problem.steps)
            named += bool(problem.source.licence and problem.source.attribution)
            media += len(problem.media)
            if len(ids) % 50 == 0:
                assert problem_from_json(problem_to_json(problem)) == problem
    report = ledger.report()
    assert {key: report.count(key) for key in counts} == counts
    assert {key: report.by_kind().get(key, 0) for key in defects} == defects
    assert len(ids) == named == counts["problems"]
    assert skills == {skill.id for skill in book.skills}
    assert len(skills) == counts["skills"]
    assert hints == counts["hints"] + counts["scaffolds"] + counts["sub_hints"]
    assert media == report.by_kind()["figure-missing"]


def test_one_problem_in_full() -> None:
    hints = [
        hint("h1", "Multiply both.", title="Start"),
        scaffold("h2", "$$4x$$", dependencies=["h1"], subHints=[hint("h2-s1", "The answer is $$4x$$.")]),
        hint("h3", "So it is $$4x+12$$.", dependencies=["h2"]),
    ]
    (problem,), report = read(tree(hints=hints))
    assert (problem.id, str(problem.title), str(problem.body)) == ("oatutor:p1", "Multiply", "Multiply:")
    assert problem.source.licence == "CC BY 4.0"
    assert problem.source.url == "https://openstax.org/details/books/elementary-algebra-2e"
    assert "OpenStax: Elementary Algebra" in problem.source.attribution
    (step,) = problem.steps
    assert (step.item, step.skills, step.answer.keys) == ("oatutor:p1a", ("oatutor:expand",), ("4x+12",))
    assert str(step.prompt) == "$$4\\left(x+3\\right)$$"
    assert [(h.id, h.after, h.parent, h.reveals, h.answer is not None) for h in step.hints] == [
        ("h1", (), "", False, False),
        ("h2", ("h1",), "", False, True),
        ("h2-s1", (), "h2", True, False),
        ("h3", ("h2",), "", True, False),
    ]
    assert {"problems": 1, "steps": 1, "hints": 2, "scaffolds": 1, "sub_hints": 1}.items() <= dict(
        report.counts
    ).items()
    assert set(report.by_kind()) == {"no-prerequisites", "uniform-threshold", "uniform-bkt"}


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (tree(hints=[hint("h1", dependencies=["gone"])]), "dangling-dependency"),
        (tree(hints=[hint("h1"), hint("h1")]), "repeated-hint-id"),
        (tree(hints=[hint("h1", dependencies=["h2"]), hint("h2", dependencies=["h1"])]), "circular-dependency"),
        (tree(hints=[]), "no-hints"),
        (tree(hints=[hint("h1", "")]), "empty-hint"),
        (tree(hints=[3]), "broken-hint"),
        (tree(hints=[{**scaffold("h1", "4"), "hintAnswer": []}]), "scaffold-without-key"),
        (tree(step={"stepTitle": ""}), "empty-question"),
        (tree(step={"answerType": "string"}), "compared-as-string"),
        (tree(step={"stepAnswer": ["No solution"]}), "key-not-mathematics"),
        (tree(step={"choices": ["1"]}), "choices-unused"),
        (tree(step={"problemType": "MultipleChoice", "choices": ["1", "2"]}), "key-not-a-choice"),
        (tree(step={"problemType": "MultipleChoice", "choices": ["$$4x+12$$", "2", "2"]}), "repeated-choice"),
        (tree(step={"stepTitle": "See ##figure1.gif##"}), "figure-missing"),
        (tree(step={"stepTitle": "@{n}"}), "unknown-variable"),
        (tree(head={"variabilization": {"n": ["2", "3"]}}), "variables-fixed"),
        (tree(head={"license": ""}), "licence-unclear"),
        (tree(head={"id": "other"}), "id-differs"),
        (tree(step={"stepAnswer": ["$$4x+3$$"]}), "key-doubtful"),
        (tree(files={"skillModel.json": {}}), "step-without-skill"),
        (tree(files={"coursePlans.json": [{"courseName": "Matematik", "language": "sv"}]}), "other-language"),
    ],
)
def test_each_defect_is_named_and_survived(files: dict[str, Any], kind: str) -> None:
    problems, report = read(files)
    assert len(problems) == 1
    assert report.by_kind()[kind] == 1
    defect = next(defect for defect in report.defects if defect.kind == kind)
    assert defect.where
    assert defect.done


@pytest.mark.parametrize("step", [{"stepAnswer": []}, {"stepAnswer": 3}, {"stepAnswer": [None]}])
def test_a_problem_that_cannot_be_answered_is_left_out(step: dict[str, Any]) -> None:
    problems, report = read(tree(step=step))
    assert problems == []
    assert report.by_kind()["problem-without-steps"] == 1


def test_a_variable_takes_its_first_value_everywhere() -> None:
    files = tree(
        head={"variabilization": {"n": ["7", "8"]}},
        step={"stepTitle": "What is $$@{n}+1-1$$?", "stepAnswer": ["@{n}"]},
        hints=[hint("h1", "It is $$@{n}$$.")],
    )
    (problem,), _ = read(files)
    (step,) = problem.steps
    assert str(step.prompt) == "What is $$7+1-1$$?"
    assert (step.answer.kind, step.answer.keys) == ("number", ("7",))
    assert (str(step.hints[0].text), step.hints[0].reveals) == ("It is $$7$$.", True)


def test_a_figure_is_named_where_it_stood_and_listed_as_media() -> None:
    (problem,), _ = read(tree(step={"stepBody": "##figure1.gif##"}))
    assert problem.media == ("p1/steps/p1a/figures/figure1.gif",)
    assert "did not come with the problem: figure1.gif" in str(problem.steps[0].prompt)
    assert "##" not in str(problem.steps[0].prompt)


def test_line_breaks_are_lines_outside_formulas_only() -> None:
    (problem,), _ = read(tree(head={"body": "One\\nTwo $$\\neq$$"}))
    assert str(problem.body) == "One\nTwo $$\\neq$$"


def test_a_licence_that_nobody_states_is_not_invented() -> None:
    (problem,), _ = read(tree(head={"license": "openstax"}, files={"README.md": "nothing"}))
    assert problem.source.licence == ""


def test_any_order_and_any_packing_give_the_same_problems() -> None:
    files = {**tree(), **{k.replace("p1", "p2"): v for k, v in tree(head={"id": "p2"}).items() if "pool" in k}}
    paths = list(files)
    shuffled = [(paths[n], files[paths[n]]) for n in np.random.default_rng(3).permutation(len(paths))]
    ways = [zipped(files), zipped(dict(shuffled)), *(tarred(dict(shuffled), kind) for kind in ("xz", "gz", ""))]
    inside_a_folder = {f"OATutor-main/{path}": value for path, value in files.items()}
    ways.append(zipped(inside_a_folder))
    results = []
    for stream in ways:
        problems = list(open_book(stream).problems(Ledger()))
        results.append(sorted(str(problem_to_json(problem)) for problem in problems))
    assert all(result == results[0] for result in results)
    assert len(results[0]) == 2


BROKEN = tree(files={"content-pool/p1/p1.json": b"{oops"})
REFUSALS = [
    (b"", "not an archive"),
    (b"PK\x03\x04 but then nothing", "damaged or not an archive"),
    (b"\xfd7zXZ\x00 no", "damaged or not an archive"),
    (b"\x1f\x8b no", "damaged or not an archive"),
    (zipped(tree()).getvalue()[:-40], "damaged or not an archive"),
    (tarred(tree()).getvalue()[:-40], "damaged or not an archive"),
    (zipped({"notes.txt": "hello"}).getvalue(), "no content-pool folder"),
    (zipped(tree(files={"skillModel.json": None})).getvalue(), "no skillModel.json"),
    (zipped(tree(files={"skillModel.json": [1]})).getvalue(), "not an object of step -> skills"),
    (zipped(BROKEN).getvalue(), "content-pool/p1/p1.json: It is not JSON"),
    (zipped(tree(files={"content-pool/p1/p1.json": b"\xff\xfe"})).getvalue(), "not UTF-8"),
    (zipped(tree(files={"content-pool/p1/p1.json": b"[" * 100_000})).getvalue(), "not JSON"),
    (zipped({**tree(), "../../etc/passwd": "x"}).getvalue(), "names a place outside itself"),
    (tarred({**tree(), "/etc/passwd": "x"}).getvalue(), "names a place outside itself"),
    (zipped({**tree(), "C:\\x": "x"}).getvalue(), "names a place outside itself"),
]


@pytest.mark.parametrize(("data", "says"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_a_way_out(data: bytes, says: str) -> None:
    with pytest.raises(ImportProblem, match=re.escape(says)) as caught:
        list(open_book(io.BytesIO(data), "test.zip").problems(Ledger()))
    assert caught.value.how.endswith(".")
    assert caught.value.where


SMALL = Limits(files=50, file_bytes=1000, total_bytes=33_000)


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"content-pool/p/p.json": b" " * 5000}, "unpacks to more than"),
        ({f"f{n}.json": b" " * 900 for n in range(40)}, "unpacks to more than"),
        ({f"f{n}.txt": b"" for n in range(60)}, "holds more than 50 files"),
    ],
)
def test_bombs_are_stopped(pack: Any, files: dict[str, Any], says: str) -> None:
    with pytest.raises(ImportProblem, match=says):
        list(entries(pack(files), lambda path: path.endswith(".json"), "bomb", SMALL))


WHOLE = [
    zipped(tree()).getvalue(),
    tarred(tree(), "xz").getvalue(),
    tarred(tree(), "gz").getvalue(),
    tarred(tree(), "").getvalue(),
]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6),
    st.integers(0, 400),
)
def test_no_damage_breaks_the_reading(whole: bytes, flips: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(whole[: len(whole) - cut] if cut % 3 == 0 else whole)
    for place, value in flips:
        data[place % len(data)] = value
    with suppress(ImportProblem):
        list(open_book(io.BytesIO(bytes(data)), "test.zip").problems(Ledger()))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*STEP, *HEAD, "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(tree())), JSON)
def test_no_json_in_any_place_breaks_the_reading(path: str, value: Any) -> None:
    with suppress(ImportProblem):
        for problem in open_book(zipped(tree(files={path: json.dumps(value)}))).problems(Ledger()):
            assert problem_from_json(problem_to_json(problem)) == problem


def test_signs_that_no_database_keeps_are_taken_out() -> None:
    body = b'{"id": "p1", "title": "a\\u0000b\\ud800c"}'
    (problem,), _ = read(tree(files={"content-pool/p1/p1.json": body}))
    assert str(problem.title) == "abc"


def test_a_link_in_a_tar_is_passed_over() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("skillModel.json")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
    assert list(entries(out, lambda path: True)) == []
