"""What the READMEs of ../shared/content count, and what becomes of it: the whole table, file by file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from headway.standards.content.formats import read_content
from headway.standards.content.neutral import Package, Question
from headway.standards.content.oppia import states_of
from tests.standards.shared import SHARED

PLACE = SHARED / "content"


@dataclass(frozen=True)
class Real:
    """A file: its format, how many questions it holds, how many can be brought in, and other counts of its README."""

    path: str
    form: str
    found: int
    questions: int
    counts: dict[str, int] = field(default_factory=dict)


GRAPH_WIDGETS = {
    "interactive-graph": 2644, "grapher": 842, "numeric-input": 594, "radio": 290, "input-number": 234, "transformer": 211,
    "dropdown": 174, "table": 105, "number-line": 90, "sorter": 90, "matcher": 84, "interaction": 62, "expression": 49,
    "categorizer": 48, "plotter": 48, "orderer": 12,
}  # fmt: skip
SMALL = (
    Real("moodle-stack/moodle-core-fixtures/examples.gift.txt", "gift", 43, 43),
    Real("moodle-stack/moodle-core-fixtures/questions.gift.txt", "gift", 9, 8),
    Real("moodle-stack/moodle-core-fixtures/questions.aiken.txt", "aiken", 2, 2),
    Real("olx/test-course.tar.gz", "olx", 19, 19, {"links found": 3, "links": 3}),
    Real("olx/test-problem-bank.tar.gz", "olx", 12, 12),
    Real("olx/demo-content-library.tar.gz", "olx", 6, 6),
    Real("perseus/perseus-items-with-hints.zip", "perseus", 84, 31, {"hints": 147}),
    Real("perseus/kolibri-fixtures/ricecooker_perseus_question_x43bbec76d5f14f88_bg.json", "perseus", 1, 1),
)
"""Cheap enough for every run."""
LARGE = (
    Real("moodle-stack/stack-algebra-refresher.zip", "moodle", 148, 105, {"stack tests": 316, "stack tests passed": 211}),
    Real("moodle-stack/stack-calculus-refresher.zip", "moodle", 213, 87, {"stack tests": 582, "stack tests passed": 258}),
    Real("moodle-stack/stack-topics-features-docexamples.zip", "moodle", 255, 41,
         {"form stack": 244, "stack tests": 704, "stack tests passed": 89}),
    Real("perseus/perseus-questions-graph.jsonl.gz", "perseus", 3288, 148,
         {f"widget {name}": n for name, n in GRAPH_WIDGETS.items()}),
    Real("oppia/oppia-lessons-fractions-ratios.zip", "oppia", 179, 133, {"explorations": 11, "answer groups": 433}),
)  # fmt: skip
LESSONS = {
    "What is a Fraction?": (25, 82, 27),
    'The Meaning of "Equal Parts"': (18, 77, 38),
    "What is a Ratio?": (26, 60, 5),
    "Equivalent Ratios": (24, 51, 7),
    "Order is Important": (22, 41, 7),
    "Writing Ratios in Simplest Form": (21, 40, 6),
}
"""Oppia's lesson -> its states, its groups of answers, its hints: 351 groups and 90 hints in all."""


def lessons() -> dict[str, tuple[int, int, int]]:
    """What is found in each lesson of Oppia's archive, file by file."""
    found = {}
    with ZipFile(PLACE / "oppia" / "oppia-lessons-fractions-ratios.zip") as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if states_of(json.loads(data)):
                package = read_content(BytesIO(data), name)
                count = package.report.count
                found[package.title] = (count("found"), count("answer groups"), count("hints"))
    return {title: found[title] for title in LESSONS}


def opened(path: str) -> Package:
    """Read one of the files."""
    with (PLACE / path).open("rb") as stream:
        return read_content(stream, path.rsplit("/", 1)[-1])


def same_counts(real: Real) -> Package:
    """Read a file and hold it against its line."""
    package = opened(real.path)
    report = package.report
    assert (package.format, report.count("found"), report.count("questions")) == (
        real.form,
        real.found,
        real.questions,
    ), real
    assert {name: report.count(name) for name in real.counts} == real.counts, real.path
    assert report.count("found") == report.count("questions") + report.count("refused"), real.path
    return package


def banks() -> dict[str, int]:
    """File of QTI -> items, by its manifest."""
    lines = (PLACE / "qti" / "MANIFEST.tsv").read_text().splitlines()[1:]
    return {f"qti/{name}": int(items) for name, items, *_ in (line.split("\t") for line in lines)}


def content_of(question: Question) -> tuple[object, ...]:
    """A question without what the two exports of a bank write differently: the order of choices, spaces, and whether one right
    choice is declared as a choice of one or of several."""

    def plain(text: object) -> str:
        return "".join(str(text).split())

    def part(n: int) -> tuple[object, ...]:
        spec = question.parts[n].answer
        right = (
            [plain(spec.choices[int(place)]) for key in spec.keys for place in key.split(",")]
            if spec.choices
            else spec.keys
        )
        kind = "choice" if spec.choices else spec.kind
        return (
            plain(question.parts[n].prompt),
            kind,
            tuple(sorted(right)),
            frozenset(map(plain, spec.choices)),
            spec.tolerance,
        )

    return plain(question.body), tuple(sorted((part(n) for n in range(len(question.parts))), key=repr))
