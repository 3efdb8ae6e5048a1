"""Question banks of other systems: what becomes of each question, and that nothing is dropped without a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.core.curriculum.codec import problem_from_json, problem_to_json
from headway.standards.content.licences import licence_of
from headway.standards.content.neutral import Package, key_of, problem_of
from headway.standards.errors import ImportProblem
from tests.standards.content.files import AIKEN, CATEGORY, GIFT, MOODLE, TABLE, moodle, question, read, zipped

Told = dict[str, list[tuple[str, tuple[str, ...]]]]


def told(package: Package) -> Told:
    """Title or id -> kind and keys of each part, with the texts of right choices in place of their numbers."""
    found: Told = {}
    for q in package.questions:
        found[q.title or q.id] = [
            (p.answer.kind, tuple(str(p.answer.choices[int(n)]) for key in p.answer.keys for n in key.split(",")))
            if p.answer.choices
            else (p.answer.kind, p.answer.keys)
            for p in q.parts
        ]
    return found


def test_gift() -> None:
    package = read(GIFT, "weather.gift")
    assert package.format == "gift"
    assert told(package) == {
        "Rain": [("choice", ("Rain",))],
        "Many": [("choices", ("drizzle", "shower"))],
        "Words": [("text", ("water", "liquid water"))],
        "Degrees": [("number", ("100",))],
        "Range": [("number", ("3",))],
        "True": [("choice", ("True",))],
        "Pairs": [("choice", ("cold",)), ("choice", ("warm",)), ("choice", ("frozen",))],
    }
    rain, *_, pairs = package.questions
    assert rain.group == "Weather"
    assert [str(each.says) for each in rain.parts[0].wrong] == ["Look at the sky again."]
    assert [part.prompt for part in pairs.parts] == ["snow", "sun", "ice"]
    assert package.report.by_kind() == {"pairs-as-parts": 1, "refused description": 1, "refused essay": 1}
    assert (package.report.count("found"), package.report.count("questions")) == (9, 7)


def test_gift_has_escapes_formats_and_comments() -> None:
    text = "// none\n[html]Which is <b>bold</b>? {\n~[plain]a\\=b # no\n=\\{c\\}\n}\n\nIs it {#=2:0.5 ~#Never} ?\n"
    package = read(text)
    assert package.questions[0].body == "Which is bold?"
    assert told(package)[package.questions[0].id] == [("choice", ("{c}",))]
    assert str(package.questions[0].parts[0].answer.choices[0]) == "a=b"
    assert package.questions[1].parts[0].answer.tolerance == 0.5


def test_aiken() -> None:
    package = read(AIKEN)
    assert package.format == "aiken"
    assert [q.body for q in package.questions] == ["What is 2 + 2?"]
    assert package.report.by_kind() == {"refused multiple-choice": 1}
    assert "Its answer C is none of the choices." in package.report.defects[0].done


def test_moodle_xml() -> None:
    package = read(MOODLE, "halves.xml")
    assert told(package) == {
        "mc": [("choice", ("0.5",))],
        "ma": [("choice", ("half",)), ("choice", ("quarter",))],
        "tf": [("choice", ("True",))],
        "sa": [("text", ("five",))],
        "nu": [("number", ("2.5",))],
        "cl": [("choice", ("even",)), ("number", ("1",))],
        "ga": [("choice", ("half",)), ("choice", ("quarter",))],
        "or": [("choice", ("1/4",)), ("choice", ("1/2",))],
        "pic": [("choice", ("half",))],
    }
    assert {q.group for q in package.questions} == {"Fractions/Halves"}
    assert [q.id.split("/")[-1] for q in package.questions].count("ma#2") == 1
    assert package.questions[0].body == "Which is $$\\frac{1}{2}$$?"
    assert package.report.count("found") == 11
    assert package.report.by_kind()["refused essay"] == 1


def test_pictures_come_by_their_bytes_and_scripts_do_not() -> None:
    package = read(MOODLE, "halves.xml")
    drawn = next(q for q in package.questions if q.title == "pic")
    (name,) = package.pictures
    assert drawn.body == f"How much? ##{name}|half a disc##"
    assert "alert" not in str(package.questions)
    assert "script" in drawn.lacks
    fake = MOODLE.replace("iVBORw0KGgo", "PHN2ZyB4bWw")
    drawn = next(q for q in read(fake).questions if q.title == "pic")
    assert drawn.lacks and "[half a disc]" in drawn.body


def test_a_table() -> None:
    package = read(TABLE, "mine.csv")
    assert package.format == "csv"
    assert told(package) == {
        "q1": [("choice", ("3/4",))],
        "q2": [("choices", ("2", "4"))],
        "q3": [("text", ("quarter", "fourth"))],
        "q4": [("number", ("0.667",))],
        "q5": [("expression", ("2x+2",))],
    }
    assert package.licence == "CC BY 4.0"
    assert list(package.groups()) == ["Fractions", "Decimals", "Algebra"]
    assert package.questions[0].parts[0].hints == ("Use quarters.",)
    assert [d.where for d in package.report.defects] == ["mine.csv, row 7", "mine.csv, row 8"]


@pytest.mark.parametrize("text", [GIFT, AIKEN, MOODLE, TABLE])
def test_every_key_is_right_by_the_check_that_learners_meet(text: str) -> None:
    package = read(text)
    assert package.questions
    keys = set()
    for q in package.questions:
        problem = problem_of(package, q, skill="6.NS.A.1", licence="CC BY 4.0")
        assert problem_from_json(problem_to_json(problem)) == problem
        keys.add(problem.id)
        for step in problem.steps:
            assert all(check(step.answer, key).correct for key in step.answer.keys)
            assert not any(check(step.answer, wrong.answer).correct for wrong in step.wrong)
    assert len(keys) == len(package.questions)


@pytest.mark.parametrize("text", [GIFT, MOODLE, TABLE])
def test_the_same_file_again_gives_the_same_identifiers(text: str) -> None:
    one, other = read(text), read(text)
    assert [key_of(one, q) for q in one.questions] == [key_of(other, q) for q in other.questions]


def test_the_losses_add_up() -> None:
    for text in (GIFT, AIKEN, MOODLE, TABLE):
        report = read(text).report
        assert report.count("found") == report.count("questions") + report.count("refused")
        refused = sum(n for kind, n in report.by_kind().items() if kind.startswith("refused "))
        assert refused == report.count("refused")
        assert sum(n for name, n in report.counts if name.startswith("form ")) == report.count("found")


def test_an_archive_of_moodle_xml() -> None:
    files = {f"bank/{n}.xml": moodle(CATEGORY, question("essay", f"e{n}", "Why?", "")) for n in range(3)}
    package = read(zipped(files | {"readme.txt": "hello"}), "bank.zip")
    assert (package.format, package.report.count("found")) == ("moodle", 3)


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ("CC BY 4.0", "open"),
        ("CC Attribution - http://creativecommons.org/licenses/by/4.0", "open"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "open"),
        ("CC0 1.0", "open"),
        ("MIT", "open"),
        ("CC BY-NC-SA 3.0 US", "restricted"),
        ("https://creativecommons.org/licenses/by-nd/4.0/", "restricted"),
        ("All Rights Reserved", "restricted"),
        ("Creative Commons Attribution Non-Commercial", "restricted"),
        ("", "unknown"),
        ("ask us", "unknown"),
        ("permitted by hand", "unknown"),
    ],
)
def test_what_a_licence_allows(found: str, standing: str) -> None:
    assert licence_of(found).standing == standing


@settings(max_examples=40)
@given(st.text(st.sampled_from("{}~=#:\\/->%$AB1. \n[]html"), max_size=120))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    for form in ("gift", "aiken", "csv", "moodle"):
        try:
            package = read(text or " ", form=form)
        except ImportProblem:
            continue
        assert package.report.count("found") == package.report.count("questions") + package.report.count("refused")
